//! Reading the organization's log of events.

use super::book::AttemptBook;
use super::out;
use crate::app::api::Api;
use crate::app::records::Attempt;
use crate::atlassian::{
    ApiError, ApiErrorKind, EVENTS_A_PAGE, Events, event_actions, events_stream, read_events,
    read_log_in_actions,
};
use crate::host::{Host, StorageError};
use crate::model::{DAY, HOUR};

/// So many pages are read by one tick: a fifth of what Atlassian allows in a minute.
const PAGES_A_TICK: u32 = 10;
/// So many attempts may wait; more pages are read once some of them are answered.
const MOST_WAITING: usize = 500;
/// An event that was taken in longer ago was there to be seen before.
const FRESH_SECONDS: i64 = 600;

/// Asks once a day which kinds of events there are. Where one means that somebody logs in, reads what is new: until one was
/// seen, so that it can be offered, a page at a time; and all of it where it is switched on.
pub(super) async fn look<H: Host>(
    api: &Api<'_, H>,
    book: &mut AttemptBook,
    is_on: bool,
) -> Result<(), StorageError> {
    let now = api.host.now();
    let listed = book.log_ins.listed.unwrap_or_default();
    if now.since(listed) >= DAY {
        list(api, book).await;
    }
    let is_refused = book.log_ins.failure.is_some() && now.since(book.asked) < HOUR;
    let is_wanted = is_on || book.log_ins.seen.is_none();
    if book.log_ins.actions.is_empty() || is_refused || !is_wanted {
        return Ok(());
    }
    if is_on && !out::catch_up(api.host, book).await? {
        return Ok(());
    }
    if now.since(book.asked) >= DAY {
        // Nobody looked for long, or ever: what happened before the last day is over.
        book.cursor = None;
        book.newest = None;
    }
    let pages = if is_on { PAGES_A_TICK } else { 1 };
    for _ in 0..pages {
        if book.waiting.len() >= MOST_WAITING {
            break;
        }
        book.asked = now;
        let events = match page(api, book).await {
            Ok(events) => events,
            Err(error) => {
                refused(book, &error);
                break;
            }
        };
        let is_last = events.count < EVENTS_A_PAGE || events.cursor.is_none();
        take(api, book, events, is_on).await?;
        if is_last {
            break;
        }
    }
    Ok(())
}

/// Asks which kinds of events mean that somebody logs in. What fails is asked again a day later, or with the next tick if it
/// is passing.
async fn list<H: Host>(api: &Api<'_, H>, book: &mut AttemptBook) {
    let request = event_actions(&api.organization, &api.key);
    let answer = api.call("reading the kinds of events", request).await;
    match answer.and_then(|answer| read_log_in_actions(&answer.body)) {
        Ok(actions) => {
            book.log_ins.actions = actions;
            book.log_ins.failure = None;
        }
        Err(error) if error.is_passing() && error.kind != ApiErrorKind::NotUnderstood => return,
        Err(error) => refused(book, &error),
    }
    book.log_ins.listed = Some(api.host.now());
}

async fn page<H: Host>(api: &Api<'_, H>, book: &AttemptBook) -> Result<Events, ApiError> {
    // An event may be taken in a day after it happened, and is found by when it happened.
    let from = book.newest.unwrap_or(api.host.now()).plus(-DAY);
    let place = (book.cursor.as_deref(), from);
    let request = events_stream(&api.organization, place, &api.key);
    let answer = api.call("reading events", request).await?;
    read_events(&answer.body, &book.log_ins.actions)
}

/// Remembers a refusal that lasts. Without a cursor that is refused the reading begins anew, at the time of the newest event.
fn refused(book: &mut AttemptBook, error: &ApiError) {
    if error.kind == ApiErrorKind::CursorRefused {
        book.cursor = None;
    } else if !error.is_passing() {
        book.log_ins.failure = Some(error.to_string());
    }
}

/// Takes in what a page tells.
async fn take<H: Host>(
    api: &Api<'_, H>,
    book: &mut AttemptBook,
    events: Events,
    is_on: bool,
) -> Result<(), StorageError> {
    let now = api.host.now();
    book.log_ins.failure = None;
    book.newest = book.newest.max(events.newest);
    // Behind the last page there may be no cursor: then this page is read again, with what came after it.
    book.cursor = events.cursor.or(book.cursor.take());
    if let Some(one) = events.log_ins.get(events.log_ins.len() / 2) {
        book.log_ins.seen.get_or_insert(now);
        let late = one.processed.filter(|at| now.since(*at) > FRESH_SECONDS);
        book.measure(late.unwrap_or(now).since(one.at));
    }
    if !is_on || events.log_ins.is_empty() {
        return Ok(());
    }
    let accounts = events.log_ins.iter().map(|one| &one.account);
    let are_out = out::among(api.host, accounts).await?;
    for (one, is_out) in events.log_ins.into_iter().zip(are_out) {
        let mut waiting = book.waiting.iter_mut();
        let known = waiting.find(|attempt| attempt.account == one.account);
        match known {
            // One wish is enough; the newest is the one that counts.
            Some(attempt) if attempt.at < one.at => {
                attempt.at = one.at;
                attempt.event = one.event;
            }
            None if is_out => book.waiting.push(Attempt {
                account: one.account,
                event: one.event,
                at: one.at,
            }),
            _ => {}
        }
    }
    Ok(())
}
