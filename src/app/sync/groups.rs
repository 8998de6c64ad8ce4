//! What groups grant: read before the people, so that each access can say whether it takes a seat (RULES R11).

use serde::{Deserialize, Serialize};

use super::book::{GroupsRead, Listing};
use super::chunks::write_leased;
use super::insistent::Insistent;
use super::{MAX_RESTARTS, STOP_AT_MILLISECONDS, SyncBook};
use crate::app::documents::{load_value, set, set_value};
use crate::app::lease::Lease;
use crate::app::worker::WorkError;
use crate::atlassian::{
    ApiErrorKind, GOVERNING, ListedGroup, Seats, groups, groups_granting, read_group_page,
    read_role_assignments, role_assignments,
};
use crate::host::{Host, StorageError};
use crate::model::{DirectoryId, GroupId};

/// What was learnt is stored whenever so many calls were made: a killed invocation makes at most these again.
const STORE_EVERY: u32 = 50;
/// So many groups that grant something are asked at most: what the others grant stays unknown. Enough for any
/// organization, and what was learnt fits into one stored value.
const MAX_GROUPS: usize = 1_500;

/// What was learnt must fit into one stored value (RULES R16): about this much is asked for.
const MAX_BYTES: usize = 200_000;

/// What is known of groups so far, in a value of its own.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct GroupBook {
    /// Groups that grant something.
    granting: Vec<(GroupId, DirectoryId)>,
    seats: Seats,
    /// Whether it was asked which groups make administrators of the organization or of a site.
    #[serde(default)]
    governing_listed: bool,
}

impl GroupBook {
    /// About how long it is when it is stored.
    fn bytes(&self) -> usize {
        let ids = |(group, directory): &(GroupId, DirectoryId)| {
            group.as_str().len() + directory.as_str().len() + 8
        };
        let granting: usize = self.granting.iter().map(ids).sum();
        granting + self.seats.bytes()
    }
}

fn key(listing: &Listing) -> String {
    format!("sync:groups:{}", listing.id)
}

/// The key under which what groups grant is kept for later, once a reading is over.
pub(super) const SEATS: &str = "seats";

/// What groups grant, as the newest reading knows it.
pub(in crate::app) async fn known(host: &impl Host) -> Result<Seats, StorageError> {
    let seats: Option<Seats> = load_value(host, SEATS).await?;
    Ok(seats.unwrap_or_default())
}

/// The key under which the listing's groups are, to be deleted when it is over.
pub(super) fn key_of(id: &str) -> String {
    format!("sync:groups:{id}")
}

/// What the groups grant, once all were asked, and what earlier readings saw of suspended people.
pub(super) async fn seats(host: &impl Host, listing: &Listing) -> Result<Seats, StorageError> {
    let book: Option<GroupBook> = load_value(host, &key(listing)).await?;
    let mut seats = book.unwrap_or_default().seats;
    seats.of_suspended = known(host).await?.of_suspended;
    Ok(seats)
}

/// Lists the groups and asks those that grant something what it is; false when time ran out before.
pub(super) async fn read<H: Host>(
    calls: &Insistent<'_, '_, H>,
    lease: &Lease,
    sync: &mut SyncBook,
) -> Result<bool, WorkError> {
    let host = calls.host();
    let Some(listing) = sync.listing.as_ref() else {
        return Ok(true);
    };
    let Some(mut progress) = listing.groups.clone() else {
        return Ok(true);
    };
    let key = key(listing);
    let mut book: GroupBook = load_value(host, &key).await?.unwrap_or_default();
    let mut since_stored = 0;
    loop {
        let step = match (progress.listed, book.governing_listed) {
            (false, _) => list_page(calls, &mut progress, &mut book).await,
            (true, false) => list_governing(calls, &mut book).await,
            (true, true) => ask_next(calls, &mut progress, &mut book).await,
        };
        let done = matches!(step, Ok(true));
        since_stored += 1;
        let out_of_time = host.time_left() < STOP_AT_MILLISECONDS;
        if done || step.is_err() || out_of_time || since_stored >= STORE_EVERY {
            since_stored = 0;
            if let Some(listing) = sync.listing.as_mut() {
                listing.pages_failed = progress.failed;
                listing.groups = (!done).then(|| progress.clone());
            }
            let writes = vec![set_value(key.clone(), &book)?, set(sync)?];
            write_leased(host, lease, writes).await?;
        }
        if step? {
            return Ok(true);
        }
        if out_of_time {
            return Ok(false);
        }
    }
}

/// Lists one page of groups. Never the last step.
async fn list_page<H: Host>(
    calls: &Insistent<'_, '_, H>,
    progress: &mut GroupsRead,
    book: &mut GroupBook,
) -> Result<bool, WorkError> {
    let cursor = progress.cursor.as_deref();
    let api = calls.api;
    let request = groups(&api.organization, None, cursor, &api.key);
    let read = calls
        .read("reading the groups", request, read_group_page)
        .await;
    let (page, next) = match read {
        Err(error) if error.kind == ApiErrorKind::CursorRefused => {
            let goes_on = progress.cursor.is_some() && progress.restarts < MAX_RESTARTS;
            // From the beginning: a group that is there already is not taken twice.
            progress.cursor = None;
            // The next reading may try as often.
            progress.restarts = if goes_on { progress.restarts + 1 } else { 0 };
            return if goes_on {
                Ok(false)
            } else {
                Err(error.into())
            };
        }
        other => other?,
    };
    for group in page {
        take(group, book);
    }
    progress.listed = next.is_none();
    progress.cursor = next;
    Ok(false)
}

/// Lists the groups that make administrators of the organization or of a site: those without a role on a product are not asked
/// what they grant. Never the last step.
async fn list_governing<H: Host>(
    calls: &Insistent<'_, '_, H>,
    book: &mut GroupBook,
) -> Result<bool, WorkError> {
    let api = calls.api;
    let mut cursor: Option<String> = None;
    let mut restarts = 0;
    loop {
        let request = groups_granting(&api.organization, &GOVERNING, cursor.as_deref(), &api.key);
        let operation = "reading which groups make administrators";
        let (page, next) = match calls.read(operation, request, read_group_page).await {
            Ok(page) => page,
            Err(error) if error.is_passing() || error.is_the_keys_fault() => {
                return Err(error.into());
            }
            Err(error)
                if error.kind == ApiErrorKind::CursorRefused
                    && cursor.is_some()
                    && restarts < MAX_RESTARTS =>
            {
                cursor = None;
                restarts += 1;
                continue;
            }
            // Then any group may make some (RULES R4).
            Err(_) => {
                book.seats.leave_governing_open();
                break;
            }
        };
        for group in page {
            book.seats.note_governing(&group.id);
        }
        cursor = next;
        if cursor.is_none() {
            break;
        }
    }
    book.governing_listed = true;
    Ok(false)
}

/// Takes a group that grants something, or of which that is not known.
fn take(group: ListedGroup, book: &mut GroupBook) {
    let (Some(directory), true) = (group.directory, group.resources != Some(0)) else {
        return;
    };
    let entry = (group.id, directory);
    if book.granting.contains(&entry) {
        return;
    }
    if book.granting.len() < MAX_GROUPS {
        book.granting.push(entry);
    } else {
        book.seats.leave_open(&entry.0);
    }
}

/// Asks the next group what it grants; true when there is none left.
async fn ask_next<H: Host>(
    calls: &Insistent<'_, '_, H>,
    progress: &mut GroupsRead,
    book: &mut GroupBook,
) -> Result<bool, WorkError> {
    let place = usize::try_from(progress.asked).unwrap_or(usize::MAX);
    if book.bytes() > MAX_BYTES {
        for (group, _) in book.granting.iter().skip(place) {
            book.seats.leave_open(group);
        }
        progress.asked = u32::try_from(book.granting.len()).unwrap_or(u32::MAX);
        return Ok(true);
    }
    let Some((group, directory)) = book.granting.get(place) else {
        return Ok(true);
    };
    let api = calls.api;
    let mut cursor: Option<String> = None;
    let mut restarts = 0;
    loop {
        let cursor_now = cursor.as_deref();
        let request = role_assignments(&api.organization, directory, group, cursor_now, &api.key);
        let operation = "reading what a group grants";
        let read = calls.read(operation, request, read_role_assignments).await;
        let (grants, next) = match read {
            Ok(page) => page,
            Err(error) if error.is_passing() || error.is_the_keys_fault() => {
                return Err(error.into());
            }
            // What it grants is noted once, however often it is read.
            Err(error)
                if error.kind == ApiErrorKind::CursorRefused
                    && cursor.is_some()
                    && restarts < MAX_RESTARTS =>
            {
                cursor = None;
                restarts += 1;
                continue;
            }
            // It is gone: nobody is in it.
            Err(error) if error.kind == ApiErrorKind::NotFound => break,
            // Not for this key to see: what it grants stays unknown.
            Err(_) => {
                book.seats.leave_open(group);
                progress.failed += 1;
                break;
            }
        };
        for grant in grants {
            match &grant.resource {
                Some(resource) => book.seats.grant(group, resource, &grant.roles),
                None => book.seats.note_administrators(group, &grant.roles),
            }
        }
        cursor = next;
        if cursor.is_none() {
            break;
        }
    }
    progress.asked += 1;
    Ok(book.granting.len() <= place + 1)
}
