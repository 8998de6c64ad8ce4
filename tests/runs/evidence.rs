//! The evidence of a real run: collected by the page's commands, packed, and verified without the app.

use seatkeeper::app::admin::{Answer, Command};
use seatkeeper::app::records::RunState;
use seatkeeper::audit::bundle::{Bundle, Facts, NamedAccount, runs_at_work, unpack, verify_bundle};
use seatkeeper::audit::{LogHead, StoredEntry};
use seatkeeper::model::Time;
use serde_json::{Value, json};

use crate::in_process::Ending;
use crate::scene::Scene;

fn head(log: &[StoredEntry]) -> LogHead {
    let last = log.last().expect("an entry");
    LogHead {
        seq: last.seq,
        hash: last.hash.clone(),
    }
}

/// A run with what the page asks for besides.
fn about(scene: &Scene, id: &str) -> Value {
    let run = scene.run(id);
    let version = Command::PolicyVersion {
        policy: run.policy.id.clone(),
        revision: run.policy.revision,
    };
    let Answer::PolicyText(text) = scene.order(version) else {
        panic!("no text")
    };
    let policy: Value = serde_json::from_str(&text.document).expect("JSON");
    json!({ "run": run, "policy": policy, "chosen": text.chosen })
}

/// What the page does.
pub fn collected(scene: &Scene, id: &str) -> Vec<u8> {
    let run = scene.run(id);
    let log = scene.log();
    let mut facts = about(scene, id);
    facts["made"] = json!(run.since);
    facts["covers"] = json!({"from": run.now, "to": run.since});
    facts["head"] = json!(head(&log));
    let facts: Facts = serde_json::from_value(facts).expect("facts");
    let mut bundle = Bundle::new(facts);
    bundle.add_entries(&log);
    add_people(scene, &mut bundle, id);
    bundle.finish()
}

/// The same of a period and all of its runs.
fn collected_between(scene: &Scene, from: Time, to: Time) -> (Vec<u8>, Vec<String>) {
    let log = scene.log();
    let ids = runs_at_work(&log, from, to);
    let runs: Vec<Value> = ids.iter().map(|id| about(scene, id)).collect();
    let facts = json!({
        "made": to, "covers": {"from": from, "to": to}, "head": head(&log), "runs": runs,
    });
    let facts: Facts = serde_json::from_value(facts).expect("facts");
    let mut bundle = Bundle::new(facts);
    bundle.add_entries(&log);
    for id in &ids {
        add_people(scene, &mut bundle, id);
    }
    (bundle.finish(), ids)
}

fn add_people(scene: &Scene, bundle: &mut Bundle, id: &str) {
    let run = scene.run(id);
    for part in 0..run.plan.as_ref().map_or(0, |plan| plan.parts) {
        let answer = scene.order(Command::PlanPart {
            run: id.into(),
            part,
        });
        let Answer::PlanPart(text) = answer else {
            panic!("no part")
        };
        assert!(bundle.add_plan_part(id, &text.text));
        let answer = scene.order(Command::RunPeople {
            run: id.into(),
            part,
        });
        let Answer::People(people) = answer else {
            panic!("no people")
        };
        let named = people.people.into_iter().map(|named| NamedAccount {
            account: named.person.account.0,
            name: named.name,
            email: named.email,
        });
        bundle.add_names(&named.collect::<Vec<_>>());
    }
}

pub fn text(archive: &[u8], wanted: &str) -> String {
    let files = unpack(archive).expect("an archive");
    let (_, bytes) = files
        .into_iter()
        .find(|(name, _)| name == wanted)
        .expect("the file");
    String::from_utf8(bytes).expect("text")
}

#[test]
fn the_evidence_of_a_run_proves_its_plan_and_its_log() {
    let scene = Scene::new(3, 400, |_| {});
    scene.prepare();
    let held = scene.tick_until_held();
    scene.release(&held.id);
    scene.world.deliver_all();
    let run = scene.run(&held.id);
    assert!(run.counts.verified > 0, "{run:?}");
    let archive = collected(&scene, &held.id);
    let anchor = head(&scene.log());
    let found = verify_bundle(&archive, vec![anchor]).expect("an archive");
    assert!(found.valid && found.log.tail_proven, "{found:?}");
    // The plan's hash is computed again from the lines, and is the run's.
    let manifest: Value = serde_json::from_str(&text(&archive, "manifest.json")).expect("JSON");
    assert_eq!(manifest["plan"], run.plan.expect("a plan").hash);
    assert!(!text(&archive, "policy.json").is_empty());
    let approvals = text(&archive, "approvals.json");
    assert!(approvals.contains("looked at the plan") && approvals.contains(&scene.second));
    // Names stand in their own file alone.
    let names = text(&archive, "names.csv");
    let row = names.lines().nth(1).expect("a person");
    let email = row.rsplit(',').next().expect("an address");
    assert!(email.contains('@'), "{row}");
    for (name, bytes) in unpack(&archive).expect("an archive") {
        let holds = String::from_utf8_lossy(&bytes).contains(email);
        assert_eq!(holds, name == "names.csv", "{name}");
    }
}

#[test]
fn a_run_keeps_the_policy_that_it_was_planned_by() {
    let mut scene = Scene::new(3, 200, |_| {});
    scene.prepare();
    let held = scene.tick_until_held();
    scene.release(&held.id);
    scene.world.deliver_all();
    let policy = |scene: &Scene| {
        let archive = collected(scene, &held.id);
        let found = verify_bundle(&archive, vec![]).expect("an archive");
        assert!(found.valid, "{found:?}");
        text(&archive, "policy.json")
    };
    let then = policy(&scene);
    scene.policy["name"] = json!("Another name");
    scene.order(Command::SavePolicy {
        document: scene.policy.to_string(),
        revision: None,
    });
    assert_eq!(policy(&scene), then);
    scene.order(Command::DropPolicy {
        policy: held.policy.id.clone(),
        reason: "not wanted any more".into(),
    });
    assert_eq!(policy(&scene), then);
}

#[test]
fn the_evidence_of_a_period_proves_each_of_its_runs() {
    let scene = Scene::new(3, 400, |_| {});
    scene.prepare();
    let held = scene.tick_until_held();
    let between = scene.run(&held.id).since.plus(1);
    scene.wait_for_queries();
    scene.release(&held.id);
    scene.world.deliver_all();
    let undo = scene.undone(&scene.run(&held.id));
    let preview = scene.started("idle-contractors", true);
    let to = scene.run(&preview.id).since;
    // The run was planned before the period, and released in it.
    let (archive, ids) = collected_between(&scene, between, to);
    let mut expected = vec![held.id.clone(), undo.id, preview.id];
    expected.sort();
    let mut sorted = ids;
    sorted.sort();
    assert_eq!(sorted, expected);
    let found = verify_bundle(&archive, vec![head(&scene.log())]).expect("an archive");
    assert!(found.valid, "{found:?}");
    for id in &expected {
        let population = text(&archive, &format!("runs/{id}/population.json"));
        assert!(population.contains("\"population\""), "{population}");
        assert!(text(&archive, "index.html").contains(id.as_str()));
    }
    let approvals = text(&archive, &format!("runs/{}/approvals.json", held.id));
    assert!(approvals.contains("looked at the plan"), "{approvals}");
}

/// However a run stands or ended, what its bundle tells is what its entries tell.
#[test]
fn an_honest_bundle_of_any_run_agrees_with_its_entries() {
    let mut scene = Scene::new(4, 300, |_| {});
    scene.policy["approval"] = json!("page");
    scene.prepare();
    let fits = |scene: &Scene, id: &str, state: RunState| {
        let run = scene.run(id);
        assert_eq!(run.state, state, "{run:?}");
        let found = verify_bundle(&collected(scene, id), vec![]).expect("an archive");
        assert!(found.valid, "{state:?}: {found:?}");
        let said = found.remarks.join("; ");
        assert!(!said.contains("acts") && !said.contains("due"), "{said}");
    };
    let start = |scene: &Scene, dry: bool| {
        let policy = String::from("idle-contractors");
        let Answer::Run(run) = scene.order(Command::StartRun { policy, dry }) else {
            panic!("no run")
        };
        fits(scene, &run.id, RunState::Planning);
        scene.world.deliver_all();
        run.id
    };
    let preview = start(&scene, true);
    fits(&scene, &preview, RunState::Previewed);
    let held = scene.copy();
    let id = start(&held, false);
    fits(&held, &id, RunState::Held);

    let rejected = held.copy();
    rejected.order(Command::RejectRun {
        run: id.clone(),
        reason: "not these".into(),
    });
    fits(&rejected, &id, RunState::Rejected);

    let expired = held.copy();
    let week = std::time::Duration::from_secs(8 * 86_400);
    expired.world.cloud.borrow().clock().advance(week);
    assert_eq!(expired.world.tick(None), Ending::Value(Ok(())));
    expired.world.deliver_all();
    fits(&expired, &id, RunState::Expired);

    held.release(&id);
    fits(&held, &id, RunState::AwaitingApproval);
    let approve = Command::ApproveRun {
        run: id.clone(),
        reason: "all but one".into(),
        hold_out: vec![0],
    };
    let approved = held.world.command(&held.second, approve);
    assert!(approved.is_ok(), "{approved:?}");
    fits(&held, &id, RunState::Ready);
    let aborted = held.copy();
    aborted.order(Command::AbortRun {
        run: id.clone(),
        reason: "not now".into(),
    });
    fits(&aborted, &id, RunState::Aborted);

    // A Saturday.
    let again = held.copy();
    let document = json!({"except": ["sat"]}).to_string();
    again.order(Command::SetBlackOuts { document });
    again.world.deliver_all();
    fits(&again, &id, RunState::Held);
    let approve = Command::ApproveRun {
        run: id.clone(),
        reason: "all but two".into(),
        hold_out: vec![1],
    };
    let approved = again.world.command(&again.second, approve);
    assert!(approved.is_ok(), "{approved:?}");
    again.world.deliver_all();
    fits(&again, &id, RunState::Done);

    held.world.deliver_all();
    fits(&held, &id, RunState::Done);

    for steps in [vec![], vec![1]] {
        let undone = held.copy();
        let undo = Command::UndoRun {
            run: id.clone(),
            steps,
            reason: "a mistake".into(),
            dry: false,
        };
        let Answer::Run(undo) = undone.order(undo) else {
            panic!("no run")
        };
        undone.world.deliver_all();
        let state = undone.run(&undo.id).state;
        fits(&undone, &undo.id, state);
    }
}

#[test]
fn what_jobs_use_the_key_for_is_in_the_log() {
    let scene = Scene::new(6, 120, |_| {});
    scene.prepare();
    let held = scene.tick_until_held();
    let uses = |scene: &Scene| -> Vec<Value> {
        let entries = scene.log().into_iter();
        let entries = entries.map(|stored| serde_json::from_str(&stored.entry).expect("JSON"));
        entries
            .filter(|entry: &Value| entry["action"] == "use-key")
            .collect()
    };
    let [reading] = &uses(&scene)[..] else {
        panic!("{:?}", uses(&scene))
    };
    assert_eq!(reading["onBehalfOf"], scene.first);
    assert!(reading["after"]["reading"].is_string() && reading["run"].is_null());
    scene.release(&held.id);
    scene.world.deliver_all();
    let [_, acting] = &uses(&scene)[..] else {
        panic!("{:?}", uses(&scene))
    };
    assert_eq!(
        (&acting["run"], &acting["actor"]),
        (&json!(held.id), &json!("schedule"))
    );
}
