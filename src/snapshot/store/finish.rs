//! The end of a reading: who is gone, which blocks are written anew, and which chunks make the snapshot then.

use super::chunk::{Chunk, Fault};
use super::head::Head;
use super::renewal::{Encoded, Renewal, Sight, Unseen};
use super::stored::{Block, row_of};
use super::write::{BLOCK_PEOPLE, SMALL_BLOCK};
use crate::snapshot::{Row, Snapshot};

/// A block is written anew when more than one of so many of its people are not there any more…
const DEAD_SHARE: usize = 8;
/// … but never more people in one reading than one of so many…
const REWRITTEN_SHARE: usize = 48;
/// … or so many in all, if that is more.
const REWRITTEN_PEOPLE: usize = BLOCK_PEOPLE;

impl Renewal {
    /// Ends the reading.
    ///
    /// # Errors
    /// [`Fault::TooLarge`] for a person who alone is too much for a chunk.
    pub fn finish(mut self, unseen: Unseen) -> Result<Encoded, Fault> {
        if unseen == Unseen::Gone {
            for row in 0..self.base_rows {
                if self.sights.get(row) == Some(&Sight::Unseen) {
                    self.decide(Row(row), Sight::Gone);
                }
            }
        }
        let mut chunks = Vec::new();
        self.dissolve_blocks();
        let blocks: Vec<usize> = (0..self.base_blocks).collect();
        self.write_changes(&blocks, true, &mut chunks)?;
        self.write_waiting(&mut chunks)?;
        self.write_dictionary(&mut chunks)?;
        Ok(self.into_encoded(chunks))
    }

    fn into_encoded(mut self, chunks: Vec<Chunk>) -> Encoded {
        let first_log = self.drop_old_log();
        let head = Head {
            sum: String::new(),
            dictionary: self.dictionary,
            blocks: self
                .blocks
                .iter()
                .map(|block| block.stored.clone())
                .collect(),
            next_block: self.next_block,
            log: self.log,
            first_log,
        }
        .summed();
        let stored = self.base.names().map(String::from).chain(self.handed);
        let unused = stored
            .filter(|name| !head.names().any(|known| known == name))
            .collect();
        Encoded {
            people: people_of(self.people, &self.blocks, &self.sights),
            unused,
            chunks,
            head,
        }
    }

    /// How many people of a block are there.
    fn live(&self, block: &Block) -> usize {
        let rows = block.rows.iter().filter_map(|row| row_of(*row));
        rows.filter(|row| self.sights.get(row.0) != Some(&Sight::Gone))
            .count()
    }

    /// Lets the people of some blocks wait to be written again: of those that hold somebody who must not be stored, of
    /// those with many who are not there any more, and of small ones.
    fn dissolve_blocks(&mut self) {
        let total: usize = self.blocks.iter().map(|block| self.live(block)).sum();
        let mut budget = REWRITTEN_PEOPLE.max(total / REWRITTEN_SHARE);
        let mut place = 0;
        while let Some(block) = self.blocks.get(place) {
            let (live, all) = (self.live(block), block.rows.len());
            let is_worn = (all - live) * DEAD_SHARE > all && live <= budget;
            if live == 0 || self.has_forgotten(block) {
                self.dissolve(place);
            } else if is_worn {
                budget -= live;
                self.dissolve(place);
            } else {
                place += 1;
            }
        }
        while let Some(place) = self.joinable() {
            self.dissolve(place);
        }
    }

    /// A small block that is not much larger than what waits to be written anyway: so each person is written few times
    /// before they are in a block of full size.
    fn joinable(&self) -> Option<usize> {
        let waiting = self.pending.len();
        self.blocks.iter().position(|block| {
            let live = self.live(block);
            live < SMALL_BLOCK && live <= 2 * waiting
        })
    }

    fn dissolve(&mut self, place: usize) {
        if place < self.base_blocks {
            self.base_blocks -= 1;
        }
        let block = self.blocks.remove(place);
        for row in block.rows {
            if row_of(row).is_some_and(|row| self.sights.get(row.0) != Some(&Sight::Gone)) {
                self.pending.push(row);
            }
        }
    }

    /// Drops the oldest chunks of changes as far as every block has what they say; the number of the first that is left.
    fn drop_old_log(&mut self) -> u32 {
        let mut first = self.base.first_log;
        let blocks = &self.blocks;
        let is_needed = |number: u32, about: &Vec<u32>| {
            about.iter().any(|id| {
                let place = blocks.binary_search_by_key(id, |block| block.stored.id);
                let block = place.ok().and_then(|place| blocks.get(place));
                block.is_some_and(|block| block.stored.since <= number)
            })
        };
        let mut dropped = 0;
        for about in &self.log_blocks {
            if is_needed(first, about) {
                break;
            }
            first = first.saturating_add(1);
            dropped += 1;
        }
        self.log = self.log.split_off(dropped.min(self.log.len()));
        first
    }
}

/// Everybody who is there, in the order of the blocks.
fn people_of(people: Snapshot, blocks: &[Block], sights: &[Sight]) -> Snapshot {
    let rows = blocks.iter().flat_map(|block| &block.rows);
    let rows = rows.filter_map(|row| row_of(*row)).map(|row| row.0);
    let is_there = |row: &usize| sights.get(*row) != Some(&Sight::Gone);
    people.of_rows(rows.filter(is_there))
}
