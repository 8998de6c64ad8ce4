//! The log: entries in canonical form, chained by their hashes, and their verification (RULES R14).

mod action;
#[cfg(feature = "evidence")]
pub mod bundle;
mod canonical;
mod chain;
mod check;
mod entry;
mod line;
#[cfg(feature = "evidence")]
mod table;
#[cfg(test)]
mod tests;

pub use action::LogAction;
pub use canonical::{canonical, sha256_hex};
pub use chain::{LogHead, StoredEntry, genesis, seal};
pub use check::{ChainCheck, LogVerification, verify, verify_from};
pub use entry::{Actor, ApprovedBy, Entry, Outcome};
pub use line::{line, read_line};
#[cfg(feature = "evidence")]
pub use table::{table_head, table_row};
