//! Everybody of a snapshot as the page shows them: filtered while somebody types, put in order, counted, looked at.
//!
//! Everything is decided on the columns, most of it once for what many people share. What is shown leaves as a few dozen rows at
//! a time. A filter shows whom it is true for; whoever it is not decided for is shown by asking for `unknown`, never otherwise.

mod accesses;
mod export;
mod facets;
mod filter;
mod fold;
mod haystack;
mod marks;
mod order;
mod own_names;
mod panel;
mod policies;
mod rows;
mod select;
#[cfg(test)]
mod tests;

pub use facets::{AccessCount, Facets, NamedCount};
pub use filter::{ActivityFilter, ActivityKind, Filter, PolicyFilter, RowTruth, Seat};
pub use marks::Marked;
pub use order::Column;
pub use panel::{Panel, PanelAccess, PanelGroup, PanelListing};
pub use policies::{PolicyPreview, PreviewedPerson};
pub use rows::{LastSeen, RosterAccess, RosterRow, SeenState};

use crate::atlassian::Seats;
use crate::evaluate::{CompileError, FieldValues, LookedUp, NamedList, Rows, Verdicts};
use crate::model::Time;
use crate::policy::PolicyError;
use crate::snapshot::{Row, Site, Snapshot};
use haystack::Haystack;

/// Why the roster cannot answer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RosterError {
    /// A policy document has mistakes.
    #[error("the policy has {} mistakes, the first at {}", .0.len(), .0.first().map_or("$", |error| error.path.as_str()))]
    Policy(Vec<PolicyError>),
    /// A policy cannot be decided on these people.
    #[error(transparent)]
    Compile(#[from] CompileError),
    /// A set of people that a filter names was not given.
    #[error("there is no set of people called `{0}`: give it before it is asked for")]
    NoSuchSet(String),
}

/// Everybody of a snapshot, a filter on them and an order.
#[derive(Debug)]
pub struct Roster {
    snapshot: Snapshot,
    sites: Vec<Site>,
    grants: Seats,
    now: Time,
    /// Names and e-mail addresses.
    texts: Haystack,
    /// Account ids.
    accounts: Haystack,
    lists: Vec<NamedList>,
    fields: Vec<FieldValues>,
    looked_up: LookedUp,
    marks: Vec<(String, Rows)>,
    verdicts: Vec<(String, Verdicts)>,
    last: Option<Filtered>,
    /// Every row, in the order that was asked for last.
    order: Vec<u32>,
    /// The rows that the filter lets through, in that order.
    shown: Vec<u32>,
}

/// What a filter let through.
#[derive(Debug)]
struct Filtered {
    filter: Filter,
    /// By everything but the text.
    without_text: Rows,
    rows: Rows,
}

impl Roster {
    /// Everybody, by nothing filtered, in the order of the snapshot. Ages are counted from `now`.
    pub fn new(snapshot: Snapshot, sites: Vec<Site>, grants: Seats, now: Time) -> Roster {
        let mut texts = Haystack::with_room(snapshot.len());
        let mut accounts = Haystack::with_room(snapshot.len());
        for row in snapshot.rows() {
            texts.push(&[snapshot.name(row), snapshot.email(row)]);
            accounts.push(&[snapshot.account(row)]);
        }
        let order: Vec<u32> = (0..).take(snapshot.len()).collect();
        Roster {
            shown: order.clone(),
            order,
            snapshot,
            sites,
            grants,
            now,
            texts,
            accounts,
            lists: Vec::new(),
            fields: Vec::new(),
            looked_up: LookedUp::default(),
            marks: Vec::new(),
            verdicts: Vec::new(),
            last: None,
        }
    }

    /// How many people there are, each once for every directory.
    pub fn people(&self) -> u32 {
        count(self.snapshot.len())
    }

    /// How many of them the filter lets through.
    pub fn shown(&self) -> u32 {
        count(self.shown.len())
    }

    /// Filters; answers how many people are let through.
    ///
    /// # Errors
    /// A policy that cannot be decided and a set that was not given; the filter before stays then.
    pub fn filter(&mut self, filter: Filter) -> Result<u32, RosterError> {
        let is_same = |last: &mut Filtered| last.filter.is_same_but_for_text(&filter);
        let (without_text, narrower) = match self.last.take_if(is_same) {
            Some(last) => {
                let is_narrower = haystack::narrows(&last.filter.text, &filter.text);
                (last.without_text, is_narrower.then_some(last.rows))
            }
            None => (self.select(&filter)?, None),
        };
        let from = narrower.as_ref().unwrap_or(&without_text);
        let rows = haystack::find(&filter.text, &self.texts, &self.accounts, from);
        self.last = Some(Filtered {
            filter,
            without_text,
            rows,
        });
        self.show();
        Ok(self.shown())
    }

    /// Takes those whom the filter lets through out of the order.
    fn show(&mut self) {
        let Some(last) = &self.last else {
            self.shown.clone_from(&self.order);
            return;
        };
        let rows = &last.rows;
        self.shown.clear();
        let is_in = |row: &&u32| rows.contains(index(**row));
        self.shown.extend(self.order.iter().filter(is_in));
    }

    /// Some of the rows that are shown, from a place on.
    fn some(&self, from: u32, most: u32) -> impl Iterator<Item = Row> {
        let some = self.shown.iter().skip(index(from)).take(index(most));
        some.map(|row| Row(index(*row)))
    }

    /// The account ids of some of those who are shown, each once, however many directories list it.
    pub fn accounts(&self, from: u32, most: u32) -> Vec<&str> {
        let is_first = |row: &Row| !self.is_shown_before(*row);
        let rows = self.some(from, most).filter(is_first);
        rows.filter_map(|row| self.snapshot.account(row)).collect()
    }

    /// Whether a row is shown that comes before in the snapshot and is of the same account.
    fn is_shown_before(&self, row: Row) -> bool {
        if !self.snapshot.is_in_several_directories(row) {
            return false;
        }
        let account = self.snapshot.account(row).unwrap_or_default();
        let mut others = self.snapshot.find_all(account);
        others.any(|other| {
            let rows = self.last.as_ref().map(|last| &last.rows);
            other < row && rows.is_none_or(|rows| rows.contains(other.0))
        })
    }

    /// The host of a site, or the cloud id of one that is not listed.
    fn host<'a>(&'a self, cloud_id: &'a str) -> &'a str {
        let site = self.sites.iter().find(|site| site.cloud_id == cloud_id);
        site.map_or(cloud_id, |site| site.host.as_str())
    }
}

fn count(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

fn index(number: u32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}
