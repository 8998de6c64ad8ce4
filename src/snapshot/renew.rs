//! Rows that are renewed in place: a person read again, a person who is gone.

use super::activity::NO_ACTIVITY;
use super::columns::{Class, Row, Snapshot};
use super::record::UserRecord;
use crate::model::Status;

impl Snapshot {
    /// The row of an account in the directory of a number.
    pub(super) fn row_in(&self, account: &str, directory: u32) -> Option<Row> {
        let mut rows = self.find_all(account);
        rows.find(|row| {
            self.class(*row)
                .is_some_and(|class| class.directory == directory)
        })
    }

    /// Adds a person whose row before, if there is one, was vacated; the new row.
    pub(super) fn push_anew(&mut self, user: &UserRecord) -> Option<Row> {
        let row = self.len();
        self.push(user);
        (self.len() > row).then_some(Row(row))
    }

    /// Makes a row one that nobody finds by its account.
    pub(super) fn vacate(&mut self, row: Row) {
        let Some(account) = self.accounts.get(row.0) else {
            return;
        };
        let is_row = |known: &u32| usize::try_from(*known).is_ok_and(|known| known == row.0);
        let hash = super::interned::hash_of(account);
        if let Ok(entry) = self.positions.find_entry(hash, is_row) {
            entry.remove();
        }
    }

    /// Sets the status at a position: a directory's own instead of the one over all directories, or that it is not known.
    pub fn set_status(&mut self, row: Row, status: Option<Status>) {
        let Some(class) = self.class(row) else {
            return;
        };
        let class = Class { status, ..*class };
        let number = self.distinct_classes.number(&class);
        if let Some(place) = self.classes.get_mut(row.0) {
            *place = number;
        }
    }

    /// Sets the codes of a row's activities, as many as it has accesses.
    pub(super) fn set_codes(&mut self, row: usize, codes: &[u32]) {
        let start = self.activity_starts.get(row).copied();
        let Some(start) = start.and_then(|start| usize::try_from(start).ok()) else {
            return;
        };
        let places = self.activities.get_mut(start..start + codes.len());
        let Some(places) = places.filter(|places| !places.is_empty()) else {
            return;
        };
        places.copy_from_slice(codes);
        let mut digest = NO_ACTIVITY;
        for code in codes {
            digest = digest.and(*code);
        }
        if let (Some(latest), Some(flags)) =
            (self.latest.get_mut(row), self.digest_flags.get_mut(row))
        {
            (*latest, *flags) = (digest.latest, digest.flags());
        }
    }

    /// The snapshot of some of its rows, in their order.
    pub(super) fn of_rows(mut self, rows: impl Iterator<Item = usize>) -> Snapshot {
        let mut kept = Snapshot {
            origin: std::mem::take(&mut self.origin),
            shared: std::mem::take(&mut self.shared),
            distinct_group_sets: std::mem::take(&mut self.distinct_group_sets),
            distinct_role_sets: std::mem::take(&mut self.distinct_role_sets),
            distinct_access_sets: std::mem::take(&mut self.distinct_access_sets),
            distinct_classes: std::mem::take(&mut self.distinct_classes),
            ..Snapshot::default()
        };
        for row in rows {
            kept.copy(&self, row);
        }
        kept
    }

    /// Copies a row of a snapshot whose numbers are the same.
    fn copy(&mut self, from: &Snapshot, row: usize) -> Option<()> {
        let class = *from.classes.get(row)?;
        let directory = self.distinct_classes.get(class)?.directory;
        let account = from.accounts.get(row)?;
        if !self.take_position(account, directory) {
            return None;
        }
        self.accounts.push(Some(account));
        self.names.push(from.names.get(row));
        self.emails.push(from.emails.get(row));
        self.classes.push(class);
        self.domains.push(*from.domains.get(row)?);
        self.added.push(*from.added.get(row)?);
        self.profiles.push(*from.profiles.get(row)?);
        self.group_sets.push(*from.group_sets.get(row)?);
        self.access_sets.push(*from.access_sets.get(row)?);
        let start = u32::try_from(self.activities.len()).ok()?;
        self.activity_starts.push(start);
        self.activities.extend_from_slice(from.codes(row));
        self.latest.push(*from.latest.get(row)?);
        self.digest_flags.push(*from.digest_flags.get(row)?);
        Some(())
    }

    /// The codes of a row's activities; none where the accesses are not known.
    pub(super) fn codes(&self, row: usize) -> &[u32] {
        self.access_codes(row).map_or(&[], |(_, codes)| codes)
    }
}
