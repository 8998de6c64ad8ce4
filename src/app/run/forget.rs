//! Deleting all that is stored of a run.

use super::parts::{PARTS_A_WRITE, part_key};
use super::preview::forget_changes;
use super::progress::Progress;
use crate::app::by_hand;
use crate::app::commit::{Change, commit};
use crate::app::documents::load_run;
use crate::app::records::Run;
use crate::host::{EntityName, Host, StorageError, Write};
use crate::policy::is_by_hand;

/// The most deletions in one transaction.
const DELETIONS_AT_ONCE: u32 = 25;

/// Deletes everything that is stored of a run, the run itself last: whatever kills it, it can be done again.
pub(in crate::app) async fn forget(host: &impl Host, run: &Run) -> Result<(), StorageError> {
    let parts = run.plan.as_ref().map_or(0, |plan| plan.parts);
    let mut part = 0;
    while part < parts {
        let some = part..parts.min(part.saturating_add(DELETIONS_AT_ONCE));
        part = some.end;
        let deletions = some.map(|part| Write::Delete {
            key: part_key(&run.id, part),
        });
        host.transact(deletions.collect()).await?;
    }
    let mut progress = Progress::load(host, &run.id).await?.keys(&run.id);
    let last = progress.pop();
    for keys in progress.chunks(PARTS_A_WRITE) {
        let deletions = keys.iter().map(|key| Write::Delete { key: key.clone() });
        host.transact(deletions.collect()).await?;
    }
    // The list of runs by hand is changed by others, too.
    commit(host, async || {
        let mut change = Change::default();
        change.writes.push(Write::DeleteEntity {
            entity: EntityName::Run,
            key: run.id.clone(),
        });
        change.writes.push(forget_changes(&run.id));
        if is_by_hand(&run.policy.id) && !is_needed(host, run).await? {
            let deletions = by_hand::deletions(host, &run.policy.id).await?;
            change.writes.extend(deletions);
        }
        let last = last.clone().map(|key| Write::Delete { key });
        change.writes.extend(last);
        Ok((change, ()))
    })
    .await
}

/// Whether another stored run rests on what a run by hand means: one that takes it back, or the one that it takes back.
async fn is_needed(host: &impl Host, run: &Run) -> Result<bool, StorageError> {
    let undone = run.undoes.iter().map(|undoes| &undoes.run);
    for id in run.undone_by.iter().chain(undone) {
        if load_run(host, id).await?.is_some() {
            return Ok(true);
        }
    }
    Ok(false)
}
