//! The chain: each entry holds its number and the hash of the entry before it.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::canonical::{canonical, sha256_hex};
use super::entry::Entry;
use crate::json;

/// An entry in its place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct StoredEntry {
    /// Its number, from 1.
    pub seq: u32,
    /// Canonical JSON of the entry with its number (`seq`) and the hash before it (`previous`).
    pub entry: String,
    /// SHA-256 of `entry`, hexadecimal.
    pub hash: String,
}

/// A place in the log: an entry's number and its hash. The newest entry's is the head; a head that was written down
/// elsewhere is an anchor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct LogHead {
    /// The entry's number; 0 before the first.
    pub seq: u32,
    /// Its hash.
    pub hash: String,
}

impl LogHead {
    /// The place before the first entry.
    pub fn genesis() -> LogHead {
        LogHead {
            seq: 0,
            hash: genesis(),
        }
    }

    /// Reads the form in which anchors are written down, `seq:hash`.
    pub fn parse(text: &str) -> Option<LogHead> {
        let (seq, hash) = text.trim().split_once(':')?;
        let is_hash = hash.len() == 64
            && hash
                .bytes()
                .all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte));
        Some(LogHead {
            seq: seq.parse().ok()?,
            hash: hash.to_owned(),
        })
        .filter(|_| is_hash)
    }
}

impl std::fmt::Display for LogHead {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}", self.seq, self.hash)
    }
}

/// The hash before the first entry.
pub fn genesis() -> String {
    "0".repeat(64)
}

/// Puts an entry in its place after another.
pub fn seal(entry: &Entry, seq: u32, previous: &str) -> StoredEntry {
    let mut value = json::value(entry).unwrap_or(Value::Null);
    if let Value::Object(fields) = &mut value {
        fields.insert(String::from("seq"), Value::from(seq));
        fields.insert(String::from("previous"), Value::from(previous));
    }
    let entry = canonical(&value);
    let hash = sha256_hex(&entry);
    StoredEntry { seq, entry, hash }
}
