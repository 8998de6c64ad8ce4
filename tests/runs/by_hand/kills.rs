//! A run by hand may be killed anywhere: what it ends in is what it would have ended in.

use seatkeeper::app::admin::Errand;
use seatkeeper::app::records::RunState;
use seatkeeper::plan::Act;

use super::{act_on, approve, begun, managed, scene, set_email, undo, user};
use crate::in_process::Kills;

#[test]
fn a_kill_anywhere_changes_nothing() {
    let mut killed = 0;
    for seed in 1..4 {
        let scene = scene(seed);
        let owners = managed(&scene, |user| user.tokens.is_some() && !user.synced);
        let chosen = owners[..2].to_vec();
        let before: Vec<String> = chosen.iter().map(|one| user(&scene, one).email).collect();
        scene.world.kills.set(Kills::OneIn(2));
        let revoked = approve(
            &scene,
            &begun(&scene, act_on(&chosen, Errand::RevokeTokens {})),
        );
        assert_eq!(revoked.state, RunState::Done, "{:?}", scene.lines(&revoked));
        assert_eq!(revoked.counts.verified, 2, "{:?}", scene.lines(&revoked));
        let errand = set_email(&["one@acme.example", "two@acme.example"]);
        let set = approve(&scene, &begun(&scene, act_on(&chosen, errand)));
        assert_eq!(set.state, RunState::Done, "{:?}", scene.lines(&set));
        assert_eq!(set.counts.verified, 2, "{:?}", scene.lines(&set));
        assert_eq!(user(&scene, &chosen[0]).email, "one@acme.example");
        let undone = approve(&scene, &undo(&scene, &set));
        assert_eq!(undone.counts.verified, 2, "{:?}", scene.lines(&undone));
        for (one, email) in chosen.iter().zip(&before) {
            let now = user(&scene, one);
            assert_eq!(now.email, *email);
            assert!(now.tokens.is_none_or(|tokens| tokens.is_empty()));
        }
        for line in scene.lines(&undone) {
            assert!(matches!(line.person.acts[..], [Act::SetEmail { .. }]));
        }
        // Nothing was called twice that was done once.
        let effects: Vec<String> = scene
            .world
            .cloud
            .borrow()
            .effects()
            .iter()
            .map(|effect| format!("{effect:?}"))
            .filter(|text| text.contains("tokenDeleted"))
            .collect();
        let mut once = effects.clone();
        once.dedup();
        assert_eq!(effects, once);
        killed += scene.world.killed.get();
    }
    assert!(killed > 3, "{killed}");
}
