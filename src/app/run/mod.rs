//! A run from its beginning to its end: asked for, prepared, perhaps held and released, executed, ended.

mod acts;
mod addresses;
mod asking;
mod batch;
mod begin;
mod calling;
mod end;
mod execute;
mod facts;
mod freeze;
mod gate;
mod ground;
mod guards;
mod judge;
mod life;
mod parts;
mod prepare;
mod preview;
mod progress;
mod stages;
mod steps;
mod undo;

pub(super) use acts::{Acted, acted_since};
pub(super) use begin::{begin, new_run, new_run_of};
pub(super) use end::{hold_back, stop_runs};
pub(super) use execute::execute;
pub(super) use freeze::reserve;
pub(super) use ground::protections;
pub(super) use judge::HELD_OUT;
pub(super) use life::{expire, lapsed};
pub(super) use parts::{forget, load_part};
pub(super) use prepare::prepare;
pub use preview::PlanChange;
pub(super) use preview::load_changes;
pub(super) use progress::Progress;
