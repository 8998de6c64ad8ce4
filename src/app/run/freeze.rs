//! Freezing a plan: what comes of a run that is planned, and the entry that says so.

use super::basis::Basis;
use super::guards::guards;
use super::preview::Compared;
use crate::app::chains::Unwritten;
use crate::app::commit::Change;
use crate::app::documents::{
    ActiveRuns, PolicyBook, RecentRun, RecentRuns, load, load_run, set, set_run,
};
use crate::app::records::{ApprovalPlace, Run, RunState, Settings};
use crate::app::worker::{Job, WorkError, Worker};
use crate::audit::{Actor, Entry, LogAction, Outcome};
use crate::host::{Host, Queue};
use crate::model::Time;
use crate::planted::{Fault, planted};
use crate::policy::Policy;

/// Freezes a plan: previewed, held by its guards, or ready with its execution on the queue.
pub(super) async fn freeze<H: Host>(
    worker: &Worker<'_, H>,
    basis: &Basis<'_>,
    policy: &Policy,
    planned: &Run,
    entered: &Unwritten,
    compared: Option<Compared>,
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
                let mut active: ActiveRuns = load(host).await?;
                active.remove(&run.id);
                change.writes.push(set(&active)?);
                let mut policies: PolicyBook = load(host).await?;
                let id = &run.policy.id;
                let mut stored = policies.policies.iter_mut();
                if let Some(stored) = stored.find(|stored| stored.policy.id == *id) {
                    stored.preview = Some(run.id.clone());
                    change.writes.push(set(&policies)?);
                }
            } else {
                change.writes.append(&mut entered.writes(host).await?);
                let mut recent: RecentRuns = load(host).await?;
                recent.prune(host.now());
                let policies: PolicyBook = load(host).await?;
                let settings: Settings = load(host).await?;
                run.guards = guards(
                    host,
                    basis,
                    policy,
                    &run,
                    policies.get(&run.policy.id),
                    &recent,
                    &settings,
                );
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
                if run.state == RunState::AwaitingApproval
                    && run.approval_wanted == Some(ApprovalPlace::Issue)
                {
                    let job = Job::approvals(host, Some(run.id.clone())).text()?;
                    host.push(Queue::Answer, job, 0).await?;
                }
                if run.state == RunState::Ready {
                    // Before the commit: a job that comes too early waits, a missing one would be missing for ever.
                    if !planted(Fault::PushForgotten) {
                        worker.push(&Job::execute(host, &run.id), 0).await?;
                    }
                    reserve(&mut recent, &run, host.now());
                    change.writes.push(set(&recent)?);
                }
            }
            if let Some(compared) = &compared {
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

pub(super) fn frozen_entry(now: Time, run: &Run) -> Entry {
    let figures = run.counts;
    let plan = run.plan.as_ref();
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
