//! Ticks of the schedule: on time, late, and around black-outs. Read natively and in WebAssembly.

use chrono::Weekday;
use seatkeeper::policy::{BlackOut, Schedule, Timetable, Unit};
use seatkeeper::schedule::{Past, Zones, due, next_due};

use crate::cases::{day, every, except, none, policy, time};

/// Whether a tick starts something, and what comes next.
struct Tick {
    what: &'static str,
    timetable: Timetable,
    last: Option<&'static str>,
    edited: &'static str,
    now: &'static str,
    due: Option<&'static str>,
    next: Option<&'static str>,
}

/// Noon of every day in UTC; saved long ago; nothing handed out.
fn noon(what: &'static str, now: &'static str) -> Tick {
    Tick {
        what,
        timetable: day("12:00", "UTC"),
        last: None,
        edited: "2026-01-01T00:00:00Z",
        now,
        due: None,
        next: None,
    }
}

fn missed_ticks() -> Vec<Tick> {
    vec![
        Tick {
            next: Some("2026-11-20T12:00:00Z"),
            last: Some("2026-11-19T12:00:00Z"),
            ..noon("a second too early", "2026-11-20T11:59:59Z")
        },
        Tick {
            due: Some("2026-11-20T12:00:00Z"),
            next: Some("2026-11-20T12:00:00Z"),
            last: Some("2026-11-19T12:00:00Z"),
            ..noon("to the second", "2026-11-20T12:00:00Z")
        },
        Tick {
            next: Some("2026-11-21T12:00:00Z"),
            last: Some("2026-11-20T12:00:00Z"),
            ..noon("never twice", "2026-11-20T12:05:00Z")
        },
        Tick {
            due: Some("2026-11-20T12:00:00Z"),
            next: Some("2026-11-20T12:00:00Z"),
            last: Some("2026-11-10T12:00:00Z"),
            ..noon("of ten missed ones, the last", "2026-11-21T11:55:00Z")
        },
        Tick {
            next: Some("2026-11-21T12:00:00Z"),
            edited: "2026-11-20T12:00:00Z",
            ..noon(
                "nothing for an instant at which the policy was just saved",
                "2026-11-20T12:00:00Z",
            )
        },
        Tick {
            next: Some("2026-11-21T12:00:00Z"),
            edited: "2026-11-20T18:00:00Z",
            ..noon(
                "nothing for an instant before the policy was saved",
                "2026-11-20T18:05:00Z",
            )
        },
        Tick {
            next: Some("2026-11-21T12:00:00Z"),
            last: Some("2026-11-18T12:00:00Z"),
            edited: "2026-11-20T18:00:00Z",
            ..noon("nor for one missed before that", "2026-11-20T18:05:00Z")
        },
        Tick {
            timetable: day("00:00", "America/St_Johns"),
            due: Some("2010-11-07T02:30:00Z"),
            next: Some("2010-11-07T02:30:00Z"),
            last: Some("2010-11-06T02:30:00Z"),
            edited: "2010-01-01T00:00:00Z",
            ..noon(
                "midnight is over, and it is the day before again",
                "2010-11-07T02:45:00Z",
            )
        },
        Tick {
            timetable: day("10:00", "Pacific/Apia"),
            due: Some("2011-12-29T20:00:00Z"),
            next: Some("2011-12-29T20:00:00Z"),
            edited: "2011-01-01T00:00:00Z",
            ..noon("the day before a skipped one", "2011-12-30T12:00:00Z")
        },
        Tick {
            timetable: every(1, Unit::Week(vec![Weekday::Wed]), "12:00", "UTC"),
            due: Some("2026-11-18T12:00:00Z"),
            next: Some("2026-11-18T12:00:00Z"),
            ..noon("24 hours late", "2026-11-19T12:00:00Z")
        },
        Tick {
            timetable: every(1, Unit::Week(vec![Weekday::Wed]), "12:00", "UTC"),
            next: Some("2026-11-25T12:00:00Z"),
            ..noon("a second more than 24 hours late", "2026-11-19T12:00:01Z")
        },
    ]
}

fn ticks_around_black_outs() -> Vec<Tick> {
    let weekend = [
        BlackOut::Weekday(Weekday::Sat),
        BlackOut::Weekday(Weekday::Sun),
    ];
    let daily = except(day("12:00", "UTC"), &weekend);
    let fridays = except(
        every(1, Unit::Week(vec![Weekday::Fri]), "20:00", "UTC"),
        &weekend,
    );
    vec![
        Tick {
            timetable: daily.clone(),
            next: Some("2026-11-23T00:00:00Z"),
            last: Some("2026-11-20T12:00:00Z"),
            ..noon("in a black-out nothing starts", "2026-11-21T12:05:00Z")
        },
        Tick {
            timetable: daily.clone(),
            due: Some("2026-11-23T00:00:00Z"),
            next: Some("2026-11-23T00:00:00Z"),
            last: Some("2026-11-20T12:00:00Z"),
            ..noon(
                "two fell into it, one run at its end",
                "2026-11-23T00:00:00Z",
            )
        },
        Tick {
            timetable: daily.clone(),
            next: Some("2026-11-23T12:00:00Z"),
            last: Some("2026-11-23T00:00:00Z"),
            ..noon("and not another one", "2026-11-23T00:05:00Z")
        },
        Tick {
            timetable: daily.clone(),
            due: Some("2026-11-23T12:00:00Z"),
            next: Some("2026-11-23T12:00:00Z"),
            last: Some("2026-11-23T00:00:00Z"),
            ..noon("the day's own comes on top", "2026-11-23T12:00:00Z")
        },
        Tick {
            timetable: daily.clone(),
            next: Some("2026-11-23T12:00:00Z"),
            edited: "2026-11-22T13:00:00Z",
            ..noon("saved in the black-out, after both", "2026-11-23T00:05:00Z")
        },
        Tick {
            timetable: daily,
            next: Some("2026-11-23T12:00:00Z"),
            edited: "2026-11-22T13:00:00Z",
            ..noon(
                "saved in the black-out, after both, still in it",
                "2026-11-22T14:00:00Z",
            )
        },
        Tick {
            timetable: fridays.clone(),
            next: Some("2026-11-23T00:00:00Z"),
            ..noon(
                "missed just before a black-out, in it",
                "2026-11-21T02:00:00Z",
            )
        },
        Tick {
            timetable: fridays.clone(),
            due: Some("2026-11-23T00:00:00Z"),
            next: Some("2026-11-23T00:00:00Z"),
            ..noon(
                "missed just before a black-out, at its end",
                "2026-11-23T00:04:00Z",
            )
        },
        Tick {
            timetable: fridays.clone(),
            next: Some("2026-11-27T20:00:00Z"),
            last: Some("2026-11-20T20:00:00Z"),
            ..noon(
                "not missed, so nothing at the end of the black-out",
                "2026-11-23T00:04:00Z",
            )
        },
        Tick {
            timetable: fridays,
            next: Some("2026-11-27T20:00:00Z"),
            ..noon(
                "missed at the end of the black-out too, for a day",
                "2026-11-24T00:00:01Z",
            )
        },
        Tick {
            timetable: except(
                every(1, Unit::Week(vec![Weekday::Thu]), "12:00", "UTC"),
                &weekend,
            ),
            next: Some("2026-11-26T12:00:00Z"),
            ..noon(
                "missed for a day before the black-out began",
                "2026-11-23T00:00:00Z",
            )
        },
        Tick {
            timetable: except(
                every(1, Unit::Week(vec![Weekday::Sun]), "20:00", "Europe/Berlin"),
                &[BlackOut::Weekday(Weekday::Mon)],
            ),
            due: Some("2026-11-23T23:00:00Z"),
            next: Some("2026-11-23T23:00:00Z"),
            ..noon("in the days of the zone", "2026-11-23T23:00:00Z")
        },
    ]
}

/// Every tick of the table starts what the table says.
pub fn check_ticks(zones: &dyn Zones) {
    let all = [missed_ticks(), ticks_around_black_outs()];
    for case in all.into_iter().flatten() {
        let mut policy = policy(Some(Schedule::Every(case.timetable)));
        let past = Past {
            last_due: case.last.map(time),
            edited: time(case.edited),
        };
        let now = time(case.now);
        assert_eq!(
            due(&policy, past, now, &none(), zones),
            Ok(case.due.map(time)),
            "due: {}",
            case.what
        );
        assert_eq!(
            next_due(&policy, past, now, &none(), zones),
            Ok(case.next.map(time)),
            "next: {}",
            case.what
        );
        policy.enabled = false;
        assert_eq!(
            due(&policy, past, now, &none(), zones),
            Ok(None),
            "off: {}",
            case.what
        );
        assert_eq!(
            next_due(&policy, past, now, &none(), zones),
            Ok(None),
            "off: {}",
            case.what
        );
    }
}
