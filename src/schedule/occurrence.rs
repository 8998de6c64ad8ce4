//! The instants of a timetable, as if there were no black-outs.
//!
//! A timetable is cut into periods of `n` units, counted from fixed points; each holds as many instants as `on` names
//! days. They never come in the wrong order, because every day's instant has the same time of day.

use chrono::{Datelike, Months, NaiveDate, Timelike};

use super::calendar::{Calendar, date_of_day, day_number};
use crate::model::{HOUR, Time};
use crate::policy::{DayOfMonth, Timetable, Unit};

/// Monday 1970-01-05 as days since 1970-01-01.
const FIRST_MONDAY: i64 = 4;
/// Months of a year.
const YEAR_MONTHS: i64 = 12;
/// The first year that is counted.
const FIRST_YEAR: i64 = 1970;
/// How many periods to look at beyond the one of an instant: a skipped day or a clock that is put back over midnight can
/// push an instant over the edge of its period.
const SPILL: i64 = 3;

/// The instants of one timetable.
pub(super) struct Occurrences<'p> {
    timetable: &'p Timetable,
    calendar: &'p Calendar<'p>,
}

impl<'p> Occurrences<'p> {
    pub(super) fn new(timetable: &'p Timetable, calendar: &'p Calendar<'p>) -> Occurrences<'p> {
        Occurrences {
            timetable,
            calendar,
        }
    }

    /// The last instant that is not after the given one.
    pub(super) fn latest(&self, at: Time) -> Option<Time> {
        let period = self.period(at)?;
        (0..=SPILL + 1).find_map(|back| {
            let instants = self.instants(period + 1 - back);
            instants.into_iter().filter(|instant| *instant <= at).max()
        })
    }

    /// The first instant after the given one.
    pub(super) fn next(&self, after: Time) -> Option<Time> {
        let period = self.period(after)?;
        (0..=SPILL + 1).find_map(|ahead| {
            let instants = self.instants(period - 1 + ahead);
            instants
                .into_iter()
                .filter(|instant| *instant > after)
                .min()
        })
    }

    fn length(&self) -> i64 {
        i64::from(self.timetable.n.max(1))
    }

    /// The number of the period in which an instant lies.
    fn period(&self, at: Time) -> Option<i64> {
        let units = match self.timetable.unit {
            Unit::Hour => at.0.div_euclid(HOUR),
            Unit::Day => day_number(self.calendar.date(at)?),
            Unit::Week(_) => (day_number(self.calendar.date(at)?) - FIRST_MONDAY).div_euclid(7),
            Unit::Month(_) => {
                let date = self.calendar.date(at)?;
                (i64::from(date.year()) - FIRST_YEAR) * YEAR_MONTHS + i64::from(date.month0())
            }
            Unit::Year(_) => i64::from(self.calendar.date(at)?.year()) - FIRST_YEAR,
        };
        Some(units.div_euclid(self.length()))
    }

    /// The instants of a period.
    fn instants(&self, period: i64) -> Vec<Time> {
        let Some(unit) = period.checked_mul(self.length()) else {
            return Vec::new();
        };
        if self.timetable.unit == Unit::Hour {
            return Vec::from_iter(unit.checked_mul(HOUR).map(Time));
        }
        let seconds = i64::from(self.timetable.at.num_seconds_from_midnight());
        self.dates(unit)
            .into_iter()
            .filter_map(|date| self.calendar.instant(date, seconds))
            .collect()
    }

    /// The days on which a timetable falls in its so-many-th unit.
    fn dates(&self, unit: i64) -> Vec<NaiveDate> {
        match &self.timetable.unit {
            Unit::Hour => Vec::new(),
            Unit::Day => Vec::from_iter(date_of_day(unit)),
            Unit::Week(on) => {
                let monday = unit.saturating_mul(7).saturating_add(FIRST_MONDAY);
                on.iter()
                    .filter_map(|weekday| {
                        date_of_day(monday.checked_add(weekday.num_days_from_monday().into())?)
                    })
                    .collect()
            }
            Unit::Month(on) => {
                let year = FIRST_YEAR.saturating_add(unit.div_euclid(YEAR_MONTHS));
                let Ok(month) = u32::try_from(unit.rem_euclid(YEAR_MONTHS) + 1) else {
                    return Vec::new();
                };
                on.iter()
                    .filter_map(|day| match day {
                        DayOfMonth::Day(day) => day_of_month(year, month, *day),
                        DayOfMonth::Last => day_of_month(year, month, 31),
                    })
                    .collect()
            }
            Unit::Year(on) => {
                let year = FIRST_YEAR.saturating_add(unit);
                on.iter()
                    .filter_map(|(month, day)| day_of_month(year, *month, *day))
                    .collect()
            }
        }
    }
}

/// A day of a month, or the month's last when it has no such day.
fn day_of_month(year: i64, month: u32, day: u32) -> Option<NaiveDate> {
    let year = i32::try_from(year).ok()?;
    let first = NaiveDate::from_ymd_opt(year, month, 1)?;
    let last = first.checked_add_months(Months::new(1))?.pred_opt()?;
    first.with_day(day.min(last.day()))
}
