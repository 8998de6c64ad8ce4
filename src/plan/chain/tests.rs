//! Chains at their exact boundaries, and over many random histories against a model that remembers everything.

use super::*;
use crate::evaluate::{Context, compile};
use crate::model::{
    AccountId, Activity, DAY, DirectoryId, GroupId, HOUR, Resource, Status, Time, Truth,
};
use crate::policy::read;
use crate::snapshot::{Access, Group, Snapshot, UserRecord};

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
                link_used: Some(until),
                ..now
            },
            Standing::Postponed { until },
            Some(Departure::LinkUsed(until)),
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

fn group(id: &str) -> Group {
    Group {
        id: GroupId(id.into()),
        name: Some(id.into()),
    }
}

fn access(product: &str, activity: Activity) -> Access {
    Access {
        resource: Resource(format!("ari:cloud:{product}::site/1")),
        product: product.into(),
        seat: None,
        activity,
    }
}

fn person(status: Status, groups: &[&str], access: &[Access]) -> UserRecord {
    UserRecord {
        status: Some(status),
        groups: Some(groups.iter().map(|id| group(id)).collect()),
        access: Some(access.to_vec()),
        ..UserRecord::unknown(AccountId("a".into()), DirectoryId("d".into()))
    }
}

fn one(record: &UserRecord) -> Snapshot {
    let mut snapshot = Snapshot::new();
    snapshot.push(record);
    snapshot
}

fn before(now: &UserRecord, taken: &Taken) -> UserRecord {
    let snapshot = one(now);
    let people = snapshot.rows().map(|row| (row, Some(taken)));
    let before = state_before(&snapshot, people);
    before.record(before.rows().next().unwrap()).unwrap()
}

#[test]
fn what_we_took_counts_as_held_and_what_others_changed_as_changed() {
    let (old, new) = (Activity::Seen(Time(1_000)), Activity::Seen(Time(2_000)));
    let jira = |activity| access("jira-software", activity);
    let wiki = |activity| access("confluence", activity);
    let policy = read(
        r#"{"version":1,"id":"p","name":"P","match":{"not":{"group":["keep"]}},"stages":[{"after":"0d","do":"suspend"}]}"#,
    )
    .unwrap();
    let was = person(Status::Active, &["g", "h"], &[jira(old), wiki(new)]);
    let suspended = Taken::by_status(&policy, &was, Status::Suspended);
    let is_g = |group: &Group| group.id.as_str() == "g";
    let is_jira = |access: &Access| access.product == "jira-software";
    let removed = Taken::by_access(&was, &is_jira, &is_g);
    let ended = Taken::by_groups(&was, &is_g, &is_jira);
    let quarantined = Taken::by_adding(&[GroupId("q".into())]);
    for (now, taken, expected) in [
        // The directory lists all of a suspended person, or nothing, or no activity.
        (
            person(Status::Suspended, &["g", "h"], &[jira(old), wiki(new)]),
            &suspended,
            was.clone(),
        ),
        (person(Status::Suspended, &[], &[]), &suspended, was.clone()),
        (
            person(
                Status::Suspended,
                &["g", "h"],
                &[jira(Activity::Unknown), wiki(Activity::Unknown)],
            ),
            &suspended,
            was.clone(),
        ),
        // What somebody else took meanwhile is taken; what they set is set.
        (
            person(Status::Suspended, &["h"], &[wiki(new)]),
            &suspended,
            person(Status::Active, &["h"], &[wiki(new)]),
        ),
        (
            person(Status::Deactivated, &[], &[]),
            &suspended,
            person(Status::Deactivated, &[], &[]),
        ),
        // What was seen later is later.
        (
            person(Status::Suspended, &["g", "h"], &[jira(new), wiki(old)]),
            &suspended,
            person(Status::Active, &["g", "h"], &[jira(new), wiki(new)]),
        ),
        (
            person(Status::Active, &["h"], &[wiki(new)]),
            &removed,
            person(Status::Active, &["h", "g"], &[wiki(new), jira(old)]),
        ),
        (
            person(Status::Active, &["h"], &[wiki(new)]),
            &ended,
            person(Status::Active, &["h", "g"], &[wiki(new), jira(old)]),
        ),
        (
            person(Status::Active, &["h", "q"], &[]),
            &quarantined,
            person(Status::Active, &["h"], &[]),
        ),
    ] {
        let sorted = |mut record: UserRecord| {
            record.groups.as_mut().unwrap().sort();
            record
                .access
                .as_mut()
                .unwrap()
                .sort_by(|a, b| a.product.cmp(&b.product));
            record
        };
        assert_eq!(sorted(before(&now, taken)), sorted(expected), "{now:?}");
    }
    let unknown = UserRecord {
        groups: None,
        access: None,
        ..person(Status::Suspended, &[], &[])
    };
    let put_back = before(&unknown, &suspended);
    assert_eq!((put_back.groups, put_back.access), (None, None));
}

#[test]
fn a_policy_goes_on_to_match_whom_we_suspended() {
    let policy = read(
        r#"{"version":1,"id":"p","name":"P","match":{"all":[{"status":["active"]},{"idle":{"longerThan":"90d"}}]},
            "stages":[{"after":"0d","do":"suspend"},{"after":"30d","do":"deactivate"}]}"#,
    )
    .unwrap();
    let now = Time(1_000 * DAY);
    let was = person(
        Status::Active,
        &[],
        &[access("jira-software", Activity::Seen(Time(800 * DAY)))],
    );
    let taken = Taken::by_status(&policy, &was, Status::Suspended);
    let snapshot = one(&UserRecord {
        status: Some(Status::Suspended),
        access: Some(vec![]),
        ..was
    });
    let row = snapshot.rows().next().unwrap();
    let verdict = |snapshot: &Snapshot| {
        compile(&policy, snapshot, Context::at(now))
            .unwrap()
            .verdict(row)
    };
    assert_eq!(verdict(&snapshot), Truth::False);
    let before = state_before(&snapshot, std::iter::once((row, Some(&taken))));
    assert_eq!(verdict(&before), Truth::True);
}

#[test]
fn only_later_use_of_what_the_policy_speaks_of_takes_out_of_a_chain() {
    let record = person(
        Status::Active,
        &[],
        &[
            access("jira-software", Activity::Seen(Time(5))),
            access("confluence", Activity::Seen(Time(9))),
        ],
    );
    let snapshot = one(&record);
    let row = snapshot.rows().next().unwrap();
    for (condition, expected) in [
        (r#"{"idle":{"longerThan":"90d"}}"#, Some(9)),
        (
            r#"{"idle":{"longerThan":"90d","products":["jira-software"]}}"#,
            Some(5),
        ),
        (r#"{"group":["leavers"]}"#, None),
        (
            r#"{"all":[{"idle":{"longerThan":"90d","products":["jira-software"]}},{"not":{"idle":{"longerThan":"90d","products":["confluence"]}}}]}"#,
            Some(5),
        ),
    ] {
        let text = format!(
            r#"{{"version":1,"id":"p","name":"P","match":{condition},"stages":[{{"after":"0d","do":"suspend"}}]}}"#
        );
        let policy = read(&text).unwrap();
        let compiled = compile(&policy, &snapshot, Context::at(Time(1_000 * DAY))).unwrap();
        assert_eq!(compiled.last_use(row), expected.map(Time), "{condition}");
    }
}

#[test]
fn a_restore_by_anyone_shows_in_a_reading_after_our_action() {
    let jira = access("jira-software", Activity::Never);
    let status = |set| Taken {
        status: Some(TakenStatus {
            before: Status::Active,
            set,
        }),
        unlisted: vec![jira.clone()],
        ..Taken::default()
    };
    let removed = Taken {
        groups: vec![group("g")],
        access: vec![jira.clone()],
        ..Taken::default()
    };
    let (suspended, deactivated) = (status(Status::Suspended), status(Status::Deactivated));
    let holds = [jira.clone()];
    for (taken, now, expected) in [
        (&suspended, person(Status::Active, &[], &[]), true),
        (&suspended, person(Status::Suspended, &[], &holds), false),
        (&suspended, person(Status::Deactivated, &[], &[]), false),
        (&deactivated, person(Status::Suspended, &[], &[]), true),
        (&deactivated, person(Status::Active, &[], &[]), true),
        (&removed, person(Status::Active, &["h"], &[]), false),
        (&removed, person(Status::Active, &["g"], &[]), true),
        (&removed, person(Status::Active, &[], &holds), true),
        (
            &removed,
            UserRecord {
                groups: None,
                access: None,
                ..person(Status::Active, &[], &[])
            },
            false,
        ),
        (
            &Taken::default(),
            person(Status::Active, &["g"], &holds),
            false,
        ),
    ] {
        let snapshot = one(&now);
        let row = snapshot.rows().next().unwrap();
        let back = |read| is_given_back(taken, &snapshot, row, Time(read), Time(100));
        assert_eq!(back(101), expected, "{taken:?} {now:?}");
        assert!(!back(100), "a reading of the same second shows nothing");
    }
}

#[test]
fn what_later_actions_take_is_added_to_what_the_first_took() {
    let mut taken = Taken {
        groups: vec![group("g")],
        ..Taken::default()
    };
    taken.add(&Taken {
        status: Some(TakenStatus {
            before: Status::Active,
            set: Status::Suspended,
        }),
        ..Taken::default()
    });
    taken.add(&Taken {
        status: Some(TakenStatus {
            before: Status::Suspended,
            set: Status::Deactivated,
        }),
        groups: vec![group("g"), group("h")],
        added: vec![GroupId("q".into())],
        ..Taken::default()
    });
    taken.add(&Taken {
        groups: vec![group("q")],
        added: vec![GroupId("h".into())],
        ..Taken::default()
    });
    let expected = Taken {
        status: Some(TakenStatus {
            before: Status::Active,
            set: Status::Deactivated,
        }),
        groups: vec![group("g")],
        ..Taken::default()
    };
    assert_eq!(taken, expected);
}

/// What happened to one person, day by day, as somebody would remember it who forgets nothing.
#[derive(Default)]
struct Model {
    /// Every look since the last departure: the day, and whether it was known that they match.
    looks: Vec<(i64, bool)>,
    done: Vec<i64>,
}

impl Model {
    /// Whether a stage is due on a day, from the days since entering and since the stage before.
    fn due(&self, after: &[i64], readings: usize, day: i64) -> Option<u32> {
        let entered = self.looks.iter().find(|(_, known)| *known)?.0;
        let next = self.done.len();
        let limit = *after.get(next)?;
        let mut counted = Vec::new();
        for (day, known) in &self.looks {
            if *known && counted.last().is_none_or(|last| day - last >= 2) {
                counted.push(*day);
            }
        }
        let apart = match next {
            0 => i64::MIN,
            next => self.done[next - 1] + limit - after[next - 1],
        };
        let is_known = self.looks.last()?.1;
        let is_due = day >= entered + limit && day >= apart && counted.len() >= readings;
        (is_known && is_due).then(|| u32::try_from(next).unwrap())
    }
}

#[test]
fn random_histories_are_as_a_model_remembers_them() {
    let mut state = 0x9E37_79B9_7F4A_7C15_u64;
    let mut roll = move |sides: u64| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state % sides
    };
    let (mut fired, mut left) = (0, 0);
    for _ in 0..2_000 {
        let readings = 1 + usize::try_from(roll(3)).unwrap();
        let mut after = vec![i64::try_from(roll(5)).unwrap()];
        for _ in 0..roll(3) {
            after.push(after.last().unwrap() + 1 + i64::try_from(roll(9)).unwrap());
        }
        let stages: Vec<String> = after
            .iter()
            .map(|days| format!(r#"{{"after":"{days}d","do":"createIssue"}}"#))
            .collect();
        let policy = policy(&format!(
            r#""confirm":{{"readings":{readings},"apart":"2d"}},"stages":[{}]"#,
            stages.join(",")
        ));
        let (mut model, mut link): (Model, Option<Link>) = (Model::default(), None);
        for day in 100..160 {
            // No run on some days.
            if roll(4) == 0 {
                continue;
            }
            let now = Time(day * DAY);
            let verdict = match roll(20) {
                0 => Truth::False,
                1..=4 => Truth::Unknown,
                _ => Truth::True,
            };
            let sight = Sight {
                now,
                read: now,
                verdict,
                ..at("2026-01-01T00:00:00Z")
            };
            let place = place(&policy, link.as_ref(), &sight);
            match verdict {
                Truth::False => {
                    left += usize::from(place.left.is_some());
                    model = Model::default();
                }
                known => model.looks.push((day, known == Truth::True)),
            }
            let expected = model.due(&after, readings, day);
            let due = match place.standing {
                Standing::Due { stage } => Some(stage),
                _ => None,
            };
            assert_eq!(
                due, expected,
                "day {day} {after:?} {readings} {:?}",
                model.looks
            );
            link = place.link;
            // What is due is done, or fails.
            if let Some(stage) = due
                && roll(3) > 0
            {
                fired += 1;
                model.done.push(day);
                link.as_mut().unwrap().note_done(stage, now);
            }
        }
    }
    assert!(fired > 2_000 && left > 500, "{fired} {left}");
}
