//! Holding a run by what came up after it was planned: released is only what was shown.

use crate::app::records::{Run, RunState};
use crate::audit::{Actor, Entry, LogAction, Outcome};
use crate::model::Time;
use crate::plan::Guard;

/// Holds a run that has not begun by more guards; answers the log's entry. What was decided on it is decided anew, and whoever
/// was held out of it stays so.
pub(in crate::app) fn hold_again(run: &mut Run, mut guards: Vec<Guard>, now: Time) -> Entry {
    let texts: Vec<&str> = guards.iter().map(|guard| guard.text.as_str()).collect();
    let entry = Entry {
        run: Some(run.id.clone()),
        policy: Some(run.policy.id.clone()),
        policy_hash: Some(run.policy.hash.clone()),
        reason: Some(format!("held: {}", texts.join("; "))),
        before: Some(serde_json::json!({ "state": run.state.name() })),
        after: run
            .plan
            .as_ref()
            .map(|plan| serde_json::json!({ "plan": plan.hash })),
        ..Entry::new(now, &Actor::Schedule, LogAction::HoldRun, Outcome::Done)
    };
    run.guards.append(&mut guards);
    if run.state != RunState::Held {
        run.state = RunState::Held;
        run.since = now;
        run.release = None;
        run.approval = None;
        // The one there is is closed at the next look; a plan that awaits approval again is asked for anew.
        run.approval_issue = None;
    }
    entry
}
