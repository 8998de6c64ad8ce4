//! What a page is told of lists and own fields, slice by slice: all of what it asks for, and nothing else.

use std::time::Duration;

use seatkeeper::app::admin::{Answer, Command, OwnNames};
use seatkeeper::app::records::{FieldDefinition, FieldKind, PersonFields};
use serde_json::json;

use crate::scene::Scene;

/// What goes through the bridge at once.
const SLICE_BYTES: usize = 350_000;

fn account(number: usize) -> String {
    format!("712020:00000000-0000-4000-8000-{number:012}")
}

fn import(scene: &Scene, name: &str, members: &[String]) {
    let parts: Vec<&[String]> = members.chunks(3_000).collect();
    for (part, members) in (0..).zip(&parts) {
        scene.order(Command::ImportList {
            name: name.into(),
            members: members.to_vec(),
            part,
            of: u32::try_from(parts.len()).expect("few"),
        });
    }
}

fn text_field(name: &str) -> FieldDefinition {
    FieldDefinition {
        name: name.into(),
        kind: FieldKind::Text,
        choices: Vec::new(),
    }
}

fn ask(lists: &[&str], fields: &[&str], cursor: Option<String>) -> Command {
    let owned = |names: &[&str]| names.iter().map(|name| String::from(*name)).collect();
    Command::OwnNames {
        lists: owned(lists),
        fields: owned(fields),
        cursor,
    }
}

fn slice(scene: &Scene, lists: &[&str], fields: &[&str], cursor: Option<String>) -> OwnNames {
    let Answer::OwnNames(slice) = scene.order(ask(lists, fields, cursor)) else {
        panic!("no slice")
    };
    let size = serde_json::to_string(&slice).expect("JSON").len();
    assert!(size <= SLICE_BYTES, "{size}");
    slice
}

/// All slices together, and how many they were.
fn all(scene: &Scene, lists: &[&str], fields: &[&str]) -> (OwnNames, usize) {
    let mut whole = slice(scene, lists, fields, None);
    let mut slices = 1;
    while let Some(cursor) = whole.cursor.take() {
        let mut next = slice(scene, lists, fields, Some(cursor));
        for (list, more) in whole.lists.iter_mut().zip(&mut next.lists) {
            assert_eq!((&list.name, list.imported), (&more.name, more.imported));
            list.members.append(&mut more.members);
        }
        whole.people.append(&mut next.people);
        whole.cursor = next.cursor;
        slices += 1;
    }
    (whole, slices)
}

#[test]
fn slices_are_all_that_was_asked_for_and_nothing_else() {
    let scene = Scene::new(86, 60, |_| {});
    let leavers: Vec<String> = (0..14_000).map(account).collect();
    import(&scene, "leavers", &leavers);
    import(&scene, "guests", &[String::from("guest@acme.example")]);
    import(&scene, "others", &[account(1)]);
    scene.order(Command::SetFields {
        fields: vec![text_field("team"), text_field("site"), text_field("room")],
    });
    let mut said: Vec<PersonFields> = (0..6_000)
        .map(|number| PersonFields {
            account: account(number),
            values: vec![
                (
                    String::from("team"),
                    format!("Team {number} {}", "x".repeat(60)),
                ),
                (String::from("room"), String::from("1.01")),
            ],
            note: Some(String::from("only for administrators")),
        })
        .collect();
    for rows in said.chunks(1_000) {
        scene.order(Command::ImportFields {
            rows: rows.to_vec(),
        });
    }
    let (whole, slices) = all(
        &scene,
        &["guests", "leavers", "none"],
        &["team", "site", "no"],
    );
    assert!(slices > 2, "{slices}");
    let names: Vec<&str> = whole.lists.iter().map(|list| list.name.as_str()).collect();
    assert_eq!(names, ["leavers", "guests"]);
    assert_eq!(whole.lists[0].members, leavers);
    assert_eq!(whole.lists[1].members, ["guest@acme.example"]);
    assert_eq!(whole.fields, ["team", "site"]);
    for person in &mut said {
        person.values.truncate(1);
        person.note = None;
    }
    let mut people = whole.people;
    people.sort_unstable_by(|a, b| a.account.cmp(&b.account));
    assert_eq!(people, said);
    // Nothing is asked for, or nothing of it is there.
    assert_eq!(all(&scene, &[], &[]), (OwnNames::default(), 1));
    assert_eq!(all(&scene, &["none"], &["no"]), (OwnNames::default(), 1));
}

#[test]
fn slices_of_two_imports_are_never_one_list_and_an_old_list_has_nobody() {
    let scene = Scene::new(87, 60, |_| {});
    let leavers: Vec<String> = (0..14_000).map(account).collect();
    import(&scene, "leavers", &leavers);
    let first = slice(&scene, &["leavers"], &[], None);
    assert!(first.cursor.is_some());
    import(&scene, "leavers", &leavers[1..]);
    let refused = scene.refused(&scene.first, ask(&["leavers"], &[], first.cursor));
    assert_eq!(refused.code, "wrong-state", "{refused:?}");
    let (whole, _) = all(&scene, &["leavers"], &[]);
    assert_eq!(whole.lists[0].members, leavers[1..]);
    let days = Duration::from_secs(8 * 86_400);
    scene.world.cloud.borrow().clock().advance(days);
    let (old, slices) = all(&scene, &["leavers"], &[]);
    assert_eq!((old.lists[0].members.len(), slices), (0, 1));
    assert_eq!(old.lists[0].imported, whole.lists[0].imported);
}

#[test]
fn who_may_look_is_told_of_what_policies_rest_on_and_of_nothing_else() {
    let mut scene = Scene::new(88, 60, |_| {});
    import(&scene, "leavers", &[account(1)]);
    import(&scene, "salaries", &[account(2)]);
    scene.order(Command::SetFields {
        fields: vec![text_field("team"), text_field("salary")],
    });
    scene.policy["match"] = json!({"any": [
        {"not": {"listed": "leavers"}},
        {"field": {"name": "team", "is": ["Sales"]}},
    ]});
    scene.prepare();
    let viewer = scene.world.cloud.borrow().organization().people.jira_admins[0].clone();
    let told = scene
        .world
        .command(&viewer, ask(&["leavers"], &["team"], None));
    let Ok(Answer::OwnNames(told)) = told else {
        panic!("{told:?}")
    };
    assert_eq!(told.lists[0].members, [account(1)]);
    for hidden in [
        ask(&["leavers", "salaries"], &["team"], None),
        ask(&["leavers"], &["salary"], None),
    ] {
        assert_eq!(scene.refused(&viewer, hidden).code, "not-allowed");
    }
    let ordinary = scene.world.cloud.borrow().organization().people.ordinary[0].clone();
    let refused = scene.refused(&ordinary, ask(&["leavers"], &["team"], None));
    assert_eq!(refused.code, "not-allowed");
    // Whoever writes policies may try out any of them.
    let (told, _) = all(&scene, &["salaries"], &["salary"]);
    assert_eq!(told.lists[0].members, [account(2)]);
}
