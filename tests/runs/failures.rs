//! What goes wrong on the way: errors of every kind, cut connections, strange bodies. Each ends in words, and no record is
//! left half-written.

use std::collections::BTreeSet;

use cloud::faults::{FaultKind, Faults};
use seatkeeper::app::admin::Command;
use seatkeeper::app::records::{Run, RunState};
use seatkeeper::plan::Fate;

use serde_json::Value;

use crate::in_process::Ending;
use crate::naive;
use crate::scene::Scene;

const PASSING: [FaultKind; 8] = [
    FaultKind::TooManyRequests,
    FaultKind::ServerErrorBefore,
    FaultKind::ServerErrorAfter,
    FaultKind::CutBefore,
    FaultKind::CutAfter,
    FaultKind::TimeoutBefore,
    FaultKind::TimeoutAfter,
    FaultKind::Truncated,
];

fn released(seed: u64, faults: Faults) -> (Scene, Run) {
    let scene = Scene::new(seed, 400, |_| {});
    scene.prepare();
    scene.world.cloud.borrow_mut().set_faults(faults);
    let held = scene.tick_until_held();
    scene.release(&held.id);
    scene.world.deliver_all();
    let run = scene.run(&held.id);
    (scene, run)
}

const LAST_OF_GROUP: &str = "last active member of the administrators' group ";

/// Everybody else who is in a group and active.
fn others_in(users: &[Value], group: &str, account: &str) -> BTreeSet<String> {
    let is_in = |user: &&Value| {
        let mut groups = user["groups"].as_array().into_iter().flatten();
        user["status"] == "active"
            && user["accountId"] != account
            && groups.any(|held| held["name"] == group)
    };
    let others = users.iter().filter(is_in);
    others
        .map(|user| user["accountId"].as_str().expect("an id").to_owned())
        .collect()
}

#[test]
fn a_passing_failure_of_any_call_changes_nothing_about_the_result() {
    let mut seed = 100;
    for operation in [
        "directories.list",
        "workspaces.search",
        "users.search",
        "groups.search",
        "users.suspend",
    ] {
        for kind in PASSING {
            seed += 1;
            let scene = Scene::new(seed, 400, |_| {});
            scene.prepare();
            let before = scene.world.cloud.borrow().dump_users();
            scene
                .world
                .cloud
                .borrow_mut()
                .set_faults(Faults::planned(operation, kind));
            assert_eq!(scene.world.tick(None), Ending::Value(Ok(())));
            scene.world.deliver_all();
            let held = scene.only_run();
            assert_eq!(held.state, RunState::Held, "{operation} {kind:?}: {held:?}");
            scene.release(&held.id);
            scene.world.deliver_all();
            let run = scene.run(&held.id);
            assert_eq!(run.state, RunState::Done, "{operation} {kind:?}: {run:?}");
            let after = scene.world.cloud.borrow().dump_users();
            let expected = scene.expectation(&before, &run);
            let mut suspended = expected.suspended.clone();
            for (account, fate, reason) in crate::actions::fates(&scene, &run) {
                let group = reason.strip_prefix(LAST_OF_GROUP);
                if let Some(group) = group.filter(|_| fate == Fate::Protected) {
                    let others = others_in(&before, group, &account);
                    assert!(others.is_subset(&suspended), "{group}: {others:?}");
                    suspended.remove(&account);
                }
            }
            assert_eq!(
                naive::changes(&before, &after),
                suspended,
                "{operation} {kind:?}"
            );
            crate::main_job::check_log(&scene, &run);
        }
    }
}

#[test]
fn a_hailstorm_of_faults_changes_nothing_about_the_result() {
    for seed in 201..=210 {
        let scene = Scene::new(seed, 400, |_| {});
        scene.prepare();
        let before = scene.world.cloud.borrow().dump_users();
        let held = scene.tick_until_held();
        scene.release(&held.id);
        scene
            .world
            .cloud
            .borrow_mut()
            .set_faults(Faults::some(seed));
        scene.world.deliver_all();
        scene.world.cloud.borrow_mut().set_faults(Faults::default());
        let run = scene.run(&held.id);
        assert!(
            matches!(run.state, RunState::Done | RunState::DoneWithFailures),
            "seed {seed}: {run:?}"
        );
        let after = scene.world.cloud.borrow().dump_users();
        let expected = scene.expectation(&before, &run);
        let suspended = naive::changes(&before, &after);
        assert!(
            suspended.is_subset(&expected.suspended),
            "seed {seed}: somebody was wrongly touched"
        );
        let missing = expected.suspended.len() - suspended.len();
        assert_eq!(
            u32::try_from(missing).expect("few"),
            run.counts.failed,
            "seed {seed}"
        );
        crate::main_job::check_log(&scene, &run);
    }
}

#[test]
fn a_revoked_key_stops_the_run_and_says_what_to_do() {
    let scene = Scene::new(301, 400, |_| {});
    scene.prepare();
    let held = scene.tick_until_held();
    scene.release(&held.id);
    let key = scene.key.clone();
    scene
        .world
        .cloud
        .borrow_mut()
        .after_calls("users.suspend", 5, move |cloud| {
            cloud.revoke_key(&key);
        });
    scene.world.deliver_all();
    let cloud_run = scene.stored_run(&held.id);
    assert_eq!(cloud_run["state"], "stopped", "{cloud_run}");
    let message = cloud_run["message"].as_str().expect("a message");
    for part in [
        "the organization API key was not accepted",
        "save a new organization API key",
        "were not acted on",
    ] {
        assert!(message.contains(part), "{message}");
    }
    let counts = &cloud_run["counts"];
    let sum: u64 = ["exempt", "protected", "skipped", "acted", "failed"]
        .iter()
        .map(|name| counts[name].as_u64().expect("a count"))
        .sum();
    assert_eq!(counts["matched"], sum);
    assert!(counts["acted"].as_u64().expect("a count") >= 4, "{counts}");
}

#[test]
fn people_the_key_may_not_suspend_fail_and_too_many_of_them_stop_the_run() {
    let mut faults = Faults::planned("users.suspend", FaultKind::Forbidden);
    faults.planned[0].times = 3;
    let (_, run) = released(401, faults);
    assert_eq!(run.state, RunState::DoneWithFailures, "{run:?}");
    assert_eq!(run.counts.failed, 3);
    let mut faults = Faults::planned("users.suspend", FaultKind::Forbidden);
    faults.planned[0].times = 1_000;
    let (scene, run) = released(402, faults);
    assert_eq!(run.state, RunState::Stopped, "{run:?}");
    assert!(
        run.message
            .as_deref()
            .unwrap_or_default()
            .contains("too many actions failed"),
        "{run:?}"
    );
    crate::main_job::check_log(&scene, &run);
}

#[test]
fn a_run_without_a_connection_says_so() {
    let scene = Scene::new(501, 60, |_| {});
    scene.prepare();
    scene.forget_secret();
    scene.world.tick(None);
    scene.world.deliver_all();
    let run = scene.stored_runs().remove(0);
    assert_eq!(run["state"], "stopped");
    assert!(
        run["message"]
            .as_str()
            .expect("a message")
            .contains("no organization is connected"),
        "{run}"
    );
    let refusal = scene.refused(&scene.first, Command::SetLimits { percent_per_day: 5 });
    assert_eq!(refusal.code, "not-connected");
}

/// Those whom a run suspends, in the order of the calls.
fn in_order(scene: &Scene) -> Vec<String> {
    let traffic = scene.world.traffic.borrow();
    let paths = traffic.iter().map(|(sent, _)| sent.path.as_str());
    let called = paths.filter_map(|path| path.strip_suffix("/suspend")?.rsplit('/').next());
    called.map(str::to_owned).collect()
}

#[test]
fn refusals_in_a_row_stop_a_run_in_the_order_of_the_calls() {
    // What was accepted is seen long after what was refused is settled.
    let scene = Scene::new(403, 1_000, |options| {
        options.switches.read_back_lag_ms = 2_000;
    });
    scene.prepare();
    let held = scene.tick_until_held();
    let first = scene.copy();
    first.release(&held.id);
    first.world.deliver_all();
    let order = in_order(&first);
    assert!(order.len() > 30, "{}", order.len());
    for (refused, state) in [
        (vec![0, 3, 6, 9, 12], RunState::DoneWithFailures),
        (vec![1, 2, 3, 4, 6], RunState::DoneWithFailures),
        // A row of five in two lots of calls, and in two groups of intents.
        (vec![2, 3, 4, 5, 6], RunState::Stopped),
        (vec![18, 19, 20, 21, 22], RunState::Stopped),
        // Six of some.
        (vec![0, 3, 6, 9, 12, 15], RunState::Stopped),
    ] {
        let scene = scene.copy();
        for place in &refused {
            let refusal = cloud::Response::json(403, &serde_json::json!({"message": "no"}));
            let end = format!("{}/suspend", order[*place]);
            scene.world.staged.borrow_mut().push((end, refusal));
        }
        scene.release(&held.id);
        scene.world.deliver_all();
        let run = scene.run(&held.id);
        assert_eq!(run.state, state, "{refused:?}: {run:?}");
        assert_eq!(run.counts.failed as usize, refused.len(), "{refused:?}");
        if state == RunState::Stopped {
            let last = refused.last().expect("one");
            let called = in_order(&scene).len() + refused.len();
            assert!(called <= last + 5, "{refused:?}: {called} calls");
        }
        crate::main_job::check_log(&scene, &run);
    }
}
