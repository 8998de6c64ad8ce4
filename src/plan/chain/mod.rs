//! Chains of stages: each person's way through a policy, with dates (RULES R2).
//!
//! A person who matches enters the chain; from then on they are judged on the state before our first action. Everything
//! here is arithmetic on a [`Link`] and what is known now; where links are kept is not said here.

mod acts;
mod before;
mod link;
mod place;
#[cfg(test)]
mod tests;
mod words;

pub use before::{is_given_back, put_taken_back, state_before};
pub use link::{Link, StageDone, Taken, TakenStatus};
pub use place::{
    Departure, LinkUse, Pause, Place, Sheltered, Sight, Standing, Waiting, Warned, is_finished,
    place,
};

use crate::model::Action;
use crate::policy::Policy;

/// Whether a policy must remember who is where. One that does everything at once, on the first reading, needs no memory:
/// whoever is in the target state already is not planned again. What leaves no trace in the directory would be done again
/// at every run, so it is remembered.
pub fn needs_memory(policy: &Policy) -> bool {
    let [stage] = policy.stages.as_slice() else {
        return true;
    };
    let leaves_no_trace = |action: &Action| {
        matches!(
            action,
            Action::Warn | Action::Review | Action::CreateIssue | Action::Rename
        )
    };
    let is_confirmed_at_once = policy
        .confirm
        .as_ref()
        .is_none_or(|confirm| confirm.readings <= 1);
    !stage.after.is_zero()
        || !is_confirmed_at_once
        || policy.keep.is_some()
        || stage.r#do.len() > 1
        || stage.r#do.iter().any(leaves_no_trace)
}
