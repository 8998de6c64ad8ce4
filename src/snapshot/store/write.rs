//! What a reading writes: blocks, what changed in them, what people share.

use super::chunk::{Chunk, Fault, Kind, MAX_CHUNK_BYTES, seal};
use super::dictionary::{Mark, Renumbered, encode_since};
use super::head::StoredBlock;
use super::log::{MANY_CHANGES, Section, encode as encode_log};
use super::people::{codes_of, encode as encode_people};
use super::renewal::{Renewal, Sight};
use super::stored::{Block, State, row_of};
use crate::snapshot::Snapshot;
use crate::snapshot::activity::UNKNOWN;

/// A block has this many people at most…
pub(super) const BLOCK_PEOPLE: usize = 2_048;
/// … or about this many activities, whichever it has first: so its activities always fit into a chunk.
const BLOCK_CODES: usize = 16_384;
/// So few people wait for others before they become a block, and a block of fewer is joined with others once it is not much
/// larger than what waits.
pub(super) const SMALL_BLOCK: usize = 512;
/// From so many chunks on the dictionary is written anew, if that halves them.
const MANY_DICTIONARY_CHUNKS: usize = 8;
/// What people share goes into a chunk of its own, and not into the journal, from so many bytes on.
const MUCH_DICTIONARY: usize = 16 * 1024;
/// A block's activities are written anew on one day of so many, and only what changed on the others…
const FOLD_DAYS: u32 = 7;
/// … but after so many days on whatever day it is.
const MAX_FOLD_DAYS: u32 = 14;

impl Renewal {
    pub(super) fn seal(
        &mut self,
        kind: Kind,
        body: &[u8],
        chunks: &mut Vec<Chunk>,
    ) -> Result<String, Fault> {
        let chunk = seal(kind, self.stamp(), body);
        if chunk.bytes.len() > MAX_CHUNK_BYTES {
            return Err(Fault::TooLarge);
        }
        let name = chunk.name.clone();
        self.hand_out(chunk, chunks);
        Ok(name)
    }

    pub(super) fn hand_out(&mut self, chunk: Chunk, chunks: &mut Vec<Chunk>) {
        self.handed.push(chunk.name.clone());
        chunks.push(chunk);
    }

    /// Writes everybody who waits, if they are enough for a block; whether they are.
    pub(super) fn write_many(&mut self, chunks: &mut Vec<Chunk>) -> Result<bool, Fault> {
        let are_many = self.pending.len() >= SMALL_BLOCK;
        if are_many {
            self.write_waiting(chunks)?;
        }
        Ok(are_many)
    }

    /// Writes everybody who waits, in blocks of much the same size.
    pub(super) fn write_waiting(&mut self, chunks: &mut Vec<Chunk>) -> Result<(), Fault> {
        let pending = std::mem::take(&mut self.pending);
        let numbers = Renumbered::same(&self.people.shared);
        let blocks = pending.len().div_ceil(BLOCK_PEOPLE).max(1);
        let size = pending.len().div_ceil(blocks);
        let (mut begin, mut codes) = (0, 0);
        for (end, row) in (1..).zip(&pending) {
            codes += row_of(*row).map_or(0, |row| self.people.codes(row.0).len());
            if end - begin >= size || codes >= BLOCK_CODES || end == pending.len() {
                let rows = pending.get(begin..end).unwrap_or_default();
                self.write_block(rows, &numbers, chunks)?;
                (begin, codes) = (end, 0);
            }
        }
        Ok(())
    }

    fn write_block(
        &mut self,
        rows: &[u32],
        numbers: &Renumbered,
        chunks: &mut Vec<Chunk>,
    ) -> Result<(), Fault> {
        let places: Vec<usize> = rows
            .iter()
            .filter_map(|row| row_of(*row))
            .map(|row| row.0)
            .collect();
        let body = encode_people(&self.people, &places, numbers);
        let people = seal(Kind::People, self.stamp(), &body);
        if people.bytes.len() > MAX_CHUNK_BYTES {
            if rows.len() < 2 {
                return Err(Fault::TooLarge);
            }
            let (first, second) = rows.split_at(rows.len() / 2);
            self.write_block(first, numbers, chunks)?;
            return self.write_block(second, numbers, chunks);
        }
        let state = State {
            dead: vec![false; places.len()],
            codes: codes_of(&self.people, &places, numbers),
        };
        let id = self.next_block;
        let state = self.seal(Kind::Activity, &state.encode(id), chunks)?;
        self.next_block = id.saturating_add(1);
        let mut block = Block::new(StoredBlock {
            id,
            people: people.name.clone(),
            state,
            since: self.next_log(),
            day: self.day(),
        });
        self.hand_out(people, chunks);
        for row in places {
            block.place(Some(row), self.people.codes(row).len());
        }
        self.blocks.push(block);
        Ok(())
    }

    /// The number of the next chunk of changes.
    pub(super) fn next_log(&self) -> u32 {
        let count = u32::try_from(self.log.len()).unwrap_or_default();
        self.base.first_log.saturating_add(count)
    }

    /// Writes what is different in some of the blocks before: a whole state where it is the day for it and everybody in the
    /// block was seen, else what changed, and at the end of the reading who is not there any more. Says which blocks got a
    /// whole state.
    pub(super) fn write_changes(
        &mut self,
        blocks: &[usize],
        is_last: bool,
        chunks: &mut Vec<Chunk>,
    ) -> Result<Vec<usize>, Fault> {
        let (mut sections, mut changes) = (Vec::new(), 0);
        let mut folded = Vec::new();
        for place in blocks.iter().copied() {
            let Some(block) = self.blocks.get(place) else {
                continue;
            };
            let section = self.section(block, is_last);
            let is_different = !section.changed.is_empty() || !section.dead.is_empty();
            if self.folds(block, is_different) {
                self.fold(place, chunks)?;
                folded.push(place);
            } else if is_different {
                if changes + section.changed.len() > MANY_CHANGES {
                    self.write_log(&std::mem::take(&mut sections), chunks)?;
                    changes = 0;
                }
                changes += section.changed.len();
                sections.push(section);
            }
        }
        self.write_log(&sections, chunks)?;
        for place in blocks {
            self.note_logged(*place);
        }
        Ok(folded)
    }

    fn write_log(&mut self, sections: &[Section], chunks: &mut Vec<Chunk>) -> Result<(), Fault> {
        if sections.is_empty() {
            return Ok(());
        }
        let body = encode_log(self.next_log(), sections);
        let name = self.seal(Kind::Changes, &body, chunks)?;
        self.log.push(name);
        let about: Vec<u32> = sections.iter().map(|section| section.block).collect();
        for block in &mut self.blocks {
            if about.binary_search(&block.stored.id).is_ok() {
                block.is_changed = true;
            }
        }
        self.log_blocks.push(about);
        Ok(())
    }

    /// What is different in a block.
    fn section(&self, block: &Block, is_last: bool) -> Section {
        let mut section = Section {
            block: block.stored.id,
            codes: block.code_count(),
            ..Section::default()
        };
        for ((place, row), start) in (0..).zip(&block.rows).zip(&block.starts) {
            let Some(row) = row_of(*row) else { continue };
            if self.sights.get(row.0) == Some(&Sight::Gone) {
                if is_last {
                    section.dead.push(place);
                }
                continue;
            }
            let codes = self.people.codes(row.0);
            let logged = logged_codes(&self.people, &self.logged, row.0, codes.len());
            for ((place, code), logged) in (*start..).zip(codes).zip(logged) {
                if code != logged {
                    section.changed.push((place, *code));
                }
            }
        }
        section
    }

    fn note_logged(&mut self, place: usize) {
        let rows = self
            .blocks
            .get(place)
            .map_or(&[][..], |block| block.rows.as_slice());
        for row in rows.iter().filter_map(|row| row_of(*row)) {
            let codes = self.people.codes(row.0);
            let start = self.people.activity_starts.get(row.0).copied();
            let start = start.and_then(|start| usize::try_from(start).ok());
            let logged = start.and_then(|start| self.logged.get_mut(start..start + codes.len()));
            if let Some(logged) = logged {
                logged.copy_from_slice(codes);
            }
        }
    }

    /// Whether it is a block's day to be written anew: each has its own, so that no day writes everything.
    fn folds(&self, block: &Block, is_different: bool) -> bool {
        let age = self.day().saturating_sub(block.stored.day);
        let is_day = self
            .day()
            .wrapping_add(block.stored.id)
            .is_multiple_of(FOLD_DAYS);
        let sight = |row: &u32| row_of(*row).and_then(|row| self.sights.get(row.0));
        (is_different || block.is_changed)
            && ((is_day && age > 0) || age >= MAX_FOLD_DAYS)
            && !block
                .rows
                .iter()
                .any(|row| sight(row) == Some(&Sight::Unseen))
    }

    fn fold(&mut self, place: usize, chunks: &mut Vec<Chunk>) -> Result<(), Fault> {
        let Some(block) = self.blocks.get(place) else {
            return Ok(());
        };
        let id = block.stored.id;
        let state = self.state(block).encode(id);
        let state = self.seal(Kind::Activity, &state, chunks)?;
        let (since, day) = (self.next_log(), self.day());
        let gone: Vec<bool> = self.gone_places(place);
        if let Some(block) = self.blocks.get_mut(place) {
            block.stored = StoredBlock {
                state,
                since,
                day,
                ..block.stored.clone()
            };
            block.is_changed = false;
            block.bury(&gone, &self.people);
        }
        Ok(())
    }

    /// Which places of a block stand for nobody any more.
    fn gone_places(&self, place: usize) -> Vec<bool> {
        let rows = self.blocks.get(place).map_or(&[][..], |block| &block.rows);
        let is_gone = |row: &u32| match row_of(*row) {
            None => true,
            Some(row) => self.sights.get(row.0) == Some(&Sight::Gone),
        };
        rows.iter().map(is_gone).collect()
    }

    /// The state of a block as it is now.
    fn state(&self, block: &Block) -> State {
        let mut state = State {
            dead: Vec::with_capacity(block.rows.len()),
            codes: Vec::with_capacity(block.code_count()),
        };
        for (row, ends) in block.rows.iter().zip(block.starts.windows(2)) {
            let row = row_of(*row).filter(|row| self.sights.get(row.0) != Some(&Sight::Gone));
            state.dead.push(row.is_none());
            match row {
                Some(row) => state.codes.extend_from_slice(self.people.codes(row.0)),
                None => {
                    let count = ends.iter().copied().reduce(|start, end| end - start);
                    let count = count.and_then(|count| usize::try_from(count).ok());
                    let codes = state.codes.len() + count.unwrap_or_default();
                    state.codes.resize(codes, UNKNOWN);
                }
            }
        }
        state
    }

    /// Writes what people share and no chunk of its own has yet, at the end of the reading.
    pub(super) fn write_dictionary(&mut self, chunks: &mut Vec<Chunk>) -> Result<(), Fault> {
        let mut entries = encode_since(&self.written, &self.people.shared);
        if !entries.is_empty() && self.dictionary.len() >= MANY_DICTIONARY_CHUNKS {
            let anew = encode_since(&Mark::default(), &self.people.shared);
            if anew.len() * 2 <= self.dictionary.len() {
                self.dictionary.clear();
                entries = anew;
            }
        }
        self.write_entries(&entries, chunks)
    }

    /// The same while the reading goes on, if it is so much that the journal should not have it.
    pub(super) fn write_much_dictionary(&mut self, chunks: &mut Vec<Chunk>) -> Result<(), Fault> {
        let entries = encode_since(&self.written, &self.people.shared);
        if entries.iter().map(Vec::len).sum::<usize>() < MUCH_DICTIONARY {
            return Ok(());
        }
        self.write_entries(&entries, chunks)
    }

    fn write_entries(&mut self, entries: &[Vec<u8>], chunks: &mut Vec<Chunk>) -> Result<(), Fault> {
        for entries in entries {
            let name = self.seal(Kind::Dictionary, entries, chunks)?;
            self.dictionary.push(name);
        }
        self.written = Mark::of(&self.people.shared);
        self.noted = self.written.clone();
        Ok(())
    }
}

fn logged_codes<'l>(
    people: &Snapshot,
    logged: &'l [u32],
    row: usize,
    count: usize,
) -> impl Iterator<Item = &'l u32> {
    let start = people.activity_starts.get(row).copied();
    let start = start.and_then(|start| usize::try_from(start).ok());
    let codes = start.and_then(|start| logged.get(start..start + count));
    codes.unwrap_or_default().iter()
}
