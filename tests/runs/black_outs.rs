//! Black-outs of the organization: no policy starts in one, whoever asks is held, and the log says who set them.

use seatkeeper::app::admin::{Answer, Command};
use seatkeeper::app::records::{Run, RunState, Settings};
use seatkeeper::plan::GuardCode;
use serde_json::{Value, json};

use crate::configuration::{bring, exported, parts};
use crate::scene::Scene;
use crate::schedule::{document, listed, next_due, saved, starts_after_tick_at};

fn set(scene: &Scene, black_outs: &Value) -> Settings {
    let document = black_outs.to_string();
    match scene.order(Command::SetBlackOuts { document }) {
        Answer::Settings(saved) => saved.settings,
        other => panic!("{other:?}"),
    }
}

fn daily() -> Value {
    json!({"every": {"n": 1, "unit": "day"}, "at": "13:00", "except": ["sun"]})
}

fn black_out_of(run: &Run) -> Option<&str> {
    let mut guards = run.guards.iter();
    guards
        .find(|guard| guard.code == GuardCode::BlackOut)
        .map(|guard| guard.text.as_str())
}

#[test]
fn no_policy_starts_in_one_and_what_was_missed_is_made_up_once_at_its_end() {
    let scene = saved(341, &daily());
    assert_eq!(next_due(&scene).as_deref(), Some("2026-11-21T13:00:00Z"));
    // Sunday, between theirs, is the policy's own.
    let monday = json!({"from": "2026-11-23", "to": "2026-11-23"});
    set(&scene, &json!({"except": ["sat", monday]}));
    let end = "2026-11-24T00:00:00Z";
    assert_eq!(next_due(&scene).as_deref(), Some(end));
    let none: [&str; 0] = [];
    for at in [
        "2026-11-21T13:05:00Z",
        "2026-11-22T13:05:00Z",
        "2026-11-23T00:05:00Z",
        "2026-11-23T23:59:00Z",
    ] {
        assert_eq!(starts_after_tick_at(&scene, at), none, "{at}");
    }
    assert_eq!(starts_after_tick_at(&scene, "2026-11-24T00:04:00Z"), [end]);
    assert_eq!(starts_after_tick_at(&scene, "2026-11-24T00:09:00Z"), [end]);
    assert_eq!(next_due(&scene).as_deref(), Some("2026-11-24T13:00:00Z"));
}

#[test]
fn a_policy_to_which_no_day_is_left_says_so() {
    let scene = saved(342, &daily());
    set(
        &scene,
        &json!({"except": ["mon", "tue", "wed", "thu", "fri", "sat"]}),
    );
    let policy = listed(&scene);
    assert_eq!(policy.next_due, None);
    let says_so = |warning: &String| warning.contains("leave no day to run on");
    assert!(policy.warnings.iter().any(says_so), "{policy:?}");
    set(
        &scene,
        &json!({"except": ["mon", "tue", "wed", "thu", "fri"]}),
    );
    let policy = listed(&scene);
    assert!(!policy.warnings.iter().any(says_so), "{policy:?}");
}

#[test]
fn whoever_asks_for_a_run_in_one_is_held() {
    // A Saturday.
    for (seed, except, is_held) in [(343, json!(["sat"]), true), (344, json!(["sun"]), false)] {
        let scene = Scene::new(seed, 300, |_| {});
        scene.order(Command::SavePolicy {
            document: document(&daily()),
            revision: None,
        });
        set(&scene, &json!({ "except": except }));
        let id = listed(&scene).policy.id;
        let run = scene.started(&id, false);
        assert_eq!(run.state, RunState::Held);
        let text = black_out_of(&run);
        assert_eq!(text.is_some(), is_held, "{:?}", run.guards);
        assert!(
            text.is_none_or(|text| text.contains("of the organization")),
            "{text:?}"
        );
    }
}

#[test]
fn whoever_sets_them_does_not_release_the_next_run() {
    let scene = Scene::new(345, 300, |_| {});
    scene.prepare();
    let held = scene.tick_until_held();
    let release = Command::ReleaseRun {
        run: held.id.clone(),
        reason: "looked at the plan".into(),
    };
    let document = json!({"except": ["sun"]}).to_string();
    let set = Command::SetBlackOuts { document };
    scene
        .world
        .command(&scene.second, set)
        .unwrap_or_else(|refusal| panic!("{refusal:?}"));
    let refusal = scene.refused(&scene.second, release);
    assert_eq!(refusal.code, "four-eyes", "{refusal:?}");
}

#[test]
fn every_mistake_in_them_is_said_at_once_and_nothing_is_stored() {
    let scene = Scene::new(346, 120, |_| {});
    let before = set(&scene, &json!({"except": ["sun"]}));
    let wrong = json!({"zone": "Europe/Atlantis", "except": ["sun", "sun", "sonntag"]});
    let document = wrong.to_string();
    let refusal = scene.refused(&scene.first, Command::SetBlackOuts { document });
    assert_eq!(refusal.code, "invalid-black-outs");
    let found: Vec<(&str, &str)> = refusal
        .errors
        .iter()
        .map(|error| (error.path.as_str(), error.code.as_str()))
        .collect();
    assert_eq!(
        found,
        [("$.except[2]", "wrong-day"), ("$.zone", "unknown-zone")]
    );
    let Answer::Overview(overview) = scene.order(Command::Overview {}) else {
        panic!("no overview")
    };
    assert_eq!(overview.settings, before);
}

#[test]
fn the_log_says_them_and_a_configuration_takes_them_along() {
    let scene = Scene::new(347, 120, |_| {});
    let theirs = json!({"zone": "Asia/Kolkata", "except": ["sun", {"from": "2026-12-20", "to": "2027-01-03"}]});
    let settings = set(&scene, &theirs);
    assert!(settings.limits_edited.is_some());
    let entries = scene.log().into_iter();
    let entry = entries
        .map(|entry| serde_json::from_str::<Value>(&entry.entry).expect("JSON"))
        .find(|entry| entry["action"] == "set-black-outs")
        .expect("an entry");
    assert_eq!(entry["before"], json!({"blackOuts": {"zone": "UTC"}}));
    assert_eq!(entry["after"], json!({ "blackOuts": theirs }));
    let text = exported(&scene);
    assert_eq!(text["settings"]["blackOuts"], theirs);
    let new = Scene::new(348, 120, |_| {});
    bring(&new, &text.to_string());
    assert_eq!(exported(&new)["settings"]["blackOuts"], theirs);
    for (path, value, said) in [
        ("zone", json!("Europe/Atlantis"), "Europe/Atlantis"),
        ("except", json!(["sunday"]), "$.except[0]"),
    ] {
        let mut wrong = text.clone();
        wrong["settings"]["blackOuts"][path] = value;
        let commands = parts(&wrong.to_string());
        let (last, first) = commands.split_last().expect("parts");
        for command in first {
            new.order(command.clone());
        }
        let refusal = new.refused(&new.first, last.clone());
        assert!(refusal.message.contains(said), "{refusal:?}");
    }
    assert_eq!(exported(&new)["settings"]["blackOuts"], theirs);
}
