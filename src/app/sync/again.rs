//! Reading some people again between two whole readings, and forgetting those who must be forgotten.

use super::book::SnapshotHead;
use super::chunks::load_stored;
use super::insistent::Insistent;
use super::last_active::{ask, fill, has_askable};
use super::listing::cannot_be_stored;
use super::publish::{Change, Renewed, publish};
use super::{SyncBook, after, groups};
use crate::app::api::Api;
use crate::app::documents::load_value;
use crate::app::lease::Lease;
use crate::app::unexplained;
use crate::app::worker::WorkError;
use crate::atlassian::{IDS_A_CALL, NullActivity, Seats, UserFilter, UserReader, users_search};
use crate::host::Host;
use crate::model::{AccountId, DirectoryId};
use crate::snapshot::{Renewal, Snapshot, Unseen};

/// As much of the time in which a reading before an action counts may go by before the rest must wait.
const PATIENCE_SECONDS: i64 = 45;

/// People of one directory as they are now, with everything that decides on them: what the search leaves open of their
/// activity is asked for one by one. Answers how many of the accounts were read, some at least: where calls take long, the
/// others are for another time, because what is read first must still count when the last was read (RULES R6).
pub(in crate::app) async fn people_now<H: Host>(
    api: &Api<'_, H>,
    directory: Option<&DirectoryId>,
    accounts: &[AccountId],
) -> Result<(Snapshot, usize), WorkError> {
    let calls = Insistent::new(api);
    let seats: Seats = load_value(api.host, groups::SEATS)
        .await?
        .unwrap_or_default();
    let began = api.host.now();
    let mut people = Snapshot::new();
    let mut read = 0;
    for some in accounts.chunks(IDS_A_CALL) {
        if read > 0 && api.host.now().since(began) > PATIENCE_SECONDS {
            break;
        }
        let found = api.people_with(directory, some, seats.clone()).await?;
        for row in found.rows() {
            let Some(mut person) = found.record(row) else {
                continue;
            };
            if has_askable(&found, row) {
                match ask(&calls, &person.account).await {
                    Ok(Some(answer)) => fill(&mut person, &answer),
                    Ok(None) => {}
                    // Whoever is not known is not acted on.
                    Err(error) if error.is_about_one() => {}
                    Err(error) if error.is_passing() && read > 0 => return Ok((people, read)),
                    Err(error) => return Err(error.into()),
                }
            }
            people.push(&person);
        }
        read += some.len();
    }
    Ok((people, read))
}

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
    unexplained::compare(host, &renewal, newest.taken, at).await?;
    let encoded = renewal.finish(Unseen::Kept).map_err(cannot_be_stored)?;
    let change = Change::Part { newest };
    publish(
        host,
        lease,
        sync,
        Renewed {
            encoded,
            change,
            at,
        },
    )
    .await
}

/// Some people, as every directory has them now.
async fn pages_of<H: Host>(
    calls: &Insistent<'_, '_, H>,
    newest: &SnapshotHead,
    accounts: &[AccountId],
) -> Result<Vec<Snapshot>, WorkError> {
    let (api, host) = (calls.api, calls.host());
    let seats: Seats = load_value(host, groups::SEATS).await?.unwrap_or_default();
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
    let encoded = renewal.finish(Unseen::Kept).map_err(cannot_be_stored)?;
    let change = Change::Part { newest };
    publish(
        host,
        lease,
        sync,
        Renewed {
            encoded,
            change,
            at,
        },
    )
    .await
}
