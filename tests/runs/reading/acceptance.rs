//! A jump of idle people that one person took for true: what rests on it is looked at by a second one.

use seatkeeper::app::admin::Command;
use seatkeeper::app::records::{RunState, SuspicionCode};

use super::suspicion::{enable_idle_policy_for_all, hundred, read_later, start, stay_away};
use super::{pass_hours, read, shown, suspicions, tick};
use crate::scene::Scene;

/// A policy whose last run was released; then many more people stay away, and somebody takes that for true.
fn accepted_by(accepts: impl Fn(&Scene) -> String) -> Scene {
    let (scene, people) = hundred(78);
    read_later(&scene);
    stay_away(&scene, &people[..10]);
    read_later(&scene);
    enable_idle_policy_for_all(&scene);
    scene.order(Command::SetLimits {
        percent_per_day: 100,
    });
    tick(&scene);
    let first = start(&scene, false);
    scene.release(&first.id);
    scene.world.deliver_all();
    assert_eq!(scene.run(&first.id).state, RunState::Done);
    stay_away(&scene, &people[10..30]);
    read_later(&scene);
    assert_eq!(suspicions(&scene), [SuspicionCode::Jump]);
    let accept = Command::AcceptSnapshot {
        snapshot: shown(&scene).id,
        reason: "the plant is closed".into(),
    };
    let accepted = scene.world.command(&accepts(&scene), accept);
    assert!(accepted.is_ok(), "{accepted:?}");
    scene
}

#[test]
fn a_jump_that_one_person_took_for_true_holds_the_run_until_a_second_one_releases_it() {
    for reads_again in [false, true] {
        let scene = accepted_by(|scene| scene.first.clone());
        if reads_again {
            // Compared with what was accepted, the next reading is nothing special any more.
            pass_hours(&scene, 2);
            read(&scene);
            assert_eq!(suspicions(&scene), []);
        }
        let held = start(&scene, false);
        assert_eq!(held.state, RunState::Held, "{held:?}");
        let guards = serde_json::to_value(&held.guards).expect("JSON");
        assert_eq!(guards.as_array().expect("guards").len(), 1, "{guards}");
        assert_eq!(guards[0]["code"], "accepted-jump");
        let text = held.guards[0].text.as_str();
        assert!(text.contains("taken for true on"), "{text}");
        assert!(!text.contains(&scene.first), "{text}");
        scene.release(&held.id);
        scene.world.deliver_all();
        assert_eq!(scene.run(&held.id).state, RunState::Done);
        // A second person has looked at it: it holds nothing of this policy any more.
        let next = start(&scene, false);
        assert_eq!(next.guards, [], "{next:?}");
    }
}

#[test]
fn whoever_took_a_jump_for_true_does_not_release_what_rests_on_it() {
    let scene = accepted_by(|scene| scene.second.clone());
    let held = start(&scene, false);
    let release = Command::ReleaseRun {
        run: held.id,
        reason: "looked at the plan".into(),
    };
    let refusal = scene.refused(&scene.second, release);
    assert_eq!(refusal.code, "four-eyes", "{refusal:?}");
    let why = refusal.hint.expect("the reason");
    assert!(why.contains("took the jump"), "{why}");
}
