//! Giving back what needs a seat: of those who ask, as many get theirs at once as there are seats; and who is asked otherwise.

use std::cell::Cell;

use cloud::organization::Product;
use seatkeeper::app::admin::{Answer, Command};
use seatkeeper::app::records::{ApprovalPlace, GiveBack, RunState};
use seatkeeper::app::{LinkMethod, LinkOutput, Transition};
use seatkeeper::plan::{Act, Fate};
use serde_json::json;

use crate::approval_issues::{look, moved, place, told};
use crate::foreign::read;
use crate::give_back::{self, asked_for, is_active, lost, press, request, tokens};
use crate::scene::Scene;
use crate::warnings::next_day;

const JIRA: (Product, &str) = (Product::JiraSoftware, "jira-software");
const CONFLUENCE: (Product, &str) = (Product::Confluence, "confluence");

fn suspending(give_back: GiveBack) -> Scene {
    let stages = [json!({"after": "7d", "do": "suspend"})];
    give_back::scene(&stages, give_back)
}

/// Everybody who lost something and held a product on the first site then, with their links.
fn holders(scene: &Scene, product: &str) -> Vec<(String, String)> {
    lost(scene);
    let tokens = tokens(scene);
    let site = scene.world.cloud.borrow().organization().sites[0]
        .cloud_id
        .clone();
    let mut people = Vec::new();
    for run in scene.runs() {
        for line in scene.lines(&run) {
            let person = line.person;
            let mut held = person.before.access.iter().flatten();
            if person.fate == Fate::Verified
                && person.acts.iter().any(Act::takes_access)
                && held.any(|held| {
                    held.resource.product() == product && held.resource.site() == Some(&site)
                })
            {
                let token = tokens[&person.account.0].clone();
                people.push((person.account.0, token));
            }
        }
    }
    people
}

/// Everybody who lost a seat of Jira there.
fn without_seats(scene: &Scene) -> Vec<(String, String)> {
    let people = holders(scene, JIRA.1);
    assert!(people.len() > 3, "{people:?}");
    people
}

/// Leaves so many seats of a product on the first site, as the next reading finds.
fn leave(scene: &Scene, (product, key): (Product, &str), free: u32) {
    read(scene);
    let host = scene.world.cloud.borrow().organization().sites[0].host();
    let Answer::Overview(overview) = scene.order(Command::Overview {}) else {
        panic!("no overview")
    };
    let snapshot = overview.reading.snapshot.expect("a snapshot");
    let mut places = snapshot.products.iter();
    let place = places.find(|place| place.product == key && place.site == host);
    let place = place.expect("the product");
    let seats = place.seats_said.unwrap_or(place.seats);
    let mut cloud = scene.world.cloud.borrow_mut();
    for product in Product::ALL {
        cloud.set_seats(0, product, None);
    }
    cloud.set_seats(0, product, Some(seats + free));
    drop(cloud);
    read(scene);
}

#[test]
fn the_last_seat_is_given_once_however_many_ask_before_the_next_reading() {
    let scene = suspending(GiveBack::Restore);
    let people = without_seats(&scene);
    leave(&scene, JIRA, 1);
    let answers: Vec<LinkOutput> = people[..people.len() - 1]
        .iter()
        .map(|(_, token)| press(&scene, token))
        .collect();
    assert_eq!(answers[0], LinkOutput::Restoring);
    let mut others = answers[1..].iter();
    assert!(others.all(|one| *one == LinkOutput::Asked), "{answers:?}");
    scene.world.deliver_all();
    let back = people
        .iter()
        .filter(|(account, _)| is_active(&scene, account));
    assert_eq!(back.count(), 1);
    let waiting = asked_for(&scene).into_iter();
    let waiting = waiting.filter(|run| run.state == RunState::AwaitingApproval);
    assert_eq!(waiting.count(), people.len() - 2);
    // Also when the first run is over: no reading has seen it.
    let (_, last) = people.last().expect("somebody");
    assert_eq!(press(&scene, last), LinkOutput::Asked);
}

#[test]
fn it_is_given_once_also_to_two_who_ask_at_the_same_time() {
    let first = suspending(GiveBack::Restore);
    let people = without_seats(&first);
    leave(&first, JIRA, 1);
    let mut survived = 0;
    for awaits in 1.. {
        let scene = first.copy();
        let between = Cell::new(None);
        let (was_under_way, one) =
            scene
                .world
                .link_around(&request(LinkMethod::Post, &people[0].1), awaits, || {
                    between.set(Some(press(&scene, &people[1].1)));
                });
        if !was_under_way {
            break;
        }
        let answers = [one, between.into_inner().expect("an answer")];
        let given = answers.iter().filter(|one| **one == LinkOutput::Restoring);
        assert_eq!(given.count(), 1, "{awaits}: {answers:?}");
        survived = awaits;
    }
    assert!(survived > 5, "{survived}");
}

#[test]
fn an_approval_takes_the_seat_like_a_press() {
    let scene = suspending(GiveBack::Ask);
    let people = without_seats(&scene);
    leave(&scene, JIRA, 1);
    assert_eq!(press(&scene, &people[0].1), LinkOutput::Asked);
    scene.world.deliver_all();
    scene.order(give_back::notices(Some(GiveBack::Restore)));
    // Nobody has approved yet, so the seat is free.
    let early = scene.copy();
    assert_eq!(press(&early, &people[1].1), LinkOutput::Restoring);
    scene.approve(&asked_for(&scene)[0].id);
    assert!(is_active(&scene, &people[0].0));
    assert_eq!(press(&scene, &people[1].1), LinkOutput::Asked);
}

#[test]
fn who_lost_one_product_needs_no_seat_of_another() {
    let stages = [json!({"after": "7d", "do": "removeAccess"})];
    let scene = give_back::scene(&stages, GiveBack::Restore);
    let people = holders(&scene, CONFLUENCE.1);
    let (_, token) = people.first().expect("somebody with Confluence, too");
    let copy = scene.copy();
    leave(&scene, CONFLUENCE, 0);
    assert_eq!(press(&scene, token), LinkOutput::Restoring);
    leave(&copy, JIRA, 0);
    assert_eq!(press(&copy, token), LinkOutput::Asked);
}

#[test]
fn the_seat_that_a_person_has_back_is_no_seat_of_another() {
    let probe = Scene::new(31, 300, |_| {});
    let group = {
        let cloud = probe.world.cloud.borrow();
        let mut groups = cloud.organization().groups.iter();
        let open =
            groups.find(|group| group.is_modifiable() && group.name.starts_with("jira-users"));
        open.expect("a group that can be changed").name.clone()
    };
    let stages = [
        json!({"after": "7d", "do": "removeFromGroups", "groups": [group]}),
        json!({"after": "9d", "do": "suspend"}),
    ];
    let scene = give_back::scene(&stages, GiveBack::Restore);
    lost(&scene);
    let tokens = tokens(&scene);
    let site = scene.world.cloud.borrow().organization().sites[0]
        .cloud_id
        .clone();
    let mut people = Vec::new();
    for _ in 0..4 {
        let run = next_day(&scene);
        for line in scene.lines(&run) {
            let person = line.person;
            let mut held = person.before.access.iter().flatten();
            if person.acts == [Act::Suspend]
                && held.any(|held| {
                    held.resource.product() == CONFLUENCE.1 && held.resource.site() == Some(&site)
                })
            {
                people.push(person.account.0);
            }
        }
    }
    let account = people.first().expect("somebody with Confluence");
    leave(&scene, CONFLUENCE, 1);
    assert_eq!(press(&scene, &tokens[account]), LinkOutput::Restoring);
    scene.world.deliver_all();
    let runs = asked_for(&scene);
    assert_eq!(runs.len(), 2, "{runs:?}");
    assert!(
        runs.iter().all(|run| run.state == RunState::Done),
        "{runs:?}"
    );
}

#[test]
fn where_the_policy_has_its_plans_approved_by_issues_an_issue_asks_for_the_access() {
    let mut scene = suspending(GiveBack::Ask);
    let (account, token) = lost(&scene);
    scene.policy["approval"] = json!("issue");
    scene.order(Command::SavePolicy {
        document: scene.policy.to_string(),
        revision: None,
    });
    let on_page = scene.copy();
    assert_eq!(press(&on_page, &token), LinkOutput::Asked);
    on_page.world.deliver_all();
    let run = asked_for(&on_page).remove(0);
    assert_eq!(run.approval_wanted, Some(ApprovalPlace::Page), "no project");

    scene.order(place(false));
    assert_eq!(press(&scene, &token), LinkOutput::Asked);
    scene.world.deliver_all();
    let run = asked_for(&scene).remove(0);
    assert_eq!(run.approval_wanted, Some(ApprovalPlace::Issue), "{run:?}");
    let key = run.approval_issue.as_deref().expect("an issue");
    let issues = scene.world.cloud.borrow().dump_issues();
    let issue = issues.iter().find(|issue| issue["key"] == key);
    let issue = issue.expect("the issue");
    // Nobody approves for themselves.
    moved(&scene, issue, &account, "Approved");
    told(&scene, issue, &account, Transition::Approve);
    assert!(!is_active(&scene, &account));
    moved(&scene, issue, &scene.second, "Approved");
    told(&scene, issue, &scene.second, Transition::Approve);
    look(&scene);
    assert_eq!(scene.run(&run.id).state, RunState::Done);
    assert!(is_active(&scene, &account));
}

#[test]
fn a_policy_that_wants_no_issue_asks_on_the_page() {
    let scene = suspending(GiveBack::Ask);
    let (_, token) = lost(&scene);
    scene.order(place(false));
    assert_eq!(press(&scene, &token), LinkOutput::Asked);
    scene.world.deliver_all();
    let run = asked_for(&scene).remove(0);
    assert_eq!(run.approval_wanted, Some(ApprovalPlace::Page), "{run:?}");
}
