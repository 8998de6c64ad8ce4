//! What the organization's seats look like, in figures.

mod coverage;

pub use coverage::{FieldCount, fields, idle};

use std::collections::BTreeMap;

use crate::model::{Activity, DAY, Status, Time};
use crate::snapshot::{Site, Snapshot};

/// Seen within so many days counts as active in the figures.
const ACTIVE_DAYS: i64 = 30;

/// One product on one site.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ProductCounts {
    /// Active people who hold an access.
    pub people: u32,
    /// Of them, seen within 30 days.
    pub active: u32,
    /// Of them, seen longer ago.
    pub idle: u32,
    /// Of them, never seen.
    pub never: u32,
    /// Of them, not known.
    pub unknown: u32,
    /// Of the active people, those who take a paid seat.
    pub seats: u32,
    /// Of the active people, those of whom it is not known whether they take one.
    pub seats_unknown: u32,
}

/// Counts the people of a snapshot who are active, or of whom that is not known, by product and site host (or cloud id where the host is not known).
pub fn products(
    snapshot: &Snapshot,
    sites: &[Site],
    now: Time,
) -> BTreeMap<(String, String), ProductCounts> {
    let places: Vec<(String, String)> = snapshot
        .accesses()
        .iter()
        .map(|access| {
            let cloud_id = access.resource.site().unwrap_or_default();
            let host = sites
                .iter()
                .find(|site| site.cloud_id == cloud_id)
                .map_or(cloud_id, |site| site.host.as_str());
            (access.product.clone(), host.to_owned())
        })
        .collect();
    let mut counts = vec![ProductCounts::default(); places.len()];
    let recent = now.plus(-ACTIVE_DAYS * DAY);
    for row in snapshot.rows() {
        // Jira names the members of its groups without a status.
        if !matches!(snapshot.status(row), Some(Status::Active) | None) {
            continue;
        }
        for (number, activity) in snapshot.activities(row).into_iter().flatten() {
            let Some(count) = usize::try_from(number).ok().and_then(|n| counts.get_mut(n)) else {
                continue;
            };
            count.people += 1;
            match activity {
                Activity::Seen(time) if time >= recent => count.active += 1,
                Activity::Seen(_) => count.idle += 1,
                Activity::Never => count.never += 1,
                Activity::Unknown => count.unknown += 1,
            }
        }
    }
    let mut products: BTreeMap<_, ProductCounts> = BTreeMap::new();
    let kinds = snapshot.accesses().iter().zip(counts);
    for (place, (kind, mut count)) in places.into_iter().zip(kinds) {
        if count.people > 0 {
            match kind.seat {
                Some(true) => count.seats = count.people,
                Some(false) => {}
                None => count.seats_unknown = count.people,
            }
            products.entry(place).or_default().add(&count);
        }
    }
    products
}

impl ProductCounts {
    /// An access with a seat and one without are two kinds of access to one product.
    fn add(&mut self, other: &ProductCounts) {
        self.people += other.people;
        self.active += other.active;
        self.idle += other.idle;
        self.never += other.never;
        self.unknown += other.unknown;
        self.seats += other.seats;
        self.seats_unknown += other.seats_unknown;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{AccountId, DirectoryId, Resource};
    use crate::snapshot::{Access, UserRecord};

    #[test]
    fn accesses_with_and_without_a_seat_are_one_product() {
        let mut people = Snapshot::new();
        for (account, seat) in [("a", Some(true)), ("b", Some(false)), ("c", None)] {
            people.push(&UserRecord {
                status: Some(Status::Active),
                access: Some(vec![Access {
                    resource: Resource(String::from("ari:cloud:jira-software::site/1")),
                    product: String::from("jira-software"),
                    seat,
                    activity: Activity::Never,
                }]),
                ..UserRecord::unknown(AccountId(account.into()), DirectoryId("d".into()))
            });
        }
        let place = (String::from("jira-software"), String::from("1"));
        let expected = ProductCounts {
            people: 3,
            never: 3,
            seats: 1,
            seats_unknown: 1,
            ..ProductCounts::default()
        };
        let found = products(&people, &[], Time(0));
        assert_eq!(found, BTreeMap::from([(place, expected)]));
    }
}
