//! The schedule's tick: starts what is due, and wakes what has lost its job.

use super::approval;
use super::attempts;
use super::commit::{Change, commit};
use super::documents::{ActiveRuns, ConnectionBook, PolicyBook, StoredPolicy, load, load_run, set};
use super::lease;
use super::news;
use super::requests;
use super::restored;
use super::run::{begin, expire, lapsed, new_run};
use super::sync;
use super::upkeep::upkeep;
use crate::app::records::{Cause, Run, Settings};
use crate::app::worker::{Job, WorkError};
use crate::host::{Host, Queue};
use crate::model::Time;
use crate::policy::OrganizationBlackOuts;
use crate::schedule::{HostZones, due};

/// The most runs that one tick starts.
const RUNS_A_TICK: usize = 10;
/// A run that wants a job is given a new one when nobody has worked for so long.
const WATCH_SECONDS: i64 = 900;
/// Approval issues are looked at once in so long, by the tick in its first half.
const LOOK_SECONDS: i64 = 600;

/// One tick of the schedule (every five minutes).
///
/// # Errors
/// In words, when the app's storage or queue fails; the next tick does what this one did not.
pub async fn tick<H: Host>(host: &H) -> Result<(), String> {
    // One failing must not keep the other from its work.
    let started = start_due(host).await;
    let woken = wake(host).await;
    let read = start_reading(host).await;
    let kept = upkeep(host).await;
    let looked = look_at_approvals(host).await;
    let attempted = attempts::watch(host).await;
    let told = tell_news(host).await;
    let welcomed = tell_restored(host).await;
    started
        .and(woken)
        .and(looked)
        .and(read)
        .and(kept)
        .and(attempted)
        .and(told)
        .and(welcomed)
        .map_err(|error| error.to_string())
}

/// Every ten minutes, has the issues looked at that ask for approvals, and those made that are missing: a call of a
/// workflow may be lost.
async fn look_at_approvals<H: Host>(host: &H) -> Result<(), WorkError> {
    let is_time = host.now().0.rem_euclid(LOOK_SECONDS) < LOOK_SECONDS / 2;
    if is_time && approval::is_asked(host).await? {
        let job = Job::approvals(host, None).text()?;
        host.push(Queue::Answer, job, 0).await?;
    }
    if is_time {
        requests::look(host).await?;
    }
    Ok(())
}

/// Looks for news and tells it. A webhook that hangs may use up the invocation, so it comes last.
async fn tell_news<H: Host>(host: &H) -> Result<(), WorkError> {
    news::look(host).await?;
    let told = news::tell(host).await;
    let delivered = news::deliver(host).await;
    told.and(delivered)
}

/// Has people told that they have an access back.
async fn tell_restored<H: Host>(host: &H) -> Result<(), WorkError> {
    if restored::is_due(host).await? {
        let job = Job::tell_restored(host).text()?;
        host.push(Queue::Answer, job, 0).await?;
    }
    Ok(())
}

/// Has the organization read once a day, and whatever remains of a reading taken up again.
async fn start_reading<H: Host>(host: &H) -> Result<(), WorkError> {
    if sync::is_due(host).await? {
        sync::ask_for_reading(host, false).await?;
    }
    Ok(())
}

/// Starts a run of every policy that is due. They are planned together, in the administrator's order (RULES R7).
async fn start_due<H: Host>(host: &H) -> Result<(), WorkError> {
    let settings: Settings = load(host).await?;
    let connection: ConnectionBook = load(host).await?;
    if settings.stopped || connection.connection.is_none() {
        return Ok(());
    }
    let mut policies: PolicyBook = load(host).await?;
    let mut runs = due_runs(host, &mut policies, &settings.black_outs);
    // A transaction holds 25 operations; the rest is due at the next tick.
    runs.truncate(RUNS_A_TICK);
    if runs.is_empty() {
        return Ok(());
    }
    let ids: Vec<String> = runs.iter().map(|run| run.id.clone()).collect();
    // Pushed first: a job without its runs goes away by itself, runs without their job would not.
    host.push(Queue::Work, Job::prepare(host, ids).text()?, 0)
        .await?;
    commit(host, async || {
        let mut policies: PolicyBook = load(host).await?;
        let mut active: ActiveRuns = load(host).await?;
        let mut change = Change::default();
        for run in &runs {
            let stored = policies
                .policies
                .iter_mut()
                .find(|stored| stored.hash == run.policy.hash && stored.policy.id == run.policy.id);
            if let Some(stored) = stored
                && let Some(start) = due_start(host, stored, run.now, &settings.black_outs)
            {
                stored.last_due = Some(start);
                stored.last_run = Some(run.id.clone());
                begin(&mut change, &mut active, run)?;
            }
        }
        if !change.entries.is_empty() {
            change.writes.push(set(&policies)?);
            change.writes.push(set(&active)?);
        }
        Ok::<_, WorkError>((change, ()))
    })
    .await
}

/// The start of a policy that is due at a time. One whose schedule can never start anything has none; the list of policies
/// says why.
fn due_start<H: Host>(
    host: &H,
    stored: &StoredPolicy,
    now: Time,
    organization: &OrganizationBlackOuts,
) -> Option<Time> {
    let past = stored.past();
    due(&stored.policy, past, now, organization, &HostZones(host))
        .ok()
        .flatten()
}

/// Runs for the policies that are due now; their starts are noted as used.
fn due_runs<H: Host>(
    host: &H,
    policies: &mut PolicyBook,
    organization: &OrganizationBlackOuts,
) -> Vec<Run> {
    let now: Time = host.now();
    let mut runs = Vec::new();
    for stored in &mut policies.policies {
        if let Some(start) = due_start(host, stored, now, organization) {
            stored.last_due = Some(start);
            runs.push(new_run(host, stored, Cause::Schedule { due: start }, false));
        }
    }
    runs
}

/// Ends runs on which nobody decided in time, and gives a new job to runs that want one, when nobody has worked on the
/// long queue for a while: the platform keeps a failing job for a day only.
async fn wake<H: Host>(host: &H) -> Result<(), WorkError> {
    let active: ActiveRuns = load(host).await?;
    if active.runs.is_empty() {
        return Ok(());
    }
    let idle = lease::free_for(host, Queue::Work).await?;
    let is_idle = idle.is_none_or(|seconds| seconds >= WATCH_SECONDS);
    for id in active.runs {
        let Some(run) = load_run(host, &id).await? else {
            continue;
        };
        if lapsed(&run, host.now()).is_some() {
            expire::<_, WorkError>(host, &id).await?;
            continue;
        }
        if !is_idle || !run.state.wants_a_job() || host.now().since(run.since) < WATCH_SECONDS {
            continue;
        }
        let job = if run.plan.is_some() {
            Job::execute(host, &id)
        } else {
            Job::prepare(host, vec![id])
        };
        host.push(Queue::Work, job.text()?, 0).await?;
    }
    Ok(())
}
