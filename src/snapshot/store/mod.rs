//! A snapshot in stored chunks: who people are apart from when they were seen, each chunk named by its content, so that
//! two days differ only in the chunks that changed.
//!
//! People stand in blocks, in the order of their accounts; a block ends where the account says so, so that somebody new
//! changes one block and no other. Of a block's activities only what changed is written, and everything anew once a
//! week.

mod activity;
mod bytes;
mod chunk;
mod dictionary;
mod identity;
mod part;
mod people;
mod renewal;
mod whole;

pub use chunk::{Chunk, ChunkError, Fault, MAX_CHUNK_BYTES};
pub use part::{decode_part, encode_parts};
pub use renewal::{Checkpoint, Encoded, Renewal, Unseen};
pub use whole::{Head, StoredBlock, StoredSnapshot};

#[cfg(test)]
mod tests;
