//! The zones of `chrono-tz`.

use chrono::{DateTime, Offset, TimeZone};
use chrono_tz::Tz;
use seatkeeper::model::Time;
use seatkeeper::schedule::Zones;

/// The compiled database.
pub struct Database;

impl Zones for Database {
    fn offset(&self, zone: &str, at: Time) -> Option<i64> {
        let zone: Tz = zone.parse().ok()?;
        let utc = DateTime::from_timestamp(at.0, 0)?.naive_utc();
        Some(
            zone.offset_from_utc_datetime(&utc)
                .fix()
                .local_minus_utc()
                .into(),
        )
    }
}
