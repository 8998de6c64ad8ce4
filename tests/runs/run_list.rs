//! The list of runs over months: every run once, the newest first, whatever the day on which it is looked at.

use std::time::Duration;

use chrono::{DateTime, Utc};
use seatkeeper::app::admin::{Answer, Command, Runs};

use crate::scene::Scene;

/// Runs on a full page.
const PAGE: usize = 20;

fn at(scene: &Scene, time: &str) {
    let time: DateTime<Utc> = time.parse().expect("a time");
    let cloud = scene.world.cloud.borrow();
    let wait = (time - cloud.now()).to_std().expect("a time to come");
    cloud.clock().advance(wait);
}

fn page(scene: &Scene, cursor: Option<String>) -> Runs {
    match scene.order(Command::Runs { cursor }) {
        Answer::Runs(runs) => runs,
        other => panic!("{other:?}"),
    }
}

fn ids(runs: &Runs) -> Vec<String> {
    runs.runs.iter().map(|run| run.id.clone()).collect()
}

/// The stored runs, the newest first.
fn stored(scene: &Scene) -> Vec<String> {
    let mut ids: Vec<String> = scene
        .stored_runs()
        .iter()
        .map(|run| run["id"].as_str().expect("an id").to_owned())
        .collect();
    ids.sort_unstable_by(|a, b| b.cmp(a));
    ids
}

/// Walks from the newest run to the oldest; answers what each page held.
fn walk(scene: &Scene) -> Vec<Vec<String>> {
    let mut pages = Vec::new();
    let mut cursor = None;
    loop {
        let answer = page(scene, cursor);
        pages.push(ids(&answer));
        cursor = answer.cursor;
        if cursor.is_none() {
            return pages;
        }
        assert!(pages.len() < 100, "the list has no end");
    }
}

fn assert_complete(scene: &Scene) {
    scene.wait_for_queries();
    let (stored, pages) = (stored(scene), walk(scene));
    assert_eq!(pages.concat(), stored);
    let first = stored.len().min(PAGE);
    assert_eq!(pages[0], stored[..first]);
}

#[test]
fn every_run_is_listed_once_and_the_newest_come_first_on_every_day() {
    let scene = Scene::new(71, 60, |_| {});
    scene.prepare();
    let dry = || drop(scene.started("idle-contractors", true));
    // The simulated year begins in November.
    let first_day = scene.world.cloud.borrow().now();
    assert!(first_day.to_rfc3339().starts_with("2026-11"), "{first_day}");
    dry();
    at(&scene, "2026-11-30T22:00:00Z");
    dry();
    for day in ["2026-12-01T00:30:00Z", "2026-12-01T12:00:00Z"] {
        at(&scene, day);
        assert_complete(&scene);
    }
    for day in 2..24 {
        at(&scene, &format!("2026-12-{day:02}T09:00:00Z"));
        dry();
    }
    assert_complete(&scene);
    // Nothing in January.
    at(&scene, "2027-02-27T09:00:00Z");
    assert_complete(&scene);
    dry();
    for day in ["2027-03-01", "2027-03-02", "2027-03-03"] {
        at(&scene, &format!("{day}T09:00:00Z"));
        assert_complete(&scene);
    }
    dry();
    assert_complete(&scene);
    // After an idle half year, within the first answer.
    at(&scene, "2027-10-31T09:00:00Z");
    assert_complete(&scene);
    // After idle years, the list leads on to them.
    at(&scene, "2031-05-01T09:00:00Z");
    scene.wait_for_queries();
    assert_eq!(walk(&scene).concat(), stored(&scene));
}

#[test]
fn a_run_that_waits_is_on_the_first_page_and_on_no_other() {
    let scene = Scene::new(72, 300, |_| {});
    scene.prepare();
    let waiting = scene.started("idle-contractors", false).id;
    for _ in 0..25 {
        let day = Duration::from_secs(3_600);
        scene.world.cloud.borrow().clock().advance(day);
        scene.started("idle-contractors", true);
    }
    scene.wait_for_queries();
    let pages = walk(&scene);
    assert!(pages[0].contains(&waiting), "{pages:?}");
    let mut listed = pages.concat();
    listed.sort_unstable_by(|a, b| b.cmp(a));
    assert_eq!(listed, stored(&scene));
}
