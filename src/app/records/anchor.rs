//! The head of the log on a day, to be compared with what was written down elsewhere.

use serde::{Deserialize, Serialize};

/// The head of the log when its day began, or when the schedule first came on it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Anchor {
    /// The day (UTC), such as `2026-11-21`.
    pub day: String,
    /// The newest entry's number.
    pub seq: u32,
    /// Its hash.
    pub hash: String,
}
