//! When black-out windows let a run start: those of a timetable in its zone, and those of the organization in theirs.

use super::ScheduleError;
use super::calendar::Calendar;
use super::zones::Zones;
use crate::model::{DAY, Time};
use crate::policy::{BlackOut, OrganizationBlackOuts, Policy, Schedule, first_free_day, last_day};

/// Windows that count together. A moment is blacked out where one of them covers it.
pub(super) struct BlackOuts<'p> {
    all: Vec<Windows<'p>>,
}

/// Windows of one zone.
struct Windows<'p> {
    windows: &'p [BlackOut],
    calendar: Calendar<'p>,
}

impl<'p> BlackOuts<'p> {
    /// The windows of a policy's schedule, if it has any, and those of the organization. Where there are no windows no
    /// zone needs to be known.
    ///
    /// # Errors
    /// A zone is not known.
    pub(super) fn of(
        policy: &'p Policy,
        organization: &'p OrganizationBlackOuts,
        zones: &'p dyn Zones,
    ) -> Result<BlackOuts<'p>, ScheduleError> {
        let own = match &policy.schedule {
            Some(Schedule::Every(timetable)) => Some((&timetable.zone, &timetable.except)),
            Some(Schedule::Once(_)) | None => None,
        };
        let theirs = (&organization.zone, &organization.except);
        let mut all = Vec::new();
        for (zone, windows) in own.into_iter().chain([theirs]) {
            if !windows.is_empty() {
                let calendar = Calendar::open(zones, zone)?;
                all.push(Windows { windows, calendar });
            }
        }
        Ok(BlackOuts { all })
    }

    /// Whether a run may start at an instant.
    pub(super) fn allow(&self, at: Time) -> bool {
        self.all.iter().all(|one| one.allow(at))
    }

    /// The first instant from the given one on at which a run may start: it, or the end of the black-outs that cover it.
    pub(super) fn end(&self, at: Time) -> Option<Time> {
        // At the end of one window another may have begun. Each window of days is left for good, and between two of them
        // no more than a week, whose days begin twice at most, lies under windows of weekdays.
        let windows: usize = self.all.iter().map(|one| one.windows.len()).sum();
        let most_steps = windows.saturating_mul(16).saturating_add(16);
        let mut end = at;
        for _ in 0..most_steps {
            match self.all.iter().find(|one| !one.allow(end)) {
                Some(one) => end = one.end(end)?,
                None => return Some(end),
            }
        }
        None
    }

    /// The end of the first black-out that begins within a day after an instant outside of one.
    pub(super) fn end_of_next(&self, at: Time) -> Option<Time> {
        let beginnings = self.all.iter().filter_map(|one| one.next_beginning(at));
        self.end(beginnings.min()?)
    }
}

impl Windows<'_> {
    fn allow(&self, at: Time) -> bool {
        match self.calendar.date(at) {
            Some(date) => last_day(self.windows, date).is_none(),
            None => false,
        }
    }

    /// The beginning of the first free day after an instant that these windows cover.
    fn end(&self, at: Time) -> Option<Time> {
        let free = first_free_day(self.windows, self.calendar.date(at)?)?;
        self.calendar.instant(free, 0)
    }

    /// The beginning of the first covered day within a day after an instant.
    fn next_beginning(&self, at: Time) -> Option<Time> {
        let last = self.calendar.date(at.plus(DAY))?;
        let mut date = self.calendar.date(at)?;
        while date <= last {
            if last_day(self.windows, date).is_some() {
                return self.calendar.instant(date, 0);
            }
            date = date.succ_opt()?;
        }
        None
    }
}
