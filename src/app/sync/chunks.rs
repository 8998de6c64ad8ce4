//! The chunks of snapshots in the app's storage: written once each, found by their names, deleted when no snapshot names
//! them any more.

use std::collections::{BTreeMap, BTreeSet};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::book::SnapshotHead;
use crate::app::documents::{decode, set_value};
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
    let keys: Vec<String> = (0..segments).map(|number| segment_key(id, number)).collect();
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

/// Deletes what a snapshot that was replaced has and the newest has not.
pub(super) async fn delete_replaced(
    host: &impl Host,
    lease: &Lease,
    (id, segments): (&str, u32),
    newest: Option<&SnapshotHead>,
) -> Result<(), WorkError> {
    let old = match load_head(host, id, segments).await {
        Ok(old) => old,
        // A part of it was deleted by an invocation that was killed then: the rest of its chunks is lost room, no more.
        Err(StorageError::Failed(_)) => Head::default(),
        Err(error) => return Err(error.into()),
    };
    let newest = match newest {
        Some(head) => load_head(host, &head.id, head.segments).await?,
        None => Head::default(),
    };
    let kept: BTreeSet<&str> = newest.names().collect();
    let mut keys: Vec<String> = old
        .names()
        .filter(|name| !kept.contains(name))
        .map(chunk_key)
        .collect();
    keys.extend((0..segments).map(|number| segment_key(id, number)));
    for some in keys.chunks(DELETIONS_A_WRITE) {
        let deletes = some.iter().map(|key| Write::Delete { key: key.clone() });
        write_leased(host, lease, deletes.collect()).await?;
    }
    Ok(())
}
