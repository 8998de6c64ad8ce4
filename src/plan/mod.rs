//! From matches to a plan: exemptions, protections, reach, conflicts, and the guards that hold a whole run.

mod act;
mod aim;
mod caps;
mod decide;
mod exempt;
mod guard;
mod jump;
mod person;
mod pool;
mod put_back;
mod reached;
mod runnable;
mod shelter;
mod undo;

pub use act::{Act, DirectRole};
pub use aim::{Aim, AimError, GroupFacts, Hindrance, possible};
pub use caps::{Cap, cap, organization_cap, policy_limit, population};
pub use decide::{Ground, Verdict, Wanted, decide, plan};
pub use exempt::{Census, Exempted, Exempting};
pub use guard::{Guard, GuardCode};
pub use jump::{USUAL_RUNS, jump};
pub use person::{Before, Counts, Fate, Held, Person};
pub use pool::{Pool, choose};
pub use put_back::put_back;
pub use reached::reached;
pub use runnable::runnable;
pub use shelter::{Protections, Shelter, is_organization_administrator, shelter};
pub use undo::{Undoing, undo, undo_fits};
