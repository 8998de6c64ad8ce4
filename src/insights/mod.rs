//! What the organization's seats look like, in figures.

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
}

/// Counts the active people of a snapshot by product and site host (or cloud id where the host is not known).
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
        if snapshot.status(row) != Some(Status::Active) {
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
    let mut products = BTreeMap::new();
    for (place, count) in places.into_iter().zip(counts) {
        products.insert(place, count);
    }
    products
}
