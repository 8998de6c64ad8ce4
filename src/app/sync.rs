//! Reading the organization: a listing of any size as a chain of invocations, each continuing where the one before was
//! ended or killed.

use crate::app::records::{Acceptance, Coverage, ProductFigures, Source, Suspicion};
use crate::app::worker::{WorkError, Worker};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};

use super::api::Api;
use super::documents::{Document, decode, load, load_value, set, set_value};
use super::lease::Lease;
use crate::atlassian::{
    NullActivity, UserFilter, UserReader, directories, read_directories, read_workspaces, sites_of,
    users_search, workspaces,
};
use crate::host::{Host, StorageError, Write};
use crate::insights::products;
use crate::model::{AccountId, DirectoryId, Time};
use crate::snapshot::{Origin, Site, Snapshot, decode_part, encode_parts};

/// People are stored whenever so many have come together: a killed invocation reads at most these again.
const STORE_EVERY: usize = 1_000;
/// The listing hands over to the next invocation when less than this is left.
const STOP_AT_MILLISECONDS: u32 = 60_000;
/// How often a directory's listing is begun anew.
const MAX_RESTARTS: u32 = 2;
/// The most parts in one write: 15 parts of 236 KiB stay below 4 MB.
const PARTS_A_WRITE: usize = 15;

/// The newest snapshot.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct SnapshotBook {
    pub(super) snapshot: Option<SnapshotHead>,
}

impl Document for SnapshotBook {
    const KEY: &'static str = "snapshot";
}

/// Where a snapshot's parts are.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct SnapshotHead {
    pub(super) id: String,
    pub(super) taken: Time,
    pub(super) parts: u32,
    pub(super) sites: Vec<StoredSite>,
    /// The figures that the overview shows, so that it need not read the parts.
    pub(super) users: u32,
    pub(super) products: Vec<ProductFigures>,
    #[serde(default)]
    pub(super) source: Source,
    #[serde(default)]
    pub(super) coverage: Coverage,
    #[serde(default)]
    pub(super) suspicions: Vec<Suspicion>,
    #[serde(default)]
    pub(super) accepted: Option<Acceptance>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct StoredSite {
    cloud_id: String,
    host: String,
}

impl SnapshotHead {
    /// The sites as the evaluation needs them.
    pub(super) fn sites(&self) -> Vec<Site> {
        self.sites
            .iter()
            .map(|site| Site {
                cloud_id: site.cloud_id.clone(),
                host: site.host.clone(),
            })
            .collect()
    }
}

/// A listing under way.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
struct SyncBook {
    listing: Option<Listing>,
    /// Parts of snapshots that are not in use any more.
    leftovers: Vec<(String, u32)>,
    /// Why the last attempt failed, until one succeeds.
    #[serde(default)]
    failure: Option<Failure>,
}

/// A reading of the organization that failed.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Failure {
    /// When.
    pub(super) at: Time,
    /// Which call failed, what it means, and what will be done.
    pub(super) text: String,
}

/// Why the last attempt at a reading failed, if it did.
pub(super) async fn failure(host: &impl Host) -> Result<Option<Failure>, StorageError> {
    let book: SyncBook = load(host).await?;
    Ok(book.failure)
}

impl Document for SyncBook {
    const KEY: &'static str = "sync";
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Listing {
    id: String,
    started: Time,
    sites: Vec<StoredSite>,
    directories: Vec<DirectoryListing>,
    parts: u32,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct DirectoryListing {
    id: DirectoryId,
    /// The number of parts before this directory's first.
    first_part: Option<u32>,
    cursor: Option<String>,
    done: bool,
    /// How often the listing was begun anew because its cursor was refused.
    restarts: u32,
}

/// What came of a sync.
#[derive(Debug)]
pub(super) enum Synced {
    /// A snapshot that is fresh enough.
    Fresh(SnapshotHead),
    /// Time ran out; the next invocation goes on.
    OutOfTime,
}

/// Makes sure that there is a snapshot of at most an age, listing the organization if there is not.
pub(super) async fn sync<H: Host>(
    api: &Api<'_, H>,
    lease: &Lease,
    max_age_seconds: i64,
) -> Result<Synced, WorkError> {
    let host = api.host;
    let now = host.now();
    let book: SnapshotBook = load(host).await?;
    if let Some(head) = book.snapshot
        && now.since(head.taken) <= max_age_seconds
    {
        return Ok(Synced::Fresh(head));
    }
    let mut sync: SyncBook = load(host).await?;
    sweep(host, lease, &mut sync).await?;
    let stale = |listing: &Listing| now.since(listing.started) > max_age_seconds;
    if sync.listing.as_ref().is_none_or(stale) {
        if let Some(old) = sync.listing.take() {
            sync.leftovers.push((old.id, old.parts));
        }
        sync.listing = Some(begin(api).await?);
        store(host, lease, &sync, Vec::new()).await?;
    }
    while let Some(index) = sync.listing.as_ref().and_then(Listing::next_directory) {
        if !list_directory(api, lease, &mut sync, index).await? {
            return Ok(Synced::OutOfTime);
        }
    }
    finish(host, lease, sync).await.map(Synced::Fresh)
}

impl Listing {
    fn next_directory(&self) -> Option<usize> {
        self.directories
            .iter()
            .position(|directory| !directory.done)
    }
}

/// Reads what is small: the directories and the sites.
async fn begin<H: Host>(api: &Api<'_, H>) -> Result<Listing, WorkError> {
    let started = api.host.now();
    let mut found = Vec::new();
    let mut cursor: Option<String> = None;
    loop {
        let request = directories(&api.organization, cursor.as_deref(), &api.key);
        let response = api.call("reading the directories", request).await?;
        let (page, next) = read_directories(&response.body)?;
        found.extend(page);
        cursor = next;
        if cursor.is_none() {
            break;
        }
    }
    let sites = read_sites(api).await?;
    Ok(Listing {
        id: format!("{}-{}", started.compact(), random_suffix(api.host)),
        started,
        sites,
        directories: found
            .into_iter()
            .map(|(id, _)| DirectoryListing {
                id,
                first_part: None,
                cursor: None,
                done: false,
                restarts: 0,
            })
            .collect(),
        parts: 0,
    })
}

async fn read_sites<H: Host>(api: &Api<'_, H>) -> Result<Vec<StoredSite>, WorkError> {
    let mut sites: Vec<StoredSite> = Vec::new();
    let mut cursor: Option<String> = None;
    loop {
        let request = workspaces(&api.organization, cursor.as_deref(), &api.key);
        let response = api.call("reading the sites", request).await?;
        let (page, next) = read_workspaces(&response.body)?;
        for site in sites_of(&page) {
            let site = StoredSite {
                cloud_id: site.cloud_id,
                host: site.host,
            };
            if !sites.contains(&site) {
                sites.push(site);
            }
        }
        cursor = next;
        if cursor.is_none() {
            return Ok(sites);
        }
    }
}

/// Six signs that tell two things of one second apart.
pub(super) fn random_suffix(host: &impl Host) -> String {
    host.random()
        .iter()
        .take(3)
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

/// Lists one directory to its end; false when time ran out before.
async fn list_directory<H: Host>(
    api: &Api<'_, H>,
    lease: &Lease,
    sync: &mut SyncBook,
    index: usize,
) -> Result<bool, WorkError> {
    let mut people = UserReader::default();
    let (directory, mut cursor) = {
        let (listing, entry) = sync.entry(index)?;
        entry.first_part.get_or_insert(listing);
        (entry.id.clone(), entry.cursor.clone())
    };
    loop {
        let filter = UserFilter::Everybody {
            cursor: cursor.as_deref(),
        };
        let request = users_search(&api.organization, Some(&directory), filter, &api.key);
        let response = match api.call("reading users", request).await {
            Err(error) if cursor.is_some() && error.may_be_the_cursor() => {
                // A cursor that is not known any more: list this directory anew.
                if !sync.restart(index)? {
                    return Err(error.into());
                }
                people = UserReader::default();
                cursor = None;
                continue;
            }
            Err(error) if !people.snapshot().is_empty() => {
                keep(api.host, lease, sync, index, &mut people, cursor, false).await?;
                return Err(error.into());
            }
            other => other?,
        };
        let page = people.read(&response.body, &directory, NullActivity::Unknown)?;
        cursor = page.next;
        let done = cursor.is_none();
        let out_of_time = api.host.time_left() < STOP_AT_MILLISECONDS;
        if done || out_of_time || people.snapshot().len() >= STORE_EVERY {
            keep(
                api.host,
                lease,
                sync,
                index,
                &mut people,
                cursor.clone(),
                done,
            )
            .await?;
        }
        if done {
            return Ok(true);
        }
        if out_of_time {
            return Ok(false);
        }
    }
}

impl SyncBook {
    /// A directory's listing and the number of parts so far.
    fn entry(&mut self, index: usize) -> Result<(u32, &mut DirectoryListing), StorageError> {
        let gone = || StorageError::Failed(String::from("the listing under way is gone"));
        let listing = self.listing.as_mut().ok_or_else(gone)?;
        let entry = listing.directories.get_mut(index).ok_or_else(gone)?;
        Ok((listing.parts, entry))
    }

    /// Begins a directory anew; false when that was tried often enough.
    fn restart(&mut self, index: usize) -> Result<bool, StorageError> {
        let (parts, entry) = self.entry(index)?;
        if entry.restarts >= MAX_RESTARTS {
            return Ok(false);
        }
        entry.restarts += 1;
        entry.cursor = None;
        let first = entry.first_part.unwrap_or(parts);
        if let Some(listing) = self.listing.as_mut() {
            listing.parts = first;
        }
        Ok(true)
    }
}

/// Stores people as parts together with how far the listing has come.
async fn keep(
    host: &impl Host,
    lease: &Lease,
    sync: &mut SyncBook,
    index: usize,
    people: &mut UserReader,
    cursor: Option<String>,
    done: bool,
) -> Result<(), WorkError> {
    let people = std::mem::take(people).into_snapshot();
    let encoded = encode_parts(&people).map_err(|error| {
        StorageError::Failed(format!("a page of people cannot be stored: {error}"))
    })?;
    let (id, mut parts) = match &sync.listing {
        Some(listing) => (listing.id.clone(), listing.parts),
        None => return Ok(()),
    };
    let mut writes = Vec::new();
    for part in encoded {
        writes.push(set_value(part_key(&id, parts), &STANDARD.encode(part))?);
        parts = parts.saturating_add(1);
        if writes.len() == PARTS_A_WRITE {
            // Parts beyond the listing's count do not exist for anybody until the count says so.
            host.transact(std::mem::take(&mut writes)).await?;
        }
    }
    let (_, entry) = sync.entry(index)?;
    entry.cursor = cursor;
    entry.done = done;
    if let Some(listing) = sync.listing.as_mut() {
        listing.parts = parts;
    }
    store(host, lease, sync, writes).await
}

async fn store(
    host: &impl Host,
    lease: &Lease,
    sync: &SyncBook,
    mut writes: Vec<Write>,
) -> Result<(), WorkError> {
    writes.push(set(sync)?);
    writes.push(lease.check());
    match host.transact(writes).await {
        Err(StorageError::Conflict) => Err(WorkError::LeaseLost),
        other => Ok(other?),
    }
}

/// Makes the listing the newest snapshot.
async fn finish(
    host: &impl Host,
    lease: &Lease,
    mut sync: SyncBook,
) -> Result<SnapshotHead, WorkError> {
    let Some(listing) = sync.listing.take() else {
        return Err(StorageError::Failed(String::from("the listing under way is gone")).into());
    };
    let mut head = SnapshotHead {
        id: listing.id,
        taken: listing.started,
        parts: listing.parts,
        sites: listing.sites,
        users: 0,
        products: Vec::new(),
        source: Source::Organization,
        coverage: Coverage::default(),
        suspicions: Vec::new(),
        accepted: None,
    };
    let snapshot = load_snapshot(host, &head).await?;
    head.users = u32::try_from(snapshot.len()).unwrap_or(u32::MAX);
    head.products = figures(&snapshot, &head);
    let book: SnapshotBook = load(host).await?;
    if let Some(old) = book.snapshot {
        let before = load_snapshot(host, &old).await?;
        super::unexplained::compare(host, &before, &snapshot).await?;
        sync.leftovers.push((old.id, old.parts));
    }
    let newest = set(&SnapshotBook {
        snapshot: Some(head.clone()),
    })?;
    store(host, lease, &sync, vec![newest]).await?;
    Ok(head)
}

fn figures(snapshot: &Snapshot, head: &SnapshotHead) -> Vec<ProductFigures> {
    products(snapshot, &head.sites(), head.taken)
        .into_iter()
        .map(|((product, site), counts)| ProductFigures {
            product,
            site,
            people: counts.people,
            active: counts.active,
            idle: counts.idle,
            never: counts.never,
            unknown: counts.unknown,
            seats: 0,
            seats_unknown: counts.people,
            seats_said: None,
            capacity: None,
        })
        .collect()
}

/// Deletes parts that nobody needs any more.
async fn sweep(host: &impl Host, lease: &Lease, sync: &mut SyncBook) -> Result<(), WorkError> {
    while let Some((id, parts)) = sync.leftovers.pop() {
        let batch = u32::try_from(PARTS_A_WRITE).unwrap_or(1);
        let rest = parts.saturating_sub(batch);
        let deletes = (rest..parts)
            .map(|part| Write::Delete {
                key: part_key(&id, part),
            })
            .collect();
        if rest > 0 {
            sync.leftovers.push((id, rest));
        }
        store(host, lease, sync, deletes).await?;
    }
    Ok(())
}

fn part_key(id: &str, part: u32) -> String {
    format!("snapshot:{id}:{part}")
}

/// Reads a snapshot.
pub(super) async fn load_snapshot(
    host: &impl Host,
    head: &SnapshotHead,
) -> Result<Snapshot, StorageError> {
    let keys: Vec<String> = (0..head.parts)
        .map(|part| part_key(&head.id, part))
        .collect();
    let mut snapshot = Snapshot::new();
    snapshot.set_origin(Origin {
        source: String::from("users/search"),
        read: Some(head.taken),
    });
    for keys in keys.chunks(PARTS_A_WRITE) {
        for (key, text) in keys.iter().zip(host.get(keys).await?) {
            let text =
                text.ok_or_else(|| StorageError::Failed(format!("the part `{key}` is gone")))?;
            let text: String = decode(key, &text)?;
            let damaged =
                |why: String| StorageError::Failed(format!("the part `{key}` is damaged: {why}"));
            let bytes = STANDARD
                .decode(text)
                .map_err(|_| damaged(String::from("it is not base64")))?;
            decode_part(&bytes, &mut snapshot).map_err(|error| damaged(error.to_string()))?;
        }
    }
    Ok(snapshot)
}

/// Takes people out of everything that was read of the organization.
pub(super) async fn forget<H: Host>(
    worker: &Worker<'_, H>,
    accounts: &[AccountId],
) -> Result<(), WorkError> {
    let _ = (worker, accounts);
    Ok(())
}

/// The newest snapshot, if there is one.
pub(super) async fn newest(
    host: &impl Host,
) -> Result<Option<(SnapshotHead, Snapshot)>, StorageError> {
    let Some(book) = load_value::<SnapshotBook>(host, SnapshotBook::KEY).await? else {
        return Ok(None);
    };
    match book.snapshot {
        Some(head) => {
            let snapshot = load_snapshot(host, &head).await?;
            Ok(Some((head, snapshot)))
        }
        None => Ok(None),
    }
}

/// Whether there is a snapshot of at most an age.
pub(super) async fn is_fresh(host: &impl Host, max_age_seconds: i64) -> Result<bool, StorageError> {
    let book: SnapshotBook = load(host).await?;
    Ok(book
        .snapshot
        .is_some_and(|head| host.now().since(head.taken) <= max_age_seconds))
}

/// The newest snapshot's head, without its people.
pub(super) async fn newest_head(host: &impl Host) -> Result<Option<SnapshotHead>, StorageError> {
    let book: SnapshotBook = load(host).await?;
    Ok(book.snapshot)
}
