//! The policy document: what an administrator writes, reviews in a pull request, and stores.
//!
//! `read` turns JSON text into a [`Policy`] or into every mistake in it; `describe` says it in plain words. What a
//! condition means for a person is decided in `evaluate`.

mod describe;
mod document;
mod json;
mod pattern;
mod read;
mod read_condition;
mod reader;
mod span;

pub use describe::describe;
pub(crate) use describe::selection;
pub use document::{Condition, Idle, Limits, POLICY_VERSION, Policy, Schedule, Stage};
pub use pattern::Pattern;
pub use read::read;
pub use read_condition::MAX_NESTING;
pub use reader::PolicyError;
pub use span::Span;
