//! Who decides on a move, and until when it can be called off.

use cloud::organization::{PlatformRole, User};
use cloud::switches::InvitationLands;
use seatkeeper::app::admin::Command;
use seatkeeper::app::records::{Experiments, MoveState};
use seatkeeper::model::{DAY, HOUR};

use super::{
    approval, approved, begin, effects, movable, only, pass, scene, suspensions, tick_after, wish,
};

#[test]
fn a_second_person_approves() {
    let scene = scene(13, InvitationLands::AtOnce);
    let people = movable(&scene);
    let begun = begin(&scene, &people[0]);
    let refusal = scene.refused(&scene.first, approval(&begun.id));
    assert_eq!(refusal.code, "four-eyes", "{refusal:?}");
    let nobody = scene.world.cloud.borrow().organization().people.ordinary[0].clone();
    for command in [
        approval(&begun.id),
        wish(&scene, &people[1]),
        Command::Moves {},
        Command::SetExperiments {
            experiments: Experiments { moving: false },
        },
    ] {
        assert_eq!(scene.refused(&nobody, command).code, "not-allowed");
    }
    // Whoever asked for it may take it back.
    let rejection = |id: &str| Command::RejectMove {
        id: id.to_owned(),
        reason: "not meant".into(),
    };
    let rejected = only(Ok(scene.order(rejection(&begun.id))));
    assert_eq!(rejected.state, MoveState::Rejected);
    for command in [approval(&begun.id), rejection(&begun.id)] {
        assert_eq!(scene.refused(&scene.second, command).code, "wrong-state");
    }
    assert_eq!(
        scene.refused(&scene.second, approval("no-such")).code,
        "not-found"
    );
    scene.world.deliver_all();
    assert_eq!(effects(&scene, &people[0]), []);

    // Whoever loosened since what holds it is no second person either.
    let begun = begin(&scene, &people[0]);
    let limits = Command::SetLimits {
        percent_per_day: 50,
    };
    let loosened = scene.world.command(&scene.second, limits);
    assert!(loosened.is_ok(), "{loosened:?}");
    let refusal = scene.refused(&scene.second, approval(&begun.id));
    assert_eq!(refusal.code, "four-eyes", "{refusal:?}");
}

#[test]
fn the_only_administrator_approves_a_day_later() {
    let scene = scene(14, InvitationLands::AtOnce);
    let account = movable(&scene).remove(0);
    {
        let mut cloud = scene.world.cloud.borrow_mut();
        let is_one = |user: &&User| user.platform_roles.contains(&PlatformRole::OrgAdmin);
        let users = cloud.organization().users.iter().filter(is_one);
        let others: Vec<String> = users.map(|user| user.account_id.clone()).collect();
        for other in others.iter().filter(|other| **other != scene.first) {
            cloud.set_org_admin(other, false).expect("a person");
        }
        let unknown: Vec<String> = cloud
            .organization()
            .users
            .iter()
            .filter(|user| user.missing.platform_roles)
            .map(|user| user.account_id.clone())
            .collect();
        for other in unknown {
            let told = cloud.change_user(&other, |user| user.missing.platform_roles = false);
            told.expect("a person");
        }
    }
    pass(&scene, 60);
    scene.order(Command::StartSync {});
    scene.world.deliver_all();
    let begun = begin(&scene, &account);
    assert_eq!(
        scene.refused(&scene.first, approval(&begun.id)).code,
        "four-eyes"
    );
    pass(&scene, DAY);
    let decided = only(Ok(scene.order(approval(&begun.id))));
    assert!(decided.approved.expect("an approval").single_handed);
}

#[test]
fn a_move_can_be_called_off_until_the_person_is_suspended() {
    let scene = scene(15, InvitationLands::OnceAccepted);
    let account = movable(&scene).remove(0);
    let id = approved(&scene, &account);
    scene.world.deliver_all();
    let cancel = Command::CancelMove {
        id: id.clone(),
        reason: "stays after all".into(),
    };
    let cancelled = only(Ok(scene.order(cancel.clone())));
    assert_eq!(cancelled.state, MoveState::Cancelled);
    assert!(
        cancelled
            .message
            .expect("a message")
            .contains("the invitation stands")
    );
    scene.world.cloud.borrow_mut().accept_invitations(&account);
    tick_after(&scene, 2 * HOUR);
    assert_eq!(suspensions(&scene, &account), 0);
    assert_eq!(scene.refused(&scene.first, cancel).code, "wrong-state");
}

#[test]
fn what_was_loosened_before_a_move_was_asked_for_makes_a_requester_until_another_one_is_approved() {
    let scene = scene(25, InvitationLands::AtOnce);
    let people = movable(&scene);
    let limits = Command::SetLimits {
        percent_per_day: 50,
    };
    let loosened = scene.world.command(&scene.second, limits);
    assert!(loosened.is_ok(), "{loosened:?}");
    pass(&scene, 60);
    let begun = begin(&scene, &people[0]);
    let refusal = scene.refused(&scene.second, approval(&begun.id));
    assert_eq!(refusal.code, "four-eyes", "{refusal:?}");

    // Of two people each approves what the other one asks for; that looks at the limit, too.
    let theirs = only(scene.world.command(&scene.second, wish(&scene, &people[1])));
    only(Ok(scene.order(approval(&theirs.id))));
    let decided = only(scene.world.command(&scene.second, approval(&begun.id)));
    assert_eq!(decided.state, MoveState::Inviting);
}
