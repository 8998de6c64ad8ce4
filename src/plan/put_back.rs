//! A person as they were before what we did to them: the state on which the rest of a chain is judged (RULES R2).

use super::act::Act;
use super::person::Before;
use crate::model::{Activity, GroupId, Resource};
use crate::snapshot::{Access, Group, UserRecord};

/// Puts back into a reading what acts took: the status that they set, the groups and accesses that they took. What is known
/// of an access that is still there stays, since somebody may have used it since.
pub fn put_back(
    person: &mut UserRecord,
    before: &Before,
    acts: &[Act],
    name_of: &dyn Fn(&GroupId) -> Option<String>,
) {
    for act in acts {
        match act {
            Act::Suspend | Act::Deactivate | Act::Delete => person.status = before.status,
            // Whatever is missing was lost with the groups, as far as can be told.
            Act::RemoveFromGroups { groups } => {
                give_groups(person, groups, name_of);
                give_accesses(person, before, &|_| true);
            }
            Act::RemoveAccess { resources, groups } => {
                give_groups(person, groups, name_of);
                give_accesses(person, before, &|resource| resources.contains(resource));
            }
            _ => {}
        }
    }
}

fn give_groups(
    person: &mut UserRecord,
    groups: &[GroupId],
    name_of: &dyn Fn(&GroupId) -> Option<String>,
) {
    let Some(held) = &mut person.groups else {
        return;
    };
    for group in groups {
        if !held.iter().any(|known| known.id == *group) {
            held.push(Group {
                id: group.clone(),
                name: name_of(group),
            });
        }
    }
}

fn give_accesses(person: &mut UserRecord, before: &Before, is_taken: &dyn Fn(&Resource) -> bool) {
    let (Some(held), Some(had)) = (&mut person.access, &before.access) else {
        return;
    };
    for one in had.iter().filter(|one| is_taken(&one.resource)) {
        if held.iter().any(|known| known.resource == one.resource) {
            continue;
        }
        held.push(Access {
            resource: one.resource.clone(),
            product: one.resource.product().to_owned(),
            seat: None,
            activity: match (one.unknown, one.seen) {
                (true, _) => Activity::Unknown,
                (false, Some(time)) => Activity::Seen(time),
                (false, None) => Activity::Never,
            },
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{AccountId, DirectoryId, Status, Time};
    use crate::plan::Held;

    #[test]
    fn what_was_taken_counts_as_still_held_and_newer_activity_stays() {
        let resource = |site: &str| Resource(format!("ari:cloud:jira-software::site/{site}"));
        let held = |site: &str, seen| Held {
            resource: resource(site),
            seen,
            unknown: false,
        };
        let before = Before {
            status: Some(Status::Active),
            last_seen: None,
            groups: Some(vec![GroupId("g".into())]),
            roles: None,
            access: Some(vec![held("1", Some(Time(5))), held("2", None)]),
        };
        let access = |site: &str, activity| Access {
            resource: resource(site),
            product: "jira-software".into(),
            seat: None,
            activity,
        };
        let mut person = UserRecord {
            status: Some(Status::Suspended),
            groups: Some(vec![]),
            access: Some(vec![access("2", Activity::Seen(Time(9)))]),
            ..UserRecord::unknown(AccountId("a".into()), DirectoryId("d".into()))
        };
        let acts = [
            Act::RemoveAccess {
                resources: vec![resource("1"), resource("2")],
                groups: vec![GroupId("g".into())],
            },
            Act::Suspend,
        ];
        put_back(&mut person, &before, &acts, &|_| Some("staff".into()));
        assert_eq!(person.status, Some(Status::Active));
        let group = Group {
            id: GroupId("g".into()),
            name: Some("staff".into()),
        };
        assert_eq!(person.groups, Some(vec![group]));
        let accesses = vec![
            access("2", Activity::Seen(Time(9))),
            access("1", Activity::Seen(Time(5))),
        ];
        assert_eq!(person.access, Some(accesses));
    }
}
