//! `schedule`: when a policy runs by itself.

use std::io::Write;
use std::path::Path;

use seatkeeper::model::Time;
use seatkeeper::policy::{OrganizationBlackOuts, Policy};
use seatkeeper::schedule::{ChronoTz, next};

use crate::failure::{Failure, say};
use crate::input;

/// Writes the next runs of a policy, one a line, in UTC.
pub fn schedule(
    path: &Path,
    count: usize,
    now: Option<Time>,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let now = now.map_or_else(input::clock, Ok)?;
    let policy = input::right_policy(path)?;
    // The command line knows the policy alone.
    let organization = OrganizationBlackOuts::default();
    let runs =
        next(&policy, &organization, &ChronoTz, now, count).map_err(|error| Failure::Wrong {
            what: format!("{}: {error}", input::name(path)),
            hint: "",
        })?;
    for run in &runs {
        writeln!(out, "{run}")?;
    }
    if let Some(note) = note(&policy, runs.is_empty()) {
        say("note", note);
    }
    Ok(())
}

/// Why a policy will not run at the times that its schedule says.
fn note(policy: &Policy, is_over: bool) -> Option<&'static str> {
    match (&policy.schedule, policy.enabled) {
        (None, _) => Some("the policy has no schedule: it runs by hand only"),
        (Some(_), false) => Some("the policy is switched off: nothing starts it"),
        (Some(_), true) if is_over => Some("no run is ahead"),
        (Some(_), true) => None,
    }
}
