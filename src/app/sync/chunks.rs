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
use crate::snapshot::{Chunk, Head, StoredSnapshot};

/// The most chunks in one write: 15 values of 236 KiB stay below 4 MB, and below the 25 operations of a transaction.
pub(super) const CHUNKS_A_WRITE: usize = 15;
/// The most deletions in one write.
const DELETIONS_A_WRITE: usize = 20;

/// The key of a chunk.
pub(super) fn chunk_key(name: &str) -> String {
    format!("chunk:{name}")
}

/// The key of a piece of the list of a snapshot's chunks.
fn segment_key(id: &str, segment: u32) -> String {
    format!("snapshot:{id}:{segment}")
}

/// Writes all or nothing, if the lease is still ours.
pub(super) async fn write_leased(
    host: &impl Host,
    lease: &Lease,
    mut writes: Vec<Write>,
) -> Result<(), WorkError> {
    writes.push(lease.check());
    match host.transact(writes).await {
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
    let keys: Vec<String> = (0..segments)
        .map(|number| segment_key(id, number))
        .collect();
    let mut texts = Vec::with_capacity(keys.len());
    for (key, text) in keys.iter().zip(host.get(&keys).await?) {
        let text = text.ok_or_else(|| damaged(key, "it is not there"))?;
        texts.push(decode::<String>(key, &text)?);
    }
    Head::from_segments(&texts).map_err(|error| damaged(&segment_key(id, 0), &error.to_string()))
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
    let Some(head) = head else {
        return Ok(StoredSnapshot::default());
    };
    let named = load_head(host, &head.id, head.segments).await?;
    let names: Vec<String> = named.names().map(String::from).collect();
    let mut chunks = load_chunks(host, &names).await?;
    StoredSnapshot::decode(named, |name| chunks.remove(name))
        .map_err(|error| StorageError::Failed(error.to_string()))
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
    let in_use: BTreeSet<&str> = newest.names().collect();
    let lists: Vec<String> = (0..replaced.lists)
        .map(|number| list_key(&replaced.id, number))
        .collect();
    let mut keys = Vec::new();
    for list in &lists {
        let names: Vec<String> = load_value(host, list).await?.unwrap_or_default();
        let unused = names.iter().filter(|name| !in_use.contains(name.as_str()));
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
