//! Writing to people: whom mail reaches, what they were told already, and how it is said.
//!
//! Jira sends the mail, as a notification of an issue that the administrator chose. Its answer is all that is ever known of a
//! message: so a warning counts only when Jira accepted it for somebody who is active on the site (RULES R3), and one whose
//! answer was lost is neither counted nor sent again as if nothing had been.

mod book;
mod reach;

pub(super) use book::{Restored, RestoredBook};
pub(super) use reach::{has_jira, reach};
