//! Policies that keep a number of seats, and people who cannot free one: others go in their place, and what keeps a seat is
//! told (RULES R11).

use std::collections::BTreeSet;

use cloud::organization::{Grant, Group, Product, Role};
use seatkeeper::app::admin::Command;
use seatkeeper::app::records::RunState;

use crate::foreign::read;
use crate::scene::Scene;
use crate::seat_pools::{crowded, figures, keeping, saying};
use crate::warnings::{mail, next_day, notices};

/// Puts people into a group that gives Jira on the first site and that an identity provider keeps.
fn hold<'a>(scene: &Scene, people: impl Iterator<Item = &'a String>) {
    let mut cloud = scene.world.cloud.borrow_mut();
    cloud.put_group(Group {
        id: String::from("5d1f0c9e-0b1d-4c6e-9a59-6f1f2b0c7e11"),
        name: String::from("jira-by-okta"),
        description: None,
        directory: 0,
        external_synced: true,
        by_its_members: false,
        grants: vec![Grant {
            site: 0,
            product: Product::JiraSoftware,
            role: Role::User,
            default: false,
        }],
    });
    for person in people {
        cloud.join_group(person, "jira-by-okta").expect("a person");
    }
}

#[test]
fn whoever_is_in_a_group_that_nobody_here_can_change_keeps_the_seat_and_another_goes() {
    let (scene, kept) = crowded(3, "7d", false);
    let first = next_day(&scene);
    let chosen = saying(&scene, &first, "waits: stage 1");
    assert_eq!(chosen.len(), 3, "{first:?}");
    let held = chosen.first().expect("somebody").clone();
    hold(&scene, std::iter::once(&held));
    let second = next_day(&scene);
    // They stay in the chain, in case the group is opened; and another one enters it.
    let waiting = saying(&scene, &second, "waits: stage 1");
    assert_eq!(waiting.difference(&chosen).count(), 1, "{waiting:?}");
    let mut gone = BTreeSet::new();
    for _ in 0..10 {
        gone.extend(scene.verified(&next_day(&scene)));
    }
    assert!(gone.len() == 3 && !gone.contains(&held), "{gone:?}");
    let found = figures(&scene);
    assert_eq!((found.in_use, found.missing), (kept, 0));
}

#[test]
fn whoever_never_could_go_is_not_chosen_and_it_is_said_why() {
    let (scene, _) = crowded(3, "7d", false);
    let dry = scene.started("idle-contractors", true);
    let chosen = saying(&scene, &dry, "waits: stage 1");
    hold(&scene, chosen.iter());
    read(&scene);
    let first = next_day(&scene);
    let others = saying(&scene, &first, "waits: stage 1");
    assert_eq!(others.len(), 3);
    assert!(others.is_disjoint(&chosen));
    let lines = scene.lines(&first).into_iter().map(|line| line.person);
    let held = lines.filter(|person| chosen.contains(&person.account.0));
    let groups: Vec<usize> = held.map(|person| person.hindered_by.len()).collect();
    assert_eq!(groups, [1, 1, 1]);
}

#[test]
fn whom_no_warning_reaches_keeps_the_seat_and_others_are_warned() {
    let mut scene = Scene::new(31, 300, |_| {});
    let issue = scene.world.cloud.borrow_mut().make_issue("LIFE", "Seats");
    let of_confluence = |scene: &Scene, seats: u32| {
        let text = keeping(scene, seats, "7d", true).to_string();
        text.replace("jira-software", "confluence")
    };
    scene.policy = serde_json::from_str(&of_confluence(&scene, 1_000_000)).expect("JSON");
    scene.prepare();
    scene.order(notices(&issue, 1_000));
    let in_use = figures(&scene).in_use;
    scene.order(Command::SavePolicy {
        document: of_confluence(&scene, in_use - 12),
        revision: None,
    });
    let run = next_day(&scene);
    assert_eq!(run.state, RunState::Done, "{run:?}");
    let unreached = saying(&scene, &run, "keeps the seat: no warning reaches");
    assert!(!unreached.is_empty());
    assert_eq!(mail(&scene).len(), 12);
    let seats = run.plan.as_ref().and_then(|plan| plan.seats.clone());
    assert_eq!(seats.expect("figures").missing, 0);
    let mut gone = BTreeSet::new();
    for _ in 0..9 {
        gone.extend(scene.verified(&next_day(&scene)));
    }
    assert!(gone.len() == 12 && gone.is_disjoint(&unreached), "{gone:?}");
}

/// What protects a person may be over tomorrow: nobody goes in their place.
#[test]
fn whoever_is_protected_for_now_goes_later_and_nobody_in_their_place() {
    let (scene, _) = crowded(3, "7d", false);
    let first = next_day(&scene);
    let chosen = saying(&scene, &first, "waits: stage 1");
    let spared = chosen.first().expect("somebody").clone();
    let set = |is_admin| {
        let mut cloud = scene.world.cloud.borrow_mut();
        cloud.set_org_admin(&spared, is_admin).expect("a person");
    };
    set(true);
    let second = next_day(&scene);
    let waiting = saying(&scene, &second, "waits: stage 1");
    assert!(waiting.is_subset(&chosen) && !waiting.contains(&spared));
    set(false);
    let mut gone = BTreeSet::new();
    for _ in 0..10 {
        gone.extend(scene.verified(&next_day(&scene)));
    }
    assert_eq!(gone, chosen);
}
