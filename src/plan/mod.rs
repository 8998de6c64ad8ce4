//! From matches to a plan: exemptions, protections, reach, conflicts, and the guards that hold a whole run.

mod act;
mod address;
mod aim;
mod by_hand;
mod caps;
mod chain;
mod decide;
mod denied;
mod exempt;
mod guard;
mod hindrance;
mod joining;
mod jump;
mod last_of_group;
mod mark;
mod once_an_account;
mod person;
mod pool;
mod put_back;
mod reached;
mod runnable;
mod shelter;
mod undo;

pub use act::{Act, DirectRole};
pub use address::{address_mark, domain_of};
pub use aim::{Aim, AimError, GroupFacts, KEPT_BY_NOBODY_KNOWS, possible};
pub use by_hand::{Deed, require_verified};
pub use caps::{Cap, cap, organization_cap, policy_limit, population, warning_limit};
pub use chain::{
    Departure, Link, LinkUse, Pause, Place, Sheltered, Sight, StageDone, Standing, Taken,
    TakenStatus, Waiting, Warned, is_finished, is_given_back, needs_memory, place, put_taken_back,
    state_before,
};
pub use decide::{Ground, Judged, Verdict, Wanted, decide, decide_matched, person, plan};
pub use denied::Denied;
pub use exempt::{Census, Exempted, Exempting};
pub use guard::{Guard, GuardCode};
pub use hindrance::Hindrance;
pub use joining::{joinable, joined_groups};
pub use jump::{USUAL_RUNS, jump};
pub use last_of_group::{
    ends, is_guarded, last_administrator, last_of_group, leaves_administrators,
    spare_last_administrators,
};
pub use once_an_account::once_an_account;
pub use person::{Before, Counts, Fate, Held, Person};
pub use pool::{Pool, SeatPool};
pub use put_back::{PuttingBack, put_back};
pub use reached::{reached, reached_with};
pub use runnable::runnable;
pub use shelter::{
    Protections, Shelter, has_own_status, is_organization_administrator, shelter,
    sheltered_anywhere,
};
pub use undo::{CHANGED_SINCE, Undoing, undo, undo_fits};
