//! A whole snapshot in chunks, and what of it is new since the one before.

use foldhash::fast::FixedState;
use hashbrown::HashMap;
use serde::{Deserialize, Serialize};

use super::activity;
use super::bytes::{Reader, Writer};
use super::chunk::{Chunk, ChunkError, Fault, Kind, MAX_CHUNK_BYTES, open_named, seal};
use super::dictionary::{Renumbered, adopt, decode as decode_dictionary, encode_since};
use super::people::{Block, encode as encode_people, renumber};
use crate::model::{DAY, Time};
use crate::snapshot::Snapshot;
use crate::snapshot::activity::UNKNOWN;
use crate::snapshot::dictionary::Dictionary;

/// A block has this many people at least (but for the last one)…
const MIN_BLOCK: usize = 512;
/// … then ends with every so many people on average…
const MEAN_REST: u32 = 512;
/// … and has this many at most.
const MAX_BLOCK: usize = 4_096;
/// From so many chunks on the dictionary is written anew, if that halves them.
const MANY_DICTIONARY_CHUNKS: usize = 8;
/// A block's activities are written anew on one day of so many, and only what changed on the others.
const FOLD_DAYS: i64 = 7;

/// Which chunks make a snapshot. Small: it is stored beside the settings.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Head {
    /// The chunks of what people share, in order.
    pub dictionary: Vec<String>,
    /// The blocks of people, in the order of their accounts.
    pub blocks: Vec<StoredBlock>,
}

/// The chunks of a block of people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct StoredBlock {
    /// Who they are and what they hold.
    pub people: String,
    /// When they were seen.
    pub activity: String,
    /// What changed of that since, in order.
    pub changes: Vec<String>,
}

/// The most bytes of a segment of a head.
const SEGMENT_BYTES: usize = 150_000;

impl Head {
    /// The head as texts of at most 150,000 bytes each, for storage whose values must be small.
    pub fn segments(&self) -> Vec<String> {
        let text = serde_json::to_string(self).unwrap_or_default();
        let bytes = text.as_bytes().chunks(SEGMENT_BYTES);
        bytes
            .map(|bytes| String::from_utf8_lossy(bytes).into_owned())
            .collect()
    }

    /// The head of its segments, in order.
    ///
    /// # Errors
    /// [`Fault::Content`] where a segment is missing or is another one's.
    pub fn from_segments(segments: &[String]) -> Result<Head, ChunkError> {
        serde_json::from_str(&segments.concat()).map_err(|_| ChunkError {
            chunk: String::from("head"),
            fault: Fault::Content,
        })
    }

    /// The names of all chunks.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        let blocks = self.blocks.iter().flat_map(|block| {
            [&block.people, &block.activity]
                .into_iter()
                .chain(&block.changes)
        });
        self.dictionary.iter().chain(blocks).map(String::as_str)
    }
}

/// A snapshot as it was stored: with what the next one needs to be written as a difference.
#[derive(Clone, Debug, Default)]
pub struct StoredSnapshot {
    /// Its chunks.
    pub(super) head: Head,
    shared: Dictionary,
    /// The activities of each block, in the order of its people and the dictionary's numbers.
    codes: Vec<Vec<u32>>,
    people: Snapshot,
}

/// Encodes a snapshot taken at some time, as a difference to the one before.
///
/// # Errors
/// [`Fault::TooLarge`] for a person who alone is too much for a chunk.
pub(super) fn encode(
    snapshot: &Snapshot,
    before: &StoredSnapshot,
    taken: Time,
) -> Result<(Head, Vec<Chunk>), Fault> {
    let mut shared = before.shared.clone();
    let numbers = adopt(&snapshot.shared, &mut shared);
    let mut encoder = Encoder {
        snapshot,
        numbers,
        day: taken.0.div_euclid(DAY),
        known: HashMap::default(),
        before,
        head: Head::default(),
        codes: Vec::new(),
        chunks: Vec::new(),
    };
    for (place, block) in before.head.blocks.iter().enumerate() {
        encoder.known.insert(block.people.as_str(), place);
    }
    encoder.dictionary(&shared)?;
    for rows in blocks(snapshot) {
        encoder.block(&rows)?;
    }
    Ok((encoder.head, encoder.chunks))
}

struct Encoder<'a> {
    snapshot: &'a Snapshot,
    numbers: Renumbered,
    day: i64,
    /// Where the block of each chunk of people was.
    known: HashMap<&'a str, usize, FixedState>,
    before: &'a StoredSnapshot,
    head: Head,
    codes: Vec<Vec<u32>>,
    chunks: Vec<Chunk>,
}

impl Encoder<'_> {
    fn dictionary(&mut self, shared: &Dictionary) -> Result<(), Fault> {
        let known = &self.before.head.dictionary;
        let mut entries = encode_since(&self.before.shared, shared);
        let mut kept = known.as_slice();
        if !entries.is_empty() && known.len() >= MANY_DICTIONARY_CHUNKS {
            let anew = encode_since(&Dictionary::default(), shared);
            if anew.len() * 2 <= known.len() {
                (entries, kept) = (anew, &[]);
            }
        }
        self.head.dictionary = kept.to_vec();
        for entries in entries {
            let chunk = seal(Kind::Dictionary, &entries);
            if chunk.bytes.len() > MAX_CHUNK_BYTES {
                return Err(Fault::TooLarge);
            }
            self.head.dictionary.push(chunk.name.clone());
            self.chunks.push(chunk);
        }
        Ok(())
    }

    fn block(&mut self, rows: &[usize]) -> Result<(), Fault> {
        let people = seal(
            Kind::People,
            &encode_people(self.snapshot, rows, &self.numbers),
        );
        let codes = codes_of(self.snapshot, rows, &self.numbers);
        let known = self.known.get(people.name.as_str()).copied();
        let stored = known.and_then(|place| {
            let block = self.before.head.blocks.get(place)?;
            Some((block, self.before.codes.get(place)?))
        });
        if let Some((block, before)) = stored {
            if *before == codes {
                self.head.blocks.push(block.clone());
                self.codes.push(codes);
                return Ok(());
            }
            if !self.folds(rows) && block.changes.len() < usize::try_from(FOLD_DAYS).unwrap_or(0) {
                let mut changes = Writer::default();
                activity::encode_changes(before, &codes, &mut changes);
                let changes = seal(Kind::Changes, &changes.bytes);
                // Activities that all become known at once may be too much: then the block is written anew, in halves.
                if changes.bytes.len() <= MAX_CHUNK_BYTES {
                    let mut block = block.clone();
                    block.changes.push(changes.name.clone());
                    self.head.blocks.push(block);
                    self.codes.push(codes);
                    self.chunks.push(changes);
                    return Ok(());
                }
            }
        }
        let mut activities = Writer::default();
        activity::encode(&codes, &mut activities);
        let activities = seal(Kind::Activity, &activities.bytes);
        if people.bytes.len().max(activities.bytes.len()) > MAX_CHUNK_BYTES {
            if rows.len() < 2 {
                return Err(Fault::TooLarge);
            }
            let (first, second) = rows.split_at(rows.len() / 2);
            self.block(first)?;
            return self.block(second);
        }
        self.head.blocks.push(StoredBlock {
            people: people.name.clone(),
            activity: activities.name.clone(),
            changes: Vec::new(),
        });
        self.codes.push(codes);
        if known.is_none() {
            self.chunks.push(people);
        }
        self.chunks.push(activities);
        Ok(())
    }

    /// Whether it is the block's day to be written anew: every block has its own, so that no day writes everything.
    fn folds(&self, rows: &[usize]) -> bool {
        let account = rows
            .first()
            .and_then(|row| self.snapshot.accounts.get(*row));
        let own = i64::from(mark(account.unwrap_or_default()) >> 16);
        (self.day + own).rem_euclid(FOLD_DAYS) == 0
    }
}

/// A number that follows from an account and never changes (FNV-1a, 32 bits): it says where blocks end.
fn mark(account: &str) -> u32 {
    account.bytes().fold(0x811c_9dc5, |mark, byte| {
        (mark ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    })
}

/// The rows of each block, in the order of their accounts (and of the rows, where several directories list one).
fn blocks(snapshot: &Snapshot) -> Vec<Vec<usize>> {
    let mut rows: Vec<usize> = (0..snapshot.len()).collect();
    rows.sort_by_key(|row| snapshot.accounts.get(*row));
    let mut blocks = Vec::new();
    let mut block = Vec::new();
    for row in rows {
        let is_mark =
            mark(snapshot.accounts.get(row).unwrap_or_default()).is_multiple_of(MEAN_REST);
        block.push(row);
        if (is_mark && block.len() >= MIN_BLOCK) || block.len() >= MAX_BLOCK {
            blocks.push(std::mem::take(&mut block));
        }
    }
    if !block.is_empty() {
        blocks.push(block);
    }
    blocks
}

/// The activities of some people, each person's in the order of the dictionary's numbers.
pub(super) fn codes_of(snapshot: &Snapshot, rows: &[usize], numbers: &Renumbered) -> Vec<u32> {
    let sets = snapshot.distinct_access_sets.values();
    // The order of each set that these people have: a block has few of them, a snapshot may have very many.
    let mut orders: HashMap<usize, Vec<(u32, usize)>, FixedState> = HashMap::default();
    let mut codes = Vec::new();
    for row in rows {
        let Some((set, own)) = snapshot.access_codes(*row) else {
            continue;
        };
        let order = orders.entry(set).or_insert_with(|| {
            let numbered = sets.get(set).map_or(&[][..], Vec::as_slice);
            renumber(numbered, &numbers.accesses)
        });
        for (_, slot) in order {
            codes.push(own.get(*slot).copied().unwrap_or(UNKNOWN));
        }
    }
    codes
}

impl StoredSnapshot {
    /// Reads a snapshot from its chunks, which `fetch` gives by their names.
    ///
    /// # Errors
    /// The first chunk that is not there, is damaged, or does not fit the others.
    pub fn decode(
        head: Head,
        mut fetch: impl FnMut(&str) -> Option<Vec<u8>>,
    ) -> Result<StoredSnapshot, ChunkError> {
        let mut snapshot = Snapshot::new();
        let mut shared = Dictionary::default();
        for name in &head.dictionary {
            read(&mut fetch, Kind::Dictionary, name, |body| {
                decode_dictionary(body, &mut shared)
            })?;
        }
        let numbers = adopt(&shared, &mut snapshot.shared);
        let mut codes = Vec::with_capacity(head.blocks.len());
        for block in &head.blocks {
            let own = read_activities(&mut fetch, block)?;
            read(&mut fetch, Kind::People, &block.people, |body| {
                Block::unpack(body)?.decode(&shared, &numbers, &own, &mut snapshot)
            })?;
            codes.push(own);
        }
        Ok(StoredSnapshot {
            head,
            shared,
            codes,
            people: snapshot,
        })
    }

    /// Its people.
    pub fn people(&self) -> &Snapshot {
        &self.people
    }

    /// Its people alone.
    pub fn into_people(self) -> Snapshot {
        self.people
    }

    /// Which chunks it is.
    pub fn head(&self) -> &Head {
        &self.head
    }
}

fn read_activities(
    fetch: &mut impl FnMut(&str) -> Option<Vec<u8>>,
    block: &StoredBlock,
) -> Result<Vec<u32>, ChunkError> {
    let mut codes = read(fetch, Kind::Activity, &block.activity, |body| {
        let mut reader = Reader::new(body);
        let codes = activity::decode(&mut reader)?;
        reader.is_done().then_some(codes)
    })?;
    for name in &block.changes {
        read(fetch, Kind::Changes, name, |body| {
            let mut reader = Reader::new(body);
            activity::apply_changes(&mut reader, &mut codes)?;
            reader.is_done().then_some(())
        })?;
    }
    Ok(codes)
}

fn read<T>(
    fetch: &mut impl FnMut(&str) -> Option<Vec<u8>>,
    kind: Kind,
    name: &str,
    decode: impl FnOnce(&[u8]) -> Option<T>,
) -> Result<T, ChunkError> {
    let failed = |fault| ChunkError {
        chunk: name.to_owned(),
        fault,
    };
    let bytes = fetch(name).ok_or_else(|| failed(Fault::Missing))?;
    let body = open_named(kind, name, &bytes).map_err(failed)?;
    decode(body).ok_or_else(|| failed(Fault::Content))
}
