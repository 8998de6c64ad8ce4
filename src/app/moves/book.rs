//! The moves as they are stored: one document (RULES R16).

use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::app::commit::Change;
use crate::app::documents::{Document, RecentRuns, encode, load, set};
use crate::app::records::{Move, MoveState, Settings};
use crate::app::sync::newest_head;
use crate::app::worker::{WorkError, Worker};
use crate::audit::{Actor, ApprovedBy, Entry, LogAction, Outcome};
use crate::host::{Host, StorageError, Write};
use crate::model::{AccountId, DAY, DirectoryId, Time};

/// The most moves that are not over.
pub(super) const MAX_OPEN: usize = 50;
/// The most moves that are over and kept.
const MAX_OVER: usize = 200;
/// For how long they are kept.
const KEPT_DAYS: i64 = 400;
/// The longest text of them all when one is begun: 176 KiB, and room for what becomes of 50.
const MAX_BYTES: usize = 140 * 1024;
/// How long a move waits for a decision, and how long a person is looked for.
pub(super) const LIFE_DAYS: i64 = 30;
/// What the ids of moves begin with, which are noted beside those of runs.
pub(super) const ID: &str = "move-";

/// The moves, in the order in which they were asked for.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(in crate::app) struct MovesBook {
    pub(in crate::app) moves: Vec<Move>,
    /// When a job was last asked for that takes them on.
    pub(super) looked: Option<Time>,
}

impl Document for MovesBook {
    const KEY: &'static str = "moves";
}

impl MovesBook {
    /// The move of an id.
    pub(super) fn get(&self, id: &str) -> Option<&Move> {
        self.moves.iter().find(|found| found.id == id)
    }

    /// Puts a move in the place of the one with the same id.
    pub(super) fn put(&mut self, changed: Move) {
        match self.moves.iter_mut().find(|found| found.id == changed.id) {
            Some(found) => *found = changed,
            None => self.moves.push(changed),
        }
    }

    /// The moves that are not over.
    pub(super) fn open(&self) -> impl Iterator<Item = &Move> {
        self.moves.iter().filter(|found| !found.state.is_over())
    }

    /// When the newest of the moves was asked for that were approved.
    pub(super) fn looked_at(&self) -> Option<Time> {
        let approved = self.moves.iter().filter(|found| found.approved.is_some());
        approved.map(|found| found.asked.at).max()
    }

    /// Lets go of what is over and old, or too much.
    pub(super) fn tidy(&mut self, now: Time) -> Result<(), StorageError> {
        let kept = KEPT_DAYS * DAY;
        self.moves
            .retain(|found| !found.state.is_over() || now.since(found.since) < kept);
        let mut over = self.moves.len().saturating_sub(self.open().count());
        while over > 0 && (over > MAX_OVER || self.is_full()?) {
            let oldest = self.moves.iter().position(|found| found.state.is_over());
            if let Some(oldest) = oldest {
                self.moves.remove(oldest);
            }
            over -= 1;
        }
        Ok(())
    }

    /// Whether there is no room for another one.
    pub(super) fn is_full(&self) -> Result<bool, StorageError> {
        Ok(encode(self)?.len() > MAX_BYTES)
    }

    /// The write of it.
    pub(super) fn write(&self) -> Result<Write, StorageError> {
        set(self)
    }
}

/// Whether a move's time is over. What is out is settled first, and whoever was seen is not waited for.
pub(super) fn is_lapsed(found: &Move, now: Time) -> bool {
    let waits = matches!(
        found.state,
        MoveState::AwaitingApproval | MoveState::Inviting | MoveState::Invited
    );
    waits && found.call.is_none() && now.since(found.since) >= LIFE_DAYS * DAY
}

/// Why nothing may be done about moves now, if so.
pub(super) async fn halted(host: &impl Host) -> Result<Option<&'static str>, StorageError> {
    let settings: Settings = load(host).await?;
    Ok(if settings.stopped {
        Some("everything is stopped: let it go on in the settings first")
    } else if !settings.experiments.moving {
        Some(
            "moving between directories is an experiment, and is switched off: an administrator of the organization can switch it on",
        )
    } else if newest_head(host)
        .await?
        .is_some_and(|head| head.is_suspect())
    {
        Some("the newest reading of the organization is suspect: see what is known first")
    } else {
        None
    })
}

/// The log's entry about a move.
pub(super) fn entry(
    of: &Move,
    now: Time,
    actor: &Actor,
    (action, outcome): (LogAction, Outcome),
    reason: &str,
) -> Entry {
    let is_ours = *actor == Actor::Schedule;
    Entry {
        subject: Some(of.account.0.clone()),
        on_behalf_of: is_ours.then(|| of.asked.by.0.clone()),
        approval: of
            .approved
            .as_ref()
            .filter(|_| is_ours)
            .map(|approved| ApprovedBy {
                account: approved.by.0.clone(),
                reason: None,
                reference: None,
            }),
        reason: Some(reason.to_owned()),
        after: Some(json!({
            "move": of.id,
            "from": of.from,
            "resource": of.resource,
            "role": of.role,
            "groups": of.groups,
        })),
        ..Entry::new(now, actor, action, outcome)
    }
}

/// Whom moves suspended within the last 24 hours, or may be about to, each with the reason to leave them alone (RULES R7).
pub(in crate::app) async fn taken_by(
    host: &impl Host,
    recent: &RecentRuns,
) -> Result<Vec<(AccountId, String)>, StorageError> {
    let mut taken = Vec::new();
    if !recent.runs.keys().any(|id| id.starts_with(ID)) {
        return Ok(taken);
    }
    let book: MovesBook = load(host).await?;
    for found in book.moves {
        if recent.runs.contains_key(&found.id) {
            let why = "a move to another directory suspended them within 24 hours";
            taken.push((found.account, String::from(why)));
        }
    }
    Ok(taken)
}

/// Whom moves suspended since a time, or may be about to, each with the directory.
pub(in crate::app) async fn suspended_since(
    host: &impl Host,
    since: Time,
) -> Result<Vec<(AccountId, DirectoryId)>, StorageError> {
    let book: MovesBook = load(host).await?;
    let mut suspended = Vec::new();
    for found in book.moves {
        if found.to.is_some() && found.since >= since {
            suspended.push((found.account, found.from));
        }
    }
    Ok(suspended)
}

/// Everybody whom a move is about, each with the time at which it was asked for: their accounts are reported (RULES R18).
pub(in crate::app) async fn accounts(
    host: &impl Host,
) -> Result<Vec<(AccountId, Time)>, StorageError> {
    let book: MovesBook = load(host).await?;
    let moves = book.moves.into_iter();
    Ok(moves.map(|found| (found.account, found.asked.at)).collect())
}

/// Forgets the moves of people who closed their accounts. One with a call that is out is forgotten with the next report.
pub(in crate::app) async fn forget<H: Host>(
    worker: &Worker<'_, H>,
    accounts: &[AccountId],
) -> Result<(), WorkError> {
    worker
        .commit(async || {
            let mut book: MovesBook = load(worker.host).await?;
            let before = book.moves.len();
            book.moves
                .retain(|found| found.call.is_some() || !accounts.contains(&found.account));
            let mut change = Change::default();
            if book.moves.len() < before {
                change.writes.push(book.write()?);
            }
            Ok((change, ()))
        })
        .await
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::records::Edit;
    use crate::model::Resource;

    fn found(number: usize, state: MoveState, since: Time) -> Move {
        let by = AccountId("a".into());
        Move {
            id: format!("{ID}{number}"),
            account: by.clone(),
            from: DirectoryId("d".into()),
            resource: Resource("r".into()),
            role: String::new(),
            groups: Vec::new(),
            reason: String::new(),
            asked: Edit { by, at: since },
            state,
            since,
            approved: None,
            to: None,
            call: None,
            message: None,
        }
    }

    fn kept(moves: Vec<Move>, now: Time) -> Vec<String> {
        let mut book = MovesBook {
            moves,
            looked: None,
        };
        book.tidy(now).unwrap();
        book.moves.into_iter().map(|kept| kept.id).collect()
    }

    #[test]
    fn what_is_over_is_kept_for_400_days_and_what_is_not_for_as_long_as_it_takes() {
        let now = Time(1_000 * DAY);
        let ago = |days: i64, seconds: i64| now.plus(-days * DAY - seconds);
        let moves = vec![
            found(0, MoveState::Done, ago(400, 0)),
            found(1, MoveState::Failed, ago(400, -1)),
            found(2, MoveState::Invited, ago(900, 0)),
            found(3, MoveState::Cancelled, ago(500, 0)),
        ];
        assert_eq!(kept(moves, now), ["move-1", "move-2"]);
    }

    #[test]
    fn of_more_than_200_that_are_over_the_oldest_go_and_none_that_is_not() {
        let now = Time(1_000 * DAY);
        let of = |number: usize| {
            let state = match number {
                0 => MoveState::Suspending,
                _ => MoveState::Done,
            };
            found(number, state, now)
        };
        let ids = kept((0..=MAX_OVER + 2).map(of).collect(), now);
        assert_eq!(ids.len(), MAX_OVER + 1);
        assert_eq!(&ids[..2], ["move-0", "move-3"]);
    }

    #[test]
    fn long_texts_let_go_of_what_is_over_sooner_and_never_of_what_is_not() {
        let now = Time(1_000 * DAY);
        let of = |number: usize| {
            let state = match number {
                0 => MoveState::Inviting,
                _ => MoveState::Rejected,
            };
            Move {
                reason: "r".repeat(2_000),
                ..found(number, state, now)
            }
        };
        let ids = kept((0..150).map(of).collect(), now);
        assert!((40..80).contains(&ids.len()), "{}", ids.len());
        assert_eq!(ids[0], "move-0");
        assert_eq!(ids.last().map(String::as_str), Some("move-149"));
    }
}
