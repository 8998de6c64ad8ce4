//! Runs that gave something back, and how far their people have been told.

use serde::{Deserialize, Serialize};

use crate::app::documents::Document;
use crate::model::Time;

/// The most runs that wait; of more the oldest are forgotten, and nobody of them is told.
const MOST_RUNS: usize = 100;

/// The runs whose people are still to be told that they have an access back.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub(in crate::app) struct RestoredBook {
    /// The oldest first.
    pub(in crate::app) runs: Vec<Restored>,
}

/// One of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::app) struct Restored {
    /// The run.
    pub(in crate::app) run: String,
    /// When it ended.
    pub(in crate::app) at: Time,
    /// So many of its people were told, or were not to be.
    pub(in crate::app) told: usize,
    /// So many after them are being told: whether they were is not known once nobody is at it any more.
    pub(in crate::app) trying: usize,
}

impl Document for RestoredBook {
    const KEY: &'static str = "restored";
}

impl RestoredBook {
    /// Notes a run that ended.
    pub(in crate::app) fn note(&mut self, run: &str, at: Time) {
        self.runs.push(Restored {
            run: run.to_owned(),
            at,
            told: 0,
            trying: 0,
        });
        let too_many = self.runs.len().saturating_sub(MOST_RUNS);
        self.runs.drain(..too_many);
    }

    /// Changes what is said of a run that waits.
    pub(in crate::app) fn change(&mut self, run: &str, change: impl FnOnce(&mut Restored)) {
        if let Some(one) = self.runs.iter_mut().find(|one| one.run == run) {
            change(one);
        }
    }

    /// Forgets a run.
    pub(in crate::app) fn forget(&mut self, run: &str) {
        self.runs.retain(|one| one.run != run);
    }
}
