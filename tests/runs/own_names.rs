//! Policies that name imported lists and own fields.

use std::time::Duration;

use seatkeeper::app::admin::{Answer, Command};
use seatkeeper::app::records::{FieldDefinition, FieldKind, PersonFields, Run, RunState};
use seatkeeper::plan::GuardCode;
use serde_json::{Value, json};

use crate::scene::Scene;

pub fn scene(seed: u64, named: Value) -> Scene {
    let mut scene = Scene::new(seed, 300, |_| {});
    let all = scene.policy["match"]["all"].as_array_mut().expect("all");
    all.push(named);
    scene.policy["schedule"] = Value::Null;
    scene
        .policy
        .as_object_mut()
        .expect("one")
        .remove("schedule");
    scene.order(Command::SavePolicy {
        document: scene.policy.to_string(),
        revision: None,
    });
    scene.order(Command::SetLimits {
        percent_per_day: 100,
    });
    scene
}

pub fn run(scene: &Scene, dry: bool) -> Run {
    scene.started("idle-contractors", dry)
}

pub fn planned(scene: &Scene, run: &Run) -> Vec<String> {
    let mut planned = scene.planned(run);
    planned.sort();
    planned
}

fn slice(members: &[String], part: u32, of: u32) -> Command {
    Command::ImportList {
        name: "leavers".into(),
        members: members.to_vec(),
        part,
        of,
    }
}

fn emails(scene: &Scene, accounts: &[String]) -> Vec<String> {
    let users = scene.world.cloud.borrow().dump_users();
    let of = |account: &String| {
        let user = users
            .iter()
            .find(|user| user["accountId"] == json!(account));
        String::from(
            user.expect("a person")["email"]
                .as_str()
                .expect("an address"),
        )
    };
    accounts.iter().map(of).collect()
}

/// Contractors whom the policy without a name means, by a dry run.
pub fn meant(scene: &Scene) -> Vec<String> {
    let mut all = scene.policy.clone();
    all["id"] = json!("everybody");
    all["match"]["all"].as_array_mut().expect("all").pop();
    scene.order(Command::SavePolicy {
        document: all.to_string(),
        revision: None,
    });
    planned(scene, &scene.started("everybody", true))
}

#[test]
fn whoever_is_on_a_list_is_acted_on_and_a_list_that_shrinks_or_ages_holds_or_stops_that() {
    let scene = scene(81, json!({"listed": "leavers"}));
    let meant = meant(&scene);
    assert!(meant.len() > 12, "{}", meant.len());
    // Without the list nobody is known to be on it.
    assert_eq!(run(&scene, true).counts.planned, 0);
    let mut listed: Vec<String> = meant.iter().take(10).cloned().collect();
    let mut members = listed.clone();
    members.extend(
        emails(&scene, &meant[10..12])
            .iter()
            .map(|email| email.to_uppercase()),
    );
    listed.extend(meant[10..12].iter().cloned());
    listed.sort();
    scene.order(slice(&members[..4], 0, 2));
    scene.refused(&scene.first, slice(&members[4..], 2, 3));
    scene.order(slice(&members[4..], 1, 2));
    assert_eq!(planned(&scene, &run(&scene, true)), listed);
    // One fewer of 12 is fewer than a tenth; three of 11 are more, however often they are sent.
    scene.order(slice(&members[..11], 0, 1));
    let held = run(&scene, false);
    let codes: Vec<GuardCode> = held.guards.iter().map(|guard| guard.code).collect();
    assert_eq!(codes, [GuardCode::FirstRun]);
    scene.order(Command::RejectRun {
        run: held.id,
        reason: "not yet".into(),
    });
    for _ in 0..2 {
        scene.order(slice(&members[..8], 0, 1));
        let held = run(&scene, false);
        let codes: Vec<GuardCode> = held.guards.iter().map(|guard| guard.code).collect();
        assert_eq!(codes, [GuardCode::FirstRun, GuardCode::ListShrunk]);
        scene.order(Command::RejectRun {
            run: held.id,
            reason: "not yet".into(),
        });
    }
    let held = run(&scene, false);
    // Whoever leaves the list before the action is let be.
    scene.order(slice(&members[1..8], 0, 1));
    scene.release(&held.id);
    scene.world.deliver_all();
    let done = scene.run(&held.id);
    assert_eq!(
        (done.state, done.counts.verified),
        (RunState::Done, 7),
        "{done:?}"
    );
    let week = Duration::from_secs(7 * 86_400 + 3_600);
    scene.world.cloud.borrow().clock().advance(week);
    assert_eq!(run(&scene, true).counts.planned, 0);
    scene.order(Command::DropList {
        name: "leavers".into(),
    });
    let cloud = scene.world.cloud.borrow();
    let stored = cloud.stored().plain(cloud.now());
    assert!(!stored.iter().any(|(key, _)| key.starts_with("list:")));
}

fn row(account: &str, cost: &str, note: Option<&str>) -> PersonFields {
    PersonFields {
        account: account.into(),
        values: vec![("Cost centre".into(), cost.into())],
        note: note.map(String::from),
    }
}

#[test]
fn own_fields_decide_and_are_logged_by_their_names_alone() {
    let scene = scene(
        82,
        json!({"field": {"name": "Cost centre", "is": ["4711"]}}),
    );
    let meant = meant(&scene);
    let refused = scene.refused(
        &scene.first,
        Command::ImportFields {
            rows: vec![row(&meant[0], "4711", None)],
        },
    );
    assert_eq!(refused.code, "invalid");
    let field = |name: &str, kind, choices: &[&str]| FieldDefinition {
        name: name.into(),
        kind,
        choices: choices.iter().map(|choice| String::from(*choice)).collect(),
    };
    scene.order(Command::SetFields {
        fields: vec![
            field("Cost centre", FieldKind::Choice, &["4711", "4712"]),
            field("Leaves", FieldKind::Date, &[]),
        ],
    });
    let mut rows: Vec<PersonFields> = meant
        .iter()
        .enumerate()
        .map(|(place, account)| row(account, if place < 3 { "4711" } else { "4712" }, None))
        .collect();
    scene.order(Command::ImportFields { rows: rows.clone() });
    assert_eq!(planned(&scene, &run(&scene, true)), meant[..3]);
    scene.order(Command::SetPersonFields {
        person: row(&meant[0], "", Some("asked to keep\nuntil May")),
    });
    assert_eq!(planned(&scene, &run(&scene, true)), meant[1..3]);
    let accounts = vec![seatkeeper::model::AccountId(meant[0].clone())];
    let Answer::PersonFields(shown) = scene.order(Command::PersonFields { accounts }) else {
        panic!("no fields")
    };
    assert_eq!(shown.people.len(), 1);
    assert!(shown.people[0].values.is_empty());
    rows[0].values[0].1 = "4713".into();
    let wrong = Command::ImportFields { rows };
    assert_eq!(scene.refused(&scene.first, wrong).code, "invalid");
    let said: Vec<String> = scene
        .log()
        .into_iter()
        .map(|entry| serde_json::from_str(&entry.entry).expect("JSON"))
        .filter(|entry: &Value| entry["action"] == "set-person-fields")
        .map(|entry| entry["reason"].as_str().expect("a reason").to_owned())
        .collect();
    assert_eq!(
        said.last().map(String::as_str),
        Some("Cost centre, the note of 1 people")
    );
    assert!(
        !said
            .iter()
            .any(|said| said.contains("4711") || said.contains("May"))
    );
}
