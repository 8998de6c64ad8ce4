//! Rejecting a plan that waits for a person: nothing is done to anybody.

use super::error::DecisionError;
use super::{Decider, entry, find};
use crate::app::commit::{Change, commit};
use crate::app::documents::{ActiveRuns, load, set, set_run};
use crate::app::records::{Run, RunState};
use crate::audit::LogAction;
use crate::host::Host;

/// Ends a held run, or one that awaits approval, without an action. Whoever asked for it may do this too.
pub(in crate::app) async fn reject<H: Host>(
    host: &H,
    decider: Decider<'_>,
    id: &str,
    why: &str,
) -> Result<Run, DecisionError> {
    commit::<_, DecisionError>(host, async || {
        let mut run = find(host, id).await?;
        if !run.state.wants_a_decision() {
            let why = format!(
                "the run waits for no decision, it is {}: a run at work can be aborted",
                run.state.name()
            );
            return Err(DecisionError::wrong_state(why));
        }
        let now = host.now();
        run.state = RunState::Rejected;
        run.since = now;
        run.message = Some(format!("rejected: {why}"));
        run.let_everybody_be();
        let mut active: ActiveRuns = load(host).await?;
        active.remove(id);
        let text = why.to_owned();
        let change = Change {
            entries: vec![entry(&run, decider, now, LogAction::RejectRun, text)],
            writes: vec![set_run(&run)?, set(&active)?],
        };
        Ok((change, run))
    })
    .await
}
