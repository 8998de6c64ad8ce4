//! Four eyes (RULES R9): whoever asked for a run, or loosened what holds it, lets it go on only where there is nobody
//! else, and then a day later.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::error::DecisionError;
use crate::app::documents::{
    ConnectionBook, Document, ExemptionBook, PolicyBook, StoredPolicy, load, set,
};
use crate::app::lists::ListBook;
use crate::app::newest_snapshot;
use crate::app::records::{Edit, Run, RunState, Settings};
use crate::app::sync::{Accepted, AcceptedBook};
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
    let role = if asked.by == *person {
        "asked for this move"
    } else if let Some(role) = loosened(host).await?.by(person, looked_at) {
        role
    } else {
        return Ok(false);
    };
    let words = ("approve", "it was asked for");
    single_handed(host, person, role, words, asked.at).await
}

/// What was loosened that holds runs: each edit, and what its author is by it.
struct Loosened(Vec<(Edit, &'static str)>);

impl Loosened {
    fn note(&mut self, edit: Option<Edit>, role: &'static str) {
        self.0.extend(edit.map(|edit| (edit, role)));
    }

    /// What somebody is by an edit at which nobody has looked since.
    fn by(&self, person: &AccountId, looked_at: Option<Time>) -> Option<&'static str> {
        let mut edits = self.0.iter();
        let (_, role) = edits.find(|(edit, _)| {
            edit.by == *person && looked_at.is_none_or(|looked_at| edit.at >= looked_at)
        })?;
        Some(role)
    }
}

/// What holds whatever is done.
async fn loosened<H: Host>(host: &H) -> Result<Loosened, DecisionError> {
    let settings: Settings = load(host).await?;
    let exemptions: ExemptionBook = load(host).await?;
    let mut loosened = Loosened(Vec::new());
    loosened.note(settings.limits_edited, "changed a limit last");
    loosened.note(settings.roles_edited, "changed the roles last");
    loosened.note(exemptions.last_removal, "took an exemption back last");
    Ok(loosened)
}

/// What else says on whom a run acts: the reading that somebody took for true, the lists and the own fields that its policy
/// names. To take something back rests on none of them.
async fn note_ground<H: Host>(
    host: &H,
    run: &Run,
    stored: Option<&StoredPolicy>,
    loosened: &mut Loosened,
) -> Result<(), DecisionError> {
    if run.undoes.is_some() {
        return Ok(());
    }
    let book: AcceptedBook = load(host).await?;
    let rests_on = |accepted: &Accepted| {
        let plan = run.plan.as_ref();
        plan.is_some_and(|plan| plan.snapshot_taken >= accepted.taken)
    };
    let accepted = book.accepted.filter(rests_on);
    let edit = accepted.map(|accepted| accepted.acceptance.edit);
    loosened.note(edit, "took the jump of idle people for true");
    let Some(stored) = stored else {
        return Ok(());
    };
    let names = stored.policy.r#match.own_names();
    let lists: ListBook = load(host).await?;
    for name in names.lists {
        let role = "imported or dropped a list that the policy names last";
        loosened.note(lists.edited(name), role);
    }
    if !names.fields.is_empty() {
        let settings: Settings = load(host).await?;
        loosened.note(settings.fields_edited, "changed the own fields last");
    }
    Ok(())
}

/// Whether a requester decides all the same, since there is nobody else and a day went by, also since the roles were
/// changed: whoever had one may still object.
async fn single_handed<H: Host>(
    host: &H,
    person: &AccountId,
    role: &str,
    (verb, since): (&str, &str),
    waits: Time,
) -> Result<bool, DecisionError> {
    let settings: Settings = load(host).await?;
    let (waits, since) = match settings.roles_edited {
        Some(edited) if edited.at > waits => (edited.at, "the roles were changed"),
        _ => (waits, since),
    };
    let group = settings.roles.approver.map(|group| group.id);
    let others = others_who_may(host, person, group.as_ref()).await?;
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
/// released or approved run they edited it or anything that says what holds it and on whom it acts.
async fn requester_role<H: Host>(
    host: &H,
    person: &AccountId,
    run: &Run,
) -> Result<Option<&'static str>, DecisionError> {
    if [run.cause.asked_by(), run.cause.wished_by()].contains(&Some(person)) {
        return Ok(Some("asked for this run"));
    }
    let policies: PolicyBook = load(host).await?;
    let stored = policies.get(&run.policy.id);
    let released = stored.and_then(|stored| stored.released.as_ref());
    let by_hand = is_by_hand(&run.policy.id);
    // A run by hand has no earlier one of its own: the one before of any that was approved stands for it.
    let looked_at = if by_hand {
        load::<ByHandApproved>(host).await?.planned
    } else {
        released.map(|released| released.at)
    };
    let was_released = released.is_some_and(|released| released.hash == run.policy.hash);
    // Whoever asked for a run by hand is the one who saved its policy, and asks for nothing by somebody else's undo of it.
    if run.policy.saved_by == *person && !was_released && !by_hand {
        return Ok(Some("saved this text of the policy"));
    }
    let mut loosened = loosened(host).await?;
    note_ground(host, run, stored, &mut loosened).await?;
    Ok(loosened.by(person, looked_at))
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
    approvers: Option<&GroupId>,
) -> Result<Option<usize>, DecisionError> {
    let connection: ConnectionBook = load(host).await?;
    if connection.connection.is_none() {
        return Err(DecisionError::NotConnected);
    }
    let Some((_, snapshot)) = newest_snapshot(host).await? else {
        return Ok(None);
    };
    let mut others: BTreeSet<&str> = BTreeSet::new();
    for row in snapshot.rows() {
        let is_active = matches!(snapshot.status(row), Some(Status::Active) | None);
        if let Some(account) = snapshot.account(row)
            && is_active
            && account != person.as_str()
            && may_be_entitled(&snapshot, row, approvers)
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
