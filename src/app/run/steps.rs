//! Steps of a run: intents and outcomes in the log.

use serde_json::{Value, json};

use super::progress::{End, Progress, Untouched, WINDOWS_ALONE};
use crate::app::commit::{Change, MAX_ENTRIES};
use crate::app::records::Run;
use crate::app::worker::{WorkError, Worker};
use crate::audit::{Actor, ApprovedBy, Entry, LogAction, Outcome};
use crate::host::Host;
use crate::model::{AccountId, Time, Truth};
use crate::plan::{Act, Before, CHANGED_SINCE, DirectRole, Fate, Person, reached};
use crate::planted::{Fault, planted};
use crate::snapshot::{Row, Snapshot};

/// How an act of a step ended.
#[derive(Clone, Debug)]
pub(super) struct Settled {
    pub(super) step: u32,
    pub(super) fate: Fate,
    pub(super) outcome: Outcome,
    pub(super) reason: String,
    /// Whether the acts after it are to be done all the same.
    pub(super) passes: bool,
    /// Of one that failed: what may be left of it all the same.
    pub(super) left: Left,
    /// What was read back, if anything was.
    pub(super) after: Option<Value>,
    /// What the call was answered, if an answer decided it; else what is noted of it counts.
    pub(super) answer: Answered,
}

/// What an act that failed may have left behind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Left {
    /// Nothing: it was clearly refused, or not tried.
    Nothing,
    /// Perhaps all of it: there was no clear answer.
    Perhaps,
    /// Of several changes those that were made before one was refused.
    AllBut(Untouched),
    /// Nothing any more, whatever came of its calls: a reading that would show it shows that it is not so.
    Gone,
}

impl Left {
    /// Of an act of which it is known, or not, that nothing was done.
    pub(super) fn perhaps(is_possible: bool) -> Left {
        if is_possible {
            Left::Perhaps
        } else {
            Left::Nothing
        }
    }
}

/// What is kept of an answer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Answered {
    /// The status.
    pub(super) http: Option<u16>,
    /// The other side's id of the request.
    pub(super) request: Option<String>,
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

    /// The act that is next in a step.
    pub(super) fn act(&self, step: u32, progress: &Progress) -> Option<&Act> {
        let done = usize::try_from(progress.acts_done(step)).ok()?;
        self.person(step)?.acts.get(done)
    }

    /// Whether other acts follow the next one.
    fn is_last(&self, step: u32, progress: &Progress) -> bool {
        let acts = self.person(step).map_or(0, |person| person.acts.len());
        usize::try_from(progress.acts_done(step)).is_ok_and(|done| done + 1 >= acts)
    }
}

/// The name of an act in the log.
fn log_action(act: &Act) -> LogAction {
    match act {
        Act::Suspend => LogAction::Suspend,
        Act::Restore => LogAction::Restore,
        Act::Deactivate => LogAction::Deactivate,
        Act::Reactivate => LogAction::Reactivate,
        Act::RemoveFromOrganization => LogAction::RemoveFromOrganization,
        Act::Delete => LogAction::Delete,
        Act::CancelDelete => LogAction::CancelDelete,
        Act::RemoveAccess { .. } => LogAction::RemoveAccess,
        Act::GiveAccess { .. } => LogAction::GiveAccess,
        Act::AddToGroup { .. } => LogAction::AddToGroup,
        Act::RemoveFromGroups { .. } => LogAction::RemoveFromGroups,
        Act::Rename { .. } => LogAction::Rename,
        Act::SetEmail { .. } => LogAction::SetEmail,
        Act::RevokeTokens => LogAction::RevokeTokens,
        Act::Warn => LogAction::Warn,
    }
}

fn entry(run: &Run, now: Time, act: &Act, outcome: Outcome) -> Entry {
    let asked = run.cause.asked_by().map(|account| account.0.clone());
    let approver = match (&run.approval, &run.release) {
        (Some(approval), _) => Some((&approval.by, approval.issue.clone())),
        (None, Some(release)) => Some((&release.by, None)),
        (None, None) => None,
    };
    Entry {
        on_behalf_of: asked,
        approval: approver.map(|(account, reference)| ApprovedBy {
            account: account.0.clone(),
            reason: None,
            reference,
        }),
        run: Some(run.id.clone()),
        policy: Some(run.policy.id.clone()),
        policy_hash: Some(run.policy.hash.clone()),
        ..Entry::new(now, &Actor::Schedule, log_action(act), outcome)
    }
}

/// What a reading says of everything that an act changes, without a name or an address (RULES R14): of these it says whether
/// they are as the act makes them. `missing` are the direct roles that are not there, if that is known.
pub(super) fn state_of(
    act: &Act,
    (snapshot, row): (&Snapshot, Row),
    missing: Option<&[DirectRole]>,
) -> Value {
    let mut state = json!({ "status": snapshot.status(row) });
    let groups = act.groups();
    if !groups.is_empty()
        && let Some(held) = snapshot.groups(row)
    {
        let held = held.map(|group| &group.id);
        let held: Vec<_> = held.filter(|group| groups.contains(group)).collect();
        note(&mut state, "groups", json!(held));
    }
    if let Act::RemoveAccess { resources, .. } = act
        && let Some(activities) = snapshot.activities(row)
    {
        let numbers = activities.filter_map(|(access, _)| usize::try_from(access).ok());
        let kinds = numbers.filter_map(|access| snapshot.accesses().get(access));
        let held: Vec<_> = kinds
            .map(|kind| &kind.resource)
            .filter(|resource| resources.contains(resource))
            .collect();
        note(&mut state, "access", json!(held));
    }
    if let Act::GiveAccess { roles, .. } = act
        && let Some(missing) = missing.filter(|_| !roles.is_empty())
    {
        let there: Vec<_> = roles
            .iter()
            .filter(|role| !missing.contains(role))
            .collect();
        note(&mut state, "roles", json!(there));
    }
    let as_planned = match act {
        Act::Rename { .. } => Some("nameAsPlanned"),
        Act::SetEmail { .. } => Some("emailAsPlanned"),
        _ => None,
    };
    let is_so = reached(act, snapshot, row);
    if let Some(name) = as_planned.filter(|_| is_so != Truth::Unknown) {
        note(&mut state, name, json!(is_so == Truth::True));
    }
    state
}

/// What the plan says of the same, with the direct roles that the act takes.
fn state_before(act: &Act, before: &Before, roles: &[DirectRole]) -> Option<Value> {
    let status = before.status?;
    let mut state = json!({ "status": status });
    let groups = act.groups();
    if let Some(held) = before.groups.as_ref().filter(|_| !groups.is_empty()) {
        let held: Vec<_> = held.iter().filter(|group| groups.contains(group)).collect();
        note(&mut state, "groups", json!(held));
    }
    // Found right before the act: no plan holds them, and an auditor must be able to tell what was taken.
    if matches!(act, Act::RemoveAccess { .. }) && !roles.is_empty() {
        note(&mut state, "roles", json!(roles));
    }
    Some(state)
}

fn note(state: &mut Value, name: &str, value: Value) {
    if let Value::Object(fields) = state {
        fields.insert(name.to_owned(), value);
    }
}

/// Logs the intent of steps and opens them, all or nothing: one entry for everybody to whom the same is done.
pub(super) async fn intend<H: Host>(
    worker: &Worker<'_, H>,
    steps: &Steps<'_>,
    progress: &mut Progress,
    group: &[u32],
) -> Result<(), WorkError> {
    let mut intents: Vec<(&Act, Vec<String>)> = Vec::new();
    for step in group {
        let (Some(person), Some(act), None) = (
            steps.person(*step),
            steps.act(*step, progress),
            progress.open(*step),
        ) else {
            continue;
        };
        let account = person.account.0.clone();
        let same = intents
            .iter_mut()
            .find(|(known, _)| known.name() == act.name());
        match same {
            Some((_, subjects)) => subjects.push(account),
            None => intents.push((act, vec![account])),
        }
    }
    for step in group {
        progress.open_with(*step, |_| {});
    }
    // Also where a call is only made again: what comes of it is to be seen so long after this.
    progress.opened_at(worker.host.now());
    progress
        .make_room(worker, &steps.run.id, WINDOWS_ALONE)
        .await?;
    let writes = progress.writes(&steps.run.id)?;
    worker
        .commit(async || {
            let now = worker.host.now();
            let entries = intents.iter().map(|(act, subjects)| Entry {
                subjects: subjects.clone(),
                ..entry(steps.run, now, act, Outcome::Intent)
            });
            let change = Change {
                entries: entries.collect(),
                writes: writes.clone(),
            };
            Ok((change, ()))
        })
        .await?;
    progress.stored();
    Ok(())
}

/// Logs how acts ended and notes it in the progress, some at a time.
pub(super) async fn settle<H: Host>(
    worker: &Worker<'_, H>,
    steps: &Steps<'_>,
    progress: &mut Progress,
    settled: &[Settled],
) -> Result<(), WorkError> {
    let mut left = settled;
    while !left.is_empty() {
        let numbers = left.iter().take(MAX_ENTRIES).map(|one| one.step);
        let fitting = Progress::fitting(numbers).max(1);
        let (group, rest) = left.split_at_checked(fitting).unwrap_or((left, &[]));
        left = rest;
        progress.make_room(worker, &steps.run.id, 0).await?;
        let mut drafts = Vec::new();
        for one in group {
            let (Some(person), Some(act)) = (steps.person(one.step), steps.act(one.step, progress))
            else {
                continue;
            };
            let answer = answer_of(one, progress);
            drafts.push(Entry {
                subject: Some(person.account.0.clone()),
                before: state_before(act, &person.before, progress.roles(one.step)),
                after: one.after.clone(),
                reason: Some(one.reason.clone()),
                http: answer.http,
                request: answer.request,
                ..entry(steps.run, Time::default(), act, one.outcome)
            });
            note_end(steps, progress, one);
        }
        let writes = progress.writes(&steps.run.id)?;
        worker
            .commit(async || {
                let now = worker.host.now();
                let entries = drafts
                    .iter()
                    .filter(|_| !planted(Fault::OutcomeForgotten))
                    .cloned()
                    .map(|draft| Entry { time: now, ..draft });
                let change = Change {
                    entries: entries.collect(),
                    writes: writes.clone(),
                };
                Ok((change, ()))
            })
            .await?;
        progress.stored();
    }
    Ok(())
}

/// What the call was answered that an outcome is about, also where a later reading settles it.
fn answer_of(settled: &Settled, progress: &Progress) -> Answered {
    let open = progress.open(settled.step);
    match open.filter(|_| settled.answer == Answered::default()) {
        Some(open) => Answered {
            http: open.http,
            request: open.request.clone(),
        },
        None => settled.answer.clone(),
    }
}

/// A step is over with its last act, or with the first that is not done.
fn note_end(steps: &Steps<'_>, progress: &mut Progress, settled: &Settled) {
    let is_done = matches!(settled.fate, Fate::Verified);
    if is_done && !steps.is_last(settled.step, progress) {
        progress.act_done(settled.step);
        return;
    }
    if settled.passes && !steps.is_last(settled.step, progress) {
        let is_changed_since = settled.reason.starts_with(CHANGED_SINCE);
        progress.act_passed(settled.step, is_changed_since);
        return;
    }
    // Something was done to the person, even if not everything.
    let had_acted = progress.acts_changed(settled.step) > 0;
    let end = match settled.fate {
        Fate::Verified => End::Verified,
        Fate::Acted => End::Acted,
        Fate::Failed if matches!(settled.left, Left::Perhaps | Left::AllBut(_)) => End::Unclear,
        Fate::Failed if settled.left == Left::Gone => End::Gone,
        Fate::Failed if had_acted => End::Broken,
        Fate::Failed => End::Refused,
        _ if had_acted => End::Partly,
        _ if settled.outcome == Outcome::NotDone => End::Doubtful,
        _ => End::Skipped,
    };
    if let Left::AllBut(untouched) = &settled.left {
        progress.leaves(settled.step, untouched);
    }
    let note = (!is_done).then(|| settled.reason.clone());
    progress.settle(settled.step, end, note);
}

/// Gives every open intent its outcome without reading anybody again: the key is refused, or the run cannot go on.
pub(super) async fn settle_blindly<H: Host>(
    worker: &Worker<'_, H>,
    run: &Run,
    progress: &mut Progress,
    why: &str,
) -> Result<(), WorkError> {
    if progress.open_steps().next().is_none() {
        return Ok(());
    }
    let parts = run.plan.as_ref().map_or(0, |plan| plan.parts);
    let people = super::parts::load_steps(worker.host, &run.id, parts).await?;
    let steps = Steps {
        run,
        people: &people,
    };
    let open: Vec<u32> = progress.open_steps().collect();
    let settled: Vec<Settled> = open
        .into_iter()
        .filter_map(|step| {
            let accepted = progress.open(step)?.accepted.is_some();
            let reason = if accepted {
                format!("accepted by atlassian and not read back: {why}")
            } else {
                format!("not known whether it was done: {why}")
            };
            Some(Settled {
                step,
                fate: if accepted { Fate::Acted } else { Fate::Failed },
                outcome: if accepted {
                    Outcome::Done
                } else {
                    Outcome::Failed
                },
                reason,
                passes: false,
                left: Left::Perhaps,
                after: None,
                answer: Answered::default(),
            })
        })
        .collect();
    settle(worker, &steps, progress, &settled).await
}

/// The accounts of some steps.
pub(super) fn accounts(steps: &Steps<'_>, numbers: &[u32]) -> Vec<AccountId> {
    let people = numbers.iter().filter_map(|step| steps.person(*step));
    people.map(|person| person.account.clone()).collect()
}
