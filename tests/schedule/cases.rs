//! Timetables and when they start something. The same table is read natively over `chrono-tz` and in WebAssembly over
//! `Intl`.

use chrono::{NaiveDate, NaiveTime, Weekday};
use seatkeeper::model::Time;
use seatkeeper::policy::{
    BlackOut, DayOfMonth, OrganizationBlackOuts, Policy, Schedule, Timetable, Unit,
};
use seatkeeper::schedule::{Past, ScheduleError, Zones, check, due, next, next_due};

/// Monday to Sunday.
pub const ALL_WEEKDAYS: [Weekday; 7] = [
    Weekday::Mon,
    Weekday::Tue,
    Weekday::Wed,
    Weekday::Thu,
    Weekday::Fri,
    Weekday::Sat,
    Weekday::Sun,
];

/// An instant.
pub fn time(text: &str) -> Time {
    Time::parse(text).unwrap_or_else(|| panic!("{text} is no time"))
}

/// A timetable without black-outs.
pub fn every(n: u32, unit: Unit, at: &str, zone: &str) -> Timetable {
    Timetable {
        n,
        unit,
        at: NaiveTime::parse_from_str(at, "%H:%M").expect("a time of day"),
        zone: zone.to_owned(),
        except: Vec::new(),
    }
}

/// The same with black-outs.
pub fn except(timetable: Timetable, windows: &[BlackOut]) -> Timetable {
    Timetable {
        except: windows.to_vec(),
        ..timetable
    }
}

fn days(from: &str, to: &str) -> BlackOut {
    let date = |text: &str| text.parse::<NaiveDate>().expect("a date");
    BlackOut::Days {
        from: date(from),
        to: date(to),
    }
}

/// An organization without black-outs.
pub fn none() -> OrganizationBlackOuts {
    OrganizationBlackOuts::default()
}

/// A policy that runs by a schedule.
pub fn policy(schedule: Option<Schedule>) -> Policy {
    let document = r#"{"version":1,"id":"p","name":"P","match":{"idle":{"longerThan":"90d"}},
        "stages":[{"after":"0d","do":"suspend"}]}"#;
    let mut policy = seatkeeper::policy::read(document).expect("a policy");
    policy.schedule = schedule;
    policy
}

/// What a timetable starts next.
struct Preview {
    what: &'static str,
    timetable: Timetable,
    after: &'static str,
    starts: &'static [&'static str],
}

/// Every day.
pub fn day(at: &str, zone: &str) -> Timetable {
    every(1, Unit::Day, at, zone)
}

fn gaps_and_overlaps() -> Vec<Preview> {
    vec![
        Preview {
            what: "a time in a spring gap is an hour later by the new clock, the same moment by the old one",
            timetable: day("02:30", "Europe/Berlin"),
            after: "2026-03-28T00:00:00Z",
            starts: &[
                "2026-03-28T01:30:00Z",
                "2026-03-29T01:30:00Z",
                "2026-03-30T00:30:00Z",
            ],
        },
        Preview {
            what: "a time that is shown twice counts at the first",
            timetable: day("02:30", "Europe/Berlin"),
            after: "2026-10-24T00:00:00Z",
            starts: &[
                "2026-10-24T00:30:00Z",
                "2026-10-25T00:30:00Z",
                "2026-10-26T01:30:00Z",
            ],
        },
        Preview {
            what: "the second showing is no second instant",
            timetable: day("02:30", "Europe/Berlin"),
            after: "2026-10-25T00:30:00Z",
            starts: &["2026-10-26T01:30:00Z"],
        },
        Preview {
            what: "the edges of a gap: the last moment before it and the first after it",
            timetable: day("03:00", "Europe/Berlin"),
            after: "2026-03-28T12:00:00Z",
            starts: &["2026-03-29T01:00:00Z", "2026-03-30T01:00:00Z"],
        },
        Preview {
            what: "the beginning of a gap is the moment after it",
            timetable: day("02:00", "Europe/Berlin"),
            after: "2026-03-28T12:00:00Z",
            starts: &["2026-03-29T01:00:00Z", "2026-03-30T00:00:00Z"],
        },
        Preview {
            what: "west of Greenwich, spring",
            timetable: day("02:15", "America/New_York"),
            after: "2026-03-07T12:00:00Z",
            starts: &["2026-03-08T07:15:00Z", "2026-03-09T06:15:00Z"],
        },
        Preview {
            what: "west of Greenwich, autumn",
            timetable: day("01:15", "America/New_York"),
            after: "2026-10-31T12:00:00Z",
            starts: &["2026-11-01T05:15:00Z", "2026-11-02T06:15:00Z"],
        },
        Preview {
            what: "a gap of half an hour",
            timetable: day("02:15", "Australia/Lord_Howe"),
            after: "2026-10-02T16:00:00Z",
            starts: &["2026-10-03T15:45:00Z", "2026-10-04T15:15:00Z"],
        },
        Preview {
            what: "an overlap of half an hour",
            timetable: day("01:45", "Australia/Lord_Howe"),
            after: "2026-04-03T16:00:00Z",
            starts: &["2026-04-04T14:45:00Z", "2026-04-05T15:15:00Z"],
        },
        Preview {
            what: "a gap at midnight: the day begins at one",
            timetable: day("00:00", "America/Sao_Paulo"),
            after: "2018-11-03T12:00:00Z",
            starts: &["2018-11-04T03:00:00Z", "2018-11-05T02:00:00Z"],
        },
        Preview {
            what: "a clock put back over midnight: the day before has its last hour twice",
            timetable: day("23:30", "America/Sao_Paulo"),
            after: "2018-02-16T12:00:00Z",
            starts: &[
                "2018-02-17T01:30:00Z",
                "2018-02-18T01:30:00Z",
                "2018-02-19T02:30:00Z",
            ],
        },
        Preview {
            what: "a day that a zone skipped falls on the next, once",
            timetable: day("10:00", "Pacific/Apia"),
            after: "2011-12-29T00:00:00Z",
            starts: &[
                "2011-12-29T20:00:00Z",
                "2011-12-30T20:00:00Z",
                "2011-12-31T20:00:00Z",
            ],
        },
        Preview {
            what: "the last day of a month, skipped, falls into the next month",
            timetable: every(
                1,
                Unit::Month(vec![DayOfMonth::Last]),
                "10:00",
                "Pacific/Kiritimati",
            ),
            after: "1994-12-31T15:00:00Z",
            starts: &["1994-12-31T20:00:00Z", "1995-01-30T20:00:00Z"],
        },
        Preview {
            what: "after a midnight that is put back, in the second passing of the hour before it",
            timetable: day("00:00", "America/St_Johns"),
            after: "2010-11-07T03:00:00Z",
            starts: &["2010-11-08T03:30:00Z", "2010-11-09T03:30:00Z"],
        },
        Preview {
            what: "a month whose day was skipped",
            timetable: every(
                1,
                Unit::Month(vec![DayOfMonth::Day(30)]),
                "10:00",
                "Pacific/Apia",
            ),
            after: "2011-12-01T12:00:00Z",
            starts: &["2011-12-30T20:00:00Z", "2012-01-29T20:00:00Z"],
        },
        Preview {
            what: "half an hour beside the full hour all the year",
            timetable: day("09:00", "Asia/Kolkata"),
            after: "2026-03-28T00:00:00Z",
            starts: &["2026-03-28T03:30:00Z", "2026-03-29T03:30:00Z"],
        },
        Preview {
            what: "hours are counted in UTC, so that a gap shifts nothing",
            timetable: every(6, Unit::Hour, "00:00", "Europe/Berlin"),
            after: "2026-03-28T19:00:00Z",
            starts: &[
                "2026-03-29T00:00:00Z",
                "2026-03-29T06:00:00Z",
                "2026-03-29T12:00:00Z",
            ],
        },
    ]
}

fn calendars() -> Vec<Preview> {
    let month = |days: &[DayOfMonth]| Unit::Month(days.to_vec());
    vec![
        Preview {
            what: "day 31 is the last day of a shorter month",
            timetable: every(1, month(&[DayOfMonth::Day(31)]), "00:00", "UTC"),
            after: "2027-01-30T00:00:00Z",
            starts: &[
                "2027-01-31T00:00:00Z",
                "2027-02-28T00:00:00Z",
                "2027-03-31T00:00:00Z",
                "2027-04-30T00:00:00Z",
            ],
        },
        Preview {
            what: "days that fall together are one",
            timetable: every(
                1,
                month(&[DayOfMonth::Day(29), DayOfMonth::Day(30), DayOfMonth::Last]),
                "06:00",
                "UTC",
            ),
            after: "2027-02-01T00:00:00Z",
            starts: &[
                "2027-02-28T06:00:00Z",
                "2027-03-29T06:00:00Z",
                "2027-03-30T06:00:00Z",
                "2027-03-31T06:00:00Z",
            ],
        },
        Preview {
            what: "the last of a leap year's February",
            timetable: every(1, month(&[DayOfMonth::Last]), "00:00", "UTC"),
            after: "2028-02-01T00:00:00Z",
            starts: &["2028-02-29T00:00:00Z", "2028-03-31T00:00:00Z"],
        },
        Preview {
            what: "every third month is January, April, July, October",
            timetable: every(3, month(&[DayOfMonth::Day(1)]), "00:00", "UTC"),
            after: "2026-11-21T12:00:00Z",
            starts: &["2027-01-01T00:00:00Z", "2027-04-01T00:00:00Z"],
        },
        Preview {
            what: "29 February is the 28th in other years",
            timetable: every(1, Unit::Year(vec![(2, 29)]), "12:00", "UTC"),
            after: "2026-11-21T12:00:00Z",
            starts: &[
                "2027-02-28T12:00:00Z",
                "2028-02-29T12:00:00Z",
                "2029-02-28T12:00:00Z",
            ],
        },
        Preview {
            what: "days of a year, in whatever order they stand",
            timetable: every(2, Unit::Year(vec![(7, 1), (1, 15)]), "00:00", "UTC"),
            after: "2026-11-21T12:00:00Z",
            starts: &["2028-01-15T00:00:00Z", "2028-07-01T00:00:00Z"],
        },
        Preview {
            what: "every second week, counted from the Monday of the first week of 1970",
            timetable: every(
                2,
                Unit::Week(vec![Weekday::Mon, Weekday::Fri]),
                "00:00",
                "UTC",
            ),
            after: "2026-11-21T12:00:00Z",
            starts: &[
                "2026-11-23T00:00:00Z",
                "2026-11-27T00:00:00Z",
                "2026-12-07T00:00:00Z",
            ],
        },
        Preview {
            what: "every tenth day, counted from 1970",
            timetable: every(10, Unit::Day, "00:00", "UTC"),
            after: "1970-01-01T00:00:00Z",
            starts: &["1970-01-11T00:00:00Z", "1970-01-21T00:00:00Z"],
        },
        Preview {
            what: "before 1970 too",
            timetable: every(10, Unit::Day, "00:00", "UTC"),
            after: "1969-12-20T00:00:00Z",
            starts: &["1969-12-22T00:00:00Z", "1970-01-01T00:00:00Z"],
        },
        Preview {
            what: "a thousand years",
            timetable: every(1_000, Unit::Year(vec![(1, 1)]), "00:00", "UTC"),
            after: "2026-11-21T12:00:00Z",
            starts: &["2970-01-01T00:00:00Z", "3970-01-01T00:00:00Z"],
        },
    ]
}

fn black_outs() -> Vec<Preview> {
    let weekend = [
        BlackOut::Weekday(Weekday::Sat),
        BlackOut::Weekday(Weekday::Sun),
    ];
    vec![
        Preview {
            what: "what falls into a weekend starts at the end of it, once, at midnight of the zone",
            timetable: except(day("02:00", "Europe/Berlin"), &weekend),
            after: "2026-11-19T12:00:00Z",
            starts: &[
                "2026-11-20T01:00:00Z",
                "2026-11-22T23:00:00Z",
                "2026-11-23T01:00:00Z",
            ],
        },
        Preview {
            what: "asked within the black-out",
            timetable: except(day("02:00", "Europe/Berlin"), &weekend),
            after: "2026-11-21T12:00:00Z",
            starts: &["2026-11-22T23:00:00Z", "2026-11-23T01:00:00Z"],
        },
        Preview {
            what: "windows that meet are one",
            timetable: except(
                every(1, Unit::Week(vec![Weekday::Wed]), "12:00", "UTC"),
                &[
                    days("2026-12-21", "2026-12-25"),
                    days("2026-12-28", "2027-01-01"),
                    weekend[0],
                    weekend[1],
                ],
            ),
            after: "2026-12-17T00:00:00Z",
            starts: &["2027-01-04T00:00:00Z", "2027-01-06T12:00:00Z"],
        },
        Preview {
            what: "an instant at the very end of a black-out is the one that makes up for it",
            timetable: except(day("00:00", "UTC"), &[days("2026-12-20", "2027-01-03")]),
            after: "2026-12-18T12:00:00Z",
            starts: &[
                "2026-12-19T00:00:00Z",
                "2027-01-04T00:00:00Z",
                "2027-01-05T00:00:00Z",
            ],
        },
        Preview {
            what: "hours, in the days of the zone",
            timetable: except(
                every(8, Unit::Hour, "00:00", "America/New_York"),
                &[BlackOut::Weekday(Weekday::Sat)],
            ),
            after: "2026-11-20T20:00:00Z",
            starts: &[
                "2026-11-21T00:00:00Z",
                "2026-11-22T05:00:00Z",
                "2026-11-22T08:00:00Z",
            ],
        },
        Preview {
            what: "a black-out that ends where a clock skips midnight",
            timetable: except(
                day("10:00", "America/Sao_Paulo"),
                &[days("2018-11-01", "2018-11-03")],
            ),
            after: "2018-11-01T00:00:00Z",
            starts: &["2018-11-04T03:00:00Z", "2018-11-04T12:00:00Z"],
        },
    ]
}

/// Every timetable of the table starts what the table says.
pub fn check_previews(zones: &dyn Zones) {
    let all = [gaps_and_overlaps(), calendars(), black_outs()];
    for case in all.into_iter().flatten() {
        let after = time(case.after);
        let policy = policy(Some(Schedule::Every(case.timetable)));
        let starts = next(&policy, &none(), zones, after, case.starts.len()).expect("a known zone");
        let starts: Vec<String> = starts.iter().map(Time::to_string).collect();
        assert_eq!(starts, case.starts, "{}", case.what);
    }
}

/// A zone that nobody knows is refused; black-outs on every day leave nothing.
pub fn check_refusals(zones: &dyn Zones) {
    let after = time("2026-11-21T12:00:00Z");
    for zone in ["Europe/Atlantis", "", "+02:00", "Berlin", "Europe/Berlin "] {
        let policy = policy(Some(Schedule::Every(day("12:00", zone))));
        let unknown = ScheduleError::UnknownZone(zone.to_owned());
        assert_eq!(check(&policy, zones), Err(unknown.clone()), "{zone}");
        assert_eq!(
            next(&policy, &none(), zones, after, 5),
            Err(unknown.clone())
        );
        let past = Past {
            last_due: None,
            edited: Time(0),
        };
        assert_eq!(
            due(&policy, past, after, &none(), zones),
            Err(unknown.clone())
        );
        assert_eq!(next_due(&policy, past, after, &none(), zones), Err(unknown));
    }
    let all_days = ALL_WEEKDAYS.map(BlackOut::Weekday);
    let never = policy(Some(Schedule::Every(except(
        day("12:00", "UTC"),
        &all_days,
    ))));
    assert_eq!(next(&never, &none(), zones, after, 5), Ok(Vec::new()));
    for zone in [
        "UTC",
        "Europe/Berlin",
        "Asia/Kolkata",
        "America/Argentina/Buenos_Aires",
    ] {
        let policy = policy(Some(Schedule::Every(day("12:00", zone))));
        assert_eq!(check(&policy, zones), Ok(()), "{zone}");
    }
}

/// Instants outside any calendar end in nothing, not in a trap.
pub fn check_edges(zones: &dyn Zones) {
    for timetable in [
        every(1, Unit::Hour, "00:00", "UTC"),
        every(1_000, Unit::Day, "23:59", "Europe/Berlin"),
        every(1, Unit::Week(vec![Weekday::Sun]), "00:00", "Asia/Kolkata"),
        every(1_000, Unit::Month(vec![DayOfMonth::Last]), "00:00", "UTC"),
        every(1_000, Unit::Year(vec![(2, 29)]), "00:00", "Europe/Berlin"),
    ] {
        let policy = policy(Some(Schedule::Every(except(
            timetable,
            &[BlackOut::Weekday(Weekday::Mon)],
        ))));
        for at in [
            i64::MIN,
            -8_640_000_000_001,
            8_640_000_000_001,
            8_200_000_000_000,
            i64::MAX,
        ] {
            let past = Past {
                last_due: Some(Time(at)),
                edited: Time(0),
            };
            assert!(next(&policy, &none(), zones, Time(at), 3).is_ok());
            assert!(due(&policy, past, Time(at), &none(), zones).is_ok());
            assert!(next_due(&policy, past, Time(at), &none(), zones).is_ok());
        }
    }
}
