//! The instants of a timetable, as if there were no black-outs.
//!
//! A timetable is cut into periods of `n` units, counted from fixed points; each holds as many instants as `on` names
//! days. They never come in the wrong order, because every day's instant has the same time of day.

use chrono::{Datelike, NaiveDate, Timelike};

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
const SPILL: i64 = 2;

/// The instants of one timetable.
pub(super) struct Occurrences<'p> {
    timetable: &'p Timetable,
    calendar: Calendar<'p>,
}

impl<'p> Occurrences<'p> {
    pub(super) fn new(timetable: &'p Timetable, calendar: Calendar<'p>) -> Occurrences<'p> {
        Occurrences {
            timetable,
            calendar,
        }
    }

    /// The last instant that is not after the given one.
    pub(super) fn latest(&self, at: Time) -> Option<Time> {
        let period = self.period(at)?;
        (0..=SPILL + 1).find_map(|back| {
            let mut latest = None;
            self.for_each(period + 1 - back, &mut |instant| {
                if instant <= at {
                    latest = latest.max(Some(instant));
                }
            });
            latest
        })
    }

    /// The first instant after the given one.
    pub(super) fn next(&self, after: Time) -> Option<Time> {
        let period = self.period(after)?;
        (0..=SPILL + 1).find_map(|ahead| {
            let mut next: Option<Time> = None;
            self.for_each(period - 1 + ahead, &mut |instant| {
                if instant > after && next.is_none_or(|next| instant < next) {
                    next = Some(instant);
                }
            });
            next
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

    /// The instants of a period. They are handed on one by one: lists of them would cost the core more.
    fn for_each(&self, period: i64, found: &mut dyn FnMut(Time)) {
        let Some(unit) = period.checked_mul(self.length()) else {
            return;
        };
        let seconds = i64::from(self.timetable.at.num_seconds_from_midnight());
        let mut on = |date: Option<NaiveDate>| {
            if let Some(instant) = date.and_then(|date| self.calendar.instant(date, seconds)) {
                found(instant);
            }
        };
        match &self.timetable.unit {
            Unit::Hour => found(Time(unit.saturating_mul(HOUR))),
            Unit::Day => on(date_of_day(unit)),
            Unit::Week(weekdays) => {
                let monday = unit.saturating_mul(7).saturating_add(FIRST_MONDAY);
                for weekday in weekdays {
                    let day = i64::from(weekday.num_days_from_monday());
                    on(date_of_day(monday.saturating_add(day)));
                }
            }
            Unit::Month(days) => {
                let year = unit.div_euclid(YEAR_MONTHS);
                let month = unit.rem_euclid(YEAR_MONTHS) + 1;
                for day in days {
                    let day = match day {
                        DayOfMonth::Day(day) => *day,
                        DayOfMonth::Last => 31,
                    };
                    on(day_of_month(year, u32::try_from(month).ok(), day));
                }
            }
            Unit::Year(days) => {
                for (month, day) in days {
                    on(day_of_month(unit, Some(*month), *day));
                }
            }
        }
    }
}

/// A day of a month in the so-many-th year, or the month's last when it has no such day.
fn day_of_month(year: i64, month: Option<u32>, day: u32) -> Option<NaiveDate> {
    let year = i32::try_from(FIRST_YEAR.saturating_add(year)).ok()?;
    let month = month?;
    (0..4).find_map(|too_many| NaiveDate::from_ymd_opt(year, month, day.saturating_sub(too_many)))
}
