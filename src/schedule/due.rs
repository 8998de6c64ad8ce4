//! Which instants of a schedule a tick starts, and which come next.
//!
//! An *occurrence* is an instant of the timetable; its *start* is when its run may begin: at once, or, when it falls into
//! a black-out, at the end of it. Several occurrences in one black-out share one start.

use super::Zones;
use super::black_out::BlackOuts;
use super::calendar::Calendar;
use super::occurrence::Occurrences;
use crate::model::{DAY, Time};
use crate::policy::{Policy, PolicyError, Schedule, Timetable};

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
        Some(Schedule::Every(timetable)) => open(timetable, zones).map(|_| ()),
        Some(Schedule::Once(_)) | None => Ok(()),
    }
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
    zones: &dyn Zones,
) -> Result<Option<Time>, ScheduleError> {
    Ok(pending_or_next(policy, past, now, zones)?.filter(|start| *start <= now))
}

/// The next start: the one that is due now, or the first that comes.
///
/// # Errors
/// See [`ScheduleError`].
pub fn next_due(
    policy: &Policy,
    past: Past,
    now: Time,
    zones: &dyn Zones,
) -> Result<Option<Time>, ScheduleError> {
    pending_or_next(policy, past, now, zones)
}

/// The next so many starts after an instant, for a preview: as if the policy was enabled and never ran.
///
/// # Errors
/// See [`ScheduleError`].
pub fn next(
    policy: &Policy,
    zones: &dyn Zones,
    after: Time,
    count: usize,
) -> Result<Vec<Time>, ScheduleError> {
    let timetable = match &policy.schedule {
        None => return Ok(Vec::new()),
        Some(Schedule::Once(instant)) => {
            let ahead = (*instant > after && count > 0).then_some(*instant);
            return Ok(Vec::from_iter(ahead));
        }
        Some(Schedule::Every(timetable)) => timetable,
    };
    let calendar = open(timetable, zones)?;
    let starts = Starts::of(timetable, &calendar);
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

/// Whether a policy's black-outs cover an instant, and when they end: what a run must know that a person asks for. A policy
/// without black-outs needs no zone for that.
///
/// # Errors
/// See [`ScheduleError`].
pub fn black_out_end(
    policy: &Policy,
    at: Time,
    zones: &dyn Zones,
) -> Result<Option<Time>, ScheduleError> {
    let Some(Schedule::Every(timetable)) = &policy.schedule else {
        return Ok(None);
    };
    if timetable.except.is_empty() {
        return Ok(None);
    }
    let calendar = open(timetable, zones)?;
    // A black-out whose end lies beyond the calendar covers the day all the same.
    let end = BlackOuts::new(&timetable.except, &calendar).end(at);
    Ok(Some(end.unwrap_or(at.plus(DAY))).filter(|end| *end != at))
}

fn pending_or_next(
    policy: &Policy,
    past: Past,
    now: Time,
    zones: &dyn Zones,
) -> Result<Option<Time>, ScheduleError> {
    if !policy.enabled {
        return Ok(None);
    }
    match &policy.schedule {
        None => Ok(None),
        Some(Schedule::Once(instant)) => {
            let is_in_time = now.since(*instant) <= MAKE_UP_SECONDS;
            let is_new = past.last_due.is_none_or(|last| last < *instant);
            Ok((is_in_time && is_new).then_some(*instant))
        }
        Some(Schedule::Every(timetable)) => {
            let calendar = open(timetable, zones)?;
            let starts = Starts::of(timetable, &calendar);
            Ok(starts
                .pending(past.over(), now)
                .or_else(|| starts.upcoming(now)))
        }
    }
}

/// The calendar of a timetable's zone.
fn open<'z>(timetable: &'z Timetable, zones: &'z dyn Zones) -> Result<Calendar<'z>, ScheduleError> {
    Calendar::open(zones, &timetable.zone)
        .ok_or_else(|| ScheduleError::UnknownZone(timetable.zone.clone()))
}

/// When the runs of a timetable may begin.
struct Starts<'p> {
    occurrences: Occurrences<'p>,
    black_outs: BlackOuts<'p>,
}

impl<'p> Starts<'p> {
    fn of(timetable: &'p Timetable, calendar: &'p Calendar<'p>) -> Starts<'p> {
        Starts {
            occurrences: Occurrences::new(timetable, calendar),
            black_outs: BlackOuts::new(&timetable.except, calendar),
        }
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
        let start = self.black_outs.end(occurrence)?;
        if self.can_begin(start, now) {
            return Some(start);
        }
        // Missed, and a black-out kept it from being made up: at the end of that.
        let again = self.black_outs.end_of_next(start)?;
        self.can_begin(again, now).then_some(again)
    }

    /// Whether a run can begin for a start: it lies ahead, or its day is not over and this is no black-out.
    fn can_begin(&self, start: Time, now: Time) -> bool {
        let is_in_time = now.since(start) <= MAKE_UP_SECONDS;
        start > now || (is_in_time && self.black_outs.allow(now))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Knows no zone at all.
    struct Nowhere;

    impl Zones for Nowhere {
        fn offset(&self, _: &str, _: Time) -> Option<i64> {
            None
        }
    }

    fn policy(enabled: bool) -> Policy {
        let document = format!(
            r#"{{"version":1,"id":"p","name":"P","enabled":{enabled},"match":{{"idle":{{"longerThan":"90d"}}}},
            "stages":[{{"after":"0d","do":"suspend"}}],"schedule":{{"once":"2026-11-21T12:00:00Z"}}}}"#
        );
        crate::policy::read(&document).unwrap()
    }

    #[test]
    fn a_single_instant_is_due_once_and_for_a_day_even_if_it_was_saved_after_it() {
        let at = |text| Time::parse(text).unwrap();
        let instant = at("2026-11-21T12:00:00Z");
        for (now, last_due, expected, ahead) in [
            ("2026-11-21T11:59:59Z", None, None, Some(instant)),
            ("2026-11-21T12:00:00Z", None, Some(instant), Some(instant)),
            ("2026-11-22T12:00:00Z", None, Some(instant), Some(instant)),
            ("2026-11-22T12:00:01Z", None, None, None),
            ("2026-11-21T12:05:00Z", Some(instant), None, None),
            (
                "2026-11-21T12:05:00Z",
                Some(Time(0)),
                Some(instant),
                Some(instant),
            ),
        ] {
            let past = Past {
                last_due,
                edited: at("2026-11-21T12:01:00Z"),
            };
            let now = at(now);
            assert_eq!(due(&policy(true), past, now, &Nowhere), Ok(expected));
            assert_eq!(next_due(&policy(true), past, now, &Nowhere), Ok(ahead));
            assert_eq!(due(&policy(false), past, now, &Nowhere), Ok(None));
            assert_eq!(next_due(&policy(false), past, now, &Nowhere), Ok(None));
        }
    }

    /// Two hours ahead of UTC, everywhere.
    struct Ahead;

    impl Zones for Ahead {
        fn offset(&self, _: &str, _: Time) -> Option<i64> {
            Some(7_200)
        }
    }

    #[test]
    fn a_black_out_covers_whole_local_days() {
        let document = |more: &str| {
            let text = format!(
                r#"{{"version":1,"id":"p","name":"P","match":{{"idle":{{"longerThan":"90d"}}}},"stages":[{{"after":"0d","do":"suspend"}}],
                "schedule":{{"every":{{"n":1,"unit":"week"}},"zone":"Europe/Kyiv"{more}}}}}"#
            );
            crate::policy::read(&text).unwrap()
        };
        let at = |text| Time::parse(text).unwrap();
        let days = document(r#","except":[{"from":"2026-12-20","to":"2026-12-21"},"sun"]"#);
        let end = Some(at("2026-12-21T22:00:00Z"));
        for (now, expected) in [
            ("2026-12-19T21:59:59Z", None),
            ("2026-12-19T22:00:00Z", end),
            ("2026-12-21T21:59:59Z", end),
            ("2026-12-21T22:00:00Z", None),
            ("2026-12-26T23:00:00Z", Some(at("2026-12-27T22:00:00Z"))),
        ] {
            assert_eq!(black_out_end(&days, at(now), &Ahead), Ok(expected), "{now}");
        }
        let now = at("2026-12-20T12:00:00Z");
        let unknown = ScheduleError::UnknownZone(String::from("Europe/Kyiv"));
        assert_eq!(black_out_end(&days, now, &Nowhere), Err(unknown));
        assert_eq!(black_out_end(&document(""), now, &Nowhere), Ok(None));
        assert_eq!(black_out_end(&policy(true), now, &Nowhere), Ok(None));
    }

    #[test]
    fn a_preview_of_a_single_instant_shows_it_while_it_lies_ahead() {
        let instant = Time::parse("2026-11-21T12:00:00Z").unwrap();
        let preview = |after, count| next(&policy(true), &Nowhere, after, count).unwrap();
        assert_eq!(preview(instant.plus(-1), 5), [instant]);
        assert_eq!(preview(instant, 5), []);
        assert_eq!(preview(instant.plus(-1), 0), []);
        let by_hand = Policy {
            schedule: None,
            ..policy(true)
        };
        assert_eq!(next(&by_hand, &Nowhere, instant, 5), Ok(Vec::new()));
    }
}
