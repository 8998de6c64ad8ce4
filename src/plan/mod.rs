//! From matches to a plan: exemptions, protections, reach, conflicts, and the guards that hold a whole run.

mod caps;
mod decide;
mod exempt;
mod guard;
mod jump;
mod lever;
mod person;
mod pool;
mod shelter;

pub use caps::{Cap, cap, organization_cap, policy_limit, population};
pub use decide::{Ground, Verdict, decide, plan};
pub use exempt::{Census, Exempted, Exempting};
pub use guard::{Guard, GuardCode};
pub use jump::{USUAL_RUNS, jump};
pub use lever::Lever;
pub use person::{Before, Counts, Fate, Person};
pub use pool::{Pool, choose};
pub use shelter::{Protections, Shelter, is_organization_administrator, shelter};
