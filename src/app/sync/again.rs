//! Reading some people again between two whole readings, and forgetting those who must be forgotten.

use super::book::SnapshotHead;
use super::chunks::load_stored;
use super::insistent::Insistent;
use super::last_active::{ask, fill, has_askable};
use super::listing::cannot_be_stored;
use super::publish::{Change, Renewed, publish};
use super::{SyncBook, groups};
use crate::app::api::Api;
use crate::app::documents::load_value;
use crate::app::lease::Lease;
use crate::app::worker::WorkError;
use crate::atlassian::Seats;
use crate::host::Host;
use crate::model::{AccountId, DirectoryId};
use crate::snapshot::{Renewal, Snapshot, Unseen};

/// People of one directory as they are now, with everything that decides on them: what the search leaves open of their
/// activity is asked for one by one.
pub(in crate::app) async fn people_now<H: Host>(
    api: &Api<'_, H>,
    directory: Option<&DirectoryId>,
    accounts: &[AccountId],
) -> Result<Snapshot, WorkError> {
    let calls = Insistent::new(api);
    let seats: Seats = load_value(api.host, groups::SEATS)
        .await?
        .unwrap_or_default();
    let found = api.people_with(directory, accounts, seats).await?;
    let mut people = Snapshot::new();
    for row in found.rows() {
        let Some(mut person) = found.record(row) else {
            continue;
        };
        if has_askable(&found, row)
            && let Some(answer) = ask(&calls, &person.account).await?
        {
            fill(&mut person, &answer);
        }
        people.push(&person);
    }
    Ok(people)
}

/// Takes people out of the newest snapshot, and out of what is stored of it (RULES R18).
pub(super) async fn forget(
    host: &impl Host,
    lease: &Lease,
    sync: &mut SyncBook,
    newest: &SnapshotHead,
    accounts: &[AccountId],
) -> Result<SnapshotHead, WorkError> {
    let mut renewal = Renewal::of(load_stored(host, Some(newest)).await?, host.now());
    for account in accounts {
        renewal.forget(account.as_str());
    }
    let encoded = renewal.finish(Unseen::Kept).map_err(cannot_be_stored)?;
    let change = Change::Part { newest };
    publish(host, lease, sync, Renewed { encoded, change }).await
}
