//! The last active members of a group of administrators: a run never takes all of them out of it.

use std::collections::BTreeMap;

use super::act::Act;
use super::person::{Counts, Fate, Person};
use super::shelter::{Protections, has_own_status};
use crate::atlassian::Seats;
use crate::model::{AccountId, AccountType, GroupId, Status};
use crate::snapshot::Snapshot;

/// Protects everybody of a plan who is planned to leave, together with the others of the plan and of other runs (`taken`), a
/// group of administrators without an active member. Which groups those are is known from what groups grant; of a group that
/// could not be read nothing is supposed. Whoever is in several directories and was not told apart is none that stays.
pub fn spare_last_administrators(
    people: &mut [Person],
    counts: &mut Counts,
    snapshot: &Snapshot,
    (seats, protections): (&Seats, &Protections),
    taken: &BTreeMap<AccountId, String>,
) {
    for group in seats.administering() {
        let leaving: Vec<&AccountId> = people
            .iter()
            .filter(|person| leaves(person, group))
            .map(|person| &person.account)
            .collect();
        if leaving.is_empty() || somebody_stays((snapshot, protections), group, &leaving, taken) {
            continue;
        }
        let name = name_of(snapshot, group);
        for person in people.iter_mut().filter(|person| leaves(person, group)) {
            person.fate = Fate::Protected;
            person.reason = reason(&name);
            person.acts.clear();
            counts.planned = counts.planned.saturating_sub(1);
            counts.protected = counts.protected.saturating_add(1);
        }
    }
}

/// Why somebody in these groups stays: they are the last active member of a group of administrators, besides whom other runs
/// take. Without a snapshot nobody else is known.
pub fn last_administrator(
    account: &AccountId,
    groups: &[&GroupId],
    snapshot: Option<&Snapshot>,
    seats: &Seats,
    taken: &BTreeMap<AccountId, String>,
) -> Option<String> {
    let mut all = seats.administering().iter();
    let group = all.find(|group| {
        groups.contains(group)
            && !snapshot.is_some_and(|snapshot| {
                somebody_stays(
                    (snapshot, &Protections::default()),
                    group,
                    &[account],
                    taken,
                )
            })
    })?;
    let name = snapshot.map_or_else(|| group.0.clone(), |snapshot| name_of(snapshot, group));
    Some(reason(&name))
}

fn reason(name: &str) -> String {
    format!("last active member of the administrators' group {name}")
}

/// Whether a person of a plan is to leave any group of administrators.
pub fn leaves_administrators(person: &Person, seats: &Seats) -> bool {
    let mut groups = seats.administering().iter();
    groups.any(|group| leaves(person, group))
}

/// Whether a person of a plan is in a group now and is none of its active members after it.
fn leaves(person: &Person, group: &GroupId) -> bool {
    let is_in = || {
        let groups = person.before.groups.as_deref().unwrap_or_default();
        groups.contains(group)
    };
    person.fate == Fate::Planned && person.acts.iter().any(|act| ends(act, group)) && is_in()
}

/// Whether an act ends an active membership of a group.
fn ends(act: &Act, group: &GroupId) -> bool {
    match act {
        Act::RemoveFromGroups { groups } | Act::RemoveAccess { groups, .. } => {
            groups.contains(group)
        }
        other => other.takes_access(),
    }
}

fn somebody_stays(
    (snapshot, protections): (&Snapshot, &Protections),
    group: &GroupId,
    leaving: &[&AccountId],
    taken: &BTreeMap<AccountId, String>,
) -> bool {
    let mut rows = snapshot.rows();
    rows.any(|row| {
        let account = snapshot.account(row).unwrap_or_default();
        let mut groups = snapshot.groups(row).into_iter().flatten();
        snapshot.status(row) == Some(Status::Active)
            && has_own_status(snapshot, row, protections)
            && snapshot.account_type(row) == Some(AccountType::Atlassian)
            && groups.any(|known| known.id == *group)
            && !taken.contains_key(account)
            && !leaving.iter().any(|leaving| leaving.as_str() == account)
    })
}

fn name_of(snapshot: &Snapshot, group: &GroupId) -> String {
    let mut groups = snapshot.all_groups().iter();
    let known = groups.find(|known| known.id == *group && known.name.is_some());
    let name = known.and_then(|known| known.name.clone());
    name.unwrap_or_else(|| group.0.clone())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{DirectoryId, Resource};
    use crate::plan::Before;
    use crate::snapshot::{Group, UserRecord};

    const ADMINS: &str = "admins";
    const USERS: &str = "users";

    fn seats() -> Seats {
        let mut seats = Seats::default();
        let site = Resource("ari:cloud:jira-software::site/1".into());
        for (group, role) in [(ADMINS, "atlassian/admin"), (USERS, "atlassian/user")] {
            seats.grant(&GroupId(group.into()), &site, &[role.to_owned()]);
        }
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
