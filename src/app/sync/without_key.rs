//! The people of this site where no organization is connected: Jira's own, and what an uploaded export says of them.

use super::book::{JiraBook, Replaced, SnapshotHead, StoredSite, sites};
use super::chunks::{load_stored, write_leased};
use super::listing::cannot_be_stored;
use super::publish::{Change, Renewed, publish};
use super::seats::workspaces_of;
use super::{SyncBook, newest_head, sweep};
use crate::app::calls::{Asker, Calls};
use crate::app::documents::{load, set};
use crate::app::hints;
use crate::app::imports::{self, Terms};
use crate::app::jira_people::{self, JiraListing};
use crate::app::lease::Lease;
use crate::app::records::{ReadingProgress, Source};
use crate::app::worker::WorkError;
use crate::atlassian::{ApiErrorKind, read_server_info, server_info};
use crate::host::{Host, StorageError, Write};
use crate::model::{DAY, Time};
use crate::snapshot::{Renewal, Snapshot, Unseen};

/// Makes sure that there is a snapshot that was begun not before a time; false when time ran out before. What was read of an
/// organization is never replaced by the little that Jira knows.
pub(super) async fn read<H: Host>(
    host: &H,
    lease: &Lease,
    not_before: Time,
) -> Result<bool, WorkError> {
    let newest = newest_head(host).await?;
    if newest
        .as_ref()
        .is_some_and(|head| head.source == Source::Organization || head.taken >= not_before)
    {
        return Ok(true);
    }
    let mut sync: SyncBook = load(host).await?;
    sweep(host, lease, &mut sync, newest.as_ref()).await?;
    super::give_up(host, lease, &mut sync).await?;
    // Everybody is listed.
    hints::clear(host, &hints::take(host).await?).await?;
    let calls = Calls::load(host, Asker::Job).await?;
    let mut listing = begun(host, lease, &mut sync, not_before).await?;
    let store = async |listing: &JiraListing, mut writes: Vec<Write>| {
        writes.push(set(&JiraBook {
            listing: Some(listing.clone()),
        })?);
        write_leased(host, lease, writes).await
    };
    let people = match jira_people::list(&calls, &mut listing, store).await {
        Ok(None) => return Ok(false),
        Ok(people) => people,
        // Then an export is all that there is.
        Err(WorkError::Api(error)) if error.kind == ApiErrorKind::JiraRefused => None,
        Err(error) => return Err(error),
    };
    let exported = imports::load(host).await?;
    let source = match (&people, &exported) {
        (Some(_), _) => Source::Jira,
        (None, _) => Source::Import,
    };
    let seats = jira_people::seats(&calls).await?;
    let stored_sites = site(&calls).await?;
    let mut people = people.unwrap_or_default();
    if let Some((state, export)) = &exported {
        let terms = Terms {
            sites: &sites(&stored_sites),
            made: state.made,
            at: listing.started,
        };
        people = imports::merge(&people, export, terms);
    }
    replace(
        host,
        lease,
        &mut sync,
        newest.as_ref(),
        &people,
        Change::Site {
            listing: &listing,
            source,
            oldest: exported.as_ref().map(|(state, _)| state.made),
            refused: listing
                .refused()
                .into_iter()
                .map(String::from)
                .chain(seats.refused)
                .collect(),
            workspaces: workspaces_of(host, seats.products),
            sites: stored_sites,
        },
    )
    .await?;
    Ok(true)
}

/// The listing under way, or a new one where it is too old to go on.
async fn begun<H: Host>(
    host: &H,
    lease: &Lease,
    sync: &mut SyncBook,
    not_before: Time,
) -> Result<JiraListing, WorkError> {
    let book: JiraBook = load(host).await?;
    let oldest = not_before.min(host.now().plus(-DAY));
    let is_young = |old: &JiraListing| old.started >= oldest;
    if let Some(listing) = book.listing.filter(is_young) {
        return Ok(listing);
    }
    give_up(host, lease, sync).await?;
    Ok(JiraListing::new(host))
}

/// How far the listing of Jira's people has come, if one is under way.
pub(super) async fn progress(
    host: &impl Host,
    message: Option<String>,
) -> Result<Option<ReadingProgress>, StorageError> {
    let book: JiraBook = load(host).await?;
    Ok(book.listing.map(|listing| ReadingProgress {
        started: listing.started,
        listed: listing.listed(),
        expected: None,
        asked: 0,
        to_ask: 0,
        message,
    }))
}

/// Gives up the listing of Jira's people under way, if there is one.
pub(super) async fn give_up(
    host: &impl Host,
    lease: &Lease,
    sync: &mut SyncBook,
) -> Result<(), WorkError> {
    let book: JiraBook = load(host).await?;
    let Some(listing) = book.listing else {
        return Ok(());
    };
    sync.replaced.push(parts_of(host, &listing));
    let writes = vec![set(sync)?, set(&JiraBook::default())?];
    write_leased(host, lease, writes).await
}

/// The parts of a listing, to be deleted: their keys are made like those of a snapshot's list of chunks.
fn parts_of(host: &impl Host, listing: &JiraListing) -> Replaced {
    Replaced {
        id: listing.id.clone(),
        segments: listing.parts,
        lists: 0,
        since: host.now(),
    }
}

async fn replace<H: Host>(
    host: &H,
    lease: &Lease,
    sync: &mut SyncBook,
    newest: Option<&SnapshotHead>,
    people: &Snapshot,
    change: Change<'_>,
) -> Result<(), WorkError> {
    let renewed = host.now().max(super::after(newest));
    let mut renewal = Renewal::of(load_stored(host, newest).await?, renewed);
    renewal.see(people, &|_| false);
    let encoded = renewal.finish(Unseen::Gone).map_err(cannot_be_stored)?;
    if let Change::Site { listing, .. } = &change {
        sync.replaced.push(parts_of(host, listing));
    }
    let renewed = Renewed {
        encoded,
        change,
        at: renewed,
    };
    publish(host, lease, sync, renewed).await?;
    Ok(())
}

/// This site, with its host if Jira tells it: an export names sites by their hosts.
async fn site<H: Host>(calls: &Calls<'_, H>) -> Result<Vec<StoredSite>, WorkError> {
    let Some(cloud_id) = calls.host.cloud_id() else {
        return Ok(Vec::new());
    };
    let answer = calls.send("asking Jira where it is", server_info()).await;
    let host = match answer.and_then(|response| read_server_info(&response.body)) {
        Ok(host) => host,
        Err(error) if error.is_passing() => return Err(error.into()),
        Err(_) => return Ok(Vec::new()),
    };
    Ok(vec![StoredSite { cloud_id, host }])
}
