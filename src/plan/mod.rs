//! From matches to a plan: exemptions, protections, reach, conflicts, and the guards that hold a whole run.

mod caps;
mod chain;
mod decide;
mod guard;
mod lever;
mod person;
mod pool;
mod shelter;

pub use caps::{Cap, cap, organization_cap, population};
pub use chain::{
    Departure, Link, Pause, Place, Sheltered, Sight, StageDone, Standing, Taken, TakenStatus,
    Waiting, Warned, is_given_back, needs_memory, place, state_before,
};
pub use decide::{Ground, Verdict, decide, plan};
pub use guard::{Guard, GuardCode};
pub use lever::Lever;
pub use person::{Before, Counts, Fate, Person};
pub use pool::{Pool, choose};
pub use shelter::{Exempted, Protections, Shelter, is_organization_administrator, shelter};
