//! Taking a run back: its plan, made from what the run's own plan and progress hold. It passes through the same path.

use super::freeze::frozen_entry;
use super::parts::load_steps;
use super::prepare::with_plan;
use super::progress::Progress;
use crate::app::commit::Change;
use crate::app::documents::{ActiveRuns, load, load_run, set, set_run};
use crate::app::left_alone;
use crate::app::records::{Run, RunState};
use crate::app::sync::newest_head;
use crate::app::worker::{Job, WorkError, Worker};
use crate::host::Host;
use crate::model::AccountId;
use crate::plan::{Counts, Fate, Person, Undoing, undo};

/// Plans a run that takes another one back, and has it executed unless it is dry.
pub(super) async fn plan_undo<H: Host>(worker: &Worker<'_, H>, run: Run) -> Result<(), WorkError> {
    let host = worker.host;
    let Some(people) = people(host, &run).await? else {
        let why = "the run that was to be taken back, or its plan, is gone";
        return super::end::stop(worker, run, why).await;
    };
    let Some(head) = newest_head(host).await? else {
        let why = "the organization was not read yet: read it, then start again";
        return super::end::stop(worker, run, why).await;
    };
    let mut counts = Counts::default();
    for person in &people {
        counts.users += 1;
        counts.add(person.fate);
    }
    let planned = with_plan(host, run, &head, &people, counts, 0).await?;
    freeze_undo(worker, &planned).await
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
    let mut people = Vec::new();
    for (step, person) in (0u32..).zip(load_steps(host, &undone.id, plan.parts).await?) {
        let is_meant = undoes.steps.is_empty() || undoes.steps.contains(&step);
        if !is_meant || !progress.may_have_acted(step) {
            continue;
        }
        let done = match progress.fate(step) {
            Fate::Verified => person.acts.len(),
            // How far the last act came is seen at the reading before it is taken back.
            _ => usize::try_from(progress.acts_done(step)).map_or(0, |done| done + 1),
        };
        people.push(undo(&Undoing {
            person: &person,
            done,
            roles: progress.roles(step),
        }));
    }
    Ok(Some(people))
}

async fn freeze_undo<H: Host>(worker: &Worker<'_, H>, planned: &Run) -> Result<(), WorkError> {
    let host = worker.host;
    worker
        .commit(async || {
            let mut run = planned.clone();
            let mut change = Change::default();
            let stored = load_run(host, &run.id).await?;
            if stored.is_none_or(|stored| stored.state != RunState::Planning) {
                // Aborted meanwhile.
                return Ok((change, ()));
            }
            if run.dry {
                run.state = RunState::Previewed;
                let mut active: ActiveRuns = load(host).await?;
                active.remove(&run.id);
                change.writes.push(set(&active)?);
            } else {
                run.state = RunState::Ready;
                // Before the commit: a job that comes too early waits, a missing one would be missing for ever.
                worker.push(&Job::execute(host, &run.id), 0).await?;
            }
            run.since = host.now();
            run.message = None;
            change.writes.push(set_run(&run)?);
            change.entries.push(frozen_entry(host.now(), &run));
            Ok((change, ()))
        })
        .await
}

/// Whoever got something back is left alone for a while: a policy would take it again the next day (RULES R18).
pub(super) async fn leave_alone<H: Host>(
    worker: &Worker<'_, H>,
    run: &Run,
    people: &[Person],
    progress: &Progress,
) -> Result<(), WorkError> {
    if run.undoes.is_none() {
        return Ok(());
    }
    let steps = (0u32..).zip(people);
    let restored: Vec<AccountId> = steps
        .filter(|(step, _)| progress.may_have_acted(*step))
        .map(|(_, person)| person.account.clone())
        .collect();
    if restored.is_empty() {
        return Ok(());
    }
    Ok(left_alone::add(worker.host, &restored, worker.host.now()).await?)
}
