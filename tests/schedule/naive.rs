//! A deliberately naive model of a timetable: it walks the calendar day by day and the clock minute by minute.

use std::collections::BTreeSet;

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, TimeDelta, TimeZone, Timelike, Utc};
use chrono_tz::Tz;
use seatkeeper::model::Time;
use seatkeeper::policy::{BlackOut, DayOfMonth, OrganizationBlackOuts, Timetable, Unit};

fn is_black(windows: &[BlackOut], date: NaiveDate) -> bool {
    windows.iter().any(|window| match window {
        BlackOut::Weekday(weekday) => date.weekday() == *weekday,
        BlackOut::Days { from, to } => date >= *from && date <= *to,
    })
}

/// Whether clocks in the timetable's zone, or in that of the organization, show a day without runs.
pub fn is_black_at(timetable: &Timetable, theirs: &OrganizationBlackOuts, at: Time) -> bool {
    is_black(&timetable.except, shown(&timetable.zone, at).date_naive())
        || is_black(&theirs.except, shown(&theirs.zone, at).date_naive())
}

fn local(timetable: &Timetable, at: Time) -> DateTime<Tz> {
    shown(&timetable.zone, at)
}

fn shown(zone: &str, at: Time) -> DateTime<Tz> {
    let zone: Tz = zone.parse().expect("a zone");
    let utc: DateTime<Utc> = DateTime::from_timestamp(at.0, 0).expect("a date");
    utc.with_timezone(&zone)
}

fn falls_on(timetable: &Timetable, date: NaiveDate) -> bool {
    let n = i64::from(timetable.n);
    let since = |from: &str| (date - from.parse::<NaiveDate>().expect("a date")).num_days();
    let months = i64::from(date.year() - 1970) * 12 + i64::from(date.month() - 1);
    let is_last = (date + TimeDelta::days(1)).month() != date.month();
    let is_day = |day: u32| date.day() == day || (is_last && date.day() < day);
    match &timetable.unit {
        Unit::Hour => false,
        Unit::Day => since("1970-01-01").rem_euclid(n) == 0,
        Unit::Week(on) => {
            since("1970-01-05").div_euclid(7).rem_euclid(n) == 0 && on.contains(&date.weekday())
        }
        Unit::Month(on) => {
            months.rem_euclid(n) == 0
                && on.iter().any(|day| match day {
                    DayOfMonth::Day(day) => is_day(*day),
                    DayOfMonth::Last => is_last,
                })
        }
        Unit::Year(on) => {
            i64::from(date.year() - 1970).rem_euclid(n) == 0
                && on
                    .iter()
                    .any(|(month, day)| date.month() == *month && is_day(*day))
        }
    }
}

/// The moment at which a clock shows a local time, the first of two. For a time that is skipped: as many minutes after
/// the last one that is not as the clock would have needed.
fn moment(zone: Tz, wanted: NaiveDateTime) -> DateTime<Tz> {
    let mut shown = wanted;
    loop {
        if let Some(moment) = zone.from_local_datetime(&shown).earliest() {
            return moment + (wanted - shown);
        }
        shown -= TimeDelta::minutes(1);
    }
}

/// Every instant of a timetable in a span of time, as if there were no black-outs.
pub fn occurrences(timetable: &Timetable, from: Time, to: Time) -> BTreeSet<Time> {
    let mut found = BTreeSet::new();
    if timetable.unit == Unit::Hour {
        let hours = (from.0.div_euclid(3_600)..=to.0.div_euclid(3_600))
            .filter(|hour| hour.rem_euclid(i64::from(timetable.n)) == 0);
        found.extend(hours.map(|hour| Time(hour * 3_600)));
    } else {
        let zone: Tz = timetable.zone.parse().expect("a zone");
        let mut date = local(timetable, from).date_naive() - TimeDelta::days(3);
        let last = local(timetable, to).date_naive() + TimeDelta::days(3);
        while date <= last {
            if falls_on(timetable, date) {
                found.insert(Time(moment(zone, date.and_time(timetable.at)).timestamp()));
            }
            date += TimeDelta::days(1);
        }
    }
    found.retain(|at| *at >= from && *at <= to);
    found
}

/// When the run of an instant starts: the first minute that is not in a black-out.
fn start(timetable: &Timetable, theirs: &OrganizationBlackOuts, occurrence: Time) -> Time {
    let mut at = occurrence;
    while is_black_at(timetable, theirs, at) {
        at = at.plus(60 - i64::from(local(timetable, at).second()));
    }
    at
}

/// Every start in a span of time. Black-outs may reach a hundred days back.
pub fn starts(
    timetable: &Timetable,
    theirs: &OrganizationBlackOuts,
    from: Time,
    to: Time,
) -> BTreeSet<Time> {
    let long_before = from.plus(-100 * 86_400);
    let mut found = BTreeSet::new();
    for occurrence in occurrences(timetable, long_before, to) {
        // Within the black-out that moved the one before.
        if found.last().is_some_and(|last| occurrence <= *last) {
            continue;
        }
        found.insert(start(timetable, theirs, occurrence));
    }
    found.retain(|start| *start >= from && *start <= to);
    found
}
