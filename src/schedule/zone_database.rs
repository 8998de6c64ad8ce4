//! The zones of a database compiled into the program: for the command line, too heavy for WebAssembly.

use chrono::{DateTime, Offset, TimeZone};
use chrono_tz::Tz;

use super::Zones;
use crate::model::Time;

/// The IANA zones as the crate `chrono-tz` holds them.
pub struct ChronoTz;

impl Zones for ChronoTz {
    fn offset(&self, zone: &str, at: Time) -> Option<i64> {
        let zone: Tz = zone.parse().ok()?;
        let utc = DateTime::from_timestamp(at.0, 0)?.naive_utc();
        let offset = zone.offset_from_utc_datetime(&utc).fix();
        Some(i64::from(offset.local_minus_utc()))
    }
}
