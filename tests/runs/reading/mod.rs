//! The reading of the organization: what it stores is looked at with the same eyes as another reading would, and counted
//! again naively over the organization itself.

mod acceptance;
mod coverage;
mod erasure;
mod faults;
mod growth;
mod hints;
mod kills;
mod stored;
mod suspicion;
mod without_key;

use std::time::Duration;

use cloud::day::Day;
use cloud::switches::NeverUsed;
use seatkeeper::app::admin::{Answer, Command, SnapshotSummary};
use seatkeeper::app::records::SuspicionCode;
use serde_json::json;

use crate::in_process::Ending;
use crate::scene::Scene;

/// An organization with two directories, and with people of whom the listing leaves open when they were last active.
pub fn organization(seed: u64, users: usize) -> Scene {
    Scene::new(seed, users, |options| {
        options.directories = 2;
        options.switches.timestamp_omitted_percent = 20;
        options.switches.never_used = NeverUsed::WithoutTimestamp;
    })
}

/// The same with one directory, where a row of the listing is a person.
pub fn one_directory(seed: u64, users: usize) -> Scene {
    Scene::new(seed, users, |_| {})
}

/// A policy that must know of everybody when they were last active.
pub fn enable_idle_policy(scene: &Scene) {
    let document = json!({
        "version": 1, "id": "idle-contractors", "name": "Idle people",
        "match": {"all": [{"status": ["active"]}, {"idle": {"longerThan": "90d"}}]},
        "stages": [{"after": "0d", "do": "suspend"}],
        "limits": {"users": 1000, "percent": 50},
    });
    scene.order(Command::SavePolicy {
        document: document.to_string(),
        revision: None,
    });
}

/// Reads the organization, and asks whoever must be asked, to the end.
pub fn read(scene: &Scene) {
    scene.order(Command::StartSync {});
    scene.world.deliver_all();
}

pub fn pass_hours(scene: &Scene, hours: u64) {
    let time = Duration::from_secs(hours * 3_600);
    scene.world.cloud.borrow().clock().advance(time);
}

/// Lets people work for a day: some join, leave and change.
pub fn pass_day(scene: &Scene) {
    let day = Day {
        joiners: 0.02,
        leavers: 0.02,
        changed: 0.03,
        ..Day::default()
    };
    let passed = scene.world.cloud.borrow_mut().pass_day(&day);
    assert!(passed.joined > 0 && passed.left > 0, "{passed:?}");
}

/// Fires the schedule's trigger, and delivers what comes of it.
pub fn tick(scene: &Scene) {
    assert_eq!(scene.world.tick(None), Ending::Value(Ok(())));
    scene.world.deliver_all();
}

/// The newest snapshot as the page shows it.
pub fn shown(scene: &Scene) -> SnapshotSummary {
    match scene.order(Command::Overview {}) {
        Answer::Overview(overview) => overview.reading.snapshot.expect("a snapshot"),
        other => panic!("{other:?}"),
    }
}

pub fn suspicions(scene: &Scene) -> Vec<SuspicionCode> {
    let suspicions = shown(scene).suspicions;
    suspicions.iter().map(|found| found.code).collect()
}

/// Calls of one operation so far.
pub fn calls(scene: &Scene, operation: &str) -> u64 {
    scene.world.cloud.borrow().meter().calls_of(operation)
}
