//! Whatever is killed, delivered twice or hangs: a move ends in what it would have ended in.

use cloud::faults::Faults;
use cloud::switches::InvitationLands;
use seatkeeper::app::records::MoveState;
use seatkeeper::model::HOUR;

use super::{
    WHOLE_COURSE, approval, approved, assert_log, begin, effects, found, movable, only, scene,
    suspensions, tick_after,
};
use crate::in_process::Kills;

#[test]
fn a_kill_at_any_await_changes_nothing_about_the_result() {
    let start = scene(7, InvitationLands::AtOnce);
    let account = movable(&start).remove(0);
    let id = approved(&start, &account);
    let mut awaits = 0;
    loop {
        awaits += 1;
        let scene = start.copy();
        scene.world.kills.set(Kills::AtAwait(awaits));
        scene.world.deliver_all();
        scene.world.kills.set(Kills::None);
        tick_after(&scene, 2 * HOUR);
        let done = found(&scene, &id);
        assert_eq!(done.state, MoveState::Done, "killed at {awaits}: {done:?}");
        assert_eq!(suspensions(&scene, &account), 1, "killed at {awaits}");
        assert_log(
            &scene,
            &account,
            &WHOLE_COURSE,
            &format!("killed at {awaits}"),
        );
        if scene.world.killed.get() == 0 {
            break;
        }
    }
    assert!(awaits > 60, "only {awaits} awaits");
}

#[test]
fn orders_killed_at_any_await_and_given_again_are_carried_out_once() {
    let start = scene(8, InvitationLands::AtOnce);
    let account = movable(&start).remove(0);
    let begun = begin(&start, &account);
    let mut awaits = 0;
    loop {
        awaits += 1;
        let scene = start.copy();
        let was_killed = {
            let (world, second) = (&scene.world, &scene.second);
            world.command_killed_at(second, approval(&begun.id), awaits)
        };
        // Whoever sees that it was not carried out gives it again.
        if found(&scene, &begun.id).state == MoveState::AwaitingApproval {
            only(scene.world.command(&scene.second, approval(&begun.id)));
        }
        scene.world.deliver_all();
        let done = found(&scene, &begun.id);
        assert_eq!(done.state, MoveState::Done, "killed at {awaits}: {done:?}");
        assert_log(
            &scene,
            &account,
            &WHOLE_COURSE,
            &format!("killed at {awaits}"),
        );
        if !was_killed {
            break;
        }
    }
    assert!(awaits > 5, "only {awaits} awaits");
}

#[test]
fn jobs_delivered_twice_do_everything_once() {
    let scene = scene(9, InvitationLands::AtOnce);
    let faults = Faults {
        duplicate_delivery: 1.0,
        ..Faults::default()
    };
    scene.world.cloud.borrow_mut().set_faults(faults);
    let account = movable(&scene).remove(0);
    let id = approved(&scene, &account);
    scene.world.deliver_all();
    tick_after(&scene, 2 * HOUR);
    assert_eq!(found(&scene, &id).state, MoveState::Done);
    assert_eq!(effects(&scene, &account).len(), 2);
    assert_log(&scene, &account, &WHOLE_COURSE, "twice");
}

#[test]
fn a_worker_that_hangs_does_nothing_after_another_one_took_over() {
    let start = scene(10, InvitationLands::AtOnce);
    let account = movable(&start).remove(0);
    let id = approved(&start, &account);
    let mut awaits = 0;
    loop {
        awaits += 3;
        let scene = start.copy();
        let hung = scene.world.deliver_around_a_zombie(awaits);
        scene.world.deliver_all();
        tick_after(&scene, 2 * HOUR);
        let done = found(&scene, &id);
        assert_eq!(done.state, MoveState::Done, "hung at {awaits}: {done:?}");
        // A call that hung may come through late; it changes nothing then, and nothing is logged twice.
        assert_eq!(suspensions(&scene, &account), 1, "hung at {awaits}");
        assert_log(
            &scene,
            &account,
            &WHOLE_COURSE,
            &format!("hung at {awaits}"),
        );
        if !hung {
            break;
        }
    }
}
