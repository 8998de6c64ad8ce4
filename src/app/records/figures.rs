//! Seats in figures.

use serde::{Deserialize, Serialize};

/// One product on one site in figures.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct ProductFigures {
    /// The product's key.
    pub product: String,
    /// The site's host, or its cloud id where the host is not known.
    pub site: String,
    /// Active people who hold an access.
    pub people: u32,
    /// Of them, seen within 30 days.
    pub active: u32,
    /// Of them, seen longer ago.
    pub idle: u32,
    /// Of them, never seen.
    pub never: u32,
    /// Of them, not known.
    pub unknown: u32,
}
