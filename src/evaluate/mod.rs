//! A policy on a snapshot: who matches, who is not known, and why.
//!
//! Names and ages are resolved once, when a policy is compiled for a snapshot. A condition on what many people share
//! (groups, roles, accesses, profiles, mail domains) is decided once for each distinct set. Everybody's verdict is then
//! computed 64 rows at a time into two sets of bits, true and unknown, each condition only where it still matters.

mod bits;
mod compile;
mod context;
mod deciding;
mod explain;
mod leaf;
mod members;
mod program;
mod reason;
mod shared;
mod verdict;

pub use bits::Rows;
pub use compile::{CompileError, Compiled, compile};
pub use context::{Context, FieldValues, LIST_MAX_AGE, LIST_MAX_AGE_DAYS, LookedUp, NamedList};
pub use deciding::{Deciding, deciding};
pub use explain::{Explained, Explanation, Reading};
pub use verdict::{Reach, Verdicts};
