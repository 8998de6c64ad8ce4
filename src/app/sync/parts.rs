//! The newest snapshot as it is stored, for pages that read it themselves: nothing is decoded here.

use super::book::SnapshotHead;
use super::chunks::{chunk_key, segment_key};
use crate::app::documents::decode;
use crate::host::{Host, StorageError};

/// So many chunks are read at once: two of the largest are one slice of the bridge and a half (RULES R16).
const READ_AT_ONCE: usize = 3;
/// How a chunk's name is written: a letter for its kind and 22 signs for its content.
const NAME_BYTES: usize = 23;
/// The kinds that a snapshot has; what a reading under way has learnt is none of them.
const KINDS: [u8; 4] = *b"dpac";

/// The list of a snapshot's chunks as a text; nothing where a part of it is gone because another snapshot took its place.
pub(in crate::app) async fn list_of_chunks(
    host: &impl Host,
    head: &SnapshotHead,
) -> Result<Option<String>, StorageError> {
    let keys: Vec<String> = (0..head.segments)
        .map(|number| segment_key(&head.id, number))
        .collect();
    let mut list = String::new();
    for (key, text) in keys.iter().zip(host.get(&keys).await?) {
        let Some(text) = text else { return Ok(None) };
        list.push_str(&decode::<String>(key, &text)?);
    }
    Ok(Some(list))
}

/// Chunks by their names, in their order and in base64: as many as have room in so many bytes. Ends before the first that is
/// not there.
pub(in crate::app) async fn texts_of_chunks(
    host: &impl Host,
    names: &[String],
    room: usize,
) -> Result<Vec<(String, String)>, StorageError> {
    let mut found = Vec::new();
    let mut left = room;
    for some in names.chunks(READ_AT_ONCE) {
        let keys: Vec<String> = some.iter().map(|name| chunk_key(name)).collect();
        for (name, text) in some.iter().zip(host.get(&keys).await?) {
            let Some(text) = text else { return Ok(found) };
            let text: String = decode(name, &text)?;
            if text.len() > left {
                return Ok(found);
            }
            left -= text.len();
            found.push((name.clone(), text));
        }
    }
    Ok(found)
}

/// Whether a text can be the name of a snapshot's chunk.
pub(in crate::app) fn names_a_chunk(name: &str) -> bool {
    let is_sign = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    let bytes = name.as_bytes();
    bytes.len() == NAME_BYTES
        && bytes.first().is_some_and(|kind| KINDS.contains(kind))
        && bytes.iter().all(is_sign)
}
