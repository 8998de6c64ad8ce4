//! The log: entries in canonical form, chained by their hashes, and their verification (RULES R14).

mod action;
mod canonical;
mod chain;
mod entry;

pub use action::LogAction;
pub use canonical::{canonical, sha256_hex};
pub use chain::{LogVerification, StoredEntry, genesis, seal, verify};
pub use entry::{Actor, ApprovedBy, Entry, Outcome};
