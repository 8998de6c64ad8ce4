//! How long a plan may wait: for a decision, and for its beginning. People change; what was decided on them long ago says
//! nothing about them now.

use crate::app::commit::{Change, commit};
use crate::app::documents::{ActiveRuns, RecentRuns, load, load_run, set, set_run};
use crate::app::records::{Run, RunState};
use crate::audit::{Actor, Entry, LogAction, Outcome};
use crate::host::{Host, StorageError};
use crate::model::{DAY, Time};

/// No plan begins when its reference time is so long ago.
const PLAN_SECONDS: i64 = 7 * DAY;
/// Whoever let a run go on meant it now: it begins within this time, or not at all.
const START_SECONDS: i64 = DAY;

/// Why a run that has not begun to act must not begin any more, if so.
pub(in crate::app) fn lapsed(run: &Run, now: Time) -> Option<&'static str> {
    let is_old = now.since(run.now) >= PLAN_SECONDS;
    match run.state {
        RunState::Held if is_old => Some("nobody released the plan within 7 days"),
        RunState::AwaitingApproval if is_old => Some("nobody approved the plan within 7 days"),
        RunState::Ready if is_old => Some("the plan is 7 days old and had not begun"),
        RunState::Ready if now.since(run.since) >= START_SECONDS => {
            Some("it had not begun 24 hours after it was let go on")
        }
        _ => None,
    }
}

/// Ends a run that must not begin any more, if it is still one.
pub(in crate::app) async fn expire<H: Host, E: From<StorageError>>(
    host: &H,
    id: &str,
) -> Result<(), E> {
    commit(host, async || {
        let now = host.now();
        let mut change = Change::default();
        let stored = load_run(host, id).await?;
        let Some((mut run, why)) = stored.and_then(|run| lapsed(&run, now).map(|why| (run, why)))
        else {
            return Ok((change, ()));
        };
        run.state = RunState::Expired;
        run.since = now;
        run.message = Some(format!(
            "{why}; nothing was done to anybody: start a new run"
        ));
        run.let_everybody_be();
        let mut active: ActiveRuns = load(host).await?;
        active.remove(id);
        let mut recent: RecentRuns = load(host).await?;
        recent.forget(id);
        change.entries.push(Entry {
            run: Some(run.id.clone()),
            policy: Some(run.policy.id.clone()),
            policy_hash: Some(run.policy.hash.clone()),
            reason: Some(why.to_owned()),
            ..Entry::new(now, &Actor::Schedule, LogAction::ExpireRun, Outcome::Done)
        });
        change.writes = vec![set_run(&run)?, set(&active)?, set(&recent)?];
        Ok((change, ()))
    })
    .await
}
