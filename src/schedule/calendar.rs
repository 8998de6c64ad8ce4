//! Days and times of day in a zone, and the instants they are.

use chrono::{Datelike, NaiveDate};

use super::{ScheduleError, UTC, Zones};
use crate::model::{DAY, Time};

/// 1970-01-01 counted from the first day of year 1.
const EPOCH_DAY: i32 = 719_163;

/// A date as days since 1970-01-01.
pub(super) fn day_number(date: NaiveDate) -> i64 {
    i64::from(date.num_days_from_ce()) - i64::from(EPOCH_DAY)
}

/// The date so many days after 1970-01-01; `None` outside the calendar.
pub(super) fn date_of_day(number: i64) -> Option<NaiveDate> {
    let days = i32::try_from(number).ok()?.checked_add(EPOCH_DAY)?;
    NaiveDate::from_num_days_from_ce_opt(days)
}

/// The calendar of one zone. `None` comes from instants outside the calendar only: the zone was known when it was opened.
pub(super) struct Calendar<'z> {
    zones: &'z dyn Zones,
    zone: &'z str,
}

impl<'z> Calendar<'z> {
    /// The calendar of a zone.
    ///
    /// # Errors
    /// The zone is not known.
    pub(super) fn open(zones: &'z dyn Zones, zone: &'z str) -> Result<Calendar<'z>, ScheduleError> {
        let calendar = Calendar { zones, zone };
        match calendar.offset(Time(0)) {
            Some(_) => Ok(calendar),
            None => Err(ScheduleError::UnknownZone(zone.to_owned())),
        }
    }

    fn offset(&self, at: Time) -> Option<i64> {
        if self.zone == UTC {
            return Some(0);
        }
        self.zones.offset(self.zone, at)
    }

    /// The local date at an instant.
    pub(super) fn date(&self, at: Time) -> Option<NaiveDate> {
        let local = at.plus(self.offset(at)?);
        date_of_day(local.0.div_euclid(DAY))
    }

    /// The instant at which clocks show so many seconds after midnight of a date. Where they show it twice, the first;
    /// where they skip it, the moment as much later as they skip: 02:30 in a gap of an hour is 03:30.
    pub(super) fn instant(&self, date: NaiveDate, seconds: i64) -> Option<Time> {
        let as_if_utc = Time(day_number(date) * DAY).plus(seconds);
        // No zone is a day away from UTC, so a change of its clocks around this moment lies between the two.
        let before = self.offset(as_if_utc.plus(-DAY))?;
        let after = self.offset(as_if_utc.plus(DAY))?;
        let by_the_old = as_if_utc.plus(-before);
        if before == after || self.offset(by_the_old)? == before {
            return Some(by_the_old);
        }
        let by_the_new = as_if_utc.plus(-after);
        if self.offset(by_the_new)? == after {
            return Some(by_the_new);
        }
        // In a gap: what a clock shows that was not put forward.
        Some(by_the_old)
    }
}
