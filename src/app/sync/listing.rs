//! The people of each directory, page by page, into a renewal of the stored snapshot. What was read is kept whenever
//! some pages have come together; a killed invocation reads at most those again.

use super::book::{DirectoryListing, SnapshotHead};
use super::chunks::{load_base, load_chunks, store_chunks, write_leased};
use super::insistent::Insistent;
use super::{MAX_RESTARTS, STOP_AT_MILLISECONDS, SyncBook, gone, groups};
use crate::app::documents::set;
use crate::app::lease::Lease;
use crate::app::records::Source;
use crate::app::worker::WorkError;
use crate::atlassian::{
    ApiError, NullActivity, Seats, UserFilter, UserPage, UserReader, users_search,
};
use crate::host::{Host, StorageError};
use crate::model::DirectoryId;
use crate::snapshot::{Renewal, Snapshot};

/// So many pages are kept at a time.
const PAGES_A_CHECKPOINT: u32 = 32;

/// A listing with what it has learnt.
pub(super) struct Lister<'a, 'h, H> {
    pub(super) calls: &'a Insistent<'a, 'h, H>,
    pub(super) lease: &'a Lease,
    renewal: Renewal,
    seats: Seats,
    /// Whether it renews what was read of the organization itself: nothing else confirms that an access was never used.
    carries: bool,
    /// Pages that are not kept yet.
    fresh: u32,
}

impl<'a, 'h, H: Host> Lister<'a, 'h, H> {
    /// Takes up the listing under way.
    pub(super) async fn resume(
        calls: &'a Insistent<'a, 'h, H>,
        lease: &'a Lease,
        sync: &SyncBook,
        newest: Option<&SnapshotHead>,
    ) -> Result<Lister<'a, 'h, H>, WorkError> {
        let host = calls.host();
        let listing = sync.listing.as_ref().ok_or_else(gone)?;
        let before = load_base(host, newest).await?;
        let mut stored = load_chunks(host, &listing.stored).await?;
        let renewal = Renewal::resume(before, listing.started, &listing.journal, |name| {
            stored.get_mut(name).map(std::mem::take)
        })
        .map_err(|error| StorageError::Failed(error.to_string()))?;
        Ok(Lister {
            calls,
            lease,
            renewal,
            seats: groups::seats(host, listing).await?,
            carries: newest.is_some_and(|head| head.source == Source::Organization),
            fresh: 0,
        })
    }

    /// Lists every directory; false when time ran out before.
    pub(super) async fn list(&mut self, sync: &mut SyncBook) -> Result<bool, WorkError> {
        while let Some(index) = sync.listing.as_ref().ok_or_else(gone)?.next_directory() {
            if !self.list_directory(sync, index).await? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Lists one directory to its end; false when time ran out before.
    async fn list_directory(
        &mut self,
        sync: &mut SyncBook,
        index: usize,
    ) -> Result<bool, WorkError> {
        let id = entry(sync, index)?.id.clone();
        loop {
            let cursor = entry(sync, index)?.cursor.clone();
            let read = self.page(&id, cursor.as_deref()).await;
            let (page, people) = match read {
                Ok(read) => read,
                Err(error) if cursor.is_some() && error.may_be_the_cursor() => {
                    if restart(entry(sync, index)?) {
                        continue;
                    }
                    self.keep(sync).await?;
                    return Err(error.into());
                }
                Err(error) => {
                    self.keep(sync).await?;
                    return Err(error.into());
                }
            };
            // That an access was never used holds for as long as the listing says nothing else (docs/decisions/0007).
            let carries = self.carries;
            self.renewal.see(&people, &|_| carries);
            self.fresh += 1;
            let done = page.next.is_none();
            let entry = entry(sync, index)?;
            entry.cursor = page.next;
            entry.done = done;
            let out_of_time = self.calls.host().time_left() < STOP_AT_MILLISECONDS;
            if done || out_of_time || self.fresh >= PAGES_A_CHECKPOINT {
                self.keep(sync).await?;
            }
            if done || out_of_time {
                return Ok(done);
            }
        }
    }

    async fn page(
        &self,
        directory: &DirectoryId,
        cursor: Option<&str>,
    ) -> Result<(UserPage, Snapshot), ApiError> {
        let api = self.calls.api;
        let filter = UserFilter::Everybody { cursor };
        let request = users_search(&api.organization, Some(directory), filter, &api.key);
        let parse = |body: &[u8]| {
            let mut reader = UserReader::default().with_seats(self.seats.clone());
            let page = reader.read(body, directory, NullActivity::Unknown)?;
            Ok((page, reader.into_snapshot()))
        };
        self.calls.read("reading users", request, parse).await
    }

    /// Keeps what was read, together with how far the listing has come.
    async fn keep(&mut self, sync: &mut SyncBook) -> Result<(), WorkError> {
        let host = self.calls.host();
        let checkpoint = self.renewal.checkpoint().map_err(cannot_be_stored)?;
        store_chunks(host, self.lease, &checkpoint.chunks).await?;
        let listing = sync.listing.as_mut().ok_or_else(gone)?;
        listing.journal = checkpoint.journal;
        let names = checkpoint.chunks.into_iter().map(|chunk| chunk.name);
        listing.stored.extend(names);
        listing.listed = u32::try_from(self.renewal.seen()).unwrap_or(u32::MAX);
        self.fresh = 0;
        let writes = vec![set(sync)?];
        write_leased(host, self.lease, writes).await
    }

    /// What was read and what groups grant, once everything was.
    pub(super) fn into_parts(self) -> (Renewal, Seats) {
        (self.renewal, self.seats)
    }
}

/// People who cannot be stored at all.
pub(super) fn cannot_be_stored(fault: crate::snapshot::Fault) -> StorageError {
    StorageError::Failed(format!("the people cannot be stored: {fault}"))
}

fn entry(sync: &mut SyncBook, index: usize) -> Result<&mut DirectoryListing, StorageError> {
    let listing = sync.listing.as_mut().ok_or_else(gone)?;
    listing.directories.get_mut(index).ok_or_else(gone)
}

/// Begins a directory anew, without losing what was learnt; false when that was tried often enough. The next reading may
/// try as often.
fn restart(directory: &mut DirectoryListing) -> bool {
    let goes_on = directory.cursor.is_some() && directory.restarts < MAX_RESTARTS;
    directory.restarts = if goes_on { directory.restarts + 1 } else { 0 };
    directory.cursor = None;
    goes_on
}
