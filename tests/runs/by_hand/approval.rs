//! Who approves runs by hand.

use seatkeeper::app::admin::{Answer, Command};
use seatkeeper::app::records::{Run, RunState};

use super::{act_on, approve, begun, even_if_active, plain, scene, suspend};

#[test]
fn a_policys_run_clears_nobody_to_approve_runs_by_hand() {
    let scene = scene(30);
    let chosen = plain(&scene, |_| true);
    scene.order(Command::SetLimits {
        percent_per_day: 50,
    });
    let pass = || {
        let minute = std::time::Duration::from_secs(60);
        scene.world.cloud.borrow().clock().advance(minute);
    };
    pass();
    let held = scene.tick_until_held();
    scene.release(&held.id);
    scene.world.deliver_all();
    assert_eq!(scene.run(&held.id).state, RunState::Done);

    let approval = |run: &Run| Command::ApproveRun {
        run: run.id.clone(),
        reason: "looked at the plan".into(),
        hold_out: vec![],
    };
    let asked_by_second = |account: &String| {
        let command = even_if_active(act_on(std::slice::from_ref(account), suspend()));
        match scene.world.command(&scene.second, command) {
            Ok(Answer::Run(run)) => {
                scene.world.deliver_all();
                scene.run(&run.id)
            }
            other => panic!("{other:?}"),
        }
    };
    let run = asked_by_second(&chosen[0]);
    let refusal = scene.refused(&scene.first, approval(&run));
    assert_eq!(refusal.code, "four-eyes", "{refusal:?}");
    let why = refusal.hint.unwrap_or_default();
    assert!(why.contains("changed a limit"), "{why}");

    // Of two people each approves what the other one asks for; that looks at the limit, too.
    pass();
    let own = even_if_active(act_on(&chosen[1..2], suspend()));
    let own = begun(&scene, own);
    assert_eq!(approve(&scene, &own).state, RunState::Done);
    pass();
    let run = asked_by_second(&chosen[2]);
    scene.order(approval(&run));
    scene.world.deliver_all();
    assert_eq!(scene.run(&run.id).state, RunState::Done);
}
