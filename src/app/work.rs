//! Jobs: what the queues carry, and what a consumer does with one.

use serde::{Deserialize, Serialize};

use super::commit::{self, Change};
use super::documents::{ConnectionBook, load};
use super::lease::{self, Asked, Lease};
use super::run;
use crate::atlassian::{ApiError, ApiErrorKind};
use crate::host::{Host, Queue, QueueError, StorageError};
use crate::model::{DAY, Time};

/// How long a job that finds nothing to do may wait for the commit that follows its push.
const YOUNG_SECONDS: i64 = 600;
/// How long to wait for another worker, at most: it may end long before its lease expires.
const PATIENCE_SECONDS: i64 = 60;
/// How long to wait after a passing failure that does not say how long.
const PAUSE_SECONDS: u32 = 30;

/// A job. Small, and done twice is the same as done once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Job {
    /// When it was first pushed.
    pub pushed: Time,
    /// What to do.
    pub task: Task,
}

/// What a job does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Task {
    /// Plans runs that were asked for.
    Prepare {
        /// Which.
        runs: Vec<String>,
    },
    /// Executes a plan.
    Execute {
        /// Of which run.
        run: String,
    },
}

impl Job {
    /// The job that plans runs.
    pub(super) fn prepare(host: &impl Host, runs: Vec<String>) -> Job {
        Job {
            pushed: host.now(),
            task: Task::Prepare { runs },
        }
    }

    /// The job that executes a run.
    pub(super) fn execute(host: &impl Host, run: &str) -> Job {
        Job {
            pushed: host.now(),
            task: Task::Execute {
                run: run.to_owned(),
            },
        }
    }

    fn runs(&self) -> Vec<String> {
        match &self.task {
            Task::Prepare { runs } => runs.clone(),
            Task::Execute { run } => vec![run.clone()],
        }
    }

    /// The job as text, for the queue.
    pub(super) fn text(&self) -> Result<String, StorageError> {
        serde_json::to_string(self).map_err(|error| StorageError::Failed(error.to_string()))
    }
}

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

/// Why work could not go on.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum WorkError {
    /// Another worker has the lease now and does what is to be done.
    #[error("another worker took over")]
    LeaseLost,
    /// The app's own storage.
    #[error(transparent)]
    Storage(#[from] StorageError),
    /// Atlassian.
    #[error(transparent)]
    Api(#[from] ApiError),
    /// The queue.
    #[error(transparent)]
    Queue(#[from] QueueError),
}

/// Where a job leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Flow {
    /// It is done with.
    Over,
    /// It goes on in a new invocation.
    Next,
    /// It goes on in the other queue.
    Elsewhere {
        /// Which.
        queue: Queue,
    },
    /// It comes again after a while.
    Again {
        /// How long.
        seconds: u32,
    },
}

/// An invocation that holds a queue's lease.
#[derive(Debug)]
pub(super) struct Worker<'h, H> {
    pub(super) host: &'h H,
    pub(super) queue: Queue,
    pub(super) lease: Lease,
    /// When the invocation began.
    pub(super) started: Time,
}

impl<H: Host> Worker<'_, H> {
    /// Commits under the lease.
    pub(super) async fn commit<T>(
        &self,
        mut attempt: impl AsyncFnMut() -> Result<(Change, T), WorkError>,
    ) -> Result<T, WorkError> {
        commit::commit(self.host, async || {
            if !self.lease.is_held(self.host).await? {
                return Err(WorkError::LeaseLost);
            }
            let (mut change, value) = attempt().await?;
            change.writes.push(self.lease.check());
            Ok((change, value))
        })
        .await
    }

    /// Puts a job on the long queue.
    pub(super) async fn push(&self, job: &Job, delay_seconds: u32) -> Result<(), WorkError> {
        Ok(self
            .host
            .push(Queue::Work, job.text()?, delay_seconds)
            .await?)
    }

    /// Whether a job may have been delivered before the commit that follows its push.
    pub(super) fn is_young(&self, job: &Job) -> bool {
        self.host.now().since(job.pushed) < YOUNG_SECONDS
    }
}

/// Does one delivered job of a queue. A text that is no job is done with: nothing could ever come of it.
pub async fn work<H: Host>(host: &H, queue: Queue, job: &str) -> WorkOutcome {
    let Ok(job) = serde_json::from_str::<Job>(job) else {
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
        Task::Execute { run } => run::execute(&worker, &job, run).await,
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
        after_seconds: u32::try_from(seconds).unwrap_or(PAUSE_SECONDS),
    }
}

async fn hand_over<H: Host>(worker: &Worker<'_, H>, job: &Job, flow: Flow) -> WorkOutcome {
    let queue = match flow {
        Flow::Over => return WorkOutcome::Done,
        Flow::Again { seconds } => return retry(i64::from(seconds)),
        Flow::Next => worker.queue,
        Flow::Elsewhere { queue } => queue,
    };
    let Ok(text) = job.text() else {
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
        // What storage refused for a day it will refuse for ever: the run must not go round for ever.
        WorkError::Storage(error) if worker.host.now().since(job.pushed) > DAY => {
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
    let is_old = worker.host.now().since(job.pushed) > DAY;
    if error.is_passing() && !is_old {
        let seconds = match error.kind {
            ApiErrorKind::RateLimited { wait_seconds } => wait_seconds,
            _ => PAUSE_SECONDS,
        };
        run::hold_back(
            worker,
            &runs,
            &format!("{error}: tried again in {seconds} seconds"),
        )
        .await?;
        return Ok(Flow::Again { seconds });
    }
    run::stop_runs(worker, &runs, &format!("{error}: {}", error.hint())).await?;
    Ok(Flow::Over)
}
