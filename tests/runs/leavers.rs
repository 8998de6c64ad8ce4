//! Policies that act on whoever stands on a list, even on people who are active: never without approval (RULES R1).

use seatkeeper::app::admin::Command;
use seatkeeper::app::records::RunState;
use serde_json::json;

use crate::give_back::is_active;
use crate::scene::Scene;

const POLICY: &str = "leaver-list";

fn import(scene: &Scene, members: &[&str]) {
    scene.order(Command::ImportList {
        name: "leavers".into(),
        members: members.iter().map(|member| (*member).to_owned()).collect(),
        part: 0,
        of: 1,
    });
}

/// Two people who are seen every day; a policy that suspends whoever is listed, and the list with the first of them.
fn listed(even_if_active: bool) -> (Scene, [String; 2]) {
    let mut scene = Scene::new(31, 300, |_| {});
    scene.prepare();
    let idle = scene.planned(&scene.started("idle-contractors", true));
    let leavers = {
        let cloud = scene.world.cloud.borrow();
        let users = cloud.organization().users.iter();
        let admins = &cloud.organization().people.org_admins;
        let mut active = users
            .map(|user| user.account_id.clone())
            .filter(|account| !idle.contains(account) && !admins.contains(account))
            .filter(|account| !scene.exempt_users.contains(account));
        [
            active.next_back().expect("one"),
            active.next_back().expect("two"),
        ]
    };
    for account in &leavers {
        let mut cloud = scene.world.cloud.borrow_mut();
        let at_once = chrono::TimeDelta::zero();
        cloud
            .log_in_reported_after(account, at_once)
            .expect("a person");
    }
    import(&scene, &[&leavers[0]]);
    scene.policy = json!({
        "version": 1, "id": POLICY, "name": "Leavers",
        "match": {"all": [{"status": ["active"]}, {"listed": "leavers"}]},
        "stages": [{"after": "0d", "do": "suspend"}],
        "limits": {"users": 1000, "percent": 50},
        "approval": "page",
    });
    if even_if_active {
        scene.policy["evenIfActive"] = json!(true);
    }
    scene.order(Command::SavePolicy {
        document: scene.policy.to_string(),
        revision: None,
    });
    (scene, leavers)
}

#[test]
fn whoever_is_listed_is_suspended_though_active_once_a_second_person_said_so() {
    let (scene, [leaver, other]) = listed(true);
    let run = scene.started(POLICY, false);
    assert_eq!(scene.planned(&run), std::slice::from_ref(&leaver));
    scene.release(&run.id);
    scene.world.deliver_all();
    assert_eq!(scene.run(&run.id).state, RunState::AwaitingApproval);
    assert!(is_active(&scene, &leaver));
    let approve = Command::ApproveRun {
        run: run.id.clone(),
        reason: "they left".into(),
        hold_out: Vec::new(),
    };
    let refused = scene.refused(&scene.first, approve);
    assert_eq!(refused.code, "four-eyes", "{refused:?}");
    scene.approve(&run.id);
    let run = scene.run(&run.id);
    assert_eq!(run.state, RunState::Done, "{run:?}");
    assert!(!is_active(&scene, &leaver) && is_active(&scene, &other));
}

#[test]
fn whoever_left_the_list_before_the_action_is_let_be() {
    let (scene, [leaver, other]) = listed(true);
    let run = scene.started(POLICY, false);
    scene.release(&run.id);
    import(&scene, &[&other]);
    scene.approve(&run.id);
    assert!(is_active(&scene, &leaver) && is_active(&scene, &other));
    let run = scene.run(&run.id);
    assert_eq!(run.counts.acted, 0, "{run:?}");
}

#[test]
fn without_it_whoever_is_active_is_let_be() {
    let (scene, [leaver, _]) = listed(false);
    let run = scene.started(POLICY, true);
    assert!(scene.planned(&run).is_empty());
    let lines = scene.lines(&run).into_iter().map(|line| line.person);
    let mut lines = lines.filter(|person| person.account.0 == leaver);
    let reason = lines.next().expect("their line").reason;
    assert!(reason.starts_with("active-elsewhere"), "{reason}");
}
