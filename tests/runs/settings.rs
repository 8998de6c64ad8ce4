//! Settings and policies of any size: whatever is stored of them, everything can still be stopped and saved.

use seatkeeper::app::admin::{Answer, Command};
use seatkeeper::app::records::{FieldDefinition, FieldKind};
use serde_json::{Value, json};

use crate::scene::Scene;

/// Fields whose choices come to about so many bytes.
fn fields(bytes: usize) -> Vec<FieldDefinition> {
    let choice = |number: usize| format!("{number:0>60}");
    let of = |field: usize| FieldDefinition {
        name: format!("Field {field}"),
        kind: FieldKind::Choice,
        choices: (0..100).map(choice).collect(),
    };
    (0..bytes / 6_300).map(of).collect()
}

fn entries(scene: &Scene, action: &str) -> Vec<Value> {
    let entries = scene.log().into_iter();
    entries
        .map(|entry| serde_json::from_str(&entry.entry).expect("JSON"))
        .filter(|entry: &Value| entry["action"] == action)
        .collect()
}

#[test]
fn everything_can_be_stopped_however_much_the_settings_hold() {
    let scene = Scene::new(301, 60, |_| {});
    let too_many = Command::SetFields {
        fields: fields(130_000),
    };
    assert_eq!(scene.refused(&scene.first, too_many).code, "invalid");
    scene.order(Command::SetFields {
        fields: fields(55_000),
    });
    scene.order(Command::SetStopped { stopped: true });
    let Answer::Overview(overview) = scene.order(Command::Overview {}) else {
        panic!("no overview")
    };
    assert!(overview.settings.stopped);
    // The log says what was changed, and not what was not.
    let stopped = entries(&scene, "set-stopped").remove(0);
    assert_eq!(
        (&stopped["before"], &stopped["after"]),
        (&json!({"stopped": false}), &json!({"stopped": true}))
    );
    let fields = entries(&scene, "set-fields").remove(0);
    let changed = fields["after"].as_object().expect("an object");
    assert_eq!(changed.keys().collect::<Vec<_>>(), ["fields"]);
}

#[test]
fn a_condition_that_is_nested_deeper_than_the_storage_takes_is_a_mistake_in_the_policy() {
    let scene = Scene::new(302, 60, |_| {});
    let nested = |levels: usize| {
        let mut policy = scene.policy.clone();
        for _ in 0..levels {
            let inner = policy["match"].take();
            policy["match"] = json!({"any": [inner, {"status": ["active"]}]});
        }
        policy.to_string()
    };
    scene.order(Command::SavePolicy {
        document: nested(8),
        revision: None,
    });
    for levels in [11, 12, 13, 14, 20] {
        let document = nested(levels);
        let answer = scene.world.command(
            &scene.first,
            Command::SavePolicy {
                document,
                revision: None,
            },
        );
        if let Err(refusal) = answer {
            assert_eq!(refusal.code, "invalid-policy", "{levels}: {refusal:?}");
            assert_eq!(refusal.errors[0].code, "too-deep", "{levels}");
        } else {
            assert!(levels < 14, "{levels}");
        }
    }
    let document = nested(20);
    let Answer::PolicyCheck(check) = scene.order(Command::CheckPolicy { document }) else {
        panic!("no check")
    };
    let check = serde_json::to_value(check).expect("JSON");
    assert_eq!(check["invalid"]["errors"][0]["path"], "$.match");
}

#[test]
fn a_policy_with_the_longest_name_can_be_saved_as_often_as_any_other() {
    let scene = Scene::new(303, 60, |_| {});
    let mut policy = scene.policy.clone();
    policy["name"] = json!("n".repeat(2_000));
    for number in 0..130 {
        policy["description"] = json!(format!("number {number}"));
        scene.order(Command::SavePolicy {
            document: policy.to_string(),
            revision: None,
        });
    }
    let policy = String::from("idle-contractors");
    let Answer::PolicyVersions(list) = scene.order(Command::PolicyVersions { policy }) else {
        panic!("no versions")
    };
    let newest = list.versions.first().expect("a revision");
    assert_eq!(newest.revision, 130);
    assert!(list.versions.len() > 50, "{}", list.versions.len());
}
