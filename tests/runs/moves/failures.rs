//! Calls that fail: for a while, for good, in part, or without a clear answer.

use cloud::faults::{FaultKind, Faults};
use cloud::organization::Product;
use cloud::switches::InvitationLands;
use seatkeeper::app::admin::Command;
use seatkeeper::app::records::MoveState;
use seatkeeper::model::{GroupId, HOUR};

use super::{
    WHOLE_COURSE, approval, approved, assert_log, begin, effects, found, movable, only, outcomes,
    scene, suspensions, tick_after, wish,
};

#[test]
fn refused_invitations_end_the_move_in_words() {
    type Change = fn(&mut cloud::Cloud);
    let unpaid: Change = |cloud| cloud.set_paid(false);
    let full: Change = |cloud| cloud.set_capacity(1, Product::JiraSoftware, Some(0));
    let forbidden: Change = |cloud| {
        cloud.set_faults(Faults::planned("users.invite", FaultKind::Forbidden));
    };
    for (change, why) in [
        (unpaid, "no paid subscription"),
        (full, "no seat of a product is left"),
        (forbidden, "does not allow it"),
    ] {
        let scene = scene(16, InvitationLands::AtOnce);
        let account = movable(&scene).remove(0);
        let id = approved(&scene, &account);
        change(&mut scene.world.cloud.borrow_mut());
        scene.world.deliver_all();
        let failed = found(&scene, &id);
        assert_eq!(failed.state, MoveState::Failed, "{failed:?}");
        let message = failed.message.expect("a message");
        assert!(message.contains(why), "{message}");
        assert_eq!(effects(&scene, &account), []);
        let expected = [
            ("begin-move", "done"),
            ("approve-move", "done"),
            ("invite", "intent"),
            ("invite", "failed"),
        ];
        assert_log(&scene, &account, &expected, why);
        // Another attempt is another move.
        begin(&scene, &account);
    }
}

#[test]
fn a_part_that_fails_is_said() {
    let scene = scene(17, InvitationLands::AtOnce);
    let account = movable(&scene).remove(0);
    let synced = {
        let cloud = scene.world.cloud.borrow();
        let organization = cloud.organization();
        let mut groups = organization.groups.iter();
        let group = groups.find(|group| group.external_synced && group.grants.is_empty());
        group.expect("a group").id.clone()
    };
    let mut command = wish(&scene, &account);
    if let Command::BeginMove { groups, .. } = &mut command {
        *groups = Some(vec![GroupId(synced.clone())]);
    }
    let begun = only(Ok(scene.order(command)));
    only(scene.world.command(&scene.second, approval(&begun.id)));
    scene.world.deliver_all();
    let invited = outcomes(&scene, &account);
    assert!(invited.contains(&(String::from("invite"), String::from("done"))));
    let told = scene
        .log()
        .into_iter()
        .any(|stored| stored.entry.contains("without the group") && stored.entry.contains(&synced));
    assert!(told, "nobody was told of the group");
    assert_eq!(found(&scene, &begun.id).state, MoveState::Done);
}

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

#[test]
fn a_passing_failure_of_any_call_changes_nothing_about_the_result() {
    let start = scene(18, InvitationLands::AtOnce);
    let account = movable(&start).remove(0);
    let id = approved(&start, &account);
    for operation in [
        "users.search",
        "users.invite",
        "users.suspend",
        "users.roleAssignments",
    ] {
        for kind in PASSING {
            let scene = start.copy();
            let faults = Faults::planned(operation, kind);
            scene.world.cloud.borrow_mut().set_faults(faults);
            scene.world.deliver_all();
            tick_after(&scene, 2 * HOUR);
            let when = format!("{operation} {kind:?}");
            let done = found(&scene, &id);
            assert_eq!(done.state, MoveState::Done, "{when}: {done:?}");
            assert_eq!(suspensions(&scene, &account), 1, "{when}");
            assert_log(&scene, &account, &WHOLE_COURSE, &when);
        }
    }
}

#[test]
fn what_is_never_answered_clearly_is_given_up() {
    let start = scene(19, InvitationLands::Nowhere);
    let account = movable(&start).remove(0);
    let id = approved(&start, &account);
    let mut faults = Faults::planned("users.invite", FaultKind::ServerErrorBefore);
    faults.planned[0].times = 100;
    start.world.cloud.borrow_mut().set_faults(faults);
    start.world.deliver_all();
    let failed = found(&start, &id);
    assert_eq!(failed.state, MoveState::Failed, "{failed:?}");
    let traffic = start.world.traffic.borrow();
    let calls = traffic
        .iter()
        .filter(|(request, _)| request.path.ends_with("/invite"));
    assert_eq!(calls.count(), 3);
}
