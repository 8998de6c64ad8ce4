//! Asking for a run.

use crate::app::commit::Change;
use crate::app::documents::{ActiveRuns, StoredPolicy, set_run};
use crate::app::records::{ApprovalPlace, Cause, PolicyReference, Run, RunState};
use crate::app::sync::random_suffix;
use crate::audit::{Actor, Entry, LogAction, Outcome};
use crate::host::{Host, StorageError};
use crate::plan::Counts;
use crate::policy::Approval;

/// A new run of a policy, not stored yet.
pub(in crate::app) fn new_run(
    host: &impl Host,
    stored: &StoredPolicy,
    cause: Cause,
    dry: bool,
) -> Run {
    Run {
        approval_wanted: match stored.policy.approval {
            Approval::None => None,
            Approval::Page => Some(ApprovalPlace::Page),
            Approval::Issue => Some(ApprovalPlace::Issue),
        },
        ..new_run_of(host, stored.reference(), cause, dry)
    }
}

/// The same for an exact text of a policy.
pub(in crate::app) fn new_run_of(
    host: &impl Host,
    policy: PolicyReference,
    cause: Cause,
    dry: bool,
) -> Run {
    let now = host.now();
    Run {
        id: new_id(host),
        policy,
        dry,
        cause,
        now,
        state: RunState::Planning,
        since: now,
        message: None,
        guards: Vec::new(),
        release: None,
        approval_wanted: None,
        approval: None,
        approval_issue: None,
        held_out: Vec::new(),
        abort: None,
        by_hand: None,
        undoes: None,
        undone_by: Vec::new(),
        since_preview: None,
        counts: Counts::default(),
        plan: None,
    }
}

/// An id for a run: it sorts by time and cannot be met twice.
fn new_id(host: &impl Host) -> String {
    format!("{}-{}", host.now().compact(), random_suffix(host))
}

/// Adds to a change what stores a new run; the list of active runs is the caller's to write.
pub(in crate::app) fn begin(
    change: &mut Change,
    active: &mut ActiveRuns,
    run: &Run,
) -> Result<(), StorageError> {
    let actor = match &run.cause {
        Cause::Schedule { .. } => Actor::Schedule,
        Cause::Person { account } | Cause::Request { mover: account, .. } => {
            Actor::Person(account.clone())
        }
        Cause::Link { account } => Actor::Link(account.clone()),
        Cause::LogIn { account, .. } => Actor::LogIn(account.clone()),
    };
    let action = match run.undoes {
        Some(_) => LogAction::UndoRun,
        None => LogAction::StartRun,
    };
    active.runs.push(run.id.clone());
    change.writes.push(set_run(run)?);
    change.entries.push(Entry {
        run: Some(run.id.clone()),
        policy: Some(run.policy.id.clone()),
        policy_hash: Some(run.policy.hash.clone()),
        reason: Some(why(run)),
        after: match &run.cause {
            Cause::Schedule { due } => Some(serde_json::json!({"due": due})),
            Cause::Person { .. } | Cause::Link { .. } => None,
            Cause::LogIn { event, .. } => Some(serde_json::json!({"event": event})),
            Cause::Request { issue, account, .. } => {
                Some(serde_json::json!({"issue": issue, "account": account}))
            }
        },
        ..Entry::new(run.now, &actor, action, Outcome::Done)
    });
    Ok(())
}

fn why(run: &Run) -> String {
    let kind = if run.dry { "dry run" } else { "real run" };
    match &run.undoes {
        None => String::from(kind),
        Some(undoes) => {
            let part = match undoes.steps.len() {
                0 => String::from("all"),
                people => format!("{people} people"),
            };
            format!(
                "{kind} that takes back {part} of the run {}: {}",
                undoes.run, undoes.reason
            )
        }
    }
}
