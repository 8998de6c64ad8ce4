//! The list of policies: its order, what is dropped from it, its revisions, and the last run of each.

use std::time::Duration;

use seatkeeper::app::admin::{Answer, Command, PolicySummary};
use seatkeeper::app::records::RunState;
use serde_json::json;

use crate::in_process::Ending;
use crate::scene::Scene;

fn save(scene: &Scene, id: &str) {
    let mut policy = scene.policy.clone();
    policy["id"] = json!(id);
    scene.order(save_following(&policy, None));
}

fn policies(answer: Answer) -> Vec<PolicySummary> {
    match answer {
        Answer::Policies(list) => list.policies,
        other => panic!("{other:?}"),
    }
}

fn ids(answer: Answer) -> Vec<String> {
    let policies = policies(answer).into_iter();
    policies.map(|policy| policy.reference.id).collect()
}

fn move_before(policy: &str, before: Option<&str>) -> Command {
    Command::MovePolicy {
        policy: policy.into(),
        before: before.map(String::from),
    }
}

fn drop_policy(policy: &str) -> Command {
    Command::DropPolicy {
        policy: policy.into(),
        reason: "not needed any more".into(),
    }
}

fn entries(scene: &Scene, action: &str) -> usize {
    let marked = format!(r#""action":"{action}""#);
    let entries = scene.log();
    entries
        .iter()
        .filter(|entry| entry.entry.contains(&marked))
        .count()
}

fn keys_of(scene: &Scene, start: &str) -> Vec<String> {
    let cloud = scene.world.cloud.borrow();
    let stored = cloud.stored().plain(cloud.now()).into_iter();
    let keys = stored.map(|(key, _)| key.to_string());
    keys.filter(|key| key.starts_with(start)).collect()
}

#[test]
fn the_administrators_order_is_theirs_to_change() {
    let scene = Scene::new(61, 60, |_| {});
    for id in ["a", "b", "c"] {
        save(&scene, id);
    }
    assert_eq!(
        ids(scene.order(move_before("c", Some("a")))),
        ["c", "a", "b"]
    );
    assert_eq!(
        ids(scene.order(move_before("c", Some("b")))),
        ["a", "c", "b"]
    );
    assert_eq!(ids(scene.order(move_before("a", None))), ["c", "b", "a"]);
    assert_eq!(entries(&scene, "move-policy"), 3);
    // Where it stands already.
    assert_eq!(
        ids(scene.order(move_before("c", Some("b")))),
        ["c", "b", "a"]
    );
    assert_eq!(entries(&scene, "move-policy"), 3);
    for wrong in [
        move_before("x", None),
        move_before("a", Some("x")),
        move_before("a", Some("a")),
    ] {
        scene.refused(&scene.first, wrong);
    }
    assert_eq!(ids(scene.order(Command::Policies {})), ["c", "b", "a"]);
}

#[test]
fn every_revision_says_who_saved_it_and_what_it_said_and_an_id_never_counts_anew() {
    let scene = Scene::new(62, 60, |_| {});
    save(&scene, "a");
    let mut other = scene.policy.clone();
    (other["id"], other["name"], other["enabled"]) = (json!("a"), json!("Other"), json!(false));
    let document = other.to_string();
    scene
        .world
        .command(
            &scene.second,
            Command::SavePolicy {
                document,
                revision: None,
            },
        )
        .expect("saved");
    scene.order(drop_policy("a"));
    save(&scene, "a");
    let policy = String::from("a");
    let Answer::PolicyVersions(list) = scene.order(Command::PolicyVersions { policy }) else {
        panic!("no versions")
    };
    let said: Vec<(u32, &str, &str)> = list
        .versions
        .iter()
        .map(|one| (one.revision, one.name.as_str(), one.edited.by.as_str()))
        .collect();
    let name = "Idle contractors";
    let (first, second) = (scene.first.as_str(), scene.second.as_str());
    assert_eq!(
        said,
        [(3, name, first), (2, "Other", second), (1, name, first)]
    );
    let text = |revision| Command::PolicyVersion {
        policy: "a".into(),
        revision,
    };
    let Answer::PolicyText(text_of_2) = scene.order(text(2)) else {
        panic!("no text")
    };
    assert!(
        text_of_2.document.contains(r#""enabled":false"#),
        "{text_of_2:?}"
    );
    assert_eq!(scene.refused(&scene.first, text(4)).code, "not-found");
}

fn save_following(document: &serde_json::Value, revision: Option<u32>) -> Command {
    Command::SavePolicy {
        document: document.to_string(),
        revision,
    }
}

#[test]
fn nobody_replaces_a_policy_that_they_did_not_see() {
    let scene = Scene::new(64, 60, |_| {});
    let mine = scene.policy.clone();
    let id = mine["id"].as_str().expect("an id").to_owned();
    let mut theirs = mine.clone();
    theirs["name"] = json!("Theirs");
    scene.order(save_following(&mine, Some(0)));
    let stored = |scene: &Scene| {
        let listed = policies(scene.order(Command::Policies {})).remove(0);
        (listed.reference.revision, listed.policy.name)
    };
    let refused = |document, revision| {
        let refusal = scene.refused(&scene.second, save_following(document, revision));
        assert!(refusal.message.contains(&id), "{refusal:?}");
        assert!(refusal.hint.is_some(), "{refusal:?}");
        refusal.code
    };
    // A new one under an id that is taken, and a text made from another revision than the one that is there.
    assert_eq!(refused(&theirs, Some(0)), "policy-exists");
    assert_eq!(refused(&theirs, Some(2)), "policy-changed");
    assert_eq!(stored(&scene), (1, String::from("Idle contractors")));
    // Two who opened the same revision: the first one saves, the other one is told.
    scene.order(save_following(&theirs, Some(1)));
    let mut others = mine.clone();
    others["name"] = json!("Others");
    assert_eq!(refused(&others, Some(1)), "policy-changed");
    assert_eq!(stored(&scene), (2, String::from("Theirs")));
    // Whoever did not hear that it was stored may say it again, and it is stored once.
    scene.order(save_following(&theirs, Some(1)));
    assert_eq!(stored(&scene).0, 2);
    assert_eq!(entries(&scene, "save-policy"), 2);
    // What is to be in force whatever is there.
    scene.order(save_following(&mine, None));
    assert_eq!(stored(&scene), (3, String::from("Idle contractors")));
    scene.order(drop_policy(&id));
    assert_eq!(refused(&theirs, Some(3)), "policy-deleted");
    scene.order(save_following(&theirs, Some(0)));
    assert_eq!(stored(&scene), (4, String::from("Theirs")));
}

#[test]
fn of_two_texts_made_from_one_revision_one_is_stored_wherever_the_other_is_killed() {
    let scene = Scene::new(65, 60, |_| {});
    scene.order(save_following(&scene.policy, Some(0)));
    let mut awaits = 1;
    loop {
        let copy = scene.copy();
        let mut mine = scene.policy.clone();
        mine["name"] = json!("Mine");
        let order = save_following(&mine, Some(1));
        let was_killed = copy
            .world
            .command_killed_at(&copy.first, order.clone(), awaits);
        let mut theirs = scene.policy.clone();
        theirs["name"] = json!("Theirs");
        let there = policies(copy.order(Command::Policies {})).remove(0);
        let is_mine = there.policy.name == "Mine";
        let saved = copy
            .world
            .command(&copy.second, save_following(&theirs, Some(1)));
        assert_eq!(saved.is_err(), is_mine, "killed at {awaits}");
        // Said again by the one whose invocation was killed: stored already, or refused.
        let again = copy.world.command(&copy.first, order);
        assert_eq!(again.is_ok(), is_mine, "killed at {awaits}");
        assert_eq!(entries(&copy, "save-policy"), 2, "killed at {awaits}");
        if !was_killed {
            break;
        }
        awaits += 1;
    }
    assert!(awaits > 5, "{awaits}");
}

#[test]
fn a_policy_is_dropped_once_its_runs_are_over_and_its_chain_goes_with_it_wherever_it_is_killed() {
    let mut scene = Scene::new(63, 300, |_| {});
    scene.policy["stages"] = json!([{"after": "7d", "do": "suspend"}]);
    scene.policy["schedule"] = json!({"every": {"n": 1, "unit": "day"}, "at": "13:00"});
    scene.prepare();
    let start = Command::StartRun {
        policy: "idle-contractors".into(),
        dry: false,
    };
    let Answer::Run(run) = scene.order(start) else {
        panic!("no run")
    };
    let refusal = scene.refused(&scene.first, drop_policy("idle-contractors"));
    assert_eq!(refusal.code, "wrong-state", "{refusal:?}");
    assert!(refusal.message.contains(&run.id), "{refusal:?}");
    scene.world.deliver_all();
    let ended = scene.run(&run.id);
    assert_eq!(ended.state, RunState::Done, "{ended:?}");
    let listed = policies(scene.order(Command::Policies {})).remove(0);
    let last = listed.last_run.expect("the last run");
    assert_eq!(
        (last.id, last.state, last.counts),
        (run.id.clone(), ended.state, ended.counts)
    );
    assert!(keys_of(&scene, "chain:").len() > 1);
    let mut awaits = 1;
    loop {
        let copy = scene.copy();
        let drop = drop_policy("idle-contractors");
        let was_killed = copy
            .world
            .command_killed_at(&copy.first, drop.clone(), awaits);
        if ids(copy.order(Command::Policies {})).len() == 1 {
            copy.order(drop);
        }
        let day = Duration::from_secs(86_400);
        copy.world.cloud.borrow().clock().advance(day);
        assert_eq!(copy.world.tick(None), Ending::Value(Ok(())));
        copy.world.deliver_all();
        assert_eq!(
            keys_of(&copy, "chain:"),
            [] as [&str; 0],
            "killed at {awaits}"
        );
        assert_eq!(entries(&copy, "drop-policy"), 1, "killed at {awaits}");
        // Nothing starts it any more, and what it did stays.
        assert_eq!(copy.runs().len(), 1);
        if !was_killed {
            break;
        }
        awaits += 1;
    }
    assert!(awaits > 10, "{awaits}");
}
