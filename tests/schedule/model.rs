//! Random timetables against the naive model.

use std::collections::BTreeSet;

use chrono::{NaiveDate, NaiveTime, TimeDelta, Weekday};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use seatkeeper::model::{DAY, Time};
use seatkeeper::policy::{BlackOut, DayOfMonth, OrganizationBlackOuts, Schedule, Timetable, Unit};
use seatkeeper::schedule::{Past, due, next, next_due};

use crate::cases::{ALL_WEEKDAYS, policy};
use crate::database::Database;
use crate::naive;

const ZONES: [&str; 10] = [
    "UTC",
    "Europe/Berlin",
    "America/New_York",
    "Australia/Lord_Howe",
    "America/Sao_Paulo",
    "America/St_Johns",
    "Pacific/Apia",
    "Asia/Kolkata",
    "Africa/Casablanca",
    "Asia/Tehran",
];
/// 2008 to 2027: with the skipped day, gaps at midnight, and clocks that change no more.
const YEARS: std::ops::Range<i64> = 1_200_000_000..1_800_000_000;
const TICK: i64 = 300;

fn units() -> impl Strategy<Value = (u32, Unit)> {
    let days = subsequence(ALL_WEEKDAYS.to_vec(), 1..=7).prop_map(Unit::Week);
    let month = vec(
        prop_oneof![
            (1..=31u32).prop_map(DayOfMonth::Day),
            Just(DayOfMonth::Last)
        ],
        1..4,
    );
    let year = vec((1..=12u32, 1..=28u32), 1..3);
    let leap = Just(vec![(2, 29)]);
    prop_oneof![
        (1..50u32, Just(Unit::Hour)),
        (1..20u32, Just(Unit::Day)),
        (1..5u32, days),
        (1..5u32, month.prop_map(Unit::Month)),
        (1..3u32, prop_oneof![year, leap].prop_map(Unit::Year)),
    ]
}

fn minutes() -> impl Strategy<Value = NaiveTime> {
    // Half of them where clocks are changed.
    prop_oneof![0..24 * 60u32, 0..4 * 60u32, Just(23 * 60 + 30)]
        .prop_map(|minute| NaiveTime::from_hms_opt(minute / 60, minute % 60, 0).expect("a time"))
}

/// Black-outs around a moment.
fn black_outs(around: Time) -> impl Strategy<Value = Vec<BlackOut>> {
    let day = chrono::DateTime::from_timestamp(around.0, 0)
        .expect("a date")
        .date_naive();
    let window = (-10..40i64, 0..12i64).prop_map(move |(begin, length)| {
        let from: NaiveDate = day + TimeDelta::days(begin);
        BlackOut::Days {
            from,
            to: from + TimeDelta::days(length),
        }
    });
    let weekdays = subsequence(ALL_WEEKDAYS.to_vec(), 0..=6);
    let weekdays = weekdays.prop_map(|days: Vec<Weekday>| days.into_iter().map(BlackOut::Weekday));
    (
        prop_oneof![3 => Just(false), 1 => Just(true)],
        weekdays,
        vec(window, 0..3),
    )
        .prop_map(|(is_free, weekdays, windows)| match is_free {
            true => Vec::new(),
            false => weekdays.chain(windows).collect(),
        })
}

fn timetables(around: Time) -> impl Strategy<Value = Timetable> {
    (
        units(),
        minutes(),
        select(ZONES.to_vec()),
        black_outs(around),
    )
        .prop_map(|((n, unit), at, zone, except)| Timetable {
            n,
            unit,
            at,
            zone: zone.to_owned(),
            except,
        })
}

/// A timetable and black-outs of the organization in a zone of their own, which leave a day of the week together.
fn with_theirs(around: Time) -> impl Strategy<Value = (Timetable, OrganizationBlackOuts)> {
    let zone = select(ZONES.to_vec());
    let theirs = (zone, black_outs(around)).prop_map(|(zone, except)| OrganizationBlackOuts {
        zone: zone.to_owned(),
        except,
    });
    let leave_a_day = |(timetable, theirs): &(Timetable, OrganizationBlackOuts)| {
        ALL_WEEKDAYS.iter().any(|day| {
            let out = BlackOut::Weekday(*day);
            !timetable.except.contains(&out) && !theirs.except.contains(&out)
        })
    };
    (timetables(around), theirs).prop_filter("no day is left", leave_a_day)
}

fn moments() -> impl Strategy<Value = Time> {
    YEARS.prop_map(Time)
}

/// Ticks every five minutes over ten days, but for some outages.
fn ticks(from: Time) -> impl Strategy<Value = Vec<Time>> {
    let outage = (0..10 * DAY, prop_oneof![0..DAY, 0..5 * DAY]);
    (vec(outage, 0..4), 0..TICK).prop_map(move |(outages, shift)| {
        (0..10 * DAY / TICK)
            .map(|tick| tick * TICK + shift)
            .filter(|at| {
                !outages
                    .iter()
                    .any(|(begin, length)| (*begin..begin + length).contains(at))
            })
            .map(|at| from.plus(at))
            .collect()
    })
}

fn config(cases: u32) -> ProptestConfig {
    ProptestConfig {
        cases,
        failure_persistence: None,
        max_shrink_iters: 500,
        ..ProptestConfig::default()
    }
}

proptest! {
    #![proptest_config(config(1_500))]

    #[test]
    fn the_next_five_are_those_of_a_walk_through_the_calendar(
        (after, (timetable, theirs)) in moments().prop_flat_map(|after| (Just(after), with_theirs(after)))
    ) {
        let found = next(&policy(Some(Schedule::Every(timetable.clone()))), &theirs, &Database, after, 5)
            .expect("a known zone");
        prop_assert_eq!(found.len(), 5);
        let to = *found.last().expect("five");
        let walked: Vec<Time> = naive::starts(&timetable, &theirs, after.plus(1), to).into_iter().collect();
        prop_assert_eq!(found, walked);
    }
}

proptest! {
    #![proptest_config(config(250))]

    #[test]
    fn ticks_start_each_once_late_or_not_at_all(
        (ticks, (timetable, theirs)) in moments().prop_flat_map(|from| (ticks(from), with_theirs(from)))
    ) {
        let policy = policy(Some(Schedule::Every(timetable.clone())));
        let Some((&first, &last)) = ticks.first().zip(ticks.last()) else { return Ok(()) };
        let edited = first.plus(-1);
        let starts = naive::starts(&timetable, &theirs, first, last);
        let occurrences = naive::occurrences(&timetable, first, last);
        let mut past = Past { last_due: None, edited };
        let mut before = edited;
        for now in ticks {
            let announced = next_due(&policy, past, before, &theirs, &Database).expect("a known zone");
            let given = due(&policy, past, now, &theirs, &Database).expect("a known zone");
            if let Some(start) = given {
                prop_assert!(!naive::is_black_at(&timetable, &theirs, now), "in a black-out");
                prop_assert!(start <= now && now.since(start) <= DAY, "in time");
                prop_assert!(past.last_due.is_none_or(|last| last < start), "never twice");
                prop_assert!(occurrences.iter().any(|at| *at <= start && past.last_due.is_none_or(|last| last < *at)), "for something new");
                prop_assert!(announced.is_some_and(|announced| announced <= start), "announced");
                past.last_due = Some(start);
            }
            let new = new_starts(&starts, &occurrences, edited, before, now);
            if naive::is_black_at(&timetable, &theirs, now) {
                // A start just before a black-out for which this tick came too late.
            } else if now.since(before) <= TICK {
                // No tick was missed: whatever starts now is handed out now.
                prop_assert!(new.is_empty() || given == new.last().copied(), "{new:?} at {now}");
            } else if let Some(newest) = new.last() && now.since(*newest) <= DAY {
                prop_assert!(given == Some(*newest), "made up: {new:?} at {now}");
            }
            before = now;
        }
    }
}

/// Starts since the tick before that belong to an occurrence after the policy was saved.
fn new_starts(
    starts: &BTreeSet<Time>,
    occurrences: &BTreeSet<Time>,
    edited: Time,
    before: Time,
    now: Time,
) -> Vec<Time> {
    let first = occurrences.iter().find(|at| **at > edited);
    starts
        .range(before.plus(1)..=now)
        .filter(|start| first.is_some_and(|first| *first <= **start))
        .copied()
        .collect()
}
