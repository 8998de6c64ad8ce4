//! Whether a plan may still be let go on: it must be young, of the policy as it is, on a reading that is not suspect, within
//! the day's cap, outside of black-outs, and by a key that does not end soon.

use super::error::DecisionError;
use crate::app::documents::{PolicyBook, RecentRuns, load};
use crate::app::records::{Run, Settings};
use crate::app::run::{black_out_now, key_expires_now, lapsed};
use crate::app::sync::{SnapshotHead, newest_head};
use crate::host::Host;
use crate::plan::{Guard, GuardCode, organization_cap};
use crate::planted::{Fault, planted};

/// Refuses to let a run go on whose plan says nothing any more.
pub(super) async fn require_fit<H: Host>(host: &H, run: &Run) -> Result<(), DecisionError> {
    if let Some(why) = lapsed(run, host.now()) {
        let why = format!("{why}: start a new run");
        return Err(DecisionError::WrongState(why));
    }
    let policies: PolicyBook = load(host).await?;
    // What gives back does not rest on the policy's text.
    let is_of_policy = run.undoes.is_none();
    if is_of_policy && policies.has_changed(&run.policy) && !planted(Fault::OldTextExecuted) {
        return Err(DecisionError::wrong_state(
            "the policy was changed since this plan was made: reject it and start a new run",
        ));
    }
    let is_suspect = |guard: &Guard| guard.code == GuardCode::SuspectSnapshot;
    let newest = newest_head(host).await?;
    if run.guards.iter().any(is_suspect) || newest.as_ref().is_some_and(SnapshotHead::is_suspect) {
        return Err(DecisionError::wrong_state(
            "the reading that it rests on, or the newest one, is suspect: see what is known, then start a new run",
        ));
    }
    Ok(())
}

/// What holds the run now and was not shown to whoever decides on it: the organization's cap, where other runs use more of
/// it than was said (RULES R8), a black-out, and a key in its last days.
pub(super) async fn came_up<H: Host>(host: &H, run: &Run) -> Result<Vec<Guard>, DecisionError> {
    let mut guards = Vec::new();
    guards.extend(cap_reached(host, run).await?);
    guards.extend(black_out_now(host, run).await?);
    guards.extend(key_expires_now(host, run).await?);
    Ok(guards)
}

async fn cap_reached<H: Host>(host: &H, run: &Run) -> Result<Option<Guard>, DecisionError> {
    let Some(plan) = &run.plan else {
        return Ok(None);
    };
    // What takes nothing uses nothing of the day's cap.
    let people = plan.takes;
    if people == 0 {
        return Ok(None);
    }
    let settings: Settings = load(host).await?;
    let mut recent: RecentRuns = load(host).await?;
    recent.prune(host.now());
    let others = recent.people_besides(&run.id);
    let is_shown = run.guards.iter().any(|guard| {
        guard.code == GuardCode::OrganizationCap
            && guard.others.is_some_and(|shown| shown >= others)
    });
    let cap = organization_cap(people, others, settings.percent_per_day, plan.population);
    Ok(cap.filter(|_| !is_shown))
}
