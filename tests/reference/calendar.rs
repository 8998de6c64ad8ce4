//! Spans of the policy language, counted on a calendar: `h`, `d` and `w` as seconds, `mo` and `y` as months in UTC.

use chrono::{DateTime, Datelike, NaiveDate, TimeDelta, Utc};
use seatkeeper::policy::Span;

/// A point in time.
pub type Moment = DateTime<Utc>;

/// Reads an RFC 3339 timestamp.
pub fn moment(text: &str) -> Moment {
    DateTime::parse_from_rfc3339(text)
        .expect("a moment such as 2026-11-21T12:00:00Z")
        .to_utc()
}

/// Reads a span such as `90d`.
pub fn span(text: &str) -> Span {
    Span::parse(text).unwrap_or_else(|| panic!("`{text}` is no span"))
}

/// The moment a span before another.
pub fn earlier(moment: Moment, span: Span) -> Moment {
    moved(moment, span, -1)
}

/// The moment a span after another.
pub fn later(moment: Moment, span: Span) -> Moment {
    moved(moment, span, 1)
}

/// Reads the span as it is written, `90d`, so that nothing of the engine's own arithmetic is used.
fn moved(moment: Moment, span: Span, direction: i64) -> Moment {
    let text = span.to_string();
    let unit = text.trim_start_matches(|sign: char| sign.is_ascii_digit());
    let number: i64 = text
        .trim_end_matches(unit)
        .parse()
        .expect("a span begins with its number");
    let number = number * direction;
    match unit {
        "h" => moment + TimeDelta::hours(number),
        "d" => moment + TimeDelta::days(number),
        "w" => moment + TimeDelta::weeks(number),
        "mo" => moved_by_months(moment, number),
        "y" => moved_by_months(moment, number * 12),
        _ => panic!("`{text}` is no span"),
    }
}

/// The same day and time of day in another month; a day that the month does not have is its last one.
fn moved_by_months(moment: Moment, months: i64) -> Moment {
    let months = i64::from(moment.year()) * 12 + i64::from(moment.month0()) + months;
    let year = i32::try_from(months.div_euclid(12)).expect("a year of the calendar");
    let month = u32::try_from(months.rem_euclid(12)).expect("one of twelve") + 1;
    let date = (1..=moment.day())
        .rev()
        .find_map(|day| NaiveDate::from_ymd_opt(year, month, day))
        .expect("every month has a first day");
    date.and_time(moment.time()).and_utc()
}
