//! The state before our first action, and who gave back what was taken.

use super::*;
use crate::evaluate::{Context, compile};
use crate::model::{AccountId, Activity, DAY, DirectoryId, GroupId, Resource, Status};
use crate::snapshot::{Access, Group, Snapshot, UserRecord};

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
    let removed = Taken::by_access(&was, &is_jira, &is_g, &|_| false);
    // The group gives the wiki, too, and so may another one.
    let removed_both = Taken::by_access(&was, &is_jira, &is_g, &|_| true);
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
            person(Status::Active, &["h"], &[]),
            &removed_both,
            person(Status::Active, &["h", "g"], &[jira(old), wiki(new)]),
        ),
        (
            person(Status::Active, &["h"], &[wiki(new)]),
            &removed_both,
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
    // What is not known of somebody whom we suspended is hidden by that; of anybody else it stays unknown.
    let unknown = |status| UserRecord {
        groups: None,
        access: None,
        ..person(status, &[], &[])
    };
    let put_back = before(&unknown(Status::Suspended), &suspended);
    assert_eq!((put_back.groups, put_back.access), (was.groups, was.access));
    for (status, taken) in [
        (Status::Deactivated, &suspended),
        (Status::Suspended, &removed),
    ] {
        let put_back = before(&unknown(status), taken);
        assert_eq!((put_back.groups, put_back.access), (None, None));
    }
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
