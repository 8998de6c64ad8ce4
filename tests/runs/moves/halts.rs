//! While everything is stopped or the experiment is off, nothing new is done, and what is out is settled.

use cloud::faults::{FaultKind, Faults};
use cloud::switches::InvitationLands;
use seatkeeper::app::admin::Command;
use seatkeeper::app::records::MoveState;
use seatkeeper::model::HOUR;

use super::{
    approved, deliver_one, effects, found, movable, outcomes, pass, scene, suspensions, switch,
    tick_after, wish,
};
use crate::in_process::Ending;
use crate::scene::Scene;

#[test]
fn nothing_is_done_while_everything_is_stopped_or_the_experiment_is_off() {
    let stop = |scene: &Scene, stopped: bool| {
        scene.order(Command::SetStopped { stopped });
    };
    let off = |scene: &Scene, is_off: bool| switch(scene, !is_off);
    type Halt<'a> = &'a dyn Fn(&Scene, bool);
    let halts: [Halt<'_>; 2] = [&stop, &off];
    for halt in halts {
        let scene = scene(11, InvitationLands::OnceAccepted);
        let people = movable(&scene);
        let account = &people[0];
        let id = approved(&scene, account);
        halt(&scene, true);
        scene.world.deliver_all();
        tick_after(&scene, 2 * HOUR);
        assert_eq!(found(&scene, &id).state, MoveState::Inviting);
        assert_eq!(effects(&scene, account), []);
        let refusal = scene.refused(&scene.first, wish(&scene, &people[1]));
        assert_eq!(refusal.code, "wrong-state");

        halt(&scene, false);
        tick_after(&scene, 2 * HOUR);
        assert_eq!(found(&scene, &id).state, MoveState::Invited);
        // Also right before the suspension.
        scene.world.cloud.borrow_mut().accept_invitations(account);
        halt(&scene, true);
        tick_after(&scene, 2 * HOUR);
        assert_eq!(suspensions(&scene, account), 0);
        halt(&scene, false);
        tick_after(&scene, 2 * HOUR);
        assert_eq!(found(&scene, &id).state, MoveState::Done);
    }
}

#[test]
fn stopping_in_the_middle_of_a_job_holds_the_next_call() {
    let start = scene(12, InvitationLands::OnceAccepted);
    let account = movable(&start).remove(0);
    let id = approved(&start, &account);
    start.world.deliver_all();
    start.world.cloud.borrow_mut().accept_invitations(&account);
    pass(&start, 2 * HOUR);
    assert_eq!(start.world.tick(None), Ending::Value(Ok(())));
    for passing in 0..6 {
        let scene = start.copy();
        let delivery = loop {
            let delivery = scene
                .world
                .cloud
                .borrow_mut()
                .next_delivery()
                .expect("a job");
            if delivery.invocation.payload.to_string().contains("moves") {
                break delivery;
            }
            let outcome = scene.world.deliver(&delivery.invocation);
            scene.world.cloud.borrow_mut().finish(delivery.id, outcome);
        };
        let job = delivery.invocation.payload["body"]["job"]
            .as_str()
            .expect("a job")
            .to_owned();
        let host = scene.world.host(900, None);
        let first = scene.first.clone();
        crate::in_process::around(
            async {
                seatkeeper::app::work(&host, seatkeeper::host::Queue::Work, &job).await;
            },
            passing * 12,
            || {
                let stopped = scene
                    .world
                    .command(&first, Command::SetStopped { stopped: true });
                assert!(stopped.is_ok(), "{stopped:?}");
            },
        );
        let after = found(&scene, &id);
        let was_suspended = suspensions(&scene, &account) == 1;
        let was_intended = matches!(after.state, MoveState::Suspending | MoveState::Done);
        assert_eq!(was_suspended, was_intended, "{passing}: {after:?}");
    }
}

#[test]
fn a_call_that_is_out_is_settled_while_everything_is_stopped_or_the_experiment_is_off() {
    let stop: &dyn Fn(&Scene) = &|scene| {
        scene.order(Command::SetStopped { stopped: true });
    };
    let off: &dyn Fn(&Scene) = &|scene| switch(scene, false);
    for halt in [stop, off] {
        for (kind, state, outcome, suspended) in [
            (FaultKind::ServerErrorAfter, MoveState::Done, "done", 1),
            (FaultKind::ServerErrorBefore, MoveState::Failed, "failed", 0),
            (
                FaultKind::TooManyRequests,
                MoveState::Invited,
                "not-done",
                0,
            ),
        ] {
            let scene = scene(26, InvitationLands::AtOnce);
            let account = movable(&scene).remove(0);
            let id = approved(&scene, &account);
            let faults = Faults::planned("users.suspend", kind);
            scene.world.cloud.borrow_mut().set_faults(faults);
            while found(&scene, &id).state != MoveState::Suspending {
                deliver_one(&scene);
            }
            halt(&scene);
            scene.world.deliver_all();
            tick_after(&scene, 2 * HOUR);
            let settled = found(&scene, &id);
            assert_eq!(settled.state, state, "{kind:?}: {settled:?}");
            assert_eq!(settled.call, None, "{kind:?}");
            assert_eq!(suspensions(&scene, &account), suspended, "{kind:?}");
            let logged = outcomes(&scene, &account);
            let last = logged.last().expect("an entry");
            assert_eq!((last.0.as_str(), last.1.as_str()), ("suspend", outcome));
            let intents = logged.iter().filter(|(_, outcome)| outcome == "intent");
            assert_eq!(intents.count(), 2, "{kind:?}");
            if state == MoveState::Invited {
                scene.order(Command::SetStopped { stopped: false });
                switch(&scene, true);
                tick_after(&scene, 2 * HOUR);
                assert_eq!(found(&scene, &id).state, MoveState::Done);
            }
        }
    }
}
