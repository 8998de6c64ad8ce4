//! One step of a move: what it becomes, with its entries and what it takes of the day's cap, all or nothing.

use super::book::{MovesBook, entry, halted};
use crate::app::commit::Change;
use crate::app::documents::{RecentRun, RecentRuns, load, set};
use crate::app::records::{Move, MoveCall, MoveState, Settings};
use crate::app::worker::{WorkError, Worker};
use crate::atlassian::{ApiError, ApiErrorKind};
use crate::audit::{Actor, Entry, LogAction, Outcome};
use crate::host::{Host, Response};
use crate::model::Time;
use crate::plan::organization_cap;

/// How long a call without a clear answer may take to be seen, before it is made again.
pub(super) const UNCLEAR_SECONDS: u32 = 30;
/// How often a call without a clear answer is made.
const ATTEMPTS: u32 = 3;
/// The longest message, in signs.
const MAX_MESSAGE: usize = 400;

/// What follows a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Next {
    /// The next step, at once.
    On,
    /// Nothing before the next hour.
    Rest,
    /// The next step after so many seconds.
    Wait(u32),
}

/// What a step takes of the day's cap (RULES R8).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Taking {
    /// Nothing, and nothing was noted.
    Nothing,
    /// One person of so many is about to lose something.
    Reserved(u32),
    /// They lost it, or may have.
    Taken,
    /// They did not.
    Forgotten,
}

/// A step.
#[derive(Clone, Debug)]
pub(super) struct Step {
    /// What the move becomes.
    pub(super) after: Move,
    /// What the log says.
    pub(super) entry: Option<Entry>,
    /// What it takes.
    pub(super) taking: Taking,
    /// Whether a call follows: none does while everything is stopped.
    pub(super) acts: bool,
}

/// Commits a step, if the move is still what it was. Answers why not, if not.
pub(super) async fn take<H: Host>(
    worker: &Worker<'_, H>,
    before: &Move,
    step: &Step,
) -> Result<Option<String>, WorkError> {
    let host = worker.host;
    worker
        .commit(async || {
            let not = |why: String| Ok((Change::default(), Some(why)));
            let mut book: MovesBook = load(host).await?;
            if book.get(&before.id) != Some(before) {
                return not(String::from("somebody else changed the move"));
            }
            if step.acts
                && let Some(why) = halted(host).await?
            {
                return not(String::from(why));
            }
            let mut recent: RecentRuns = load(host).await?;
            recent.prune(host.now());
            let settings: Settings = load(host).await?;
            if let Taking::Reserved(population) = step.taking
                && let others = recent.people_besides(&before.id)
                && let Some(guard) =
                    organization_cap(1, others, settings.percent_per_day, population)
            {
                return not(format!("waits for another day: {}", guard.text));
            }
            let mut change = Change::default();
            if step.taking != Taking::Nothing {
                count(&mut recent, &before.id, step.taking, host.now());
                change.writes.push(set(&recent)?);
            }
            book.put(step.after.clone());
            if step.after.state.is_over() {
                book.tidy(host.now())?;
            }
            change.writes.push(book.write()?);
            change.entries.extend(step.entry.clone());
            Ok((change, None))
        })
        .await
}

fn count(recent: &mut RecentRuns, id: &str, taking: Taking, now: Time) {
    if taking == Taking::Forgotten {
        recent.forget(id);
        return;
    }
    let one = RecentRun {
        at: now,
        people: 1,
        over: taking == Taking::Taken,
    };
    recent.runs.insert(id.to_owned(), one);
}

/// Says in a move what it waits for, if it does not say so already.
pub(super) async fn say<H: Host>(
    worker: &Worker<'_, H>,
    before: &Move,
    why: &str,
) -> Result<Next, WorkError> {
    let message = message(why);
    if before.message.as_ref() != Some(&message) {
        let step = Step {
            after: Move {
                message: Some(message),
                ..before.clone()
            },
            entry: None,
            taking: Taking::Nothing,
            acts: false,
        };
        take(worker, before, &step).await?;
    }
    Ok(Next::Rest)
}

/// A text as a message: not longer than there is room for.
pub(super) fn message(text: &str) -> String {
    text.chars().take(MAX_MESSAGE).collect()
}

/// How a move goes on or ends, with the entry about it.
#[derive(Debug)]
pub(super) struct Ending<'a> {
    /// The state that follows.
    pub(super) state: MoveState,
    /// What was done, or not, and how it ended.
    pub(super) what: (LogAction, Outcome),
    /// Why, in the log and in the move.
    pub(super) why: &'a str,
    /// What the call was answered, if an answer decided it.
    pub(super) answer: (Option<u16>, Option<String>),
    /// What it takes.
    pub(super) taking: Taking,
}

/// Commits how what was out ended.
pub(super) async fn settle<H: Host>(
    worker: &Worker<'_, H>,
    before: &Move,
    changed: Move,
    ending: Ending<'_>,
) -> Result<Next, WorkError> {
    let now = worker.host.now();
    let entry = entry(before, now, &Actor::Schedule, ending.what, ending.why);
    let (http, request) = ending.answer;
    let step = Step {
        after: Move {
            state: ending.state,
            since: now,
            call: None,
            message: Some(message(ending.why)),
            ..changed
        },
        entry: Some(Entry {
            http,
            request,
            ..entry
        }),
        taking: ending.taking,
        acts: false,
    };
    take(worker, before, &step).await?;
    Ok(Next::On)
}

/// Logs an intent, or counts another attempt of the same; answers the move with the call that may be made now, or what
/// follows instead.
pub(super) async fn intend<H: Host>(
    worker: &Worker<'_, H>,
    before: &Move,
    (state, action): (MoveState, LogAction),
    taking: Taking,
) -> Result<Result<Move, Next>, WorkError> {
    let now = worker.host.now();
    let attempts = before.call.as_ref().map_or(0, |call| call.attempts);
    let after = Move {
        state,
        call: Some(MoveCall {
            attempts: attempts.saturating_add(1),
            at: now,
            ..MoveCall::default()
        }),
        message: None,
        ..before.clone()
    };
    let what = (action, Outcome::Intent);
    let intent = entry(before, now, &Actor::Schedule, what, &before.reason);
    let step = Step {
        after: after.clone(),
        entry: before.call.is_none().then_some(intent),
        taking,
        acts: true,
    };
    match take(worker, before, &step).await? {
        None => Ok(Ok(after)),
        Some(why) => Ok(Err(say(worker, before, &why).await?)),
    }
}

/// What becomes of a call that is out and whose end is not seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pending {
    /// It may still be seen.
    Wait(u32),
    /// It is made, or made again.
    Again,
    /// It was made often enough.
    GivenUp,
}

/// The same for a call of a move.
pub(super) fn pending(call: Option<&MoveCall>, now: Time) -> Pending {
    let Some(call) = call.filter(|call| call.attempts > 0) else {
        return Pending::Again;
    };
    let waited = u32::try_from(now.since(call.at)).unwrap_or_default();
    match UNCLEAR_SECONDS.checked_sub(waited) {
        Some(seconds) if seconds > 0 => Pending::Wait(seconds),
        _ if call.attempts >= ATTEMPTS => Pending::GivenUp,
        _ => Pending::Again,
    }
}

/// What a failed call means.
#[derive(Debug)]
pub(super) enum Failure {
    /// Nothing was done; it is made again after so many seconds.
    Later(u32),
    /// What was done is to be seen.
    Unclear,
    /// It was so already.
    Already,
    /// It was refused, for this reason.
    Refused(String),
}

/// Sorts a failed call. A call that was certainly not carried out is no attempt; a refused key ends the job.
pub(super) async fn failure<H: Host>(
    worker: &Worker<'_, H>,
    called: &Move,
    error: ApiError,
) -> Result<Failure, WorkError> {
    Ok(match error.kind {
        ApiErrorKind::RateLimited { wait_seconds } => {
            take_back(worker, called).await?;
            Failure::Later(wait_seconds)
        }
        ApiErrorKind::Unauthorized => {
            take_back(worker, called).await?;
            return Err(error.into());
        }
        ApiErrorKind::Server | ApiErrorKind::NoAnswer | ApiErrorKind::NotUnderstood => {
            Failure::Unclear
        }
        ApiErrorKind::Already => Failure::Already,
        ApiErrorKind::Refused(402) => Failure::Refused(String::from(
            "the organization has no paid subscription, and nobody can be invited without one",
        )),
        ApiErrorKind::LicenceLimit => Failure::Refused(format!(
            "{error}: free a seat or raise the user limit, then ask for the move again"
        )),
        _ => Failure::Refused(error.to_string()),
    })
}

async fn take_back<H: Host>(worker: &Worker<'_, H>, called: &Move) -> Result<(), WorkError> {
    let call = called.call.clone().map(|call| MoveCall {
        attempts: call.attempts.saturating_sub(1),
        ..call
    });
    let step = Step {
        after: Move {
            call,
            ..called.clone()
        },
        entry: None,
        taking: Taking::Nothing,
        acts: false,
    };
    take(worker, called, &step).await?;
    Ok(())
}

/// What is kept of an answer.
pub(super) fn told(response: &Response) -> (Option<u16>, Option<String>) {
    let request = response.header("x-request-id").map(String::from);
    (Some(response.status), request)
}
