//! Going on with a wish: a policy may have taken access in several stages, and each is taken back by itself,
//! the last one first.

use super::back::{Asked, Wish, ask_back};
use super::taken::last_taken;
use crate::app::documents::load_run;
use crate::app::records::RunState;
use crate::app::worker::{Flow, Job, WorkError, Worker};
use crate::host::Host;

/// How long to wait for the run before to be over.
const WAIT_SECONDS: u32 = 30;

/// Asks for what an earlier stage took, once a run that the person wished for has given back what the one after it took.
pub(in crate::app) async fn go_on<H: Host>(
    worker: &Worker<'_, H>,
    job: &Job,
    after: &str,
) -> Result<Flow, WorkError> {
    let host = worker.host;
    let again = Flow::Again {
        seconds: WAIT_SECONDS,
    };
    let Some(run) = load_run(host, after).await? else {
        return Ok(Flow::Over);
    };
    if !run.state.is_over() && worker.is_young(job) {
        return Ok(again);
    }
    let Some(account) = run.cause.wished_by() else {
        return Ok(Flow::Over);
    };
    if run.state != RunState::Done {
        return Ok(Flow::Over);
    }
    let whose = (account, Some(run.policy.id.as_str()));
    let Some(taken) = last_taken(host, whose, true).await? else {
        return Ok(Flow::Over);
    };
    let asked = ask_back(host, &taken, &Wish::Further(&run)).await?;
    let is_passing = matches!(asked, Asked::NotNow) && worker.is_young(job);
    Ok(if is_passing { again } else { Flow::Over })
}
