//! Opaque cursors: where a page ended, and the query it belongs to.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::clock::Time;

/// What a cursor carries. Clients see base64 and must not look inside.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Cursor {
    /// The listing it belongs to, so that a cursor of another listing is refused.
    pub listing: String,
    /// The sort key of the last row shown; the next page starts behind it.
    pub after: Vec<String>,
    /// The body of the first request, without its cursor.
    pub query: Value,
    /// When it was given out, in seconds since 1970; 0 for one that stays valid.
    #[serde(default)]
    pub issued: i64,
    /// The day in whose order the listing goes, where that is not by id.
    #[serde(default)]
    pub day: Option<u64>,
}

impl Cursor {
    /// The opaque text.
    pub fn encode(&self) -> String {
        let json = serde_json::to_vec(self).unwrap_or_default();
        URL_SAFE_NO_PAD.encode(json)
    }

    /// Reads an opaque text back; nothing when it is not a cursor of this listing.
    pub fn decode(text: &str, listing: &str) -> Option<Self> {
        let json = URL_SAFE_NO_PAD.decode(text).ok()?;
        let cursor: Cursor = serde_json::from_slice(&json).ok()?;
        (cursor.listing == listing).then_some(cursor)
    }

    /// Whether it was given out so many minutes ago or more; 0 minutes mean that it never expires.
    pub fn expired(&self, now: Time, minutes: u32) -> bool {
        let age = now.timestamp() - self.issued;
        minutes > 0 && self.issued > 0 && age >= i64::from(minutes) * 60
    }

    /// The row at which the next page starts, for listings that count their rows.
    pub fn start(&self) -> Option<usize> {
        self.after.first()?.parse().ok()
    }
}

/// A cursor of a listing that counts its rows.
pub fn at(listing: &str, start: usize, query: Value) -> Cursor {
    Cursor {
        listing: listing.to_owned(),
        after: vec![start.to_string()],
        query,
        issued: 0,
        day: None,
    }
}
