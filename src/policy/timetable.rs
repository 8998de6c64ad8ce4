//! The timetable of a policy: when it runs by itself (RULES R12). When that is, is computed in `schedule`.

use super::BlackOut;
use crate::model::Time;
use chrono::{NaiveTime, Weekday};

/// The zone of a timetable that names none.
pub(super) const DEFAULT_ZONE: &str = "UTC";

/// The units with their names in the document, in the order of [`Unit`].
pub(super) const UNITS: [&str; 5] = ["hour", "day", "week", "month", "year"];

/// The days of the week with their names in the document, in order.
pub(super) const WEEKDAYS: [(Weekday, &str); 7] = [
    (Weekday::Mon, "mon"),
    (Weekday::Tue, "tue"),
    (Weekday::Wed, "wed"),
    (Weekday::Thu, "thu"),
    (Weekday::Fri, "fri"),
    (Weekday::Sat, "sat"),
    (Weekday::Sun, "sun"),
];

/// When a policy runs by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(
    feature = "types",
    derive(ts_rs::TS),
    ts(
        type = "{ once: string } | { every: { n: number; unit: 'hour' | 'day' | 'week' | 'month' | 'year' }; on?: (string | number)[]; at?: string; zone?: string; except?: (string | { from: string; to: string })[] }"
    )
)]
pub enum Schedule {
    /// `{"once": instant}`: at one instant.
    Once(Time),
    /// `{"every": {"n", "unit"}, "on"?, "at"?, "zone"?, "except"?}`: again and again.
    Every(Timetable),
}

/// Again and again. Counted from fixed points, so that a timetable needs no memory: hours from 1970-01-01T00:00Z, days
/// from 1970-01-01, weeks from Monday 1970-01-05, months and years from 1970-01, the last four in the zone's calendar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Timetable {
    /// Every so many units, 1 to 1,000.
    pub n: u32,
    /// The unit, with its days.
    pub unit: Unit,
    /// The time of day in the zone, to the minute; midnight without it. An `every` of hours has none.
    pub at: NaiveTime,
    /// The IANA name of the zone; `UTC` without it.
    pub zone: String,
    /// Black-out windows, in which nothing starts.
    pub except: Vec<BlackOut>,
}

/// The unit of a timetable, with the days on which it falls.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unit {
    /// At the full hour.
    Hour,
    /// Every day.
    Day,
    /// On these days of the week, in order; Monday without `on`.
    Week(Vec<Weekday>),
    /// On these days of the month, in order; the first without `on`.
    Month(Vec<DayOfMonth>),
    /// On these days of the year (month, day), in order; 1 January without `on`. 29 February is 28 in other years.
    Year(Vec<(u32, u32)>),
}

/// A day of a month. A day that a month does not have is its last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DayOfMonth {
    /// 1 to 31.
    Day(u32),
    /// `"last"`
    Last,
}
