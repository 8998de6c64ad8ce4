//! Reading a schedule. The calendar is read by hand: its library's own reading would cost the core too much.

use std::ops::Range;

use chrono::{NaiveDate, NaiveTime, Weekday};

use super::json::Node;
use super::reader::{Fields, Read, Reader};
use super::timetable::{DEFAULT_ZONE, UNITS, WEEKDAYS};
use super::{BlackOut, DayOfMonth, Schedule, Timetable, Unit};
use crate::model::Time;

/// The longest name of a zone, in bytes; the longest that there is has 32.
const MAX_ZONE: usize = 64;

/// A leap year, in which every day of a year is found.
const LEAP_YEAR: i32 = 2024;

/// The number of a month's last day, after all that have a number of their own.
const LAST_DAY: u32 = 32;

/// The number of 1 January.
const FIRST_OF_YEAR: u32 = 101;

impl Reader {
    pub(super) fn schedule(&mut self, node: &Node, path: &str) -> Option<Schedule> {
        let names = ["once", "every", "on", "at", "zone", "except"];
        let fields = self.fields(node, path, &names, &[])?;
        if fields.has("once") {
            if fields.fields.len() > 1 {
                let message = "`once` stands alone: a schedule is either `once` or `every`";
                self.error(path, "once-alone", message);
            }
            return self
                .field(&fields, "once", Reader::instant)
                .map(Schedule::Once);
        }
        if !fields.has("every") {
            self.error(path, "missing-field", "`once` or `every` is required");
        }
        self.timetable(&fields).map(Schedule::Every)
    }

    fn instant(&mut self, node: &Node, path: &str) -> Option<Time> {
        let instant = Time::parse(&self.text(node, path)?);
        if instant.is_none() {
            let message = "must be a time with its offset, such as 2026-11-21T17:00:00Z";
            self.error(path, "wrong-time", message);
        }
        instant
    }

    fn timetable(&mut self, fields: &Fields<'_>) -> Option<Timetable> {
        let every = self.field(fields, "every", Reader::every);
        let unit = every.and_then(|(_, unit)| self.unit(unit, fields));
        let at = self.field(fields, "at", Reader::time_of_day);
        let zone = self.field(fields, "zone", Reader::zone);
        let except = self.field(fields, "except", Reader::black_outs);
        Some(Timetable {
            n: every?.0,
            unit: unit?,
            at: at.unwrap_or(NaiveTime::MIN),
            zone: zone.unwrap_or_else(|| String::from(DEFAULT_ZONE)),
            except: except.unwrap_or_default(),
        })
    }

    fn every(&mut self, node: &Node, path: &str) -> Option<(u32, &'static str)> {
        let names = ["n", "unit"];
        let fields = self.fields(node, path, &names, &names)?;
        let n = self.field(&fields, "n", |reader, node, path| {
            reader.whole(node, path, 1, 1_000)
        });
        let unit = self.field(&fields, "unit", |reader, node, path| {
            let units = UNITS.map(|unit| (unit, unit));
            reader.choice(node, path, ("wrong-unit", "unit of a schedule"), &units)
        });
        Some((n?, unit?))
    }

    /// The unit with its days. A field that it would ignore is a mistake.
    fn unit(&mut self, unit: &str, fields: &Fields<'_>) -> Option<Unit> {
        if unit == "hour" && fields.has("at") {
            let message = "an `every` of hours starts at the full hour: leave `at` out";
            self.error(&fields.at("at"), "ignored-field", message);
        }
        if matches!(unit, "hour" | "day") && fields.has("on") {
            let message = "only weeks, months and years have days: leave `on` out";
            self.error(&fields.at("on"), "ignored-field", message);
            return None;
        }
        match unit {
            "hour" => Some(Unit::Hour),
            "day" => Some(Unit::Day),
            "week" => {
                let days = self.days(fields, Reader::day_of_week, 0..7)?;
                let of = |day: &u32| WEEKDAYS.get(usize::try_from(*day).ok()?);
                Some(Unit::Week(
                    days.iter().filter_map(of).map(|(day, _)| *day).collect(),
                ))
            }
            "month" => {
                let days = self.days(fields, Reader::day_of_month, 1..LAST_DAY + 1)?;
                let of = |day: u32| match day {
                    LAST_DAY => DayOfMonth::Last,
                    day => DayOfMonth::Day(day),
                };
                Some(Unit::Month(days.into_iter().map(of).collect()))
            }
            _ => {
                let days = self.days(fields, Reader::day_of_year, FIRST_OF_YEAR..1_300)?;
                let of = |day: u32| (day / 100, day % 100);
                Some(Unit::Year(days.into_iter().map(of).collect()))
            }
        }
    }

    /// The days of `on` by their numbers, in the calendar's order; its first day without them.
    fn days(
        &mut self,
        fields: &Fields<'_>,
        read: Read<u32>,
        calendar: Range<u32>,
    ) -> Option<Vec<u32>> {
        let Some(node) = fields.get("on") else {
            return Some(vec![calendar.start]);
        };
        let path = fields.at("on");
        let written = self.one_or_each(node, &path, read)?;
        self.refuse_twins(&written, &path);
        Some(calendar.filter(|day| written.contains(day)).collect())
    }

    fn weekday(&mut self, node: &Node, path: &str) -> Option<Weekday> {
        self.choice(node, path, ("wrong-day", "day of the week"), &WEEKDAYS)
    }

    /// A day of the week by its number, Monday is 0.
    fn day_of_week(&mut self, node: &Node, path: &str) -> Option<u32> {
        let day = self.weekday(node, path)?;
        Some(day.num_days_from_monday())
    }

    /// A day of a month by its number; the last is [`LAST_DAY`].
    fn day_of_month(&mut self, node: &Node, path: &str) -> Option<u32> {
        let day = match node {
            Node::Whole(day) => u32::try_from(*day)
                .ok()
                .filter(|day| (1..LAST_DAY).contains(day)),
            Node::Text(text) if text == "last" => Some(LAST_DAY),
            _ => None,
        };
        if day.is_none() {
            let message = "must be a day of the month: 1 to 31 or \"last\"";
            self.error(path, "wrong-day", message);
        }
        day
    }

    /// A day of a year by its month and day, such as 331 for 31 March.
    fn day_of_year(&mut self, node: &Node, path: &str) -> Option<u32> {
        let text = self.text(node, path)?;
        let day = text
            .split_once('-')
            .and_then(|(month, day)| Some((digits(month, 2)?, digits(day, 2)?)))
            .filter(|(month, day)| NaiveDate::from_ymd_opt(LEAP_YEAR, *month, *day).is_some())
            .map(|(month, day)| month * 100 + day);
        if day.is_none() {
            let message = "must be a day of the year as month and day, such as 03-31";
            self.error(path, "wrong-day", message);
        }
        day
    }

    fn time_of_day(&mut self, node: &Node, path: &str) -> Option<NaiveTime> {
        let text = self.text(node, path)?;
        let time = text
            .split_once(':')
            .and_then(|(hour, minute)| Some((digits(hour, 2)?, digits(minute, 2)?)))
            .and_then(|(hour, minute)| NaiveTime::from_hms_opt(hour, minute, 0));
        if time.is_none() {
            let message = "must be a time of day from 00:00 to 23:59, such as 06:30";
            self.error(path, "wrong-time", message);
        }
        time
    }

    /// Whether the zone exists is for the host to say: the core has no list of zones.
    pub(super) fn zone(&mut self, node: &Node, path: &str) -> Option<String> {
        let zone = self.text(node, path)?;
        let fits = zone.len() <= MAX_ZONE
            && zone.starts_with(|sign: char| sign.is_ascii_alphabetic())
            && zone
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'/' | b'_' | b'+' | b'-'));
        if !fits {
            let message = "must be the name of a time zone, such as Europe/Berlin";
            self.error(path, "wrong-zone", message);
        }
        fits.then_some(zone)
    }

    pub(super) fn black_outs(&mut self, node: &Node, path: &str) -> Option<Vec<BlackOut>> {
        let windows = self.each(node, path, Reader::black_out)?;
        self.refuse_twins(&windows, path);
        let is_out = |day| windows.contains(&BlackOut::Weekday(day));
        if WEEKDAYS.iter().all(|(day, _)| is_out(*day)) {
            self.error(path, "never-runs", "leaves no day of the week to run on");
        }
        Some(windows)
    }

    fn black_out(&mut self, node: &Node, path: &str) -> Option<BlackOut> {
        match node {
            Node::Text(_) => self.weekday(node, path).map(BlackOut::Weekday),
            Node::Object(_) => self.days_out(node, path),
            other => {
                let wanted = "a day of the week or an object with `from` and `to`";
                self.wrong_kind(path, wanted, other);
                None
            }
        }
    }

    fn days_out(&mut self, node: &Node, path: &str) -> Option<BlackOut> {
        let names = ["from", "to"];
        let fields = self.fields(node, path, &names, &names)?;
        let from = self.field(&fields, "from", Reader::date);
        let to = self.field(&fields, "to", Reader::date);
        let (from, to) = (from?, to?);
        if to < from {
            self.error(&fields.at("to"), "wrong-date", "must not be before `from`");
        }
        Some(BlackOut::Days { from, to })
    }

    fn date(&mut self, node: &Node, path: &str) -> Option<NaiveDate> {
        let text = self.text(node, path)?;
        let date = date(&text);
        if date.is_none() {
            let message = "must be a day that there is, such as 2026-12-20";
            self.error(path, "wrong-date", message);
        }
        date
    }
}

fn date(text: &str) -> Option<NaiveDate> {
    let (year, rest) = text.split_once('-')?;
    let (month, day) = rest.split_once('-')?;
    let year = i32::try_from(digits(year, 4)?).ok()?;
    NaiveDate::from_ymd_opt(year, digits(month, 2)?, digits(day, 2)?)
}

/// A number of exactly so many digits.
fn digits(text: &str, count: usize) -> Option<u32> {
    let fits = text.len() == count && text.bytes().all(|b| b.is_ascii_digit());
    fits.then(|| text.parse().ok())?
}
