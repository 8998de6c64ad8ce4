//! Which chunks make a snapshot.

use serde::{Deserialize, Serialize};

use super::bytes::Writer;
use super::chunk::{ChunkError, Fault, Kind, name_of};
use crate::json;

/// The most bytes of a segment of a head: below the limit of a value (RULES R16) even with every quotation mark doubled.
const SEGMENT_BYTES: usize = 150_000;

/// Which chunks make a snapshot. Small: it is stored beside the settings.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Head {
    /// The checksum over everything else, so that no name can be missing, doubled or in another's place.
    pub sum: String,
    /// The chunks of what people share, in order.
    pub dictionary: Vec<String>,
    /// The blocks of people, in the order of their numbers.
    pub blocks: Vec<StoredBlock>,
    /// The number of the next block.
    pub next_block: u32,
    /// The chunks of what changed in blocks, in order.
    pub log: Vec<String>,
    /// The number of the first of them.
    pub first_log: u32,
}

/// The chunks of a block of people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct StoredBlock {
    /// Its number, which no other block ever has.
    pub id: u32,
    /// Who they are and what they hold.
    pub people: String,
    /// When they were seen, and who of them is not there any more.
    pub state: String,
    /// The number of the first chunk of changes that the state does not have.
    pub since: u32,
    /// When the state was written, in days since 1970.
    pub day: u32,
}

impl Head {
    /// The names of all chunks.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        let blocks = self
            .blocks
            .iter()
            .flat_map(|block| [&block.people, &block.state]);
        let names = self.dictionary.iter().chain(blocks).chain(&self.log);
        names.map(String::as_str)
    }

    /// The head with its checksum.
    pub(super) fn summed(mut self) -> Head {
        self.sum = self.sum_now();
        self
    }

    fn sum_now(&self) -> String {
        let mut content = Writer::default();
        let names = |names: &[String], out: &mut Writer| {
            out.length(names.len());
            for name in names {
                out.text(name);
            }
        };
        names(&self.dictionary, &mut content);
        content.length(self.blocks.len());
        for block in &self.blocks {
            content.text(&block.people);
            content.text(&block.state);
            for number in [block.id, block.since, block.day] {
                content.number(number);
            }
        }
        content.number(self.next_block);
        names(&self.log, &mut content);
        content.number(self.first_log);
        name_of(Kind::Head, &content.bytes)
    }

    /// Whether it is as it was written; the head of no snapshot has no checksum.
    pub(super) fn verify(&self) -> Result<(), ChunkError> {
        if self.sum == self.sum_now() || *self == Head::default() {
            return Ok(());
        }
        Err(fault(Fault::Checksum))
    }

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
    /// [`Fault::Content`] or [`Fault::Checksum`] where a segment is missing or is another one's.
    pub fn from_segments(segments: &[String]) -> Result<Head, ChunkError> {
        let text = segments.concat();
        let head: Head = json::read(&text).map_err(|_| fault(Fault::Content))?;
        head.verify()?;
        Ok(head)
    }
}

/// A fault of the head itself.
pub(super) fn fault(fault: Fault) -> ChunkError {
    ChunkError {
        chunk: String::from("head"),
        fault,
    }
}
