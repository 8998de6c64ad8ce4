//! The directory as columns: built as a stream from API pages, stored in chunks, read back, looked up.
//!
//! A snapshot is what a policy is decided on. What many people share (groups, roles, accesses, profiles, mail domains)
//! is kept once and referred to by number, so that a condition on it is decided once for each distinct set.

mod columns;
mod interned;
mod part;
mod read;
mod record;
mod texts;

pub use columns::{Arrival, Class, Row, Snapshot};
pub(crate) use columns::{NEVER, UNKNOWN};
pub use part::{MAX_PART_BYTES, PartError, decode_part, encode_parts};
pub use record::{Access, AccessKind, Group, Origin, Site, UserRecord};
