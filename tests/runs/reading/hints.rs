//! Between two whole readings those are read again of whom an event says that they changed, and nobody else.

use std::collections::BTreeMap;

use cloud::organization::User;
use seatkeeper::snapshot::UserRecord;
use serde_json::json;

use super::stored::{assert_same, known, people, values};
use super::{calls, enable_idle_policy, organization, pass_hours, read, shown, tick};
use crate::scene::Scene;

fn change(scene: &Scene, account: &str, change: impl FnOnce(&mut User)) {
    let mut cloud = scene.world.cloud.borrow_mut();
    cloud.change_user(account, change).expect("a person");
}

fn rename(scene: &Scene, account: &str) {
    change(scene, account, |user| {
        user.name = String::from("Neu Benannt")
    });
}

fn send_event(scene: &Scene, account: &str) {
    let event = json!({
        "eventType": "avi:jira:updated:user",
        "user": {"accountId": account, "accountType": "atlassian", "active": true},
    });
    assert_eq!(scene.world.event(&event), Ok(()));
}

/// Everybody who is named otherwise than before, with how often.
fn renamed(scene: &Scene) -> BTreeMap<String, usize> {
    let mut renamed = BTreeMap::new();
    let people = people(&scene.world).into_iter();
    for person in people.filter(|person| person.name.as_deref() == Some("Neu Benannt")) {
        *renamed.entry(person.account.0).or_default() += 1;
    }
    renamed
}

/// An organization that was read an hour ago, with people who are in both of its directories.
fn read_scene(seed: u64) -> (Scene, Vec<String>) {
    let scene = organization(seed, 400);
    enable_idle_policy(&scene);
    read(&scene);
    let in_both: Vec<String> = {
        let cloud = scene.world.cloud.borrow();
        let users = cloud.organization().users.iter();
        let in_both = users.filter(|user| user.memberships.len() == 2);
        in_both.map(|user| user.account_id.clone()).collect()
    };
    assert!(in_both.len() > 35, "{}", in_both.len());
    (scene, in_both)
}

#[test]
fn whoever_an_event_names_is_read_again_within_the_hour_and_nobody_else() {
    let (scene, people) = read_scene(81);
    let [named, unnamed, ..] = people.as_slice() else {
        panic!("nobody")
    };
    rename(&scene, named);
    rename(&scene, unnamed);
    send_event(&scene, named);
    tick(&scene);
    assert_eq!(renamed(&scene), BTreeMap::new(), "an hour is not over");
    let before = shown(&scene);
    let listed = calls(&scene, "users.search");
    pass_hours(&scene, 2);
    tick(&scene);
    // Once in each directory.
    assert_eq!(renamed(&scene), BTreeMap::from([(named.clone(), 2)]));
    assert_eq!(calls(&scene, "users.search") - listed, 2);
    let after = shown(&scene);
    let listed = calls(&scene, "users.search");
    assert_eq!((after.taken, after.users), (before.taken, before.users));
    assert_ne!(after.id, before.id);
    // Nothing is left to be read again.
    pass_hours(&scene, 2);
    tick(&scene);
    assert_eq!(calls(&scene, "users.search"), listed);
    assert_eq!(shown(&scene).id, after.id);
    // The whole reading of the next day sees everybody.
    pass_hours(&scene, 24);
    tick(&scene);
    assert_eq!(renamed(&scene).len(), 2);
}

#[test]
fn many_events_together_are_few_calls() {
    let (scene, people) = read_scene(82);
    let listed = calls(&scene, "users.search");
    for person in &people[..30] {
        rename(&scene, person);
        send_event(&scene, person);
        send_event(&scene, person);
    }
    pass_hours(&scene, 2);
    tick(&scene);
    assert_eq!(renamed(&scene).len(), 30);
    let made = calls(&scene, "users.search") - listed;
    assert!(made <= 6, "{made} calls for 30 people in 2 directories");
}

#[test]
fn whoever_is_not_in_the_organization_any_more_is_dropped_at_an_event() {
    let (scene, people_of_both) = read_scene(83);
    let gone = &people_of_both[0];
    let rows = |scene: &Scene| -> Vec<UserRecord> {
        let mut all = people(&scene.world);
        all.retain(|person| person.account.0 == *gone);
        all
    };
    // The weekly report takes closed accounts out; that is another matter.
    tick(&scene);
    let before = shown(&scene);
    assert_eq!(rows(&scene).len(), 2);
    // Nobody has this account any more. The order of the accounts stays.
    change(&scene, gone, |user| user.account_id.push('0'));
    send_event(&scene, gone);
    pass_hours(&scene, 2);
    tick(&scene);
    assert_eq!(rows(&scene).len(), 0);
    assert_eq!(shown(&scene).users, before.users - 2);
    let directories = shown(&scene).coverage.directories;
    let listed: u32 = directories.iter().map(|found| found.listed).sum();
    assert_eq!(listed, before.users - 2);
}

#[test]
fn what_events_add_up_to_is_what_a_whole_reading_finds() {
    let (scene, people) = read_scene(84);
    // A second reading knows what the first one saw of suspended people.
    pass_hours(&scene, 25);
    read(&scene);
    for (number, person) in people[..30].iter().enumerate() {
        change(&scene, person, |user| match number % 3 {
            0 => user.department = "security",
            1 => user.groups.clear(),
            _ => user.accesses.truncate(1),
        });
        send_event(&scene, person);
    }
    pass_hours(&scene, 2);
    let whole = scene.copy();
    tick(&scene);
    read(&whole);
    assert_ne!(shown(&scene).taken, shown(&whole).taken);
    let (found, expected) = (known(&scene.world), known(&whole.world));
    assert_eq!(found.people, expected.people);
    let coverage = |scene: &Scene| shown(scene).coverage.fields;
    assert_eq!(coverage(&scene), coverage(&whole));
}

#[test]
fn an_event_in_the_middle_of_a_killed_upkeep_is_not_lost() {
    let (scene, people) = read_scene(85);
    rename(&scene, &people[0]);
    send_event(&scene, &people[0]);
    pass_hours(&scene, 2);
    let unhindered = scene.copy();
    tick(&unhindered);
    let expected = known(&unhindered.world);
    let mut awaits = 1;
    loop {
        let killed = scene.copy();
        killed
            .world
            .kills
            .set(crate::in_process::Kills::AtAwait(awaits));
        tick(&killed);
        assert_same(&known(&killed.world), &expected, &format!("await {awaits}"));
        let marks = values(&killed.world);
        let mut marks = marks.iter().filter(|(key, _)| key.starts_with("hints:"));
        assert!(marks.all(|(_, marked)| *marked == json!([])), "{awaits}");
        if killed.world.killed.get() == 0 {
            break;
        }
        awaits += 1;
    }
    assert!(awaits > 20, "only {awaits} awaits");
}
