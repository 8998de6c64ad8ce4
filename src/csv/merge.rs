//! One person out of several rows: an export with groups has a row for each group of a person.

use crate::model::Activity;
use crate::snapshot::{Access, UserRecord};

/// On which values the rows of a person contradicted each other: no further row settles that.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Disputed([bool; 7]);

/// Adds what another row says of the same person. Where two rows contradict each other, the value is not known.
pub(super) fn merge(person: &mut UserRecord, disputed: &mut Disputed, other: UserRecord) {
    let [account_type, status, claim, mfa, name, email, added] = &mut disputed.0;
    agree(&mut person.account_type, account_type, other.account_type);
    agree(&mut person.status, status, other.status);
    agree(&mut person.claim, claim, other.claim);
    agree(&mut person.mfa, mfa, other.mfa);
    agree(&mut person.name, name, other.name);
    agree(&mut person.email, email, other.email);
    agree(&mut person.added, added, other.added);
    unite(&mut person.groups, other.groups);
    unite(&mut person.roles, other.roles);
    if let Some(others) = other.access {
        let access = person.access.get_or_insert_default();
        for other in others {
            merge_access(access, other);
        }
    }
}

fn agree<T: PartialEq>(value: &mut Option<T>, is_disputed: &mut bool, other: Option<T>) {
    match (&value, other) {
        (_, None) => {}
        (None, other) if !*is_disputed => *value = other,
        (Some(known), Some(other)) if *known != other => {
            *value = None;
            *is_disputed = true;
        }
        _ => {}
    }
}

fn unite<T: PartialEq>(list: &mut Option<Vec<T>>, other: Option<Vec<T>>) {
    if let Some(others) = other {
        let list = list.get_or_insert_default();
        for other in others {
            if !list.contains(&other) {
                list.push(other);
            }
        }
    }
}

fn merge_access(access: &mut Vec<Access>, other: Access) {
    let same =
        |known: &&mut Access| known.resource == other.resource && known.product == other.product;
    match access.iter_mut().find(same) {
        Some(known) => known.activity = later(known.activity, other.activity),
        None => access.push(other),
    }
}

/// The later of two readings of one activity. Known to be seen beats not known, which beats never.
fn later(one: Activity, other: Activity) -> Activity {
    match (one, other) {
        (Activity::Seen(one), Activity::Seen(other)) => Activity::Seen(one.max(other)),
        (Activity::Seen(time), _) | (_, Activity::Seen(time)) => Activity::Seen(time),
        (Activity::Unknown, _) | (_, Activity::Unknown) => Activity::Unknown,
        (Activity::Never, Activity::Never) => Activity::Never,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{AccountId, DirectoryId, Status, Time};

    #[test]
    fn rows_that_contradict_each_other_leave_the_value_unknown() {
        let row = |status, name: Option<&str>| UserRecord {
            status,
            name: name.map(String::from),
            ..UserRecord::unknown(AccountId("a".into()), DirectoryId("d".into()))
        };
        let (mut person, mut disputed) = (row(Some(Status::Active), None), Disputed::default());
        let mut add = |other| {
            merge(&mut person, &mut disputed, other);
            (person.status, person.name.clone())
        };
        let name = Some(String::from("A"));
        assert_eq!(
            add(row(Some(Status::Active), Some("A"))),
            (Some(Status::Active), name.clone())
        );
        assert_eq!(
            add(row(Some(Status::Suspended), None)),
            (None, name.clone())
        );
        assert_eq!(add(row(Some(Status::Suspended), None)), (None, name));
    }

    #[test]
    fn the_later_activity_counts_and_never_counts_least() {
        let seen = |time| Activity::Seen(Time(time));
        for (one, other, expected) in [
            (seen(1), seen(2), seen(2)),
            (Activity::Unknown, seen(1), seen(1)),
            (Activity::Never, seen(1), seen(1)),
            (Activity::Never, Activity::Unknown, Activity::Unknown),
            (Activity::Never, Activity::Never, Activity::Never),
        ] {
            assert_eq!(later(one, other), expected);
            assert_eq!(later(other, one), expected);
        }
    }
}
