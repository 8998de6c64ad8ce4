//! A person as they were before what a run did to them: what the rest of their step is judged on (RULES R2). A chain
//! remembers the same of its earlier stages; this follows from the plan alone.

use super::act::Act;
use super::aim::GroupFacts;
use super::chain::{Taken, put_taken_back};
use super::person::{Before, Held};
use crate::model::{Activity, GroupId};
use crate::policy::Policy;
use crate::snapshot::{Access, Group, UserRecord};

/// What is known besides the person: what decides how much an act takes.
#[derive(Clone, Copy)]
pub struct PuttingBack<'a> {
    /// The policy that asked for the acts.
    pub policy: &'a Policy,
    /// What groups grant.
    pub facts: GroupFacts<'a>,
    /// What groups are called.
    pub name_of: &'a dyn Fn(&GroupId) -> Option<String>,
}

/// Puts back into a reading what acts of a plan took. What others changed since stays as they changed it, and so does what
/// is known of an access that is still there, since somebody may have used it.
pub fn put_back(person: &mut UserRecord, before: &Before, acts: &[Act], by: PuttingBack<'_>) {
    let was = UserRecord {
        status: before.status,
        groups: before.groups.as_ref().map(|groups| {
            let named = |group: &GroupId| Group {
                id: group.clone(),
                name: (by.name_of)(group),
            };
            groups.iter().map(named).collect()
        }),
        access: Some(lost_accesses(person, before)),
        ..UserRecord::unknown(person.account.clone(), person.directory.clone())
    };
    let mut taken = Taken::default();
    for act in acts {
        taken.add(&Taken::by(act, by.policy, &was, by.facts));
    }
    put_taken_back(person, &taken);
}

/// The accesses that the plan knew and the reading does not list.
fn lost_accesses(person: &UserRecord, before: &Before) -> Vec<Access> {
    let is_listed = |one: &&Held| {
        let mut listed = person.access.iter().flatten();
        listed.any(|access| access.resource == one.resource)
    };
    let had = before.access.iter().flatten();
    had.filter(|one| !is_listed(one)).map(access).collect()
}

fn access(held: &Held) -> Access {
    Access {
        resource: held.resource.clone(),
        product: held.resource.product().to_owned(),
        seat: None,
        activity: match (held.unknown, held.seen) {
            (true, _) => Activity::Unknown,
            (false, Some(time)) => Activity::Seen(time),
            (false, None) => Activity::Never,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::atlassian::Seats;
    use crate::model::Resource;
    use crate::model::{AccountId, DirectoryId, Status, Time};
    use crate::policy::read;

    fn put_back_by(person: &mut UserRecord, before: &Before, acts: &[Act]) {
        let text = r#"{"version":1,"id":"p","name":"P","match":{"group":["staff"]},
            "stages":[{"after":"0d","do":"suspend"}]}"#;
        let by = PuttingBack {
            policy: &read(text).unwrap(),
            facts: GroupFacts {
                seats: &Seats::default(),
                closed: &[],
                directories: &[],
                own: &[],
                denied: crate::plan::Denied::default(),
            },
            name_of: &|_| Some("staff".into()),
        };
        put_back(person, before, acts, by);
    }

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
            groups: Some(vec![GroupId("g".into())]),
            access: Some(vec![held("1", Some(Time(5))), held("2", None)]),
            ..Before::default()
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
        put_back_by(&mut person, &before, &acts);
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

    #[test]
    fn what_somebody_else_set_since_is_not_ours_to_put_back() {
        let before = Before {
            status: Some(Status::Active),
            ..Before::default()
        };
        for (set, expected) in [
            (Status::Suspended, Status::Active),
            (Status::Deactivated, Status::Deactivated),
        ] {
            let mut person = UserRecord {
                status: Some(set),
                ..UserRecord::unknown(AccountId("a".into()), DirectoryId("d".into()))
            };
            put_back_by(&mut person, &before, &[Act::Suspend]);
            assert_eq!(person.status, Some(expected));
        }
    }

    #[test]
    fn a_group_that_an_act_gave_is_not_held_before_it() {
        let before = Before {
            groups: Some(vec![]),
            ..Before::default()
        };
        let given = Group {
            id: GroupId("g".into()),
            name: None,
        };
        let mut person = UserRecord {
            groups: Some(vec![given]),
            ..UserRecord::unknown(AccountId("a".into()), DirectoryId("d".into()))
        };
        let acts = [Act::AddToGroup {
            groups: vec![GroupId("g".into())],
        }];
        put_back_by(&mut person, &before, &acts);
        assert_eq!(person.groups, Some(vec![]));
    }
}
