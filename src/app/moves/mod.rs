//! The experiment of moving people between directories. Atlassian has no call for it: people come into the directories of the
//! products to which they are invited. So a person is invited to a product of the other directory, looked for there, and
//! suspended in the old directory once they are seen with the product.
//!
//! Whether the person was active is not asked: an administrator asked for the move, and a second one approved it (RULES R1,
//! R9). Everything else that shelters people shelters them from this, too.

mod at;
mod begin;
mod book;
mod decide;
mod hindrance;
mod inviting;
mod leaving;
mod sight;
mod step;
mod watch;
mod work;

pub(super) use begin::{Wish, begin};
pub(super) use book::{MovesBook, accounts, forget, suspended_since, taken_by};
pub(super) use decide::{approve, cancel, reject};
pub(super) use watch::watch;
pub(super) use work::take_on;
