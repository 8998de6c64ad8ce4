//! Issues that ask for an access back: who decides by them, for whom, and that nobody gets it twice (RULES R9, R10).

mod kills;
mod refused;

use std::collections::BTreeSet;

use cloud::organization::{Product, Standing};
use seatkeeper::app::Transition;
use seatkeeper::app::admin::Command;
use seatkeeper::app::records::{ApprovalPlace, Cause, Requests, RoleGroup, Roles, Run, RunState};
use seatkeeper::audit::bundle::verify_bundle;
use seatkeeper::model::{AccountId, GroupId};
use seatkeeper::plan::Fate;
use serde_json::{Value, json};

use crate::approval_issues::{look, place};
use crate::evidence::collected;
use crate::foreign::{pass, read, set};
use crate::give_back::is_active;
use crate::scene::Scene;
use crate::warnings::next_day;

/// An issue by its id and key.
type Issue = (String, String);

fn wanted(field: Option<&str>) -> Command {
    Command::SetRequests {
        requests: Some(Requests {
            project: "HELP".into(),
            approved_status: "Approved".into(),
            field: field.map(str::to_owned),
        }),
    }
}

/// A scene in which a policy took something, and somebody from whom it did.
fn taken(seed: u64, users: usize, stage: &Value) -> (Scene, String) {
    let mut scene = Scene::new(seed, users, |_| {});
    scene.policy["stages"] = json!([on_site(&scene, stage)]);
    scene.prepare();
    scene.order(wanted(None));
    let held = scene.tick_until_held();
    scene.release(&held.id);
    scene.world.deliver_all();
    let run = scene.run(&held.id);
    assert_eq!(run.state, RunState::Done, "{run:?}");
    let lines = scene.lines(&run).into_iter().map(|line| line.person);
    let mut acted = lines.filter(|person| person.fate == Fate::Verified);
    let person = acted.next().expect("somebody lost something").account.0;
    (scene, person)
}

fn suspended(seed: u64) -> (Scene, String) {
    taken(seed, 120, &json!({"after": "0d", "do": "suspend"}))
}

/// A stage that takes a product, on the first site.
fn on_site(scene: &Scene, stage: &Value) -> Value {
    let mut stage = stage.clone();
    if stage["do"] == "removeAccess" {
        let host = scene.world.cloud.borrow().organization().sites[0].host();
        stage["products"] = json!(["jira-software"]);
        stage["sites"] = json!([host]);
    }
    stage
}

fn issue_of(scene: &Scene, project: &str, field: &str, people: &[&str]) -> Issue {
    let mut cloud = scene.world.cloud.borrow_mut();
    cloud.make_request(project, field, people)
}

fn issue(scene: &Scene, person: &str) -> Issue {
    issue_of(scene, "HELP", "reporter", &[person])
}

fn moves(scene: &Scene, issue: &Issue, by: &str, status: &str) {
    let category = match status {
        "Submitted" => "new",
        _ => "done",
    };
    let mut cloud = scene.world.cloud.borrow_mut();
    cloud.move_issue(&issue.1, by, status, category);
}

fn tells(scene: &Scene, issue: &Issue, by: &str, meaning: Transition) {
    let told = scene.world.transition(&issue.0, by, meaning);
    assert_eq!(told, Ok(()));
}

/// A transition with the post function that approves.
fn moved(scene: &Scene, issue: &Issue, by: &str, status: &str) {
    moves(scene, issue, by, status);
    tells(scene, issue, by, Transition::Approve);
}

fn declined(scene: &Scene, issue: &Issue, by: &str) {
    moves(scene, issue, by, "Declined");
    tells(scene, issue, by, Transition::Reject);
}

/// What was said on an issue.
fn said(scene: &Scene, issue: &Issue) -> Vec<String> {
    let issues = scene.world.cloud.borrow().dump_issues();
    let mut issues = issues.iter();
    let found = issues.find(|found| found["id"] == issue.0.as_str());
    let comments = found.expect("the issue")["comments"].as_array().cloned();
    let comments = comments.unwrap_or_default();
    comments.iter().map(Value::to_string).collect()
}

fn groups(scene: &Scene, person: &str) -> BTreeSet<String> {
    let users = scene.world.cloud.borrow().dump_users();
    let user = users.iter().find(|user| user["accountId"] == person);
    let groups = user.expect("the person")["groups"].as_array().cloned();
    let groups = groups.unwrap_or_default();
    groups.iter().map(|group| group["id"].to_string()).collect()
}

fn entries(scene: &Scene, action: &str) -> Vec<Value> {
    let entries = scene.log().into_iter().map(|stored| {
        let value: Value = serde_json::from_str(&stored.entry).expect("JSON");
        value
    });
    entries.filter(|entry| entry["action"] == action).collect()
}

/// The runs that issues asked for.
fn asked_for(scene: &Scene) -> Vec<Run> {
    let runs = scene.runs().into_iter();
    runs.filter(|run| matches!(run.cause, Cause::Request { .. }))
        .collect()
}

fn only_asked_for(scene: &Scene) -> Run {
    let mut runs = asked_for(scene);
    assert_eq!(runs.len(), 1, "{runs:?}");
    runs.remove(0)
}

/// The evidence of a run tells what the entries tell.
fn proven(scene: &Scene, run: &Run) {
    let bundle = collected(scene, &run.id);
    let found = verify_bundle(&bundle, vec![]).expect("an archive");
    assert!(found.valid, "{found:?}");
}

fn ordinary(scene: &Scene) -> String {
    scene.world.cloud.borrow().organization().people.ordinary[0].clone()
}

#[test]
fn the_transition_of_an_approver_gives_back_once_and_the_end_is_said() {
    let (scene, person) = suspended(71);
    assert!(!is_active(&scene, &person));
    let issue = issue(&scene, &person);
    moved(&scene, &issue, &scene.second, "Approved");
    tells(&scene, &issue, &scene.second, Transition::Approve);
    scene.world.deliver_all();
    let run = only_asked_for(&scene);
    assert_eq!(run.state, RunState::Done, "{run:?}");
    assert!(is_active(&scene, &person));
    let approval = run.approval.as_ref().expect("an approval");
    assert_eq!(approval.by.as_str(), scene.second);
    assert_eq!(approval.issue.as_deref(), Some(issue.1.as_str()));
    let cause = Cause::Request {
        account: AccountId(person.clone()),
        issue: issue.1.clone(),
        mover: AccountId(scene.second.clone()),
    };
    assert_eq!(run.cause, cause);
    for action in ["ask-back", "undo-run"] {
        let entries = entries(&scene, action);
        assert_eq!(entries.len(), 1, "{entries:?}");
        assert_eq!(entries[0]["actor"], format!("person:{}", scene.second));
        assert_eq!(entries[0]["after"]["issue"], issue.1.as_str());
    }
    let acts = entries(&scene, "restore");
    assert!(
        acts.iter()
            .any(|entry| entry["approval"]["reference"] == issue.1.as_str())
    );
    proven(&scene, &run);
    tells(&scene, &issue, &scene.second, Transition::Approve);
    look(&scene);
    look(&scene);
    let said = said(&scene, &issue);
    assert_eq!(said.len(), 1, "{said:?}");
    assert!(said[0].contains("was given back"), "{said:?}");
    assert_eq!(asked_for(&scene).len(), 1);
}

#[test]
fn whoever_is_no_approver_asks_and_an_approver_decides_by_the_same_issue() {
    for status in ["Submitted", "Approved"] {
        let (scene, person) = suspended(72);
        let issue = issue(&scene, &person);
        let ordinary = ordinary(&scene);
        moved(&scene, &issue, &ordinary, status);
        scene.world.deliver_all();
        let run = only_asked_for(&scene);
        assert_eq!(run.state, RunState::AwaitingApproval, "{run:?}");
        assert!(said(&scene, &issue)[0].contains("may approve decides"));
        // Somebody who may not decide changes nothing by another transition.
        declined(&scene, &issue, &ordinary);
        assert_eq!(scene.run(&run.id).state, RunState::AwaitingApproval);
        assert!(said(&scene, &issue)[1].contains("may not decide"));
        for approves in [true, false] {
            let copy = scene.copy();
            match approves {
                true => moved(&copy, &issue, &copy.second, "Approved"),
                false => declined(&copy, &issue, &copy.second),
            }
            copy.world.deliver_all();
            look(&copy);
            let run = copy.run(&run.id);
            let expected = match approves {
                true => RunState::Done,
                false => RunState::Rejected,
            };
            assert_eq!(run.state, expected, "{run:?}");
            proven(&copy, &run);
            assert_eq!(is_active(&copy, &person), approves);
            let said = said(&copy, &issue);
            assert_eq!(said.len(), 3, "{said:?}");
            assert_eq!(said[2].contains("was given back"), approves, "{said:?}");
            assert_eq!(asked_for(&copy).len(), 1);
        }
    }
}

#[test]
fn an_approver_who_only_submits_it_asks_too() {
    let (scene, person) = suspended(72);
    let issue = issue(&scene, &person);
    moved(&scene, &issue, &scene.second, "Submitted");
    scene.world.deliver_all();
    assert_eq!(only_asked_for(&scene).state, RunState::AwaitingApproval);
}

#[test]
fn nobody_approves_what_they_get_themselves() {
    let (scene, person) = taken(73, 120, &json!({"after": "0d", "do": "removeAccess"}));
    let group = groups(&scene, &person).into_iter().next().expect("a group");
    let group = group.trim_matches('"').rsplit('/').next().expect("an id");
    scene.order(Command::SetRoles {
        roles: Roles {
            operator: None,
            approver: Some(RoleGroup {
                id: GroupId(group.into()),
                name: "approvers".into(),
            }),
        },
    });
    for mover in [&person, &ordinary(&scene)] {
        let scene = scene.copy();
        let issue = issue(&scene, &person);
        moved(&scene, &issue, mover, "Approved");
        scene.world.deliver_all();
        let run = only_asked_for(&scene);
        assert_eq!(run.state, RunState::AwaitingApproval, "{run:?}");
        let approve = Command::ApproveRun {
            run: run.id.clone(),
            reason: "mine".into(),
            hold_out: Vec::new(),
        };
        assert_eq!(scene.refused(&person, approve).code, "four-eyes");
        moves(&scene, &issue, &person, "Submitted");
        moved(&scene, &issue, &person, "Approved");
        assert_eq!(scene.run(&run.id).state, RunState::AwaitingApproval);
        let said = said(&scene, &issue);
        assert!(said[1].contains("second person"), "{said:?}");
    }
}

#[test]
fn the_suspension_of_an_administrator_wins() {
    let (scene, person) = suspended(76);
    set(&scene, &person, Standing::Active);
    read(&scene);
    set(&scene, &person, Standing::Suspended);
    let asking = issue(&scene, &person);
    moved(&scene, &asking, &scene.second, "Approved");
    scene.world.deliver_all();
    assert!(said(&scene, &asking)[0].contains("somebody else"));
    assert!(!is_active(&scene, &person));

    // Also one that no reading has shown yet.
    let (scene, person) = taken(77, 120, &json!({"after": "0d", "do": "removeAccess"}));
    set(&scene, &person, Standing::Suspended);
    pass(&scene, 1);
    let before = groups(&scene, &person);
    let asking = issue(&scene, &person);
    moved(&scene, &asking, &scene.second, "Approved");
    scene.world.deliver_all();
    look(&scene);
    assert_eq!(groups(&scene, &person), before);
    let said = said(&scene, &asking);
    assert_eq!(said.len(), 1, "{said:?}");
    assert!(said[0].contains("was not given back"), "{said:?}");
}

#[test]
fn a_second_person_is_asked_where_every_seat_is_taken() {
    let (scene, person) = taken(31, 300, &json!({"after": "0d", "do": "suspend"}));
    for product in Product::ALL {
        let mut cloud = scene.world.cloud.borrow_mut();
        cloud.set_seats(0, product, Some(1));
    }
    read(&scene);
    let issue = issue(&scene, &person);
    moved(&scene, &issue, &scene.second, "Approved");
    scene.world.deliver_all();
    let run = only_asked_for(&scene);
    assert_eq!(run.state, RunState::AwaitingApproval, "{run:?}");
    assert!(run.approval.is_none());
    assert!(said(&scene, &issue)[0].contains("every seat is taken"));
    assert!(!is_active(&scene, &person));
}

#[test]
fn what_several_stages_took_comes_back_by_one_approval() {
    let mut scene = Scene::new(31, 300, |_| {});
    let removed = on_site(&scene, &json!({"after": "0d", "do": "removeAccess"}));
    scene.policy["stages"] = json!([removed, {"after": "2d", "do": "suspend"}]);
    scene.policy["schedule"] = json!({"every": {"n": 1, "unit": "day"}, "at": "13:00"});
    scene.prepare();
    scene.order(wanted(None));
    let before = scene.copy();
    let mut run = next_day(&scene);
    let lines = scene.lines(&run).into_iter();
    let mut acted = lines.filter(|line| line.person.fate == Fate::Verified);
    let person = acted.next().expect("somebody").person.account.0;
    while is_active(&scene, &person) {
        run = next_day(&scene);
        assert_eq!(run.state, RunState::Done, "{run:?}");
    }
    let issue = issue(&scene, &person);
    moved(&scene, &issue, &scene.second, "Approved");
    scene.world.deliver_each(|| {
        // What is not said yet would be said now.
        tells(&scene, &issue, &scene.second, Transition::Approve);
        let is_whole = groups(&scene, &person) == groups(&before, &person);
        assert!(is_whole || said(&scene, &issue).is_empty());
    });
    look(&scene);
    let runs = asked_for(&scene);
    assert_eq!(runs.len(), 2, "{runs:?}");
    for run in &runs {
        assert!(run.approval.is_some());
        proven(&scene, run);
    }
    assert!(is_active(&scene, &person));
    assert_eq!(groups(&scene, &person), groups(&before, &person));
    let said = said(&scene, &issue);
    assert_eq!(said.len(), 1, "{said:?}");
    assert!(said[0].contains("was given back"));
}

#[test]
fn an_issue_that_asks_is_decided_on_as_it_is_also_where_issues_approve_plans() {
    let (mut scene, person) = suspended(91);
    scene.policy["approval"] = json!("issue");
    scene.order(Command::SavePolicy {
        document: scene.policy.to_string(),
        revision: None,
    });
    scene.order(place(false));
    let asking = issue(&scene, &person);
    let before = scene.world.cloud.borrow().dump_issues().len();
    moved(&scene, &asking, &ordinary(&scene), "Approved");
    scene.world.deliver_all();
    look(&scene);
    let run = only_asked_for(&scene);
    assert_eq!(run.state, RunState::AwaitingApproval, "{run:?}");
    assert_eq!(run.approval_wanted, Some(ApprovalPlace::Page));
    assert_eq!(scene.world.cloud.borrow().dump_issues().len(), before);
}
