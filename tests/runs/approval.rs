//! Approvals: who may approve a frozen plan, what is held out of it, what expires, and how one run is aborted.

use std::time::Duration;

use seatkeeper::app::admin::{Answer, Command, Refusal, Role};
use seatkeeper::app::records::{RoleGroup, Roles, Run, RunState};
use seatkeeper::model::GroupId;
use seatkeeper::plan::{Fate, GuardCode};
use serde_json::{Value, json};

use crate::in_process::{Ending, Kills};
use crate::scene::{Scene, group_ids};

const DAY: u64 = 24 * 3_600;

fn approve(run: &Run, hold_out: &[u32]) -> Command {
    Command::ApproveRun {
        run: run.id.clone(),
        reason: "looked at the plan".into(),
        hold_out: hold_out.to_vec(),
    }
}

fn abort(run: &Run) -> Command {
    Command::AbortRun {
        run: run.id.clone(),
        reason: "the wrong quarter".into(),
    }
}

/// A scene whose policy wants an approval on the page.
fn scene(seed: u64, users: usize) -> Scene {
    let mut scene = Scene::new(seed, users, |_| {});
    scene.policy["approval"] = json!("page");
    scene.prepare();
    scene
}

/// The same with a run that was released and awaits its approval.
fn awaiting(seed: u64, users: usize) -> (Scene, Run) {
    let scene = scene(seed, users);
    let held = scene.tick_until_held();
    scene.release(&held.id);
    let run = scene.run(&held.id);
    assert_eq!(run.state, RunState::AwaitingApproval, "{run:?}");
    (scene, run)
}

fn done(scene: &Scene, account: &str, command: Command) -> Run {
    match scene.world.command(account, command) {
        Ok(Answer::Run(run)) => *run,
        other => panic!("{other:?}"),
    }
}

fn advance(scene: &Scene, seconds: u64) {
    let time = Duration::from_secs(seconds);
    scene.world.cloud.borrow().clock().advance(time);
}

fn tick(scene: &Scene) {
    assert_eq!(scene.world.tick(None), Ending::Value(Ok(())));
}

fn entries(scene: &Scene, action: &str) -> Vec<Value> {
    scene
        .log()
        .iter()
        .map(|entry| serde_json::from_str::<Value>(&entry.entry).expect("JSON"))
        .filter(|entry| entry["action"] == action)
        .collect()
}

fn suspended(scene: &Scene) -> u64 {
    scene.world.cloud.borrow().meter().calls_of("users.suspend")
}

/// The group whose members use Jira on the first site.
pub fn users_of_jira(scene: &Scene) -> RoleGroup {
    let cloud = scene.world.cloud.borrow();
    let users = format!("jira-users-{}", cloud.organization().sites[0].name);
    let (name, id) = group_ids(&cloud)
        .into_iter()
        .find(|(group, _)| *group == users)
        .expect("the group");
    RoleGroup {
        id: GroupId(id),
        name,
    }
}

/// Somebody in that group who administers nothing.
pub fn user_of_jira(scene: &Scene) -> String {
    let users = users_of_jira(scene).name;
    let cloud = scene.world.cloud.borrow();
    let is_in = |user: &Value| {
        let mut groups = user["groups"].as_array().into_iter().flatten();
        groups.any(|group| group["name"] == users.as_str())
    };
    let members: Vec<Value> = cloud.dump_users().into_iter().filter(is_in).collect();
    let people = &cloud.organization().people;
    let candidates = people.ordinary.iter().chain(&people.boundary);
    let is_member = |account: &&String| {
        members
            .iter()
            .any(|user| user["accountId"] == account.as_str())
    };
    candidates
        .filter(|account| !people.org_admins.contains(account))
        .find(is_member)
        .expect("a member")
        .clone()
}

fn ordinary(scene: &Scene) -> String {
    scene.world.cloud.borrow().organization().people.ordinary[0].clone()
}

#[test]
fn one_decision_of_a_second_person_releases_and_approves_and_holds_out() {
    let scene = scene(31, 300);
    let held = scene.tick_until_held();
    assert_eq!(
        scene.refused(&scene.first, approve(&held, &[])).code,
        "four-eyes"
    );
    let steps = held.plan.as_ref().expect("a plan").steps;
    for wrong in [vec![steps], (0..steps).collect()] {
        let refusal = scene.refused(&scene.second, approve(&held, &wrong));
        assert_eq!(refusal.code, "invalid", "{refusal:?}");
    }
    let ready = done(&scene, &scene.second, approve(&held, &[1, 0, 1]));
    assert_eq!(ready.state, RunState::Ready);
    assert_eq!(ready.held_out, [0, 1]);
    scene.world.deliver_all();
    let run = scene.run(&held.id);
    assert_eq!(run.state, RunState::Done, "{run:?}");
    assert_eq!(run.counts.acted, steps - 2);
    let Answer::People(page) = scene.order(Command::RunPeople {
        run: run.id.clone(),
        part: 0,
    }) else {
        panic!("no people")
    };
    let out: Vec<_> = page
        .people
        .iter()
        .filter(|named| named.step.is_some_and(|step| step < 2))
        .collect();
    assert_eq!(out.len(), 2);
    for named in out {
        assert_eq!(named.person.fate, Fate::Skipped);
        assert_eq!(named.person.reason, "held out by the approver");
    }
    let approved = entries(&scene, "approve-run");
    assert_eq!(approved.len(), 1);
    assert_eq!(approved[0]["after"]["heldOut"], json!([0, 1]));
    assert_eq!(entries(&scene, "release-run").len(), 1);
}

#[test]
fn a_released_plan_still_awaits_its_approval() {
    let (scene, run) = awaiting(32, 300);
    scene.world.deliver_all();
    assert_eq!(suspended(&scene), 0, "acted without the approval");
    assert_eq!(scene.run(&run.id).state, RunState::AwaitingApproval);
    assert_eq!(
        scene.refused(&scene.first, approve(&run, &[])).code,
        "four-eyes"
    );
    let again = Command::ReleaseRun {
        run: run.id.clone(),
        reason: "again".into(),
    };
    assert_eq!(scene.refused(&scene.second, again).code, "wrong-state");
    done(&scene, &scene.second, approve(&run, &[]));
    assert_eq!(
        scene.refused(&scene.second, approve(&run, &[])).code,
        "wrong-state"
    );
    scene.world.deliver_all();
    assert_eq!(scene.run(&run.id).state, RunState::Done);

    // The second run of the approved text is held by nothing, and awaits an approval all the same.
    advance(&scene, 30 * 3_600);
    let second = done(
        &scene,
        &scene.first,
        Command::StartRun {
            policy: "idle-contractors".into(),
            dry: false,
        },
    );
    let acted = suspended(&scene);
    scene.world.deliver_all();
    let second = scene.run(&second.id);
    if second.counts.planned > 0 {
        assert_eq!(second.state, RunState::AwaitingApproval, "{second:?}");
        // Pressing the button makes a requester.
        assert_eq!(
            scene.refused(&scene.first, approve(&second, &[])).code,
            "four-eyes"
        );
    } else {
        assert_eq!(second.state, RunState::Done, "{second:?}");
    }
    assert_eq!(suspended(&scene), acted);
}

#[test]
fn an_approval_that_is_not_wanted_and_a_rejected_plan_do_nothing() {
    let plain = Scene::new(33, 300, |_| {});
    plain.prepare();
    let held = plain.tick_until_held();
    assert_eq!(
        plain.refused(&plain.second, approve(&held, &[])).code,
        "wrong-state"
    );
    let (scene, run) = awaiting(34, 300);
    let reject = Command::RejectRun {
        run: run.id.clone(),
        reason: "not now".into(),
    };
    // Whoever asked for it may take it back.
    assert_eq!(done(&scene, &scene.first, reject).state, RunState::Rejected);
    scene.world.deliver_all();
    assert_eq!(suspended(&scene), 0);
    assert_eq!(
        scene.refused(&scene.second, approve(&run, &[])).code,
        "wrong-state"
    );
}

#[test]
fn an_approver_who_is_killed_at_any_await_approves_once_or_not_at_all() {
    let (scene, run) = awaiting(35, 60);
    let mut awaits = 1;
    loop {
        let copy = scene.copy();
        let command = approve(&run, &[0]);
        let was_killed = copy
            .world
            .command_killed_at(&copy.second, command.clone(), awaits);
        copy.world.deliver_all();
        if copy.run(&run.id).state == RunState::AwaitingApproval {
            assert_eq!(suspended(&copy), 0, "{awaits}: acted without an approval");
            done(&copy, &copy.second, command);
            copy.world.deliver_all();
        }
        let over = copy.run(&run.id);
        assert_eq!(over.state, RunState::Done, "{awaits}: {over:?}");
        assert_eq!(over.held_out, [0], "{awaits}");
        assert_eq!(entries(&copy, "approve-run").len(), 1, "{awaits}");
        if !was_killed {
            break;
        }
        awaits += 1;
    }
    assert!(awaits > 15, "only {awaits} awaits");
}

#[test]
fn of_two_approvers_at_once_one_approves() {
    let (scene, run) = awaiting(36, 60);
    scene.order(Command::SetRoles {
        roles: Roles {
            operator: None,
            approver: Some(users_of_jira(&scene)),
        },
    });
    let third = user_of_jira(&scene);
    let mut awaits = 1;
    loop {
        let copy = scene.copy();
        let (was_under_way, first) =
            copy.world
                .command_around(&copy.second, approve(&run, &[]), awaits, || {
                    let other = copy.world.command(&third, approve(&run, &[0]));
                    assert!(is_decided(&other), "{awaits}: {other:?}");
                });
        assert!(is_decided(&first), "{awaits}: {first:?}");
        copy.world.deliver_all();
        let over = copy.run(&run.id);
        assert_eq!(over.state, RunState::Done, "{awaits}: {over:?}");
        let approved = entries(&copy, "approve-run");
        assert_eq!(approved.len(), 1, "{awaits}");
        let by = over.approval.expect("an approval").by;
        assert_eq!(approved[0]["actor"], json!(format!("person:{by}")));
        let held_out = usize::from(by.as_str() == third);
        assert_eq!(over.held_out.len(), held_out, "{awaits}");
        if !was_under_way {
            break;
        }
        awaits += 1;
    }
    assert!(awaits > 15, "only {awaits} awaits");
}

/// Approved, or refused because somebody else had.
fn is_decided(answer: &Result<Answer, Refusal>) -> bool {
    match answer {
        Ok(Answer::Run(_)) => true,
        Err(refusal) => refusal.code == "wrong-state",
        Ok(_) => false,
    }
}

#[test]
fn a_plan_on_which_nobody_decides_expires_after_exactly_seven_days() {
    for is_released in [false, true] {
        let scene = scene(37, 60);
        let run = scene.tick_until_held();
        if is_released {
            scene.release(&run.id);
        }
        let waiting = scene.run(&run.id).state;
        let now = scene.world.cloud.borrow().now().timestamp();
        let age = u64::try_from(now - run.now.0).expect("later");
        advance(&scene, 7 * DAY - 1 - age);
        tick(&scene);
        assert_eq!(scene.run(&run.id).state, waiting);
        let in_time = scene.copy();
        let ready = done(&in_time, &in_time.second, approve(&run, &[]));
        assert_eq!(ready.state, RunState::Ready);
        // What was approved in the last second and did not begin in it is as old.
        advance(&in_time, 1);
        in_time.world.deliver_all();
        assert_eq!(in_time.run(&run.id).state, RunState::Expired);
        assert_eq!(suspended(&in_time), 0);

        advance(&scene, 1);
        let refusal = scene.refused(&scene.second, approve(&run, &[]));
        assert_eq!(refusal.code, "wrong-state", "{refusal:?}");
        tick(&scene);
        let expired = scene.run(&run.id);
        assert_eq!(expired.state, RunState::Expired, "{expired:?}");
        assert_eq!(expired.counts.planned, 0);
        tick(&scene);
        assert_eq!(entries(&scene, "expire-run").len(), 1);
        assert_eq!(suspended(&scene), 0);
    }
}

#[test]
fn what_was_approved_and_did_not_begin_expires_after_exactly_a_day() {
    let (scene, run) = awaiting(38, 60);
    done(&scene, &scene.second, approve(&run, &[]));
    advance(&scene, DAY - 1);
    tick(&scene);
    assert_eq!(scene.run(&run.id).state, RunState::Ready);
    advance(&scene, 1);
    let delivered = scene.copy();
    delivered.world.deliver_all();
    assert_eq!(delivered.run(&run.id).state, RunState::Expired);
    assert_eq!(suspended(&delivered), 0);
    tick(&scene);
    assert_eq!(scene.run(&run.id).state, RunState::Expired);
    scene.world.deliver_all();
    assert_eq!(suspended(&scene), 0);
    // It took nothing of the day's cap.
    let cloud = scene.world.cloud.borrow();
    let stored = cloud.stored().plain(cloud.now());
    let (_, recent) = stored
        .iter()
        .find(|(key, _)| key == "recent-runs")
        .expect("the recent runs");
    assert_eq!(recent["runs"], json!({}));
}

#[test]
fn other_runs_that_used_the_cap_meanwhile_hold_a_plan_again() {
    let (scene, run) = awaiting(39, 300);
    scene.order(Command::SetLimits { percent_per_day: 1 });
    let steps = run.plan.as_ref().expect("a plan").steps;
    assert!(steps > 3, "{steps} steps");
    let refusal = scene.refused(&scene.second, approve(&run, &[]));
    assert_eq!(refusal.code, "wrong-state", "{refusal:?}");
    let held = scene.run(&run.id);
    assert_eq!(held.state, RunState::Held);
    assert_eq!(
        held.guards.last().map(|guard| guard.code),
        Some(GuardCode::OrganizationCap)
    );
    // Now it was shown, and the same decision covers it.
    let ready = done(&scene, &scene.second, approve(&run, &[]));
    assert_eq!(ready.state, RunState::Ready);
}

#[test]
fn a_run_is_aborted_wherever_it_stands_and_no_intent_is_left_open() {
    let (scene, run) = awaiting(40, 300);
    assert_eq!(scene.refused(&scene.first, abort(&run)).code, "wrong-state");
    done(&scene, &scene.second, approve(&run, &[]));

    let ready = scene.copy();
    assert_eq!(
        done(&ready, &ready.first, abort(&run)).state,
        RunState::Aborted
    );
    ready.world.deliver_all();
    assert_eq!(suspended(&ready), 0);

    let undisturbed = scene.copy();
    undisturbed.world.deliver_all();
    let everybody = undisturbed.run(&run.id).counts.acted;
    let (mut awaits, mut in_the_middle) = (1, 0);
    loop {
        let copy = scene.copy();
        copy.world.kills.set(Kills::AtAwait(awaits));
        let delivery = copy
            .world
            .cloud
            .borrow_mut()
            .next_delivery()
            .expect("a job");
        let outcome = copy.world.deliver(&delivery.invocation);
        copy.world.cloud.borrow_mut().finish(delivery.id, outcome);
        if copy.world.killed.get() == 0 {
            break;
        }
        copy.world.kills.set(Kills::None);
        let ordered = done(&copy, &copy.first, abort(&run));
        assert!(ordered.abort.is_some(), "{awaits}");
        copy.world.deliver_all();
        let over = copy.run(&run.id);
        // An order that comes when everybody is acted on aborts nothing any more.
        let expected = match over.counts.acted == everybody {
            true => RunState::Done,
            false => RunState::Aborted,
        };
        assert_eq!(over.state, expected, "{awaits}: {over:?}");
        in_the_middle += u32::from(over.counts.acted > 0 && over.counts.acted < everybody);
        let log = entries(&copy, "suspend");
        // One intent may be of several people.
        let count = |outcome: &str| -> usize {
            let told = log.iter().filter(|entry| entry["outcome"] == outcome);
            told.map(|entry| entry["subjects"].as_array().map_or(1, Vec::len))
                .sum()
        };
        assert_eq!(
            count("intent"),
            count("done") + count("already") + count("not-done") + count("failed"),
            "{awaits}"
        );
        awaits += 1;
    }
    assert!(awaits > 30, "only {awaits} awaits");
    assert!(in_the_middle > 0, "nothing was ever aborted half-way");
}

#[test]
fn a_run_that_is_being_planned_is_aborted_too() {
    let scene = scene(41, 60);
    let run = done(
        &scene,
        &scene.first,
        Command::StartRun {
            policy: "idle-contractors".into(),
            dry: false,
        },
    );
    let mut awaits = 1;
    loop {
        let copy = scene.copy();
        copy.world.kills.set(Kills::AtAwait(awaits));
        let delivery = copy
            .world
            .cloud
            .borrow_mut()
            .next_delivery()
            .expect("a job");
        let outcome = copy.world.deliver(&delivery.invocation);
        copy.world.cloud.borrow_mut().finish(delivery.id, outcome);
        if copy.world.killed.get() == 0 || copy.run(&run.id).state != RunState::Planning {
            break;
        }
        copy.world.kills.set(Kills::None);
        done(&copy, &copy.first, abort(&run));
        copy.world.deliver_all();
        assert_eq!(copy.run(&run.id).state, RunState::Aborted, "{awaits}");
        awaits += 11;
    }
    assert!(awaits > 20, "only {awaits} awaits");
}

#[test]
fn groups_of_jira_carry_the_roles() {
    let (scene, run) = awaiting(42, 300);
    let person = user_of_jira(&scene);
    let set = |operator: Option<RoleGroup>, approver: Option<RoleGroup>| {
        scene.order(Command::SetRoles {
            roles: Roles { operator, approver },
        });
    };
    let standing = || match scene.world.command(&person, Command::Overview {}) {
        Ok(Answer::Overview(overview)) => Some(overview.role),
        _ => None,
    };
    assert_eq!(standing(), None);
    set(Some(users_of_jira(&scene)), None);
    assert_eq!(standing(), Some(Role::Operator));
    assert_eq!(
        scene.refused(&person, approve(&run, &[])).code,
        "not-allowed"
    );
    let dry = Command::StartRun {
        policy: "idle-contractors".into(),
        dry: true,
    };
    done(&scene, &person, dry);
    for command in [
        Command::SetLimits {
            percent_per_day: 100,
        },
        Command::SetStopped { stopped: false },
        Command::SetRoles {
            roles: Roles::default(),
        },
    ] {
        assert_eq!(scene.refused(&person, command).code, "not-allowed");
    }
    set(None, Some(users_of_jira(&scene)));
    assert_eq!(standing(), Some(Role::Approver));
    let ready = done(&scene, &person, approve(&run, &[]));
    assert_eq!(ready.state, RunState::Ready);
    assert_eq!(
        ready.approval.expect("an approval").by.as_str(),
        person.as_str()
    );
    scene
        .world
        .command(&person, Command::SetStopped { stopped: true })
        .expect("an approver stops everything");
}

#[test]
fn whoever_was_confirmed_lately_stops_everything_without_the_key() {
    let scene = scene(43, 60);
    scene
        .world
        .command(&scene.second, Command::Overview {})
        .expect("an answer");
    scene.forget_secret();
    let stop = || Command::SetStopped { stopped: true };
    advance(&scene, 599);
    scene
        .world
        .command(&scene.second, stop())
        .expect("it stops");
    let on = Command::SetStopped { stopped: false };
    assert_eq!(scene.refused(&scene.second, on).code, "not-connected");
    advance(&scene, 1);
    assert_eq!(scene.refused(&scene.second, stop()).code, "not-connected");
    let never = ordinary(&scene);
    assert_eq!(scene.refused(&never, stop()).code, "not-allowed");
}
