//! Tokens that are gone are known for gone, wherever the run that revoked them was killed.

use std::collections::BTreeSet;

use seatkeeper::app::admin::Errand;
use seatkeeper::app::records::RunState;
use serde_json::Value;

use crate::by_hand::{act_on, approve, begun, managed, scene};
use crate::in_process::Kills;
use crate::scene::Scene;

fn outcomes(scene: &Scene, account: &str) -> Vec<Value> {
    let entries = scene.log().into_iter();
    entries
        .map(|entry| serde_json::from_str(&entry.entry).expect("JSON"))
        .filter(|entry: &Value| entry["subject"] == account && entry["action"] == "revoke-tokens")
        .filter(|entry| entry["outcome"] != "intent")
        .collect()
}

#[test]
fn a_kill_at_any_await_after_the_approval_revokes_each_token_once_and_says_so_once() {
    let scene = scene(41);
    let owner = managed(&scene, |user| user.tokens.is_some())[0].clone();
    let run = begun(
        &scene,
        act_on(std::slice::from_ref(&owner), Errand::RevokeTokens {}),
    );
    let (mut awaits, mut killed) = (1, 0);
    loop {
        let copy = scene.copy();
        copy.world.kills.set(Kills::AtAwait(awaits));
        let done = approve(&copy, &run);
        assert_eq!(
            (done.state, done.counts.verified),
            (RunState::Done, 1),
            "killed at {awaits}: {:?}",
            copy.lines(&done)
        );
        let outcomes = outcomes(&copy, &owner);
        let said: Vec<&str> = outcomes
            .iter()
            .map(|entry| entry["outcome"].as_str().expect("an outcome"))
            .collect();
        assert_eq!(said, ["done"], "killed at {awaits}");
        let effects: Vec<String> = {
            let cloud = copy.world.cloud.borrow();
            let effects = cloud.effects().iter();
            effects
                .map(|effect| format!("{effect:?}"))
                .filter(|text| text.contains("tokenDeleted"))
                .collect()
        };
        assert!(!effects.is_empty());
        let once: BTreeSet<&String> = effects.iter().collect();
        assert_eq!(once.len(), effects.len(), "killed at {awaits}");
        if copy.world.killed.get() == 0 {
            break;
        }
        killed += copy.world.killed.get();
        awaits += 2;
    }
    assert!(killed > 20, "{killed}");
}
