//! A reading may be killed anywhere: what it ends in is what it would have ended in.

use seatkeeper::model::Activity;

use super::stored::{Known, assert_same, known, people};
use super::{calls, enable_idle_policy, organization, pass_day, read};
use crate::in_process::Kills;
use crate::scene::Scene;

/// Large enough for two pages in a directory.
const USERS: usize = 250;

/// Where a first reading begins.
fn before_the_first() -> Scene {
    let scene = organization(21, USERS);
    enable_idle_policy(&scene);
    scene
}

/// Where the reading of the day after begins.
fn before_the_second() -> Scene {
    let scene = before_the_first();
    read(&scene);
    pass_day(&scene);
    scene
}

/// Kills a reading at every single await, one after the other, until it has no more of them. Answers how many there are.
fn kill_at_every_await(before: &Scene, expected: &Known) -> u32 {
    let mut awaits = 1;
    loop {
        let scene = before.copy();
        scene.world.kills.set(Kills::AtAwait(awaits));
        read(&scene);
        let found = known(&scene.world);
        assert_same(&found, expected, &format!("killed at await {awaits}"));
        if scene.world.killed.get() == 0 {
            return awaits;
        }
        awaits += 1;
    }
}

/// What a reading ends in that nobody kills.
fn unhindered(before: &Scene) -> (Scene, Known) {
    let scene = before.copy();
    read(&scene);
    let known = known(&scene.world);
    (scene, known)
}

/// That there is something to lose: several pages, two directories, groups, and people who were asked.
fn assert_worth_killing(scene: &Scene, known: &Known) {
    let directories = &known.figures["coverage"]["directories"];
    assert_eq!(directories.as_array().map(Vec::len), Some(2));
    assert!(calls(scene, "users.search") > 3);
    assert!(calls(scene, "groups.roleAssignments") > 10);
    assert!(calls(scene, "users.lastActiveDates") > 20);
    let accesses = known.people.iter().flat_map(|person| &person.access);
    let confirmed = accesses
        .flatten()
        .filter(|access| access.activity == Activity::Never);
    assert!(confirmed.count() > 5, "nobody was asked");
}

#[test]
fn a_first_reading_killed_at_any_await_ends_in_the_same_snapshot() {
    let before = before_the_first();
    let (scene, expected) = unhindered(&before);
    assert_worth_killing(&scene, &expected);
    let awaits = kill_at_every_await(&before, &expected);
    assert!(awaits > 200, "only {awaits} awaits");
}

#[test]
fn a_daily_reading_killed_at_any_await_ends_in_the_same_snapshot() {
    let before = before_the_second();
    let (scene, expected) = unhindered(&before);
    assert_ne!(people(&before.world), expected.people, "nothing happened");
    assert_ne!(
        calls(&before, "users.lastActiveDates"),
        calls(&scene, "users.lastActiveDates"),
        "nobody was asked"
    );
    let awaits = kill_at_every_await(&before, &expected);
    assert!(awaits > 200, "only {awaits} awaits");
}

#[test]
fn readings_of_several_days_each_killed_somewhere_end_in_the_same_snapshot() {
    let mut killed = 0;
    for seed in 31..=36 {
        let days = |kills: bool| {
            let scene = organization(seed, USERS);
            enable_idle_policy(&scene);
            for day in 0..4 {
                if kills {
                    let await_of_the_day = (seed * 53 + day * 71) % 270 + 1;
                    let at = u32::try_from(await_of_the_day).expect("few");
                    scene.world.kills.set(Kills::AtAwait(at));
                }
                // However long the kills make it: the next day begins at the same time.
                let evening = scene.world.cloud.borrow().now() + chrono::TimeDelta::hours(20);
                read(&scene);
                scene.world.cloud.borrow().clock().advance_to(evening);
                if day < 3 {
                    pass_day(&scene);
                }
            }
            scene
        };
        let (without, with) = (days(false), days(true));
        killed += with.world.killed.get();
        let expected = known(&without.world);
        assert_same(&known(&with.world), &expected, &format!("seed {seed}"));
    }
    assert!(killed > 20, "{killed} invocations were killed");
}
