//! Deciding on a move: approved by a second person (RULES R9), rejected, or called off.

use super::book::{MovesBook, entry, halted, is_lapsed};
use crate::app::approval::{DecisionError, four_eyes_on_move};
use crate::app::commit::{Change, commit};
use crate::app::documents::load;
use crate::app::records::{Move, MoveDecision, MoveState};
use crate::app::worker::Job;
use crate::audit::{Actor, LogAction, Outcome};
use crate::host::{Host, Queue};
use crate::model::AccountId;

/// What is said of a move that was ended before its invitation.
const NOTHING_DONE: &str = "nothing was done to the person";
/// What is said of one that was ended after it.
const INVITATION_STANDS: &str =
    "the invitation stands: remove the person from the other directory if that is meant";

/// Approves a move: the person is invited soon.
pub(in crate::app) async fn approve<H: Host>(
    host: &H,
    by: &AccountId,
    id: &str,
    why: &str,
) -> Result<Move, DecisionError> {
    decide(host, by, id, LogAction::ApproveMove, async |book, found| {
        if let Some(why) = halted(host).await? {
            return Err(DecisionError::wrong_state(why));
        }
        require_waiting(&found)?;
        if is_lapsed(&found, host.now()) {
            let why = "nobody decided on it within 30 days: ask for it again";
            return Err(DecisionError::wrong_state(why));
        }
        let single_handed = four_eyes_on_move(host, by, &found.asked, book.looked_at()).await?;
        // Before the commit: a job that comes too early waits, a missing one would be missing for an hour.
        let job = Job::moves(host, Some(found.id.clone())).text()?;
        host.push(Queue::Work, job, 0).await?;
        let handed = if single_handed { "single-handed, " } else { "" };
        let approved = MoveDecision {
            by: by.clone(),
            at: host.now(),
            single_handed,
        };
        let after = Move {
            state: MoveState::Inviting,
            approved: Some(approved),
            ..found
        };
        Ok((after, format!("{handed}{why}")))
    })
    .await
}

/// Rejects a move. Whoever asked for it may do this too.
pub(in crate::app) async fn reject<H: Host>(
    host: &H,
    by: &AccountId,
    id: &str,
    why: &str,
) -> Result<Move, DecisionError> {
    decide(host, by, id, LogAction::RejectMove, async |_, found| {
        require_waiting(&found)?;
        Ok((
            over(found, MoveState::Rejected, NOTHING_DONE),
            why.to_owned(),
        ))
    })
    .await
}

/// Calls a move off, as long as the person has lost nothing.
pub(in crate::app) async fn cancel<H: Host>(
    host: &H,
    by: &AccountId,
    id: &str,
    why: &str,
) -> Result<Move, DecisionError> {
    decide(host, by, id, LogAction::CancelMove, async |_, found| {
        let refusal = match found.state {
            _ if found.call.is_some() => {
                Some("a call about the person is out: try again in a minute")
            }
            MoveState::AwaitingApproval => Some("nobody decided on it yet: reject it"),
            MoveState::Inviting | MoveState::Invited => None,
            _ => Some("it is over, or the person is being suspended"),
        };
        if let Some(why) = refusal {
            return Err(DecisionError::wrong_state(why));
        }
        let message = match found.state {
            MoveState::Inviting => NOTHING_DONE,
            _ => INVITATION_STANDS,
        };
        Ok((over(found, MoveState::Cancelled, message), why.to_owned()))
    })
    .await
}

/// A move that a person ended.
fn over(found: Move, state: MoveState, message: &str) -> Move {
    Move {
        state,
        message: Some(String::from(message)),
        ..found
    }
}

fn require_waiting(found: &Move) -> Result<(), DecisionError> {
    if found.state == MoveState::AwaitingApproval {
        return Ok(());
    }
    let why = format!(
        "the move waits for no decision, it is {}",
        found.state.words()
    );
    Err(DecisionError::wrong_state(why))
}

/// Commits what a decision makes of a move, with its entry.
async fn decide<H: Host>(
    host: &H,
    by: &AccountId,
    id: &str,
    action: LogAction,
    decision: impl AsyncFn(&MovesBook, Move) -> Result<(Move, String), DecisionError>,
) -> Result<Move, DecisionError> {
    commit(host, async || {
        let mut book: MovesBook = load(host).await?;
        let found = book.get(id).cloned().ok_or(DecisionError::NoSuchMove)?;
        let (mut after, why) = decision(&book, found).await?;
        after.since = host.now();
        book.put(after.clone());
        let actor = Actor::Person(by.clone());
        let change = Change {
            entries: vec![entry(
                &after,
                after.since,
                &actor,
                (action, Outcome::Done),
                &why,
            )],
            writes: vec![book.write()?],
        };
        Ok((change, after))
    })
    .await
}
