//! The evidence of a real run: collected by the page's commands, packed, and verified without the app.

use seatkeeper::app::admin::{Answer, Command};
use seatkeeper::audit::bundle::{Bundle, Facts, NamedAccount, unpack, verify_bundle};
use seatkeeper::audit::{LogHead, StoredEntry};
use serde_json::{Value, json};

use crate::scene::Scene;

fn head(log: &[StoredEntry]) -> LogHead {
    let last = log.last().expect("an entry");
    LogHead {
        seq: last.seq,
        hash: last.hash.clone(),
    }
}

/// What the page does.
fn collected(scene: &Scene, id: &str) -> Vec<u8> {
    let run = scene.run(id);
    let log = scene.log();
    let Answer::Policies(policies) = scene.order(Command::Policies {}) else {
        panic!("no policies")
    };
    let facts = json!({
        "made": run.since,
        "covers": {"from": run.now, "to": run.since},
        "head": head(&log),
        "run": run,
        "policy": policies.policies[0].policy,
    });
    let facts: Facts = serde_json::from_value(facts).expect("facts");
    let mut bundle = Bundle::new(facts);
    bundle.add_entries(&log);
    for part in 0..run.plan.as_ref().expect("a plan").parts {
        let answer = scene.order(Command::PlanPart {
            run: id.into(),
            part,
        });
        let Answer::PlanPart(text) = answer else {
            panic!("no part")
        };
        assert!(bundle.add_plan_part(&text.text));
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
    bundle.finish()
}

fn text(archive: &[u8], wanted: &str) -> String {
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
