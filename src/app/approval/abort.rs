//! Ending one run at work, where the switch that stops everything would stop too much.

use super::error::DecisionError;
use super::{Decider, entry, find};
use crate::app::commit::{Change, commit};
use crate::app::documents::{ActiveRuns, RecentRuns, load, set, set_run};
use crate::app::records::{AbortOrder, Run, RunState};
use crate::audit::LogAction;
use crate::host::Host;

/// Ends a run that is planned or about to act at once. One that acts gets the order: its worker reads it before the next
/// batch, settles the intents that are out, and ends the run.
pub(in crate::app) async fn abort<H: Host>(
    host: &H,
    decider: Decider<'_>,
    id: &str,
    why: &str,
) -> Result<Run, DecisionError> {
    commit::<_, DecisionError>(host, async || {
        let mut run = find(host, id).await?;
        if !run.state.wants_a_job() {
            let why = format!("the run is not at work, it is {}", run.state.name());
            return Err(DecisionError::wrong_state(why));
        }
        if run.abort.is_some() {
            return Ok((Change::default(), run));
        }
        let now = host.now();
        run.abort = Some(AbortOrder {
            by: decider.account.clone(),
            at: now,
            reason: why.to_owned(),
        });
        let text = why.to_owned();
        let mut change = Change {
            entries: vec![entry(&run, decider, now, LogAction::AbortRun, text)],
            ..Change::default()
        };
        if matches!(run.state, RunState::Planning | RunState::Ready) {
            run.state = RunState::Aborted;
            run.since = now;
            run.message = Some(format!("aborted before its first action: {why}"));
            run.let_everybody_be();
            let mut active: ActiveRuns = load(host).await?;
            active.remove(id);
            let mut recent: RecentRuns = load(host).await?;
            recent.forget(id);
            change.writes.push(set(&active)?);
            change.writes.push(set(&recent)?);
        }
        change.writes.push(set_run(&run)?);
        Ok((change, run))
    })
    .await
}
