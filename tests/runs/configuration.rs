//! The configuration goes out as one text and comes in on another installation.

use seatkeeper::app::admin::{Answer, Command, ConfigurationImport, Export};
use seatkeeper::app::records::{ExemptionSubject, FieldDefinition, FieldKind, PersonFields};
use seatkeeper::audit::sha256_hex;
use serde_json::{Value, json};

use crate::scene::{Scene, exempt};

pub fn exported(scene: &Scene) -> Value {
    let part = |part, made| match scene.order(Command::Export { part, made }) {
        Answer::Export(export) => export,
        other => panic!("{other:?}"),
    };
    let first: Export = part(0, None);
    let mut text = first.text.clone();
    for number in 1..first.parts {
        let next = part(number, Some(first.made));
        assert_eq!(next.hash, first.hash);
        text.push_str(&next.text);
    }
    assert_eq!(sha256_hex(&text), first.hash);
    serde_json::from_str(&text).expect("JSON")
}

/// The commands that bring a text in, in small parts.
pub fn parts(text: &str) -> Vec<Command> {
    let signs: Vec<char> = text.chars().collect();
    let pieces: Vec<String> = signs
        .chunks(3_000)
        .map(|some| some.iter().collect())
        .collect();
    let of = u32::try_from(pieces.len()).expect("few");
    (0..)
        .zip(pieces)
        .map(|(part, text_of_part)| Command::ImportConfiguration {
            hash: sha256_hex(text),
            part,
            of,
            text: text_of_part,
        })
        .collect()
}

pub fn bring(scene: &Scene, text: &str) -> ConfigurationImport {
    let mut last = ConfigurationImport::default();
    for command in parts(text) {
        match scene.order(command) {
            Answer::ConfigurationImport(import) => last = import,
            other => panic!("{other:?}"),
        }
    }
    last
}

pub fn furnished(seed: u64) -> Scene {
    let mut scene = Scene::new(seed, 80, |_| {});
    scene.prepare();
    scene.policy["id"] = json!("second");
    scene.order(Command::SavePolicy {
        document: scene.policy.to_string(),
        revision: None,
    });
    scene.order(Command::MovePolicy {
        policy: "second".into(),
        before: Some("idle-contractors".into()),
    });
    let domain = ExemptionSubject::Domain {
        domain: "partner.example".into(),
    };
    scene.order(exempt(domain, "a partner"));
    scene.order(Command::SetRetention { days: Some(400) });
    scene.order(Command::SetFields {
        fields: vec![FieldDefinition {
            name: "Team".into(),
            kind: FieldKind::Text,
            choices: Vec::new(),
        }],
    });
    scene.order(Command::SetPersonFields {
        person: PersonFields {
            account: scene.first.clone(),
            values: vec![("Team".into(), "Größe & \"Maß\"".into())],
            note: Some("a note".into()),
        },
    });
    scene.order(Command::ImportList {
        name: "leavers".into(),
        members: vec!["someone@partner.example".into(), scene.first.clone()],
        part: 0,
        of: 1,
    });
    scene.order(Command::StartSync {});
    scene.world.deliver_all();
    scene
}

/// Without what says when and by whom.
pub fn comparable(mut configuration: Value) -> Value {
    configuration["made"] = Value::Null;
    for edited in ["limitsEdited", "rolesEdited", "fieldsEdited"] {
        configuration["settings"][edited] = Value::Null;
    }
    for exemption in configuration["exemptions"].as_array_mut().expect("a list") {
        exemption["added"] = Value::Null;
    }
    configuration
}

#[test]
fn a_configuration_comes_in_as_it_went_out_wherever_that_is_killed() {
    let old = exported(&furnished(91));
    let text = old.to_string();
    assert!(!text.contains("secret") && !text.contains("apiKey"));
    let new = Scene::new(92, 80, |_| {});
    let commands = parts(&text);
    assert!(commands.len() > 1, "{}", commands.len());
    let (last, before) = commands.split_last().expect("parts");
    for command in before {
        new.order(command.clone());
    }
    let mut awaits = 1;
    loop {
        let copy = new.copy();
        let was_killed = copy
            .world
            .command_killed_at(&copy.first, last.clone(), awaits);
        if was_killed && copy.world.command(&copy.first, last.clone()).is_err() {
            // Only the parts were not forgotten: everything is there, or comes with a new beginning.
            bring(&copy, &text);
        }
        assert_eq!(
            comparable(exported(&copy)),
            comparable(old.clone()),
            "killed at {awaits}"
        );
        if !was_killed {
            break;
        }
        awaits += 5;
    }
    assert!(awaits > 50, "{awaits}");
    for command in before {
        new.order(command.clone());
    }
    new.order(last.clone());
    // What is there already is passed by.
    let again = bring(&new, &text);
    assert_eq!((again.policies, again.exemptions), (0, 0));
    let cloud = new.world.cloud.borrow();
    let stored = cloud.stored().plain(cloud.now());
    assert!(
        !stored
            .iter()
            .any(|(key, _)| key.starts_with("configuration:"))
    );
}

#[test]
fn a_configuration_with_a_mistake_changes_nothing() {
    let scene = furnished(93);
    let before = exported(&scene);
    let changes: [(&str, Value); 5] = [
        ("/settings/percentPerDay", json!(0)),
        ("/policies/0/stages", json!([])),
        ("/exemptions/0/policies", json!(["nowhere"])),
        ("/people/0/values/0/0", json!("Nothing")),
        ("/lists/0/name", json!("chosen")),
    ];
    for (place, value) in changes {
        let mut wrong = before.clone();
        wrong["settings"]["retentionDays"] = json!(200);
        let there = wrong.pointer_mut(place);
        match there {
            Some(there) => *there = value,
            None => wrong["exemptions"][0]["policies"] = value,
        }
        let commands = parts(&wrong.to_string());
        let (last, first) = commands.split_last().expect("parts");
        for command in first {
            scene.order(command.clone());
        }
        scene.refused(&scene.first, last.clone());
        assert_eq!(
            comparable(exported(&scene)),
            comparable(before.clone()),
            "{place}"
        );
    }
}
