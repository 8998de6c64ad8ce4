//! Attempts to log in: the organization's log is read for them, and whoever was suspended by a policy and tries to log in is
//! given the access back, or put up for approval, as the settings say (docs/decisions/0017).
//!
//! Whether an organization has such events is found out by looking: its log must list an action that means it, and show one.

mod book;
mod out;
mod stream;

pub(super) use book::AttemptBook;

use super::answer::{Attempted, attempted};
use super::api::connected;
use super::documents::{load, set};
use super::records::Settings;
use super::worker::WorkError;
use crate::host::{Host, StorageError};
use crate::model::{DAY, HOUR};

/// So many attempts are answered by one tick.
const ANSWERED_A_TICK: usize = 20;
/// An attempt that could not be answered for so long is let go.
const WAITING_SECONDS: i64 = 2 * DAY;

/// Looks for attempts to log in, and answers them. What was read and what is left to answer are stored together and last:
/// whatever is killed before reads the same events again, and an undo that is begun twice is begun once.
pub(super) async fn watch<H: Host>(host: &H) -> Result<(), WorkError> {
    let Some(api) = connected(host).await? else {
        return Ok(());
    };
    let settings: Settings = load(host).await?;
    let stored: AttemptBook = load(host).await?;
    let mut book = stored.of(&api.organization);
    let is_on = settings.answers_log_ins();
    stream::look(&api, &mut book, is_on).await?;
    if is_on {
        answer(host, &mut book).await?;
    } else {
        book.waiting.clear();
    }
    let is_late = book.asked.since(stored.asked) >= HOUR;
    if is_late || !book.says_what(&stored) {
        host.transact(vec![set(&book)?]).await?;
    }
    Ok(())
}

/// Answers some of the attempts that wait; those for which something passing is in the way stay.
async fn answer<H: Host>(host: &H, book: &mut AttemptBook) -> Result<(), StorageError> {
    let mut back = Vec::new();
    let mut later = Vec::new();
    for (place, attempt) in std::mem::take(&mut book.waiting).into_iter().enumerate() {
        let is_old = host.now().since(attempt.at) > WAITING_SECONDS;
        if place >= ANSWERED_A_TICK {
            later.push(attempt);
            continue;
        }
        match attempted(host, &attempt).await? {
            Attempted::NotNow if !is_old => later.push(attempt),
            Attempted::Settled | Attempted::NotNow => {}
            Attempted::NotOut => back.push(attempt.account),
        }
    }
    book.waiting = later;
    out::forget(host, &back).await
}
