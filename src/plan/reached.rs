//! The end of an act as a reading shows it, whoever brought it about: what verification, resumption and undo rest on.

use super::act::Act;
use super::address::has_address;
use super::mark::is_marked;
use crate::model::{GroupId, Resource, Status, Truth};
use crate::snapshot::{Row, Snapshot};

/// The same with what was asked besides the reading: whether the direct roles that the act gives are there.
pub fn reached_with(act: &Act, snapshot: &Snapshot, row: Row, roles: Truth) -> Truth {
    match act {
        Act::GiveAccess { groups, .. } => in_all(snapshot, row, groups).and(roles),
        act => reached(act, snapshot, row),
    }
}

/// Whether a reading of a person who is listed shows what an act leads to.
pub fn reached(act: &Act, snapshot: &Snapshot, row: Row) -> Truth {
    let status = |wanted: &dyn Fn(Status) -> bool| match snapshot.status(row) {
        Some(status) if wanted(status) => Truth::True,
        Some(_) => Truth::False,
        None => Truth::Unknown,
    };
    match act {
        Act::Suspend => status(&|status| status == Status::Suspended),
        Act::Restore => status(&|status| status == Status::Active),
        Act::Deactivate => status(&|status| status == Status::Deactivated),
        Act::Reactivate => {
            status(&|status| !matches!(status, Status::Deactivated | Status::ForDeletion))
        }
        Act::RemoveFromOrganization => status(&|status| status == Status::NotInvited),
        Act::Delete => status(&|status| status == Status::ForDeletion),
        Act::CancelDelete => status(&|status| status != Status::ForDeletion),
        Act::RemoveFromGroups { groups } => in_none(snapshot, row, groups),
        Act::AddToGroup { groups } => in_all(snapshot, row, groups),
        Act::GiveAccess { groups, roles } => {
            // The access may come by a group: no listing tells whether a role is there.
            let roles = if roles.is_empty() {
                Truth::True
            } else {
                Truth::Unknown
            };
            in_all(snapshot, row, groups).and(roles)
        }
        Act::RemoveAccess { resources, groups } => {
            in_none(snapshot, row, groups).and(has_none(snapshot, row, resources))
        }
        Act::Rename {
            before,
            after,
            back,
            date,
        } => match snapshot.name(row) {
            // What is taken back is the very mark that was made.
            Some(name) if *back => Truth::from(Act::renamed(before, after, true, name).is_none()),
            Some(name) => Truth::from(is_marked(before, after, date.as_deref(), name)),
            None => Truth::Unknown,
        },
        Act::SetEmail { to, .. } => has_address(snapshot, row, to),
        // No listing shows tokens: they are asked for by themselves.
        Act::RevokeTokens => Truth::Unknown,
        // Nor messages: the answer to the call is all that is ever known.
        Act::Warn => Truth::Unknown,
    }
}

fn in_none(snapshot: &Snapshot, row: Row, groups: &[GroupId]) -> Truth {
    match snapshot.groups(row) {
        Some(mut held) => Truth::from(!held.any(|group| groups.contains(&group.id))),
        None => Truth::Unknown,
    }
}

fn in_all(snapshot: &Snapshot, row: Row, groups: &[GroupId]) -> Truth {
    let Some(held) = snapshot.groups(row) else {
        return if groups.is_empty() {
            Truth::True
        } else {
            Truth::Unknown
        };
    };
    let held: Vec<_> = held.map(|group| &group.id).collect();
    Truth::from(groups.iter().all(|group| held.contains(&group)))
}

fn has_none(snapshot: &Snapshot, row: Row, resources: &[Resource]) -> Truth {
    match resources_of(snapshot, row) {
        Some(held) => Truth::from(!resources.iter().any(|resource| held.contains(&resource))),
        None => Truth::Unknown,
    }
}

fn resources_of(snapshot: &Snapshot, row: Row) -> Option<Vec<&Resource>> {
    let activities = snapshot.activities(row)?;
    let accesses = activities.filter_map(|(access, _)| {
        let access = snapshot.accesses().get(usize::try_from(access).ok()?)?;
        Some(&access.resource)
    });
    Some(accesses.collect())
}
