//! Chains at their exact boundaries.

mod histories;
mod taken;

use super::*;
use crate::model::{HOUR, Time, Truth};
use crate::policy::read;

const NONE: Option<Departure> = None;

fn policy(rest: &str) -> Policy {
    let text = format!(
        r#"{{"version":1,"id":"p","name":"P","match":{{"idle":{{"longerThan":"90d"}}}},"approval":"page",{rest}}}"#
    );
    read(&text).unwrap()
}

/// Warn, suspend a month later, deactivate two months after entering.
fn staged() -> Policy {
    policy(
        r#""stages":[{"after":"0d","do":"createIssue"},{"after":"1mo","do":"suspend"},{"after":"2mo","do":"deactivate"}]"#,
    )
}

fn time(text: &str) -> Time {
    Time::parse(text).unwrap()
}

fn at(text: &str) -> Sight {
    let now = time(text);
    Sight {
        now,
        read: now,
        verdict: Truth::True,
        seen: None,
        sheltered: Sheltered::No,
        restored: false,
        policy_changed: false,
        may_enter: true,
        link_used: None,
        warned: Warned::NotYet,
    }
}

fn entered(text: &str) -> Link {
    Link::entering(time(text), time(text))
}

fn done(mut link: Link, stages: &[(u32, &str)]) -> Link {
    for (stage, at) in stages {
        link.note_done(*stage, time(at));
    }
    link
}

fn waits(stage: u32, until: &str) -> Standing {
    Standing::Waits {
        stage,
        until: time(until),
        reason: Waiting::Stage,
    }
}

#[test]
fn each_stage_is_due_at_its_second() {
    let policy = staged();
    let start = "2026-01-31T10:00:00Z";
    let first = done(entered(start), &[(0, start)]);
    let second = done(first.clone(), &[(1, "2026-02-28T10:00:00Z")]);
    let second_late = done(first.clone(), &[(1, "2026-03-31T12:00:00Z")]);
    let all = done(second.clone(), &[(2, "2026-04-01T00:00:00Z")]);
    for (link, now, expected) in [
        (None, start, Standing::Due { stage: 0 }),
        (Some(entered(start)), start, Standing::Due { stage: 0 }),
        // Not done at once: it stays due.
        (
            Some(entered(start)),
            "2026-03-05T10:00:00Z",
            Standing::Due { stage: 0 },
        ),
        // A month after the last of January is the last of February.
        (
            Some(first.clone()),
            "2026-02-28T09:59:59Z",
            waits(1, "2026-02-28T10:00:00Z"),
        ),
        (
            Some(first),
            "2026-02-28T10:00:00Z",
            Standing::Due { stage: 1 },
        ),
        (
            Some(second.clone()),
            "2026-03-31T09:59:59Z",
            waits(2, "2026-03-31T10:00:00Z"),
        ),
        (
            Some(second),
            "2026-03-31T10:00:00Z",
            Standing::Due { stage: 2 },
        ),
        // The second was late, so the third is: never sooner than a month since.
        (
            Some(second_late.clone()),
            "2026-04-30T11:59:59Z",
            waits(2, "2026-04-30T12:00:00Z"),
        ),
        (
            Some(second_late),
            "2026-04-30T12:00:00Z",
            Standing::Due { stage: 2 },
        ),
        (Some(all), "2027-01-01T00:00:00Z", Standing::Finished),
    ] {
        let place = place(&policy, link.as_ref(), &at(now));
        assert_eq!(place.standing, expected, "{link:?} at {now}");
        assert_eq!(place.left, NONE);
        assert!(place.link.is_some());
    }
}

#[test]
fn what_ends_a_chain_and_what_does_not() {
    let policy = staged();
    let start = "2026-01-10T10:00:00Z";
    let link = done(entered(start), &[(0, start)]);
    let now = at("2026-02-10T10:00:00Z");
    let due = Standing::Due { stage: 1 };
    let anew = Standing::Due { stage: 0 };
    let until = time("2026-05-01T00:00:00Z");
    let seen = |text: &str| Some(time(text));
    let used = |at: Time, until: Time| Some(LinkUse { at, until });
    for (sight, standing, left) in [
        (now, due, None),
        // Seen at the very second of entering is not later.
        (
            Sight {
                seen: seen(start),
                ..now
            },
            due,
            None,
        ),
        (
            Sight {
                seen: seen("2026-01-10T10:00:01Z"),
                ..now
            },
            anew,
            Some(Departure::Seen(time("2026-01-10T10:00:01Z"))),
        ),
        (
            Sight {
                seen: seen("2026-01-10T10:00:01Z"),
                verdict: Truth::Unknown,
                ..now
            },
            Standing::Out,
            Some(Departure::Seen(time("2026-01-10T10:00:01Z"))),
        ),
        (
            Sight {
                verdict: Truth::False,
                ..now
            },
            Standing::Out,
            Some(Departure::NoMatch),
        ),
        (
            Sight {
                verdict: Truth::Unknown,
                ..now
            },
            Standing::Paused(Pause::Unknown),
            None,
        ),
        (
            Sight {
                sheltered: Sheltered::Exempt,
                ..now
            },
            Standing::Out,
            Some(Departure::Exempt),
        ),
        (
            Sight {
                sheltered: Sheltered::Exempt,
                verdict: Truth::Unknown,
                ..now
            },
            Standing::Out,
            Some(Departure::Exempt),
        ),
        (
            Sight {
                sheltered: Sheltered::Protected,
                ..now
            },
            Standing::Paused(Pause::Protected),
            None,
        ),
        (
            Sight {
                restored: true,
                ..now
            },
            Standing::Out,
            Some(Departure::Restored),
        ),
        (
            Sight {
                policy_changed: true,
                ..now
            },
            anew,
            Some(Departure::PolicyChanged),
        ),
        (
            Sight {
                policy_changed: true,
                verdict: Truth::False,
                ..now
            },
            Standing::Out,
            Some(Departure::PolicyChanged),
        ),
        (
            Sight {
                link_used: used(link.entered, until),
                ..now
            },
            Standing::Postponed { until },
            Some(Departure::LinkUsed(until)),
        ),
        // What the link gave is over: they begin anew.
        (
            Sight {
                link_used: used(link.entered, now.now),
                ..now
            },
            anew,
            Some(Departure::LinkUsed(now.now)),
        ),
        // Used before they entered, and over: it says nothing any more.
        (
            Sight {
                link_used: used(link.entered.plus(-1), now.now),
                ..now
            },
            due,
            None,
        ),
    ] {
        let place = place(&policy, Some(&link), &sight);
        assert_eq!((place.standing, place.left), (standing, left), "{sight:?}");
        let is_kept = place
            .link
            .as_ref()
            .is_some_and(|kept| kept.entered == link.entered);
        assert_eq!(is_kept, left.is_none(), "{sight:?}");
        if let Some(anew) = place.link.filter(|_| left.is_some()) {
            assert_eq!((anew.entered, anew.done.len()), (now.now, 0), "{sight:?}");
        }
    }
}

#[test]
fn a_pause_takes_nothing_from_the_chain_and_gives_nothing_to_it() {
    let policy = staged();
    let start = "2026-01-10T10:00:00Z";
    let link = done(entered(start), &[(0, start)]);
    for pause in [
        Sight {
            verdict: Truth::Unknown,
            ..at("2026-03-10T10:00:00Z")
        },
        Sight {
            sheltered: Sheltered::Protected,
            ..at("2026-03-10T10:00:00Z")
        },
    ] {
        let paused = place(&policy, Some(&link), &pause).link.unwrap();
        let after = place(&policy, Some(&paused), &at("2026-03-10T10:00:01Z"));
        assert_eq!(after.standing, Standing::Due { stage: 1 });
        assert_eq!(
            after.link.map(|link| (link.entered, link.done)),
            Some((link.entered, link.done.clone()))
        );
    }
}

#[test]
fn nobody_enters_who_does_not_surely_match_or_is_sheltered() {
    let policy = staged();
    let now = at("2026-01-10T10:00:00Z");
    for sight in [
        Sight {
            verdict: Truth::False,
            ..now
        },
        Sight {
            verdict: Truth::Unknown,
            ..now
        },
        Sight {
            sheltered: Sheltered::Exempt,
            ..now
        },
        Sight {
            sheltered: Sheltered::Protected,
            ..now
        },
    ] {
        let place = place(&policy, None, &sight);
        assert_eq!(
            (place.standing, place.left, place.link),
            (Standing::Out, NONE, None),
            "{sight:?}"
        );
    }
}

#[test]
fn a_used_link_lets_be_until_its_end_whatever_happens() {
    let policy = staged();
    let until = time("2026-05-01T00:00:00Z");
    let link = Link::postponed(time("2026-02-01T00:00:00Z"), until);
    for sight in [
        at("2026-04-30T23:59:59Z"),
        Sight {
            policy_changed: true,
            ..at("2026-03-01T00:00:00Z")
        },
        Sight {
            verdict: Truth::False,
            ..at("2026-03-01T00:00:00Z")
        },
        Sight {
            verdict: Truth::Unknown,
            ..at("2026-03-01T00:00:00Z")
        },
    ] {
        let place = place(&policy, Some(&link), &sight);
        assert_eq!(
            (place.standing, place.left),
            (Standing::Postponed { until }, NONE),
            "{sight:?}"
        );
    }
    let back = place(&policy, Some(&link), &at("2026-05-01T00:00:00Z"));
    assert_eq!(back.standing, Standing::Due { stage: 0 });
    assert_eq!(back.link.map(|link| link.entered), Some(until));
}

#[test]
fn readings_count_only_when_they_are_far_enough_apart() {
    let policy = policy(
        r#""confirm":{"readings":3,"apart":"24h"},"stages":[{"after":"0d","do":"suspend"},{"after":"30d","do":"deactivate"}]"#,
    );
    let start = time("2026-01-10T10:00:00Z");
    let mut link = None;
    for (hours, readings) in [
        (0, 1),
        // The same reading again, one too early, and one a second too early.
        (0, 1),
        (23, 1),
        (24, 2),
        (47, 2),
        (47, 2),
        (49, 3),
        (73, 3),
        (200, 3),
    ] {
        let read = start.plus(hours * HOUR);
        // Looked at long after it was taken: what counts is the reading.
        let sight = Sight {
            now: read.plus(5 * HOUR),
            read,
            ..at("2026-01-10T10:00:00Z")
        };
        let place = place(&policy, link.as_ref(), &sight);
        link = place.link;
        let counted = link.as_ref().map(|link| link.readings);
        assert_eq!(counted, Some(readings), "{hours}");
        let is_due = place.standing == Standing::Due { stage: 0 };
        assert_eq!(is_due, readings == 3, "{hours}: {:?}", place.standing);
    }
    let link = link.unwrap();
    let unknown = Sight {
        verdict: Truth::Unknown,
        ..at("2026-02-01T00:00:00Z")
    };
    assert_eq!(
        place(&policy, Some(&link), &unknown).link.unwrap().readings,
        3
    );
}

#[test]
fn a_reading_that_is_missing_is_said_with_the_later_of_both_times() {
    let policy = policy(
        r#""confirm":{"readings":2,"apart":"24h"},"stages":[{"after":"2d","do":"suspend"}]"#,
    );
    let sight = at("2026-01-10T10:00:00Z");
    let place = place(&policy, None, &sight);
    assert_eq!(place.standing, waits(0, "2026-01-12T10:00:00Z"));
    assert_eq!(
        place.sentence().as_deref(),
        Some("waits: stage 1 on 2026-01-12")
    );
}

fn warned(unreachable: &str) -> Policy {
    policy(&format!(
        r#""unreachable":"{unreachable}","stages":[{{"after":"0d","do":"warn"}},{{"after":"21d","do":"warn"}},{{"after":"30d","do":"suspend"}}]"#
    ))
}

#[test]
fn a_stage_after_a_warning_needs_its_whole_grace() {
    let policy = warned("hold");
    let link = entered("2026-01-10T10:00:00Z");
    let look = |link: &Link, now: &str, accepted: &str| {
        let warned = Warned::Accepted(time(accepted));
        place(&policy, Some(link), &Sight { warned, ..at(now) })
    };
    // An accepted warning of an earlier time in the chain is none of this one.
    let early = look(&link, "2026-01-10T10:00:00Z", "2026-01-10T09:59:59Z");
    assert_eq!(early.standing, Standing::Due { stage: 0 });
    let first = look(&link, "2026-01-12T10:00:00Z", "2026-01-12T00:00:00Z");
    assert_eq!(first.standing, waits(1, "2026-02-02T00:00:00Z"));
    let link = first.link.unwrap();
    // The same answer is not the second stage's too.
    let again = look(&link, "2026-02-02T00:00:00Z", "2026-01-12T00:00:00Z");
    assert_eq!(again.standing, Standing::Due { stage: 1 });
    let second = look(&link, "2026-02-10T00:00:00Z", "2026-02-05T00:00:00Z");
    assert_eq!(second.standing, waits(2, "2026-02-14T00:00:00Z"));
    let last = look(
        &second.link.unwrap(),
        "2026-02-14T00:00:00Z",
        "2026-02-05T00:00:00Z",
    );
    assert_eq!(last.standing, Standing::Due { stage: 2 });
}

#[test]
fn of_reminders_that_are_late_the_latest_is_sent() {
    let stages = r#""stages":[{"after":"0d","do":"warn"},{"after":"16d","do":"warn"},{"after":"23d","do":"warn"},
        {"after":"29d","do":"warn"},{"after":"30d","do":"suspend"}]"#;
    let policy = policy(stages);
    let unwarned = entered("2026-01-01T00:00:00Z");
    let look = |link: &Link, now: &str| place(&policy, Some(link), &at(now)).standing;
    // Whoever was told nothing yet gets the first warning, and the whole grace from there.
    let late = look(&unwarned, "2026-02-10T00:00:00Z");
    assert_eq!(late, Standing::Due { stage: 0 });
    let mut link = unwarned;
    link.note_done(0, time("2026-01-01T00:00:00Z"));
    for (now, expected) in [
        ("2026-01-16T23:59:59Z", waits(1, "2026-01-17T00:00:00Z")),
        ("2026-01-17T00:00:00Z", Standing::Due { stage: 1 }),
        ("2026-01-23T23:59:59Z", Standing::Due { stage: 1 }),
        ("2026-01-24T00:00:00Z", Standing::Due { stage: 2 }),
        ("2026-01-30T00:00:00Z", Standing::Due { stage: 3 }),
        // What takes something never overtakes a reminder.
        ("2026-03-01T00:00:00Z", Standing::Due { stage: 3 }),
    ] {
        assert_eq!(look(&link, now), expected, "{now}");
    }
    link.note_done(3, time("2026-02-10T00:00:00Z"));
    for (now, expected) in [
        ("2026-02-10T12:00:00Z", waits(4, "2026-02-11T00:00:00Z")),
        ("2026-02-11T00:00:00Z", Standing::Due { stage: 4 }),
    ] {
        assert_eq!(look(&link, now), expected, "{now}");
    }
    link.note_done(4, time("2026-02-11T00:00:00Z"));
    assert_eq!(look(&link, "2026-02-12T00:00:00Z"), Standing::Finished);
}

#[test]
fn another_stage_is_no_reminder() {
    let policy = policy(
        r#""stages":[{"after":"0d","do":"rename"},{"after":"5d","do":"warn"},{"after":"9d","do":"warn"},
            {"after":"12d","do":"rename"},{"after":"14d","do":"warn"},{"after":"30d","do":"suspend"}]"#,
    );
    let mut link = entered("2026-01-01T00:00:00Z");
    link.note_done(0, time("2026-01-01T00:00:00Z"));
    let look = |link: &Link| place(&policy, Some(link), &at("2026-03-01T00:00:00Z")).standing;
    for stage in [1, 2, 3, 4] {
        assert_eq!(look(&link), Standing::Due { stage });
        link.note_done(stage, time("2026-02-01T00:00:00Z"));
    }
}

#[test]
fn whom_no_warning_reaches_is_held_or_goes_on_after_the_grace() {
    let start = at("2026-01-10T10:00:00Z");
    let sight = Sight {
        warned: Warned::Unreachable,
        ..start
    };
    let held = place(&warned("hold"), None, &sight);
    assert_eq!(held.standing, Standing::Unreachable { stage: 0 });
    assert!(held.link.unwrap().done.is_empty());
    let policy = warned("proceed");
    let first = place(&policy, None, &sight);
    assert_eq!(first.standing, waits(1, "2026-01-31T10:00:00Z"));
    // Late at the second warning: the nine days after it are counted from there.
    let sight = Sight {
        warned: Warned::Unreachable,
        ..at("2026-02-05T10:00:00Z")
    };
    let second = place(&policy, first.link.as_ref(), &sight);
    assert_eq!(second.standing, waits(2, "2026-02-14T10:00:00Z"));
}

#[test]
fn what_needs_no_memory() {
    for (rest, expected) in [
        (r#""stages":[{"after":"0d","do":"suspend"}]"#, false),
        (
            r#""stages":[{"after":"0d","do":"removeAccess","products":["jira-software"],"sites":["s"]}]"#,
            false,
        ),
        (
            r#""confirm":{"readings":1,"apart":"24h"},"stages":[{"after":"0d","do":"suspend"}]"#,
            false,
        ),
        (
            r#""confirm":{"readings":2,"apart":"24h"},"stages":[{"after":"0d","do":"suspend"}]"#,
            true,
        ),
        (r#""stages":[{"after":"1h","do":"suspend"}]"#, true),
        (r#""stages":[{"after":"0d","do":"warn"}]"#, true),
        (r#""stages":[{"after":"0d","do":"rename"}]"#, true),
        (
            r#""stages":[{"after":"0d","do":["review","suspend"]}]"#,
            true,
        ),
        (
            r#""stages":[{"after":"0d","do":"suspend"},{"after":"9d","do":"deactivate"}]"#,
            true,
        ),
    ] {
        assert_eq!(needs_memory(&policy(rest)), expected, "{rest}");
    }
}
