//! From a run that was asked for to a frozen plan: read the organization, decide, store, guard.

use super::basis::Basis;
use super::chosen::{add_the_others, aim_by_hand};
use super::claims::Claims;
use super::facts::Facts;
use super::freeze::{Frozen, freeze};
use super::gate::CHANGED;
use super::ground::{groups_gone, protections, taken_recently};
use super::heard::{kept, let_be, look};
use super::leave_alone::left_alone_by_now;
use super::own_status::tell_apart_for_plans;
use super::planned::with_plan;
use super::preview::compare;
use super::stages::{Stages, freeing};
use super::undo::plan_undo;
use super::warnings::{Warnings, warns};
use crate::app::api::{Api, connected};
use crate::app::by_hand::{keep_present, load_by_hand};
use crate::app::chains::{self, Unwritten};
use crate::app::documents::{
    ConnectionBook, ExemptionBook, PolicyBook, load, load_run, load_value, policy_revision_key,
};
use crate::app::links;
use crate::app::own_names::OwnNames;
use crate::app::protect;
use crate::app::records::{Run, RunState, SeatFigures, Settings};
use crate::app::sheltered::emptied;
use crate::app::sync::{
    AcceptedBook, SnapshotHead, load_snapshot, newest_head, ready_to_act, sync,
};
use crate::app::worker::{Flow, Job, WorkError, Worker};
use crate::evaluate::compile;
use crate::host::{Host, Queue};
use crate::model::{DAY, GroupId, HOUR, Time};
use crate::plan::{
    Aim, AimError, Counts, Ground, Person, SeatPool, needs_memory, once_an_account, plan,
    population, runnable, spare_last_administrators,
};
use crate::policy::Policy;
use crate::snapshot::{Site, Snapshot};

/// The oldest snapshot that a run may be planned on: that of the daily reading, which may be a little late. Everybody is
/// read again right before their action (RULES R6).
const SNAPSHOT_SECONDS: i64 = DAY + 2 * HOUR;

/// Prepares runs that were asked for together: the policies that are due in one tick are planned in the
/// administrator's order, and each person goes to the first (RULES R7).
pub(in crate::app) async fn prepare<H: Host>(
    worker: &Worker<'_, H>,
    job: &Job,
    ids: &[String],
) -> Result<Flow, WorkError> {
    let host = worker.host;
    let mut runs = Vec::new();
    for id in ids {
        match load_run(host, id).await? {
            Some(run) if run.state == RunState::Planning => runs.push(run),
            Some(_) => {}
            None if worker.is_young(job) => return Ok(Flow::Again { seconds: 5 }),
            None => {}
        }
    }
    let mut rest = Vec::new();
    for run in runs {
        match run.undoes {
            Some(_) => plan_undo(worker, run).await?,
            None => rest.push(run),
        }
    }
    let runs = rest;
    if runs.is_empty() {
        return Ok(Flow::Over);
    }
    let Some(api) = connected(host).await? else {
        for run in runs {
            let why = "no organization is connected: save an organization API key, then start the run again";
            super::end::stop(worker, run, why).await?;
        }
        return Ok(Flow::Over);
    };
    let only_dry = runs.iter().all(|run| run.dry);
    let not_before = host.now().plus(-SNAPSHOT_SECONDS);
    let is_there = crate::app::sync::is_fresh(host, not_before).await?;
    if worker.queue == Queue::Answer && (!is_there || protect::must_read(host).await?) {
        // A listing is long work and belongs to the other queue.
        return Ok(Flow::Elsewhere { queue: Queue::Work });
    }
    let is_read = sync(&api, &worker.lease, not_before).await?;
    if !is_read || (!only_dry && !ready_to_act(worker, &api).await?) {
        return Ok(Flow::Next);
    }
    if let Some(head) = newest_head(host).await? {
        plan_all(worker, &api, runs, &head).await?;
    }
    Ok(Flow::Over)
}

async fn plan_all<H: Host>(
    worker: &Worker<'_, H>,
    api: &Api<'_, H>,
    runs: Vec<Run>,
    head: &SnapshotHead,
) -> Result<(), WorkError> {
    let host = worker.host;
    let mut snapshot = load_snapshot(host, head).await?;
    let exemptions: ExemptionBook = load(host).await?;
    let book: ConnectionBook = load(host).await?;
    let Some(connection) = book.connection else {
        return Ok(());
    };
    let settings: Settings = load(host).await?;
    let mut sheltered = left_alone_by_now(host, None).await?;
    let whose = (&mut snapshot, &mut sheltered);
    tell_apart_for_plans(api, &runs, head, &exemptions, whose).await?;
    let basis = Basis {
        protect: settings.protect,
        left_alone: sheltered,
        head,
        accepted: load::<AcceptedBook>(host).await?.accepted,
        snapshot: &snapshot,
        exempt_groups_gone: groups_gone(api, &exemptions).await?,
        exemptions_emptied: if runs.iter().all(|run| run.dry) {
            Vec::new()
        } else {
            emptied(worker, &exemptions, &snapshot).await?
        },
        exemptions: &exemptions,
        lists: load(host).await?,
        connection,
    };
    let mut claims = Claims::new(taken_recently(worker, None).await?);
    let mut waiting = Vec::new();
    for run in runs {
        let Some(draft) = draft(worker, api, &basis, run, &claims).await? else {
            continue;
        };
        if !draft.run.dry {
            claims.note(&draft.run, &draft.people);
            if Claims::may_give_way(&draft.people) {
                waiting.push(draft);
                continue;
            }
        }
        draft.freeze(worker, &basis).await?;
    }
    for mut draft in waiting {
        claims.give_way(&draft.run, &mut draft.people, &mut draft.counts);
        draft.freeze(worker, &basis).await?;
    }
    Ok(())
}

/// A plan that is made and not frozen.
struct Draft {
    run: Run,
    policy: Policy,
    people: Vec<Person>,
    counts: Counts,
    population: u32,
    seats: Option<SeatFigures>,
    /// Who entered the policy's chain.
    entered: Unwritten,
}

/// Makes the plan of one run; nothing where the run was stopped.
async fn draft<H: Host>(
    worker: &Worker<'_, H>,
    api: &Api<'_, H>,
    basis: &Basis<'_>,
    run: Run,
    claims: &Claims,
) -> Result<Option<Draft>, WorkError> {
    let taken = &claims.taken;
    let host = worker.host;
    let key = policy_revision_key(&run.policy.id, run.policy.revision);
    let Some(policy) = load_value::<Policy>(host, &key).await? else {
        let why = "the policy's text is gone: save the policy again";
        super::end::stop(worker, run, why).await?;
        return Ok(None);
    };
    let policies: PolicyBook = load(host).await?;
    if !run.dry && policies.has_changed(&run.policy) {
        // Its plan would be stopped at once; and whoever is in the chain of the text in force would leave it for this one's.
        super::end::stop(worker, run, CHANGED).await?;
        return Ok(None);
    }
    let mut by_hand = load_by_hand(host, &run.policy.id).await?;
    // What is done by hand was looked at when it was asked for, and may be what no policy may do.
    if by_hand.is_none() && runnable(&policy).is_err() {
        let why = "the policy asks for more than this release can run: save it again to see what";
        super::end::stop(worker, run, why).await?;
        return Ok(None);
    }
    let sites = basis.head.sites();
    let names = OwnNames::load(host, &policy, by_hand.as_ref(), run.now).await?;
    let context = names.context(&sites, run.now);
    let compiled = compile(&policy, basis.snapshot, context).map_err(|error| error.to_string());
    let deed = match &by_hand {
        Some(chosen) => aim_by_hand(api, chosen).await?,
        None => None,
    };
    let aims = match deed {
        Some(aim) => Ok(vec![aim]),
        None => aims(&policy, basis.snapshot, &sites, run.now),
    };
    let keep = policy.keep.as_ref();
    let pool = keep.map(|keep| SeatPool::of(keep, basis.snapshot, &sites));
    let pool = pool.transpose().map_err(|error| error.to_string());
    let (compiled, aims, pool) = match (compiled, aims.map_err(|error| error.to_string()), pool) {
        (Ok(compiled), Ok(aims), Ok(pool)) => (compiled, aims, pool),
        (Err(error), _, _) | (_, Err(error), _) | (_, _, Err(error)) => {
            let why = format!("{error}: correct the policy, then start the run again");
            super::end::stop(worker, run, &why).await?;
            return Ok(None);
        }
    };
    let mut facts = Facts::load(host).await?;
    if !run.dry
        && let Some(why) = facts.of().denied.all_of(&policy)
    {
        let why = format!(
            "nothing of this can be done: {why}; save another organization API key, then start the run again"
        );
        super::end::stop(worker, run, &why).await?;
        return Ok(None);
    }
    let mut groups: Vec<GroupId> = Vec::new();
    for aim in &aims {
        groups.extend(aim.groups(basis.snapshot, facts.seats()).cloned());
    }
    facts.ask(api, &groups).await?;
    let exempted = basis.exemptions.exempted(&run.policy.id, host.now());
    let exempting = exempted.on(basis.snapshot);
    let mut sheltered = basis.left_alone.clone();
    let own = protections(&basis.connection, Some(&run.cause));
    sheltered.people.extend(own.people);
    sheltered.governing = facts.seats().governing().to_vec();
    if compiled.verdicts().possible().next().is_some() {
        sheltered.add(protect::duties(worker, api, basis.protect).await?);
    }
    let used = links::kept(host, &policy.id).await?;
    let remembers = needs_memory(&policy);
    if !remembers {
        let_be(&mut sheltered, &used, (run.now, host.now()));
    }
    let ground = Ground {
        exempted: &exempting,
        protections: &sheltered,
        taken,
        groups: facts.of(),
    };
    let does_warn = warns(&policy);
    let mut warnings = Warnings::load(host, &run, does_warn).await?;
    if does_warn && let Some(why) = warnings.hindrance() {
        super::end::stop(worker, run, why).await?;
        return Ok(None);
    }
    warnings.add(&claims.told);
    let mut entered = Unwritten::default();
    let mut seats = None;
    let (mut people, mut counts) = match aims.as_slice() {
        [aim] if !remembers => plan(&compiled, basis.snapshot, &ground, aim),
        aims => {
            let heard = kept(&used);
            let looking = chains::Ground {
                policy: &policy,
                hash: &run.policy.hash,
                compiled: &compiled,
                snapshot: basis.snapshot,
                context,
                read: basis.head.taken,
                exempted: &exempted,
                protections: &sheltered,
                pool: pool.as_ref(),
                freeing: &|row| freeing(&compiled, basis.snapshot, row, &ground, aims),
                heard: &heard,
            };
            let (mut chains, heard) = look(api, &looking, aims).await?;
            let stages = Stages {
                policy: &policy,
                compiled: &compiled,
                snapshot: basis.snapshot,
                context,
                ground: &ground,
                aims,
                warnings: &warnings,
                heard: &heard,
            };
            let planned = stages.plan(&mut chains);
            seats = keep.zip(chains.pool()).map(SeatFigures::of);
            if !run.dry {
                entered = chains.store(host, &worker.lease, &run.id).await?;
            }
            planned
        }
    };
    if let Some(chosen) = &mut by_hand {
        let plan = (&mut people, &mut counts);
        add_the_others(chosen, &compiled, basis.snapshot, plan);
        keep_present(worker, &run.policy.id, chosen, basis.snapshot).await?;
    }
    if !run.dry {
        claims.keep_apart(&mut people, &mut counts);
    }
    let known = (facts.seats(), &sheltered);
    spare_last_administrators(&mut people, &mut counts, basis.snapshot, known, taken);
    let days = basis.protect.tokens_used_within_days;
    protect::spare_token_users(api, days, basis.snapshot, &mut people, &mut counts).await?;
    if basis.snapshot.lists_anybody_twice() {
        once_an_account(&mut people, &mut counts);
    }
    let population = population(
        basis.snapshot,
        |resource| aims.iter().any(|aim| aim.can_take(resource)),
        |group| aims.iter().any(|aim| aim.leaves(group)),
    );
    Ok(Some(Draft {
        run,
        policy,
        people,
        counts,
        population,
        seats,
        entered,
    }))
}

impl Draft {
    /// Freezes it.
    async fn freeze<H: Host>(
        self,
        worker: &Worker<'_, H>,
        basis: &Basis<'_>,
    ) -> Result<(), WorkError> {
        let (people, counts) = (&self.people, self.counts);
        let plan = with_plan(
            worker,
            self.run,
            basis.head,
            people,
            counts,
            self.population,
        );
        let mut planned = plan.await?;
        if let Some(plan) = &mut planned.plan {
            plan.seats = self.seats;
        }
        let compared = compare(worker.host, &planned, people).await?;
        let frozen = Frozen::Policy {
            basis,
            policy: &self.policy,
            entered: &self.entered,
            compared,
        };
        freeze(worker, &planned, &frozen).await
    }
}

/// What each stage of a policy wants done.
fn aims(
    policy: &Policy,
    snapshot: &Snapshot,
    sites: &[Site],
    now: Time,
) -> Result<Vec<Aim>, AimError> {
    let date = now.date();
    let stages = policy.stages.iter();
    stages
        .map(|stage| Aim::of(stage, snapshot, sites, &date))
        .collect()
}
