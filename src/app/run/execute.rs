//! Executing a plan: batch by batch, each read again just before, logged before and after, and read back.
//!
//! Whatever kills an invocation, the next one begins a batch by reading its people: an intent that is out is settled by what
//! is seen, not by guessing.

use super::acts::{acted_just_now, taken_after};
use super::addresses::{addresses, forget};
use super::batch::{Batch, BatchEnd};
use super::black_outs::black_out_now;
use super::facts::{Facts, groups_of};
use super::gate::gate;
use super::ground::{keep_last_administrators, taken_recently};
use super::guards::key_expires_now;
use super::held_again::hold_again;
use super::keepers::Keepers;
use super::leave_alone::leave_alone;
use super::life::{expire, lapsed};
use super::parts::load_frozen_steps;
use super::progress::Progress;
use super::returned_roles::ReturnedRoles;
use super::steps::Steps;
use super::warnings::{Warnings, tells};
use std::collections::BTreeMap;

use crate::app::api::connected;
use crate::app::chains::links_of;
use crate::app::commit::Change;
use crate::app::documents::{RecentRuns, load, load_run, set, set_run};
use crate::app::key_use::key_used;
use crate::app::records::{Run, RunState};
use crate::app::worker::{Flow, Job, WorkError, Worker};
use crate::atlassian::PAGE_SIZE;
use crate::audit::Entry;
use crate::host::Host;
use crate::planted::{Fault, planted};

/// A batch is begun only if so much is left of the invocation.
const BATCH_MILLISECONDS: u32 = 90_000;
/// The pause before another look at what was accepted and is not seen yet.
const LOOK_AGAIN_SECONDS: u32 = 3;
/// So many calls are made in one invocation: the platform allows 1,500 of 900 seconds, and a batch may need some hundred.
const CALLS_AN_INVOCATION: u32 = 1_200;

/// Executes a run's plan as far as the time allows.
pub(in crate::app) async fn execute<H: Host>(
    worker: &Worker<'_, H>,
    job: &Job,
    id: &str,
) -> Result<Flow, WorkError> {
    let host = worker.host;
    let Some(run) = load_run(host, id).await? else {
        return Ok(Flow::Over);
    };
    match run.state {
        RunState::Ready | RunState::Executing | RunState::Verifying => {}
        RunState::Planning | RunState::Held | RunState::AwaitingApproval
            if worker.is_young(job) =>
        {
            return Ok(Flow::Again { seconds: 5 });
        }
        _ => return Ok(Flow::Over),
    }
    let state = match run.state {
        RunState::Verifying => RunState::Verifying,
        _ => RunState::Executing,
    };
    if lapsed(&run, host.now()).is_some() {
        expire::<_, WorkError>(host, id).await?;
        return Ok(Flow::Over);
    }
    let Some(run) = mark(worker, run, state).await? else {
        return Ok(Flow::Over);
    };
    let Some(api) = connected(host).await? else {
        super::end::stop_runs(worker, &[id.to_owned()], "no organization is connected").await?;
        return Ok(Flow::Over);
    };
    let people = match &run.plan {
        Some(plan) => load_frozen_steps(host, id, plan).await?,
        None => Some(Vec::new()),
    };
    let Some(people) = people else {
        let why = "its plan is not the one that was frozen: start the policy's run again";
        super::end::stop_runs(worker, &[id.to_owned()], why).await?;
        return Ok(Flow::Over);
    };
    let mut progress = Progress::load(host, id).await?;
    if planted(Fault::IntentsForgotten) {
        progress.forget_open();
    }
    let addresses = addresses(worker, id, &people, &mut progress).await?;
    let mut facts = Facts::load(host).await?;
    let groups = groups_of(people.iter().flat_map(|person| &person.acts));
    facts.ask(&api, &groups).await?;
    let mut taken = match &run.undoes {
        Some(undoes) => taken_after(host, &undoes.run).await?,
        None => {
            let mut taken = taken_recently(worker, Some(id)).await?;
            taken.extend(acted_just_now(host, &run).await?);
            taken
        }
    };
    let warnings = Warnings::load(host, &run, tells(&run)).await?;
    let warnings = warnings.with_links(host, &worker.lease).await?;
    let links = links_of(host, &run.policy.id, &run.policy.hash, &people).await?;
    let steps = Steps {
        run: &run,
        people: &people,
    };
    keep_last_administrators(worker, &steps, &progress, facts.seats(), &mut taken).await?;
    let mut keepers = Keepers::default();
    loop {
        let mut batch = next_batch(&steps, &progress, &addresses);
        if batch.is_empty() {
            leave_alone(worker, &run, &people, &progress).await?;
            // Whoever had an intent out may have been let be because of a stop, as the last ones.
            let gate = gate(worker, &api, &run, &progress).await?;
            if let Some(stop) = gate.stop.filter(|stop| progress.says(&stop.why)) {
                super::end::stop_as(worker, id, &stop).await?;
                return Ok(Flow::Over);
            }
            return finish(worker, &run, &mut progress).await;
        }
        if host.time_left() < BATCH_MILLISECONDS || api.calls.made() > CALLS_AN_INVOCATION {
            return Ok(Flow::Next);
        }
        let gate = gate(worker, &api, &run, &progress).await?;
        if let Some(stop) = &gate.stop {
            batch.retain(|step| progress.open(*step).is_some());
            if batch.is_empty() {
                super::end::stop_as(worker, id, stop).await?;
                return Ok(Flow::Over);
            }
        }
        let only_open = batch.iter().all(|step| progress.open(*step).is_some());
        let resumed = progress.open_steps().collect();
        let opened = progress.opened();
        let end = Batch {
            worker,
            api: &api,
            steps: &steps,
            gate: &gate,
            facts: &facts,
            taken: &taken,
            links: &links,
            addresses: &addresses,
            progress: &mut progress,
            resumed,
            opened,
            roles: ReturnedRoles::default(),
            in_several: Vec::new(),
            keepers: &mut keepers,
            warnings: &warnings,
            answers: BTreeMap::new(),
            mails: BTreeMap::new(),
        }
        .run(&batch)
        .await?;
        match end {
            BatchEnd::Limited(seconds) => return Ok(Flow::Again { seconds }),
            BatchEnd::Pending if only_open => {
                mark(worker, run.clone(), RunState::Verifying).await?;
                return Ok(Flow::Again {
                    seconds: LOOK_AGAIN_SECONDS,
                });
            }
            // What is not seen yet is read again with the next batch.
            BatchEnd::Pending | BatchEnd::Over => {}
        }
    }
}

/// Notes that a run is at work, and takes away what was said of a hindrance that is over; `None` if somebody ended it
/// meanwhile, or if it would begin in a black-out or in the key's last days, and nobody saw that who let it go on: it is held by
/// that.
async fn mark<H: Host>(
    worker: &Worker<'_, H>,
    run: Run,
    state: RunState,
) -> Result<Option<Run>, WorkError> {
    if run.state == state && run.message.is_none() {
        return Ok(Some(run));
    }
    worker
        .commit(async || {
            let mut change = Change::default();
            let Some(mut run) = load_run(worker.host, &run.id).await? else {
                return Ok((change, None));
            };
            if !run.state.wants_a_job() {
                return Ok((change, None));
            }
            if run.state == RunState::Ready {
                let mut guards = Vec::from_iter(black_out_now(worker.host, &run).await?);
                guards.extend(key_expires_now(worker.host, &run).await?);
                if !guards.is_empty() {
                    let mut recent: RecentRuns = load(worker.host).await?;
                    recent.forget(&run.id);
                    let entry = hold_again(&mut run, guards, worker.host.now());
                    change.entries.push(entry);
                    change.writes = vec![set_run(&run)?, set(&recent)?];
                    return Ok((change, None));
                }
                run.since = worker.host.now();
                change.entries.push(Entry {
                    run: Some(run.id.clone()),
                    policy: Some(run.policy.id.clone()),
                    policy_hash: Some(run.policy.hash.clone()),
                    ..key_used(worker.host, "executing a run").await?
                });
            }
            run.state = state;
            run.message = None;
            change.writes.push(set_run(&run)?);
            Ok((change, Some(run)))
        })
        .await
}

async fn finish<H: Host>(
    worker: &Worker<'_, H>,
    run: &Run,
    progress: &mut Progress,
) -> Result<Flow, WorkError> {
    forget(worker, &run.id, progress).await?;
    let counts = progress.counts(run.counts);
    let state = if counts.failed == 0 {
        RunState::Done
    } else {
        RunState::DoneWithFailures
    };
    let message = (counts.failed > 0).then(|| {
        format!(
            "{} of {} actions failed",
            counts.failed,
            counts.failed + counts.acted
        )
    });
    super::end::end(worker, run, progress, state, message).await?;
    Ok(Flow::Over)
}

/// The next people: those with an intent out first, then those not begun, all of one directory. A reading names 100 people by
/// their addresses and 10 by their accounts, so those without an address come last: a few in every batch would take a call
/// more each time.
fn next_batch(steps: &Steps<'_>, progress: &Progress, addresses: &[String]) -> Vec<u32> {
    let count = u32::try_from(steps.people.len()).unwrap_or(u32::MAX);
    let open: Vec<u32> = progress.open_steps().collect();
    let has_address = |step: &u32| {
        let place = usize::try_from(*step).ok();
        let address = place.and_then(|place| addresses.get(place));
        address.is_some_and(|address| !address.is_empty())
    };
    let (mut batch, mut directory) = (Vec::with_capacity(PAGE_SIZE), None);
    let mut take = |step: u32| {
        let person = steps.person(step);
        if let Some(person) = person.filter(|_| batch.len() < PAGE_SIZE)
            && *directory.get_or_insert(&person.directory) == &person.directory
        {
            batch.push(step);
        }
    };
    for step in &open {
        take(*step);
    }
    for wants_address in [true, false] {
        for step in progress.unsettled(count) {
            if has_address(&step) == wants_address && !open.contains(&step) {
                take(step);
            }
        }
    }
    batch
}
