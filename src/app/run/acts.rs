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
use crate::plan::{Act, Counts};

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

/// On whom our own runs acted, or may have acted, each with the directory.
#[derive(Debug, Default)]
pub(in crate::app) struct Acted {
    /// Something may have been taken from them.
    pub(in crate::app) took: BTreeMap<AccountId, DirectoryId>,
    /// They may have been restored. Whatever else was done to them explains no restoration.
    pub(in crate::app) gave: BTreeMap<AccountId, DirectoryId>,
}

/// What our own runs did since: those that ended after a time, and those that are not over.
pub(in crate::app) async fn acted_since(
    host: &impl Host,
    since: Time,
) -> Result<Acted, StorageError> {
    let active: ActiveRuns = load(host).await?;
    let over: ActedRuns = load(host).await?;
    let late = over.runs.into_iter().filter(|(_, at)| *at >= since);
    let ids = late.map(|(id, _)| id).chain(active.runs);
    let mut acted = Acted::default();
    for id in ids {
        if let Some(run) = load_run(host, &id).await? {
            for (account, directory, acts) in acted_in(host, &run).await? {
                if acts.iter().any(Act::takes_access) {
                    acted.took.insert(account.clone(), directory.clone());
                }
                if acts.iter().any(Act::restores) {
                    acted.gave.insert(account, directory);
                }
            }
        }
    }
    Ok(acted)
}

/// Everybody on whom one run acted, or may have acted, with the directory, and with what may have been done.
async fn acted_in(
    host: &impl Host,
    run: &Run,
) -> Result<Vec<(AccountId, DirectoryId, Vec<Act>)>, StorageError> {
    let Some(plan) = &run.plan else {
        return Ok(Vec::new());
    };
    let progress = Progress::load(host, &run.id).await?;
    let steps = (0u32..).zip(load_steps(host, &run.id, plan.parts).await?);
    Ok(steps
        .filter(|(step, _)| progress.may_have_acted(*step))
        .map(|(step, mut person)| {
            let done = progress.acts_perhaps_done(step, person.acts.len());
            person.acts.truncate(done);
            (person.account, person.directory, person.acts)
        })
        .collect())
}

/// Everybody to whom another run may have done since a run did what matters to its undo, each with the reason to leave what
/// that one did as it is: how a person is now says nothing of who made it so.
pub(super) async fn taken_after(
    host: &impl Host,
    undone: &str,
) -> Result<BTreeMap<AccountId, String>, StorageError> {
    let Some(undone) = load_run(host, undone).await? else {
        return Ok(BTreeMap::new());
    };
    let plan = undone.plan.as_ref();
    let mut acts = plan.iter().flat_map(|plan| &plan.acts);
    let sets_address = acts.any(|count| count.act == Act::SET_EMAIL);
    let active: ActiveRuns = load(host).await?;
    let over: ActedRuns = load(host).await?;
    let late = over.runs.into_iter().filter(|(_, at)| *at >= undone.since);
    let mut taken = BTreeMap::new();
    for id in late.map(|(id, _)| id).chain(active.runs) {
        let Some(run) = load_run(host, &id).await? else {
            continue;
        };
        if run.id == undone.id || run.undoes.is_some() {
            continue;
        }
        for (account, _, acts) in acted_in(host, &run).await? {
            if !acts.iter().any(|act| act.matters_to_undo(sets_address)) {
                continue;
            }
            let why = format!("the policy {} acted on them since", run.policy.name);
            taken.insert(account, why);
        }
    }
    Ok(taken)
}
