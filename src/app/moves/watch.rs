//! What the schedule does for moves: it ends those whose time is over, and has the others taken on once an hour; while
//! nothing may be done, only those of which a call is out.

use super::book::{LIFE_DAYS, MovesBook, entry, halted, is_lapsed};
use crate::app::commit::{Change, MAX_ENTRIES, commit};
use crate::app::documents::load;
use crate::app::records::MoveState;
use crate::app::worker::{Job, WorkError};
use crate::audit::{Actor, LogAction, Outcome};
use crate::host::{Host, Queue};
use crate::model::HOUR;

/// Looks after the moves that are not over.
pub(in crate::app) async fn watch<H: Host>(host: &H) -> Result<(), WorkError> {
    let book: MovesBook = load(host).await?;
    let now = host.now();
    if book.moves.iter().any(|found| is_lapsed(found, now)) {
        expire(host).await?;
    }
    let is_time = book.looked.is_none_or(|looked| now.since(looked) >= HOUR);
    let mut waiting = book.open().filter(|found| found.state.wants_a_job());
    if !is_time || waiting.next().is_none() {
        return Ok(());
    }
    // What is out is settled even then.
    if halted(host).await?.is_some() && book.open().all(|found| found.call.is_none()) {
        return Ok(());
    }
    host.push(Queue::Work, Job::moves(host, None).text()?, 0)
        .await?;
    commit(host, async || {
        let mut book: MovesBook = load(host).await?;
        book.looked = Some(now);
        let change = Change {
            writes: vec![book.write()?],
            ..Change::default()
        };
        Ok((change, ()))
    })
    .await
}

/// Ends the moves whose time is over; of very many the rest with the next upkeep.
async fn expire<H: Host>(host: &H) -> Result<(), WorkError> {
    commit(host, async || {
        let now = host.now();
        let mut book: MovesBook = load(host).await?;
        let mut change = Change::default();
        let lapsed = book.moves.iter_mut().filter(|found| is_lapsed(found, now));
        for found in lapsed.take(MAX_ENTRIES) {
            let why = match found.state {
                MoveState::AwaitingApproval => "nobody decided on it",
                MoveState::Inviting => "the person could not be invited",
                _ if found.to.is_some() => "the person was seen and could not be suspended",
                _ => "the person was not seen in the other directory",
            };
            let why = format!("{why} within {LIFE_DAYS} days; nobody was suspended");
            let what = (LogAction::ExpireMove, Outcome::Done);
            change
                .entries
                .push(entry(found, now, &Actor::Schedule, what, &why));
            found.state = MoveState::Expired;
            found.since = now;
            found.message = Some(why);
        }
        if !change.entries.is_empty() {
            book.tidy(now)?;
            change.writes.push(book.write()?);
        }
        Ok((change, ()))
    })
    .await
}
