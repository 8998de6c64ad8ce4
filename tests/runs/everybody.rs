//! The newest snapshot as a page loads it: chunk by chunk, without anything being decoded on the way.

use std::collections::BTreeSet;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use seatkeeper::app::admin::{Answer, Command, SnapshotPart, SnapshotParts};
use seatkeeper::atlassian::Seats;
use seatkeeper::roster::{Filter, Roster};
use seatkeeper::snapshot::{ArrivingSnapshot, Site};

use crate::scene::Scene;

/// What goes through the bridge at once (RULES R16).
const SLICE_BYTES: usize = 350_000;

fn parts(scene: &Scene) -> SnapshotParts {
    let answer = scene.order(Command::SnapshotParts {});
    let bytes = serde_json::to_string(&answer).expect("an answer").len();
    assert!(bytes <= SLICE_BYTES, "{bytes}");
    match answer {
        Answer::SnapshotParts(parts) => *parts,
        other => panic!("{other:?}"),
    }
}

fn part(scene: &Scene, snapshot: &str, names: &[&str]) -> SnapshotPart {
    let names = names.iter().map(|name| (*name).to_owned()).collect();
    let snapshot = snapshot.to_owned();
    let answer = scene.order(Command::SnapshotPart { snapshot, names });
    let bytes = serde_json::to_string(&answer).expect("an answer").len();
    assert!(bytes <= SLICE_BYTES, "{bytes}");
    match answer {
        Answer::SnapshotPart(part) => part,
        other => panic!("{other:?}"),
    }
}

/// Loads everybody as the page does, `names` chunks a question.
fn load(scene: &Scene, names: usize) -> Roster {
    let parts = parts(scene);
    let mut arriving = ArrivingSnapshot::begin(parts.chunks).expect("a list");
    let mut open: Vec<String> = arriving.names().into_iter().map(String::from).collect();
    while !open.is_empty() {
        let asked: Vec<&str> = open.iter().take(names).map(String::as_str).collect();
        let answer = part(scene, &parts.snapshot, &asked);
        assert_eq!(answer.snapshot, parts.snapshot);
        assert!(!answer.chunks.is_empty(), "it would never end");
        for chunk in &answer.chunks {
            let bytes = STANDARD.decode(&chunk.bytes).expect("base64");
            arriving.take(&chunk.name, bytes);
        }
        open.drain(..answer.chunks.len());
        while arriving.step().expect("chunks that fit") {}
    }
    let sites = parts.sites.into_iter().map(|site| Site {
        cloud_id: site.cloud_id,
        host: site.host,
    });
    let people = arriving.finish().expect("everybody");
    assert_eq!(people.len(), usize::try_from(parts.users).expect("few"));
    let grants: Option<Seats> = parts
        .grants
        .map(|text| seatkeeper::json::read(&text).expect("grants"));
    Roster::new(
        people,
        sites.collect(),
        grants.unwrap_or_default(),
        parts.now,
    )
}

fn read(scene: &Scene) {
    scene.order(Command::StartSync {});
    scene.world.deliver_all();
}

#[test]
fn a_page_loads_everybody_in_slices_and_knows_them_as_the_directory_does() {
    let scene = Scene::new(3, 4_500, |_| {});
    read(&scene);
    for names in [1, 7, 40] {
        let mut roster = load(&scene, names);
        let users = scene.world.cloud.borrow().dump_users();
        assert_eq!(usize::try_from(roster.people()).expect("few"), users.len());
        let known = |user: &serde_json::Value| {
            let account = user["accountId"].as_str().expect("an account");
            let panel = roster.panel(account).expect("somebody");
            assert_eq!(panel.listings[0].name.as_deref(), user["name"].as_str());
        };
        users.iter().step_by(97).for_each(known);
        let text = users[41]["accountId"]
            .as_str()
            .expect("an account")
            .to_owned();
        let filter = Filter {
            text: text.clone(),
            ..Filter::default()
        };
        assert_eq!(roster.filter(filter), Ok(1));
        assert_eq!(roster.accounts(0, 2), [text]);
    }
}

#[test]
fn a_page_without_wasm_lists_everybody_once_page_by_page() {
    let scene = Scene::new(3, 300, |_| {});
    read(&scene);
    let page = |text: &str, from: u32| match scene.order(Command::ListPeople {
        text: text.to_owned(),
        from,
    }) {
        Answer::PeopleList(list) => list,
        other => panic!("{other:?}"),
    };
    let users = scene.world.cloud.borrow().dump_users();
    let (mut accounts, mut from) = (BTreeSet::new(), Some(0));
    while let Some(place) = from {
        let list = page("", place);
        assert!(list.people.len() <= 50);
        accounts.extend(list.people.into_iter().map(|person| person.account));
        from = list.next;
    }
    assert_eq!(accounts.len(), users.len());
    let email = users[41]["email"]
        .as_str()
        .expect("an address")
        .to_uppercase();
    let found = page(&email, 0);
    assert_eq!(found.people.len(), 1, "{found:?}");
    assert_eq!(found.next, None);
}

#[test]
fn a_snapshot_that_was_replaced_is_noticed_and_gives_nothing_of_the_new_one() {
    let scene = Scene::new(3, 300, |_| {});
    read(&scene);
    let before = parts(&scene);
    let arriving = ArrivingSnapshot::begin(before.chunks.clone()).expect("a list");
    let pass = std::time::Duration::from_secs(25 * 3_600);
    scene.world.cloud.borrow().clock().advance(pass);
    read(&scene);
    let answer = part(&scene, &before.snapshot, &arriving.names());
    assert_ne!(answer.snapshot, before.snapshot);
    assert!(answer.chunks.is_empty(), "{answer:?}");
    assert_eq!(parts(&scene).snapshot, answer.snapshot);
}

#[test]
fn nothing_else_of_the_storage_can_be_asked_for_and_not_by_everybody() {
    let scene = Scene::new(3, 300, |_| {});
    let refused = scene.refused(&scene.first, Command::SnapshotParts {});
    assert_eq!(refused.code, "not-found", "{refused:?}");
    read(&scene);
    let snapshot = parts(&scene).snapshot;
    for name in [
        "../settings",
        "",
        "j0123456789012345678901",
        "dä12345678901234567890",
    ] {
        let names = vec![name.to_owned()];
        let snapshot = snapshot.clone();
        let refused = scene.refused(&scene.first, Command::SnapshotPart { snapshot, names });
        assert_eq!(refused.code, "invalid", "{name}");
    }
    let names = vec![String::from("p0123456789012345678901"); 41];
    let asked = Command::SnapshotPart { snapshot, names };
    assert_eq!(scene.refused(&scene.first, asked).code, "invalid");
    let nobody = scene.world.cloud.borrow().organization().people.ordinary[0].clone();
    for command in [
        Command::SnapshotParts {},
        Command::SnapshotPart {
            snapshot: String::new(),
            names: Vec::new(),
        },
    ] {
        assert_eq!(scene.refused(&nobody, command).code, "not-allowed");
    }
}
