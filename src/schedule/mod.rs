//! When a policy is due.

use crate::model::{DAY, Time};
use crate::policy::{Policy, Schedule};

/// How long after its instant a missed run is made up, once (RULES R12).
const MAKE_UP_SECONDS: i64 = DAY;

/// The instant that is due now, if there is one: not before it, at most a day after it, and never twice.
pub fn due(policy: &Policy, last_due: Option<Time>, now: Time) -> Option<Time> {
    if !policy.enabled {
        return None;
    }
    let Schedule::Once(instant) = policy.schedule.as_ref()? else {
        return None;
    };
    let is_due = now >= *instant && now.since(*instant) <= MAKE_UP_SECONDS;
    let is_new = last_due.is_none_or(|last| last < *instant);
    (is_due && is_new).then_some(*instant)
}

/// The next instant at or after `now` that is not done yet.
pub fn next_due(policy: &Policy, last_due: Option<Time>, now: Time) -> Option<Time> {
    if !policy.enabled {
        return None;
    }
    let Schedule::Once(instant) = policy.schedule.as_ref()? else {
        return None;
    };
    let is_ahead = now.since(*instant) <= MAKE_UP_SECONDS;
    let is_new = last_due.is_none_or(|last| last < *instant);
    (is_ahead && is_new).then_some(*instant)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn policy(enabled: bool) -> Policy {
        let document = format!(
            r#"{{"version":1,"id":"p","name":"P","enabled":{enabled},"match":{{"idle":{{"longerThan":"90d"}}}},
            "stages":[{{"after":"0d","do":"suspend"}}],"schedule":{{"once":"2026-11-21T12:00:00Z"}}}}"#
        );
        crate::policy::read(&document).unwrap()
    }

    #[test]
    fn an_instant_is_due_once_and_for_a_day() {
        let at = |text| Time::parse(text).unwrap();
        let instant = at("2026-11-21T12:00:00Z");
        for (now, last, expected) in [
            ("2026-11-21T11:59:59Z", None, None),
            ("2026-11-21T12:00:00Z", None, Some(instant)),
            ("2026-11-22T12:00:00Z", None, Some(instant)),
            ("2026-11-22T12:00:01Z", None, None),
            ("2026-11-21T12:05:00Z", Some(instant), None),
            ("2026-11-21T12:05:00Z", Some(Time(0)), Some(instant)),
        ] {
            assert_eq!(
                due(&policy(true), last, at(now)),
                expected,
                "{now} {last:?}"
            );
            assert_eq!(due(&policy(false), last, at(now)), None);
        }
    }
}
