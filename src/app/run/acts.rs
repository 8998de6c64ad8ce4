//! What our own runs did to people: the explanation of a change that a reading sees.
//!
//! Nothing is written for it at a step: a run's plan and progress hold it already, and a run is found by two documents that
//! are read strongly (RULES R5): the list of those that are not over, and the list of those that are.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::parts::load_steps;
use super::progress::Progress;
use crate::app::documents::{ActiveRuns, Document, load, load_run};
use crate::app::records::Run;
use crate::host::{Host, StorageError};
use crate::model::{AccountId, DAY, DirectoryId, Time};
use crate::plan::Counts;

/// How long a run is remembered.
const REMEMBERED_DAYS: i64 = 40;
/// The most runs that are remembered.
const MAX_RUNS: usize = 1_000;

/// Runs that acted on somebody and are over.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub(super) struct ActedRuns {
    /// Id and end, oldest first.
    runs: Vec<(String, Time)>,
}

impl Document for ActedRuns {
    const KEY: &'static str = "acted-runs";
}

impl ActedRuns {
    /// Notes a run that ends now. One that acted on nobody explains nothing.
    pub(super) fn note(&mut self, run: &Run, now: Time) {
        self.runs
            .retain(|(id, at)| *id != run.id && now.since(*at) < REMEMBERED_DAYS * DAY);
        let Counts { acted, failed, .. } = run.counts;
        if acted + failed == 0 {
            return;
        }
        self.runs.push((run.id.clone(), now));
        let beyond = self.runs.len().saturating_sub(MAX_RUNS);
        self.runs.drain(..beyond);
    }
}

/// Everybody on whom our own runs acted, or may have acted, with the directory: runs that ended after a time, and those that
/// are not over.
pub(in crate::app) async fn acted_since(
    host: &impl Host,
    since: Time,
) -> Result<BTreeMap<AccountId, DirectoryId>, StorageError> {
    let active: ActiveRuns = load(host).await?;
    let over: ActedRuns = load(host).await?;
    let late = over.runs.into_iter().filter(|(_, at)| *at >= since);
    let ids = late.map(|(id, _)| id).chain(active.runs);
    let mut acted = BTreeMap::new();
    for id in ids {
        let Some(run) = load_run(host, &id).await? else {
            continue;
        };
        let Some(plan) = &run.plan else { continue };
        let progress = Progress::load(host, &id).await?;
        let steps = load_steps(host, &id, plan.parts).await?;
        for (number, person) in (0u32..).zip(steps) {
            if progress.may_have_acted(number) {
                acted.insert(person.account, person.directory);
            }
        }
    }
    Ok(acted)
}
