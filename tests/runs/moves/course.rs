//! The course of a move: the invitation, the waiting, the suspension, and its end where nobody accepts or decides.

use cloud::organization::Standing;
use cloud::switches::InvitationLands;
use seatkeeper::app::admin::{Answer, Command};
use seatkeeper::app::records::MoveState;
use seatkeeper::model::{DAY, HOUR};

use super::{
    WHOLE_COURSE, approved, assert_log, begin, deliver_one, directory, effects, found, jira_on,
    movable, outcomes, pass, scene, standings, suspensions, tick_after,
};
use crate::in_process::Ending;
use crate::scene::Scene;

#[test]
fn a_person_is_invited_seen_and_suspended() {
    for seed in 1..=4 {
        let scene = scene(seed, InvitationLands::AtOnce);
        let account = movable(&scene).remove(0);
        let id = approved(&scene, &account);
        assert_eq!(effects(&scene, &account), []);
        scene.world.deliver_all();
        let done = found(&scene, &id);
        assert_eq!(done.state, MoveState::Done, "{done:?}");
        assert_eq!(done.to, Some(directory(&scene, 1)));
        assert_eq!((done.call, done.approved.is_some()), (None, true));
        let message = done.message.expect("a message");
        assert!(message.contains("restore the person"), "{message}");
        assert_eq!(
            effects(&scene, &account),
            [
                ("invited", Some(directory(&scene, 1).0)),
                ("suspended", Some(directory(&scene, 0).0))
            ]
        );
        let expected = [(0, Standing::Suspended), (1, Standing::Active)];
        assert_eq!(standings(&scene, &account), expected);
        assert_log(&scene, &account, &WHOLE_COURSE, "the whole course");

        // Ours is no change by somebody else, and nothing more follows.
        tick_after(&scene, 2 * DAY);
        match scene.order(Command::UnexplainedChanges {}) {
            Answer::Unexplained(list) => assert_eq!(list.changes, []),
            other => panic!("{other:?}"),
        }
        assert_eq!(effects(&scene, &account).len(), 2);
    }
}

#[test]
fn whoever_must_agree_is_waited_for() {
    let scene = scene(5, InvitationLands::OnceAccepted);
    let account = movable(&scene).remove(0);
    let id = approved(&scene, &account);
    scene.world.deliver_all();
    for _ in 0..3 {
        tick_after(&scene, HOUR);
        assert_eq!(found(&scene, &id).state, MoveState::Invited);
    }
    let searches = |scene: &Scene| {
        let traffic = scene.world.traffic.borrow();
        let all = traffic.iter().filter(|(request, _)| {
            String::from_utf8_lossy(&request.body).contains(&account)
                && request.path.ends_with("/users/search")
        });
        all.count()
    };
    let before = searches(&scene);
    tick_after(&scene, HOUR);
    assert_eq!(searches(&scene) - before, 2, "one call for each directory");
    assert_eq!(suspensions(&scene, &account), 0);
    let accepted = scene.world.cloud.borrow_mut().accept_invitations(&account);
    assert_eq!(accepted, 1);
    pass(&scene, 10);
    tick_after(&scene, HOUR);
    assert_eq!(found(&scene, &id).state, MoveState::Done);
    assert_eq!(suspensions(&scene, &account), 1);
    assert_log(&scene, &account, &WHOLE_COURSE, "accepted");
}

#[test]
fn a_move_expires_after_exactly_30_days() {
    let scene = scene(6, InvitationLands::OnceAccepted);
    let people = movable(&scene);
    let id = approved(&scene, &people[0]);
    scene.world.deliver_all();
    let invited = found(&scene, &id);
    assert_eq!(invited.state, MoveState::Invited);
    let undecided = begin(&scene, &people[1]);
    for (found_at, waiting, account, why) in [
        (
            &invited,
            MoveState::Invited,
            &people[0],
            "not seen in the other directory within 30 days",
        ),
        (
            &undecided,
            MoveState::AwaitingApproval,
            &people[1],
            "nobody decided on it within 30 days",
        ),
    ] {
        let end = found_at.since.plus(30 * DAY);
        for (early, expected) in [(1, waiting), (0, MoveState::Expired)] {
            let scene = scene.copy();
            let now: chrono::DateTime<chrono::Utc> = scene.world.cloud.borrow().now();
            pass(&scene, end.0 - now.timestamp() - early);
            // Whoever comes in at the last moment is late all the same where the time is over.
            assert_eq!(scene.world.tick(None), Ending::Value(Ok(())));
            let after = found(&scene, &found_at.id);
            assert_eq!(after.state, expected, "{early} {after:?}");
            if expected == MoveState::Expired {
                let message = after.message.expect("a message");
                assert!(message.contains(why), "{message}");
                scene.world.cloud.borrow_mut().accept_invitations(account);
                scene.world.deliver_all();
                tick_after(&scene, 2 * HOUR);
                assert_eq!(suspensions(&scene, account), 0);
                let logged = outcomes(&scene, account);
                let last = logged.last().expect("an entry");
                assert_eq!(last.0, "expire-move");
            }
        }
    }
}

#[test]
fn an_accepted_suspension_that_shows_no_standing_yet_is_looked_at_again() {
    let scene = scene(27, InvitationLands::AtOnce);
    let account = movable(&scene).remove(0);
    let id = approved(&scene, &account);
    // The product of the other directory, and nothing about the old one.
    let none = serde_json::json!({
        "data": [{
            "resourceId": jira_on(&scene, 1), "directoryId": directory(&scene, 1),
            "roles": ["atlassian/user"],
        }],
        "links": {},
    });
    let none = cloud::Response::json(200, &none);
    let staged = &scene.world.staged;
    staged
        .borrow_mut()
        .push((String::from("/role-assignments"), none));
    while suspensions(&scene, &account) == 0 {
        deliver_one(&scene);
    }
    let waiting = found(&scene, &id);
    assert_eq!(waiting.state, MoveState::Suspending, "{waiting:?}");
    let late = scene.copy();
    staged.borrow_mut().clear();
    scene.world.deliver_all();
    let done = found(&scene, &id);
    assert_eq!(done.state, MoveState::Done);
    let message = done.message.expect("a message");
    assert!(
        message.starts_with("seen in the new directory"),
        "{message}"
    );

    late.world.deliver_all();
    let done = found(&late, &id);
    assert_eq!(done.state, MoveState::Done);
    let message = done.message.expect("a message");
    assert!(message.contains("tells no standing"), "{message}");
    assert!(done.since.since(waiting.since) >= 100);
}
