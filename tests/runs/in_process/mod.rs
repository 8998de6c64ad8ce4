//! The core over the simulated cloud in one process, on a virtual clock.
//!
//! [`World`] holds the cloud and plays the platform: it delivers jobs and redelivers killed ones. [`InProcess`] is the
//! core's `Host` for one invocation. Every operation of the host is two awaits, one before and one after its effect, so
//! that an invocation can be killed on either side of it.

mod executor;
mod host;
mod world;

pub use executor::{Ending, run_around as around};
pub use world::{Kills, World};
