//! Black-outs as guards: when a run is asked for, when somebody lets it go on, and when it is to begin. The schedule itself
//! starts nothing in one; whoever presses the button may not have thought of it, and what was let go on may begin later.

use crate::app::documents::{load, load_value, policy_revision_key};
use crate::app::records::{Run, Settings};
use crate::host::{Host, StorageError};
use crate::model::Time;
use crate::plan::{Guard, GuardCode};
use crate::policy::{OrganizationBlackOuts, Policy};
use crate::schedule::{HostZones, Zones, blacked_out};

/// The guard for a moment in a black-out of the policy or of the organization; `what` happens in it.
pub(super) fn black_out(
    (policy, organization): (&Policy, &OrganizationBlackOuts),
    (what, at): (&str, Time),
    zones: &dyn Zones,
) -> Option<Guard> {
    let (text, until) = match blacked_out(policy, organization, at, zones) {
        Ok(None) => return None,
        Ok(Some(out)) => {
            let whose = match out.of_organization {
                true => "the organization",
                false => "the policy's schedule",
            };
            let end = out.end;
            let text =
                format!("{what} in a black-out of {whose}; nothing is blacked out from {end} on");
            (text, Some(end))
        }
        Err(error) => {
            let text = format!("whether this is a black-out cannot be told: {error}");
            (text, None)
        }
    };
    Some(Guard {
        until,
        ..Guard::saying(GuardCode::BlackOut, text)
    })
}

/// The guard for a run that would begin now, in a black-out that none of its guards has shown. What gives back is held by
/// none, and whoever is at work goes on.
pub(in crate::app) async fn black_out_now<H: Host>(
    host: &H,
    run: &Run,
) -> Result<Option<Guard>, StorageError> {
    let steps = run.plan.as_ref().map_or(0, |plan| plan.steps);
    if run.undoes.is_some() || steps == 0 {
        return Ok(None);
    }
    let key = policy_revision_key(&run.policy.id, run.policy.revision);
    let Some(policy) = load_value::<Policy>(host, &key).await? else {
        return Ok(None);
    };
    let settings: Settings = load(host).await?;
    let now = host.now();
    let windows = (&policy, &settings.black_outs);
    let guard = black_out(windows, ("would begin", now), &HostZones(host));
    Ok(guard.filter(|guard| !is_shown(run, guard, now)))
}

/// Whether somebody who let the run go on saw that this moment is blacked out.
fn is_shown(run: &Run, guard: &Guard, now: Time) -> bool {
    let mut shown = run.guards.iter();
    shown.any(|shown| {
        let covers = match (shown.until, guard.until) {
            (Some(until), Some(_)) => now < until,
            (shown, guard) => shown == guard,
        };
        shown.code == GuardCode::BlackOut && covers
    })
}
