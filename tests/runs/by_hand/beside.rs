//! What a run by hand leaves to others: it explains nothing that somebody else did, and keeps nothing from being taken back.

use cloud::organization::Standing;
use seatkeeper::app::admin::Errand;
use seatkeeper::app::records::{ForeignAct, RunState};

use super::{act_on, approve, begun, even_if_active, managed, scene, suspend, undo};
use crate::foreign::{pass, read, set, unexplained};

#[test]
fn revoked_tokens_explain_no_restoration() {
    let scene = scene(21);
    let owner = managed(&scene, |user| user.tokens.is_some())[..1].to_vec();
    read(&scene);
    set(&scene, &owner[0], Standing::Suspended);
    read(&scene);
    let run = begun(&scene, act_on(&owner, Errand::RevokeTokens {}));
    let done = approve(&scene, &run);
    assert_eq!(done.state, RunState::Done, "{:?}", scene.lines(&done));
    assert_eq!(done.counts.verified, 1, "{:?}", scene.lines(&done));
    set(&scene, &owner[0], Standing::Active);
    read(&scene);
    let acts: Vec<ForeignAct> = unexplained(&scene)
        .into_iter()
        .filter(|named| named.change.account.0 == owner[0])
        .map(|named| named.change.act)
        .collect();
    assert_eq!(acts, [ForeignAct::Restored, ForeignAct::Suspended]);
}

#[test]
fn a_suspension_is_taken_back_although_tokens_were_revoked_since() {
    let scene = scene(22);
    let owner = managed(&scene, |user| user.tokens.is_some())[..1].to_vec();
    let run = begun(&scene, even_if_active(act_on(&owner, suspend())));
    let suspended = approve(&scene, &run);
    assert_eq!(suspended.counts.verified, 1, "{suspended:?}");
    pass(&scene, 25);
    let run = begun(&scene, act_on(&owner, Errand::RevokeTokens {}));
    let revoked = approve(&scene, &run);
    assert_eq!(revoked.counts.verified, 1, "{:?}", scene.lines(&revoked));
    let undone = undo(&scene, &suspended);
    assert_eq!(undone.counts.verified, 1, "{:?}", scene.lines(&undone));
}
