//! Writing a schedule as `read` takes it.

use chrono::{Datelike, NaiveDate, Timelike, Weekday};
use serde::ser::{Serialize, SerializeMap, Serializer};

use super::timetable::{UNITS, WEEKDAYS};
use super::{BlackOut, DayOfMonth, Schedule, Timetable, Unit};

impl Serialize for Schedule {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        match self {
            Schedule::Once(instant) => map.serialize_entry("once", instant)?,
            Schedule::Every(timetable) => timetable.entries(&mut map)?,
        }
        map.end()
    }
}

impl Timetable {
    fn entries<M: SerializeMap>(&self, map: &mut M) -> Result<(), M::Error> {
        map.serialize_entry("every", &Every(self))?;
        match &self.unit {
            Unit::Hour | Unit::Day => {}
            Unit::Week(days) => {
                let days: Vec<&str> = days.iter().map(|day| weekday_name(*day)).collect();
                map.serialize_entry("on", &days)?;
            }
            Unit::Month(days) => map.serialize_entry("on", days)?,
            Unit::Year(days) => {
                let days: Vec<String> = days
                    .iter()
                    .map(|(month, day)| format!("{month:02}-{day:02}"))
                    .collect();
                map.serialize_entry("on", &days)?;
            }
        }
        if self.unit != Unit::Hour {
            map.serialize_entry("at", &self.time_of_day())?;
        }
        map.serialize_entry("zone", &self.zone)?;
        if !self.except.is_empty() {
            map.serialize_entry("except", &self.except)?;
        }
        Ok(())
    }

    /// The time of day, such as `06:30`.
    pub(super) fn time_of_day(&self) -> String {
        format!("{:02}:{:02}", self.at.hour(), self.at.minute())
    }
}

struct Every<'a>(&'a Timetable);

impl Serialize for Every<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(2))?;
        map.serialize_entry("n", &self.0.n)?;
        map.serialize_entry("unit", self.0.unit.name())?;
        map.end()
    }
}

impl Unit {
    /// The name in the document.
    pub(super) fn name(&self) -> &'static str {
        let [hour, day, week, month, year] = UNITS;
        match self {
            Unit::Hour => hour,
            Unit::Day => day,
            Unit::Week(_) => week,
            Unit::Month(_) => month,
            Unit::Year(_) => year,
        }
    }
}

impl Serialize for DayOfMonth {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            DayOfMonth::Day(day) => serializer.serialize_u32(*day),
            DayOfMonth::Last => serializer.serialize_str("last"),
        }
    }
}

impl Serialize for BlackOut {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            BlackOut::Weekday(day) => serializer.serialize_str(weekday_name(*day)),
            BlackOut::Days { from, to } => {
                let mut map = serializer.serialize_map(Some(2))?;
                map.serialize_entry("from", &date_text(*from))?;
                map.serialize_entry("to", &date_text(*to))?;
                map.end()
            }
        }
    }
}

fn weekday_name(day: Weekday) -> &'static str {
    WEEKDAYS
        .iter()
        .find(|(known, _)| *known == day)
        .map_or("", |(_, name)| name)
}

/// A date, such as `2026-12-20`.
pub(super) fn date_text(date: NaiveDate) -> String {
    format!("{:04}-{:02}-{:02}", date.year(), date.month(), date.day())
}
