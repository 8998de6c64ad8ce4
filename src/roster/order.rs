//! In which order people are shown.

use std::cmp::Ordering;

use super::{Roster, count, index};
use crate::snapshot::{NEVER, Row};

/// What people are put in order by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(
    feature = "types",
    derive(ts_rs::TS),
    ts(rename = "RosterColumn", rename_all = "camelCase")
)]
pub enum Column {
    /// The name, whatever its case and marks.
    Name,
    /// The e-mail address.
    Email,
    /// When they were seen last in anything: never used before the longest ago, not known last.
    LastSeen,
    /// When they were added.
    Added,
    /// The status, in the order in which access is taken.
    Status,
    /// How many products they hold an access to.
    Products,
}

impl Column {
    /// Reads its name.
    pub fn parse(name: &str) -> Option<Column> {
        Some(match name {
            "name" => Column::Name,
            "email" => Column::Email,
            "lastSeen" => Column::LastSeen,
            "added" => Column::Added,
            "status" => Column::Status,
            "products" => Column::Products,
            _ => return None,
        })
    }
}

/// The key of whoever has no value: last, whatever the direction.
const ABSENT: u64 = u64::MAX;

/// A row on its way into order.
struct Place {
    key: u64,
    /// Where it stood before: what is equal stays as it was.
    before: u32,
    row: u32,
}

impl Roster {
    /// Puts everybody in order by a column; whoever is equal in it stays as they were, whoever has no value comes last.
    pub fn sort(&mut self, column: Column, descending: bool) {
        let turned = |key: u64| {
            if descending && key != ABSENT {
                ABSENT - 1 - key
            } else {
                key
            }
        };
        let rows = (0..).zip(&self.order);
        let mut places: Vec<Place> = rows
            .map(|(before, row)| Place {
                key: turned(self.key(column, index(*row))),
                before,
                row: *row,
            })
            .collect();
        let field = match column {
            Column::Name => Some(0),
            Column::Email => Some(1),
            _ => None,
        };
        places.sort_unstable_by(|one, other| {
            let keys = one.key.cmp(&other.key);
            let texts = match field {
                Some(field) if keys == Ordering::Equal && one.key != ABSENT => {
                    let texts = self.text(one.row, field).cmp(self.text(other.row, field));
                    if descending { texts.reverse() } else { texts }
                }
                _ => keys,
            };
            texts.then(one.before.cmp(&other.before))
        });
        self.order.clear();
        self.order.extend(places.iter().map(|place| place.row));
        self.show();
    }

    /// A number that goes before others as its row does.
    fn key(&self, column: Column, row: usize) -> u64 {
        let snapshot = &self.snapshot;
        match column {
            Column::Name => beginning(self.text(count(row), 0)),
            Column::Email => beginning(self.text(count(row), 1)),
            Column::LastSeen => match snapshot.digest(row) {
                Some(digest) if digest.latest != NEVER || digest.any && !digest.unknown => {
                    u64::from(digest.latest)
                }
                // Not known, or no access at all.
                _ => ABSENT,
            },
            Column::Added => snapshot
                .added_at(row)
                .and_then(|time| u64::try_from(time.0).ok())
                .unwrap_or(ABSENT),
            Column::Status => snapshot
                .status(Row(row))
                .map_or(ABSENT, |status| status as u64),
            Column::Products => match snapshot.access_codes(row) {
                Some((set, _)) => u64::from(self.products_of(set)),
                None => ABSENT,
            },
        }
    }

    /// The name or the address of a row as it is compared.
    fn text(&self, row: u32, field: usize) -> &str {
        let mut fields = self.texts.row(index(row)).split('\n');
        fields.nth(field).unwrap_or_default()
    }

    /// How many different products are in a set of accesses.
    fn products_of(&self, set: usize) -> u32 {
        let accesses = self.snapshot.accesses();
        let set = self.snapshot.distinct_access_sets().get(set);
        let mut products: Vec<&str> = Vec::new();
        for access in set.into_iter().flatten() {
            if let Some(access) = accesses.get(index(*access))
                && !products.contains(&access.product.as_str())
            {
                products.push(&access.product);
            }
        }
        count(products.len())
    }
}

/// The first bytes of a text as a number: most texts differ there. An empty text is none.
fn beginning(text: &str) -> u64 {
    if text.is_empty() {
        return ABSENT;
    }
    let mut bytes = [0; 8];
    for (place, byte) in bytes.iter_mut().zip(text.bytes()) {
        *place = byte;
    }
    // No text begins with bytes that are all set, and none with those that stand before them.
    u64::from_be_bytes(bytes)
}
