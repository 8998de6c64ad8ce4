//! Entries as lines of a file: `{"entry":{…},"hash":"…"}`, the entry in its canonical form, so that the hash is that of the
//! very bytes between the two names.

use serde_json::Value;

use super::chain::StoredEntry;
use crate::json;

const HEAD: &str = r#"{"entry":"#;
const MIDDLE: &str = r#","hash":""#;
const TAIL: &str = r#""}"#;

/// The line of an entry, without the line's end.
pub fn line(stored: &StoredEntry) -> String {
    [HEAD, &stored.entry, MIDDLE, &stored.hash, TAIL].concat()
}

/// Reads a line. Whether the entry fits is for the verification to say.
///
/// # Errors
/// A line in another form, and an entry without a number.
pub fn read_line(line: &str) -> Result<StoredEntry, &'static str> {
    let form = "its line is not of the form {\"entry\":{…},\"hash\":\"…\"}";
    let inside = line
        .strip_prefix(HEAD)
        .and_then(|rest| rest.strip_suffix(TAIL))
        .ok_or(form)?;
    let (entry, hash) = inside.rsplit_once(MIDDLE).ok_or(form)?;
    let value = json::parse(entry).map_err(|_| "its text is not JSON")?;
    let seq = value.get("seq").and_then(Value::as_u64);
    Ok(StoredEntry {
        seq: seq
            .and_then(|seq| u32::try_from(seq).ok())
            .ok_or("its text has no number")?,
        entry: entry.to_owned(),
        hash: hash.to_owned(),
    })
}
