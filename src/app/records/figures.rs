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
    /// Of them, those who take a paid seat.
    pub seats: u32,
    /// Of them, those of whom it is not known whether they take a paid seat.
    pub seats_unknown: u32,
    /// How many seats Atlassian says are taken, if it said.
    pub seats_said: Option<u32>,
    /// How many seats there are, if Atlassian said.
    pub capacity: Option<u32>,
}
