//! A run that is taken back where others were at work: what came back once, what never came about, and what another run did
//! before.

use std::collections::BTreeSet;

use cloud::faults::{FaultKind, Faults, PlannedFault};
use cloud::organization::{AccountStatus, Group, Standing};
use seatkeeper::app::admin::Command;
use seatkeeper::app::records::{Run, RunState};
use seatkeeper::plan::Fate;
use serde_json::{Value, json};

use crate::foreign::{read, set};
use crate::scene::Scene;

fn suspended(scene: &Scene) -> BTreeSet<String> {
    let users = scene.world.cloud.borrow().dump_users();
    let suspended = users.iter().filter(|user| user["status"] == "suspended");
    let accounts = suspended.filter_map(|user| user["accountId"].as_str());
    accounts.map(str::to_owned).collect()
}

fn with(people: &BTreeSet<String>, person: &str) -> BTreeSet<String> {
    let mut people = people.clone();
    people.insert(person.to_owned());
    people
}

fn in_group(scene: &Scene, group: &str) -> BTreeSet<String> {
    let users = scene.world.cloud.borrow().dump_users();
    let is_in = |user: &&Value| {
        let mut groups = user["groups"].as_array().into_iter().flatten();
        groups.any(|held| held["name"] == group)
    };
    let members = users.iter().filter(is_in);
    let accounts = members.filter_map(|user| user["accountId"].as_str());
    accounts.map(str::to_owned).collect()
}

/// A run that somebody let go on, at its end.
fn let_go(scene: &Scene, held: &Run) -> Run {
    scene.release(&held.id);
    scene.world.deliver_all();
    scene.run(&held.id)
}

fn group_of_users(scene: &Scene) -> String {
    let cloud = scene.world.cloud.borrow();
    let mut groups = cloud.organization().groups.iter();
    let group = groups.find(|group| group.is_modifiable() && group.name.starts_with("jira-users"));
    group.expect("a group that can be changed").name.clone()
}

/// A group that gives nothing.
fn team(scene: &Scene) -> Group {
    let cloud = scene.world.cloud.borrow();
    let mut groups = cloud.organization().groups.iter();
    let team = groups.find(|group| {
        group.is_modifiable() && group.grants.is_empty() && group.name.starts_with("team-")
    });
    team.expect("a team").clone()
}

/// The first undo gave the status back and could not see the groups; others then suspended the person again.
#[test]
fn what_came_back_before_the_rest_was_let_be_is_not_given_back_again() {
    let mut scene = Scene::new(6, 400, |options| {
        options.switches.suspended_groups_shown = false;
        options.switches.read_back_lag_ms = 0;
    });
    let group = group_of_users(&scene);
    scene.policy["stages"] = json!([
        {"after": "0d", "do": ["removeFromGroups", "suspend"], "groups": [group]}
    ]);
    scene.prepare();
    let before = suspended(&scene);
    let held = scene.tick_until_held();
    let members = in_group(&scene, &group);
    let planned = scene.planned(&held);
    let person = planned.iter().find(|account| members.contains(*account));
    let person = person.expect("a member of the group").clone();
    let run = let_go(&scene, &held);
    assert_eq!(run.state, RunState::Done, "{run:?}");
    let (all, again) = (suspended(&scene), person.clone());
    assert!(all.contains(&person));
    let mut cloud = scene.world.cloud.borrow_mut();
    cloud.after_calls("users.restore", 0, |cloud| {
        // The reading back passes; before the next batch is read, others are there.
        cloud.after_calls("users.search", 1, move |cloud| {
            let known = cloud.set_standing(&again, Standing::Suspended);
            known.expect("a person");
        });
    });
    drop(cloud);
    let first = scene.undone(&run);
    let line = |undo: &Run| {
        let lines = scene.lines(undo).into_iter();
        let mut lines = lines.filter(|line| line.person.account.0 == person);
        lines.next().map(|line| line.person)
    };
    let theirs = line(&first).expect("a line");
    assert_eq!(theirs.fate, Fate::Acted, "{theirs:?}");
    assert_eq!(suspended(&scene), with(&before, &person));
    let second = scene.undone(&run);
    assert!(second.state.is_over(), "{second:?}");
    assert!(suspended(&scene).contains(&person), "{:?}", line(&second));
    // Of the second one's plan only what did not come back is left.
    let rest = line(&second).expect("a line");
    let acts: Vec<&str> = rest.acts.iter().map(|act| act.name()).collect();
    assert_eq!(acts, ["giveAccess"]);
}

/// Three calls without a clear answer, and a reading that shows that nothing came of them.
#[test]
fn what_was_called_for_and_never_came_about_is_not_taken_back() {
    let mut scene = Scene::new(6, 400, |_| {});
    scene.policy["stages"] = json!([{"after": "0d", "do": "suspend"}]);
    scene.prepare();
    let before = suspended(&scene);
    let held = scene.tick_until_held();
    let person = scene.planned(&held).swap_remove(0);
    let faults = Faults {
        planned: vec![PlannedFault {
            operation: String::from("users.suspend"),
            containing: person.clone(),
            after: 0,
            times: 10,
            kind: FaultKind::TimeoutBefore,
        }],
        ..Faults::default()
    };
    scene.world.cloud.borrow_mut().set_faults(faults);
    let run = let_go(&scene, &held);
    assert_eq!(run.state, RunState::DoneWithFailures, "{run:?}");
    assert_eq!(
        (run.counts.failed, suspended(&scene).contains(&person)),
        (1, false)
    );
    set(&scene, &person, Standing::Suspended);
    // A reading shows it a moment later.
    scene.wait_for_queries();
    let undo = scene.undone(&run);
    assert_eq!(undo.state, RunState::Done, "{undo:?}");
    assert_eq!(suspended(&scene), with(&before, &person));
}

/// Of two groups one was left, and the other one was refused: others take the person out of that one later.
#[test]
fn of_several_groups_only_those_that_were_left_come_back() {
    let mut scene = Scene::new(6, 400, |_| {});
    let group = group_of_users(&scene);
    let others = team(&scene);
    scene.policy["stages"] = json!([
        {"after": "0d", "do": "removeFromGroups", "groups": [group, others.name]}
    ]);
    scene.prepare();
    let first = scene.started("idle-contractors", true);
    let members = in_group(&scene, &group);
    let planned = scene.planned(&first);
    let is_plain = |account: &&String| members.contains(*account) && !account.contains(':');
    let person = planned.iter().find(is_plain);
    let person = person.expect("a member of the group").clone();
    let mut cloud = scene.world.cloud.borrow_mut();
    cloud.join_group(&person, &others.id).expect("a person");
    drop(cloud);
    read(&scene);
    let held = scene.started("idle-contractors", false);
    scene.world.cloud.borrow_mut().set_faults(Faults {
        planned: vec![PlannedFault {
            operation: String::from("groups.removeMember"),
            containing: format!("{}/memberships/{person}", others.id),
            after: 0,
            times: 1,
            kind: FaultKind::Forbidden,
        }],
        ..Faults::default()
    });
    let run = let_go(&scene, &held);
    assert_eq!(run.state, RunState::DoneWithFailures, "{run:?}");
    assert!(!in_group(&scene, &group).contains(&person));
    assert!(in_group(&scene, &others.name).contains(&person));
    let mut cloud = scene.world.cloud.borrow_mut();
    cloud.leave_group(&person, &others.id).expect("a person");
    drop(cloud);
    scene.wait_for_queries();
    let undo = scene.undone(&run);
    assert_eq!(undo.state, RunState::Done, "{undo:?}");
    assert!(in_group(&scene, &group).contains(&person));
    assert!(!in_group(&scene, &others.name).contains(&person));
}

/// A plan that waited for its release while another run did something to the same people: it did nothing before that.
#[test]
fn what_another_run_did_before_one_was_released_keeps_nothing_from_being_taken_back() {
    let mut scene = Scene::new(6, 400, |_| {});
    scene.policy["stages"] = json!([{"after": "0d", "do": "suspend"}]);
    scene.prepare();
    let before = suspended(&scene);
    let held = scene.tick_until_held();
    let mut other = scene.policy.clone();
    other["id"] = json!("another");
    other["name"] = json!("Another");
    other["stages"] =
        json!([{"after": "0d", "do": "addToGroup", "groups": ["contractors-night-shift"]}]);
    scene.order(Command::SavePolicy {
        document: other.to_string(),
        revision: None,
    });
    let added = scene.started("another", false);
    let added = let_go(&scene, &added);
    assert_eq!(added.state, RunState::Done, "{added:?}");
    let added: BTreeSet<String> = scene.verified(&added).into_iter().collect();
    let hour = std::time::Duration::from_secs(3_600);
    scene.world.cloud.borrow().clock().advance(hour);
    let run = let_go(&scene, &held);
    assert_eq!(run.state, RunState::Done, "{run:?}");
    let both: Vec<String> = scene.verified(&run);
    assert!(both.iter().any(|account| added.contains(account)));
    let undo = scene.undone(&run);
    assert_eq!(undo.state, RunState::Done, "{undo:?}");
    assert_eq!(suspended(&scene), before);
}

/// The person is in both groups at the end of the run, and it put them into one of them only.
#[test]
fn what_another_run_gave_before_one_was_released_is_not_taken_by_its_undo() {
    let mut scene = Scene::new(6, 400, |_| {});
    let team = team(&scene);
    let groups = ["contractors-night-shift", team.id.as_str()];
    scene.policy["stages"] = json!([{"after": "0d", "do": "addToGroup", "groups": groups}]);
    scene.prepare();
    let held = scene.tick_until_held();
    let mut other = scene.policy.clone();
    other["id"] = json!("another");
    other["name"] = json!("Another");
    other["stages"] = json!([{"after": "0d", "do": "addToGroup", "groups": [groups[0]]}]);
    scene.order(Command::SavePolicy {
        document: other.to_string(),
        revision: None,
    });
    let added = scene.started("another", false);
    let added = let_go(&scene, &added);
    let added: BTreeSet<String> = scene.verified(&added).into_iter().collect();
    let hour = std::time::Duration::from_secs(3_600);
    scene.world.cloud.borrow().clock().advance(hour);
    let run = let_go(&scene, &held);
    assert_eq!(run.state, RunState::Done, "{run:?}");
    let both = scene.verified(&run).into_iter();
    let both: BTreeSet<String> = both.filter(|account| added.contains(account)).collect();
    assert!(!both.is_empty(), "{added:?} {:?}", run.counts);
    let undo = scene.undone(&run);
    if undo.state == RunState::Held {
        let_go(&scene, &undo);
    }
    assert!(both.is_subset(&in_group(&scene, groups[0])));
}

/// The first undo could not ask whether it may reactivate the account, and took the name back all the same.
#[test]
fn what_could_not_be_given_back_the_first_time_comes_back_the_second_time() {
    let mut scene = Scene::new(6, 400, |_| {});
    scene.policy["match"]["all"][2] = json!({"account": "managed"});
    scene.policy["stages"] = json!([{
        "after": "0d", "do": ["rename", "deactivate"], "template": "{name} (inactive {date})",
    }]);
    scene.prepare();
    let held = scene.tick_until_held();
    let run = let_go(&scene, &held);
    assert_eq!(run.state, RunState::Done, "{run:?}");
    let person = scene.verified(&run).swap_remove(0);
    let stands = || {
        let cloud = scene.world.cloud.borrow();
        let user = cloud.organization().user(&person).expect("a person");
        (user.account_status, user.name.contains("(inactive "))
    };
    assert_eq!(stands(), (AccountStatus::Inactive, true));
    scene.world.cloud.borrow_mut().set_faults(Faults {
        planned: vec![PlannedFault {
            operation: String::from("users.manage"),
            containing: person.replace(':', "%3A"),
            after: 0,
            times: 1,
            kind: FaultKind::Forbidden,
        }],
        ..Faults::default()
    });
    scene.undone(&run);
    assert_eq!(stands(), (AccountStatus::Inactive, false));
    scene.undone(&run);
    assert_eq!(stands(), (AccountStatus::Active, false));
}
