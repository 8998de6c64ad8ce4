//! Reading the organization: a chain of invocations of any length, each continuing where the one before was ended or
//! killed.
//!
//! A whole reading goes through what is small (directories, sites), the groups and what they grant, the people of each
//! directory, and ends as the newest snapshot. Then people whom the listing left open are asked one by one. Between
//! two whole readings only those are read again of whom an event says that something changed.

mod again;
mod asking;
mod begin;
mod book;
mod chunks;
mod groups;
mod insistent;
mod last_active;
mod listing;
mod publish;
mod statement;

use serde::{Deserialize, Serialize};

use super::api::Api;
use super::documents::{Document, PolicyBook, load, set};
use super::lease::Lease;
use super::worker::{Flow, Job, WorkError, Worker};
use crate::host::{Host, StorageError};
use crate::model::{AccountId, DAY};
use crate::policy::Policy;
use crate::snapshot::{Origin, Snapshot, Unseen};
use book::{Listing, Replaced};
use chunks::write_leased;
use insistent::Insistent;
use listing::Lister;
use publish::{Change, Renewed, publish};

pub(super) use book::{SnapshotBook, SnapshotHead, SyncBook};

/// A reading hands over to the next invocation when less than this is left.
const STOP_AT_MILLISECONDS: u32 = 60_000;
/// Whoever began to read a snapshot before it was replaced has so much time to end.
const GRACE_SECONDS: i64 = 1_200;

/// What came of a whole reading.
#[derive(Debug)]
pub(super) enum Synced {
    /// A snapshot that is fresh enough.
    Fresh(Box<SnapshotHead>),
    /// Time ran out; the next invocation goes on.
    OutOfTime,
}

/// People who must be forgotten at the next opportunity.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct ForgetBook {
    accounts: Vec<AccountId>,
}

impl Document for ForgetBook {
    const KEY: &'static str = "forget";
}

/// Makes sure that there is a snapshot of at most an age, reading the organization if there is not.
pub(super) async fn sync<H: Host>(
    api: &Api<'_, H>,
    lease: &Lease,
    max_age_seconds: i64,
) -> Result<Synced, WorkError> {
    let host = api.host;
    let now = host.now();
    let newest = newest_head(host).await?;
    if let Some(head) = &newest
        && now.since(head.taken) <= max_age_seconds
    {
        return Ok(Synced::Fresh(Box::new(head.clone())));
    }
    let mut sync: SyncBook = load(host).await?;
    sweep(host, lease, &mut sync, newest.as_ref()).await?;
    let calls = Insistent::new(api);
    let base = newest.as_ref().map(|head| head.id.clone());
    let is_current = |listing: &Listing| {
        now.since(listing.started) <= max_age_seconds.max(DAY) && listing.base == base
    };
    if !sync.listing.as_ref().is_some_and(is_current) {
        give_up(host, lease, &mut sync).await?;
        if let Some(head) = &newest {
            // What was asked so far is not lost: the new reading begins with it.
            asking::apply(host, lease, &mut sync, head).await?;
        }
        let mut listing = begin::begin(&calls).await?;
        listing.base = newest_head(host).await?.map(|head| head.id);
        sync.listing = Some(listing);
        write_leased(host, lease, vec![set(&sync)?]).await?;
    }
    read_whole(&calls, lease, &mut sync).await
}

/// Reads on from wherever the reading stands to its end.
async fn read_whole<H: Host>(
    calls: &Insistent<'_, '_, H>,
    lease: &Lease,
    sync: &mut SyncBook,
) -> Result<Synced, WorkError> {
    let host = calls.host();
    if !groups::read(calls, lease, sync).await? {
        return Ok(Synced::OutOfTime);
    }
    let newest = newest_head(host).await?;
    let mut lister = Lister::resume(calls, lease, sync, newest.as_ref()).await?;
    if !lister.list(sync).await? {
        return Ok(Synced::OutOfTime);
    }
    let (renewal, seats) = lister.into_parts();
    let listing = sync.listing.clone().ok_or_else(gone)?;
    let encoded = renewal
        .finish(Unseen::Gone)
        .map_err(listing::cannot_be_stored)?;
    let change = Change::Whole {
        listing: &listing,
        seats: &seats,
    };
    let head = publish(host, lease, sync, Renewed { encoded, change }).await?;
    Ok(Synced::Fresh(Box::new(head)))
}

/// Gives up a reading that is too old to go on, or that renews what is not the newest snapshot any more.
async fn give_up(host: &impl Host, lease: &Lease, sync: &mut SyncBook) -> Result<(), WorkError> {
    let Some(listing) = sync.listing.take() else {
        return Ok(());
    };
    let lists = chunks::store_unused(host, lease, &listing.id, &listing.journal).await?;
    sync.replaced.push(Replaced {
        id: listing.id,
        segments: 0,
        lists,
        since: host.now(),
    });
    write_leased(host, lease, vec![set(sync)?]).await
}

/// Deletes what nobody can be reading any more.
async fn sweep(
    host: &impl Host,
    lease: &Lease,
    sync: &mut SyncBook,
    newest: Option<&SnapshotHead>,
) -> Result<(), WorkError> {
    let is_over = |replaced: &Replaced| host.now().since(replaced.since) > GRACE_SECONDS;
    if !sync.replaced.iter().any(is_over) {
        return Ok(());
    }
    let mut in_use = match newest {
        Some(head) => chunks::load_head(host, &head.id, head.segments).await?,
        None => crate::snapshot::Head::default(),
    };
    // A reading under way may name what was in use before.
    if let Some(listing) = &sync.listing {
        in_use.dictionary.extend(listing.journal.iter().cloned());
    }
    while let Some(place) = sync.replaced.iter().position(is_over) {
        let replaced = sync.replaced.remove(place);
        chunks::delete_replaced(host, lease, &replaced, &in_use).await?;
        write_leased(host, lease, vec![set(sync)?]).await?;
    }
    Ok(())
}

/// The job of reading: the whole organization if a day has passed or somebody asked for it, then whoever must be
/// forgotten, then whoever changed, then whoever must be asked.
pub(super) async fn read<H: Host>(
    worker: &Worker<'_, H>,
    api: &Api<'_, H>,
    job: &Job,
    whole: bool,
) -> Result<Flow, WorkError> {
    let (host, lease) = (worker.host, &worker.lease);
    let max_age = if whole {
        // Whatever was read after somebody asked for it will do.
        host.now().since(job.pushed).min(DAY)
    } else {
        DAY
    };
    let Synced::Fresh(_) = sync(api, lease, max_age).await? else {
        return Ok(Flow::Next);
    };
    settle_rest(worker, api).await
}

/// What remains once there is a snapshot: to forget, to read again, to ask.
pub(super) async fn settle_rest<H: Host>(
    worker: &Worker<'_, H>,
    api: &Api<'_, H>,
) -> Result<Flow, WorkError> {
    let (host, lease) = (worker.host, &worker.lease);
    let calls = Insistent::new(api);
    let mut sync: SyncBook = load(host).await?;
    forget_those_to_be(worker, &mut sync).await?;
    let Some(newest) = newest_head(host).await? else {
        return Ok(Flow::Over);
    };
    if !asking::advance(&calls, lease, &mut sync, &newest).await? {
        return Ok(Flow::Next);
    }
    sync.job = None;
    write_leased(host, lease, vec![set(&sync)?]).await?;
    Ok(Flow::Over)
}

async fn forget_those_to_be<H: Host>(
    worker: &Worker<'_, H>,
    sync: &mut SyncBook,
) -> Result<(), WorkError> {
    let host = worker.host;
    let book: ForgetBook = load(host).await?;
    if book.accounts.is_empty() {
        return Ok(());
    }
    if let Some(newest) = newest_head(host).await? {
        // The answers so far may name them too.
        asking::apply(host, &worker.lease, sync, &newest).await?;
    }
    if let Some(newest) = newest_head(host).await? {
        again::forget(host, &worker.lease, sync, &newest, &book.accounts).await?;
    }
    worker
        .commit(async || {
            let mut rest: ForgetBook = load(host).await?;
            rest.accounts
                .retain(|account| !book.accounts.contains(account));
            let change = super::commit::Change {
                writes: vec![set(&rest)?],
                ..Default::default()
            };
            Ok((change, ()))
        })
        .await
}

/// The policies that are switched on.
async fn enabled_policies(host: &impl Host) -> Result<Vec<Policy>, StorageError> {
    let book: PolicyBook = load(host).await?;
    let policies = book.policies.into_iter().map(|stored| stored.policy);
    Ok(policies.filter(|policy| policy.enabled).collect())
}

fn gone() -> StorageError {
    StorageError::Failed(String::from("the reading under way is gone"))
}

/// Six signs that tell two things of one second apart.
pub(super) fn random_suffix(host: &impl Host) -> String {
    host.random()
        .iter()
        .take(3)
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

/// Reads a snapshot's people.
pub(super) async fn load_snapshot(
    host: &impl Host,
    head: &SnapshotHead,
) -> Result<Snapshot, StorageError> {
    let mut people = chunks::load_stored(host, Some(head)).await?.into_people();
    people.set_origin(Origin {
        source: String::from("users/search"),
        read: Some(head.taken),
    });
    Ok(people)
}

/// The newest snapshot, if there is one.
pub(super) async fn newest(
    host: &impl Host,
) -> Result<Option<(SnapshotHead, Snapshot)>, StorageError> {
    match newest_head(host).await? {
        Some(head) => {
            let snapshot = load_snapshot(host, &head).await?;
            Ok(Some((head, snapshot)))
        }
        None => Ok(None),
    }
}

/// Whether there is a snapshot of at most an age.
pub(super) async fn is_fresh(host: &impl Host, max_age_seconds: i64) -> Result<bool, StorageError> {
    let head = newest_head(host).await?;
    Ok(head.is_some_and(|head| host.now().since(head.taken) <= max_age_seconds))
}

/// The newest snapshot's head, without its people.
pub(super) async fn newest_head(host: &impl Host) -> Result<Option<SnapshotHead>, StorageError> {
    let book: SnapshotBook = load(host).await?;
    Ok(book.snapshot)
}
