//! Whoever got something back is left alone for a while.

use super::progress::Progress;
use crate::app::left_alone;
use crate::app::records::Run;
use crate::app::worker::{WorkError, Worker};
use crate::host::Host;
use crate::model::AccountId;
use crate::plan::{Act, Person};

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
    Ok(left_alone::add(worker.host, &restored, worker.host.now()).await?)
}
