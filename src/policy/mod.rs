//! The policy document: what an administrator writes, reviews in a pull request, and stores.
//!
//! `read` turns JSON text into a [`Policy`] or into every mistake in it; `describe` says it in plain words. What a
//! condition means for a person is decided in `evaluate`.

mod black_out;
mod by_hand;
mod check;
mod condition;
mod describe;
mod document;
mod json;
mod organization_black_outs;
mod own_names;
mod pattern;
mod phrase;
mod presets;
mod read;
mod read_access;
mod read_condition;
mod read_stage;
mod read_terms;
mod read_timetable;
mod reader;
#[cfg(feature = "types")]
mod schema;
mod span;
mod template;
mod timetable;
mod write;
mod write_timetable;

pub use black_out::BlackOut;
pub(crate) use black_out::{first_free_day, last_day};
pub use by_hand::{BY_HAND, BY_HAND_NAME, CHOSEN, is_by_hand};
pub use condition::{
    AccessHeld, Added, Condition, Idle, NeverActive, OnlyOnce, OwnField, Profile, Selection,
};
pub use describe::describe;
pub use document::{
    Approval, Confirm, Keep, Limits, POLICY_VERSION, Policy, Report, ReportWhen, Stage, Unreachable,
};
pub use organization_black_outs::OrganizationBlackOuts;
pub use own_names::OwnNames;
pub use pattern::{Pattern, Prepared};
pub use phrase::{phrase, selection};
pub use presets::{PRESETS, Preset};
pub use read::read;
pub use read_condition::MAX_NESTING;
pub use reader::{MAX_TEXT, PolicyError};
#[cfg(feature = "types")]
pub use schema::schema;
pub use span::Span;
pub use template::{DEFAULT, MOST_LANGUAGES, Template, is_language};
pub use timetable::{DayOfMonth, Schedule, Timetable, Unit};
