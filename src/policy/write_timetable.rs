//! A schedule as JSON again, as `read` takes it.

use chrono::{Datelike, NaiveDate, Timelike, Weekday};

use super::json::Node;
use super::timetable::{UNITS, WEEKDAYS};
use super::write::{Written, list};
use super::{BlackOut, DayOfMonth, Schedule, Timetable, Unit};

impl Schedule {
    pub(super) fn node(&self) -> Node {
        let mut written = Written::default();
        match self {
            Schedule::Once(instant) => written.text("once", &instant.to_string()),
            Schedule::Every(timetable) => timetable.fields(&mut written),
        }
        written.done()
    }
}

impl Timetable {
    fn fields(&self, written: &mut Written) {
        let mut every = Written::default();
        every.put("n", Node::whole(self.n));
        every.text("unit", self.unit.name());
        written.put("every", every.done());
        match &self.unit {
            Unit::Hour | Unit::Day => {}
            Unit::Week(days) => written.put("on", list(days, |day| weekday(*day))),
            Unit::Month(days) => written.put("on", list(days, day_of_month)),
            Unit::Year(days) => {
                let days = list(days, |day| Node::Text(day_text(*day)));
                written.put("on", days);
            }
        }
        if self.unit != Unit::Hour {
            written.text("at", &self.time_of_day());
        }
        written.text("zone", &self.zone);
        if !self.except.is_empty() {
            written.put("except", list(&self.except, black_out));
        }
    }

    /// The time of day, such as `06:30`.
    pub(super) fn time_of_day(&self) -> String {
        format!("{:02}:{:02}", self.at.hour(), self.at.minute())
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

fn day_of_month(day: &DayOfMonth) -> Node {
    match day {
        DayOfMonth::Day(day) => Node::whole(*day),
        DayOfMonth::Last => Node::text("last"),
    }
}

pub(super) fn black_out(window: &BlackOut) -> Node {
    match window {
        BlackOut::Weekday(day) => weekday(*day),
        BlackOut::Days { from, to } => {
            let mut written = Written::default();
            written.text("from", &date_text(*from));
            written.text("to", &date_text(*to));
            written.done()
        }
    }
}

fn weekday(day: Weekday) -> Node {
    let known = WEEKDAYS.iter().find(|(known, _)| *known == day);
    Node::text(known.map_or("", |(_, name)| name))
}

/// A day of a year, such as `03-31`.
pub(super) fn day_text((month, day): (u32, u32)) -> String {
    format!("{month:02}-{day:02}")
}

/// A date, such as `2026-12-20`.
pub(super) fn date_text(date: NaiveDate) -> String {
    format!(
        "{:04}-{}",
        date.year(),
        day_text((date.month(), date.day()))
    )
}
