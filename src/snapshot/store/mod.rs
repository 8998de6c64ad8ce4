//! A snapshot in stored chunks: who people are apart from when they were seen.
//!
//! People stand in blocks, as they came in. A reading goes through what is stored: of people who are as before it notes
//! activities only, everybody else comes into a new block, and of the old ones it notes that they are not there any more.
//! A block is written anew once many of its people are gone, its activities once a week.

mod activity;
mod arriving;
mod bytes;
mod chunk;
mod dictionary;
mod finish;
mod head;
mod identity;
mod journal;
mod log;
mod page;
mod part;
mod people;
mod renewal;
mod stored;
mod write;

pub use arriving::ArrivingSnapshot;
pub use chunk::{Chunk, ChunkError, Fault, MAX_CHUNK_BYTES};
pub use head::{Head, StoredBlock};
pub use part::{decode_part, encode_parts};
pub use renewal::{Checkpoint, Encoded, Renewal, Unseen};
pub use stored::StoredSnapshot;

#[cfg(test)]
mod tests;
