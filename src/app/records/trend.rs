//! Seats over time, a month in one piece.

use serde::{Deserialize, Serialize};

/// The points of one month.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct TrendMonth {
    /// Which, such as `2026-11`, in UTC.
    pub month: String,
    /// The days whose reading was doubted: something was missing, or not known.
    pub suspect: Vec<u8>,
    /// By product and site.
    pub places: Vec<TrendPlace>,
}

/// The points of one product on one site: in each column one number for each of the days.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct TrendPlace {
    /// The product's key; `*` for all those together that are too many to be remembered one by one.
    pub product: String,
    /// The site's host, or its cloud id where the host is not known; `*` as above.
    pub site: String,
    /// The days of the month that have a point, ascending.
    pub days: Vec<u8>,
    /// Active people who hold an access.
    pub people: Vec<u32>,
    /// Of them, seen within 30 days.
    pub active: Vec<u32>,
    /// Of them, seen longer ago.
    pub idle: Vec<u32>,
    /// Of them, never seen.
    pub never: Vec<u32>,
    /// Of them, not known.
    pub unknown: Vec<u32>,
    /// Of them, those who take a paid seat.
    pub seats: Vec<u32>,
    /// How many seats there are; 0 where Atlassian did not say.
    pub capacity: Vec<u32>,
}

impl TrendPlace {
    /// The columns, in the order of the fields.
    pub(in crate::app) fn columns(&mut self) -> [&mut Vec<u32>; 7] {
        [
            &mut self.people,
            &mut self.active,
            &mut self.idle,
            &mut self.never,
            &mut self.unknown,
            &mut self.seats,
            &mut self.capacity,
        ]
    }
}
