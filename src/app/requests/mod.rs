//! Issues that ask for an access back that a policy took: requests of a help desk, or any others whose workflow says so.
//!
//! Whoever lost an access may not be able to log in, so others ask for them. Who decided is read from the issue's own history,
//! and whose access it is from a field of it; nothing that a caller says counts (docs/decisions/0018).

mod answer;
mod book;
mod say;
mod transition;

pub(super) use book::{Requested, note_begun, note_further, search_warning};
pub(super) use say::say;
pub(super) use transition::look;
pub use transition::transition;
