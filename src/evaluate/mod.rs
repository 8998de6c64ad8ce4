//! A policy on a snapshot: who matches, who is not known, and why.
//!
//! Names are resolved once, when a policy is compiled for a snapshot; conditions on groups are decided once for every
//! distinct set of groups. What then is left for each person is a walk over a small tree.

mod compile;
mod reason;
mod verdict;

pub use compile::{CompileError, Compiled, compile};
pub use verdict::Reach;
