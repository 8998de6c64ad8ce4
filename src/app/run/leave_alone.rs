//! Whoever got something back is left alone for a while.

use std::borrow::Cow;

use super::acts::acted_in;
use super::progress::Progress;
use crate::app::documents::{ActiveRuns, load, load_run};
use crate::app::left_alone;
use crate::app::records::Run;
use crate::app::worker::{WorkError, Worker};
use crate::host::{Host, StorageError};
use crate::model::AccountId;
use crate::plan::{Act, Person, Protections};

/// Everybody who is left alone now: whoever was restored by somebody else or got something back, and whom a run under way,
/// other than `besides`, gives something back. That run notes them only when it is over.
pub(super) async fn left_alone_by_now(
    host: &impl Host,
    besides: Option<&str>,
) -> Result<Protections, StorageError> {
    let mut sheltered = left_alone::left_alone(host).await?;
    let active: ActiveRuns = load(host).await?;
    for id in active.runs.iter().filter(|id| besides != Some(id.as_str())) {
        let Some(run) = load_run(host, id).await? else {
            continue;
        };
        if run.undoes.is_none() {
            continue;
        }
        for (account, _, acts) in acted_in(host, &run).await? {
            if !acts.iter().all(Act::is_only_by_hand) {
                let reason = Cow::Borrowed("something is being given back to them");
                sheltered.people.insert(account, reason);
            }
        }
    }
    Ok(sheltered)
}

/// Whoever got something back is left alone for a while: a policy would take it again the next day (RULES R18).
pub(super) async fn leave_alone<H: Host>(
    worker: &Worker<'_, H>,
    run: &Run,
    people: &[Person],
    progress: &Progress,
) -> Result<(), WorkError> {
    if run.undoes.is_none() {
        return Ok(());
    }
    let steps = (0u32..).zip(people);
    let restored: Vec<AccountId> = steps
        .filter(|(step, person)| {
            // Another address is nothing that a policy would take again.
            progress.may_have_acted(*step) && !person.acts.iter().all(Act::is_only_by_hand)
        })
        .map(|(_, person)| person.account.clone())
        .collect();
    if restored.is_empty() {
        return Ok(());
    }
    let under = (worker.host, &worker.lease);
    Ok(left_alone::add(under, &restored, worker.host.now()).await?)
}
