//! Taking a run back: its plan, made from what the run's own plan and progress hold. It passes through the same path.

use super::facts::{Facts, groups_of};
use super::freeze::{Frozen, freeze};
use super::parts::load_steps;
use super::planned::with_plan;
use super::progress::Progress;
use super::taken_back::taken_back;
use crate::app::api::connected;
use crate::app::documents::{load, load_run};
use crate::app::foreign::UnexplainedBook;
use crate::app::records::{ApprovalPlace, Run};
use crate::app::sync::{load_snapshot, newest_head};
use crate::app::worker::{WorkError, Worker};
use crate::host::Host;
use crate::plan::{Act, CHANGED_SINCE, Counts, Fate, Person, Undoing, population, undo};

/// Plans a run that takes another one back, and has it executed unless it is dry.
pub(super) async fn plan_undo<H: Host>(worker: &Worker<'_, H>, run: Run) -> Result<(), WorkError> {
    let host = worker.host;
    let Some(mut people) = people(host, &run).await? else {
        let why = "the run that was to be taken back, or its plan, is gone";
        return super::end::stop(worker, run, why).await;
    };
    let Some(head) = newest_head(host).await? else {
        let why = "the organization was not read yet: read it, then start again";
        return super::end::stop(worker, run, why).await;
    };
    let Some(api) = connected(host).await? else {
        let why = "no organization is connected: save an organization API key, then start again";
        return super::end::stop(worker, run, why).await;
    };
    let mut facts = Facts::load(host).await?;
    let groups = groups_of(people.iter().flat_map(|person| &person.acts));
    facts.ask(&api, &groups).await?;
    let mut counts = Counts::default();
    for person in &mut people {
        give_what_is_open(person, &facts);
        counts.users += 1;
        counts.add(person.fate);
    }
    let takes = people
        .iter()
        .any(|person| person.acts.iter().any(Act::takes_access));
    let population = if takes {
        population(&load_snapshot(host, &head).await?, |_| true, |_| false)
    } else {
        0
    };
    let mut planned = with_plan(worker, run, &head, &people, counts, population).await?;
    let mut acts = people.iter().flat_map(|person| &person.acts);
    if acts.any(Act::is_only_by_hand) {
        // Always approved (RULES R10), in this direction as well.
        planned.approval_wanted = Some(ApprovalPlace::Page);
    }
    freeze(worker, &planned, &Frozen::Undo).await
}

/// A group that cannot be changed any more keeps nobody from getting the others back.
fn give_what_is_open(person: &mut Person, facts: &Facts) {
    let mut lost = Vec::new();
    for act in &mut person.acts {
        let Act::GiveAccess { groups, .. } = act else {
            continue;
        };
        for (closed, why) in facts.of().closed {
            let before = groups.len();
            groups.retain(|group| group != closed);
            if groups.len() < before {
                lost.push(why.clone());
            }
        }
    }
    if lost.is_empty() {
        return;
    }
    person.acts.retain(|act| match act {
        Act::GiveAccess { groups, roles } => !groups.is_empty() || !roles.is_empty(),
        _ => true,
    });
    person.reason = format!("{}; not given back: {}", person.reason, lost.join(", "));
    if person.acts.is_empty() {
        person.fate = Fate::Skipped;
    }
}

/// Somebody else suspended or restored the person since: that is left as it is, however it looks now. Perhaps the run's own
/// act never came about, or was undone long ago.
fn leave_status(person: &mut Person) {
    let acts = person.acts.len();
    person.acts.retain(|act| !act.restores());
    if person.acts.len() < acts {
        person.reason = format!(
            "{CHANGED_SINCE}: a reading showed that others suspended or restored the person"
        );
        if person.acts.is_empty() {
            person.fate = Fate::Skipped;
        }
    }
}

/// The lines of the plan: everybody of the selection on whom the run acted.
async fn people<H: Host>(host: &H, run: &Run) -> Result<Option<Vec<Person>>, WorkError> {
    let Some(undoes) = &run.undoes else {
        return Ok(None);
    };
    let Some(undone) = load_run(host, &undoes.run).await? else {
        return Ok(None);
    };
    let Some(plan) = &undone.plan else {
        return Ok(None);
    };
    let progress = Progress::load(host, &undone.id).await?;
    let foreign: UnexplainedBook = load(host).await?;
    let back = taken_back(host, &undone, Some(&run.id)).await?;
    let mut people = Vec::new();
    for (step, person) in (0u32..).zip(load_steps(host, &undone.id, plan.parts).await?) {
        let is_meant = undoes.steps.is_empty() || undoes.steps.contains(&step);
        let whose = (person.account.clone(), person.directory.clone());
        let is_back = back.is_over(&whose);
        let done = progress.acts_perhaps_done(step, person.acts.len());
        if !is_meant || is_back || done == 0 {
            continue;
        }
        let mut line = undo(&Undoing {
            person: &person,
            done,
            roles: progress.roles(step),
            untouched: progress.untouched(step),
        });
        let acts = line.acts.len();
        let rest = std::mem::take(&mut line.acts).into_iter();
        line.acts = rest.filter_map(|act| back.rest(&whose, act)).collect();
        if line.acts.is_empty() && acts > 0 {
            continue;
        }
        if foreign.was_changed_since(&person.account, undone.since) {
            leave_status(&mut line);
        }
        people.push(line);
    }
    Ok(Some(people))
}
