//! The chunks of snapshots in the app's storage: written once each, found by their names, deleted when no snapshot names
//! them any more.

use std::collections::{BTreeMap, BTreeSet};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::book::{Replaced, SnapshotHead};
use crate::app::documents::{decode, load_value, set_value};
use crate::app::lease::Lease;
use crate::app::worker::WorkError;
use crate::host::{Host, StorageError, Write};
use crate::snapshot::{Chunk, ChunkError, Head, StoredSnapshot};

/// The most chunks in one write: 15 values of 236 KiB stay below 4 MB, and below the 25 operations of a transaction.
pub(super) const CHUNKS_A_WRITE: usize = 15;
/// The most deletions in one write.
const DELETIONS_A_WRITE: usize = 20;

/// The key of a chunk.
pub(super) fn chunk_key(name: &str) -> String {
    format!("chunk:{name}")
}

/// The key of a piece of the list of a snapshot's chunks.
pub(super) fn segment_key(id: &str, segment: u32) -> String {
    format!("snapshot:{id}:{segment}")
}

/// Writes all or nothing, if the lease is still ours.
pub(super) async fn write_leased(
    host: &impl Host,
    lease: &Lease,
    writes: Vec<Write>,
) -> Result<(), WorkError> {
    match lease.transact(host, writes).await {
        Err(StorageError::Conflict) => Err(WorkError::LeaseLost),
        other => Ok(other?),
    }
}

/// Stores chunks. Until something names them they do not exist for anybody.
pub(super) async fn store_chunks(
    host: &impl Host,
    lease: &Lease,
    chunks: &[Chunk],
) -> Result<(), WorkError> {
    for some in chunks.chunks(CHUNKS_A_WRITE) {
        let writes = some.iter().map(write_of).collect::<Result<Vec<_>, _>>()?;
        write_leased(host, lease, writes).await?;
    }
    Ok(())
}

fn write_of(chunk: &Chunk) -> Result<Write, StorageError> {
    set_value(chunk_key(&chunk.name), &STANDARD.encode(&chunk.bytes))
}

/// Stores the list of a snapshot's chunks; answers in how many values.
pub(super) async fn store_head(
    host: &impl Host,
    lease: &Lease,
    id: &str,
    head: &Head,
) -> Result<u32, WorkError> {
    let mut count = 0;
    for segment in head.segments() {
        let write = set_value(segment_key(id, count), &segment)?;
        write_leased(host, lease, vec![write]).await?;
        count += 1;
    }
    Ok(count)
}

/// Reads the list of a snapshot's chunks.
pub(super) async fn load_head(
    host: &impl Host,
    id: &str,
    segments: u32,
) -> Result<Head, StorageError> {
    read_head(host, id, segments)
        .await?
        .map_err(|error| damaged(&segment_key(id, 0), &error.to_string()))
}

async fn read_head(
    host: &impl Host,
    id: &str,
    segments: u32,
) -> Result<Result<Head, ChunkError>, StorageError> {
    let keys: Vec<String> = (0..segments)
        .map(|number| segment_key(id, number))
        .collect();
    let mut texts = Vec::with_capacity(keys.len());
    for (key, text) in keys.iter().zip(host.get(&keys).await?) {
        // One that is not there makes a list that does not add up.
        if let Some(text) = text {
            texts.push(decode::<String>(key, &text)?);
        }
    }
    Ok(Head::from_segments(&texts))
}

fn damaged(key: &str, why: &str) -> StorageError {
    StorageError::Failed(format!(
        "what is stored under `{key}` cannot be used: {why}"
    ))
}

/// Reads chunks by their names; one that is not there is left out.
pub(super) async fn load_chunks(
    host: &impl Host,
    names: &[String],
) -> Result<BTreeMap<String, Vec<u8>>, StorageError> {
    let mut chunks = BTreeMap::new();
    for some in names.chunks(CHUNKS_A_WRITE) {
        let keys: Vec<String> = some.iter().map(|name| chunk_key(name)).collect();
        for (name, text) in some.iter().zip(host.get(&keys).await?) {
            let Some(text) = text else { continue };
            let text: String = decode(name, &text)?;
            let bytes = STANDARD
                .decode(text)
                .map_err(|_| damaged(&chunk_key(name), "it is not base64"))?;
            chunks.insert(name.clone(), bytes);
        }
    }
    Ok(chunks)
}

/// Reads a snapshot as it is stored; the empty one where there is none yet.
pub(super) async fn load_stored(
    host: &impl Host,
    head: Option<&SnapshotHead>,
) -> Result<StoredSnapshot, StorageError> {
    read_stored(host, head)
        .await?
        .map_err(|why| StorageError::Failed(why.to_string()))
}

/// Reads a snapshot that is to be renewed as a whole. One that is damaged, or was stored by a version whose form is not
/// known any more, is none: everybody is read now, and the storage must not stay unreadable for ever.
pub(super) async fn load_base(
    host: &impl Host,
    head: Option<&SnapshotHead>,
) -> Result<StoredSnapshot, StorageError> {
    Ok(read_stored(host, head).await?.unwrap_or_default())
}

/// What storage holds, or why it is no snapshot.
async fn read_stored(
    host: &impl Host,
    head: Option<&SnapshotHead>,
) -> Result<Result<StoredSnapshot, ChunkError>, StorageError> {
    let Some(head) = head else {
        return Ok(Ok(StoredSnapshot::default()));
    };
    let named = match read_head(host, &head.id, head.segments).await? {
        Ok(named) => named,
        Err(why) => return Ok(Err(why)),
    };
    let names: Vec<String> = named.names().map(String::from).collect();
    let mut chunks = load_chunks(host, &names).await?;
    Ok(StoredSnapshot::decode(named, |name| chunks.remove(name)))
}

/// The key of a list of chunks that nobody names any more.
pub(super) fn list_key(id: &str, number: u32) -> String {
    format!("unused:{id}:{number}")
}

/// So many names are in one list.
pub(super) const NAMES_A_LIST: usize = 4_000;

/// Stores which chunks nobody names any more, once a snapshot is replaced; answers in how many values.
pub(super) async fn store_unused(
    host: &impl Host,
    lease: &Lease,
    id: &str,
    unused: &[String],
) -> Result<u32, WorkError> {
    let mut count = 0;
    for names in unused.chunks(NAMES_A_LIST) {
        let write = set_value(list_key(id, count), &names)?;
        write_leased(host, lease, vec![write]).await?;
        count += 1;
    }
    Ok(count)
}

/// Deletes what was replaced. A chunk that came into use again meanwhile stays.
pub(super) async fn delete_replaced(
    host: &impl Host,
    lease: &Lease,
    replaced: &Replaced,
    newest: &Head,
) -> Result<(), WorkError> {
    // Put in one by one: to collect them would sort them, and each kind of sort costs the core 4 KB.
    let mut in_use: BTreeSet<String> = BTreeSet::new();
    for name in newest.names() {
        in_use.insert(name.to_owned());
    }
    let lists: Vec<String> = (0..replaced.lists)
        .map(|number| list_key(&replaced.id, number))
        .collect();
    let mut keys = Vec::new();
    for list in &lists {
        let names: Vec<String> = load_value(host, list).await?.unwrap_or_default();
        let unused = names.iter().filter(|name| !in_use.contains(*name));
        keys.extend(unused.map(|name| chunk_key(name)));
    }
    keys.extend((0..replaced.segments).map(|number| segment_key(&replaced.id, number)));
    // The lists go last: a killed invocation deletes the rest again.
    keys.extend(lists);
    for some in keys.chunks(DELETIONS_A_WRITE) {
        let deletes = some.iter().map(|key| Write::Delete { key: key.clone() });
        write_leased(host, lease, deletes.collect()).await?;
    }
    Ok(())
}
