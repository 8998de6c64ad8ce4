//! What holds a run, who may let it go on, and what the reading before an action finds.

use std::time::Duration;

use seatkeeper::app::admin::{Answer, Command};
use seatkeeper::app::records::{ExemptionSubject, Run, RunState};
use seatkeeper::model::AccountId;
use seatkeeper::plan::{Fate, GuardCode};
use serde_json::{Value, json};

use crate::scene::{Scene, USERS, exempt};

fn codes(run: &Run) -> Vec<GuardCode> {
    run.guards.iter().map(|guard| guard.code).collect()
}

fn fate_of(scene: &Scene, run: &Run, account: &str) -> Option<(Fate, String)> {
    let lines = scene.lines(run).into_iter();
    lines
        .map(|named| named.person)
        .find(|person| person.account.as_str() == account)
        .map(|person| (person.fate, person.reason))
}

#[test]
fn every_guard_says_its_figures() {
    let mut scene = Scene::new(11, USERS, |_| {});
    scene.prepare();
    scene.policy["limits"] = json!({"users": 10, "percent": 50});
    scene.order(Command::SavePolicy {
        document: scene.policy.to_string(),
        revision: None,
    });
    scene.order(Command::SetLimits { percent_per_day: 1 });
    let held = scene.tick_until_held();
    assert_eq!(
        codes(&held),
        [
            GuardCode::FirstRun,
            GuardCode::PolicyLimit,
            GuardCode::OrganizationCap
        ]
    );
    assert!(
        held.guards[1].text.contains("the policy allows 10 people"),
        "{:?}",
        held.guards
    );
    assert!(
        held.guards[2].text.contains("the organization allows 1 %"),
        "{:?}",
        held.guards
    );
}

#[test]
fn whoever_asked_cannot_release_and_a_rejected_run_acts_on_nobody() {
    let scene = Scene::new(12, 300, |_| {});
    scene.prepare();
    let before = scene.world.cloud.borrow().dump_users();
    let held = scene.tick_until_held();
    let release = |run: &Run| Command::ReleaseRun {
        run: run.id.clone(),
        reason: "because".into(),
    };
    let refusal = scene.refused(&scene.first, release(&held));
    assert_eq!(refusal.code, "four-eyes", "{refusal:?}");
    let empty = Command::ReleaseRun {
        run: held.id.clone(),
        reason: "  ".into(),
    };
    assert_eq!(scene.refused(&scene.second, empty).code, "invalid");
    scene.order(Command::RejectRun {
        run: held.id.clone(),
        reason: "not now".into(),
    });
    scene.world.deliver_all();
    let run = scene.run(&held.id);
    assert_eq!(run.state, RunState::Rejected);
    assert_eq!(
        run.counts.matched,
        run.counts.exempt + run.counts.protected + run.counts.skipped
    );
    assert_eq!(
        scene.refused(&scene.second, release(&held)).code,
        "wrong-state"
    );
    assert!(
        scene.world.cloud.borrow().dump_users() == before,
        "a rejected run acted"
    );
}

#[test]
fn the_second_run_of_a_released_text_needs_no_release() {
    let scene = Scene::new(13, 300, |_| {});
    scene.prepare();
    let held = scene.tick_until_held();
    scene.release(&held.id);
    scene.world.deliver_all();
    scene
        .world
        .cloud
        .borrow()
        .clock()
        .advance(Duration::from_secs(30 * 3_600));
    scene.order(Command::StartRun {
        policy: "idle-contractors".into(),
        dry: false,
    });
    scene.world.deliver_all();
    let runs = scene.runs();
    assert_eq!(runs.len(), 2);
    assert_eq!(runs[0].state, RunState::Done, "{:?}", runs[0]);
}

#[test]
fn a_dry_run_shows_the_plan_and_acts_on_nobody() {
    let scene = Scene::new(14, 300, |_| {});
    scene.prepare();
    let before = scene.world.cloud.borrow().dump_users();
    scene.order(Command::StartRun {
        policy: "idle-contractors".into(),
        dry: true,
    });
    scene.world.deliver_all();
    let run = scene.only_run();
    assert_eq!(run.state, RunState::Previewed, "{run:?}");
    assert!(run.counts.planned > 0);
    let planned = scene.planned(&run).len();
    assert_eq!(u32::try_from(planned).expect("few"), run.counts.planned);
    assert!(
        scene.world.cloud.borrow().dump_users() == before,
        "a dry run acted"
    );
    assert_eq!(
        scene.world.cloud.borrow().meter().calls_of("users.suspend"),
        0
    );
}

#[test]
fn the_reading_before_the_action_spares_whoever_changed() {
    let scene = Scene::new(15, USERS, |_| {});
    scene.prepare();
    let held = scene.tick_until_held();
    let planned = scene.planned(&held);
    let (returned, exempted, grouped, suspended) =
        (&planned[0], &planned[1], &planned[2], &planned[3]);
    {
        let mut cloud = scene.world.cloud.borrow_mut();
        cloud
            .log_in_reported_after(returned, chrono::TimeDelta::zero())
            .expect("a person");
        cloud
            .join_group(grouped, "contractors-keep")
            .expect("a group");
        cloud
            .set_standing(suspended, cloud::organization::Standing::Suspended)
            .expect("a person");
    }
    let subject = ExemptionSubject::User {
        account: AccountId(exempted.clone()),
    };
    scene.order(exempt(subject, "came back"));
    scene.wait_for_queries(); // what others did takes a moment to be seen
    scene.release(&held.id);
    scene.world.deliver_all();
    let run = scene.run(&held.id);
    assert_eq!(run.state, RunState::Done);
    assert_eq!(run.counts.skipped, 4);
    for (account, why) in [
        (returned, "does not match any more"),
        (exempted, "exempt by name"),
        (grouped, "member of an exempt group"),
        (suspended, "does not match any more"),
    ] {
        let (fate, reason) = fate_of(&scene, &run, account).expect("a person of the plan");
        assert_eq!(fate, Fate::Skipped, "{account}: {reason}");
        assert!(reason.contains(why), "{account}: {reason}");
    }
}

#[test]
fn stopping_everything_ends_a_run_before_its_next_batch() {
    let scene = Scene::new(16, USERS, |_| {});
    scene.prepare();
    let held = scene.tick_until_held();
    scene.release(&held.id);
    scene.order(Command::SetStopped { stopped: true });
    scene.world.deliver_all();
    let run = scene.run(&held.id);
    assert_eq!(run.state, RunState::Stopped);
    assert_eq!(run.counts.acted, 0);
    assert!(
        run.message
            .expect("a message")
            .contains("an administrator stopped everything")
    );
    let start = Command::StartRun {
        policy: "idle-contractors".into(),
        dry: false,
    };
    assert_eq!(scene.refused(&scene.first, start).code, "wrong-state");
}

/// 42 windows of progress are more than one transaction takes.
#[test]
fn a_run_of_thousands_that_is_stopped_comes_to_its_end() {
    let scene = Scene::new(19, USERS, |_| {});
    scene.prepare();
    let held = scene.tick_until_held();
    scene.release(&held.id);
    scene.order(Command::SetStopped { stopped: true });
    change_stored_run(&scene, &held.id, |record| {
        record["plan"]["steps"] = json!(8_400)
    });
    scene.world.deliver_all();
    let run = scene.run(&held.id);
    assert_eq!(run.state, RunState::Stopped, "{run:?}");
    let message = run.message.expect("a message");
    assert!(
        message.contains("8400 people were not acted on"),
        "{message}"
    );
}

/// What was approved has a hash; something else under its name is not executed.
#[test]
fn a_plan_that_is_not_the_one_that_was_frozen_is_not_executed() {
    let scene = Scene::new(20, 400, |_| {});
    scene.prepare();
    let held = scene.tick_until_held();
    scene.release(&held.id);
    {
        let mut cloud = scene.world.cloud.borrow_mut();
        let key = format!("run:{}:plan:0", held.id);
        let now = cloud.now();
        let mut part = cloud
            .stored()
            .plain_value(&key, now)
            .cloned()
            .expect("a part");
        let people = part["people"].as_array_mut().expect("people");
        // Somebody who is sheltered takes the place of somebody who is meant.
        let spared = people.iter().position(|line| line["f"] != "planned");
        let meant = people.iter().position(|line| line["f"] == "planned");
        let (spared, meant) = (spared.expect("spared"), meant.expect("meant"));
        people[meant]["a"] = people[spared]["a"].clone();
        let body = json!({"set": [{"key": key, "value": part}]});
        let answer = cloud.storage("/api/v1/transaction", &body);
        assert!(answer.expect("an answer").status < 300);
    }
    let before = scene.world.cloud.borrow().effects().len();
    scene.world.deliver_all();
    let run = scene.run(&held.id);
    assert_eq!(run.state, RunState::Stopped, "{run:?}");
    let message = run.message.expect("a message");
    assert!(message.contains("not the one that was frozen"), "{message}");
    assert_eq!(scene.world.cloud.borrow().effects().len(), before);
}

/// Makes the stored record of a run say something else.
fn change_stored_run(scene: &Scene, id: &str, change: impl FnOnce(&mut Value)) {
    let mut cloud = scene.world.cloud.borrow_mut();
    let now = cloud.now();
    let mut entities = cloud.stored().entity("run", now).into_iter();
    let (key, mut entity) = entities.find(|(key, _)| key == id).expect("the run");
    let mut record =
        serde_json::from_str(entity["record"].as_str().expect("a record")).expect("JSON");
    change(&mut record);
    entity["record"] = json!(record.to_string());
    let body = json!({"set": [{"key": key, "value": entity, "entityName": "run"}]});
    let answer = cloud
        .storage("/api/v1/transaction", &body)
        .expect("an answer");
    assert!(answer.status < 300, "{answer:?}");
}

/// Whoever writes another text, and then the old one again, is looked at like whoever writes a new one.
#[test]
fn a_text_that_comes_back_needs_another_release() {
    let scene = Scene::new(20, USERS, |_| {});
    scene.prepare();
    let held = scene.tick_until_held();
    assert_eq!(held.guards[0].code, GuardCode::FirstRun);
    scene.release(&held.id);
    scene.world.deliver_all();
    assert_eq!(scene.run(&held.id).state, RunState::Done);
    let save = |policy: &Value| {
        scene.order(Command::SavePolicy {
            document: policy.to_string(),
            revision: None,
        })
    };
    // Each run needs somebody to act on, or nothing holds it: somebody who was exempt until now.
    let is_first = |account: &String| {
        let account = AccountId(account.clone());
        scene.order(Command::RemoveExemption {
            subject: ExemptionSubject::User { account },
        });
        let start = Command::StartRun {
            policy: "idle-contractors".into(),
            dry: false,
        };
        let Answer::Run(run) = scene.order(start) else {
            panic!("no run")
        };
        scene.world.deliver_all();
        let run = scene.run(&run.id);
        let counts = run.counts;
        assert!(counts.planned + counts.acted > 0, "{run:?}");
        codes(&run).contains(&GuardCode::FirstRun)
    };
    save(&scene.policy);
    assert!(!is_first(&scene.exempt_users[0]), "the same text");
    let mut other = scene.policy.clone();
    other["description"] = json!("another text");
    save(&other);
    save(&scene.policy);
    assert!(is_first(&scene.exempt_users[1]), "a text that came back");
}

#[test]
fn two_policies_of_one_tick_take_nobody_twice() {
    let scene = Scene::new(17, USERS, |_| {});
    scene.prepare();
    let mut second = scene.policy.clone();
    second["id"] = json!("second");
    scene.order(Command::SavePolicy {
        document: second.to_string(),
        revision: None,
    });
    assert_eq!(
        scene.world.tick(None),
        crate::in_process::Ending::Value(Ok(()))
    );
    scene.world.deliver_all();
    let runs = scene.runs();
    let of = |id: &str| {
        runs.iter()
            .find(|run| run.policy.id == id)
            .expect("a run")
            .clone()
    };
    let (first, second) = (of("idle-contractors"), of("second"));
    assert!(first.counts.planned > 0);
    assert_eq!(second.counts.planned, 0);
    assert_eq!(second.counts.skipped, first.counts.planned);
    assert_eq!(second.state, RunState::Done);
}

#[test]
fn a_release_over_the_days_cap_is_shown_its_figures_first() {
    let mut scene = Scene::new(18, USERS, |_| {});
    scene.prepare();
    let both = |id: &str, domain: &str| {
        let mut policy = scene.policy.clone();
        policy["id"] = json!(id);
        policy["match"]["all"][2] = json!({"emailDomain": [domain]});
        policy
    };
    let domains = cloud::organization::CONTRACTOR_DOMAINS;
    let (one, two) = (both("one", domains[0]), both("two", domains[1]));
    scene.policy["enabled"] = json!(false);
    for policy in [&scene.policy, &one, &two] {
        scene.order(Command::SavePolicy {
            document: policy.to_string(),
            revision: None,
        });
    }
    assert_eq!(
        scene.world.tick(None),
        crate::in_process::Ending::Value(Ok(()))
    );
    scene.world.deliver_all();
    let runs = scene.runs();
    let most = runs
        .iter()
        .map(|run| run.counts.planned)
        .max()
        .expect("runs");
    let population = runs[0].plan.as_ref().expect("a plan").population;
    // Room for the larger one alone.
    let percent = (most * 100).div_ceil(population);
    scene.order(Command::SetLimits {
        percent_per_day: percent,
    });
    assert!(runs.iter().all(|run| run.state == RunState::Held));
    scene.release(&runs[0].id);
    let again = Command::ReleaseRun {
        run: runs[1].id.clone(),
        reason: "this one too".into(),
    };
    let refusal = scene.refused(&scene.second, again);
    assert_eq!(refusal.code, "wrong-state", "{refusal:?}");
    assert!(
        refusal.message.contains("of other runs in 24 hours"),
        "{refusal:?}"
    );
    assert_eq!(
        codes(&scene.run(&runs[1].id)).last(),
        Some(&GuardCode::OrganizationCap)
    );
    scene.release(&runs[1].id);
    scene.world.deliver_all();
    assert_eq!(scene.run(&runs[1].id).state, RunState::Done);
}

#[test]
fn a_plan_of_a_changed_policy_is_neither_released_nor_executed() {
    let mut scene = Scene::new(19, USERS, |_| {});
    scene.prepare();
    let held = scene.tick_until_held();
    let text = scene.policy.clone();
    scene.policy["name"] = json!("Corrected");
    scene.order(Command::SavePolicy {
        document: scene.policy.to_string(),
        revision: None,
    });
    let release = Command::ReleaseRun {
        run: held.id.clone(),
        reason: "because".into(),
    };
    assert_eq!(scene.refused(&scene.second, release).code, "wrong-state");
    scene.order(Command::SavePolicy {
        document: text.to_string(),
        revision: None,
    });
    scene.release(&held.id);
    scene.order(Command::SavePolicy {
        document: scene.policy.to_string(),
        revision: None,
    });
    scene.world.deliver_all();
    let run = scene.run(&held.id);
    assert_eq!(run.state, RunState::Stopped);
    assert_eq!(run.counts.acted, 0);
    assert!(
        run.message
            .expect("a message")
            .contains("the policy was changed")
    );
}

#[test]
fn twelve_policies_of_one_tick_are_all_started() {
    let scene = Scene::new(20, 60, |_| {});
    scene.prepare();
    for number in 1..12 {
        let mut policy = scene.policy.clone();
        policy["id"] = json!(format!("policy-{number}"));
        scene.order(Command::SavePolicy {
            document: policy.to_string(),
            revision: None,
        });
    }
    for _ in 0..2 {
        assert_eq!(
            scene.world.tick(None),
            crate::in_process::Ending::Value(Ok(()))
        );
    }
    assert_eq!(scene.stored_runs().len(), 12);
    scene.world.deliver_all();
    let planning = scene
        .stored_runs()
        .into_iter()
        .filter(|run| run["state"] == "planning")
        .count();
    assert_eq!(planning, 0);
}
