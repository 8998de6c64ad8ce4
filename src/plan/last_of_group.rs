//! The last active members of a group of administrators, or of one that may be such: a run never takes all of them out of it.

use std::collections::{BTreeMap, BTreeSet};

use super::act::Act;
use super::joining::name_of;
use super::person::{Counts, Fate, Person};
use super::shelter::{Protections, has_own_status};
use crate::atlassian::Seats;
use crate::model::{AccountId, AccountType, GroupId, Status, Truth};
use crate::snapshot::Snapshot;

/// Protects everybody of a plan who is planned to leave, together with the others of the plan and of other runs (`taken`), a
/// group of administrators without an active member. A group of which it is not known what it grants counts as one, and so does
/// every such group for people whose groups are not known (RULES R4). Whoever is in several directories and was not told apart is
/// none that stays.
pub fn spare_last_administrators(
    people: &mut [Person],
    counts: &mut Counts,
    snapshot: &Snapshot,
    (seats, protections): (&Seats, &Protections),
    taken: &BTreeMap<AccountId, String>,
) {
    let mut leaving: BTreeMap<&str, Vec<&Person>> = BTreeMap::new();
    let mut left: BTreeSet<GroupId> = BTreeSet::new();
    for person in people.iter() {
        let groups: Vec<&GroupId> = guarded(person, seats).collect();
        if !groups.is_empty() {
            left.extend(groups.into_iter().cloned());
            leaving
                .entry(person.account.as_str())
                .or_default()
                .push(person);
        }
    }
    if left.is_empty() {
        return;
    }
    let is_gone = |account: &str, group: &GroupId| {
        let lines = leaving.get(account);
        taken.contains_key(account)
            || lines.is_some_and(|lines| lines.iter().any(|person| leaves(person, group)))
    };
    let empty = left_empty((snapshot, protections), left, &is_gone);
    for person in people.iter_mut() {
        let Some(group) = empty.iter().find(|group| leaves(person, group)) else {
            continue;
        };
        person.reason = match person.before.groups {
            Some(_) => last_of_group(name_of(snapshot, group), seats.administers(group)),
            None => String::from(
                "undecided: the groups are not known, and a group of administrators may lose its last active member",
            ),
        };
        person.fate = Fate::Protected;
        person.acts.clear();
        counts.planned = counts.planned.saturating_sub(1);
        counts.protected = counts.protected.saturating_add(1);
    }
}

/// Why somebody in these groups stays: they are the last active member of a group of administrators, or of one that may be such,
/// besides whom other runs take. Without a snapshot nobody else is known.
pub fn last_administrator(
    account: &AccountId,
    groups: &[&GroupId],
    snapshot: Option<&Snapshot>,
    seats: &Seats,
    taken: &BTreeMap<AccountId, String>,
) -> Option<String> {
    let groups = groups.iter().filter(|group| is_guarded(seats, group));
    let mut empty: BTreeSet<GroupId> = groups.map(|group| (*group).clone()).collect();
    if let Some(snapshot) = snapshot {
        let is_gone =
            |other: &str, _: &GroupId| other == account.as_str() || taken.contains_key(other);
        empty = left_empty((snapshot, &Protections::default()), empty, &is_gone);
    }
    let group = empty.first()?;
    let name = snapshot.map_or(group.as_str(), |snapshot| name_of(snapshot, group));
    Some(last_of_group(name, seats.administers(group)))
}

/// Why the last active member of a group stays, by whether it makes administrators.
pub fn last_of_group(name: &str, administers: Truth) -> String {
    match administers {
        Truth::True => format!("last active member of the administrators' group {name}"),
        Truth::False | Truth::Unknown => format!(
            "undecided: last active member of the group {name}, of which it is not known what it grants"
        ),
    }
}

/// Whether a group must keep an active member: it makes administrators, or that is not known.
pub fn is_guarded(seats: &Seats, group: &GroupId) -> bool {
    seats.administers(group) != Truth::False
}

/// Whether a person of a plan is to leave any group that must keep an active member, or may be.
pub fn leaves_administrators(person: &Person, seats: &Seats) -> bool {
    guarded(person, seats).next().is_some()
}

/// The groups that must keep an active member and that a person of a plan is to leave, or may be.
fn guarded<'a>(person: &'a Person, seats: &'a Seats) -> impl Iterator<Item = &'a GroupId> {
    let (known, open): (&[GroupId], [&[GroupId]; 2]) = match &person.before.groups {
        Some(groups) => (groups, [&[], &[]]),
        None => (&[], [seats.administering(), seats.unread()]),
    };
    let known = known.iter().filter(move |group| is_guarded(seats, group));
    known
        .chain(open.into_iter().flatten())
        .filter(move |group| leaves(person, group))
}

/// Whether a person of a plan is in a group now, or may be, and is none of its active members after it.
fn leaves(person: &Person, group: &GroupId) -> bool {
    let is_in = || match &person.before.groups {
        Some(groups) => groups.contains(group),
        None => person.before.status == Some(Status::Active),
    };
    person.fate == Fate::Planned && person.acts.iter().any(|act| ends(act, group)) && is_in()
}

/// Whether an act ends an active membership of a group.
pub fn ends(act: &Act, group: &GroupId) -> bool {
    match act {
        Act::RemoveFromGroups { groups } | Act::RemoveAccess { groups, .. } => {
            groups.contains(group)
        }
        other => other.takes_access(),
    }
}

/// Those of some groups in which nobody certainly stays an active member.
fn left_empty(
    (snapshot, protections): (&Snapshot, &Protections),
    mut groups: BTreeSet<GroupId>,
    is_gone: &dyn Fn(&str, &GroupId) -> bool,
) -> BTreeSet<GroupId> {
    for row in snapshot.rows() {
        if groups.is_empty() {
            break;
        }
        let stays = snapshot.status(row) == Some(Status::Active)
            && snapshot.account_type(row) == Some(AccountType::Atlassian)
            && has_own_status(snapshot, row, protections);
        if stays {
            let account = snapshot.account(row).unwrap_or_default();
            for group in snapshot.groups(row).into_iter().flatten() {
                if groups.contains(&group.id) && !is_gone(account, &group.id) {
                    groups.remove(&group.id);
                }
            }
        }
    }
    groups
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{DirectoryId, Resource};
    use crate::plan::Before;
    use crate::snapshot::{Group, UserRecord};

    const ADMINS: &str = "admins";
    const USERS: &str = "users";
    /// Of which it is not known what it grants.
    const CLOSED: &str = "closed";

    fn seats() -> Seats {
        let mut seats = Seats::default();
        let site = Resource("ari:cloud:jira-software::site/1".into());
        for (group, role) in [(ADMINS, "atlassian/admin"), (USERS, "atlassian/user")] {
            seats.grant(&GroupId(group.into()), &site, &[role.to_owned()]);
        }
        seats.leave_open(&GroupId(CLOSED.into()));
        seats
    }

    fn record(account: &str, groups: &[&str], status: Status) -> UserRecord {
        let group = |id: &&str| Group {
            id: GroupId((*id).into()),
            name: Some(format!("jira-{id}")),
        };
        UserRecord {
            account_type: Some(AccountType::Atlassian),
            status: Some(status),
            groups: Some(groups.iter().map(group).collect()),
            ..UserRecord::unknown(AccountId(account.into()), DirectoryId("d".into()))
        }
    }

    fn planned(record: &UserRecord, act: &Act) -> Person {
        let (account, directory) = (record.account.clone(), record.directory.clone());
        let groups = record.groups.as_ref();
        Person {
            acts: vec![act.clone()],
            before: Before {
                status: record.status,
                groups: groups.map(|groups| groups.iter().map(|group| group.id.clone()).collect()),
                ..Before::default()
            },
            ..Person::new(account, directory, Fate::Planned, String::from("idle"))
        }
    }

    #[test]
    fn whoever_is_alone_among_the_administrators_stays() {
        let mut snapshot = Snapshot::new();
        for (account, group, status) in [
            ("a", ADMINS, Status::Active),
            ("b", ADMINS, Status::Suspended),
            ("c", USERS, Status::Active),
        ] {
            snapshot.push(&record(account, &[group], status));
        }
        let mut with_another = snapshot.clone();
        with_another.push(&record("d", &[ADMINS], Status::Active));
        let nobody = BTreeMap::new();
        let taken = BTreeMap::from([(AccountId("d".into()), String::new())]);
        let (admins, users) = (GroupId(ADMINS.into()), GroupId(USERS.into()));
        for (groups, snapshot, taken, stays) in [
            (vec![&users, &admins], Some(&snapshot), &nobody, true),
            (vec![&admins], Some(&with_another), &nobody, false),
            (vec![&admins], Some(&with_another), &taken, true),
            (vec![&admins], None, &nobody, true),
            (vec![&users], Some(&snapshot), &nobody, false),
            (vec![], Some(&snapshot), &nobody, false),
        ] {
            let a = AccountId("a".into());
            let found = last_administrator(&a, &groups, snapshot, &seats(), taken);
            assert_eq!(found.is_some(), stays, "{groups:?} {found:?}");
        }
    }

    #[test]
    fn a_run_leaves_no_group_of_administrators_without_an_active_member() {
        let (active, suspended) = (Status::Active, Status::Suspended);
        let both = &[ADMINS, USERS][..];
        let from = |group: &str| Act::RemoveFromGroups {
            groups: vec![GroupId(group.into())],
        };
        // Who there is, how many of them (from the first on) are planned for what, whom another run takes, how many are spared.
        for (people, count, act, taken, spared) in [
            (&[("a", both, active)][..], 1, Act::Suspend, "", 1),
            (&[("a", both, active)], 1, from(ADMINS), "", 1),
            (&[("a", both, active)], 1, from(USERS), "", 0),
            (&[("a", &[USERS][..], active)], 1, Act::Suspend, "", 0),
            (
                &[("a", both, active), ("b", both, active)],
                1,
                Act::Suspend,
                "",
                0,
            ),
            (
                &[("a", both, active), ("b", both, active)],
                2,
                Act::Suspend,
                "",
                2,
            ),
            (
                &[("a", both, active), ("b", both, suspended)],
                1,
                Act::Suspend,
                "",
                1,
            ),
            (
                &[("a", both, active), ("b", &[USERS], active)],
                2,
                Act::Suspend,
                "",
                1,
            ),
            (
                &[("a", both, active), ("b", both, active)],
                1,
                Act::Suspend,
                "b",
                1,
            ),
        ] {
            let mut snapshot = Snapshot::new();
            let mut plan = Vec::new();
            for (account, groups, status) in people {
                let record = record(account, groups, *status);
                snapshot.push(&record);
                if plan.len() < count {
                    plan.push(planned(&record, &act));
                }
            }
            let mut counts = Counts {
                planned: u32::try_from(count).unwrap(),
                ..Counts::default()
            };
            let taken = BTreeMap::from([(AccountId(taken.into()), String::new())]);
            let known = (&seats(), &Protections::default());
            spare_last_administrators(&mut plan, &mut counts, &snapshot, known, &taken);
            let protected = plan.iter().filter(|person| person.fate == Fate::Protected);
            assert_eq!(protected.count(), spared, "{people:?} {act:?}");
            assert_eq!(usize::try_from(counts.protected).unwrap(), spared);
            assert_eq!(usize::try_from(counts.planned).unwrap(), count - spared);
            for person in plan.iter().filter(|person| person.fate == Fate::Protected) {
                let reason = "last active member of the administrators' group jira-admins";
                assert_eq!((person.reason.as_str(), person.acts.len()), (reason, 0));
            }
        }
    }

    #[test]
    fn whoever_may_be_the_last_administrator_is_undecided() {
        let suspended = Act::Suspend;
        let from_users = Act::RemoveFromGroups {
            groups: vec![GroupId(USERS.into())],
        };
        let unknown = |account: &str| UserRecord {
            groups: None,
            ..record(account, &[], Status::Active)
        };
        let of = |account: &str, group: &str| record(account, &[group], Status::Active);
        let (yes, no) = (Fate::Protected, Fate::Planned);
        // Who is planned for what, who else there is, and how that ends.
        for (planned_for, act, others, fate) in [
            (of("a", CLOSED), &suspended, vec![], yes),
            (of("a", CLOSED), &suspended, vec![of("b", CLOSED)], no),
            (of("a", CLOSED), &suspended, vec![unknown("b")], yes),
            (unknown("a"), &suspended, vec![of("b", CLOSED)], yes),
            (
                unknown("a"),
                &suspended,
                vec![of("b", CLOSED), of("c", ADMINS)],
                no,
            ),
            // Whoever leaves one group stays in the others.
            (
                record("a", &[ADMINS, USERS], Status::Active),
                &from_users,
                vec![],
                no,
            ),
        ] {
            let mut snapshot = Snapshot::new();
            snapshot.push(&planned_for);
            for other in &others {
                snapshot.push(other);
            }
            let mut plan = [planned(&planned_for, act)];
            let known = (&seats(), &Protections::default());
            spare_last_administrators(
                &mut plan,
                &mut Counts::default(),
                &snapshot,
                known,
                &BTreeMap::new(),
            );
            assert_eq!(plan[0].fate, fate, "{act:?} {others:?}");
            let is_said = plan[0].reason.starts_with("undecided: ");
            assert_eq!(is_said, fate == yes, "{}", plan[0].reason);
        }
    }

    #[test]
    fn whoever_may_be_suspended_in_this_directory_is_none_that_stays() {
        let leaver = record("a", &[ADMINS], Status::Active);
        let other = record("b", &[ADMINS], Status::Active);
        let elsewhere = UserRecord {
            directory: DirectoryId("d2".into()),
            ..record("b", &[], Status::Active)
        };
        // Whether the other one is in a second directory, and was told apart; whether the leaver is spared.
        for (is_in_two, is_told_apart, fate) in [
            (false, false, Fate::Planned),
            (true, false, Fate::Protected),
            (true, true, Fate::Planned),
        ] {
            let mut snapshot = Snapshot::new();
            snapshot.push(&leaver);
            snapshot.push(&other);
            if is_in_two {
                snapshot.push(&elsewhere);
            }
            let mut protections = Protections::default();
            if is_told_apart {
                protections.told_apart.insert(other.account.clone());
            }
            let mut plan = [planned(&leaver, &Act::Suspend)];
            let known = (&seats(), &protections);
            spare_last_administrators(
                &mut plan,
                &mut Counts::default(),
                &snapshot,
                known,
                &BTreeMap::new(),
            );
            assert_eq!(plan[0].fate, fate, "{is_in_two} {is_told_apart}");
        }
    }
}
