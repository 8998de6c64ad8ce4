//! Groups that nobody is added to here: those that make their members more than users (RULES R4, R10).

use super::aim::group_named;
use super::hindrance::Hindrance;
use crate::atlassian::Seats;
use crate::model::{Action, GroupId, Truth};
use crate::policy::Stage;
use crate::snapshot::Snapshot;

/// Nobody is added to a group that makes administrators of anything, nor to one that carries a role of this app: whoever may act on
/// people could make themselves, or each other, the second person who approves it. That holds for organization administrators too:
/// what an app does for one of them it can be made to do by others. What a group grants must be known. `own` are the groups that
/// carry a role of this app.
///
/// # Errors
/// Why nobody is added to it, with what to do.
pub fn joinable(
    group: &GroupId,
    name: &str,
    (seats, own): (&Seats, &[GroupId]),
) -> Result<(), Hindrance> {
    if own.contains(group) {
        let why = format!(
            "the group {name} carries a role of this app, and this app adds nobody to it: do it in Atlassian Administration"
        );
        return Err(Hindrance::impossible(why));
    }
    match seats.administers(group) {
        Truth::False => Ok(()),
        Truth::True => Err(Hindrance::impossible(format!(
            "the group {name} makes administrators, and this app makes none: do it in Atlassian Administration"
        ))),
        Truth::Unknown => Err(Hindrance::Unknown(format!(
            "it is not known whether the group {name} makes administrators, and this app makes none: do it in Atlassian Administration"
        ))),
    }
}

/// The groups that a stage adds people to, as far as they are there.
pub fn joined_groups(stage: &Stage, snapshot: &Snapshot) -> Vec<GroupId> {
    if !stage.r#do.contains(&Action::AddToGroup) {
        return Vec::new();
    }
    let groups = stage.groups.iter().flatten();
    let found = groups.filter_map(|group| group_named(group, snapshot).ok());
    found.collect()
}

/// The name of a group, as far as anybody in a snapshot is in it.
pub(super) fn name_of<'a>(snapshot: &'a Snapshot, group: &'a GroupId) -> &'a str {
    let mut groups = snapshot.all_groups().iter();
    let known = groups.find(|known| known.id == *group && known.name.is_some());
    let name = known.and_then(|known| known.name.as_deref());
    name.unwrap_or(group.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{AccountId, DirectoryId, Resource, Status};
    use crate::plan::{Act, Denied, GroupFacts, possible};
    use crate::snapshot::UserRecord;

    fn seats() -> Seats {
        let mut seats = Seats::default();
        let site = Resource("ari:cloud:jira-software::site/1".into());
        for (group, role) in [
            ("admins", "atlassian/admin"),
            ("access", "atlassian/user-access-admin"),
            ("users", "atlassian/user"),
            ("odd", "atlassian/brand-new"),
        ] {
            seats.grant(&GroupId(group.into()), &site, &[role.to_owned()]);
        }
        seats.note_governing(&GroupId("org-admins".into()));
        seats.leave_open(&GroupId("closed".into()));
        seats
    }

    #[test]
    fn nobody_is_added_to_a_group_that_makes_more_than_a_user() {
        let (known, nothing) = (seats(), Seats::default());
        let own = [GroupId("approvers".into())];
        let found =
            |group: &str, seats: &Seats| joinable(&GroupId(group.into()), group, (seats, &own));
        for group in ["users", "a team"] {
            assert_eq!(found(group, &known), Ok(()), "{group}");
        }
        for group in ["admins", "access", "org-admins", "approvers"] {
            let found = found(group, &known);
            assert!(
                matches!(found, Err(Hindrance::Impossible { .. })),
                "{group}: {found:?}"
            );
        }
        for (group, seats) in [("odd", &known), ("closed", &known), ("users", &nothing)] {
            let found = found(group, seats);
            assert!(
                matches!(found, Err(Hindrance::Unknown(_))),
                "{group}: {found:?}"
            );
        }
    }

    #[test]
    fn nobody_is_added_to_a_group_of_another_directory() {
        let mut snapshot = Snapshot::new();
        snapshot.push(&UserRecord {
            status: Some(Status::Active),
            groups: Some(vec![]),
            ..UserRecord::unknown(AccountId("a".into()), DirectoryId("1".into()))
        });
        let row = snapshot.rows().next().unwrap();
        let group = GroupId("users".into());
        let act = Act::AddToGroup {
            groups: vec![group.clone()],
        };
        let with = |directories: &[(GroupId, DirectoryId)]| {
            let facts = GroupFacts {
                seats: &seats(),
                closed: &[],
                directories,
                own: &[],
                denied: Denied::default(),
            };
            possible(&act, &snapshot, row, facts)
        };
        assert_eq!(with(&[]), Ok(()));
        assert_eq!(with(&[(group.clone(), DirectoryId("1".into()))]), Ok(()));
        assert_eq!(
            with(&[(group, DirectoryId("2".into()))]),
            Err(Hindrance::impossible(
                "the group users is in another directory than the person"
            ))
        );
    }
}
