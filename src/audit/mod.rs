//! The log: entries in canonical form, chained by their hashes, and their verification (RULES R14).

mod canonical;
mod chain;
mod entry;

pub use canonical::{canonical, sha256_hex};
pub use chain::{LogVerification, StoredEntry, genesis, seal, verify};
pub use entry::{Actor, Entry, LogAction, Outcome};
