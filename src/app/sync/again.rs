//! Reading some people again between two whole readings, and forgetting those who must be forgotten.

use super::book::SnapshotHead;
use super::chunks::load_stored;
use super::insistent::Insistent;
use super::listing::cannot_be_stored;
use super::publish::{Change, Renewed, publish};
use super::{SyncBook, after, groups};
use crate::app::lease::Lease;
use crate::app::unexplained;
use crate::app::worker::WorkError;
use crate::atlassian::{IDS_A_CALL, NullActivity, UserFilter, UserReader, users_search};
use crate::host::Host;
use crate::model::{AccountId, Time};
use crate::snapshot::{Renewal, Snapshot, Unseen};

/// Reads some people again in every directory. Whoever is in none any more is dropped.
pub(super) async fn read_again<H: Host>(
    calls: &Insistent<'_, '_, H>,
    lease: &Lease,
    sync: &mut SyncBook,
    newest: &SnapshotHead,
    accounts: &[AccountId],
) -> Result<SnapshotHead, WorkError> {
    let host = calls.host();
    let at = host.now().max(after(Some(newest)));
    let before = load_stored(host, Some(newest)).await?;
    let mut renewal = Renewal::of(before, at);
    let pages = pages_of(calls, newest, accounts).await?;
    for page in &pages {
        renewal.see(page, &|_| true);
    }
    for account in accounts {
        let is_in = |page: &Snapshot| page.find_all(account.as_str()).next().is_some();
        if !pages.iter().any(is_in) {
            renewal.forget(account.as_str());
        }
    }
    unexplained::compare((host, lease), &renewal, newest.taken, at).await?;
    take_into_use(host, lease, sync, newest, renewal, at).await
}

/// Some people, as every directory has them now.
async fn pages_of<H: Host>(
    calls: &Insistent<'_, '_, H>,
    newest: &SnapshotHead,
    accounts: &[AccountId],
) -> Result<Vec<Snapshot>, WorkError> {
    let (api, host) = (calls.api, calls.host());
    let seats = groups::known(host).await?;
    let mut pages = Vec::new();
    for some in accounts.chunks(IDS_A_CALL) {
        for directory in &newest.coverage.directories {
            let filter = UserFilter::Accounts(some);
            let request = users_search(&api.organization, Some(&directory.id), filter, &api.key);
            let parse = |body: &[u8]| {
                let mut reader = UserReader::default().with_seats(seats.clone());
                reader.read(body, &directory.id, NullActivity::Unknown)?;
                Ok(reader.into_snapshot())
            };
            pages.push(calls.read("reading people again", request, parse).await?);
        }
    }
    Ok(pages)
}

/// Takes people out of the newest snapshot, and out of what is stored of it (RULES R18).
pub(super) async fn forget(
    host: &impl Host,
    lease: &Lease,
    sync: &mut SyncBook,
    newest: &SnapshotHead,
    accounts: &[AccountId],
) -> Result<SnapshotHead, WorkError> {
    let at = host.now().max(after(Some(newest)));
    let mut renewal = Renewal::of(load_stored(host, Some(newest)).await?, at);
    for account in accounts {
        renewal.forget(account.as_str());
    }
    take_into_use(host, lease, sync, newest, renewal, at).await
}

/// Takes a newest snapshot with some changes into use.
async fn take_into_use(
    host: &impl Host,
    lease: &Lease,
    sync: &mut SyncBook,
    newest: &SnapshotHead,
    renewal: Renewal,
    at: Time,
) -> Result<SnapshotHead, WorkError> {
    let encoded = renewal.finish(Unseen::Kept).map_err(cannot_be_stored)?;
    let change = Change::Part { newest };
    let renewed = Renewed {
        encoded,
        change,
        at,
    };
    publish(host, lease, sync, renewed).await
}
