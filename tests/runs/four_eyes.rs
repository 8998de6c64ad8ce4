//! Four eyes: whoever says on whom a run acts, or what holds it, lets it go on only where there is nobody else, and then a
//! day later.

use std::time::Duration;

use cloud::organization::PlatformRole;
use seatkeeper::app::admin::{Answer, Command};
use seatkeeper::app::records::{FieldDefinition, FieldKind, PersonFields, Roles, Run, RunState};
use seatkeeper::plan::GuardCode;
use serde_json::{Value, json};

use crate::approval::users_of_jira;
use crate::own_names::{self, meant};
use crate::scene::Scene;

const DAY: u64 = 86_400;

fn pass(scene: &Scene, seconds: u64) {
    let time = Duration::from_secs(seconds);
    scene.world.cloud.borrow().clock().advance(time);
}

/// Leaves the organization one administrator, and says so of everybody.
fn with_one_administrator(scene: &Scene) {
    let mut cloud = scene.world.cloud.borrow_mut();
    let users: Vec<(String, bool, bool)> = cloud
        .organization()
        .users
        .iter()
        .map(|user| {
            let is_one = user.platform_roles.contains(&PlatformRole::OrgAdmin);
            (user.account_id.clone(), is_one, user.missing.platform_roles)
        })
        .collect();
    for (account, is_administrator, is_unknown) in users {
        if is_administrator && account != scene.first {
            cloud.set_org_admin(&account, false).expect("a person");
        }
        if is_unknown {
            let told = cloud.change_user(&account, |user| user.missing.platform_roles = false);
            told.expect("a person");
        }
    }
}

/// A run of one administrator's policy that is held, where nobody else administers the organization.
fn held(seed: u64, approval: &str, roles: Option<Roles>) -> (Scene, Run) {
    let mut scene = Scene::new(seed, 300, |_| {});
    scene.policy["approval"] = json!(approval);
    scene.prepare();
    with_one_administrator(&scene);
    if let Some(roles) = roles {
        scene.order(Command::SetRoles { roles });
    }
    scene.wait_for_queries();
    scene.order(Command::StartSync {});
    scene.world.deliver_all();
    let held = scene.tick_until_held();
    (scene, held)
}

fn release(run: &Run) -> Command {
    Command::ReleaseRun {
        run: run.id.clone(),
        reason: "looked at the plan".into(),
    }
}

fn approve(run: &Run) -> Command {
    Command::ApproveRun {
        run: run.id.clone(),
        reason: "looked at the plan".into(),
        hold_out: Vec::new(),
    }
}

fn decided(scene: &Scene, command: Command) -> Run {
    match scene.order(command) {
        Answer::Run(run) => *run,
        other => panic!("{other:?}"),
    }
}

/// The reasons of the log's entries about an action.
fn reasons(scene: &Scene, action: &str) -> Vec<String> {
    let entries = scene.log().into_iter();
    entries
        .map(|entry| serde_json::from_str::<Value>(&entry.entry).expect("JSON"))
        .filter(|entry| entry["action"] == action)
        .map(|entry| entry["reason"].as_str().expect("a reason").to_owned())
        .collect()
}

fn refused_as_requester(scene: &Scene, account: &str, run: &Run) -> String {
    let refusal = scene.refused(account, release(run));
    assert_eq!(refusal.code, "four-eyes", "{refusal:?}");
    refusal.hint.expect("the reason")
}

#[test]
fn the_only_administrator_releases_a_day_later_and_the_log_says_single_handed() {
    let (scene, run) = held(351, "none", None);
    let why = refused_as_requester(&scene, &scene.first, &run);
    assert!(why.contains("24 hours after it was held"), "{why}");
    let now = scene.world.cloud.borrow().now().timestamp();
    let age = u64::try_from(now - run.since.0).expect("later");
    pass(&scene, DAY - 1 - age);
    refused_as_requester(&scene, &scene.first, &run);
    pass(&scene, 1);
    let released = decided(&scene, release(&run));
    assert_eq!(released.state, RunState::Ready);
    assert!(released.release.expect("a release").single_handed);
    let said = reasons(&scene, "release-run");
    assert!(said[0].starts_with("single-handed, looked at"), "{said:?}");
    scene.world.deliver_all();
    assert_eq!(scene.run(&run.id).state, RunState::Done);
}

#[test]
fn the_only_administrator_approves_a_day_after_the_plan_began_to_await_that() {
    let (scene, run) = held(352, "page", None);
    pass(&scene, DAY);
    let released = decided(&scene, release(&run));
    assert_eq!(released.state, RunState::AwaitingApproval);
    let refusal = scene.refused(&scene.first, approve(&run));
    assert_eq!(refusal.code, "four-eyes", "{refusal:?}");
    let why = refusal.hint.expect("the reason");
    assert!(why.contains("24 hours after it began to await"), "{why}");
    pass(&scene, DAY);
    let approved = decided(&scene, approve(&run));
    assert_eq!(approved.state, RunState::Ready);
    assert!(approved.approval.expect("an approval").single_handed);
    let said = reasons(&scene, "approve-run");
    assert!(said[0].starts_with("single-handed, looked at"), "{said:?}");
}

#[test]
fn whoever_takes_the_role_from_the_second_person_waits_a_day_from_then_on() {
    let group = users_of_jira(&Scene::new(353, 300, |_| {}));
    let roles = Roles {
        operator: None,
        approver: Some(group),
    };
    let (scene, run) = held(353, "none", Some(roles));
    pass(&scene, 2 * DAY);
    let why = refused_as_requester(&scene, &scene.first, &run);
    assert!(why.contains("another administrator"), "{why}");
    let roles = Roles::default();
    scene.order(Command::SetRoles { roles });
    let why = refused_as_requester(&scene, &scene.first, &run);
    assert!(
        why.contains("24 hours after the roles were changed"),
        "{why}"
    );
    pass(&scene, DAY - 10);
    refused_as_requester(&scene, &scene.first, &run);
    pass(&scene, 10);
    let released = decided(&scene, release(&run));
    assert!(released.release.expect("a release").single_handed);
}

#[test]
fn whoever_changes_the_roles_does_not_release_the_next_run() {
    let scene = Scene::new(354, 300, |_| {});
    scene.prepare();
    let run = scene.tick_until_held();
    let roles = Roles::default();
    let changed = scene
        .world
        .command(&scene.second, Command::SetRoles { roles });
    assert!(changed.is_ok(), "{changed:?}");
    let why = refused_as_requester(&scene, &scene.second, &run);
    assert!(why.contains("changed the roles last"), "{why}");
}

fn list(members: &[String]) -> Command {
    Command::ImportList {
        name: "leavers".into(),
        members: members.to_vec(),
        part: 0,
        of: 1,
    }
}

fn by_second(scene: &Scene, command: Command) {
    let done = scene.world.command(&scene.second, command);
    assert!(done.is_ok(), "{done:?}");
}

#[test]
fn whoever_imports_or_drops_a_list_does_not_release_the_run_of_a_policy_that_names_it() {
    let scene = own_names::scene(355, json!({"listed": "leavers"}));
    let meant = meant(&scene);
    by_second(&scene, list(&meant[..5]));
    let run = own_names::run(&scene, false);
    assert_eq!(run.counts.planned, 5, "{run:?}");
    let why = refused_as_requester(&scene, &scene.second, &run);
    assert!(why.contains("a list that the policy names"), "{why}");
    let drop = || Command::DropList {
        name: "leavers".into(),
    };
    scene.order(list(&meant[..5]));
    let dropped = scene.copy();
    by_second(&dropped, drop());
    refused_as_requester(&dropped, &scene.second, &run);
    // What the first one imported instead, the second one may let go on.
    dropped.order(list(&meant[..5]));
    dropped.release(&run.id);
    // A list that no policy names is nobody's business.
    by_second(
        &scene,
        Command::ImportList {
            name: "others".into(),
            members: meant.clone(),
            part: 0,
            of: 1,
        },
    );
    scene.release(&run.id);
    scene.world.deliver_all();
    assert_eq!(scene.run(&run.id).counts.verified, 5);
}

#[test]
fn a_list_that_shrank_by_way_of_a_drop_holds_the_run_all_the_same() {
    let scene = own_names::scene(356, json!({"listed": "leavers"}));
    let meant = meant(&scene);
    let codes =
        |run: &Run| -> Vec<GuardCode> { run.guards.iter().map(|guard| guard.code).collect() };
    scene.order(list(&meant[..12]));
    for _ in 0..2 {
        // Dropped twice with the same members in between: that hides nothing either.
        let name = String::from("leavers");
        scene.order(Command::DropList { name });
        scene.order(list(&meant[..8]));
        let run = own_names::run(&scene, false);
        let expected = [GuardCode::FirstRun, GuardCode::ListShrunk];
        assert_eq!(codes(&run), expected, "{:?}", run.guards);
        scene.order(Command::RejectRun {
            run: run.id,
            reason: "not yet".into(),
        });
    }
}

fn field() -> Command {
    Command::SetFields {
        fields: vec![FieldDefinition {
            name: "Cost centre".into(),
            kind: FieldKind::Text,
            choices: Vec::new(),
        }],
    }
}

fn says(account: &str, value: Option<&str>, note: Option<&str>) -> PersonFields {
    let value = value.map(|value| (String::from("Cost centre"), value.to_owned()));
    PersonFields {
        account: account.to_owned(),
        values: value.into_iter().collect(),
        note: note.map(str::to_owned),
    }
}

#[test]
fn whoever_says_what_decides_of_people_does_not_release_the_run_that_rests_on_it() {
    let condition = json!({"field": {"name": "Cost centre", "is": ["4711"]}});
    let scene = own_names::scene(357, condition);
    let meant = meant(&scene);
    scene.order(field());
    let rows = || Command::ImportFields {
        rows: vec![says(&meant[0], Some("4711"), None)],
    };
    by_second(&scene, rows());
    let run = own_names::run(&scene, false);
    assert_eq!(run.counts.planned, 1, "{run:?}");
    let why = refused_as_requester(&scene, &scene.second, &run);
    assert!(why.contains("changed the own fields last"), "{why}");
    // A note decides nothing: whoever writes one edits no field.
    let person = says(&meant[1], None, Some("asked to stay"));
    scene.order(Command::SetPersonFields { person });
    refused_as_requester(&scene, &scene.second, &run);
    let person = says(&meant[1], Some("4712"), None);
    scene.order(Command::SetPersonFields { person });
    let redefined = scene.copy();
    by_second(&redefined, field());
    refused_as_requester(&redefined, &scene.second, &run);
    scene.release(&run.id);
}

#[test]
fn own_fields_are_nothing_to_a_policy_that_names_none() {
    let scene = Scene::new(358, 300, |_| {});
    scene.prepare();
    let run = scene.tick_until_held();
    by_second(&scene, field());
    scene.release(&run.id);
}
