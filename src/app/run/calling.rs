//! The calls of an act.

use super::acts::VISIBLE_SECONDS;
use super::progress::Untouched;
use super::steps::Answered;
use crate::app::api::Api;
use crate::app::records::Run;
use crate::atlassian::{
    ApiError, ApiErrorKind, add_to_group, assign_role, cancel_deletion, deactivate, delete_account,
    reactivate, remove_from_directory, remove_from_group, rename, request_id, restore, revoke_role,
    set_email, suspend,
};
use crate::host::{Host, Request, Response};
use crate::model::{GroupId, Time};
use crate::plan::{Act, DirectRole, Person};
use crate::snapshot::{Row, Snapshot};

/// What came of the calls of an act.
#[derive(Debug)]
pub(super) struct Called {
    /// Accepted, all of them; or the first that was not.
    pub(super) result: Result<(), ApiError>,
    /// What the last of them was answered.
    pub(super) answer: Answered,
    /// Whether one of them may have changed something: it was accepted, or had no clear answer.
    pub(super) changed: bool,
    /// How many of them were accepted before the first that was not.
    pub(super) accepted: usize,
}

/// What is left as it was of an act of whose calls so many were accepted, and the next one was clearly refused.
pub(super) fn untouched(accepted: usize, act: &Act, whom: (&Snapshot, Row)) -> Untouched {
    let groups: Vec<&GroupId> = group_calls(act, whom).collect();
    let left = groups.iter().skip(accepted);
    Untouched {
        groups: left.map(|group| GroupId::clone(group)).collect(),
        revoked: accepted.saturating_sub(groups.len()),
    }
}

/// The groups that an act calls for, in the order of its calls: those that are not as they shall be. Roles come after them.
pub(super) fn group_calls<'a>(
    act: &'a Act,
    (people, row): (&Snapshot, Row),
) -> impl Iterator<Item = &'a GroupId> {
    let held: Vec<&GroupId> = people
        .groups(row)
        .into_iter()
        .flatten()
        .map(|group| &group.id)
        .collect();
    let leaves = matches!(act, Act::RemoveFromGroups { .. } | Act::RemoveAccess { .. });
    let groups = act.groups().iter();
    let wanted: Vec<&GroupId> = groups
        .filter(|group| held.contains(group) == leaves)
        .collect();
    wanted.into_iter()
}

/// The requests that an act takes now: of several groups only those that are not as they shall be, and of direct roles those
/// that are to be revoked, or assigned, now. `address` is the one that the act gives. Tokens and messages have calls of their own.
pub(super) fn requests<H: Host>(
    api: &Api<'_, H>,
    run: &Run,
    person: &Person,
    act: &Act,
    (people, row): (&Snapshot, Row),
    roles: &[DirectRole],
    address: Option<&str>,
) -> Vec<Request> {
    let (organization, key) = (&api.organization, &api.key);
    let (directory, account) = (&person.directory, &person.account);
    let leave = |group: &GroupId| remove_from_group(organization, directory, group, account, key);
    let join = |group: &GroupId| add_to_group(organization, directory, group, account, key);
    match act {
        Act::Suspend => vec![suspend(organization, directory, account, key)],
        Act::Restore => vec![restore(organization, directory, account, key)],
        Act::Deactivate => {
            let message = format!("Deactivated by the policy {}", run.policy.name);
            vec![deactivate(account, Some(&message), key)]
        }
        Act::Reactivate => vec![reactivate(account, key)],
        Act::RemoveFromOrganization => {
            vec![remove_from_directory(organization, directory, account, key)]
        }
        Act::Delete => vec![delete_account(account, key)],
        Act::CancelDelete => vec![cancel_deletion(account, key)],
        Act::RemoveFromGroups { .. } => group_calls(act, (people, row)).map(leave).collect(),
        Act::RemoveAccess { .. } => {
            let revoke = |held: &DirectRole| {
                revoke_role(organization, account, &held.role, &held.resource, key)
            };
            let left = group_calls(act, (people, row)).map(leave);
            left.chain(roles.iter().map(revoke)).collect()
        }
        Act::AddToGroup { .. } => group_calls(act, (people, row)).map(join).collect(),
        Act::GiveAccess { .. } => {
            let assign = |held: &DirectRole| {
                assign_role(organization, account, &held.role, &held.resource, key)
            };
            let joined = group_calls(act, (people, row)).map(join);
            joined.chain(roles.iter().map(assign)).collect()
        }
        Act::Rename {
            before,
            after,
            back,
            ..
        } => {
            let name = people.name(row);
            let name = name.and_then(|name| Act::renamed(before, after, *back, name));
            name.map(|name| rename(account, &name, key))
                .into_iter()
                .collect()
        }
        Act::SetEmail { .. } => {
            let address = address.map(|address| set_email(account, address, key));
            address.into_iter().collect()
        }
        // Both are made by themselves: tokens must be listed first, and a message be worded.
        Act::RevokeTokens | Act::Warn => Vec::new(),
    }
}

/// The oldest reading that an action may rest on, with room for the action itself (RULES R6: 120 s).
const READING_SECONDS: i64 = 110;
/// A group of actions is begun only if so much is left of the invocation.
const GROUP_MILLISECONDS: u32 = 30_000;

/// So long after calls were about to be made whatever they did is to be seen, in whichever invocation that was: a call
/// rests on a reading that came before, takes a minute at the most, and is seen a while later.
pub(super) const SEEN_SECONDS: i64 = READING_SECONDS + 60 + VISIBLE_SECONDS;

/// Whether the reading is too old to act on, or too little time is left.
pub(super) fn is_late(host: &impl Host, read_at: Time) -> bool {
    host.now().since(read_at) > READING_SECONDS || host.time_left() < GROUP_MILLISECONDS
}

/// Makes the calls of an act, one after the other, until one is not accepted or it is too late for more. What is so already
/// counts as accepted: it is read back like everything else.
pub(super) async fn call<H: Host>(
    api: &Api<'_, H>,
    operation: &'static str,
    requests: Vec<Request>,
    read_at: Time,
) -> Called {
    let mut answer = Answered::default();
    let mut changed = false;
    for (accepted, request) in requests.into_iter().enumerate() {
        // An invocation that was given up may wake up between two calls, long after another one began.
        if is_late(api.host, read_at) {
            return Called {
                result: Err(ApiError::too_late(operation)),
                answer,
                changed,
                accepted,
            };
        }
        match api.call(operation, request).await {
            Ok(response) => {
                changed = true;
                answer = answered(&response);
            }
            Err(error) if error.kind == ApiErrorKind::Already => answer = answered_by(&error),
            Err(error) => {
                answer = answered_by(&error);
                changed = changed || is_unclear(&error);
                return Called {
                    result: Err(error),
                    answer,
                    changed,
                    accepted,
                };
            }
        }
    }
    Called {
        result: Ok(()),
        answer,
        changed,
        accepted: usize::MAX,
    }
}

/// Whether what was called for may have been done all the same.
pub(super) fn is_unclear(error: &ApiError) -> bool {
    matches!(
        error.kind,
        ApiErrorKind::Server | ApiErrorKind::NoAnswer | ApiErrorKind::NotUnderstood
    )
}

/// What is kept of an answer.
pub(super) fn answered(response: &Response) -> Answered {
    Answered {
        http: Some(response.status),
        request: request_id(response),
    }
}

/// What is kept of an answer that was an error.
pub(super) fn answered_by(error: &ApiError) -> Answered {
    Answered {
        http: error.http,
        request: error.request.clone(),
    }
}

/// What the calls of an act are named, in errors and for the pacer.
pub(super) fn operation(act: &Act) -> &'static str {
    match act {
        Act::Suspend => "suspending a person",
        Act::Restore => "restoring a person",
        Act::Deactivate => "deactivating an account",
        Act::Reactivate => "reactivating an account",
        Act::RemoveFromOrganization => "removing a person",
        Act::Delete => "deleting an account",
        Act::CancelDelete => "cancelling a deletion",
        Act::RemoveAccess { .. } => "taking access",
        Act::GiveAccess { .. } => "giving access back",
        Act::AddToGroup { .. } => "adding to a group",
        Act::RemoveFromGroups { .. } => "removing from a group",
        Act::Rename { .. } => "renaming an account",
        Act::SetEmail { .. } => "setting an e-mail address",
        Act::RevokeTokens => "revoking API tokens",
        Act::Warn => "warning a person",
    }
}
