//! A reading of the organization that renews a stored snapshot: what is learnt page by page can be kept at any moment.

use super::chunk::Chunk;
use super::dictionary::Mark;
use super::head::Head;
use super::page::Page;
use super::stored::{Block, StoredSnapshot, row_of};
use crate::model::{Activity, DAY, Time};
use crate::snapshot::activity::{NEVER, UNKNOWN};
use crate::snapshot::{Row, Snapshot, UserRecord};

/// What becomes of people whom a reading did not show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unseen {
    /// Everything was read: they are not there any more.
    Gone,
    /// Only some were read: the others are as before.
    Kept,
}

/// What keeps a reading under way.
#[derive(Debug)]
pub struct Checkpoint {
    /// The chunks to store; none of them was handed out before. They may be stored one after the other.
    pub chunks: Vec<Chunk>,
    /// What [`Renewal::resume`] goes on from: to be stored after the chunks, in place of the list before.
    pub journal: Vec<String>,
}

/// A reading that has come to its end.
#[derive(Debug)]
pub struct Encoded {
    /// Which chunks are the snapshot now: to be stored after the chunks.
    pub head: Head,
    /// The chunks to store; none of them was handed out before.
    pub chunks: Vec<Chunk>,
    /// Chunks that were stored for the snapshot before or for the reading, and that nothing refers to any more once the
    /// head is stored.
    pub unused: Vec<String>,
    /// Everybody who is in the snapshot now.
    pub people: Snapshot,
}

/// What a reading knows of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sight {
    /// As in the snapshot before.
    Unseen,
    /// As read.
    Seen,
    /// Another row stands for the person, or nobody does.
    Gone,
}

/// A reading that renews a stored snapshot.
///
/// Who is as before only gets other activities, in the row of the snapshot before; everybody else gets a row of their own,
/// which waits until enough have come together for a block.
#[derive(Debug)]
pub struct Renewal {
    /// When the reading began.
    pub(super) taken: Time,
    /// The head of the snapshot before.
    pub(super) base: Head,
    /// The rows of the snapshot before, then those of people who are new or changed.
    pub(super) people: Snapshot,
    pub(super) sights: Vec<Sight>,
    /// How many rows there were before.
    pub(super) base_rows: usize,
    /// The activities of the rows before, as chunks have them.
    pub(super) logged: Vec<u32>,
    /// The rows before of which more is known than chunks have.
    pub(super) decided: Vec<u32>,
    /// The blocks before, then those of this reading.
    pub(super) blocks: Vec<Block>,
    /// How many blocks there were before.
    pub(super) base_blocks: usize,
    pub(super) next_block: u32,
    /// The chunks of changes, and the blocks that each is about.
    pub(super) log: Vec<String>,
    pub(super) log_blocks: Vec<Vec<u32>>,
    pub(super) dictionary: Vec<String>,
    /// How far what people share is in chunks of its own…
    pub(super) written: Mark,
    /// … and how far in the journal.
    pub(super) noted: Mark,
    /// The rows that wait for a block.
    pub(super) pending: Vec<u32>,
    /// How many of them the journal has…
    pub(super) pending_noted: usize,
    /// … unless its list is not theirs any more.
    pub(super) is_pending_anew: bool,
    pub(super) journal: Vec<String>,
    /// The names of all chunks handed out.
    pub(super) handed: Vec<String>,
    /// The accounts that storage must not have.
    forgotten: Vec<String>,
}

impl Renewal {
    /// Begins to renew a snapshot; the default one for a first reading. The time is that of the reading's beginning: it
    /// says which activities are written anew on this day, and no two readings may have the same.
    pub fn of(before: StoredSnapshot, taken: Time) -> Renewal {
        let mark = Mark::of(&before.people.shared);
        Renewal {
            taken,
            sights: vec![Sight::Unseen; before.people.len()],
            base_rows: before.people.len(),
            logged: before.people.activities.clone(),
            decided: Vec::new(),
            base_blocks: before.blocks.len(),
            next_block: before.head.next_block,
            log: before.head.log.clone(),
            dictionary: before.head.dictionary.clone(),
            base: before.head,
            people: before.people,
            blocks: before.blocks,
            log_blocks: before.log_blocks,
            written: mark.clone(),
            noted: mark,
            pending: Vec::new(),
            pending_noted: 0,
            is_pending_anew: false,
            journal: Vec::new(),
            handed: Vec::new(),
            forgotten: Vec::new(),
        }
    }

    /// Takes in a page: everybody on it, in any directory. Who was seen in a directory before is left as then.
    ///
    /// An activity that the page does not know stays unknown, unless the snapshot before says "never" for the same person
    /// and product and `keeps_never` says of the account that this still holds.
    pub fn see(&mut self, page: &Snapshot, keeps_never: &dyn Fn(&str) -> bool) {
        let numbers = Page::of(page, &self.people);
        for row in page.rows() {
            let (Some(account), Some(directory)) = (page.account(row), page.directory(row)) else {
                continue;
            };
            if self.forgotten.iter().any(|known| known == account) {
                continue;
            }
            let known = self.people.shared.directories.find(directory);
            let before = known.and_then(|directory| self.people.row_in(account, directory));
            match before {
                Some(before) if self.sight(before) != Some(Sight::Unseen) => {}
                Some(before) if numbers.is_same(row, &self.people, before) => {
                    self.take_activities(&numbers, row, before, keeps_never);
                }
                before => self.take_anew(page, row, before, keeps_never),
            }
        }
        self.name_directories(page);
    }

    fn name_directories(&mut self, page: &Snapshot) {
        for (number, directory) in (0..).zip(page.shared.directories.values()) {
            if let Some(name) = page.shared.directory_name(number)
                && let Some(known) = self.people.shared.directories.find(directory)
                && self.people.shared.directory_name(known) != Some(name)
            {
                self.people.name_directory(directory, name);
            }
        }
    }

    fn sight(&self, row: Row) -> Option<Sight> {
        self.sights.get(row.0).copied()
    }

    /// Notes what became of a row of the snapshot before.
    pub(super) fn decide(&mut self, row: Row, sight: Sight) {
        if let Some(place) = self.sights.get_mut(row.0) {
            *place = sight;
        }
        self.decided.extend(u32::try_from(row.0));
    }

    fn take_activities(
        &mut self,
        page: &Page<'_>,
        row: Row,
        before: Row,
        keeps_never: &dyn Fn(&str) -> bool,
    ) {
        let mut codes = page.codes(row);
        let known = self.people.codes(before.0);
        if codes != known {
            let account = self.people.account(before).unwrap_or_default();
            for (code, known) in codes.iter_mut().zip(known) {
                if *code == UNKNOWN && *known == NEVER && keeps_never(account) {
                    *code = NEVER;
                }
            }
            self.people.set_codes(before.0, &codes);
        }
        self.decide(before, Sight::Seen);
    }

    /// Somebody who is new, or not as before: their row before stands for nobody any more.
    fn take_anew(
        &mut self,
        page: &Snapshot,
        row: Row,
        before: Option<Row>,
        keeps_never: &dyn Fn(&str) -> bool,
    ) {
        let Some(mut record) = page.record(row) else {
            return;
        };
        if let Some(before) = before {
            self.carry_never(&mut record, before, keeps_never);
            self.people.vacate(before);
            self.decide(before, Sight::Gone);
        }
        if let Some(row) = self.people.push_anew(&record) {
            self.sights.push(Sight::Seen);
            self.pending.extend(u32::try_from(row.0));
        }
    }

    fn carry_never(
        &self,
        record: &mut UserRecord,
        before: Row,
        keeps_never: &dyn Fn(&str) -> bool,
    ) {
        let accesses = self.people.accesses();
        for access in record.access.iter_mut().flatten() {
            if access.activity != Activity::Unknown {
                continue;
            }
            let known = self.people.activities(before).into_iter().flatten();
            let is_never = known
                .filter(|(_, activity)| *activity == Activity::Never)
                .filter_map(|(number, _)| accesses.get(usize::try_from(number).ok()?))
                .any(|kind| kind.resource == access.resource && kind.product == access.product);
            if is_never && keeps_never(record.account.as_str()) {
                access.activity = Activity::Never;
            }
        }
    }

    /// Drops a person from every directory and, at the end, from storage, whatever must be written anew for it; pages do
    /// not bring them back. To be said again after [`Renewal::resume`].
    pub fn forget(&mut self, account: &str) {
        let rows: Vec<Row> = self.people.find_all(account).collect();
        for row in rows {
            self.people.vacate(row);
            self.decide(row, Sight::Gone);
        }
        let (sights, waiting) = (&self.sights, self.pending.len());
        let is_there = |row: Row| sights.get(row.0) != Some(&Sight::Gone);
        self.pending
            .retain(|row| row_of(*row).is_some_and(is_there));
        if self.pending.len() < waiting {
            self.is_pending_anew = true;
        }
        self.forgotten.push(account.to_owned());
    }

    /// Whether a block has something of a person who must not be stored.
    pub(super) fn has_forgotten(&self, block: &Block) -> bool {
        self.forgotten.iter().any(|account| {
            let mut rows = block.rows.iter().filter_map(|row| row_of(*row));
            block.gone.iter().any(|gone| **gone == **account)
                || rows.any(|row| self.people.account(row) == Some(account))
        })
    }

    /// Everybody who was there before and was seen differently: their row before, and the one now, both in
    /// [`Renewal::people`]. Activities make no difference.
    pub fn changed(&self) -> impl Iterator<Item = (Row, Row)> {
        let gone = (0..self.base_rows).map(Row);
        gone.filter(|row| self.sight(*row) == Some(Sight::Gone))
            .filter_map(|before| {
                let directory = self.people.class(before)?.directory;
                let now = self
                    .people
                    .row_in(self.people.account(before)?, directory)?;
                Some((before, now))
            })
    }

    /// The people of before, and behind them those who were seen differently or for the first time.
    pub fn people(&self) -> &Snapshot {
        &self.people
    }

    /// How many people were seen, each once for every directory.
    pub fn seen(&self) -> usize {
        let seen = self.sights.iter();
        seen.filter(|sight| **sight == Sight::Seen).count()
    }

    /// Gives the reading up: the chunks that were stored for it, to which nothing refers then.
    pub fn abandon(self) -> Vec<String> {
        self.handed
    }

    /// When the reading began, as chunks have it.
    pub(super) fn stamp(&self) -> u32 {
        u32::try_from(self.taken.0).unwrap_or_default()
    }

    /// The day of the reading, counted from 1970.
    pub(super) fn day(&self) -> u32 {
        u32::try_from(self.taken.0.div_euclid(DAY)).unwrap_or_default()
    }
}
