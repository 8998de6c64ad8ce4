//! Caps: how many people one run, and all runs of a day, may take (RULES R8).

use std::collections::BTreeSet;

use super::guard::{Guard, GuardCode};
use crate::model::{AccountType, Resource, Status};
use crate::policy::Limits;
use crate::snapshot::{Group, Row, Snapshot};

/// A cap and the population it was counted from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cap {
    /// At most so many people.
    pub people: u32,
    /// Of so many.
    pub population: u32,
}

/// How many people an action could take something from: Atlassian accounts, active, holding an access that it can take, or in a
/// group that it can take them out of.
pub fn population(
    snapshot: &Snapshot,
    can_take: impl Fn(&Resource) -> bool,
    can_leave: impl Fn(&Group) -> bool,
) -> u32 {
    let by_access: Vec<bool> = snapshot
        .accesses()
        .iter()
        .map(|access| can_take(&access.resource))
        .collect();
    let is_taken = |access: u32| {
        let access = usize::try_from(access).unwrap_or(usize::MAX);
        by_access.get(access).copied().unwrap_or(false)
    };
    let groups = snapshot.all_groups().iter();
    let left: BTreeSet<&str> = groups
        .filter(|group| can_leave(group))
        .map(|group| group.id.as_str())
        .collect();
    let holds = |row: Row| {
        let mut activities = snapshot.activities(row).into_iter().flatten();
        activities.any(|(access, _)| is_taken(access))
    };
    let is_in = |row: Row| {
        let mut groups = snapshot.groups(row).into_iter().flatten();
        !left.is_empty() && groups.any(|group| left.contains(group.id.as_str()))
    };
    let counts = |row: Row| {
        snapshot.account_type(row) == Some(AccountType::Atlassian)
            && snapshot.status(row) == Some(Status::Active)
            && (holds(row) || is_in(row))
    };
    // Whom several directories list is one person, and counts where they count first.
    let is_counted_already = |row: Row| {
        let account = snapshot.account(row).unwrap_or_default();
        snapshot.is_in_several_directories(row)
            && snapshot
                .find_all(account)
                .any(|other| other < row && counts(other))
    };
    let people = snapshot
        .rows()
        .filter(|row| counts(*row) && !is_counted_already(*row));
    u32::try_from(people.count()).unwrap_or(u32::MAX)
}

/// A share of a population, rounded down, at least one.
pub fn cap(percent: u32, population: u32) -> Cap {
    let people = u64::from(population) * u64::from(percent) / 100;
    Cap {
        people: u32::try_from(people).unwrap_or(u32::MAX).max(1),
        population,
    }
}

/// The guard for more people than a policy's own limits allow: so many people, and so many percent (RULES R8). `what` is
/// done to them.
pub fn policy_limit(planned: u32, limits: &Limits, population: u32, what: &str) -> Option<Guard> {
    let share = cap(limits.percent, population);
    (planned > 0 && (planned > limits.users || planned > share.people)).then(|| {
        let text = format!(
            "{planned} people to {what}; the policy allows {} people and {} % of {population} = {}",
            limits.users, limits.percent, share.people
        );
        Guard::saying(GuardCode::PolicyLimit, text)
    })
}

/// The guard for more people to warn than a run may warn by itself: a cap of its own, since a warning takes nothing (RULES R8).
pub fn warning_limit(warned: u32, most: u32) -> Option<Guard> {
    (warned > most).then(|| {
        let text = format!("{warned} people to warn; the organization allows {most} in one run");
        Guard::saying(GuardCode::WarningLimit, text)
    })
}

/// The guard for more people than the organization's cap allows in 24 hours, over all policies (RULES R8).
pub fn organization_cap(planned: u32, others: u32, percent: u32, population: u32) -> Option<Guard> {
    let day = cap(percent, population);
    (planned > 0 && planned.saturating_add(others) > day.people).then(|| {
        let text = format!(
            "{planned} people and {others} of other runs in 24 hours; the organization allows {percent} % of {population} = {}",
            day.people
        );
        Guard {
            others: Some(others),
            ..Guard::saying(GuardCode::OrganizationCap, text)
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{AccountId, Activity, DirectoryId, GroupId, Time};
    use crate::snapshot::{Access, UserRecord};

    #[test]
    fn whom_several_directories_list_counts_once() {
        let mut snapshot = Snapshot::new();
        for (account, directory, status) in [
            ("a", "d", Status::Suspended),
            ("a", "e", Status::Active),
            ("a", "f", Status::Active),
            ("b", "d", Status::Active),
            ("c", "d", Status::Suspended),
        ] {
            snapshot.push(&UserRecord {
                account_type: Some(AccountType::Atlassian),
                status: Some(status),
                access: Some(vec![Access {
                    resource: Resource("ari:cloud:jira-software::site/1".into()),
                    product: "jira-software".into(),
                    seat: None,
                    activity: Activity::Seen(Time(1)),
                }]),
                ..UserRecord::unknown(AccountId(account.into()), DirectoryId(directory.into()))
            });
        }
        assert_eq!(population(&snapshot, |_| true, |_| false), 2);
        assert_eq!(population(&snapshot, |_| false, |_| true), 0);
    }

    #[test]
    fn whoever_can_only_be_taken_out_of_groups_counts_by_them() {
        let mut snapshot = Snapshot::new();
        for (account, status, groups) in [
            ("a", Status::Active, vec!["g", "other"]),
            ("b", Status::Suspended, vec!["g"]),
            ("c", Status::Active, vec!["other"]),
            ("d", Status::Active, vec![]),
        ] {
            let group = |id: &str| Group {
                id: GroupId(id.into()),
                name: None,
            };
            snapshot.push(&UserRecord {
                account_type: Some(AccountType::Atlassian),
                status: Some(status),
                groups: Some(groups.into_iter().map(group).collect()),
                access: Some(vec![]),
                ..UserRecord::unknown(AccountId(account.into()), DirectoryId("d".into()))
            });
        }
        let of = |id: &str| population(&snapshot, |_| true, |group| group.id.as_str() == id);
        assert_eq!((of("g"), of("other"), of("gone")), (1, 2, 0));
    }

    #[test]
    fn one_more_to_warn_than_allowed_holds() {
        for (warned, most, held) in [(0, 1, false), (1, 1, false), (2, 1, true)] {
            assert_eq!(warning_limit(warned, most).is_some(), held, "{warned}");
        }
    }

    #[test]
    fn a_policys_limits_hold_what_is_one_more() {
        let limits = |users, percent| Limits { users, percent };
        for (planned, limits, population, held) in [
            (0, limits(0, 1), 0, false),
            (25, limits(25, 100), 1_000, false),
            (26, limits(25, 100), 1_000, true),
            (50, limits(1_000, 5), 1_019, false),
            (51, limits(1_000, 5), 1_019, true),
            (51, limits(1_000, 5), 1_020, false),
            // At least one may be taken.
            (1, limits(1_000, 5), 3, false),
            (2, limits(1_000, 5), 3, true),
        ] {
            let guard = policy_limit(planned, &limits, population, "suspend");
            assert_eq!(guard.is_some(), held, "{planned} {limits:?} {population}");
        }
    }

    #[test]
    fn the_organizations_cap_counts_what_other_runs_take() {
        for (planned, others, percent, population, held) in [
            (50, 0, 5, 1_000, false),
            (51, 0, 5, 1_000, true),
            (20, 30, 5, 1_000, false),
            (20, 31, 5, 1_000, true),
            (0, 1_000, 5, 1_000, false),
            (1, u32::MAX, 100, 1_000, true),
        ] {
            let guard = organization_cap(planned, others, percent, population);
            assert_eq!(guard.is_some(), held, "{planned} {others} {population}");
        }
    }

    #[test]
    fn a_share_rounds_down_but_never_to_nothing() {
        for (percent, population, people) in [
            (5, 0, 1),
            (5, 19, 1),
            (5, 39, 1),
            (5, 40, 2),
            (100, 7, 7),
            (100, u32::MAX, u32::MAX),
        ] {
            assert_eq!(
                cap(percent, population).people,
                people,
                "{percent} % of {population}"
            );
        }
    }
}
