//! Some dozens of people, as a table paints them.

use serde::Serialize;

use super::accesses::together;
use super::{Roster, index};
use crate::model::{Claim, Status, Time};
use crate::snapshot::{NEVER, Row};

/// A row of the table: a person in one directory.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct RosterRow {
    /// The account id.
    pub account: String,
    /// The name, if it is known.
    pub name: Option<String>,
    /// The e-mail address, if it is known.
    pub email: Option<String>,
    /// The status, if it is known.
    pub status: Option<Status>,
    /// Managed or external, if it is known.
    pub claim: Option<Claim>,
    /// The directory by its name, or by its id where the name is not known.
    pub directory: Option<String>,
    /// Whether another directory lists the account too.
    pub elsewhere: bool,
    /// When they were added to the organization, if it is known.
    #[cfg_attr(feature = "types", ts(type = "string | null"))]
    pub added: Option<Time>,
    /// When they were seen last in anything.
    pub last_seen: LastSeen,
    /// What they hold an access to; nothing where it is not known.
    pub accesses: Option<Vec<RosterAccess>>,
}

/// An access as a table shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct RosterAccess {
    /// The product's key.
    pub product: String,
    /// The site by its host, or by its cloud id where the host is not known; nothing for an access without a site.
    pub site: Option<String>,
    /// When it was used last.
    pub last_seen: LastSeen,
}

/// When somebody was seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct LastSeen {
    /// What is known.
    pub state: SeenState,
    /// When, where they were seen.
    #[cfg_attr(feature = "types", ts(type = "string | null"))]
    pub at: Option<Time>,
    /// Whether they may have been seen later: one of several accesses is not known.
    pub or_later: bool,
}

/// What is known of when somebody was seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum SeenState {
    /// Seen.
    Seen,
    /// Known to be never seen.
    Never,
    /// Not known.
    Unknown,
    /// There is no access.
    None,
}

impl LastSeen {
    /// What some activities say together, in their codes; nothing where the accesses are not known.
    pub(super) fn of(codes: Option<&[u32]>) -> LastSeen {
        let (state, at, or_later) = match codes.map(together) {
            None => (SeenState::Unknown, None, false),
            Some(None) => (SeenState::None, None, false),
            Some(Some((NEVER, true))) => (SeenState::Unknown, None, false),
            Some(Some((NEVER, false))) => (SeenState::Never, None, false),
            Some(Some((latest, or_later))) => {
                (SeenState::Seen, Some(Time(i64::from(latest))), or_later)
            }
        };
        LastSeen {
            state,
            at,
            or_later,
        }
    }
}

impl Roster {
    /// Some of the rows that are shown, from a place on.
    pub fn rows(&self, from: u32, most: u32) -> Vec<RosterRow> {
        let rows = self.some(from, most);
        rows.filter_map(|row| self.row(row)).collect()
    }

    /// One row.
    pub(super) fn row(&self, row: Row) -> Option<RosterRow> {
        let snapshot = &self.snapshot;
        let class = snapshot.class(row)?;
        let codes = snapshot.access_codes(row.0);
        Some(RosterRow {
            account: snapshot.account(row)?.to_owned(),
            name: snapshot.name(row).map(String::from),
            email: snapshot.email(row).map(String::from),
            status: class.status,
            claim: class.claim,
            directory: self.directory_of(row),
            elsewhere: snapshot.is_in_several_directories(row),
            added: snapshot.added(row),
            last_seen: LastSeen::of(codes.map(|(_, codes)| codes)),
            accesses: codes.map(|(set, codes)| self.accesses_of(set, codes)),
        })
    }

    /// The directory of a row by its name, or else by its id.
    pub(super) fn directory_of(&self, row: Row) -> Option<String> {
        let class = self.snapshot.class(row)?;
        let id = self
            .snapshot
            .directory_of(class)
            .filter(|id| id.is_known())?;
        let name = self.snapshot.directory_name(class);
        Some(name.unwrap_or(id.as_str()).to_owned())
    }

    fn accesses_of(&self, set: usize, codes: &[u32]) -> Vec<RosterAccess> {
        let mut accesses = Vec::new();
        let set = self.snapshot.distinct_access_sets().get(set);
        for (access, code) in set.into_iter().flatten().zip(codes) {
            let Some(access) = self.snapshot.accesses().get(index(*access)) else {
                continue;
            };
            accesses.push(RosterAccess {
                product: access.product.clone(),
                site: access
                    .resource
                    .site()
                    .map(|site| self.host(site).to_owned()),
                last_seen: LastSeen::of(Some(&[*code])),
            });
        }
        accesses
    }
}
