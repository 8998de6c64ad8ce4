//! Chains of stages in storage: who is where in which policy (RULES R2).
//!
//! A policy's scheduled or ordered run is what lets people enter, counts readings and sees who left; a dry run looks and
//! remembers nothing. What was done is noted when a run ends. A policy that does everything at once needs none of this
//! ([`needs_memory`](crate::plan::needs_memory)) and stores nothing.
//!
//! Links lie in parts, each under a key of its own, and an index names the parts that count. A part is never written
//! twice: what changes becomes a new part under a name of its writer, and the index that names it is written in the
//! writer's commit. So whoever is killed before the commit has changed nothing, and does the same again.

mod abandon;
mod chain;
mod done;
mod due;
mod forget;
mod index;
mod member;
mod part;
mod show;
#[cfg(test)]
mod tests;

pub(super) use abandon::{abandon, index_deletion, sweep};
pub(super) use chain::{Unwritten, is_there, links_of};
pub(super) use done::{Done, note_done};
pub(super) use due::{Chains, Ground, Heard, due};
pub(super) use forget::{accounts, forget};
pub(super) use index::leave;
pub(super) use member::Member;
pub(super) use show::{show, standing};
