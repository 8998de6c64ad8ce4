//! Four eyes (RULES R9): whoever asked for a run, or loosened what holds it, lets it go on only where there is nobody
//! else, and then a day later.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::error::DecisionError;
use crate::app::documents::{ConnectionBook, Document, ExemptionBook, PolicyBook, load, set};
use crate::app::newest_snapshot;
use crate::app::records::{Cause, Edit, Run, RunState, Settings};
use crate::host::{Host, StorageError, Write};
use crate::model::{AccountId, DAY, GroupId, Status, Time};
use crate::plan::is_organization_administrator;
use crate::planted::{Fault, planted};
use crate::policy::is_by_hand;
use crate::snapshot::{Row, Snapshot};

/// Whether a person may let a run go on; true in the answer means single-handed.
pub(super) async fn four_eyes<H: Host>(
    host: &H,
    person: &AccountId,
    run: &Run,
) -> Result<bool, DecisionError> {
    let role = requester_role(host, person, run).await?;
    let Some(role) = role.filter(|_| !planted(Fault::OwnReleaseAllowed)) else {
        return Ok(false);
    };
    let words = match run.state {
        RunState::AwaitingApproval => ("approve", "it began to await approval"),
        _ => ("release", "it was held"),
    };
    single_handed(host, person, role, words, run.since).await
}

/// The same for a move between directories: whoever asked for it does not approve it, nor whoever was the last to loosen
/// what holds it. `looked_at` is when the newest of the moves was asked for that were approved: what had been loosened
/// before was looked at with that one.
pub(in crate::app) async fn four_eyes_on_move<H: Host>(
    host: &H,
    person: &AccountId,
    asked: &Edit,
    looked_at: Option<Time>,
) -> Result<bool, DecisionError> {
    let settings: Settings = load(host).await?;
    let exemptions: ExemptionBook = load(host).await?;
    let is_theirs = |edit: Option<&Edit>| is_theirs(edit, person, looked_at);
    let role = if asked.by == *person {
        "asked for this move"
    } else if is_theirs(settings.limits_edited.as_ref()) {
        "changed a limit last"
    } else if is_theirs(exemptions.last_removal.as_ref()) {
        "took an exemption back last"
    } else {
        return Ok(false);
    };
    let words = ("approve", "it was asked for");
    single_handed(host, person, role, words, asked.at).await
}

/// Whether somebody made an edit, and nobody has looked at it since.
fn is_theirs(edit: Option<&Edit>, person: &AccountId, looked_at: Option<Time>) -> bool {
    edit.is_some_and(|edit| {
        edit.by == *person && looked_at.is_none_or(|looked_at| edit.at >= looked_at)
    })
}

/// Whether a requester decides all the same, since there is nobody else and a day went by.
async fn single_handed<H: Host>(
    host: &H,
    person: &AccountId,
    role: &str,
    (verb, since): (&str, &str),
    waits: Time,
) -> Result<bool, DecisionError> {
    let others = others_who_may(host, person).await?;
    let waited = host.now().since(waits);
    let why = match others {
        Some(0) if waited >= DAY => return Ok(true),
        Some(0) => {
            format!(
                "you {role}; as the only administrator you may {verb} it 24 hours after {since}"
            )
        }
        _ => format!("you {role}; another administrator of the organization must {verb} it"),
    };
    Err(DecisionError::FourEyes { why })
}

/// What makes a person a requester of the run, if anything does: they pressed the button, or since the policy's last
/// released or approved run they edited it, a limit, or took an exemption back.
async fn requester_role<H: Host>(
    host: &H,
    person: &AccountId,
    run: &Run,
) -> Result<Option<&'static str>, DecisionError> {
    if matches!(&run.cause, Cause::Person { account } if account == person) {
        return Ok(Some("asked for this run"));
    }
    let policies: PolicyBook = load(host).await?;
    let settings: Settings = load(host).await?;
    let exemptions: ExemptionBook = load(host).await?;
    let released = policies
        .get(&run.policy.id)
        .and_then(|stored| stored.released.as_ref());
    let by_hand = is_by_hand(&run.policy.id);
    // A run by hand has no earlier one of its own: the one before of any that was approved stands for it.
    let looked_at = if by_hand {
        load::<ByHandApproved>(host).await?.planned
    } else {
        released.map(|released| released.at)
    };
    let is_theirs = |edit: Option<&Edit>| is_theirs(edit, person, looked_at);
    let was_released = released.is_some_and(|released| released.hash == run.policy.hash);
    // Whoever asked for a run by hand is the one who saved its policy, and asks for nothing by somebody else's undo of it.
    Ok(
        if run.policy.saved_by == *person && !was_released && !by_hand {
            Some("saved this text of the policy")
        } else if is_theirs(settings.limits_edited.as_ref()) {
            Some("changed a limit last")
        } else if is_theirs(exemptions.last_removal.as_ref()) {
            Some("took an exemption back last")
        } else {
            None
        },
    )
}

/// The newest of the runs by hand that were approved.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
struct ByHandApproved {
    /// When it was planned: what was loosened later it did not rest on.
    planned: Option<Time>,
}

impl Document for ByHandApproved {
    const KEY: &'static str = "by-hand-approved";
}

/// What is kept of a run's approval for those that come after it, if it is one by hand.
pub(super) async fn remember_approval(
    host: &impl Host,
    run: &Run,
) -> Result<Option<Write>, StorageError> {
    if !is_by_hand(&run.policy.id) || run.undoes.is_some() || run.approval.is_none() {
        return Ok(None);
    }
    let mut approved: ByHandApproved = load(host).await?;
    approved.planned = approved.planned.max(Some(run.now));
    set(&approved).map(Some)
}

/// How many other active people the newest snapshot knows who may let a run go on: administrators of the organization and
/// members of the approvers' group. `None` without a snapshot.
async fn others_who_may<H: Host>(
    host: &H,
    person: &AccountId,
) -> Result<Option<usize>, DecisionError> {
    let connection: ConnectionBook = load(host).await?;
    if connection.connection.is_none() {
        return Err(DecisionError::NotConnected);
    }
    let settings: Settings = load(host).await?;
    let group = settings.roles.approver.map(|group| group.id);
    let Some((_, snapshot)) = newest_snapshot(host).await? else {
        return Ok(None);
    };
    let mut others: BTreeSet<&str> = BTreeSet::new();
    for row in snapshot.rows() {
        let is_active = matches!(snapshot.status(row), Some(Status::Active) | None);
        if let Some(account) = snapshot.account(row)
            && is_active
            && account != person.as_str()
            && may_be_entitled(&snapshot, row, group.as_ref())
        {
            others.insert(account);
        }
    }
    Ok(Some(others.len()))
}

/// Whether somebody is entitled to let runs go on. Whoever may be counts as one.
fn may_be_entitled(snapshot: &Snapshot, row: Row, approvers: Option<&GroupId>) -> bool {
    let is_administrator = snapshot
        .roles(row)
        .is_none_or(is_organization_administrator);
    let is_approver = approvers.is_some_and(|id| {
        snapshot
            .groups(row)
            .is_none_or(|mut groups| groups.any(|group| group.id == *id))
    });
    is_administrator || is_approver
}
