//! Black-out windows: whole days on which no run starts. In which zone a day begins is for whoever has the window.

use chrono::{Datelike, Days, NaiveDate, Weekday};

/// A window in which no run starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BlackOut {
    /// `"sat"`: this day of every week.
    Weekday(Weekday),
    /// `{"from": "2026-12-20", "to": "2027-01-03"}`: from the beginning of one day to the end of another.
    Days {
        /// The first day.
        from: NaiveDate,
        /// The last day.
        to: NaiveDate,
    },
}

/// The last day of a window that covers a date.
pub(crate) fn last_day(windows: &[BlackOut], date: NaiveDate) -> Option<NaiveDate> {
    windows.iter().find_map(|window| match window {
        BlackOut::Weekday(weekday) => (*weekday == date.weekday()).then_some(date),
        BlackOut::Days { from, to } => (*from <= date && date <= *to).then_some(*to),
    })
}

/// The first day from a date on that no window covers; `None` when there is none, because every weekday is one, or
/// because the calendar ends before.
pub(crate) fn first_free_day(windows: &[BlackOut], date: NaiveDate) -> Option<NaiveDate> {
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
