//! What is said on the issues: once for each transition that was answered, and once at the end of what it began.

use super::book::RequestBook;
use crate::app::calls::{Asker, Calls};
use crate::app::commit::{Change, commit};
use crate::app::documents::{load, load_run, set};
use crate::app::records::{Run, RunState};
use crate::app::worker::WorkError;
use crate::atlassian::comment;
use crate::host::Host;
use crate::model::Time;

/// After so long nothing goes on with what a run gave back.
const SETTLED_SECONDS: i64 = 600;

/// Says what is not said yet. `settled` is a run that nothing goes on with.
pub(in crate::app) async fn say<H: Host>(host: &H, settled: Option<&str>) -> Result<(), WorkError> {
    let book: RequestBook = load(host).await?;
    let mut failed = None;
    for one in book.answered {
        let text = match (one.say, &one.run) {
            (Some(text), _) => text,
            (None, Some(id)) => {
                let run = load_run(host, id).await?;
                let is_settled = settled == Some(id.as_str());
                match end_of(run.as_ref(), is_settled, host.now()) {
                    Some(text) => text,
                    None => continue,
                }
            }
            (None, None) => continue,
        };
        let calls = Calls::load(host, Asker::Job).await?;
        let request = comment(&one.issue.id, &text);
        let said = calls.send("commenting on an issue that asks for an access", request);
        if let Err(error) = said.await
            && !error.is_refused_for_good()
        {
            // One that cannot be commented on now keeps nobody from the others.
            failed = Some(error);
            continue;
        }
        commit::<_, WorkError>(host, async || {
            let mut change = Change::default();
            let mut book: RequestBook = load(host).await?;
            if let Some(noted) = book.of(&one.issue.id, &one.change) {
                if noted.say.take().is_none() {
                    noted.run = None;
                }
                change.writes.push(set(&book)?);
            }
            Ok((change, ()))
        })
        .await?;
    }
    failed.map_or(Ok(()), |error| Err(error.into()))
}

/// The end of a run in words, once it is over and nothing goes on with it.
fn end_of(run: Option<&Run>, is_settled: bool, now: Time) -> Option<String> {
    let Some(run) = run else {
        return Some(String::from(
            "Seatkeeper: the run that was to give the access back is gone.",
        ));
    };
    let is_done = run.state == RunState::Done;
    let may_go_on = is_done && !is_settled && now.since(run.since) < SETTLED_SECONDS;
    if !run.state.is_over() || may_go_on {
        return None;
    }
    Some(if run.has_given_back() {
        String::from("Seatkeeper: the access was given back.")
    } else {
        format!(
            "Seatkeeper: the access was not given back. The run is {}; its page says why.",
            run.state.name()
        )
    })
}
