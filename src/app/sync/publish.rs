//! Making what was read the newest snapshot, with what is said about it.

use serde::{Deserialize, Serialize};

use super::book::{
    FailureBook, JiraBook, Listing, Replaced, SnapshotBook, SnapshotHead, StoredSite,
    StoredWorkspace,
};
use super::chunks::{
    NAMES_A_LIST, list_key, load_stored, store_chunks, store_head, store_unused, write_leased,
};
use super::statement::{Ground, state};
use super::{SyncBook, groups, newest_head, random_suffix};
use crate::app::documents::{Document, PolicyBook, encode, load, set, set_value};
use crate::app::jira_people::JiraListing;
use crate::app::lease::Lease;
use crate::app::lists::ListBook;
use crate::app::own_names::OwnNames;
use crate::app::records::{DirectoryCoverage, Settings, Source, Suspicion, SuspicionCode};
use crate::app::trend;
use crate::app::worker::WorkError;
use crate::atlassian::Seats;
use crate::audit::sha256_hex;
use crate::host::{Host, StorageError, Write};
use crate::model::{Activity, Time};
use crate::snapshot::{Encoded, Snapshot};

/// A snapshot that was renewed.
pub(super) struct Renewed<'a> {
    pub(super) encoded: Encoded,
    pub(super) change: Change<'a>,
    /// When it was renewed: the time that the renewal was made with.
    pub(super) at: Time,
}

/// What renewed it.
pub(super) enum Change<'a> {
    /// A whole reading.
    Whole {
        listing: &'a Listing,
        seats: &'a Seats,
    },
    /// A listing of Jira's people, with what an export says of them.
    Site {
        listing: &'a JiraListing,
        source: Source,
        sites: Vec<StoredSite>,
        workspaces: Vec<StoredWorkspace>,
        /// When the export was made that it rests on, if it does.
        oldest: Option<Time>,
        /// What Jira refused to say, each in one sentence.
        refused: Vec<String>,
    },
    /// Some people, in the snapshot there was.
    Part { newest: &'a SnapshotHead },
}

/// What was begun to be stored since the newest snapshot was made: an attempt that is killed leaves something that nobody
/// names.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
struct Begun {
    attempts: Vec<Replaced>,
}

impl Document for Begun {
    const KEY: &'static str = "publishing";
}

/// Notes what is about to be stored, so that it can be deleted if that is all that comes of it. Answers what was begun
/// before, and the list of the chunks.
async fn announce(
    host: &impl Host,
    lease: &Lease,
    id: &str,
    encoded: &Encoded,
) -> Result<(Begun, Replaced), WorkError> {
    let before: Begun = load(host).await?;
    let names: Vec<String> = encoded
        .chunks
        .iter()
        .map(|chunk| chunk.name.clone())
        .collect();
    let since = host.now();
    let count = |all: usize| u32::try_from(all).unwrap_or(u32::MAX);
    let chunks = Replaced {
        id: new_id(host),
        segments: 0,
        lists: count(names.len().div_ceil(NAMES_A_LIST)),
        since,
    };
    let named = Replaced {
        id: String::from(id),
        segments: count(encoded.head.segments().len()),
        lists: count(encoded.unused.len().div_ceil(NAMES_A_LIST)),
        since,
    };
    let mut begun = before.clone();
    begun.attempts.extend([chunks.clone(), named]);
    write_leased(host, lease, vec![set(&begun)?]).await?;
    store_unused(host, lease, &chunks.id, &names).await?;
    Ok((before, chunks))
}

/// Stores a renewed snapshot and makes it the newest.
pub(super) async fn publish(
    host: &impl Host,
    lease: &Lease,
    sync: &mut SyncBook,
    renewed: Renewed<'_>,
) -> Result<SnapshotHead, WorkError> {
    let Renewed {
        encoded,
        change,
        at,
    } = renewed;
    let mut book: SnapshotBook = load(host).await?;
    if let (Change::Whole { .. }, Some(old)) = (&change, newest_head(host).await?) {
        book.remember(&old);
    }
    let mut head = statement(host, &change, &encoded.people, &book).await?;
    head.renewed = at;
    let (before, announced) = announce(host, lease, &head.id, &encoded).await?;
    store_chunks(host, lease, &encoded.chunks).await?;
    head.segments = store_head(host, lease, &head.id, &encoded.head).await?;
    let lists = store_unused(host, lease, &head.id, &encoded.unused).await?;
    sync.replaced.push(Replaced {
        id: head.id.clone(),
        segments: 0,
        lists,
        since: host.now(),
    });
    if let Some(old) = book.snapshot.take() {
        sync.replaced.push(Replaced {
            id: old.id,
            segments: old.segments,
            lists: 0,
            since: host.now(),
        });
    }
    // What earlier attempts have left goes too; a chunk of theirs that is in use now stays.
    let left = before.attempts.into_iter();
    let left = left.filter(|attempt| attempt.id != head.id);
    sync.replaced.extend(left.map(|attempt| Replaced {
        since: host.now(),
        ..attempt
    }));
    let mut writes = vec![set(&Begun::default())?];
    writes.extend((0..announced.lists).map(|number| Write::Delete {
        key: list_key(&announced.id, number),
    }));
    if let Change::Whole { listing, seats } = change {
        writes.push(set(&FailureBook::default())?);
        writes.push(set_value(groups::SEATS, seats)?);
        writes.push(Write::Delete {
            key: groups::key_of(&listing.id),
        });
        sync.listing = None;
    } else if let Change::Site { .. } = change {
        writes.push(set(&FailureBook::default())?);
        writes.push(set(&JiraBook::default())?);
    }
    writes.extend(trend::note(host, head.taken, &head.products, head.is_suspect()).await?);
    book.snapshot = Some(head.clone());
    writes.push(set(&book)?);
    writes.push(set(sync)?);
    write_leased(host, lease, writes).await?;
    Ok(head)
}

/// What a statement rests on besides the people: the enabled policies' texts, the imported lists, and the limits.
pub(super) async fn policies_mark(host: &impl Host) -> Result<String, StorageError> {
    let settings: Settings = load(host).await?;
    let policies: PolicyBook = load(host).await?;
    mark_of(&settings, &policies, &load(host).await?)
}

fn mark_of(
    settings: &Settings,
    policies: &PolicyBook,
    lists: &ListBook,
) -> Result<String, StorageError> {
    let mut text = encode(&settings.coverage)?;
    for stored in policies
        .policies
        .iter()
        .filter(|stored| stored.policy.enabled)
    {
        text.push_str(&stored.hash);
    }
    for list in &lists.lists {
        text.push_str(&list.mark());
    }
    Ok(sha256_hex(&text))
}

/// States the newest snapshot anew where policies or limits were changed since.
pub(super) async fn restate(host: &impl Host, lease: &Lease) -> Result<(), WorkError> {
    let mut book: SnapshotBook = load(host).await?;
    let Some(newest) = &book.snapshot else {
        return Ok(());
    };
    if newest.policies == policies_mark(host).await? {
        return Ok(());
    }
    let people = load_stored(host, Some(newest)).await?.into_people();
    let change = Change::Part { newest };
    let restated = SnapshotHead {
        id: newest.id.clone(),
        segments: newest.segments,
        renewed: newest.renewed,
        ..statement(host, &change, &people, &book).await?
    };
    book.snapshot = Some(restated);
    write_leased(host, lease, vec![set(&book)?]).await
}

async fn statement(
    host: &impl Host,
    change: &Change<'_>,
    people: &Snapshot,
    book: &SnapshotBook,
) -> Result<SnapshotHead, StorageError> {
    let settings: Settings = load(host).await?;
    let stored: PolicyBook = load(host).await?;
    let policies = stored.policies.iter().map(|stored| &stored.policy);
    let policies: Vec<_> = policies.filter(|policy| policy.enabled).collect();
    let now = host.now();
    let taken = match change {
        Change::Whole { listing, .. } => listing.started,
        Change::Site { listing, .. } => listing.started,
        Change::Part { newest } => newest.taken,
    };
    let baseline = book.baseline(taken);
    let confirmed = match change {
        Change::Site { oldest, .. } => *oldest,
        Change::Whole { .. } | Change::Part { .. } => {
            confirmed(people, taken, book.snapshot.as_ref())
        }
    };
    let names = OwnNames::of_all(host, &policies).await?;
    let common = |id, source| Ground {
        id,
        taken,
        now,
        source,
        oldest_reading: confirmed.unwrap_or(taken),
        sites: Vec::new(),
        workspaces: Vec::new(),
        directories: Vec::new(),
        pages_failed: 0,
        policies: &policies,
        names: &names,
        limits: &settings.coverage,
        baseline,
    };
    let ground = match change {
        Change::Whole { listing, .. } => Ground {
            sites: listing.sites.clone(),
            workspaces: listing.workspaces.clone(),
            directories: directories(listing),
            pages_failed: listing.pages_failed,
            ..common(listing.id.clone(), Source::Organization)
        },
        Change::Site {
            source,
            sites,
            workspaces,
            ..
        } => Ground {
            sites: sites.clone(),
            workspaces: workspaces.clone(),
            ..common(new_id(host), *source)
        },
        Change::Part { newest } => Ground {
            sites: newest.sites.clone(),
            workspaces: newest.workspaces.clone(),
            directories: newest.coverage.directories.clone(),
            pages_failed: newest.coverage.pages_failed,
            ..common(new_id(host), newest.source)
        },
    };
    let mut head = state(ground, people);
    head.policies = mark_of(&settings, &stored, &load(host).await?)?;
    head.confirmed = confirmed;
    if let Change::Site { refused, .. } = change {
        head.suspicions.extend(refused.iter().map(|why| Suspicion {
            code: SuspicionCode::Source,
            text: why.clone(),
        }));
    }
    Ok(head)
}

fn new_id(host: &impl Host) -> String {
    format!("{}-{}", host.now().compact(), random_suffix(host))
}

/// Since when confirmations are carried that an access was never used; `None` without any. Everything else is of the
/// reading itself.
fn confirmed(people: &Snapshot, taken: Time, before: Option<&SnapshotHead>) -> Option<Time> {
    let has_confirmation = people.rows().any(|row| {
        let all = people.activities(row);
        all.is_some_and(|mut all| all.any(|(_, activity)| activity == Activity::Never))
    });
    let before = before.and_then(|head| head.confirmed);
    has_confirmation.then(|| before.unwrap_or(taken).min(taken))
}

fn directories(listing: &Listing) -> Vec<DirectoryCoverage> {
    listing
        .directories
        .iter()
        .map(|directory| DirectoryCoverage {
            id: directory.id.clone(),
            name: directory.name.clone(),
            listed: 0,
            counted: directory.counted,
        })
        .collect()
}
