//! A run from its beginning to its end: asked for, prepared, perhaps held and released, executed, ended.

mod acts;
mod begin;
mod end;
mod execute;
mod freeze;
mod ground;
mod guards;
mod parts;
mod prepare;
mod progress;
mod steps;

pub(super) use acts::acted_since;
pub(super) use begin::{begin, new_run};
pub(super) use end::{hold_back, stop_runs};
pub(super) use execute::execute;
pub(super) use freeze::reserve;
pub(super) use ground::protections;
pub(super) use parts::{forget, load_part};
pub(super) use prepare::prepare;
pub(super) use progress::Progress;
