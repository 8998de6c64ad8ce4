//! Lengths of time as policies write them: `36h`, `90d`, `2w`, `6mo`, `1y`.

use chrono::{DateTime, Months};
use serde::{Serialize, Serializer};

use crate::model::{DAY, HOUR, Time};

/// The largest number before a unit: far past any calendar, far from any overflow.
const MAX_NUMBER: u32 = 10_000;

/// A length of time. Months and years are calendar units in UTC, so they have no fixed number of seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "types", derive(ts_rs::TS), ts(type = "string"))]
pub struct Span {
    number: u32,
    unit: Unit,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Unit {
    Hour,
    Day,
    Week,
    Month,
    Year,
}

impl Unit {
    const ALL: [(Unit, &'static str, &'static str); 5] = [
        (Unit::Hour, "h", "hour"),
        (Unit::Day, "d", "day"),
        (Unit::Week, "w", "week"),
        (Unit::Month, "mo", "month"),
        (Unit::Year, "y", "year"),
    ];

    fn names(self) -> (&'static str, &'static str) {
        match self {
            Unit::Hour => ("h", "hour"),
            Unit::Day => ("d", "day"),
            Unit::Week => ("w", "week"),
            Unit::Month => ("mo", "month"),
            Unit::Year => ("y", "year"),
        }
    }
}

impl Span {
    /// A number of hours.
    pub const fn hours(number: u32) -> Span {
        Span {
            number,
            unit: Unit::Hour,
        }
    }

    /// A number of days.
    pub const fn days(number: u32) -> Span {
        Span {
            number,
            unit: Unit::Day,
        }
    }

    /// Reads `90d` and its like.
    pub fn parse(text: &str) -> Option<Span> {
        let digits = text.bytes().take_while(u8::is_ascii_digit).count();
        let (number, unit) = text.split_at_checked(digits)?;
        let number: u32 = number.parse().ok().filter(|n| *n <= MAX_NUMBER)?;
        let unit = Unit::ALL
            .into_iter()
            .find(|(_, short, _)| *short == unit)?
            .0;
        Some(Span { number, unit })
    }

    /// The time this long before another. The 31st less a month ends on the last day of a shorter month.
    pub fn before(self, time: Time) -> Time {
        let number = i64::from(self.number);
        match self.unit {
            Unit::Hour => time.plus(-number * HOUR),
            Unit::Day => time.plus(-number * DAY),
            Unit::Week => time.plus(-number * 7 * DAY),
            Unit::Month => months_before(time, self.number),
            Unit::Year => months_before(time, self.number * 12),
        }
    }

    /// The time this long after another. The 31st plus a month ends on the last day of a shorter month.
    pub fn after(self, time: Time) -> Time {
        let number = i64::from(self.number);
        match self.unit {
            Unit::Hour => time.plus(number * HOUR),
            Unit::Day => time.plus(number * DAY),
            Unit::Week => time.plus(number * 7 * DAY),
            Unit::Month => months_after(time, self.number),
            Unit::Year => months_after(time, self.number * 12),
        }
    }

    /// When as much time has passed since `done` as this lasts beyond an earlier span: the whole of this less the whole of
    /// the other. Two spans of the calendar differ by months; a span of the calendar and one of days by what they come to
    /// from `start` on, where both begin.
    pub fn beyond(self, earlier: Span, start: Time, done: Time) -> Time {
        if earlier.is_zero() {
            return self.after(done);
        }
        match (self.in_months(), earlier.in_months()) {
            (Some(months), Some(others)) => {
                months_after(done, u32::try_from(months - others).unwrap_or(0))
            }
            (None, None) => done.plus(self.fixed() - earlier.fixed()),
            _ => done.plus(self.after(start).since(earlier.after(start))),
        }
    }

    /// Whether it is no time at all.
    pub fn is_zero(self) -> bool {
        self.number == 0
    }

    /// The least seconds that it can last: a month has 28 days at least, a year 365.
    pub fn shortest(self) -> i64 {
        match self.in_months() {
            None => self.fixed(),
            Some(months) => (months / 12 * 365 + months % 12 * 28) * DAY,
        }
    }

    /// The most seconds that it can last: a month has 31 days at most, a year 366.
    pub fn longest(self) -> i64 {
        match self.in_months() {
            None => self.fixed(),
            Some(months) => (months / 12 * 366 + months % 12 * 31) * DAY,
        }
    }

    /// The least seconds by which it can outlast another one that begins with it; negative if it can end before it.
    pub fn surely_after(self, other: Span) -> i64 {
        match (self.in_months(), other.in_months()) {
            (Some(months), Some(others)) => (months - others) * 28 * DAY,
            _ => self.shortest() - other.longest(),
        }
    }

    /// Seconds, for units that have a fixed number of them.
    fn fixed(self) -> i64 {
        let seconds = match self.unit {
            Unit::Hour => HOUR,
            Unit::Day => DAY,
            Unit::Week => 7 * DAY,
            Unit::Month | Unit::Year => 0,
        };
        i64::from(self.number) * seconds
    }

    /// Months, for units of the calendar.
    fn in_months(self) -> Option<i64> {
        match self.unit {
            Unit::Month => Some(i64::from(self.number)),
            Unit::Year => Some(i64::from(self.number) * 12),
            Unit::Hour | Unit::Day | Unit::Week => None,
        }
    }

    /// In words, such as `90 days`.
    pub fn words(self) -> String {
        let (_, word) = self.unit.names();
        let plural = if self.number == 1 { "" } else { "s" };
        format!("{} {word}{plural}", self.number)
    }
}

fn months_before(time: Time, months: u32) -> Time {
    DateTime::from_timestamp(time.0, 0)
        .and_then(|moment| moment.checked_sub_months(Months::new(months)))
        .map_or(Time(i64::MIN), |moment| Time(moment.timestamp()))
}

fn months_after(time: Time, months: u32) -> Time {
    DateTime::from_timestamp(time.0, 0)
        .and_then(|moment| moment.checked_add_months(Months::new(months)))
        .map_or(Time(i64::MAX), |moment| Time(moment.timestamp()))
}

impl std::fmt::Display for Span {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}{}", self.number, self.unit.names().0)
    }
}

impl Serialize for Span {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_are_read_and_written_alike() {
        for text in ["0d", "36h", "90d", "2w", "6mo", "1y", "10000d"] {
            assert_eq!(
                Span::parse(text).map(|span| span.to_string()).as_deref(),
                Some(text)
            );
        }
        for text in [
            "", "d", "90", "90 d", "-1d", "1.5d", "90D", "10001d", "1m", "9ü",
        ] {
            assert_eq!(Span::parse(text), None, "{text}");
        }
    }

    #[test]
    fn months_and_years_follow_the_calendar() {
        let before = |span: &str, time: &str| {
            Span::parse(span)
                .unwrap()
                .before(Time::parse(time).unwrap())
                .to_string()
        };
        assert_eq!(
            before("1mo", "2026-03-31T10:00:00Z"),
            "2026-02-28T10:00:00Z"
        );
        assert_eq!(before("1y", "2024-02-29T10:00:00Z"), "2023-02-28T10:00:00Z");
        assert_eq!(
            before("90d", "2026-11-21T00:00:00Z"),
            "2026-08-23T00:00:00Z"
        );
        assert_eq!(before("1h", "2026-11-21T00:00:00Z"), "2026-11-20T23:00:00Z");
    }

    /// Against the calendar: from every day of eight years.
    #[test]
    fn no_month_is_shorter_or_longer_than_its_bounds() {
        let span = |text: String| Span::parse(&text).unwrap();
        for start in (0..8 * 366).map(|day| Time(DAY * (day + 19_000))) {
            for number in 0..=30 {
                for unit in ["mo", "y"] {
                    let span = span(format!("{number}{unit}"));
                    for lasts in [
                        start.since(span.before(start)),
                        span.after(start).since(start),
                    ] {
                        assert!(
                            (span.shortest()..=span.longest()).contains(&lasts),
                            "{span} at {start}"
                        );
                    }
                }
            }
        }
    }

    #[test]
    fn what_a_span_lasts_beyond_another_is_counted_from_when_that_was_done() {
        let time = |text: &str| Time::parse(&format!("{text}T10:00:00Z")).unwrap();
        for (later, earlier, start, done, expected) in [
            ("30d", "14d", "2026-01-01", "2026-01-20", "2026-02-05"),
            ("3w", "0d", "2026-01-01", "2026-01-20", "2026-02-10"),
            ("1mo", "0d", "2026-01-01", "2026-01-31", "2026-02-28"),
            ("2mo", "1mo", "2026-01-31", "2026-03-31", "2026-04-30"),
            ("1y", "6mo", "2026-01-01", "2026-08-31", "2027-02-28"),
            // 59 days of two months from the first of January, less 30 days.
            ("2mo", "30d", "2026-01-01", "2026-02-10", "2026-03-11"),
            // From the first of July they are 62.
            ("2mo", "30d", "2026-07-01", "2026-08-10", "2026-09-11"),
            ("45d", "1mo", "2026-02-01", "2026-03-05", "2026-03-22"),
        ] {
            let span = |text| Span::parse(text).unwrap();
            let due = span(later).beyond(span(earlier), time(start), time(done));
            assert_eq!(due, time(expected), "{later} beyond {earlier} from {start}");
        }
    }

    #[test]
    fn a_later_span_is_surely_later() {
        for (later, earlier, days) in [
            ("120d", "90d", 30),
            ("2w", "14d", 0),
            ("1mo", "28d", 0),
            ("28d", "1mo", -3),
            ("11mo", "10mo", 28),
            ("1y", "12mo", 0),
            ("13mo", "1y", 28),
            ("1y", "365d", 0),
            ("367d", "1y", 1),
        ] {
            let span = |text| Span::parse(text).unwrap();
            assert_eq!(
                span(later).surely_after(span(earlier)),
                days * DAY,
                "{later} after {earlier}"
            );
        }
    }
}
