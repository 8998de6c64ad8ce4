//! Black-out windows: whole local days on which nothing starts.

use chrono::{Datelike, Days, NaiveDate};

use super::calendar::Calendar;
use crate::model::{DAY, Time};
use crate::policy::BlackOut;

/// The black-outs of a timetable.
pub(super) struct BlackOuts<'p> {
    windows: &'p [BlackOut],
    calendar: &'p Calendar<'p>,
}

impl<'p> BlackOuts<'p> {
    pub(super) fn new(windows: &'p [BlackOut], calendar: &'p Calendar<'p>) -> BlackOuts<'p> {
        BlackOuts { windows, calendar }
    }

    /// Whether a run may start at an instant.
    pub(super) fn allow(&self, at: Time) -> bool {
        match self.calendar.date(at) {
            Some(date) => last_day(self.windows, date).is_none(),
            None => false,
        }
    }

    /// The first instant from the given one on at which a run may start: it, or the end of the black-outs that cover it.
    pub(super) fn end(&self, at: Time) -> Option<Time> {
        let today = self.calendar.date(at)?;
        let free = first_free_day(self.windows, today)?;
        if free == today {
            return Some(at);
        }
        self.calendar.instant(free, 0)
    }

    /// The end of the first black-out that begins within a day after an instant outside of one.
    pub(super) fn end_of_next(&self, at: Time) -> Option<Time> {
        let last = self.calendar.date(at.plus(DAY))?;
        let mut date = self.calendar.date(at)?;
        while date <= last {
            if last_day(self.windows, date).is_some() {
                let free = first_free_day(self.windows, date)?;
                return self.calendar.instant(free, 0);
            }
            date = date.succ_opt()?;
        }
        None
    }
}

/// The last day of a window that covers a date.
fn last_day(windows: &[BlackOut], date: NaiveDate) -> Option<NaiveDate> {
    windows.iter().find_map(|window| match window {
        BlackOut::Weekday(weekday) => (*weekday == date.weekday()).then_some(date),
        BlackOut::Days { from, to } => (*from <= date && date <= *to).then_some(*to),
    })
}

/// The first day from a date on that no window covers; `None` when there is none, because every weekday is one (the reader refuses such a policy).
fn first_free_day(windows: &[BlackOut], date: NaiveDate) -> Option<NaiveDate> {
    let mut date = date;
    // Seven days in a row cover each weekday, and each window of days is left for good in one step.
    let most_steps = windows.len().saturating_mul(8).saturating_add(8);
    for _ in 0..most_steps {
        match last_day(windows, date) {
            Some(last) => date = last.checked_add_days(Days::new(1))?,
            None => return Some(date),
        }
    }
    None
}
