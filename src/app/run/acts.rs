//! What our own runs did to people: the explanation of a change that a reading sees.
//!
//! Nothing is written for it at a step: a run's plan and progress hold it already, and a run is found by two documents that
//! are read strongly (RULES R5): the list of those that are not over, and the list of those that are.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::parts::load_steps;
use super::progress::Progress;
use super::taken_back::taken_back;
use crate::app::documents::{ActiveRuns, Document, decode_run, load, load_run};
use crate::app::records::Run;
use crate::host::{EntityName, Host, Query, StorageError};
use crate::model::{AccountId, DAY, DirectoryId, Time};
use crate::plan::{Act, Counts, Fate, Person};

/// How long an accepted action may take to be seen.
pub(super) const VISIBLE_SECONDS: i64 = 120;
/// How long a run is remembered. Older ones are found by a query, which lags behind by far less.
const REMEMBERED_DAYS: i64 = 40;
/// The most runs that are remembered.
const MAX_RUNS: usize = 1_000;
/// Every month has a day among so many.
const SHORTEST_MONTH_DAYS: i64 = 28;
/// Runs in a page of a query.
const PAGE: u32 = 50;

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

    /// Whether every run that ended since is still remembered.
    fn reaches_back_to(&self, since: Time, now: Time) -> bool {
        let is_full = self.runs.len() >= MAX_RUNS;
        let oldest = self.runs.first().map(|(_, at)| *at);
        now.since(since) < REMEMBERED_DAYS * DAY
            && !(is_full && oldest.is_some_and(|at| at > since))
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

/// Whom runs that ended within a time suspended or deactivated, and saw so, each with the directory and the run's end.
pub(in crate::app) async fn made_inactive_within(
    host: &impl Host,
    (from, to): (Time, Time),
) -> Result<Vec<(AccountId, DirectoryId, Time)>, StorageError> {
    let over: ActedRuns = load(host).await?;
    let mut people = Vec::new();
    for (id, at) in over.runs {
        if at < from || at >= to {
            continue;
        }
        let Some(run) = load_run(host, &id).await? else {
            continue;
        };
        let Some(plan) = run.plan.as_ref().filter(|_| run.undoes.is_none()) else {
            continue;
        };
        let progress = Progress::load(host, &id).await?;
        for (step, person) in (0u32..).zip(load_steps(host, &id, plan.parts).await?) {
            let mut acts = person.acts.iter();
            if progress.fate(step) == Fate::Verified && acts.any(Act::takes_status) {
                people.push((person.account, person.directory, at));
            }
        }
    }
    Ok(people)
}

/// Everybody to whom another run is doing what this one means to do, or did it so shortly ago that a reading need not show it:
/// which of the two did it could not be told (RULES R14).
pub(super) async fn acted_just_now(
    host: &impl Host,
    run: &Run,
) -> Result<BTreeMap<AccountId, String>, StorageError> {
    let plan = run.plan.as_ref();
    let meant: Vec<&String> = plan
        .iter()
        .flat_map(|plan| &plan.acts)
        .map(|count| &count.act)
        .collect();
    let since = host.now().plus(-VISIBLE_SECONDS);
    let active: ActiveRuns = load(host).await?;
    let over: ActedRuns = load(host).await?;
    let late = over.runs.into_iter().filter(|(_, at)| *at >= since);
    let ids = late.map(|(id, _)| id).chain(active.runs);
    let mut people = BTreeMap::new();
    for id in ids.filter(|id| *id != run.id) {
        let Some(other) = load_run(host, &id).await? else {
            continue;
        };
        if other.state.wants_a_decision() {
            continue;
        }
        for (account, _, acts) in acted_in(host, &other).await? {
            if acts
                .iter()
                .any(|act| meant.iter().any(|meant| act.name() == *meant))
            {
                let why = format!("the policy {} does the same to them", other.policy.name);
                people.insert(account, why);
            }
        }
    }
    Ok(people)
}

/// Everybody on whom one run acted, or may have acted, with the directory, and with what may have been done.
pub(super) async fn acted_in(
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
            let done = progress.acts_perhaps_tried(step, person.acts.len());
            person.acts.truncate(done);
            (person.account, person.directory, person.acts)
        })
        .collect())
}

/// Everybody for whom a run did something, or may have, with what, and whether it is clear that it was done.
pub(super) async fn acted_in_steps(
    host: &impl Host,
    run: &Run,
) -> Result<Vec<(Person, bool)>, StorageError> {
    let Some(plan) = &run.plan else {
        return Ok(Vec::new());
    };
    let progress = Progress::load(host, &run.id).await?;
    let mut people = Vec::new();
    for (step, mut person) in (0u32..).zip(load_steps(host, &run.id, plan.parts).await?) {
        if !progress.may_have_acted(step) || progress.was_held_back(step) {
            continue;
        }
        let done = progress.acts_perhaps_tried(step, person.acts.len());
        person.acts.truncate(done);
        people.push((person, !progress.is_unclear(step)));
    }
    Ok(people)
}

/// The runs that are not over, and those that acted and ended after a time, each with its end.
pub(in crate::app) async fn runs_since(
    host: &impl Host,
    since: Time,
) -> Result<Vec<(Run, Option<Time>)>, StorageError> {
    let active: ActiveRuns = load(host).await?;
    let over: ActedRuns = load(host).await?;
    let late = over.runs.into_iter().filter(|(_, at)| *at >= since);
    let over = late.map(|(id, at)| (id, Some(at)));
    let mut runs = Vec::new();
    for (id, ended) in over.chain(active.runs.into_iter().map(|id| (id, None))) {
        if let Some(run) = load_run(host, &id).await? {
            runs.push((run, ended));
        }
    }
    Ok(runs)
}

/// The ids of all runs that ended after a time and acted, or are not over, however long ago that time was.
async fn every_run_since(host: &impl Host, since: Time) -> Result<BTreeSet<String>, StorageError> {
    let now = host.now();
    let active: ActiveRuns = load(host).await?;
    let over: ActedRuns = load(host).await?;
    let is_enough = over.reaches_back_to(since, now);
    let late = over.runs.into_iter().filter(|(_, at)| *at >= since);
    let mut ids: BTreeSet<String> = late.map(|(id, _)| id).chain(active.runs).collect();
    if is_enough {
        return Ok(ids);
    }
    // A run is filed under the month in which it was asked for, which may lie before the one in which it ended.
    let mut at = since.plus(-REMEMBERED_DAYS * DAY);
    let mut asked = String::new();
    while at.month() <= now.month() {
        if at.month() != asked {
            asked = at.month();
            asked_in(host, &asked, since, &mut ids).await?;
        }
        at = at.plus(SHORTEST_MONTH_DAYS * DAY);
    }
    Ok(ids)
}

/// Adds the runs of a month that acted and ended after a time.
async fn asked_in(
    host: &impl Host,
    month: &str,
    since: Time,
    ids: &mut BTreeSet<String>,
) -> Result<(), StorageError> {
    let mut cursor = None;
    loop {
        let page = host
            .query(Query {
                entity: EntityName::Run,
                index: "by-month",
                partition: vec![month.to_owned()],
                between: None,
                descending: false,
                limit: PAGE,
                cursor,
            })
            .await?;
        for text in &page.values {
            let run = decode_run(text)?;
            let Counts { acted, failed, .. } = run.counts;
            if acted + failed > 0 && run.since >= since {
                ids.insert(run.id);
            }
        }
        cursor = page.cursor;
        if cursor.is_none() {
            return Ok(());
        }
    }
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
    let does = |name: &str| {
        let mut acts = plan.iter().flat_map(|plan| &plan.acts);
        acts.any(|count| count.act == name)
    };
    let sets_address = does(Act::SET_EMAIL);
    let mut taken = BTreeMap::new();
    // Also runs that were over before this one was, and began before it: who came first at a person is not told.
    // Of one that ended right before that, what it did may be seen later.
    let let_go = undone.may_act_from().plus(-VISIBLE_SECONDS);
    // Whom another run added to one of several groups after the plan was made is in all of them at the end.
    let since = if does(Act::ADD_TO_GROUP) {
        undone.now
    } else {
        undone.now.max(let_go)
    };
    for id in every_run_since(host, since).await? {
        let Some(run) = load_run(host, &id).await? else {
            continue;
        };
        if run.id == undone.id || run.undoes.is_some() {
            continue;
        }
        let back = taken_back(host, &run, None).await?;
        for (account, directory, acts) in acted_in(host, &run).await? {
            let matters = acts.iter().any(|act| act.matters_to_undo(sets_address));
            // What was given back whole is as the run before left it.
            if !matters || back.is_whole(&(account.clone(), directory)) {
                continue;
            }
            let why = format!(
                "the policy {} acted on them since or meanwhile",
                run.policy.name
            );
            taken.insert(account, why);
        }
    }
    Ok(taken)
}
