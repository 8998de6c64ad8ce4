//! How much of the people is known, in figures.

use super::ACTIVE_DAYS;
use crate::model::{Activity, DAY, Status, Time};
use crate::snapshot::{Row, Snapshot};

/// How often one field is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FieldCount {
    /// Its name in the policy language.
    pub field: &'static str,
    /// Known.
    pub known: u32,
    /// Known that there is none: for activities alone.
    pub never: u32,
    /// Not known.
    pub unknown: u32,
}

/// The fields that are counted, each with whether it is known of a person.
type IsKnown = fn(&Snapshot, Row) -> bool;
const FIELDS: [(&str, IsKnown); 7] = [
    ("accountType", |people, row| {
        people.account_type(row).is_some()
    }),
    ("status", |people, row| people.status(row).is_some()),
    ("emailDomain", |people, row| people.email(row).is_some()),
    ("addedToOrg", |people, row| people.added(row).is_some()),
    ("group", |people, row| people.groups(row).is_some()),
    ("role", |people, row| people.roles(row).is_some()),
    ("access", |people, row| people.activities(row).is_some()),
];

/// Counts every field over everybody, and the last activity over every access.
pub fn fields(people: &Snapshot) -> Vec<FieldCount> {
    let mut counts: Vec<FieldCount> = FIELDS
        .iter()
        .map(|(field, is_known)| {
            let known = count(people.rows().filter(|row| is_known(people, *row)));
            FieldCount {
                field,
                known,
                never: 0,
                unknown: count(people.rows()) - known,
            }
        })
        .collect();
    let mut activity = FieldCount {
        field: "idle",
        known: 0,
        never: 0,
        unknown: 0,
    };
    for row in people.rows() {
        for (_, last) in people.activities(row).into_iter().flatten() {
            match last {
                Activity::Seen(_) => activity.known += 1,
                Activity::Never => activity.never += 1,
                Activity::Unknown => activity.unknown += 1,
            }
        }
    }
    counts.push(activity);
    counts
}

fn count(rows: impl Iterator<Item = Row>) -> u32 {
    u32::try_from(rows.count()).unwrap_or(u32::MAX)
}

/// Of the active people with an access whose idleness is known, how many were not seen for 30 days or never: how many,
/// of how many.
pub fn idle(people: &Snapshot, now: Time) -> (u32, u32) {
    let recent = now.plus(-ACTIVE_DAYS * DAY);
    let (mut idle, mut decided) = (0, 0);
    for row in people.rows() {
        if people.status(row) != Some(Status::Active) {
            continue;
        }
        match is_idle(people, row, recent) {
            Some(true) => (idle, decided) = (idle + 1, decided + 1),
            Some(false) => decided += 1,
            None => {}
        }
    }
    (idle, decided)
}

/// Whether somebody was not seen since a time; `None` where that is not known, or there is no access.
fn is_idle(people: &Snapshot, row: Row, since: Time) -> Option<bool> {
    let mut idle = None;
    let mut is_unknown = false;
    for (_, last) in people.activities(row)? {
        match last {
            Activity::Seen(time) if time >= since => return Some(false),
            Activity::Unknown => is_unknown = true,
            Activity::Seen(_) | Activity::Never => idle = Some(true),
        }
    }
    idle.filter(|_| !is_unknown)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{AccountId, DirectoryId, Resource};
    use crate::snapshot::{Access, UserRecord};

    fn people(all: &[(Option<Status>, Option<&[Activity]>)]) -> Snapshot {
        let mut people = Snapshot::new();
        for (number, (status, activities)) in all.iter().enumerate() {
            let access = |(place, activity): (usize, &Activity)| Access {
                resource: Resource(format!("r{place}")),
                product: "p".into(),
                seat: None,
                activity: *activity,
            };
            people.push(&UserRecord {
                status: *status,
                access: activities.map(|all| all.iter().enumerate().map(access).collect()),
                ..UserRecord::unknown(AccountId(number.to_string()), DirectoryId("d".into()))
            });
        }
        people
    }

    #[test]
    fn each_field_is_counted_as_known_never_and_unknown() {
        let (seen, never, unknown) = (Activity::Seen(Time(9)), Activity::Never, Activity::Unknown);
        let people = people(&[
            (Some(Status::Active), Some(&[seen, never])),
            (None, Some(&[unknown])),
            (None, None),
        ]);
        let all = fields(&people);
        let of = |field: &str| {
            let found = all.iter().find(|count| count.field == field).unwrap();
            (found.known, found.never, found.unknown)
        };
        assert_eq!(of("status"), (1, 0, 2));
        assert_eq!(of("access"), (2, 0, 1));
        assert_eq!(of("idle"), (1, 1, 1));
        assert_eq!(of("group"), (0, 0, 3));
    }

    #[test]
    fn idle_is_who_is_known_not_to_have_come() {
        let now = Time(100 * DAY);
        let (recent, old) = (
            Activity::Seen(Time(70 * DAY)),
            Activity::Seen(Time(70 * DAY - 1)),
        );
        let (never, unknown) = (Activity::Never, Activity::Unknown);
        let active = Some(Status::Active);
        for (status, activities, expected) in [
            (active, Some(&[recent, old][..]), (0, 1)),
            (active, Some(&[old, never]), (1, 1)),
            (active, Some(&[old, unknown]), (0, 0)),
            (active, Some(&[recent, unknown]), (0, 1)),
            (active, Some(&[]), (0, 0)),
            (active, None, (0, 0)),
            (Some(Status::Suspended), Some(&[old]), (0, 0)),
        ] {
            assert_eq!(
                idle(&people(&[(status, activities)]), now),
                expected,
                "{activities:?}"
            );
        }
    }
}
