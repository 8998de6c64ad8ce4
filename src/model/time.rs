//! Points in time, to the second. The core never asks what time it is: the time is handed in.

use chrono::{DateTime, Datelike, Timelike, Utc};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// Seconds in an hour.
pub const HOUR: i64 = 3_600;
/// Seconds in a day.
pub const DAY: i64 = 24 * HOUR;

/// A point in time: whole seconds since 1970-01-01T00:00:00Z. Written as RFC 3339 in UTC everywhere outside memory.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Time(pub i64);

impl Time {
    /// Reads an RFC 3339 timestamp with 0 to 9 fraction digits and any offset; the fraction is cut off, which never
    /// makes a moment younger than a limit of whole seconds older than it.
    ///
    /// ```
    /// use seatkeeper::model::Time;
    /// let seen = Time::parse("2025-11-06T23:07:29.936941226Z").unwrap();
    /// assert_eq!(seen.to_string(), "2025-11-06T23:07:29Z");
    /// ```
    pub fn parse(text: &str) -> Option<Time> {
        if let Some(time) = Time::parse_usual(text.as_bytes()) {
            return Some(time);
        }
        DateTime::parse_from_rfc3339(text)
            .ok()
            .map(|moment| Time(moment.timestamp()))
    }

    /// The form that the APIs send, `2025-11-06T23:07:29` with a fraction or none and `Z`, without the calendar's general
    /// parser: an organization has millions of them. Anything else is `None`, and not decided here.
    fn parse_usual(text: &[u8]) -> Option<Time> {
        let (date, rest) = text.split_first_chunk::<19>()?;
        let two = |tens: &u8, ones: &u8| {
            let (tens, ones) = (tens.wrapping_sub(b'0'), ones.wrapping_sub(b'0'));
            (tens < 10 && ones < 10).then(|| i64::from(tens * 10 + ones))
        };
        let [
            y1,
            y2,
            y3,
            y4,
            b'-',
            m1,
            m2,
            b'-',
            d1,
            d2,
            b'T',
            hours @ ..,
            b':',
            s1,
            s2,
        ] = date
        else {
            return None;
        };
        let [h1, h2, b':', n1, n2] = hours else {
            return None;
        };
        let is_fraction = |fraction: &[u8]| {
            (2..=10).contains(&fraction.len())
                && fraction.first() == Some(&b'.')
                && fraction.iter().skip(1).all(u8::is_ascii_digit)
        };
        let (last, fraction) = rest.split_last()?;
        if *last != b'Z' || !(fraction.is_empty() || is_fraction(fraction)) {
            return None;
        }
        let (year, month) = (two(y1, y2)? * 100 + two(y3, y4)?, two(m1, m2)?);
        let (day, hour) = (two(d1, d2)?, two(h1, h2)?);
        let (minute, second) = (two(n1, n2)?, two(s1, s2)?);
        // Days that only some months have, leap seconds and years out of the ordinary are left to the calendar.
        let is_plain = (1970..=2999).contains(&year)
            && (1..=12).contains(&month)
            && (1..=28).contains(&day)
            && hour < 24
            && minute < 60
            && second < 60;
        is_plain.then(|| {
            // Days since 1970-01-01, years counted from March so that the leap day is the last of its year.
            let (year, month) = if month > 2 {
                (year, month - 3)
            } else {
                (year - 1, month + 9)
            };
            let days =
                year * 365 + year / 4 - year / 100 + year / 400 + (month * 153 + 2) / 5 + day - 1;
            Time((days - 719_468) * DAY + hour * HOUR + minute * 60 + second)
        })
    }

    /// This time moved by some seconds; a result outside the calendar stays at its edge.
    pub fn plus(self, seconds: i64) -> Time {
        Time(self.0.saturating_add(seconds))
    }

    /// Seconds from an earlier time to this one; negative if it is later.
    pub fn since(self, earlier: Time) -> i64 {
        self.0.saturating_sub(earlier.0)
    }

    /// The UTC date, such as `2026-05-03`.
    pub fn date(self) -> String {
        self.text(|d| format!("{:04}-{:02}-{:02}", d.year(), d.month(), d.day()))
    }

    /// The UTC month, such as `2026-05`: the partition of the log's index by time.
    pub fn month(self) -> String {
        self.text(|d| format!("{:04}-{:02}", d.year(), d.month()))
    }

    /// The time without punctuation, fit for a storage key, such as `20260503T170000Z`.
    pub fn compact(self) -> String {
        self.to_string().replace(['-', ':'], "")
    }

    /// Written by hand: the calendar's own formatting would cost the core 15 KB.
    fn text(self, write: impl Fn(DateTime<Utc>) -> String) -> String {
        match DateTime::from_timestamp(self.0, 0) {
            Some(moment) => write(moment),
            None => String::from("out-of-range"),
        }
    }
}

impl std::fmt::Display for Time {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let text = self.text(|d| {
            let (date, hour, minute, second) = (self.date(), d.hour(), d.minute(), d.second());
            format!("{date}T{hour:02}:{minute:02}:{second:02}Z")
        });
        f.write_str(&text)
    }
}

impl Serialize for Time {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Time {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Time, D::Error> {
        let text = String::deserialize(deserializer)?;
        Time::parse(&text)
            .ok_or_else(|| de::Error::custom("not a time such as 2026-05-03T17:00:00Z"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fractions_of_any_length_are_cut_off() {
        for text in [
            "2026-01-02T03:04:05Z",
            "2026-01-02T03:04:05.9Z",
            "2026-01-02T03:04:05.999999999Z",
            "2026-01-02T04:04:05+01:00",
        ] {
            assert_eq!(
                Time::parse(text).map(|time| time.to_string()).as_deref(),
                Some("2026-01-02T03:04:05Z"),
                "{text}"
            );
        }
    }

    #[test]
    fn the_usual_form_is_read_as_the_calendar_reads_it() {
        let calendar = |text: &str| {
            DateTime::parse_from_rfc3339(text)
                .ok()
                .map(|t| t.timestamp())
        };
        let mut second = 0_i64;
        while second < 30_000_000_000 {
            let moment = DateTime::from_timestamp(second, 0).unwrap();
            for text in [
                moment.format("%Y-%m-%dT%H:%M:%SZ").to_string(),
                moment.format("%Y-%m-%dT%H:%M:%S.123456789Z").to_string(),
            ] {
                assert_eq!(Time::parse(&text), Some(Time(second)), "{text}");
                if moment.day() <= 28 {
                    assert_eq!(
                        Time::parse_usual(text.as_bytes()),
                        Some(Time(second)),
                        "{text}"
                    );
                }
            }
            second += 7_777_777;
        }
        for text in [
            "2026-02-31T00:00:00Z",
            "2026-01-01T24:00:00Z",
            "2026-01-01T00:00:60Z",
            "2026-01-01T00:00:00",
            "2026-01-01T00:00:00.Z",
            "2026-01-01T00:00:00.12a4Z",
            "2026-01-01 00:00:00Z",
            "2026-01-01T00:00:00+00:00",
            "+026-01-01T00:00:00Z",
            "2026-01-01T00:00:00.1234567890Z",
        ] {
            assert_eq!(
                Time::parse(text).map(|time| time.0),
                calendar(text),
                "{text}"
            );
        }
    }

    #[test]
    fn what_is_not_a_time_is_refused() {
        for text in ["", "2026-01-02", "2026-13-02T03:04:05Z", "yesterday"] {
            assert_eq!(Time::parse(text), None, "{text}");
        }
    }
}
