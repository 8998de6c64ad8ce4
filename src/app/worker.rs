//! A worker: an invocation that holds a queue's lease, the job it does, and where the job leads.

use serde::{Deserialize, Serialize};

use super::commit::{self, Change};
use super::lease::Lease;
use crate::atlassian::ApiError;
use crate::host::{Host, Queue, QueueError, StorageError, Write};
use crate::model::Time;

/// How long a job that finds nothing to do may wait for the commit that follows its push.
const YOUNG_SECONDS: i64 = 600;

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
    /// Reads the organization.
    Read {
        /// All of it, whenever it was read last before this job; else what is due.
        whole: bool,
    },
    /// Executes a plan.
    Execute {
        /// Of which run.
        run: String,
    },
    /// Asks for approvals in issues, and looks at those that ask.
    Approvals {
        /// The run whose commit followed this job's push, if one did.
        after: Option<String>,
    },
    /// Takes the moves between directories on.
    Moves {
        /// The move whose commit followed this job's push, if one did.
        after: Option<String>,
    },
    /// Gives back what an earlier stage took, after a run that the person wished for.
    GiveBack {
        /// That run.
        after: String,
    },
    /// Makes the next part of the report of accounts.
    Report {},
    /// Erases what was read of closed accounts.
    Erase {},
}

impl Job {
    /// The job that plans runs.
    pub(super) fn prepare(host: &impl Host, runs: Vec<String>) -> Job {
        Job {
            pushed: host.now(),
            task: Task::Prepare { runs },
        }
    }

    /// The job that reads the organization.
    pub(super) fn read(host: &impl Host, whole: bool) -> Job {
        Job {
            pushed: host.now(),
            task: Task::Read { whole },
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

    /// The job that looks at the approvals that are asked for in issues.
    pub(super) fn approvals(host: &impl Host, after: Option<String>) -> Job {
        Job {
            pushed: host.now(),
            task: Task::Approvals { after },
        }
    }

    /// The job that takes the moves between directories on.
    pub(super) fn moves(host: &impl Host, after: Option<String>) -> Job {
        Job {
            pushed: host.now(),
            task: Task::Moves { after },
        }
    }

    /// The job that gives back what an earlier stage took than a run gave back that the person wished for.
    pub(super) fn give_back(host: &impl Host, after: &str) -> Job {
        Job {
            pushed: host.now(),
            task: Task::GiveBack {
                after: after.to_owned(),
            },
        }
    }

    /// Whether it reads the organization before or besides anything else.
    pub(super) fn is_reading(&self) -> bool {
        matches!(self.task, Task::Prepare { .. } | Task::Read { .. })
    }

    /// The job that goes on with the report of accounts.
    pub(super) fn report(host: &impl Host) -> Job {
        Job {
            pushed: host.now(),
            task: Task::Report {},
        }
    }

    /// The job that erases closed accounts.
    pub(super) fn erase(host: &impl Host) -> Job {
        Job {
            pushed: host.now(),
            task: Task::Erase {},
        }
    }

    /// The runs that the job is about.
    pub(super) fn runs(&self) -> Vec<String> {
        match &self.task {
            Task::Prepare { runs } => runs.clone(),
            Task::Read { .. } => Vec::new(),
            Task::Execute { run } => vec![run.clone()],
            Task::Approvals { .. }
            | Task::Moves { .. }
            | Task::GiveBack { .. }
            | Task::Report {}
            | Task::Erase {} => Vec::new(),
        }
    }

    /// The job as text, for the queue.
    pub(super) fn text(&self) -> Result<String, StorageError> {
        serde_json::to_string(self).map_err(|error| StorageError::Failed(error.to_string()))
    }
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
    Api(Box<ApiError>),
    /// The queue.
    #[error(transparent)]
    Queue(#[from] QueueError),
}

/// Boxed: what is as wide as an error of a call would be copied at every `?` on the way.
impl From<ApiError> for WorkError {
    fn from(error: ApiError) -> WorkError {
        WorkError::Api(Box::new(error))
    }
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
        attempt: impl AsyncFnMut() -> Result<(Change, T), WorkError>,
    ) -> Result<T, WorkError> {
        let done = commit::commit_leased(self.host, &self.lease, attempt).await?;
        done.ok_or(WorkError::LeaseLost)
    }

    /// Writes all or nothing under the lease, beside the log.
    pub(super) async fn transact(&self, writes: Vec<Write>) -> Result<(), WorkError> {
        match self.lease.transact(self.host, writes).await {
            Err(StorageError::Conflict) => Err(WorkError::LeaseLost),
            other => Ok(other?),
        }
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
