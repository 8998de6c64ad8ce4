//! The zones of a database compiled into the program: for the command line, too heavy for WebAssembly.

use chrono::{DateTime, Offset, TimeZone};
use chrono_tz::{TZ_VARIANTS, Tz};

use super::Zones;
use crate::model::Time;

/// The IANA zones as the crate `chrono-tz` holds them.
pub struct ChronoTz;

impl Zones for ChronoTz {
    fn offset(&self, zone: &str, at: Time) -> Option<i64> {
        let zone = named(zone)?;
        let utc = DateTime::from_timestamp(at.0, 0)?.naive_utc();
        let offset = zone.offset_from_utc_datetime(&utc).fix();
        Some(i64::from(offset.local_minus_utc()))
    }
}

/// A zone by its name in any case, as `Intl` takes it: what the page stores, the command line must understand.
fn named(name: &str) -> Option<Tz> {
    let exact = name.parse().ok();
    exact.or_else(|| {
        let mut all = TZ_VARIANTS.iter();
        all.find(|zone| zone.name().eq_ignore_ascii_case(name))
            .copied()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zones_are_known_by_name_in_any_case() {
        let summer = Time::parse("2026-07-01T00:00:00Z").unwrap();
        for (zone, offset) in [
            ("Europe/Berlin", Some(7_200)),
            ("europe/berlin", Some(7_200)),
            ("UTC", Some(0)),
            ("America/St_Johns", Some(-9_000)),
            ("Europe/Atlantis", None),
            ("+02:00", None),
            ("", None),
        ] {
            assert_eq!(ChronoTz.offset(zone, summer), offset, "{zone}");
        }
        assert_eq!(ChronoTz.offset("UTC", Time(i64::MAX)), None);
    }
}
