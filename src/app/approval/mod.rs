//! What people decide about a plan: who may (RULES R9), what their decision does, and how it is asked for in Jira.

mod abort;
mod ask;
mod attach;
mod book;
mod decide;
mod error;
mod fitness;
mod four_eyes;
mod issue;
mod reject;
mod transition;

pub(super) use abort::abort;
pub(super) use decide::{Consent, decide};
pub(super) use error::DecisionError;
pub(super) use four_eyes::four_eyes_on_move;
pub(super) use issue::{is_asked, look_at_approvals, may_approve, refusal, transition};
pub(super) use reject::reject;
pub use transition::Transition;

use super::documents::load_run;
use super::records::Run;
use crate::audit::{Actor, Entry, LogAction, Outcome};
use crate::host::Host;
use crate::model::{AccountId, Time};

/// Who decides, and where they said so.
#[derive(Clone, Copy, Debug)]
pub(super) struct Decider<'a> {
    /// Who.
    pub(super) account: &'a AccountId,
    /// The key of the issue whose workflow said so; `None` for the page.
    pub(super) issue: Option<&'a str>,
}

/// The run of an id that came from outside.
pub(super) async fn find<H: Host>(host: &H, id: &str) -> Result<Run, DecisionError> {
    let is_plausible = !id.is_empty()
        && id.len() <= 60
        && id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    if !is_plausible {
        return Err(DecisionError::NoSuchRun);
    }
    load_run(host, id).await?.ok_or(DecisionError::NoSuchRun)
}

/// The log's entry about a decision.
pub(super) fn entry(
    run: &Run,
    decider: Decider<'_>,
    now: Time,
    action: LogAction,
    reason: String,
) -> Entry {
    let mut after = serde_json::Map::new();
    if let Some(plan) = &run.plan {
        after.insert("plan".into(), plan.hash.clone().into());
    }
    if let Some(issue) = decider.issue {
        after.insert("issue".into(), issue.into());
    }
    if action == LogAction::ApproveRun && !run.held_out.is_empty() {
        after.insert("heldOut".into(), run.held_out.clone().into());
    }
    Entry {
        run: Some(run.id.clone()),
        policy: Some(run.policy.id.clone()),
        policy_hash: Some(run.policy.hash.clone()),
        reason: Some(reason),
        after: (!after.is_empty()).then(|| after.into()),
        ..Entry::new(
            now,
            &Actor::Person(decider.account.clone()),
            action,
            Outcome::Done,
        )
    }
}
