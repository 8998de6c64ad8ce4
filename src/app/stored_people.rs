//! People in storage, as parts that stand for themselves, each under a key of its own: what is listed or uploaded bit by
//! bit.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::boxed::Boxed;
use super::documents::decode;
use crate::host::{Host, StorageError};
use crate::snapshot::{MAX_CHUNK_BYTES, Snapshot, decode_part};

/// So many parts are read or written at once: 15 of 236 KiB stay below 4 MB.
pub(super) const PARTS_AT_ONCE: usize = 15;
/// The longest part as text, in bytes (RULES R16).
pub(super) const MAX_PART_TEXT: usize = MAX_CHUNK_BYTES.div_ceil(3) * 4;

/// Reads a part from its text and adds its people to a snapshot.
///
/// # Errors
/// What is wrong with it, as the rest of a sentence about the part. Some of its people may be in the snapshot then.
pub(super) fn read_part(text: &str, snapshot: &mut Snapshot) -> Result<(), String> {
    if text.len() > MAX_PART_TEXT {
        return Err(String::from("it is longer than a part can be"));
    }
    let bytes = STANDARD
        .decode(text)
        .map_err(|_| String::from("it is not base64"))?;
    decode_part(&bytes, snapshot).map_err(|fault| fault.to_string())
}

/// The people of stored parts, in the order of the keys.
pub(super) fn load_people<'h>(host: &'h impl Host, keys: Vec<String>) -> Boxed<'h, Snapshot> {
    Box::pin(async move {
        let mut snapshot = Snapshot::new();
        for keys in keys.chunks(PARTS_AT_ONCE) {
            for (key, text) in keys.iter().zip(host.get(keys).await?) {
                let failed =
                    |why: &str| StorageError::Failed(format!("the part `{key}` is damaged: {why}"));
                let text = text.ok_or_else(|| failed("it is gone"))?;
                let text: String = decode(key, &text)?;
                read_part(&text, &mut snapshot).map_err(|why| failed(&why))?;
            }
        }
        Ok(snapshot)
    })
}
