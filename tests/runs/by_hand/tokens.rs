//! Revoking API tokens: every one of a person's, and none comes back.

use seatkeeper::app::admin::Errand;
use seatkeeper::app::records::RunState;
use seatkeeper::plan::Fate;

use super::{act_on, approve, begun, contractor, line, managed, scene, undo, user};

#[test]
fn every_token_is_revoked_and_none_comes_back() {
    let scene = scene(7);
    let owners = managed(&scene, |user| user.tokens.is_some());
    let without = managed(&scene, |user| user.tokens.is_none())[0].clone();
    let external = contractor(&scene);
    let chosen = [
        owners[0].clone(),
        owners[1].clone(),
        without.clone(),
        external.clone(),
    ];
    let run = begun(&scene, act_on(&chosen, Errand::RevokeTokens {}));
    assert_eq!(
        run.state,
        RunState::AwaitingApproval,
        "{:?}",
        scene.lines(&run)
    );
    let (fate, why) = line(&scene, &run, &external);
    assert_eq!(fate, Fate::Skipped);
    assert!(why.contains("external account"), "{why}");
    let done = approve(&scene, &run);
    assert_eq!(done.state, RunState::Done, "{:?}", scene.lines(&done));
    assert_eq!((done.counts.verified, done.counts.skipped), (2, 2));
    let (fate, why) = line(&scene, &done, &without);
    assert_eq!(fate, Fate::Skipped);
    assert!(why.contains("no API token"), "{why}");
    for owner in &chosen[..2] {
        assert!(
            user(&scene, owner)
                .tokens
                .is_none_or(|tokens| tokens.is_empty())
        );
    }
    let undone = undo(&scene, &done);
    assert_eq!(undone.counts.planned, 0, "{undone:?}");
    let (_, why) = line(&scene, &undone, &owners[0]);
    assert!(why.contains("do not come back"), "{why}");
}
