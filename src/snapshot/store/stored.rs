//! A stored snapshot in memory, and how its chunks are read.

use super::activity;
use super::bytes::{Reader, Writer};
use super::chunk::{ChunkError, Fault, Kind, open_named};
use super::dictionary::{Known, Renumbered, decode as decode_dictionary};
use super::head::{Head, StoredBlock, fault as head_fault};
use super::log::{decode as decode_log, read_growing, write_growing};
use super::people::Block as PackedPeople;
use crate::snapshot::columns::Arrival;
use crate::snapshot::dictionary::Dictionary;
use crate::snapshot::interned::ABSENT;
use crate::snapshot::{Row, Snapshot};

/// A snapshot as it was stored, with its people and what the next one needs to be written as a difference.
#[derive(Clone, Debug, Default)]
pub struct StoredSnapshot {
    pub(super) head: Head,
    /// The numbers of what people share are those of the stored dictionary.
    pub(super) people: Snapshot,
    pub(super) blocks: Vec<Block>,
    /// The blocks that each chunk of changes is about.
    pub(super) log_blocks: Vec<Vec<u32>>,
}

/// Where the people of a stored block are.
#[derive(Clone, Debug)]
pub(super) struct Block {
    pub(super) stored: StoredBlock,
    /// The row of each place; [`ABSENT`] for people who are not there any more.
    pub(super) rows: Vec<u32>,
    /// Where the activities of each place begin among those of the block, and where the last ones end.
    pub(super) starts: Vec<u32>,
    /// The accounts of people who are not there any more, but still in the chunk.
    pub(super) gone: Vec<Box<str>>,
    /// Whether a chunk of changes has something that its state does not have.
    pub(super) is_changed: bool,
}

impl Block {
    pub(super) fn new(stored: StoredBlock) -> Block {
        Block {
            stored,
            rows: Vec::new(),
            starts: vec![0],
            gone: Vec::new(),
            is_changed: false,
        }
    }

    /// One place more; nowhere for somebody who is not there any more.
    pub(super) fn place(&mut self, row: Option<usize>, codes: usize) -> Option<()> {
        let row = row.map_or(Some(ABSENT), |row| u32::try_from(row).ok())?;
        let end = self
            .starts
            .last()?
            .checked_add(u32::try_from(codes).ok()?)?;
        self.rows.push(row);
        self.starts.push(end);
        Some(())
    }

    /// Somebody as the block's chunk has them.
    fn put(&mut self, person: Arrival<'_>, is_dead: bool, people: &mut Snapshot) -> Option<()> {
        let codes = person.access.as_ref().map_or(0, |access| access.len());
        if is_dead {
            self.gone.push(person.account.into());
            return self.place(None, codes);
        }
        let row = people.len();
        people.arrive(person);
        (people.len() > row).then_some(())?;
        self.place(Some(row), codes)
    }

    /// Takes note that its state says who is not there any more.
    pub(super) fn bury(&mut self, dead: &[bool], people: &Snapshot) {
        for (row, _) in self.rows.iter_mut().zip(dead).filter(|(_, dead)| **dead) {
            if let Some(account) = row_of(*row).and_then(|row| people.account(row)) {
                self.gone.push(account.into());
                *row = ABSENT;
            }
        }
    }

    /// How many activities its people have together.
    pub(super) fn code_count(&self) -> usize {
        let last = self.starts.last().copied().unwrap_or_default();
        usize::try_from(last).unwrap_or_default()
    }
}

/// The activities of a block and who is not there any more, as a chunk has them.
#[derive(Debug)]
pub(super) struct State {
    pub(super) dead: Vec<bool>,
    pub(super) codes: Vec<u32>,
}

impl State {
    /// As bytes, with the number of the block.
    pub(super) fn encode(&self, block: u32) -> Vec<u8> {
        let mut out = Writer::default();
        out.number(block);
        out.length(self.dead.len());
        let dead: Vec<u32> = (0..)
            .zip(&self.dead)
            .filter_map(|(place, is_dead)| is_dead.then_some(place))
            .collect();
        write_growing(&dead, &mut out);
        activity::encode(&self.codes, &mut out);
        out.bytes
    }

    fn decode(block: u32, body: &[u8]) -> Option<State> {
        let mut reader = Reader::new(body);
        if reader.number()? != block {
            return None;
        }
        let count = reader
            .length()
            .filter(|count| *count <= super::people::MAX_PEOPLE)?;
        let mut dead = vec![false; count];
        for place in read_growing(&mut reader)? {
            *dead.get_mut(usize::try_from(place).ok()?)? = true;
        }
        let codes = activity::decode(&mut reader)?;
        reader.is_done().then_some(State { dead, codes })
    }
}

impl StoredSnapshot {
    /// Reads a snapshot from its chunks, which `fetch` gives by their names.
    ///
    /// # Errors
    /// The first chunk that is not there, is damaged, or does not fit the others; the head by the name `head`.
    pub fn decode(
        head: Head,
        mut fetch: impl FnMut(&str) -> Option<Vec<u8>>,
    ) -> Result<StoredSnapshot, ChunkError> {
        read_snapshot(head, &mut Chunks(&mut fetch))
    }

    /// Its people.
    pub fn people(&self) -> &Snapshot {
        &self.people
    }

    /// Its people alone.
    pub fn into_people(self) -> Snapshot {
        self.people
    }

    /// The accounts of people of whom something is stored that counts no more: they are gone, or were written anew in another
    /// block. A block is written anew when enough of it counts no more.
    pub fn gone(&self) -> impl Iterator<Item = &str> {
        let blocks = self.blocks.iter();
        blocks.flat_map(|block| block.gone.iter().map(|account| &**account))
    }

    /// Which chunks it is.
    pub fn head(&self) -> &Head {
        &self.head
    }
}

fn read_snapshot(head: Head, chunks: &mut Chunks<'_>) -> Result<StoredSnapshot, ChunkError> {
    let mut opened = Opened::begin(head, chunks)?;
    while opened.read_block(chunks)? {}
    Ok(opened.into_stored())
}

/// A snapshot of which everything is read but some blocks of people.
#[derive(Debug)]
pub(super) struct Opened {
    stored: StoredSnapshot,
    shared: Dictionary,
    numbers: Renumbered,
    /// Those of the blocks that are not read yet.
    states: std::vec::IntoIter<State>,
    /// How many blocks are read.
    read: usize,
}

impl Opened {
    pub(super) fn begin(head: Head, chunks: &mut Chunks<'_>) -> Result<Opened, ChunkError> {
        head.verify()?;
        let ids = head.blocks.iter().map(|block| block.id);
        if !ids.clone().zip(ids.skip(1)).all(|(one, next)| one < next) {
            return Err(head_fault(Fault::Content));
        }
        let mut shared = Dictionary::default();
        for name in &head.dictionary {
            chunks.dictionary(name, &mut shared, Known::Refused)?;
        }
        let numbers = Renumbered::same(&shared);
        let mut people = Snapshot::new();
        people.shared = shared.clone();
        let mut blocks = Vec::with_capacity(head.blocks.len());
        let mut states = Vec::with_capacity(head.blocks.len());
        for stored in &head.blocks {
            states.push(chunks.state(stored)?);
            blocks.push(Block::new(stored.clone()));
        }
        let log_blocks = read_log(&head, chunks, &mut blocks, &mut states)?;
        Ok(Opened {
            stored: StoredSnapshot {
                head,
                people,
                blocks,
                log_blocks,
            },
            shared,
            numbers,
            states: states.into_iter(),
            read: 0,
        })
    }

    /// Reads the next block; false where there is none.
    pub(super) fn read_block(&mut self, chunks: &mut Chunks<'_>) -> Result<bool, ChunkError> {
        let StoredSnapshot { people, blocks, .. } = &mut self.stored;
        let (Some(block), Some(state)) = (blocks.get_mut(self.read), self.states.next()) else {
            return Ok(false);
        };
        let name = block.stored.people.clone();
        chunks.read(Kind::People, &name, |body| {
            let packed = PackedPeople::unpack(body)?;
            let mut put = |people: &mut Snapshot, person: Arrival<'_>| {
                let is_dead = *state.dead.get(block.rows.len())?;
                block.put(person, is_dead, people)
            };
            packed.decode(&self.shared, &self.numbers, &state.codes, people, &mut put)?;
            (block.rows.len() == state.dead.len()).then_some(())
        })?;
        self.read += 1;
        Ok(true)
    }

    /// The chunk of the next block; nothing where all are read.
    pub(super) fn next(&self) -> Option<&str> {
        let block = self.stored.blocks.get(self.read)?;
        Some(&block.stored.people)
    }

    pub(super) fn into_stored(self) -> StoredSnapshot {
        self.stored
    }
}

/// Puts every change into the states, and says which blocks each chunk of changes is about.
fn read_log(
    head: &Head,
    chunks: &mut Chunks<'_>,
    blocks: &mut [Block],
    states: &mut [State],
) -> Result<Vec<Vec<u32>>, ChunkError> {
    let mut log_blocks = Vec::with_capacity(head.log.len());
    for (number, name) in (head.first_log..).zip(&head.log) {
        let about = chunks.read(Kind::Changes, name, |body| {
            let mut about = Vec::new();
            for section in decode_log(number, body)? {
                about.push(section.block);
                let place = head
                    .blocks
                    .binary_search_by_key(&section.block, |block| block.id);
                // A block that was written anew since, as a whole or its state.
                let Ok(place) = place else { continue };
                let (block, state) = (blocks.get_mut(place)?, states.get_mut(place)?);
                if number < block.stored.since {
                    continue;
                }
                block.is_changed = true;
                for place in section.dead {
                    *state.dead.get_mut(usize::try_from(place).ok()?)? = true;
                }
                for (place, code) in section.changed {
                    *state.codes.get_mut(usize::try_from(place).ok()?)? = code;
                }
            }
            Some(about)
        })?;
        log_blocks.push(about);
    }
    Ok(log_blocks)
}

/// Chunks by their names.
pub(super) struct Chunks<'f>(pub(super) &'f mut dyn FnMut(&str) -> Option<Vec<u8>>);

impl Chunks<'_> {
    pub(super) fn dictionary(
        &mut self,
        name: &str,
        shared: &mut Dictionary,
        known: Known,
    ) -> Result<(), ChunkError> {
        self.read(Kind::Dictionary, name, |body| {
            decode_dictionary(body, shared, known)
        })
    }

    pub(super) fn state(&mut self, block: &StoredBlock) -> Result<State, ChunkError> {
        self.read(Kind::Activity, &block.state, |body| {
            State::decode(block.id, body)
        })
    }

    pub(super) fn read<T>(
        &mut self,
        kind: Kind,
        name: &str,
        decode: impl FnOnce(&[u8]) -> Option<T>,
    ) -> Result<T, ChunkError> {
        let failed = |fault| ChunkError {
            chunk: name.to_owned(),
            fault,
        };
        let bytes = (self.0)(name).ok_or_else(|| failed(Fault::Missing))?;
        let body = open_named(kind, name, &bytes).map_err(failed)?;
        decode(body).ok_or_else(|| failed(Fault::Content))
    }
}

/// The position of a row number.
pub(super) fn row_of(number: u32) -> Option<Row> {
    if number == ABSENT {
        return None;
    }
    usize::try_from(number).ok().map(Row)
}
