//! Freezing a plan: what comes of a run that is planned, and the entry that says so.

use super::basis::Basis;
use super::guards::guards;
use super::preview::Compared;
use crate::app::chains::Unwritten;
use crate::app::commit::Change;
use crate::app::documents::{
    ActiveRuns, PolicyBook, RecentRun, RecentRuns, load, load_run, set, set_run,
};
use crate::app::records::{ApprovalPlace, PlanReference, Run, RunState, Settings};
use crate::app::worker::{Job, WorkError, Worker};
use crate::audit::{Actor, Entry, LogAction, Outcome};
use crate::host::{Host, Queue};
use crate::model::Time;
use crate::plan::{Guard, organization_cap, policy_limit};
use crate::planted::{Fault, planted};
use crate::policy::{Limits, Policy};

/// What a plan was made for, and what is stored with it.
pub(super) enum Frozen<'a> {
    /// A policy.
    Policy {
        /// What its plan rests on.
        basis: &'a Basis<'a>,
        policy: &'a Policy,
        /// Who entered its chain.
        entered: &'a Unwritten,
        /// What changed since its last dry run.
        compared: Option<Compared>,
    },
    /// Taking another run back.
    Undo,
}

/// Freezes a plan: previewed, held by its guards, or ready with its execution on the queue.
pub(super) async fn freeze<H: Host>(
    worker: &Worker<'_, H>,
    planned: &Run,
    frozen: &Frozen<'_>,
) -> Result<(), WorkError> {
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
            if run.dry && !planted(Fault::DryRunActs) {
                run.state = RunState::Previewed;
                preview(host, &run, frozen, &mut change).await?;
            } else {
                let mut recent: RecentRuns = load(host).await?;
                recent.prune(host.now());
                run.guards = held_by(host, &run, frozen, &recent).await?;
                if let Frozen::Policy { entered, .. } = frozen {
                    change.writes.append(&mut entered.writes(host).await?);
                }
                let_go(worker, &mut run, &mut recent, &mut change).await?;
            }
            if let Frozen::Policy {
                compared: Some(compared),
                ..
            } = frozen
            {
                run.since_preview = Some(compared.since.clone());
                change.writes.push(compared.write.clone());
            }
            run.since = host.now();
            run.message = None;
            change.writes.push(set_run(&run)?);
            change.entries.push(frozen_entry(host.now(), &run));
            Ok((change, ()))
        })
        .await
}

/// A dry run is over, and what its policy's next plan is compared with.
async fn preview<H: Host>(
    host: &H,
    run: &Run,
    frozen: &Frozen<'_>,
    change: &mut Change,
) -> Result<(), WorkError> {
    let mut active: ActiveRuns = load(host).await?;
    active.remove(&run.id);
    change.writes.push(set(&active)?);
    if matches!(frozen, Frozen::Undo) {
        return Ok(());
    }
    let mut policies: PolicyBook = load(host).await?;
    let mut stored = policies.policies.iter_mut();
    if let Some(stored) = stored.find(|stored| stored.policy.id == run.policy.id) {
        stored.preview = Some(run.id.clone());
        change.writes.push(set(&policies)?);
    }
    Ok(())
}

/// What speaks against a plan.
async fn held_by<H: Host>(
    host: &H,
    run: &Run,
    frozen: &Frozen<'_>,
    recent: &RecentRuns,
) -> Result<Vec<Guard>, WorkError> {
    let settings: Settings = load(host).await?;
    match frozen {
        Frozen::Policy { basis, policy, .. } => {
            let policies: PolicyBook = load(host).await?;
            let stored = policies.get(&run.policy.id);
            Ok(guards(host, basis, policy, run, stored, recent, &settings))
        }
        // To give back needs nobody's leave; to take, as the undo of an addition does, counts like every taking.
        Frozen::Undo => {
            let plan = run.plan.as_ref();
            let takes = plan.map_or(0, |plan| plan.takes);
            let population = plan.map_or(0, |plan| plan.population);
            let what = plan.map(PlanReference::what_is_done).unwrap_or_default();
            let limit = policy_limit(takes, &Limits::default(), population, &what);
            let others = recent.people_besides(&run.id);
            let cap = organization_cap(takes, others, settings.percent_per_day, population);
            let known = run.guards.iter().cloned();
            Ok(known.chain(limit).chain(cap).collect())
        }
    }
}

/// Holds a plan, asks for its approval, or has it executed.
async fn let_go<H: Host>(
    worker: &Worker<'_, H>,
    run: &mut Run,
    recent: &mut RecentRuns,
    change: &mut Change,
) -> Result<(), WorkError> {
    let host = worker.host;
    run.state = if !run.guards.is_empty() {
        RunState::Held
    } else if run.approval_wanted.is_some()
        && run.counts.planned > 0
        && !planted(Fault::ApprovalIgnored)
    {
        RunState::AwaitingApproval
    } else {
        RunState::Ready
    };
    // Before the commit: a job that comes too early waits, a missing one would be missing for ever.
    if run.state == RunState::AwaitingApproval && run.approval_wanted == Some(ApprovalPlace::Issue)
    {
        let job = Job::approvals(host, Some(run.id.clone())).text()?;
        host.push(Queue::Answer, job, 0).await?;
    }
    if run.state == RunState::Ready {
        if !planted(Fault::PushForgotten) {
            worker.push(&Job::execute(host, &run.id), 0).await?;
        }
        reserve(recent, run, host.now());
        change.writes.push(set(recent)?);
    }
    Ok(())
}

/// Counts the people from whom a run takes access against the day's cap from now on.
pub(in crate::app) fn reserve(recent: &mut RecentRuns, run: &Run, now: Time) {
    // Whoever is held out counts all the same: which of them would have lost something is not looked up.
    let takes = run.plan.as_ref().map_or(0, |plan| plan.takes);
    if takes == 0 || planted(Fault::CapNotReserved) {
        return;
    }
    let people = takes;
    recent.runs.insert(
        run.id.clone(),
        RecentRun {
            at: now,
            people,
            over: false,
        },
    );
}

/// What an evidence bundle tells of the run is proven by this entry.
fn frozen_entry(now: Time, run: &Run) -> Entry {
    let figures = run.counts;
    let plan = run.plan.as_ref();
    let guards: Vec<_> = run.guards.iter().map(|guard| guard.code).collect();
    Entry {
        run: Some(run.id.clone()),
        policy: Some(run.policy.id.clone()),
        policy_hash: Some(run.policy.hash.clone()),
        reason: Some(match run.guards.as_slice() {
            [] => run.state.name().to_owned(),
            guards => {
                let texts: Vec<&str> = guards.iter().map(|guard| guard.text.as_str()).collect();
                format!("held: {}", texts.join("; "))
            }
        }),
        after: Some(serde_json::json!({
            "plan": plan.map(|plan| &plan.hash),
            "snapshot": plan.map(|plan| &plan.snapshot),
            "readFrom": plan.map(|plan| plan.snapshot_taken),
            "population": plan.map(|plan| plan.population),
            "coverage": plan.map(|plan| &plan.coverage),
            "acts": plan.map(|plan| &plan.acts),
            "sincePreview": run.since_preview,
            "revision": run.policy.revision,
            "savedBy": run.policy.saved_by,
            "approvalWanted": run.approval_wanted,
            "guards": guards,
            "users": figures.users,
            "matched": figures.matched,
            "unknown": figures.unknown,
            "exempt": figures.exempt,
            "protected": figures.protected,
            "planned": figures.planned,
            "skipped": figures.skipped,
        })),
        ..Entry::new(now, &Actor::Schedule, LogAction::FreezePlan, Outcome::Done)
    }
}
