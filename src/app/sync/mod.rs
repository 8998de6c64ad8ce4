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
mod now;
mod parts;
mod publish;
mod seats;
mod standings;
mod statement;
mod without_key;

use serde::{Deserialize, Serialize};
use serde_json::json;

use super::api::{Api, connected};
use super::commit::{self, commit_leased};
use super::documents::{ConnectionBook, Document, PolicyBook, load, set};
use super::key_use::key_used;
use super::lease::{self, Lease};
use super::unexplained;
use super::worker::{Flow, Job, WorkError, Worker};
use super::{hints, imports};
use crate::app::records::{ReadingProgress, Source, Suspicion, SuspicionCode};
use crate::atlassian::IDS_A_CALL;
use crate::audit::Entry;
use crate::host::{Host, Queue, StorageError};
use crate::model::{AccountId, DAY, HOUR, Time};
use crate::policy::Policy;
use crate::snapshot::{Origin, Snapshot, Unseen};
use book::{Listing, Replaced};
use chunks::write_leased;
use insistent::Insistent;
use listing::Lister;
use publish::{Change, Renewed, publish};

pub(super) use book::{
    Accepted, AcceptedBook, Failure, FailureBook, SnapshotBook, SnapshotHead, SyncBook,
};
pub(super) use groups::known as seats_known;
pub(super) use now::{Sought, members_now, people_elsewhere_now, people_now};
pub(super) use parts::{list_of_chunks, names_a_chunk, texts_of_chunks};
pub(super) use standings::{Standings, standings_of};

/// A reading hands over to the next invocation when less than this is left.
const STOP_AT_MILLISECONDS: u32 = 60_000;
/// So many people are asked before a run without anybody minding the wait: some ten minutes.
const ASKED_AT_ONCE: u32 = 2_000;
/// So many people of whom events said that they changed are read again at once, in one directory; fewer in several, so that it
/// is about a hundred calls.
const HINTED_AT_ONCE: usize = 1_000;
/// How often a listing is begun anew because its cursor was refused.
const MAX_RESTARTS: u32 = 5;
/// A job is taken to be lost when nobody has worked for so long.
const WATCH_SECONDS: i64 = 900;
/// Whoever began to read a snapshot before it was replaced has so much time to end.
const GRACE_SECONDS: i64 = 1_200;

/// When a job for reading was pushed, if one is out. Not a part of the reading's own state, which only its worker writes.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct ReadingJob {
    pushed: Option<Time>,
}

impl Document for ReadingJob {
    const KEY: &'static str = "reading-job";
}

/// Makes sure that there is a snapshot that was begun not before a time, reading the organization if there is not; false when time ran
/// out before, and the next invocation goes on.
pub(super) async fn sync<H: Host>(
    api: &Api<'_, H>,
    lease: &Lease,
    not_before: Time,
) -> Result<bool, WorkError> {
    let host = api.host;
    let newest = newest_head(host).await?;
    if newest
        .as_ref()
        .is_some_and(|head| is_since(head, not_before))
    {
        return Ok(true);
    }
    let mut sync: SyncBook = load(host).await?;
    sweep(host, lease, &mut sync, newest.as_ref()).await?;
    let calls = Insistent::new(api);
    let base = newest.as_ref().map(|head| head.id.clone());
    let oldest = not_before.min(host.now().plus(-DAY));
    let is_current = |listing: &Listing| listing.started >= oldest && listing.base == base;
    if !sync.listing.as_ref().is_some_and(is_current) {
        give_up(host, lease, &mut sync).await?;
        without_key::give_up(host, lease, &mut sync).await?;
        if let Some(head) = &newest {
            // What was asked so far is not lost: the new reading begins with it.
            asking::apply(host, lease, &mut sync, head).await?;
        }
        // All of them are read now.
        hints::clear(host, &hints::take(host).await?).await?;
        let newest = newest_head(host).await?;
        let started = host.now().max(after(newest.as_ref()));
        let mut listing = begin::begin(&calls, started).await?;
        listing.base = newest.map(|head| head.id);
        let reading = listing.id.clone();
        sync.listing = Some(listing);
        let noted = commit_leased::<_, WorkError>(host, lease, async || {
            let entry = Entry {
                after: Some(json!({"reading": reading})),
                ..key_used(host, "reading the organization").await?
            };
            let change = commit::Change {
                entries: vec![entry],
                writes: vec![set(&sync)?],
            };
            Ok((change, ()))
        });
        noted.await?.ok_or(WorkError::LeaseLost)?;
    }
    read_whole(&calls, lease, &mut sync).await
}

/// Reads on from wherever the reading stands to its end; false when time ran out before.
async fn read_whole<H: Host>(
    calls: &Insistent<'_, '_, H>,
    lease: &Lease,
    sync: &mut SyncBook,
) -> Result<bool, WorkError> {
    let host = calls.host();
    if !groups::read(calls, lease, sync).await? {
        return Ok(false);
    }
    let newest = newest_head(host).await?;
    let mut lister = Lister::resume(calls, lease, sync, newest.as_ref()).await?;
    if !lister.list(sync).await? {
        return Ok(false);
    }
    let (renewal, mut seats) = lister.into_parts();
    let listing = sync.listing.clone().ok_or_else(gone)?;
    if let Some(head) = newest.filter(|head| head.source == Source::Organization) {
        unexplained::compare((host, lease), &renewal, head.taken, listing.started).await?;
    }
    let encoded = renewal
        .finish(Unseen::Gone)
        .map_err(listing::cannot_be_stored)?;
    seats.of_suspended.learn(&encoded.people);
    let at = listing.started;
    let change = Change::Whole {
        listing: &listing,
        seats: &seats,
    };
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
    .await?;
    Ok(true)
}

/// Gives up a reading that is too old to go on, or that renews what is not the newest snapshot any more.
async fn give_up(host: &impl Host, lease: &Lease, sync: &mut SyncBook) -> Result<(), WorkError> {
    let Some(listing) = sync.listing.take() else {
        return Ok(());
    };
    let lists = chunks::store_unused(host, lease, &listing.id, &listing.stored).await?;
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
    asking::clear_spent(host, lease, sync).await?;
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
        in_use.dictionary.extend(listing.stored.iter().cloned());
    }
    while let Some(place) = sync.replaced.iter().position(is_over) {
        let replaced = sync.replaced.remove(place);
        chunks::delete_replaced(host, lease, &replaced, &in_use).await?;
        write_leased(host, lease, vec![set(sync)?]).await?;
    }
    Ok(())
}

/// The job of reading: the whole organization if a day has passed or somebody asked for it, then whoever must be
/// forgotten or read again, then whoever must be asked.
pub(super) async fn read<H: Host>(
    worker: &Worker<'_, H>,
    job: &Job,
    whole: bool,
) -> Result<Flow, WorkError> {
    let host = worker.host;
    let yesterday = host.now().plus(-DAY);
    // Whatever was read after somebody asked for it will do.
    let not_before = if whole {
        job.pushed.max(yesterday)
    } else {
        yesterday
    };
    let Some(api) = connected(host).await? else {
        if !without_key::read(host, &worker.lease, not_before).await? {
            return Ok(Flow::Next);
        }
        publish::restate(host, &worker.lease).await?;
        job_is_over(worker).await?;
        return Ok(Flow::Over);
    };
    if !sync(&api, &worker.lease, not_before).await? {
        return Ok(Flow::Next);
    }
    bring_up_to_date(worker, &api).await?;
    if !ask(worker, &api).await? {
        return Ok(Flow::Next);
    }
    forget_failure(worker).await?;
    job_is_over(worker).await?;
    Ok(Flow::Over)
}

/// What a real run needs besides a snapshot that is fresh enough; false when it must go on in another invocation. A few
/// people are asked at once; many only where the policies could not be trusted to decide otherwise.
pub(super) async fn ready_to_act<H: Host>(
    worker: &Worker<'_, H>,
    api: &Api<'_, H>,
) -> Result<bool, WorkError> {
    bring_up_to_date(worker, api).await?;
    let is_open = |head: &SnapshotHead| {
        let mut suspicions = head.suspicions.iter();
        suspicions.any(|suspicion| suspicion.code == SuspicionCode::Activity)
    };
    match newest_head(worker.host).await? {
        Some(head) if head.coverage.waiting <= ASKED_AT_ONCE || is_open(&head) => {
            ask(worker, api).await
        }
        _ => Ok(true),
    }
}

/// What happened since the whole reading: people of whom an event said that they changed, and policies that were changed.
async fn bring_up_to_date<H: Host>(
    worker: &Worker<'_, H>,
    api: &Api<'_, H>,
) -> Result<(), WorkError> {
    let host = worker.host;
    let mut sync: SyncBook = load(host).await?;
    let mut hinted = hints::take(host).await?;
    if let Some(newest) = newest_head(host).await?
        && !hinted.is_empty()
        // A whole reading under way renews the newest snapshot, which must stay the same until then.
        && sync.listing.is_none()
    {
        let directories = newest.coverage.directories.len().max(1);
        hinted.truncate((HINTED_AT_ONCE / directories).max(IDS_A_CALL));
        asking::apply(host, &worker.lease, &mut sync, &newest).await?;
        if let Some(newest) = newest_head(host).await? {
            let calls = Insistent::new(api);
            again::read_again(&calls, &worker.lease, &mut sync, &newest, &hinted).await?;
        }
        hints::clear(host, &hinted).await?;
    }
    publish::restate(worker.host, &worker.lease).await
}

/// Asks those who are worth it; false when time ran out before.
async fn ask<H: Host>(worker: &Worker<'_, H>, api: &Api<'_, H>) -> Result<bool, WorkError> {
    let host = worker.host;
    let mut sync: SyncBook = load(host).await?;
    let Some(newest) = newest_head(host).await? else {
        return Ok(true);
    };
    if sync.listing.is_some() {
        // The listing goes on from the newest snapshot as it is.
        return Ok(true);
    }
    if newest.coverage.waiting == 0 && sync.asking.is_none() {
        return Ok(true);
    }
    asking::advance(&Insistent::new(api), &worker.lease, &mut sync, &newest).await
}

/// Notes what went wrong in a reading, for the page.
pub(super) async fn note_failure<H: Host>(
    worker: &Worker<'_, H>,
    text: String,
) -> Result<(), WorkError> {
    let failure = Failure {
        at: worker.host.now(),
        text,
    };
    let book = FailureBook {
        failure: Some(failure),
    };
    write_leased(worker.host, &worker.lease, vec![set(&book)?]).await
}

/// A reading came to its end: what went wrong before is over.
async fn forget_failure<H: Host>(worker: &Worker<'_, H>) -> Result<(), WorkError> {
    if failure(worker.host).await?.is_none() {
        return Ok(());
    }
    let none = FailureBook::default();
    write_leased(worker.host, &worker.lease, vec![set(&none)?]).await
}

/// What went wrong in the last reading, if it did not come to its end since.
pub(super) async fn failure(host: &impl Host) -> Result<Option<Failure>, StorageError> {
    let book: FailureBook = load(host).await?;
    Ok(book.failure)
}

/// Notes that no job for reading is out any more.
pub(super) async fn job_is_over<H: Host>(worker: &Worker<'_, H>) -> Result<(), WorkError> {
    let none = ReadingJob { pushed: None };
    write_leased(worker.host, &worker.lease, vec![set(&none)?]).await
}

/// Puts a job for reading on the queue.
pub(super) async fn ask_for_reading(host: &impl Host, whole: bool) -> Result<(), StorageError> {
    host.push(Queue::Work, Job::read(host, whole).text()?, 0)
        .await
        .map_err(|error| StorageError::Failed(error.to_string()))?;
    let pushed = ReadingJob {
        pushed: Some(host.now()),
    };
    host.transact(vec![set(&pushed)?]).await
}

/// Whether a reading is due and no job is out that would do it.
pub(super) async fn is_due(host: &impl Host) -> Result<bool, StorageError> {
    let job: ReadingJob = load(host).await?;
    let idle = lease::free_for(host, Queue::Work).await?;
    if job.pushed.is_some_and(|pushed| {
        // The platform keeps a failing job for a day only.
        host.now().since(pushed) < WATCH_SECONDS || idle.is_some_and(|idle| idle < WATCH_SECONDS)
    }) {
        return Ok(false);
    }
    let pause = |failure: &Failure| host.now().since(failure.at) < HOUR;
    if failure(host).await?.as_ref().is_some_and(pause) {
        return Ok(false);
    }
    let Some(newest) = newest_head(host).await? else {
        return Ok(true);
    };
    let sync: SyncBook = load(host).await?;
    let connection: ConnectionBook = load(host).await?;
    let is_connected = connection.connection.is_some();
    let is_of_other = newest.source != Source::Organization && is_connected;
    let is_hinted =
        is_connected && host.now().since(newest.renewed) >= HOUR && hints::are_there(host).await?;
    Ok(host.now().since(newest.taken) >= DAY
        || is_of_other
        || sync.listing.is_some()
        || sync.asking.is_some()
        || is_hinted
        || newest.policies != publish::policies_mark(host).await?)
}

/// How far the reading under way has come, if there is one.
pub(super) async fn progress(host: &impl Host) -> Result<Option<ReadingProgress>, StorageError> {
    let sync: SyncBook = load(host).await?;
    let message = failure(host).await?.map(|failure| failure.text);
    let (listing, asking) = (sync.listing.as_ref(), sync.asking.as_ref());
    let started = listing
        .map(|listing| listing.started)
        .or_else(|| asking.map(|asking| asking.started));
    if started.is_none() {
        return without_key::progress(host, message).await;
    }
    Ok(started.map(|started| ReadingProgress {
        started,
        listed: listing.map_or(0, |listing| listing.listed),
        expected: listing.and_then(Listing::expected),
        asked: asking.map_or(0, |asking| asking.asked),
        to_ask: asking.map_or(0, |asking| asking.to_ask),
        message,
    }))
}

/// A reading failed for good: another one begins anew, an hour later.
pub(super) async fn end_failed<H: Host>(worker: &Worker<'_, H>) -> Result<(), WorkError> {
    let (host, lease) = (worker.host, &worker.lease);
    let mut sync: SyncBook = load(host).await?;
    give_up(host, lease, &mut sync).await?;
    without_key::give_up(host, lease, &mut sync).await?;
    job_is_over(worker).await
}

/// Takes people out of everything that was read of them (RULES R18).
pub(super) async fn forget<H: Host>(
    worker: &Worker<'_, H>,
    accounts: &[AccountId],
) -> Result<(), WorkError> {
    let (host, lease) = (worker.host, &worker.lease);
    let mut sync: SyncBook = load(host).await?;
    // What is under way names them too; the next reading begins anew.
    give_up(host, lease, &mut sync).await?;
    without_key::give_up(host, lease, &mut sync).await?;
    imports::erase(host, accounts).await?;
    if let Some(newest) = newest_head(host).await? {
        asking::apply(host, lease, &mut sync, &newest).await?;
    }
    if let Some(newest) = newest_head(host).await? {
        again::forget(host, lease, &mut sync, &newest, accounts).await?;
    }
    Ok(())
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
    let people = chunks::load_stored(host, Some(head)).await?.into_people();
    Ok(with_origin(people, head.taken))
}

fn with_origin(mut people: Snapshot, read: Time) -> Snapshot {
    people.set_origin(Origin {
        source: String::from("users/search"),
        read: Some(read),
    });
    people
}

/// The first time that a renewal of a snapshot may have.
fn after(newest: Option<&SnapshotHead>) -> Time {
    newest.map_or(Time::default(), |head| head.renewed.plus(1))
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

/// The accounts of whom the newest snapshot has something stored, also of those who are not listed any more.
pub(super) async fn stored_accounts(
    host: &impl Host,
) -> Result<Option<(SnapshotHead, Vec<AccountId>)>, StorageError> {
    let Some(head) = newest_head(host).await? else {
        return Ok(None);
    };
    let stored = chunks::load_stored(host, Some(&head)).await?;
    let people = stored.people();
    let listed = people.rows().filter_map(|row| people.account(row));
    let accounts = listed.chain(stored.gone());
    let accounts = accounts.map(|account| AccountId(account.to_owned()));
    Ok(Some((head, accounts.collect())))
}

/// Whether there is a snapshot that was begun not before a time.
pub(super) async fn is_fresh(host: &impl Host, not_before: Time) -> Result<bool, StorageError> {
    let head = newest_head(host).await?;
    Ok(head.is_some_and(|head| is_since(&head, not_before)))
}

/// Whether a snapshot is the organization's own, and was begun not before a time.
fn is_since(head: &SnapshotHead, not_before: Time) -> bool {
    head.source == Source::Organization && head.taken >= not_before
}

/// The newest snapshot's head, without its people.
pub(super) async fn newest_head(host: &impl Host) -> Result<Option<SnapshotHead>, StorageError> {
    let book: SnapshotBook = load(host).await?;
    let Some(mut head) = book.snapshot else {
        return Ok(None);
    };
    let is_jump = |suspicion: &Suspicion| suspicion.code == SuspicionCode::Jump;
    if head.suspicions.iter().any(is_jump) {
        let book: AcceptedBook = load(host).await?;
        let accepted = book
            .accepted
            .filter(|accepted| statement::is_accepted(accepted, &head));
        head.accepted = accepted.map(|accepted| accepted.acceptance);
    }
    Ok(Some(head))
}
