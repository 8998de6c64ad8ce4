//! Which instants of a schedule a tick starts, and which come next.
//!
//! An *occurrence* is an instant of the schedule; its *start* is when its run may begin: at once, or, when it falls into
//! a black-out, at the end of it. Several occurrences in one black-out share one start. The policy's own black-outs and
//! the organization's count alike.

use super::Zones;
use super::black_out::BlackOuts;
use super::calendar::Calendar;
use super::occurrence::Occurrences;
use crate::model::{DAY, Time};
use crate::policy::{OrganizationBlackOuts, Policy, PolicyError, Schedule, Timetable};

/// How long after its start a missed run is made up, once (RULES R12).
const MAKE_UP_SECONDS: i64 = DAY;

/// Why a schedule never starts anything.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ScheduleError {
    /// Nobody here knows the zone.
    #[error(
        "the time zone `{0}` is not known here: write its IANA name, such as Europe/Berlin, or UTC"
    )]
    UnknownZone(String),
}

impl ScheduleError {
    /// The same as a mistake in the policy document.
    pub fn mistake(&self) -> PolicyError {
        let (path, code) = match self {
            ScheduleError::UnknownZone(_) => ("$.schedule.zone", "unknown-zone"),
        };
        PolicyError {
            path: String::from(path),
            code: String::from(code),
            message: self.to_string(),
        }
    }
}

/// What happened to a policy before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Past {
    /// The start that [`due`] handed out last.
    pub last_due: Option<Time>,
    /// When the policy's text was saved: a timetable starts nothing for an instant before it. A single instant
    /// (`once`) that lies before it is an order to begin at once.
    pub edited: Time,
}

impl Past {
    /// Occurrences up to here are done with.
    fn over(&self) -> Time {
        self.last_due
            .map_or(self.edited, |last| last.max(self.edited))
    }
}

/// Checks what only whoever knows the zones can check.
///
/// # Errors
/// The schedule would never start anything: see [`ScheduleError`].
pub fn check(policy: &Policy, zones: &dyn Zones) -> Result<(), ScheduleError> {
    match &policy.schedule {
        Some(Schedule::Every(timetable)) => Calendar::open(zones, &timetable.zone).map(|_| ()),
        Some(Schedule::Once(_)) | None => Ok(()),
    }
}

/// Whether a zone is known.
pub fn is_zone(zone: &str, zones: &dyn Zones) -> bool {
    Calendar::open(zones, zone).is_ok()
}

/// The start that is due now, if there is one: not before it, at most a day after it (missed for longer because of a
/// black-out: at the end of that), never in a black-out, and never twice. Of several that were missed, the last.
///
/// # Errors
/// See [`ScheduleError`].
pub fn due(
    policy: &Policy,
    past: Past,
    now: Time,
    organization: &OrganizationBlackOuts,
    zones: &dyn Zones,
) -> Result<Option<Time>, ScheduleError> {
    let start = next_due(policy, past, now, organization, zones)?;
    Ok(start.filter(|start| *start <= now))
}

/// The next start: the one that is due now, or the first that comes.
///
/// # Errors
/// See [`ScheduleError`].
pub fn next_due(
    policy: &Policy,
    past: Past,
    now: Time,
    organization: &OrganizationBlackOuts,
    zones: &dyn Zones,
) -> Result<Option<Time>, ScheduleError> {
    let Some(schedule) = policy.schedule.as_ref().filter(|_| policy.enabled) else {
        return Ok(None);
    };
    let black_outs = BlackOuts::of(policy, organization, zones)?;
    match schedule {
        Schedule::Once(instant) => {
            let is_new = past.last_due.is_none_or(|last| last < *instant);
            Ok(start_of(*instant, now, &black_outs).filter(|_| is_new))
        }
        Schedule::Every(timetable) => {
            let starts = Starts::of(timetable, black_outs, zones)?;
            Ok(starts
                .pending(past.over(), now)
                .or_else(|| starts.upcoming(now)))
        }
    }
}

/// The next so many starts after an instant, for a preview: as if the policy was enabled and never ran.
///
/// # Errors
/// See [`ScheduleError`].
pub fn next(
    policy: &Policy,
    organization: &OrganizationBlackOuts,
    zones: &dyn Zones,
    after: Time,
    count: usize,
) -> Result<Vec<Time>, ScheduleError> {
    let Some(schedule) = &policy.schedule else {
        return Ok(Vec::new());
    };
    let black_outs = BlackOuts::of(policy, organization, zones)?;
    let timetable = match schedule {
        Schedule::Once(instant) => {
            let start = black_outs.end(*instant);
            let ahead = start.filter(|start| *start > after && count > 0);
            return Ok(Vec::from_iter(ahead));
        }
        Schedule::Every(timetable) => timetable,
    };
    let starts = Starts::of(timetable, black_outs, zones)?;
    let mut found = Vec::new();
    let mut last = after;
    while found.len() < count {
        let Some(start) = starts.next(last) else {
            break;
        };
        found.push(start);
        last = start;
    }
    Ok(found)
}

/// A moment in a black-out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BlackedOut {
    /// The next moment at which nothing is blacked out.
    pub end: Time,
    /// Whether the black-out is one of the organization, or of the policy's schedule alone.
    pub of_organization: bool,
}

/// Whether an instant lies in a black-out: what a run must know that a person asks for.
///
/// # Errors
/// See [`ScheduleError`].
pub fn blacked_out(
    policy: &Policy,
    organization: &OrganizationBlackOuts,
    at: Time,
    zones: &dyn Zones,
) -> Result<Option<BlackedOut>, ScheduleError> {
    let black_outs = BlackOuts::of(policy, organization, zones)?;
    if black_outs.allow(at) {
        return Ok(None);
    }
    let without = OrganizationBlackOuts::default();
    let own = BlackOuts::of(policy, &without, zones)?;
    Ok(Some(BlackedOut {
        // A black-out whose end lies beyond the calendar covers the day all the same.
        end: black_outs.end(at).unwrap_or(at.plus(DAY)),
        of_organization: own.allow(at),
    }))
}

/// When the run of an occurrence may begin, if it still may: at the occurrence or at the end of the black-outs that cover
/// it; or, when that was missed and another black-out kept it from being made up, at the end of that.
fn start_of(occurrence: Time, now: Time, black_outs: &BlackOuts<'_>) -> Option<Time> {
    // It lies ahead, or its day is not over and this is no black-out.
    let can_begin = |start: &Time| {
        let is_in_time = now.since(*start) <= MAKE_UP_SECONDS;
        *start > now || (is_in_time && black_outs.allow(now))
    };
    let start = black_outs.end(occurrence)?;
    if can_begin(&start) {
        return Some(start);
    }
    black_outs.end_of_next(start).filter(can_begin)
}

/// When the runs of a timetable may begin.
struct Starts<'p> {
    occurrences: Occurrences<'p>,
    black_outs: BlackOuts<'p>,
}

impl<'p> Starts<'p> {
    fn of(
        timetable: &'p Timetable,
        black_outs: BlackOuts<'p>,
        zones: &'p dyn Zones,
    ) -> Result<Starts<'p>, ScheduleError> {
        let calendar = Calendar::open(zones, &timetable.zone)?;
        Ok(Starts {
            occurrences: Occurrences::new(timetable, calendar),
            black_outs,
        })
    }

    /// The start of the first occurrence after an instant.
    fn upcoming(&self, after: Time) -> Option<Time> {
        self.black_outs.end(self.occurrences.next(after)?)
    }

    /// The first start after an instant, that of an occurrence before it included.
    fn next(&self, after: Time) -> Option<Time> {
        let blacked_out = self
            .occurrences
            .latest(after)
            .and_then(|occurrence| self.black_outs.end(occurrence))
            .filter(|start| *start > after);
        blacked_out.or_else(|| self.upcoming(after))
    }

    /// The start of the last occurrence so far, if it is after what is over and can still be made up. It may lie ahead:
    /// at the end of a black-out. Earlier occurrences need no look: their time is up sooner, and one run makes up for all.
    fn pending(&self, over: Time, now: Time) -> Option<Time> {
        let occurrence = self.occurrences.latest(now).filter(|at| *at > over)?;
        start_of(occurrence, now, &self.black_outs)
    }
}

#[cfg(test)]
mod tests;
