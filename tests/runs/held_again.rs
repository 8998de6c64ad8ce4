//! What comes up between the plan and its beginning: more of the day's cap in use than was shown, a black-out. Released is
//! only what was shown, and the log says when a run is held again.

use std::time::Duration;

use seatkeeper::app::Transition;
use seatkeeper::app::admin::Command;
use seatkeeper::app::records::{Run, RunState};
use seatkeeper::plan::GuardCode;
use serde_json::{Value, json};

use crate::approval_issues::{look, moved, place, told};
use crate::in_process::{Ending, Kills};
use crate::scene::{Scene, USERS};

const DAY: u64 = 86_400;

fn pass(scene: &Scene, seconds: u64) {
    let time = Duration::from_secs(seconds);
    scene.world.cloud.borrow().clock().advance(time);
}

fn release(run: &Run) -> Command {
    Command::ReleaseRun {
        run: run.id.clone(),
        reason: "looked at the plan".into(),
    }
}

fn shown(run: &Run, code: GuardCode) -> Vec<&str> {
    let guards = run.guards.iter().filter(|guard| guard.code == code);
    guards.map(|guard| guard.text.as_str()).collect()
}

fn entries(scene: &Scene, action: &str) -> Vec<Value> {
    let entries = scene.log().into_iter();
    entries
        .map(|entry| serde_json::from_str::<Value>(&entry.entry).expect("JSON"))
        .filter(|entry| entry["action"] == action)
        .collect()
}

/// Two runs over the day's cap, each by itself already.
fn two_over_the_cap(seed: u64) -> (Scene, Run, Run) {
    let mut scene = Scene::new(seed, USERS, |_| {});
    scene.prepare();
    scene.policy["enabled"] = json!(false);
    scene.order(Command::SavePolicy {
        document: scene.policy.to_string(),
        revision: None,
    });
    let domains = cloud::organization::CONTRACTOR_DOMAINS;
    for (id, domain) in ["one", "two"].into_iter().zip(domains) {
        let mut policy = scene.policy.clone();
        policy["enabled"] = json!(true);
        policy["id"] = json!(id);
        policy["approval"] = json!("page");
        policy["match"]["all"][2] = json!({"emailDomain": [domain]});
        scene.order(Command::SavePolicy {
            document: policy.to_string(),
            revision: None,
        });
    }
    scene.order(Command::SetLimits { percent_per_day: 1 });
    assert_eq!(scene.world.tick(None), Ending::Value(Ok(())));
    scene.world.deliver_all();
    let mut runs = scene.runs();
    assert_eq!(runs.len(), 2);
    let (one, two) = (runs.remove(0), runs.remove(0));
    for run in [&one, &two] {
        assert_eq!(shown(run, GuardCode::OrganizationCap).len(), 1, "{run:?}");
    }
    (scene, one, two)
}

fn approve(run: &Run) -> Command {
    Command::ApproveRun {
        run: run.id.clone(),
        reason: "looked at the plan".into(),
        hold_out: Vec::new(),
    }
}

#[test]
fn a_release_over_the_cap_covers_no_more_of_it_than_was_shown() {
    for is_released_before in [false, true] {
        let (scene, one, two) = two_over_the_cap(361);
        let by_second = |command| scene.world.command(&scene.second, command);
        if is_released_before {
            by_second(release(&two)).expect("a release");
            assert_eq!(scene.run(&two.id).state, RunState::AwaitingApproval);
        }
        by_second(approve(&one)).expect("an approval");
        let refusal = scene.refused(&scene.second, approve(&two));
        assert_eq!(refusal.code, "wrong-state", "{refusal:?}");
        let figure = format!("{} of other runs in 24 hours", one.counts.planned);
        assert!(refusal.message.contains(&figure), "{refusal:?}");
        let again = scene.run(&two.id);
        assert_eq!(again.state, RunState::Held);
        assert_eq!(again.release, None);
        let caps = shown(&again, GuardCode::OrganizationCap);
        assert!(caps.len() == 2 && caps[1].contains(&figure), "{caps:?}");
        let held = entries(&scene, "hold-run");
        assert_eq!(held.len(), 1, "{held:?}");
        assert_eq!(held[0]["run"], json!(two.id));
        let said = held[0]["reason"].as_str().expect("a reason");
        assert!(said.contains(&figure), "{said}");
        let state = match is_released_before {
            true => "awaiting-approval",
            false => "held",
        };
        assert_eq!(held[0]["before"]["state"], json!(state));
        // Now it is shown.
        by_second(approve(&two)).expect("an approval");
        scene.world.deliver_all();
        assert_eq!(scene.run(&two.id).state, RunState::Done);
        assert_eq!(entries(&scene, "hold-run").len(), 1);
    }
}

fn set(scene: &Scene, black_outs: &Value) {
    let document = black_outs.to_string();
    scene.order(Command::SetBlackOuts { document });
}

fn suspended(scene: &Scene) -> u64 {
    scene.world.cloud.borrow().meter().calls_of("users.suspend")
}

/// A run of a Saturday that is held as the first of its policy.
fn of_saturday(seed: u64) -> (Scene, Run) {
    let scene = Scene::new(seed, 300, |_| {});
    scene.prepare();
    let held = scene.tick_until_held();
    assert_eq!(shown(&held, GuardCode::BlackOut).len(), 0);
    (scene, held)
}

#[test]
fn whoever_releases_a_run_in_a_black_out_is_shown_that_first() {
    let (scene, run) = of_saturday(362);
    set(&scene, &json!({"except": ["sun"]}));
    pass(&scene, DAY);
    let refusal = scene.refused(&scene.second, release(&run));
    assert_eq!(refusal.code, "wrong-state", "{refusal:?}");
    let end = "nothing is blacked out from 2026-11-23T00:00:00Z on";
    assert!(refusal.message.contains(end), "{refusal:?}");
    let held = scene.run(&run.id);
    let texts = shown(&held, GuardCode::BlackOut);
    assert!(texts.len() == 1 && texts[0].contains(end), "{texts:?}");
    assert_eq!(entries(&scene, "hold-run").len(), 1);
    // A window later is another one.
    let later = scene.copy();
    set(&later, &json!({"except": ["sun", "tue"]}));
    pass(&later, 2 * DAY);
    let refusal = later.refused(&later.second, release(&run));
    assert!(refusal.message.contains("2026-11-25"), "{refusal:?}");
    scene.release(&run.id);
    scene.world.deliver_all();
    assert_eq!(scene.run(&run.id).state, RunState::Done);
    assert!(suspended(&scene) > 0);
}

#[test]
fn a_run_that_was_released_before_a_black_out_does_not_begin_in_it() {
    let (scene, run) = of_saturday(363);
    set(&scene, &json!({"except": ["sun"]}));
    scene.release(&run.id);
    let at_work = scene.copy();
    pass(&scene, 12 * 3_600);
    scene.world.deliver_all();
    let held = scene.run(&run.id);
    assert_eq!((held.state, suspended(&scene)), (RunState::Held, 0));
    assert_eq!(held.release, None);
    assert_eq!(shown(&held, GuardCode::BlackOut).len(), 1);
    let said = entries(&scene, "hold-run");
    assert_eq!(said.len(), 1, "{said:?}");
    assert_eq!(said[0]["before"]["state"], "ready");
    // It is let go on once more by whoever sees that, and uses nothing of the day's cap until then.
    {
        let cloud = scene.world.cloud.borrow();
        let recent = cloud.stored().plain_value("recent-runs", cloud.now());
        assert_eq!(recent.expect("a value")["runs"], json!({}));
    }
    scene.release(&run.id);
    scene.world.deliver_all();
    assert_eq!(scene.run(&run.id).state, RunState::Done);

    // What was at work when the black-out began goes on.
    let delivery = at_work.world.cloud.borrow_mut().next_delivery();
    let delivery = delivery.expect("a job");
    at_work.world.kills.set(Kills::AtAwait(40));
    let outcome = at_work.world.deliver(&delivery.invocation);
    at_work
        .world
        .cloud
        .borrow_mut()
        .finish(delivery.id, outcome);
    assert_eq!(at_work.run(&run.id).state, RunState::Executing);
    pass(&at_work, 12 * 3_600);
    at_work.world.deliver_all();
    assert_eq!(at_work.run(&run.id).state, RunState::Done);
    assert!(suspended(&at_work) > 0);
}

/// The same with a key that comes into its last days when Monday is over.
fn with_a_key_that_ends(seed: u64) -> (Scene, Run) {
    let scene = Scene::new(seed, 300, |_| {});
    let organization_id = scene.world.cloud.borrow().organization().id.clone();
    scene.order(Command::Connect {
        organization_id,
        api_key: scene.key.clone(),
        owner: None,
        expires: Some("2026-11-30".into()),
    });
    scene.prepare();
    let held = scene.tick_until_held();
    assert_eq!(shown(&held, GuardCode::KeyExpires).len(), 0);
    (scene, held)
}

#[test]
fn whoever_releases_a_run_in_the_keys_last_days_is_shown_that_first() {
    let (scene, run) = with_a_key_that_ends(367);
    pass(&scene, 2 * DAY + 12 * 3_600);
    let refusal = scene.refused(&scene.second, release(&run));
    assert_eq!(refusal.code, "wrong-state", "{refusal:?}");
    let figure = "the organization API key expires on 2026-11-30";
    assert!(refusal.message.contains(figure), "{refusal:?}");
    let held = scene.run(&run.id);
    let texts = shown(&held, GuardCode::KeyExpires);
    assert!(texts.len() == 1 && texts[0].contains(figure), "{texts:?}");
    scene.release(&run.id);
    scene.world.deliver_all();
    assert_eq!(scene.run(&run.id).state, RunState::Done);
}

#[test]
fn a_run_that_was_released_before_the_keys_last_days_does_not_begin_in_them() {
    let (scene, run) = with_a_key_that_ends(368);
    pass(&scene, DAY + 16 * 3_600);
    scene.release(&run.id);
    pass(&scene, 21 * 3_600);
    scene.world.deliver_all();
    let held = scene.run(&run.id);
    assert_eq!((held.state, suspended(&scene)), (RunState::Held, 0));
    assert_eq!(shown(&held, GuardCode::KeyExpires).len(), 1);
    scene.release(&run.id);
    scene.world.deliver_all();
    assert_eq!(scene.run(&run.id).state, RunState::Done);
}

#[test]
fn the_black_outs_of_the_policys_own_schedule_count_as_well() {
    let mut scene = Scene::new(364, 300, |_| {});
    scene.policy["schedule"] =
        json!({"every": {"n": 1, "unit": "day"}, "at": "13:00", "except": ["sun"]});
    scene.prepare();
    let run = scene.started("idle-contractors", false);
    assert_eq!(run.state, RunState::Held);
    pass(&scene, DAY);
    let refusal = scene.refused(&scene.second, release(&run));
    let whose = "in a black-out of the policy's schedule";
    assert!(refusal.message.contains(whose), "{refusal:?}");
    assert_eq!(suspended(&scene), 0);
}

#[test]
fn people_who_were_held_out_before_a_black_out_stay_so() {
    let mut scene = Scene::new(365, 300, |_| {});
    scene.policy["approval"] = json!("page");
    scene.prepare();
    let run = scene.tick_until_held();
    set(&scene, &json!({"except": ["sun"]}));
    let approve = |hold_out: &[u32]| Command::ApproveRun {
        run: run.id.clone(),
        reason: "looked at the plan".into(),
        hold_out: hold_out.to_vec(),
    };
    let by_second = |command| scene.world.command(&scene.second, command);
    by_second(approve(&[1])).expect("an approval");
    pass(&scene, 12 * 3_600);
    scene.world.deliver_all();
    let held = scene.run(&run.id);
    assert_eq!(held.state, RunState::Held);
    assert_eq!(held.approval, None);
    by_second(approve(&[0])).expect("an approval");
    scene.world.deliver_all();
    let done = scene.run(&run.id);
    assert_eq!((done.state, done.held_out), (RunState::Done, vec![0, 1]));
}

/// The approval goes with the release: the issue that gave it decides nothing when the plan awaits approval anew, also
/// where the call that makes the next issue is lost.
#[test]
fn an_issue_that_approved_before_a_black_out_does_not_approve_after_it() {
    let mut scene = Scene::new(366, 300, |_| {});
    scene.policy["approval"] = json!("issue");
    scene.prepare();
    scene.order(place(false));
    let run = scene.tick_until_held();
    set(&scene, &json!({"except": ["sun"]}));
    scene.release(&run.id);
    scene.world.deliver_all();
    let issues = |scene: &Scene| scene.world.cloud.borrow().dump_issues();
    let first = issues(&scene).remove(0);
    moved(&scene, &first, &scene.second, "Approved");
    told(&scene, &first, &scene.second, Transition::Approve);
    assert_eq!(scene.run(&run.id).state, RunState::Ready);
    pass(&scene, 12 * 3_600);
    scene.world.deliver_all();
    assert_eq!(scene.run(&run.id).state, RunState::Held);
    for closed in [true, false] {
        let scene = scene.copy();
        if closed {
            look(&scene);
        }
        pass(&scene, DAY);
        scene.release(&run.id);
        let lost = (
            String::from("/rest/api/3/issue"),
            cloud::Response::empty(503),
        );
        scene.world.staged.borrow_mut().push(lost);
        scene.world.deliver_all();
        scene.world.staged.borrow_mut().clear();
        for _ in 0..3 {
            look(&scene);
        }
        let waiting = scene.run(&run.id);
        assert_eq!(waiting.state, RunState::AwaitingApproval, "{closed}");
        assert_eq!(waiting.approval, None);
        let issues = issues(&scene);
        assert_eq!(issues.len(), 2, "{closed}");
        let second = issues
            .iter()
            .find(|issue| issue["key"] != first["key"])
            .expect("another issue");
        assert_eq!(waiting.approval_issue.as_deref(), second["key"].as_str());
        moved(&scene, second, &scene.second, "Approved");
        look(&scene);
        assert_eq!(scene.run(&run.id).state, RunState::Done);
    }
}
