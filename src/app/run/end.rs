//! How a run ends.

use super::acts::ActedRuns;
use super::gate::Stop;
use super::leave_alone::leave_alone;
use super::parts::load_steps;
use super::progress::{End, Progress, WINDOWS_A_WRITE};
use crate::app::commit::Change;
use crate::app::documents::{
    ActiveRuns, PolicyBook, RecentRuns, ReleasedPolicy, load, load_run, set, set_run,
};
use crate::app::records::{Run, RunState};
use crate::app::worker::{Job, WorkError, Worker};
use crate::audit::{Actor, Entry, LogAction, Outcome};
use crate::host::{Host, Queue};
use crate::plan::USUAL_RUNS;

/// Ends a run whose steps are all settled.
pub(in crate::app) async fn end<H: Host>(
    worker: &Worker<'_, H>,
    run: &Run,
    progress: &Progress,
    state: RunState,
    message: Option<String>,
) -> Result<(), WorkError> {
    let host = worker.host;
    let noted = super::stages::note(worker, run, progress).await?;
    if run.cause.wished_by().is_some() && state == RunState::Done {
        // Before the commit: a job that comes too early waits, a missing one would be missing for ever.
        let job = Job::give_back(host, &run.id).text()?;
        host.push(Queue::Answer, job, 0).await?;
    }
    worker
        .commit(async || {
            let now = host.now();
            let stored = load_run(host, &run.id).await?;
            if stored.as_ref().is_some_and(|stored| stored.state.is_over()) {
                // Aborted meanwhile.
                return Ok((Change::default(), ()));
            }
            let over = Run {
                state,
                since: now,
                message: message.clone(),
                counts: progress.counts(run.counts),
                abort: stored.and_then(|stored| stored.abort),
                ..run.clone()
            };
            let mut active: ActiveRuns = load(host).await?;
            active.remove(&run.id);
            let mut recent: RecentRuns = load(host).await?;
            if let Some(entry) = recent.runs.get_mut(&run.id) {
                // Whoever was only told something is none of those who were reserved.
                entry.people = progress.perhaps_acted().min(entry.people);
                entry.at = now;
                entry.over = true;
            }
            recent.prune(now);
            let mut acted: ActedRuns = load(host).await?;
            acted.note(&over, now);
            let mut policies: PolicyBook = load(host).await?;
            remember_release(&mut policies, &over);
            remember_usual(&mut policies, &over);
            let mut change = Change {
                entries: vec![ended_entry(&over)],
                writes: vec![
                    set(&active)?,
                    set(&recent)?,
                    set(&acted)?,
                    set(&policies)?,
                    set_run(&over)?,
                ],
            };
            change.writes.append(&mut progress.writes(&run.id)?);
            change.writes.append(&mut noted.writes(host).await?);
            Ok((change, ()))
        })
        .await
}

/// A text that a second person let run needs no release at its next run.
fn remember_release(policies: &mut PolicyBook, run: &Run) {
    let was_looked_at = run.release.is_some() || run.approval.is_some();
    // What is taken back is a plan of its own: nobody looked at what the policy does.
    let was_released = was_looked_at
        && run.undoes.is_none()
        && matches!(run.state, RunState::Done | RunState::DoneWithFailures);
    let stored = policies
        .policies
        .iter_mut()
        .find(|stored| stored.policy.id == run.policy.id);
    if let Some(stored) = stored
        && was_released
    {
        stored.released = Some(ReleasedPolicy {
            hash: run.policy.hash.clone(),
            at: run.now,
        });
    }
}

/// What a run that came to its end took is what its policy usually takes; the guard against jumps asks for it. Runs that
/// were rejected or ended before their plan was done, and those that give back, say nothing of that.
fn remember_usual(policies: &mut PolicyBook, run: &Run) {
    let is_done = matches!(run.state, RunState::Done | RunState::DoneWithFailures);
    let Some(plan) = run
        .plan
        .as_ref()
        .filter(|_| is_done && run.undoes.is_none())
    else {
        return;
    };
    let stored = policies
        .policies
        .iter_mut()
        .find(|stored| stored.policy.id == run.policy.id && stored.hash == run.policy.hash);
    if let Some(stored) = stored {
        stored.usual.push(plan.acted_on());
        let too_many = stored.usual.len().saturating_sub(USUAL_RUNS);
        stored.usual.drain(..too_many);
    }
}

fn ended_entry(run: &Run) -> Entry {
    Entry {
        run: Some(run.id.clone()),
        policy: Some(run.policy.id.clone()),
        policy_hash: Some(run.policy.hash.clone()),
        reason: Some(match &run.message {
            Some(message) => format!("{}: {message}", run.state.name()),
            None => run.state.name().to_owned(),
        }),
        after: crate::json::value(&run.counts).ok(),
        ..Entry::new(
            run.since,
            &Actor::Schedule,
            LogAction::EndRun,
            Outcome::Done,
        )
    }
}

/// Ends a run before it has a plan.
pub(super) async fn stop<H: Host>(
    worker: &Worker<'_, H>,
    run: Run,
    why: &str,
) -> Result<(), WorkError> {
    let message = Some(why.to_owned());
    end(
        worker,
        &run,
        &Progress::default(),
        RunState::Stopped,
        message,
    )
    .await
}

/// Notes on every run of a job what goes wrong at the moment, for the page; the job comes again.
pub(in crate::app) async fn hold_back<H: Host>(
    worker: &Worker<'_, H>,
    runs: &[String],
    message: &str,
) -> Result<(), WorkError> {
    for id in runs {
        let host = worker.host;
        worker
            .commit(async || {
                let mut change = Change::default();
                if let Some(mut run) = load_run(host, id).await?
                    && run.state.wants_a_job()
                {
                    run.message = Some(message.to_owned());
                    change.writes.push(set_run(&run)?);
                }
                Ok((change, ()))
            })
            .await?;
    }
    Ok(())
}

/// Ends runs that cannot go on. Intents that are out get their outcome from what is known without another reading;
/// whoever was not reached is let be.
pub(in crate::app) async fn stop_runs<H: Host>(
    worker: &Worker<'_, H>,
    runs: &[String],
    message: &str,
) -> Result<(), WorkError> {
    let stop = Stop {
        why: message.to_owned(),
        state: RunState::Stopped,
    };
    for id in runs {
        stop_as(worker, id, &stop).await?;
    }
    Ok(())
}

/// The same for one run that ends in a state of choice.
pub(super) async fn stop_as<H: Host>(
    worker: &Worker<'_, H>,
    id: &str,
    stop: &Stop,
) -> Result<(), WorkError> {
    let Some(run) = load_run(worker.host, id).await? else {
        return Ok(());
    };
    if !run.state.wants_a_job() {
        return Ok(());
    }
    let mut progress = Progress::load(worker.host, id).await?;
    super::steps::settle_blindly(worker, &run, &mut progress, &stop.why).await?;
    super::addresses::forget(worker, id, &mut progress).await?;
    let left = run.plan.as_ref().map_or(0, |plan| plan.steps);
    let unsettled: Vec<u32> = progress.unsettled(left).collect();
    for step in &unsettled {
        let ended = if progress.acts_changed(*step) > 0 {
            End::Partly
        } else {
            End::Skipped
        };
        progress.settle(*step, ended, None);
    }
    if run.undoes.is_some() {
        let people = load_steps(
            worker.host,
            id,
            run.plan.as_ref().map_or(0, |plan| plan.parts),
        );
        leave_alone(worker, &run, &people.await?, &progress).await?;
    }
    progress.make_room(worker, id, WINDOWS_A_WRITE).await?;
    let message = match unsettled.len() {
        0 => stop.why.clone(),
        count => format!("{}; {count} people were not acted on", stop.why),
    };
    // Whatever else came in between, a person had ordered it.
    let state = match run.abort {
        Some(_) => RunState::Aborted,
        None => stop.state,
    };
    end(worker, &run, &progress, state, Some(message)).await
}
