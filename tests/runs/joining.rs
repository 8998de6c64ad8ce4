//! Nobody is added to a group that makes administrators, or that carries a role of this app: neither by hand nor by a policy, when it
//! is saved and when it is planned.

use seatkeeper::app::admin::{Command, Refusal};
use seatkeeper::app::records::{RoleGroup, Roles, RunState};
use seatkeeper::model::GroupId;
use seatkeeper::plan::Fate;
use serde_json::{Value, json};

use crate::approval::users_of_jira;
use crate::by_hand::{act_on, begun, stage};
use crate::scene::Scene;

fn group_id(scene: &Scene, name: &str) -> String {
    let cloud = scene.world.cloud.borrow();
    let mut groups = cloud.organization().groups.iter();
    let group = groups.find(|group| group.name == name);
    group.expect("a group").id.clone()
}

fn adding(group: &str) -> Value {
    json!({"after": "0d", "do": "addToGroup", "groups": [group]})
}

/// A scene whose organization was read, and the names of groups that nobody is added to with what is said of them.
fn read(seed: u64) -> (Scene, Vec<(String, &'static str)>) {
    let scene = crate::by_hand::scene(seed);
    scene.order(Command::StartSync {});
    scene.world.deliver_all();
    scene.order(Command::SetRoles {
        roles: Roles {
            operator: None,
            approver: Some(users_of_jira(&scene)),
        },
    });
    let site = scene.world.cloud.borrow().organization().sites[0]
        .name
        .clone();
    let groups = vec![
        (String::from("org-admins"), "makes administrators"),
        (String::from("site-admins"), "makes administrators"),
        (format!("jira-admins-{site}"), "makes administrators"),
        (format!("jira-users-{site}"), "carries a role of this app"),
    ];
    (scene, groups)
}

fn policy_adding(scene: &Scene, group: &str) -> Command {
    let mut policy = scene.policy.clone();
    policy["id"] = json!("adding");
    policy["stages"] = json!([adding(group)]);
    Command::SavePolicy {
        document: policy.to_string(),
        revision: None,
    }
}

fn says(refusal: &Refusal, why: &str) -> bool {
    refusal.code == "invalid-policy"
        && refusal
            .errors
            .iter()
            .any(|error| error.code == "powerful-group" && error.message.contains(why))
}

#[test]
fn nobody_is_added_by_hand_or_by_a_policy_to_a_group_that_makes_more_than_a_user() {
    let (scene, groups) = read(371);
    let person = scene.world.cloud.borrow().organization().people.ordinary[0].clone();
    for (name, why) in groups {
        let id = group_id(&scene, &name);
        let by_hand = act_on(std::slice::from_ref(&person), stage(&adding(&id)));
        for command in [by_hand, policy_adding(&scene, &id)] {
            // An administrator of the organization may not either.
            let refusal = scene.refused(&scene.first, command);
            assert!(says(&refusal, why), "{name}: {refusal:?}");
        }
    }
    let team = group_id(&scene, "contractors-night-shift");
    scene.order(policy_adding(&scene, &team));
    let run = begun(&scene, act_on(&[person], stage(&adding(&team))));
    assert_eq!(run.state, RunState::AwaitingApproval, "{run:?}");
}

#[test]
fn a_group_that_came_to_carry_a_role_takes_nobody_of_a_plan() {
    let (scene, _) = read(372);
    let name = String::from("contractors-night-shift");
    let id = group_id(&scene, &name);
    scene.order(policy_adding(&scene, &id));
    let before = scene.started("adding", true);
    assert!(before.counts.planned > 0, "{before:?}");
    scene.order(Command::SetRoles {
        roles: Roles {
            operator: Some(RoleGroup {
                id: GroupId(id),
                name,
            }),
            approver: None,
        },
    });
    let after = scene.started("adding", true);
    assert_eq!(after.counts.planned, 0, "{after:?}");
    let lines = scene.lines(&after).into_iter().map(|line| line.person);
    let refused = lines.filter(|person| {
        person.fate == Fate::Skipped && person.reason.contains("carries a role of this app")
    });
    assert_eq!(
        refused.count(),
        usize::try_from(before.counts.planned).expect("a number")
    );
}
