//! Jobs: what the queues carry, and what a consumer does with one.

use serde::Serialize;

use super::documents::{ConnectionBook, load};
use super::lease::{self, Asked};
use super::worker::{Flow, Job, Task, WorkError, Worker};
use super::{answer, approval, requests, run, sync};
use crate::atlassian::ApiErrorKind;
use crate::host::{Host, Queue};
use crate::json;
use crate::model::DAY;

/// How long to wait for another worker, at most: it may end long before its lease expires.
const PATIENCE_SECONDS: i64 = 60;
/// The longest that the platform waits before it delivers a job again; whoever must wait longer is asked again then, and
/// makes no call (the pacer remembers).
const MAX_WAIT_SECONDS: i64 = 900;
/// How long to wait after a passing failure that does not say how long.
const PAUSE_SECONDS: u32 = 30;
/// For so long a run is tried again that has an intent out.
const INTENT_DAYS: i64 = 30;

/// What the consumer tells the platform.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(
    rename_all = "camelCase",
    rename_all_fields = "camelCase",
    tag = "state"
)]
pub enum WorkOutcome {
    /// The job is done with.
    Done,
    /// Deliver it again.
    Retry {
        /// After so many seconds.
        after_seconds: u32,
    },
}

/// Does one delivered job of a queue. A text that is no job is done with: nothing could ever come of it.
pub async fn work<H: Host>(host: &H, queue: Queue, job: &str) -> WorkOutcome {
    let Ok(job) = json::read::<Job>(job) else {
        return WorkOutcome::Done;
    };
    let lease = match lease::ask(host, queue).await {
        Ok(Asked::Granted(lease)) => lease,
        Ok(Asked::Held { seconds }) => return retry(seconds.clamp(1, PATIENCE_SECONDS)),
        Err(_) => return retry(i64::from(PAUSE_SECONDS)),
    };
    let worker = Worker {
        host,
        queue,
        lease,
        started: host.now(),
    };
    let flow = match &job.task {
        Task::Prepare { runs } => run::prepare(&worker, &job, runs).await,
        Task::Read { whole } => sync::read(&worker, &job, *whole).await,
        Task::Execute { run } => run::execute(&worker, &job, run).await,
        Task::Approvals { after } => {
            approval::look_at_approvals(&worker, &job, after.as_deref()).await
        }
        Task::Moves { after } => super::moves::take_on(&worker, &job, after.as_deref()).await,
        Task::GiveBack { after } => match answer::go_on(&worker, &job, after).await {
            Ok(Flow::Over) => requests::say(host, Some(after)).await.map(|()| Flow::Over),
            other => other,
        },
        Task::TellRestored {} => super::restored::tell(&worker).await,
        Task::Report {} => super::privacy::report(&worker).await,
        Task::Erase {} => super::erasure::erase(&worker).await,
    };
    let flow = match flow {
        Ok(flow) => Ok(flow),
        Err(error) => recover(&worker, &job, error).await,
    };
    let outcome = match flow {
        Ok(flow) => hand_over(&worker, &job, flow).await,
        Err(WorkError::LeaseLost) => return retry(PATIENCE_SECONDS),
        Err(_) => retry(i64::from(PAUSE_SECONDS)),
    };
    // A lease that cannot be given back expires by itself.
    let _ = worker.lease.give_back(host).await;
    outcome
}

fn retry(seconds: i64) -> WorkOutcome {
    WorkOutcome::Retry {
        after_seconds: u32::try_from(seconds.min(MAX_WAIT_SECONDS)).unwrap_or(PAUSE_SECONDS),
    }
}

async fn hand_over<H: Host>(worker: &Worker<'_, H>, job: &Job, flow: Flow) -> WorkOutcome {
    let queue = match flow {
        Flow::Over => return WorkOutcome::Done,
        Flow::Again { seconds } => return retry(i64::from(seconds)),
        Flow::Next => worker.queue,
        Flow::Elsewhere { queue } => queue,
    };
    // What goes on is not old: its age counts from where it last came on.
    let next = Job {
        pushed: worker.host.now(),
        ..job.clone()
    };
    let Ok(text) = next.text() else {
        return WorkOutcome::Done;
    };
    match worker.host.push(queue, text, 0).await {
        Ok(()) => WorkOutcome::Done,
        Err(_) => retry(i64::from(PAUSE_SECONDS)),
    }
}

/// What to do about a failure: wait where it passes, end the runs where it does not.
async fn recover<H: Host>(
    worker: &Worker<'_, H>,
    job: &Job,
    error: WorkError,
) -> Result<Flow, WorkError> {
    let error = match error {
        WorkError::Api(error) => error,
        // What storage refused for so long it will refuse for ever: the run must not go round for ever.
        WorkError::Storage(error) if is_old(worker, job).await => {
            run::stop_runs(worker, &job.runs(), &error.to_string()).await?;
            return Ok(Flow::Over);
        }
        other => return Err(other),
    };
    let book: ConnectionBook = load(worker.host).await?;
    let was_replaced = book
        .connection
        .is_some_and(|connection| connection.saved_at >= worker.started);
    if error.is_the_keys_fault() && was_replaced {
        return Ok(Flow::Again { seconds: 1 });
    }
    let runs = job.runs();
    let is_old = is_old(worker, job).await;
    let is_pace = matches!(error.kind, ApiErrorKind::RateLimited { .. });
    if error.is_passing() && (is_pace || !is_old) {
        let seconds = match error.kind {
            ApiErrorKind::RateLimited { wait_seconds } => wait_seconds,
            _ => PAUSE_SECONDS,
        };
        let message = format!("{error}: tried again in {seconds} seconds");
        run::hold_back(worker, &runs, &message).await?;
        // To keep the pace is no failure.
        let is_pause = matches!(error.kind, ApiErrorKind::RateLimited { .. });
        if job.is_reading() && !is_pause {
            sync::note_failure(worker, message).await?;
        }
        return Ok(Flow::Again { seconds });
    }
    let message = format!("{error}: {}", error.hint());
    run::stop_runs(worker, &runs, &message).await?;
    if job.is_reading() {
        sync::note_failure(worker, message).await?;
        sync::end_failed(worker).await?;
    }
    Ok(Flow::Over)
}

/// Whether a job has been tried for long enough. While an intent is out, what came of it can only be read: that is tried for
/// longer, before it is given up (RULES R14).
async fn is_old<H: Host>(worker: &Worker<'_, H>, job: &Job) -> bool {
    let age = worker.host.now().since(job.pushed);
    if age <= DAY || age > INTENT_DAYS * DAY {
        return age > DAY;
    }
    for id in job.runs() {
        // What cannot be read may be what is refused for ever.
        let progress = run::Progress::load(worker.host, &id).await;
        if progress.is_ok_and(|progress| progress.is_anything_out()) {
            return false;
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_wait_is_longer_than_the_platform_takes() {
        for (seconds, after_seconds) in [(1, 1), (900, 900), (3_660, 900)] {
            assert_eq!(retry(seconds), WorkOutcome::Retry { after_seconds });
        }
    }
}
