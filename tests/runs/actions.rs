//! Every action that a policy can ask for: done to exactly whom it should, and taken back to what was before.

use std::collections::{BTreeMap, BTreeSet};

use seatkeeper::app::admin::{Answer, Command};
use seatkeeper::app::records::{Run, RunState};
use seatkeeper::plan::{Act, Fate, GuardCode};
use serde_json::{Value, json};

use cloud::faults::{FaultKind, Faults};
use cloud::organization::Standing;

use crate::foreign::set;
use crate::in_process::Kills;
use crate::scene::Scene;

const USERS: usize = 400;

/// The organization as it is, by account. Times of reading and of activity are what runs do not change.
fn everybody(scene: &Scene) -> BTreeMap<String, Value> {
    let users = scene.world.cloud.borrow().dump_users();
    let mut all = BTreeMap::new();
    for mut user in users {
        // Whoever comes back into a group stands last in the list of it.
        for list in ["groups", "productAccess"] {
            if let Some(list) = user[list].as_array_mut() {
                list.sort_by_key(|one| one["id"].to_string());
            }
        }
        let account = user["accountId"].as_str().expect("an id").to_owned();
        all.insert(account, user);
    }
    all
}

/// A scene whose policy does something to idle people of a kind.
fn scene(seed: u64, kind: &Value, stage: &Value) -> Scene {
    let mut scene = Scene::new(seed, USERS, |options| {
        options.switches.restore_refused_when_full = false;
    });
    scene.policy["match"] = json!({"all": [
        {"status": ["active"]}, {"idle": {"longerThan": "90d"}}, kind,
    ]});
    let mut stage = stage.clone();
    stage["after"] = json!("0d");
    scene.policy["stages"] = json!([stage]);
    scene.prepare();
    scene
}

fn start(scene: &Scene) -> Run {
    let held = scene.tick_until_held();
    scene.release(&held.id);
    scene.world.deliver_all();
    scene.run(&held.id)
}

fn undo(scene: &Scene, run: &Run, steps: Vec<u32>) -> Run {
    let command = Command::UndoRun {
        run: run.id.clone(),
        steps,
        dry: false,
        reason: "it was a mistake".into(),
    };
    let begun = match scene.order(command) {
        Answer::Run(run) => *run,
        other => panic!("{other:?}"),
    };
    scene.world.deliver_all();
    let run = scene.run(&begun.id);
    if run.state == RunState::Held {
        // What takes from more than a few needs a second person, also where it takes back.
        assert!(run.plan.expect("a plan").takes > 0);
        scene.release(&begun.id);
        scene.world.deliver_all();
    }
    scene.run(&begun.id)
}

/// The people of a run's plan with where they ended.
pub fn fates(scene: &Scene, run: &Run) -> Vec<(String, Fate, String)> {
    let mut all = Vec::new();
    for part in 0..run.plan.as_ref().expect("a plan").parts {
        let command = Command::RunPeople {
            run: run.id.clone(),
            part,
        };
        let Answer::People(people) = scene.order(command) else {
            panic!("no people")
        };
        for one in people.people {
            let person = one.person;
            let of_acts = person.acts.iter().flat_map(Act::groups);
            for group in of_acts.chain(&person.hindered_by) {
                let is_named = people.names.iter().any(|(id, _)| id == group.as_str());
                assert!(is_named, "the page has no name for the group {group:?}");
            }
            all.push((person.account.0, person.fate, person.reason));
        }
    }
    all
}

/// Every action, and whom its policy means.
fn actions(scene: &Scene) -> Vec<(Value, Value)> {
    let cloud = scene.world.cloud.borrow();
    let site = cloud.organization().sites[0].host();
    let group = cloud
        .organization()
        .groups
        .iter()
        .find(|group| group.is_modifiable() && group.name.starts_with("jira-users"))
        .expect("a group that can be changed")
        .name
        .clone();
    let other = "contractors-night-shift";
    let external = json!({"emailDomain": cloud::organization::CONTRACTOR_DOMAINS});
    let managed = json!({"account": "managed"});
    vec![
        (external.clone(), json!({"do": "suspend"})),
        (
            external.clone(),
            json!({"do": "removeAccess", "products": ["jira-software"], "sites": [site]}),
        ),
        (
            external.clone(),
            json!({"do": "removeFromGroups", "groups": [group]}),
        ),
        (
            external,
            json!({"do": ["removeFromGroups", "suspend"], "groups": [group]}),
        ),
        (
            managed.clone(),
            json!({"do": "addToGroup", "groups": [other]}),
        ),
        (managed.clone(), json!({"do": "deactivate"})),
        (
            managed,
            json!({"do": "rename", "template": "{name} (inactive {date})"}),
        ),
    ]
}

#[test]
fn who_can_be_taken_out_of_a_group_is_in_it() {
    let all = actions(&Scene::new(6, USERS, |_| {}));
    let (kind, stage) = all[2].clone();
    let scene = scene(6, &kind, &stage);
    let run = scene.started("idle-contractors", true);
    let users = scene.world.cloud.borrow().dump_users();
    let is_in = |user: &&Value| {
        let mut groups = user["groups"].as_array().into_iter().flatten();
        user["status"] == "active" && groups.any(|group| group["name"] == stage["groups"][0])
    };
    let members = users.iter().filter(is_in).count();
    let population = run.plan.expect("a plan").population;
    assert_eq!(usize::try_from(population).expect("a number"), members);
    assert!(members < users.len() / 2, "{members}");
}

#[test]
fn a_second_act_that_is_refused_is_a_failure_and_the_first_is_given_back() {
    let all = actions(&Scene::new(4, USERS, |_| {}));
    let stage = all[3].1.clone();
    let kind = json!({"group": [stage["groups"][0]]});
    for (refused, state) in [(3, RunState::DoneWithFailures), (1_000, RunState::Stopped)] {
        let scene = scene(4, &kind, &stage);
        let before = everybody(&scene);
        let mut faults = Faults::planned("users.suspend", FaultKind::Forbidden);
        faults.planned[0].times = refused;
        scene.world.cloud.borrow_mut().set_faults(faults);
        let run = start(&scene);
        assert_eq!(run.state, state, "{run:?}");
        let failed: BTreeSet<String> = fates(&scene, &run)
            .into_iter()
            .filter(|(_, fate, _)| *fate == Fate::Failed)
            .map(|(account, _, _)| account)
            .collect();
        assert_eq!(failed.len(), run.counts.failed as usize);
        assert_eq!(failed.len(), refused.min(5) as usize, "{run:?}");
        scene.world.cloud.borrow_mut().set_faults(Faults::default());
        let after = everybody(&scene);
        let mut accounts = failed.iter();
        assert!(accounts.all(|account| after[account] != before[account]));
        let undone = undo(&scene, &run, vec![]);
        assert_eq!(undone.state, RunState::Done, "{undone:?}");
        assert_eq!(everybody(&scene), before);
    }
}

#[test]
fn to_take_back_what_was_given_to_many_needs_a_second_person() {
    let kind = json!({"account": "managed"});
    let all = actions(&Scene::new(1, USERS, |_| {}));
    let (_, stage) = all
        .into_iter()
        .find(|(_, stage)| stage["do"] == "addToGroup")
        .expect("it");
    let scene = scene(5, &kind, &stage);
    let run = start(&scene);
    assert!(run.counts.verified > 25, "{run:?}");
    let command = Command::UndoRun {
        run: run.id.clone(),
        steps: Vec::new(),
        dry: false,
        reason: "it was a mistake".into(),
    };
    let Answer::Run(begun) = scene.order(command) else {
        panic!("no run")
    };
    scene.world.deliver_all();
    let held = scene.run(&begun.id);
    assert_eq!(held.state, RunState::Held, "{held:?}");
    let codes: Vec<GuardCode> = held.guards.iter().map(|guard| guard.code).collect();
    assert!(codes.contains(&GuardCode::PolicyLimit), "{codes:?}");
}

#[test]
fn every_action_is_done_to_whom_it_should_and_taken_back_to_what_was() {
    let all = actions(&Scene::new(1, USERS, |_| {}));
    for (number, (kind, stage)) in (0_u64..).zip(&all) {
        let scene = scene(number + 1, kind, stage);
        let before = everybody(&scene);
        let run = start(&scene);
        let failed = |run: &Run| {
            let mut people = fates(&scene, run);
            people.retain(|(_, fate, _)| *fate == Fate::Failed);
            people
        };
        assert_eq!(run.state, RunState::Done, "{stage}: {:?}", failed(&run));
        assert!(run.counts.verified > 0, "{stage}: {run:?}");
        let after = everybody(&scene);
        let changed: BTreeSet<&String> = before
            .keys()
            .filter(|account| before[*account] != after[*account])
            .collect();
        let people = fates(&scene, &run);
        let acted: BTreeSet<&String> = people
            .iter()
            .filter(|(_, fate, _)| *fate == Fate::Verified)
            .map(|(account, _, _)| account)
            .collect();
        assert_eq!(changed, acted, "{stage}");
        let undone = undo(&scene, &run, vec![]);
        assert_eq!(undone.state, RunState::Done, "{stage}: {undone:?}");
        assert_eq!(
            undone.counts.verified,
            run.counts.verified,
            "{stage}: {undone:?} {:?}",
            fates(&scene, &undone)
        );
        let restored = everybody(&scene);
        for (account, was) in &before {
            assert_eq!(*was, restored[account], "{stage} {account}");
        }
    }
}

#[test]
fn a_kill_anywhere_in_a_run_of_several_acts_and_in_its_undo_changes_nothing() {
    let (kind, stage) = actions(&Scene::new(1, USERS, |_| {})).remove(3);
    let mut killed = 0;
    for seed in 1..5 {
        let scene = scene(seed, &kind, &stage);
        let before = everybody(&scene);
        scene.world.kills.set(Kills::OneIn(2));
        let run = start(&scene);
        assert_eq!(
            run.state,
            RunState::Done,
            "{seed}: {:?}",
            fates(&scene, &run)
        );
        let undone = undo(&scene, &run, vec![]);
        assert_eq!(undone.state, RunState::Done, "{seed}: {undone:?}");
        killed += scene.world.killed.get();
        for (account, was) in everybody(&scene) {
            assert_eq!(before[&account], was, "{seed} {account}");
        }
    }
    assert!(killed > 3, "{killed}");
}

#[test]
fn one_person_of_a_run_is_taken_back_and_whom_somebody_else_changed_is_let_be() {
    let scene = scene(
        7,
        &json!({"account": "external"}),
        &json!({"do": "suspend"}),
    );
    let run = start(&scene);
    let acted: Vec<(u32, String)> = (0..)
        .zip(
            fates(&scene, &run)
                .into_iter()
                .filter(|(_, fate, _)| *fate == Fate::Verified),
        )
        .map(|(step, (account, _, _))| (step, account))
        .collect();
    assert!(acted.len() > 3);
    let status = |account: &str| everybody(&scene)[account]["status"].clone();
    let one = undo(&scene, &run, vec![1]);
    assert_eq!((one.counts.verified, one.counts.skipped), (1, 0), "{one:?}");
    assert_eq!(status(&acted[1].1), "active");
    assert_eq!(status(&acted[0].1), "suspended");
    // Somebody else restores another one; the undo of everything lets both be.
    set(&scene, &acted[2].1, Standing::Active);
    let all = undo(&scene, &run, vec![]);
    assert_eq!(all.state, RunState::Done, "{all:?}");
    let people = fates(&scene, &all);
    let let_be: Vec<&String> = people
        .iter()
        .filter(|(_, fate, _)| *fate == Fate::Skipped)
        .inspect(|(_, _, reason)| assert!(reason.contains("somebody changed it since"), "{reason}"))
        .map(|(account, _, _)| account)
        .collect();
    // Who was given everything back before is not in the plan any more.
    assert_eq!(let_be, [&acted[2].1]);
    let refusal = scene.refused(
        &scene.first,
        Command::UndoRun {
            run: all.id.clone(),
            steps: vec![],
            dry: false,
            reason: "x".into(),
        },
    );
    assert_eq!(refusal.code, "wrong-state");
    // Whoever got something back is left alone: the same policy plans nobody of them.
    let again = scene.order(Command::StartRun {
        policy: "idle-contractors".into(),
        dry: true,
    });
    let Answer::Run(again) = again else {
        panic!("{again:?}")
    };
    scene.world.deliver_all();
    let again = scene.run(&again.id);
    assert_eq!(again.state, RunState::Previewed);
    let planned: BTreeSet<String> = fates(&scene, &again)
        .into_iter()
        .filter(|(_, fate, _)| *fate == Fate::Planned)
        .map(|(account, _, _)| account)
        .collect();
    assert!(acted.iter().all(|(_, account)| !planned.contains(account)));
}

/// An auditor or Atlassian's support finds the very request by what the outcome says.
#[test]
fn an_outcome_tells_the_status_and_the_id_of_its_request() {
    // What was done is seen only in a later reading; what was refused is settled at once.
    let scene = Scene::new(61, 300, |options| options.switches.read_back_lag_ms = 2_000);
    scene.prepare();
    let held = scene.tick_until_held();
    let first = Command::RunPeople {
        run: held.id.clone(),
        part: 0,
    };
    let Answer::People(page) = scene.order(first) else {
        panic!("no people")
    };
    let mut people = page.people.into_iter().map(|named| named.person);
    let refused = people.find(|person| person.fate == Fate::Planned);
    let refused = refused.expect("a planned person").account.0;
    // A path holds the colon of an account escaped.
    let end = |account: &str| {
        let (_, number) = account.rsplit_once(':').unwrap_or(("", account));
        format!("{number}/suspend")
    };
    let refusal = cloud::Response::json(403, &json!({"message": "not this one"}))
        .with_header("x-request-id", "request-refused");
    let staged = (end(&refused), refusal);
    scene.world.staged.borrow_mut().push(staged);
    scene.release(&held.id);
    scene.world.traffic.borrow_mut().clear();
    scene.world.deliver_all();
    let mut told = Vec::new();
    for stored in scene.log() {
        let entry: Value = serde_json::from_str(&stored.entry).expect("JSON");
        if entry["action"] != "suspend"
            || entry["outcome"] == "intent"
            || entry["outcome"] == "skipped"
        {
            continue;
        }
        let account = entry["subject"].as_str().expect("a subject").to_owned();
        let (Some(status), Some(request)) = (entry["http"].as_u64(), entry["request"].as_str())
        else {
            panic!("{entry}")
        };
        told.push((account, status, request.to_owned()));
    }
    assert!(told.len() > 3, "{told:?}");
    let traffic = scene.world.traffic.borrow();
    for (account, status, request) in told {
        if account == refused {
            assert_eq!((status, request.as_str()), (403, "request-refused"));
            continue;
        }
        let end = end(&account);
        let calls = traffic.iter().filter(|(sent, _)| sent.path.ends_with(&end));
        let mut answers = calls.map(|(_, answer)| {
            (
                u64::from(answer.status),
                answer.header("x-request-id").unwrap_or_default(),
            )
        });
        assert_eq!(
            answers.next_back(),
            Some((status, request.as_str())),
            "{account}"
        );
    }
}
