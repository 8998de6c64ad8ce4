//! People as they were before our first action (RULES R2): what we took counts as still held, the status we set as not set.

use super::link::{Taken, add_group, is_same};
use crate::model::{Activity, Status, Time};
use crate::snapshot::{Access, Row, Snapshot, UserRecord};

/// Some people of a snapshot as they were before our first action, in the given order: a small snapshot on which a policy
/// can be compiled and judged like on any other. What others changed since is as they changed it.
pub fn state_before<'a>(
    snapshot: &Snapshot,
    people: impl Iterator<Item = (Row, Option<&'a Taken>)>,
) -> Snapshot {
    let mut before = Snapshot::new();
    for (row, taken) in people {
        if let Some(mut record) = snapshot.record(row) {
            if let Some(taken) = taken {
                put_taken_back(&mut record, taken);
            }
            before.push(&record);
        }
    }
    before
}

/// Makes of a person as read the person before our first action.
pub fn put_taken_back(record: &mut UserRecord, taken: &Taken) {
    let mut is_as_we_set = false;
    if let Some(status) = taken.status
        && record.status == Some(status.set)
    {
        is_as_we_set = true;
        record.status = Some(status.before);
    }
    // Of a person whom we suspended, a directory may list nothing: what was listed before counts.
    if is_as_we_set
        && taken
            .status
            .is_some_and(|status| status.set == Status::Suspended)
    {
        record.groups.get_or_insert_default();
        record.access.get_or_insert_default();
    }
    // What is not known else stays so: to put something back would make a part of it look like all of it.
    if let Some(groups) = &mut record.groups {
        let is_unlisted = is_as_we_set && groups.is_empty();
        let unlisted = taken.unlisted_groups.iter().filter(|_| is_unlisted);
        groups.retain(|group| !taken.added.contains(&group.id));
        for group in taken.groups.iter().chain(unlisted) {
            add_group(groups, group);
        }
    }
    if let Some(accesses) = &mut record.access {
        let went_with_groups = !taken.groups.is_empty();
        let is_unlisted = (is_as_we_set && accesses.is_empty()) || went_with_groups;
        for access in &taken.access {
            put_access_back(accesses, access, true);
        }
        for access in &taken.unlisted {
            put_access_back(accesses, access, is_unlisted);
        }
    }
}

/// An access with the last activity that was known, unless a later one is.
fn put_access_back(accesses: &mut Vec<Access>, access: &Access, even_if_missing: bool) {
    match accesses.iter_mut().find(|held| is_same(held, access)) {
        Some(held) => held.activity = later(held.activity, access.activity),
        None if even_if_missing => accesses.push(access.clone()),
        None => {}
    }
}

/// The later of two activities of one access. What was once seen is not unseen because it is not said any more of somebody
/// from whom we took something.
fn later(now: Activity, before: Activity) -> Activity {
    match (now, before) {
        (Activity::Seen(now), Activity::Seen(before)) => Activity::Seen(now.max(before)),
        (Activity::Seen(now), _) => Activity::Seen(now),
        (_, before) => before,
    }
}

/// Whether anybody, we included, gave back something of what was taken: a reading after our last action shows it. An earlier
/// reading, or one that does not say, shows nothing.
pub fn is_given_back(
    taken: &Taken,
    snapshot: &Snapshot,
    row: Row,
    read: Time,
    last_done: Time,
) -> bool {
    if read <= last_done {
        return false;
    }
    let status_is = taken.status.is_some_and(|status| {
        let now = snapshot.status(row);
        now.is_some_and(|now| width(now) < width(status.set))
    });
    let group_is = || {
        let held = snapshot.groups(row);
        held.is_some_and(|mut held| {
            held.any(|group| taken.groups.iter().any(|taken| taken.id == group.id))
        })
    };
    let access_is = || {
        let held = snapshot.activities(row);
        held.is_some_and(|mut held| {
            held.any(|(number, _)| {
                let kind = usize::try_from(number).ok();
                let kind = kind.and_then(|number| snapshot.accesses().get(number));
                kind.is_some_and(|kind| {
                    let mut taken = taken.access.iter();
                    taken.any(|taken| {
                        taken.resource == kind.resource && taken.product == kind.product
                    })
                })
            })
        })
    };
    status_is
        || (!taken.groups.is_empty() && group_is())
        || (!taken.access.is_empty() && access_is())
}

/// How much a status takes.
fn width(status: Status) -> u8 {
    match status {
        Status::Active => 0,
        Status::Suspended | Status::NotInvited => 1,
        Status::Deactivated => 2,
        Status::ForDeletion => 3,
    }
}
