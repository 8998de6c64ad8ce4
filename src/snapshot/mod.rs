//! The directory as columns: built as a stream from API pages, stored in parts, read back, looked up.
//!
//! A snapshot is what a policy is decided on. Names, e-mail addresses, groups, roles and accesses are kept once and
//! referred to by number; sets of groups, roles and accesses that many people share are kept once as sets.

mod columns;
mod interned;
mod part;

pub use columns::{Access, Group, Row, Site, Snapshot, UserRecord};
pub use part::{MAX_PART_BYTES, PartError, decode_part, encode_parts};
