//! When a policy is due (RULES R12). Nothing here remembers anything: the instants of a timetable are counted from fixed
//! points, so "is it due?" needs only the policy, the instant handed out last, and the time.
//!
//! - `zones`: what a host must say about a time zone, and `calendar`: local days and times through it.
//! - `occurrence`: the instants of a timetable, as if there were no black-outs; `black_out`: when they may start.
//! - `due`: which of them a tick starts, and which come next.

mod black_out;
mod calendar;
mod due;
mod occurrence;
#[cfg(all(feature = "cli", not(target_arch = "wasm32")))]
mod zone_database;
mod zones;

pub use due::{BlackedOut, Past, ScheduleError, blacked_out, check, due, is_zone, next, next_due};
#[cfg(all(feature = "cli", not(target_arch = "wasm32")))]
pub use zone_database::ChronoTz;
pub use zones::{HostZones, UTC, Zones};
