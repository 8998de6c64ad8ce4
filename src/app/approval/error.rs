//! Why a decision was not taken.

use crate::host::{QueueError, StorageError};

/// The reasons there are.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(in crate::app) enum DecisionError {
    /// There is no such run.
    #[error("there is no such run")]
    NoSuchRun,
    /// There is no such move.
    #[error("there is no such move")]
    NoSuchMove,
    /// Whoever decides asked for what now needs somebody else (RULES R9).
    #[error("a second person must decide this")]
    FourEyes {
        /// Why it cannot be them.
        why: String,
    },
    /// Something given is wrong.
    #[error("{0}")]
    Invalid(String),
    /// The run, or what it rests on, is not in a state for this.
    #[error("{0}")]
    WrongState(String),
    /// Nothing is connected.
    #[error("no organization is connected")]
    NotConnected,
    /// The app's own storage.
    #[error(transparent)]
    Storage(#[from] StorageError),
    /// The queue.
    #[error(transparent)]
    Queue(#[from] QueueError),
}

impl DecisionError {
    /// That what is decided on is not in a state for it.
    pub(in crate::app) fn wrong_state(why: impl Into<String>) -> DecisionError {
        DecisionError::WrongState(why.into())
    }
}
