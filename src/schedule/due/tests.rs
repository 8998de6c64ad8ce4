//! Starts of a single instant and around black-outs; timetables are held against a model in `tests/schedule`.

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
    let none = OrganizationBlackOuts::default();
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
        assert_eq!(due(&policy(true), past, now, &none, &Nowhere), Ok(expected));
        assert_eq!(
            next_due(&policy(true), past, now, &none, &Nowhere),
            Ok(ahead)
        );
        assert_eq!(due(&policy(false), past, now, &none, &Nowhere), Ok(None));
        assert_eq!(
            next_due(&policy(false), past, now, &none, &Nowhere),
            Ok(None)
        );
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
    let none = OrganizationBlackOuts::default();
    let end = Some("2026-12-21T22:00:00Z");
    for (now, expected) in [
        ("2026-12-19T21:59:59Z", None),
        ("2026-12-19T22:00:00Z", end),
        ("2026-12-21T21:59:59Z", end),
        ("2026-12-21T22:00:00Z", None),
        ("2026-12-26T23:00:00Z", Some("2026-12-27T22:00:00Z")),
    ] {
        let expected = expected.map(|end| BlackedOut {
            end: at(end),
            of_organization: false,
        });
        let found = blacked_out(&days, &none, at(now), &Ahead);
        assert_eq!(found, Ok(expected), "{now}");
    }
    let now = at("2026-12-20T12:00:00Z");
    let unknown = ScheduleError::UnknownZone(String::from("Europe/Kyiv"));
    assert_eq!(blacked_out(&days, &none, now, &Nowhere), Err(unknown));
    for policy in [document(""), policy(true)] {
        assert_eq!(blacked_out(&policy, &none, now, &Nowhere), Ok(None));
    }
}

/// Ahead of UTC by the number of hours in the name.
struct Hours;

impl Zones for Hours {
    fn offset(&self, zone: &str, _: Time) -> Option<i64> {
        let hours: i64 = zone.strip_prefix("E")?.parse().ok()?;
        Some(hours * 3_600)
    }
}

fn organization(zone: &str, except: &str) -> OrganizationBlackOuts {
    let text = format!(r#"{{"zone":"{zone}","except":{except}}}"#);
    OrganizationBlackOuts::read(&text, &|_| true).unwrap()
}

#[test]
fn the_organizations_black_outs_count_with_the_policys_own() {
    let at = |text| Time::parse(text).unwrap();
    let daily = |except: &str| {
        let text = format!(
            r#"{{"version":1,"id":"p","name":"P","match":{{"idle":{{"longerThan":"90d"}}}},"stages":[{{"after":"0d","do":"suspend"}}],
            "schedule":{{"every":{{"n":1,"unit":"day"}},"at":"12:00","zone":"E2"{except}}}}}"#
        );
        crate::policy::read(&text).unwrap()
    };
    // 2026-11-20 is a Friday. Noon in E2 is 10:00 in UTC.
    let own = daily(r#","except":["sat"]"#);
    let sunday = organization("E5", r#"["sun"]"#);
    let from = at("2026-11-20T09:59:59Z");
    for (what, policy, theirs, expected) in [
        (
            "nothing",
            daily(""),
            organization("E5", r#"["mon"]"#),
            ["2026-11-20T10:00:00Z", "2026-11-21T10:00:00Z"],
        ),
        // Saturday ends in E2 at 22:00 in UTC; Sunday began in E5 at 19:00, and ends there a day later.
        (
            "both together",
            own.clone(),
            sunday.clone(),
            ["2026-11-20T10:00:00Z", "2026-11-22T19:00:00Z"],
        ),
        (
            "theirs alone",
            daily(""),
            sunday.clone(),
            ["2026-11-20T10:00:00Z", "2026-11-21T10:00:00Z"],
        ),
        (
            "days",
            daily(""),
            organization("E2", r#"[{"from":"2026-11-20","to":"2026-11-29"}]"#),
            ["2026-11-29T22:00:00Z", "2026-11-30T10:00:00Z"],
        ),
    ] {
        let expected = expected.map(at).to_vec();
        assert_eq!(
            next(&policy, &theirs, &Hours, from, 2),
            Ok(expected),
            "{what}"
        );
    }
    // Every day is out by one or the other.
    let weekdays = organization("E2", r#"["mon","tue","wed","thu","fri","sun"]"#);
    assert_eq!(next(&own, &weekdays, &Hours, from, 2), Ok(Vec::new()));
    for (now, end, of_organization) in [
        ("2026-11-20T22:00:00Z", "2026-11-22T19:00:00Z", false),
        ("2026-11-21T19:00:00Z", "2026-11-22T19:00:00Z", false),
        ("2026-11-21T22:00:00Z", "2026-11-22T19:00:00Z", true),
    ] {
        let end = at(end);
        let found = BlackedOut {
            end,
            of_organization,
        };
        assert_eq!(
            blacked_out(&own, &sunday, at(now), &Hours),
            Ok(Some(found)),
            "{now}"
        );
    }
    let nowhere = organization("W1", r#"["sun"]"#);
    let unknown = ScheduleError::UnknownZone(String::from("W1"));
    assert_eq!(next(&own, &nowhere, &Hours, from, 2), Err(unknown));
}

#[test]
fn what_a_black_out_of_the_organization_kept_from_starting_is_made_up_at_its_end() {
    let at = |text| Time::parse(text).unwrap();
    let once = policy(true);
    // The instant is noon of 2026-11-21, a Saturday.
    let covering = organization("UTC", r#"["sat","sun"]"#);
    let following = organization("UTC", r#"["sun"]"#);
    for (what, theirs, now, last_due, expected) in [
        ("covered", &covering, "2026-11-21T12:05:00Z", None, None),
        (
            "to the second",
            &covering,
            "2026-11-23T00:00:00Z",
            None,
            Some("2026-11-23T00:00:00Z"),
        ),
        (
            "for a day",
            &covering,
            "2026-11-24T00:00:00Z",
            None,
            Some("2026-11-23T00:00:00Z"),
        ),
        ("no longer", &covering, "2026-11-24T00:00:01Z", None, None),
        (
            "once",
            &covering,
            "2026-11-23T00:05:00Z",
            Some("2026-11-23T00:00:00Z"),
            None,
        ),
        (
            "on time",
            &following,
            "2026-11-21T12:00:00Z",
            None,
            Some("2026-11-21T12:00:00Z"),
        ),
        (
            "missed before one",
            &following,
            "2026-11-22T00:00:00Z",
            None,
            None,
        ),
        (
            "missed until its end",
            &following,
            "2026-11-23T00:00:00Z",
            None,
            Some("2026-11-23T00:00:00Z"),
        ),
    ] {
        let past = Past {
            last_due: last_due.map(at),
            edited: at("2026-11-20T00:00:00Z"),
        };
        let found = due(&once, past, at(now), theirs, &Ahead);
        assert_eq!(found, Ok(expected.map(at)), "{what}");
    }
}

#[test]
fn a_preview_of_a_single_instant_shows_it_while_it_lies_ahead() {
    let instant = Time::parse("2026-11-21T12:00:00Z").unwrap();
    let none = OrganizationBlackOuts::default();
    let preview = |after, count| next(&policy(true), &none, &Nowhere, after, count).unwrap();
    assert_eq!(preview(instant.plus(-1), 5), [instant]);
    assert_eq!(preview(instant, 5), []);
    assert_eq!(preview(instant.plus(-1), 0), []);
    let by_hand = Policy {
        schedule: None,
        ..policy(true)
    };
    assert_eq!(next(&by_hand, &none, &Nowhere, instant, 5), Ok(Vec::new()));
    let theirs = organization("UTC", r#"["sat"]"#);
    let sunday = Time::parse("2026-11-22T00:00:00Z").unwrap();
    assert_eq!(
        next(&policy(true), &theirs, &Ahead, instant, 5),
        Ok(vec![sunday])
    );
}
