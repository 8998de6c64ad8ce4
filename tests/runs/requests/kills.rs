//! What is lost or fails on the way: it is found by looking, and nobody gets an access back twice.

use seatkeeper::app::Transition;
use seatkeeper::app::records::RunState;
use serde_json::json;

use super::{entries, is_active, issue, moves, only_asked_for, ordinary, said, suspended, tells};
use crate::approval_issues::look;
use crate::foreign::pass;
use crate::in_process::Ending;
use crate::scene::Scene;

#[test]
fn a_lost_call_is_found_by_looking() {
    let (scene, person) = suspended(80);
    let issue = issue(&scene, &person);
    moves(&scene, &issue, &scene.second, "Approved");
    look(&scene);
    look(&scene);
    assert_eq!(only_asked_for(&scene).state, RunState::Done);
    assert!(is_active(&scene, &person));
    assert_eq!(said(&scene, &issue).len(), 1);
}

#[test]
fn a_kill_at_any_await_neither_loses_nor_doubles_it() {
    let (first, person) = suspended(81);
    let issue = issue(&first, &person);
    moves(&first, &issue, &first.second, "Approved");
    let tells_again = |scene: &Scene| tells(scene, &issue, &scene.second, Transition::Approve);
    let killed_at = |scene: &Scene, awaits: u32| {
        let world = &scene.world;
        world.transition_killed_at(&issue.0, &scene.second, Transition::Approve, awaits)
    };
    let mut survived = 0;
    for awaits in 1.. {
        let told = first.copy();
        let was_killed = killed_at(&told, awaits);
        let looked = told.copy();
        tells_again(&told);
        look(&looked);
        for scene in [told, looked] {
            scene.world.deliver_all();
            look(&scene);
            look(&scene);
            assert_eq!(only_asked_for(&scene).state, RunState::Done, "{awaits}");
            assert!(is_active(&scene, &person), "{awaits}");
            assert_eq!(entries(&scene, "ask-back").len(), 1, "{awaits}");
            let said = said(&scene, &issue);
            assert_eq!(said.len(), 1, "{awaits}: {said:?}");
        }
        if !was_killed {
            break;
        }
        survived = awaits;
    }
    assert!(survived > 15, "{survived}");
}

#[test]
fn a_kill_while_a_refusal_is_said_says_it_all_the_same() {
    let (first, _) = suspended(82);
    let issue = issue(&first, &ordinary(&first));
    moves(&first, &issue, &first.second, "Approved");
    let mut survived = 0;
    for awaits in 1.. {
        let scene = first.copy();
        let world = &scene.world;
        let was_killed =
            world.transition_killed_at(&issue.0, &scene.second, Transition::Approve, awaits);
        look(&scene);
        look(&scene);
        let said = said(&scene, &issue);
        // Killed after the call and before it is noted, it is said twice.
        assert!((1..=2).contains(&said.len()), "{awaits}: {said:?}");
        assert_eq!(entries(&scene, "ask-back").len(), 1, "{awaits}");
        if !was_killed {
            break;
        }
        survived = awaits;
    }
    assert!(survived > 15, "{survived}");
}

#[test]
fn what_jira_refuses_keeps_nothing_from_being_said() {
    let (scene, _) = suspended(83);
    let asking = issue(&scene, &ordinary(&scene));
    moves(&scene, &asking, &scene.second, "Approved");
    let refused = |path: &str, status| {
        let body = json!({"errorMessages": ["no"]});
        let staged = (path.to_owned(), cloud::Response::json(status, &body));
        scene.world.staged.borrow_mut().push(staged);
    };
    refused("/comment", 503);
    let by = &scene.second;
    let told = scene.world.transition(&asking.0, by, Transition::Approve);
    assert!(told.is_err(), "{told:?}");
    scene.world.staged.borrow_mut().clear();
    refused("/search/jql", 503);
    pass(&scene, 1);
    let now = scene.world.cloud.borrow().now().timestamp();
    let rest = u64::try_from(600 - now % 600).expect("seconds");
    let rest = std::time::Duration::from_secs(rest);
    scene.world.cloud.borrow().clock().advance(rest);
    assert!(matches!(scene.world.tick(None), Ending::Value(Err(_))));
    assert_eq!(said(&scene, &asking).len(), 1);
}
