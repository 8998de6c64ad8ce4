//! Renaming: nobody is marked twice, a name that is not known is not made anew, and the log holds no name.

use std::collections::BTreeMap;

use cloud::organization::User;
use seatkeeper::app::records::{Run, RunState};
use seatkeeper::plan::Fate;
use serde_json::{Value, json};

use crate::actions::fates;
use crate::scene::Scene;

fn scene(seed: u64, names_omitted_percent: u8) -> Scene {
    let mut scene = Scene::new(seed, 400, |options| {
        options.switches.names_omitted_percent = names_omitted_percent;
        options.switches.read_back_lag_ms = 0;
    });
    scene.policy["match"] = json!({"all": [
        {"status": ["active"]}, {"idle": {"longerThan": "90d"}}, {"account": "managed"},
    ]});
    scene.policy["stages"] = json!([{"after": "0d", "do": "rename"}]);
    scene
}

fn names(scene: &Scene) -> BTreeMap<String, String> {
    let cloud = scene.world.cloud.borrow();
    let users = cloud.organization().users.iter();
    let name = |user: &User| (user.account_id.clone(), user.name.clone());
    users.map(name).collect()
}

fn released(scene: &Scene) -> Run {
    let held = scene.started("idle-contractors", false);
    assert_eq!(held.state, RunState::Held, "{held:?}");
    scene.release(&held.id);
    scene.world.deliver_all();
    let run = scene.run(&held.id);
    assert_eq!(run.state, RunState::Done, "{run:?}");
    run
}

/// Idle managed people whom nobody else keeps.
fn idle(scene: &Scene) -> Vec<String> {
    let run = scene.started("idle-contractors", true);
    scene.planned(&run)
}

fn rename(scene: &Scene, account: &str, name: &str) {
    let mut request = cloud::Request::get(&format!("/users/{account}/manage/profile"))
        .with_header("authorization", &format!("Bearer {}", scene.key))
        .with_header("content-type", "application/json");
    request.method = "PATCH".into();
    request.body = json!({ "name": name }).to_string().into_bytes();
    let answer = scene.world.cloud.borrow_mut().admin_api(&request);
    assert_eq!(answer.expect("an answer").status, 200);
}

#[test]
fn nobody_is_marked_twice_and_an_undo_gives_the_name_from_before_back() {
    let scene = scene(31, 0);
    scene.prepare();
    let marked = idle(&scene.copy())[0].clone();
    rename(&scene, &marked, "Mia (inactive 2026-10-02)");
    crate::foreign::read(&scene);
    let before = names(&scene);
    let run = released(&scene);
    let lines = fates(&scene, &run);
    let line = lines.iter().find(|line| line.0 == marked).expect("a line");
    assert_eq!(
        (line.1, line.2.as_str()),
        (Fate::Skipped, "the name says so already")
    );
    let after = names(&scene);
    assert_eq!(after[&marked], before[&marked]);
    let renamed = scene.verified(&run);
    assert!(renamed.len() > 3, "{lines:?}");
    let date = run.now.date();
    for account in &renamed {
        let name = format!("{} (inactive {date})", before[account]);
        assert_eq!(after[account], name);
    }
    for stored in scene.log() {
        let entry: Value = serde_json::from_str(&stored.entry).expect("JSON");
        if entry["action"] == "rename" && entry["outcome"] == "done" {
            assert_eq!(entry["after"]["nameAsPlanned"], true, "{entry}");
        }
        let subject = entry["subject"].as_str().unwrap_or_default();
        let name = before.get(subject);
        assert!(name.is_none_or(|name| !stored.entry.contains(name.as_str())));
    }
    let undone = scene.undone(&run);
    assert_eq!(undone.counts.verified, run.counts.verified, "{undone:?}");
    assert_eq!(names(&scene), before);
}

#[test]
fn a_name_that_is_not_known_stays_what_it_is() {
    let scene = scene(32, 40);
    scene.prepare();
    let before = names(&scene);
    let run = released(&scene);
    let after = names(&scene);
    let lines = fates(&scene, &run);
    let unknown: Vec<_> = lines
        .iter()
        .filter(|(_, _, reason)| reason.contains("the name is not known"))
        .collect();
    assert!(unknown.len() > 3, "{lines:?}");
    for (account, fate, _) in unknown {
        assert_eq!(*fate, Fate::Unknown);
        assert_eq!(before[account], after[account]);
    }
    assert!(run.counts.verified > 3, "{run:?}");
    assert!(after.values().all(|name| !name.starts_with(" (inactive")));
}
