//! Policies that run by a timetable: each start makes one run, and what can never start says why.

use std::time::Duration;

use seatkeeper::app::admin::{Answer, Command, PolicyCheck, PolicySummary};
use seatkeeper::model::Time;
use serde_json::{Value, json};

use crate::in_process::Ending;
use crate::scene::{self, Scene};

pub fn document(schedule: &Value) -> String {
    let mut policy = scene::policy("");
    policy["schedule"] = schedule.clone();
    policy.to_string()
}

/// The clock shows 2026-11-21T12:00Z, a Saturday; the policy was just saved.
pub fn saved(seed: u64, schedule: &Value) -> Scene {
    let scene = Scene::new(seed, 120, |_| {});
    let document = document(schedule);
    scene.order(Command::SavePolicy {
        document,
        revision: None,
    });
    scene
}

pub fn listed(scene: &Scene) -> PolicySummary {
    match scene.order(Command::Policies {}) {
        Answer::Policies(mut list) => list.policies.remove(0),
        other => panic!("{other:?}"),
    }
}

pub fn next_due(scene: &Scene) -> Option<String> {
    listed(scene).next_due.map(|at| at.to_string())
}

/// Moves the clock, fires the schedule, and gives every start that has made a run so far.
pub fn starts_after_tick_at(scene: &Scene, at: &str) -> Vec<String> {
    let ahead = {
        let cloud = scene.world.cloud.borrow();
        let at = Time::parse(at).expect("a time");
        u64::try_from(at.0 - cloud.now().timestamp()).expect("the clock runs forward")
    };
    let clock = scene.world.cloud.borrow().clock().clone();
    clock.advance(Duration::from_secs(ahead));
    assert_eq!(scene.world.tick(None), Ending::Value(Ok(())));
    let mut starts: Vec<String> = scene
        .stored_runs()
        .iter()
        .map(|run| run["cause"]["due"].as_str().expect("a start").to_owned())
        .collect();
    starts.sort();
    starts
}

#[test]
fn every_start_of_a_timetable_makes_one_run() {
    let daily = json!({"every": {"n": 1, "unit": "day"}, "at": "02:30", "zone": "Europe/Berlin", "except": ["sun"]});
    let scene = saved(1, &daily);
    assert_eq!(next_due(&scene).as_deref(), Some("2026-11-22T23:00:00Z"));
    // It was saved after the day's time, so nothing is made up.
    let none: [&str; 0] = [];
    assert_eq!(starts_after_tick_at(&scene, "2026-11-21T12:05:00Z"), none);
    // Sunday is a black-out; its end in Berlin is the start.
    assert_eq!(starts_after_tick_at(&scene, "2026-11-22T22:59:00Z"), none);
    let sunday = ["2026-11-22T23:00:00Z"];
    assert_eq!(starts_after_tick_at(&scene, "2026-11-22T23:04:00Z"), sunday);
    assert_eq!(starts_after_tick_at(&scene, "2026-11-22T23:09:00Z"), sunday);
    assert_eq!(next_due(&scene).as_deref(), Some("2026-11-23T01:30:00Z"));
    // Monday's and Tuesday's were missed: one run for both.
    let made_up = ["2026-11-22T23:00:00Z", "2026-11-24T01:30:00Z"];
    assert_eq!(
        starts_after_tick_at(&scene, "2026-11-24T20:00:00Z"),
        made_up
    );
    assert_eq!(
        starts_after_tick_at(&scene, "2026-11-24T20:05:00Z"),
        made_up
    );
}

#[test]
fn a_saved_change_forgets_what_was_missed_before_it() {
    let daily = json!({"every": {"n": 1, "unit": "day"}, "at": "13:00"});
    let scene = saved(2, &daily);
    scene
        .world
        .cloud
        .borrow()
        .clock()
        .advance(Duration::from_secs(2 * 3_600));
    assert_eq!(next_due(&scene).as_deref(), Some("2026-11-21T13:00:00Z"));
    let document = document(&json!({"every": {"n": 1, "unit": "day"}, "at": "13:30"}));
    scene.order(Command::SavePolicy {
        document,
        revision: None,
    });
    let none: [&str; 0] = [];
    assert_eq!(starts_after_tick_at(&scene, "2026-11-21T14:05:00Z"), none);
    assert_eq!(next_due(&scene).as_deref(), Some("2026-11-22T13:30:00Z"));
}

#[test]
fn a_zone_that_nobody_knows_is_a_mistake_in_the_policy() {
    let scene = Scene::new(3, 120, |_| {});
    let schedule = json!({"every": {"n": 1, "unit": "week"}, "zone": "Europe/Atlantis"});
    let mistake = ("$.schedule.zone", "unknown-zone");
    let refusal = scene.refused(
        &scene.first,
        Command::SavePolicy {
            document: document(&schedule),
            revision: None,
        },
    );
    let [error] = refusal.errors.as_slice() else {
        panic!("{refusal:?}")
    };
    assert_eq!((error.path.as_str(), error.code.as_str()), mistake);
    let checked = scene.order(Command::CheckPolicy {
        document: document(&schedule),
    });
    let Answer::PolicyCheck(PolicyCheck::Invalid { errors }) = checked else {
        panic!("{checked:?}")
    };
    assert_eq!(errors, refusal.errors);
}

#[test]
fn a_policy_whose_zone_is_known_no_more_does_not_run_and_says_why() {
    let daily = json!({"every": {"n": 1, "unit": "day"}, "at": "13:00", "zone": "Asia/Kolkata"});
    let scene = saved(4, &daily);
    assert_eq!(next_due(&scene).as_deref(), Some("2026-11-22T07:30:00Z"));
    scene.world.knows_zones.set(false);
    let none: [&str; 0] = [];
    assert_eq!(starts_after_tick_at(&scene, "2026-11-22T07:31:00Z"), none);
    let policy = listed(&scene);
    assert_eq!(policy.next_due, None);
    assert!(
        policy
            .warnings
            .iter()
            .any(|warning| warning.contains("Asia/Kolkata")),
        "{:?}",
        policy.warnings
    );
    scene.world.knows_zones.set(true);
    let made_up = ["2026-11-22T07:30:00Z"];
    assert_eq!(
        starts_after_tick_at(&scene, "2026-11-22T08:00:00Z"),
        made_up
    );
}
