//! News: what administrators are told without asking. Runs that wait for somebody or ended, what goes wrong or comes to its
//! end (RULES R18), accesses that people asked back in vain, seats that run out, the week in figures, the log's head.
//!
//! It is looked for with every tick. Each piece is noted once, whatever comes of the message about it: the page shows all
//! of them, and a message is sent at most once (docs/decisions/0013). To the webhook it goes at least once (docs/decisions/0016).

mod book;
mod change;
mod deliver;
mod digest;
mod hooks;
mod look;
mod recipients;
mod report;
mod room;
mod runs;
mod seats;
mod send_report;
mod sending;
mod standing;
mod tell;
mod under_way;
mod wishes;

pub(super) use book::NewsBook;
pub(super) use deliver::deliver;
pub(super) use look::look;
pub(super) use recipients::{accounts, forget};
pub(super) use send_report::{Press, send_report};
pub(super) use tell::tell;
