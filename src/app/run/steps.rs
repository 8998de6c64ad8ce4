//! Steps of a run: intents and outcomes in the log, and the call between them.

use crate::app::records::Run;
use crate::app::worker::{WorkError, Worker};
use serde_json::json;

use super::progress::{Open, Progress};
use crate::app::api::Api;
use crate::app::commit::{Change, MAX_ENTRIES};
use crate::atlassian::{ApiError, suspend};
use crate::audit::{Actor, Entry, LogAction, Outcome};
use crate::host::Host;
use crate::model::{AccountId, Status, Time};
use crate::plan::{Fate, Lever, Person};
use crate::planted::{Fault, planted};

/// How a step ended.
#[derive(Clone, Debug)]
pub(super) struct Settled {
    pub(super) step: u32,
    /// On whom.
    pub(super) account: AccountId,
    pub(super) fate: Fate,
    pub(super) outcome: Outcome,
    pub(super) reason: String,
    pub(super) before: Option<Status>,
    /// The status that was read back, if one was.
    pub(super) after: Option<Status>,
}

/// The steps of a plan with the run they belong to.
#[derive(Debug)]
pub(super) struct Steps<'a> {
    pub(super) run: &'a Run,
    pub(super) people: &'a [Person],
}

impl Steps<'_> {
    /// The person of a step.
    pub(super) fn person(&self, step: u32) -> Option<&Person> {
        self.people.get(usize::try_from(step).ok()?)
    }
}

fn action(run: &Run) -> Lever {
    run.plan.as_ref().map_or(Lever::Suspend, |plan| plan.action)
}

fn entry(run: &Run, now: Time, account: &AccountId, outcome: Outcome, reason: &str) -> Entry {
    let action = match action(run) {
        Lever::Suspend => LogAction::Suspend,
    };
    Entry {
        subject: Some(account.0.clone()),
        run: Some(run.id.clone()),
        policy: Some(run.policy.id.clone()),
        policy_hash: Some(run.policy.hash.clone()),
        reason: Some(reason.to_owned()),
        ..Entry::new(now, &Actor::Schedule, action, outcome)
    }
}

/// Logs the intent of steps and opens them, all or nothing.
pub(super) async fn intend<H: Host>(
    worker: &Worker<'_, H>,
    steps: &Steps<'_>,
    progress: &mut Progress,
    group: &[u32],
) -> Result<(), WorkError> {
    let new: Vec<u32> = group
        .iter()
        .copied()
        .filter(|step| !progress.open.contains_key(step))
        .collect();
    if new.is_empty() {
        return Ok(());
    }
    for step in &new {
        progress.open.insert(*step, Open::default());
    }
    let progress = &*progress;
    worker
        .commit(async || {
            let now = worker.host.now();
            let entries = new
                .iter()
                .filter_map(|step| steps.person(*step))
                .map(|person| Entry {
                    before: Some(json!(person.before)),
                    ..entry(
                        steps.run,
                        now,
                        &person.account,
                        Outcome::Intent,
                        &person.reason,
                    )
                })
                .collect();
            let writes = vec![progress.write(&steps.run.id)?];
            Ok((Change { entries, writes }, ()))
        })
        .await
}

/// Logs how steps ended and notes it in the progress, some steps at a time.
pub(super) async fn settle<H: Host>(
    worker: &Worker<'_, H>,
    run: &Run,
    progress: &mut Progress,
    settled: &[Settled],
) -> Result<(), WorkError> {
    for group in settled.chunks(MAX_ENTRIES) {
        for step in group {
            let note = (step.fate != Fate::Verified).then(|| step.reason.clone());
            progress.settle(step.step, step.fate, note);
        }
        let progress = &*progress;
        worker
            .commit(async || {
                let now = worker.host.now();
                let entries = group
                    .iter()
                    .filter(|_| !planted(Fault::OutcomeForgotten))
                    .map(|step| Entry {
                        before: step.before.map(|status| json!({ "status": status })),
                        after: step.after.map(|status| json!({ "status": status })),
                        ..entry(run, now, &step.account, step.outcome, &step.reason)
                    })
                    .collect();
                let writes = vec![progress.write(&run.id)?];
                Ok((Change { entries, writes }, ()))
            })
            .await?;
    }
    Ok(())
}

/// Gives every open intent its outcome without reading anybody again: the key is refused, or the run cannot go on.
pub(super) async fn settle_blindly<H: Host>(
    worker: &Worker<'_, H>,
    run: &Run,
    progress: &mut Progress,
    why: &str,
) -> Result<(), WorkError> {
    if progress.open.is_empty() {
        return Ok(());
    }
    let parts = run.plan.as_ref().map_or(0, |plan| plan.parts);
    let people = super::parts::load_steps(worker.host, &run.id, parts).await?;
    let steps = Steps {
        run,
        people: &people,
    };
    let settled: Vec<Settled> = progress
        .open
        .iter()
        .filter_map(|(step, open)| {
            let person = steps.person(*step)?;
            let accepted = open.accepted.is_some();
            let reason = if accepted {
                format!("accepted by atlassian and not read back: {why}")
            } else {
                format!("not known whether it was done: {why}")
            };
            Some(Settled {
                step: *step,
                account: person.account.clone(),
                fate: if accepted { Fate::Acted } else { Fate::Failed },
                outcome: if accepted {
                    Outcome::Done
                } else {
                    Outcome::Failed
                },
                reason,
                before: person.before.status,
                after: None,
            })
        })
        .collect();
    settle(worker, run, progress, &settled).await
}

/// Makes the call of a step.
pub(super) async fn call<H: Host>(
    api: &Api<'_, H>,
    run: &Run,
    person: &Person,
) -> Result<(), ApiError> {
    let request = match action(run) {
        Lever::Suspend => suspend(
            &api.organization,
            &person.directory,
            &person.account,
            &api.key,
        ),
    };
    api.call("suspending a person", request).await.map(|_| ())
}
