//! The main job: over 20 seeds the people suspended are exactly those whom a naive re-computation names, and nothing else
//! about anybody changed, however often invocations are killed.

use std::collections::BTreeSet;

use seatkeeper::app::records::{Run, RunState};
use serde_json::Value;

use crate::in_process::{Ending, Kills, World};
use crate::naive::{self, Expectation};
use crate::scene::{Scene, USERS};

/// Every intent has exactly one outcome, and every effect in the cloud exactly one `done` (RULES R14).
pub fn check_log(scene: &Scene, run: &Run) {
    let (mut intents, mut outcomes, mut done) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    for entry in scene.log() {
        let entry: Value = serde_json::from_str(&entry.entry).expect("JSON");
        if entry["action"] != "suspend" {
            continue;
        }
        let outcome = entry["outcome"].as_str().expect("an outcome");
        if outcome == "intent" {
            for subject in entry["subjects"].as_array().expect("subjects") {
                let subject = subject.as_str().expect("a subject");
                assert!(
                    intents.insert(subject.to_owned()),
                    "two intents for {subject}"
                );
            }
            continue;
        }
        let subject = entry["subject"].as_str().expect("a subject").to_owned();
        match outcome {
            "skipped" => {}
            outcome => {
                assert!(
                    intents.contains(&subject),
                    "an outcome without an intent for {subject}"
                );
                assert!(
                    outcomes.insert(subject.clone()),
                    "two outcomes for {subject}"
                );
                if outcome == "done" {
                    done.insert(subject);
                }
            }
        }
    }
    assert_eq!(intents, outcomes);
    let effects: BTreeSet<String> = scene
        .world
        .cloud
        .borrow()
        .effects()
        .iter()
        .filter(|e| e.key_owner.is_some())
        .map(|e| e.account_id.clone())
        .collect();
    assert_eq!(
        effects.len(),
        scene
            .world
            .cloud
            .borrow()
            .effects()
            .iter()
            .filter(|e| e.key_owner.is_some())
            .count()
    );
    assert_eq!(done, effects);
    assert_eq!(u32::try_from(done.len()).expect("few"), run.counts.acted);
}

fn check_counts(run: &Run, expected: &Expectation) {
    let counts = run.counts;
    assert_eq!(
        counts.matched,
        counts.exempt + counts.protected + counts.skipped + counts.acted + counts.failed
    );
    assert_eq!(counts.unknown, expected.unknown);
    assert_eq!(counts.exempt, expected.exempt);
    assert_eq!(counts.protected, expected.protected);
    assert_eq!(counts.failed, 0);
    assert_eq!(counts.acted, counts.verified);
}

pub fn main_job(seed: u64, users: usize, kills: Kills) -> World {
    let scene = Scene::new(seed, users, |_| {});
    scene.prepare();
    scene.world.kills.set(kills);
    let before = scene.world.cloud.borrow().dump_users();
    assert_eq!(scene.world.tick(None), Ending::Value(Ok(())));
    scene.world.deliver_all();
    let held = scene.only_run();
    assert_eq!(held.state, RunState::Held, "seed {seed}: {held:?}");
    let unchanged = scene.world.cloud.borrow().dump_users() == before;
    assert!(unchanged, "seed {seed}: a held run acted");
    scene.release(&held.id);
    scene.world.deliver_all();
    let run = scene.run(&held.id);
    assert_eq!(run.state, RunState::Done, "seed {seed}: {run:?}");
    let after = scene.world.cloud.borrow().dump_users();
    let expected = scene.expectation(&before, &run);
    assert_eq!(
        naive::changes(&before, &after),
        expected.suspended,
        "seed {seed}"
    );
    assert!(
        !expected.suspended.is_empty(),
        "seed {seed}: nobody to suspend proves nothing"
    );
    check_counts(&run, &expected);
    check_log(&scene, &run);
    scene.world
}

#[test]
fn twenty_seeds_suspend_exactly_whom_they_should() {
    for seed in 1..=20 {
        main_job(seed, USERS, Kills::None);
    }
}

#[test]
fn killed_invocations_change_nothing_about_the_result() {
    let killed: u32 = (1..=12)
        .map(|seed| main_job(seed, USERS, Kills::OneIn(2)).killed.get())
        .sum();
    assert!(killed >= 12, "only {killed} invocations were killed");
}

#[test]
fn a_kill_at_every_single_await_changes_nothing_about_the_result() {
    let mut awaits = 1;
    while main_job(7, 60, Kills::AtAwait(awaits)).killed.get() == 1 {
        awaits += 1;
    }
    assert!(awaits > 100, "only {awaits} awaits");
}

#[test]
fn a_worker_that_was_given_up_and_goes_on_changes_nothing() {
    let mut awaits = 1;
    loop {
        let scene = Scene::new(9, 60, |_| {});
        scene.prepare();
        let before = scene.world.cloud.borrow().dump_users();
        let held = scene.tick_until_held();
        scene.release(&held.id);
        let was_under_way = scene.world.deliver_around_a_zombie(awaits);
        scene.world.deliver_all();
        let run = scene.run(&held.id);
        assert_eq!(run.state, RunState::Done, "{awaits}: {run:?}");
        let after = scene.world.cloud.borrow().dump_users();
        let expected = scene.expectation(&before, &run);
        assert_eq!(
            naive::changes(&before, &after),
            expected.suspended,
            "{awaits}"
        );
        check_counts(&run, &expected);
        check_log(&scene, &run);
        if !was_under_way {
            break;
        }
        awaits += 1;
    }
    assert!(awaits > 50, "only {awaits} awaits");
}

#[test]
fn a_killed_listing_goes_on_where_its_last_part_was_stored() {
    let scene = Scene::new(10, 6_000, |_| {});
    scene.prepare();
    let pages = || scene.world.cloud.borrow().meter().calls_of("users.search");
    let before = pages();
    scene.world.tick(None);
    // The calls before the first page and two awaits for each: this lies among the second thirty of 60 pages, when the first thirty-two are stored.
    scene.world.kills.set(Kills::AtAwait(200));
    scene.world.deliver_all();
    let read = pages() - before;
    assert!((61..=88).contains(&read), "{read} readings of 60 pages");
    assert_eq!(scene.world.killed.get(), 1);
    let held = scene.only_run();
    assert_eq!(held.state, RunState::Held);
    assert_eq!(held.counts.users, 6_000);
}
