//! The presets are right, careful, and keep the deadlines that their names promise.

use std::fs;
use std::path::Path;

use seatkeeper::model::{Action, DAY};
use seatkeeper::policy::{
    Condition, PRESETS, Policy, Preset, Schedule, Timetable, Unit, describe, read,
};

/// How long a run may wait for its release or approval, in seconds: longer than any weekend.
const APPROVAL: i64 = 5 * DAY;

fn policy(id: &str) -> Policy {
    let preset = PRESETS.iter().find(|preset| preset.id == id);
    read(preset.expect("a preset").document).expect("a policy")
}

#[test]
fn every_preset_is_read_and_written_alike() {
    for Preset { id, name, document } in PRESETS {
        let policy = read(document).unwrap_or_else(|errors| panic!("{id}: {errors:?}"));
        assert_eq!(policy.id, id.replace('.', "-"));
        assert_eq!(policy.name, name);
        let written = serde_json::to_string(&policy).expect("JSON");
        assert_eq!(read(&written).expect("a policy"), policy, "{id}");
    }
}

#[test]
fn every_preset_is_careful() {
    for Preset { id, document, .. } in PRESETS {
        let policy = read(document).expect("a policy");
        assert!(!policy.enabled, "{id} runs before anybody switched it on");
        let confirm = policy.confirm.expect("two readings");
        assert_eq!(
            (confirm.readings, confirm.apart.to_string().as_str()),
            (2, "24h"),
            "{id}"
        );
        assert_eq!(policy.tolerance.to_string(), "24h", "{id}");
        assert!(policy.description.is_some(), "{id}");
    }
}

/// The fixture of a preset's name decides the preset itself. A seat pool needs the organization's sites, which fixtures
/// do not have.
#[test]
fn the_fixtures_of_presets_hold_the_presets() {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    for Preset { id, document, .. } in PRESETS {
        if id == "seat-pool" {
            continue;
        }
        let fixture = fs::read_to_string(fixtures.join(id).join("policy.json"));
        assert_eq!(fixture.expect("a fixture"), document, "{id}");
    }
}

/// From how long ago on a policy takes people, for each of its conditions that say so, in seconds.
fn limits(condition: &Condition) -> Vec<i64> {
    match condition {
        Condition::Idle(idle) => vec![idle.longer_than.longest()],
        Condition::NeverActive(never) => vec![never.added_more_than.longest()],
        other => other.inner().iter().flat_map(limits).collect(),
    }
}

/// The longest time between two runs, in seconds.
fn interval(policy: &Policy) -> i64 {
    match &policy.schedule {
        Some(Schedule::Every(Timetable {
            n, unit: Unit::Day, ..
        })) => i64::from(*n) * DAY,
        other => panic!("not daily: {other:?}"),
    }
}

/// On which day after the last activity each stage is done at the latest: the limit, the tolerance, the readings, and
/// for each stage the wait for the next run and for its release. A stage keeps its distance to when the one before it
/// was really done (RULES R2).
fn last_days(policy: &Policy) -> Vec<i64> {
    let limit = limits(&policy.r#match).into_iter().max().expect("a limit");
    let confirm = policy.confirm.as_ref().expect("readings");
    let readings = i64::from(confirm.readings) * confirm.apart.longest();
    let mut done = limit + policy.tolerance.longest() + readings;
    let mut before = 0;
    policy
        .stages
        .iter()
        .map(|stage| {
            done += stage.after.longest() - before + interval(policy) + APPROVAL;
            before = stage.after.longest();
            done / DAY
        })
        .collect()
}

#[test]
fn the_compliance_presets_end_by_their_day() {
    for (id, days) in [
        ("pci-dss-8.2.6-90", vec![(Action::Suspend, 90)]),
        ("cis-45", vec![(Action::Suspend, 45)]),
        (
            "cmmc-30-then-90",
            vec![(Action::Suspend, 30), (Action::RemoveFromOrganization, 90)],
        ),
    ] {
        let policy = policy(id);
        let last = last_days(&policy);
        assert_eq!(last.len(), days.len(), "{id}");
        for ((stage, last), (action, day)) in policy.stages.iter().zip(last).zip(days) {
            assert_eq!(stage.r#do, [action], "{id}");
            assert!(last <= day, "{id}: {action:?} may be as late as day {last}");
            assert!(
                last > day - 5,
                "{id}: {action:?} starts earlier than it must"
            );
        }
    }
}

/// The same sentence stands on the page and in the log.
#[test]
fn every_preset_says_what_it_does() {
    let day = "Every day at 06:00 (UTC), but switched off.";
    let monday = "Every week on Mon at 06:00 (UTC), but switched off.";
    let readings =
        "Each of them must be found so 2 times, at least 24 hours apart, before anything happens.";
    let limits = "A run of more than 25 people or 5 % is held.";
    let idle = |days: u32, place: &str| {
        format!("was last seen in {place} more than {days} days ago (plus 24 hours of tolerance)")
    };
    let never = |days: u32, place: &str| {
        format!("was added more than {days} days ago and was never seen in {place}")
    };
    let either =
        |days: u32, place: &str| format!("({} or {})", idle(days, place), never(days, place));
    let any = "any product";
    let jira = "jira-software on your-site.atlassian.net";
    let active = "Whoever has the status active and";
    let expected = [
        format!(
            "{active} {} is suspended. {readings} {monday} {limits}",
            idle(90, any)
        ),
        format!(
            "{active} {} is suspended. {readings} It names no limit of idleness, so it takes only access that was never used. {monday} {limits}",
            never(14, any)
        ),
        format!(
            "{active} has an external account and {} is suspended. {readings} {monday} {limits}",
            either(30, any)
        ),
        format!(
            "{active} {} is suspended. {readings} {day} {limits}",
            either(80, any)
        ),
        format!(
            "{active} {} is suspended. {readings} {day} {limits}",
            either(35, any)
        ),
        format!(
            "{active} {} is suspended at once, then removed from the organization after 54 days. {readings} \
             A second person must approve each run on the page. Being removed from the organization cannot be undone. {day} {limits}",
            either(21, any)
        ),
        format!(
            "{active} is on the list leavers is suspended. {readings} A second person must approve each run on the page. \
             It acts even on people who are active. {day} {limits}"
        ),
        format!(
            "{active} has a managed account and {} is warned at once, then warned after 16 days, then warned after 23 days, then warned after 29 days, then deactivated after 30 days, \
             then deleted after 90 days. {readings} Whoever no warning can reach stays at that stage. \
             A second person must approve each run on the page. Being deleted cannot be undone. {day} {limits}",
            idle(90, any)
        ),
        format!(
            "{active} {} is warned at once, then deprived of access to {jira} after 7 days. \
             Of them only the longest idle are chosen, until at most 100 seats of {jira} are in use. \
             {readings} Whoever no warning can reach stays at that stage. {monday} {limits}",
            either(30, jira)
        ),
    ];
    for (Preset { id, document, .. }, expected) in PRESETS.iter().zip(expected) {
        assert_eq!(
            describe(&read(document).expect("a policy")),
            expected,
            "{id}"
        );
    }
}
