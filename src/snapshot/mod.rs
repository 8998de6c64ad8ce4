//! The directory as columns: built as a stream from API pages, stored in chunks, read back, looked up.
//!
//! A snapshot is what a policy is decided on. What many people share (groups, roles, accesses, profiles, mail domains)
//! is kept once and referred to by number, so that a condition on it is decided once for each distinct set.

mod activity;
mod columns;
mod dictionary;
mod interned;
mod read;
mod record;
mod renew;
mod store;
mod texts;

pub(crate) use activity::{Digest, NEVER, UNKNOWN};
pub use columns::{Arrival, Class, Row, Snapshot};
pub use record::{Access, AccessKind, Group, Origin, Site, UserRecord};
pub use store::{
    ArrivingSnapshot, Checkpoint, Chunk, ChunkError, Encoded, Fault, Head, MAX_CHUNK_BYTES,
    Renewal, StoredBlock, StoredSnapshot, Unseen, decode_part, encode_parts,
};
