//! Approvals asked for in Jira issues and decided by their workflow.

use std::time::Duration;

use cloud::Cloud;
use seatkeeper::app::Transition;
use seatkeeper::app::admin::{Answer, Command};
use seatkeeper::app::records::{ApprovalIssues, Run, RunState};
use serde_json::{Value, json};

use crate::in_process::{Ending, Kills};
use crate::scene::Scene;

pub fn place(confirmed_browsers: bool) -> Command {
    Command::SetApprovalIssues {
        issues: Some(ApprovalIssues {
            project: Cloud::APPROVALS_PROJECT.into(),
            issue_type: "10001".into(),
            approved_status: "Approved".into(),
            confirmed_browsers,
        }),
    }
}

/// A run that was released and whose issue is about to be made.
fn asking(seed: u64, users: usize) -> (Scene, Run) {
    let mut scene = Scene::new(seed, users, |_| {});
    scene.policy["approval"] = json!("issue");
    scene.prepare();
    scene.order(place(false));
    let held = scene.tick_until_held();
    scene.release(&held.id);
    let run = scene.run(&held.id);
    assert_eq!(run.state, RunState::AwaitingApproval, "{run:?}");
    (scene, run)
}

/// The same with the issue.
fn asked(seed: u64, users: usize) -> (Scene, Run, Value) {
    let (scene, run) = asking(seed, users);
    scene.world.deliver_all();
    let issue = only_issue(&scene);
    let run = scene.run(&run.id);
    assert_eq!(run.approval_issue.as_deref(), issue["key"].as_str());
    (scene, run, issue)
}

fn only_issue(scene: &Scene) -> Value {
    let mut issues = scene.world.cloud.borrow().dump_issues();
    assert_eq!(issues.len(), 1, "{issues:?}");
    issues.remove(0)
}

fn comments(scene: &Scene) -> usize {
    let issue = only_issue(scene);
    issue["comments"].as_array().expect("comments").len()
}

fn suspended(scene: &Scene) -> u64 {
    scene.world.cloud.borrow().meter().calls_of("users.suspend")
}

pub fn moved(scene: &Scene, issue: &Value, by: &str, status: &str) {
    let key = issue["key"].as_str().expect("a key");
    let mut cloud = scene.world.cloud.borrow_mut();
    cloud.move_issue(key, by, status, "done");
}

pub fn told(scene: &Scene, issue: &Value, by: &str, meaning: Transition) {
    let id = issue["id"].as_str().expect("an id");
    scene.world.transition(id, by, meaning).expect("an answer");
}

/// The text of the one file that is attached to an issue.
fn attached(issue: &Value) -> &str {
    let files = issue["attachments"].as_array().expect("attachments");
    assert_eq!(files.len(), 1, "{files:?}");
    files[0]["text"].as_str().expect("a text")
}

/// The log's entries about the issue and its file, as values.
fn asking_entries(scene: &Scene) -> Vec<Value> {
    let entries = scene.log().into_iter().map(|stored| {
        let value: Value = serde_json::from_str(&stored.entry).expect("JSON");
        value
    });
    entries
        .filter(|entry| entry["action"] == "ask-approval")
        .collect()
}

/// Lets the next look at the approvals come, and everything that follows from it.
pub fn look(scene: &Scene) {
    {
        let cloud = scene.world.cloud.borrow();
        let now = u64::try_from(cloud.now().timestamp()).expect("after 1970");
        cloud.clock().advance(Duration::from_secs(600 - now % 600));
    }
    assert_eq!(scene.world.tick(None), Ending::Value(Ok(())));
    scene.world.deliver_all();
}

#[test]
fn an_issue_shows_the_plan_and_its_workflow_approves_exactly_that() {
    let (scene, run, issue) = asked(51, 300);
    let plan = run.plan.as_ref().expect("a plan");
    assert_eq!(
        issue["properties"]["seatkeeper"],
        json!({"run": run.id, "plan": plan.hash})
    );
    let text = issue["fields"]["description"].to_string();
    assert!(text.contains(&plan.hash), "{text}");
    assert!(text.contains(&format!("{} of", plan.steps)), "{text}");
    let shown = issue["fields"]["description"]["content"]
        .as_array()
        .expect("paragraphs")
        .len();
    assert!(shown <= 54, "{shown} paragraphs");
    assert!(text.contains("approves it"), "{text}");
    let somebody = scene.world.cloud.borrow().dump_users();
    let named = |user: &Value| {
        user["name"]
            .as_str()
            .is_some_and(|name| text.contains(name))
    };
    assert!(!somebody.iter().any(named), "a name is shown");

    moved(&scene, &issue, &scene.second, "Approved");
    told(&scene, &issue, &scene.second, Transition::Approve);
    let ready = scene.run(&run.id);
    let approval = ready.approval.expect("an approval");
    assert_eq!(approval.by.as_str(), scene.second);
    assert_eq!(approval.issue.as_deref(), issue["key"].as_str());
    told(&scene, &issue, &scene.second, Transition::Reject);
    scene.world.deliver_all();
    assert_eq!(scene.run(&run.id).state, RunState::Done);
    assert_eq!(comments(&scene), 1);
    look(&scene);
    assert_eq!(comments(&scene), 1);
}

#[test]
fn whoever_may_not_decide_is_answered_on_the_issue() {
    let (scene, run, issue) = asked(52, 60);
    let ordinary = scene.world.cloud.borrow().organization().people.ordinary[0].clone();
    let mut answers = 0;
    for account in [&scene.first, &ordinary, &String::from("nobody")] {
        for meaning in [Transition::Approve, Transition::Reject] {
            if account == &scene.first && meaning == Transition::Reject {
                // A requester may take it back.
                continue;
            }
            // What the call says must be what the issue shows: a call that comes late decides nothing.
            let (status, other) = match meaning {
                Transition::Approve => ("Approved", Transition::Reject),
                Transition::Reject => ("Declined", Transition::Approve),
            };
            moved(&scene, &issue, account, status);
            told(&scene, &issue, account, other);
            assert_eq!(comments(&scene), answers, "{account} {meaning:?}");
            told(&scene, &issue, account, meaning);
            answers += 1;
            assert_eq!(comments(&scene), answers, "{account} {meaning:?}");
        }
    }
    look(&scene);
    look(&scene);
    assert_eq!(comments(&scene), answers, "it was refused again");
    assert_eq!(scene.run(&run.id).state, RunState::AwaitingApproval);
    assert_eq!(suspended(&scene), 0);

    // Somebody changes what the issue says of its plan.
    let key = issue["key"].as_str().expect("a key");
    let other = json!({"run": run.id, "plan": "another"});
    scene
        .world
        .cloud
        .borrow_mut()
        .set_issue_property(key, "seatkeeper", other);
    moved(&scene, &issue, &scene.second, "Approved");
    told(&scene, &issue, &scene.second, Transition::Approve);
    assert_eq!(scene.run(&run.id).state, RunState::AwaitingApproval);
    assert_eq!(comments(&scene), answers + 1);
}

#[test]
fn a_lost_call_is_found_by_looking() {
    for (status, expected) in [
        ("Approved", RunState::Done),
        ("Declined", RunState::Rejected),
    ] {
        let (scene, run, issue) = asked(53, 60);
        look(&scene);
        assert_eq!(scene.run(&run.id).state, RunState::AwaitingApproval);
        moved(&scene, &issue, &scene.second, status);
        look(&scene);
        assert_eq!(scene.run(&run.id).state, expected);
        assert_eq!(suspended(&scene) > 0, expected == RunState::Done);
    }
}

#[test]
fn a_decision_on_the_page_closes_the_issue() {
    let (scene, run, issue) = asked(54, 60);
    let approve = Command::ApproveRun {
        run: run.id.clone(),
        reason: "looked at the plan".into(),
        hold_out: vec![],
    };
    match scene.world.command(&scene.second, approve) {
        Ok(Answer::Run(run)) => assert_eq!(run.state, RunState::Ready),
        other => panic!("{other:?}"),
    }
    moved(&scene, &issue, &scene.second, "Declined");
    look(&scene);
    assert_eq!(scene.run(&run.id).state, RunState::Done);
    assert_eq!(comments(&scene), 1);
}

#[test]
fn a_kill_at_any_await_makes_one_issue() {
    let (scene, run) = asking(55, 60);
    let mut awaits = 1;
    loop {
        let copy = scene.copy();
        copy.world.kills.set(Kills::AtAwait(awaits));
        copy.world.deliver_all();
        copy.world.kills.set(Kills::None);
        for _ in 0..3 {
            look(&copy);
        }
        let issue = only_issue(&copy);
        let run = copy.run(&run.id);
        assert!(!attached(&issue).is_empty(), "{awaits}");
        assert_eq!(
            run.approval_issue.as_deref(),
            issue["key"].as_str(),
            "{awaits}"
        );
        assert_eq!(run.state, RunState::AwaitingApproval, "{awaits}");
        if copy.world.killed.get() == 0 {
            break;
        }
        awaits += 1;
    }
    assert!(awaits > 20, "only {awaits} awaits");
}

#[test]
fn without_a_project_the_page_decides() {
    let mut scene = Scene::new(56, 60, |_| {});
    scene.policy["approval"] = json!("issue");
    scene.prepare();
    let held = scene.tick_until_held();
    scene.release(&held.id);
    scene.world.deliver_all();
    let run = scene.run(&held.id);
    assert_eq!(run.state, RunState::AwaitingApproval);
    let message = run.message.expect("a message");
    assert!(message.contains("decide on the page"), "{message}");
    assert!(scene.world.cloud.borrow().dump_issues().is_empty());
    // As soon as there is one, the issue is made.
    scene.order(place(true));
    look(&scene);
    assert!(scene.run(&held.id).approval_issue.is_some());
}

#[test]
fn the_whole_plan_is_attached_with_names_only_where_they_may_be_read() {
    for named in [false, true] {
        let mut scene = Scene::new(57, 300, |_| {});
        scene.policy["approval"] = json!("issue");
        scene.prepare();
        scene.order(place(named));
        let held = scene.tick_until_held();
        scene.release(&held.id);
        scene.world.deliver_all();
        let issue = only_issue(&scene);
        let table = attached(&issue);
        let plan = scene.run(&held.id).plan.expect("a plan");
        // A heading and everybody, not the planned people alone.
        assert_eq!(table.lines().count(), plan.people as usize + 1);
        assert!(plan.people > plan.steps);
        let planned = table
            .lines()
            .filter(|line| line.contains(",planned,0,suspend,"));
        assert_eq!(planned.count(), plan.steps as usize, "{table}");
        let people = scene.world.cloud.borrow().dump_users();
        let is_named = |user: &Value| {
            let name = user["name"].as_str().expect("a name");
            table.contains(&format!(",{name},"))
        };
        assert_eq!(people.iter().any(is_named), named);
        let name = issue["attachments"][0]["name"].as_str().expect("a name");
        assert!(issue["fields"]["description"].to_string().contains(name));
        let entries = asking_entries(&scene);
        assert_eq!(entries.len(), 2, "{entries:?}");
        assert_eq!(entries[1]["after"]["file"], name);
        assert_eq!(
            entries[1]["after"]["sha256"],
            seatkeeper::audit::sha256_hex(table)
        );
        look(&scene);
        assert_eq!(attached(&only_issue(&scene)), table);
        assert_eq!(asking_entries(&scene).len(), 2);
    }
}

#[test]
fn a_plan_that_cannot_be_attached_is_decided_all_the_same() {
    let (scene, run) = asking(58, 60);
    let refusal = cloud::Response::json(403, &json!({"errorMessages": ["no attachments here"]}));
    let staged = (String::from("/attachments"), refusal);
    scene.world.staged.borrow_mut().push(staged);
    scene.world.deliver_all();
    let issue = only_issue(&scene);
    assert_eq!(issue["attachments"], json!([]));
    assert_eq!(comments(&scene), 1);
    let entries = asking_entries(&scene);
    assert_eq!(entries.len(), 2, "{entries:?}");
    assert_eq!(entries[1]["outcome"], "failed");
    look(&scene);
    assert_eq!(comments(&scene), 1, "it was tried again");
    moved(&scene, &issue, &scene.second, "Approved");
    told(&scene, &issue, &scene.second, Transition::Approve);
    scene.world.deliver_all();
    assert_eq!(scene.run(&run.id).state, RunState::Done);
}

#[test]
fn trouble_with_the_attachment_keeps_nobody_from_deciding_and_passes() {
    let (scene, run) = asking(59, 60);
    let trouble = (String::from("/attachments"), cloud::Response::empty(503));
    scene.world.staged.borrow_mut().push(trouble);
    scene.world.deliver_all();
    let issue = only_issue(&scene);
    assert_eq!(issue["attachments"], json!([]));
    assert_eq!(
        scene.run(&run.id).approval_issue.as_deref(),
        issue["key"].as_str()
    );
    let undecided = scene.copy();
    undecided.world.staged.borrow_mut().clear();
    // The first look may come while the lost call might still be under way.
    look(&undecided);
    look(&undecided);
    assert!(!attached(&only_issue(&undecided)).is_empty());
    moved(&scene, &issue, &scene.second, "Approved");
    look(&scene);
    assert_eq!(scene.run(&run.id).state, RunState::Done);
}

#[test]
fn an_issue_that_is_gone_keeps_nobody_from_the_others() {
    for answer in [404, 403] {
        let mut scene = Scene::new(60, 300, |_| {});
        let domains = cloud::organization::CONTRACTOR_DOMAINS;
        let policy = |id: &str, domain: &str| {
            let mut policy = scene.policy.clone();
            policy["id"] = json!(id);
            policy["approval"] = json!("issue");
            policy["match"]["all"][2] = json!({"emailDomain": [domain]});
            policy
        };
        let both = [policy("one", domains[0]), policy("two", domains[1])];
        scene.policy["enabled"] = json!(false);
        scene.prepare();
        for policy in both {
            scene.order(Command::SavePolicy {
                document: policy.to_string(),
                revision: None,
            });
        }
        scene.order(place(false));
        assert_eq!(scene.world.tick(None), Ending::Value(Ok(())));
        scene.world.deliver_all();
        for run in scene.runs() {
            assert_eq!(run.state, RunState::Held, "{run:?}");
            scene.release(&run.id);
        }
        scene.world.deliver_all();
        let issues = scene.world.cloud.borrow().dump_issues();
        assert_eq!(issues.len(), 2);
        // The first in the book is the one that is gone.
        let gone = issues[0]["id"].as_str().expect("an id");
        let body = json!({"errorMessages": ["no"]});
        let path = format!("/issue/{gone}");
        let staged = (path, cloud::Response::json(answer, &body));
        scene.world.staged.borrow_mut().push(staged);
        moved(&scene, &issues[1], &scene.second, "Approved");
        look(&scene);
        let run = issues[1]["properties"]["seatkeeper"]["run"]
            .as_str()
            .expect("a run");
        assert_eq!(scene.run(run).state, RunState::Done, "{answer}");
        let run = issues[0]["properties"]["seatkeeper"]["run"]
            .as_str()
            .expect("a run");
        assert_eq!(scene.run(run).state, RunState::AwaitingApproval);
    }
}

/// What an issue said when it was made decides what its end means, whatever the settings say by then.
#[test]
fn another_status_in_the_settings_changes_no_issue_that_is_open() {
    let (scene, run, issue) = asked(71, 60);
    let approving = |status: &str| Command::SetApprovalIssues {
        issues: Some(ApprovalIssues {
            project: Cloud::APPROVALS_PROJECT.into(),
            issue_type: "10001".into(),
            approved_status: status.into(),
            confirmed_browsers: false,
        }),
    };
    for (status, state) in [
        ("Declined", RunState::Rejected),
        ("Approved", RunState::Done),
    ] {
        let scene = scene.copy();
        scene.order(approving("Declined"));
        moved(&scene, &issue, &scene.second, status);
        look(&scene);
        assert_eq!(scene.run(&run.id).state, state, "{status}");
    }
    scene.order(Command::SetApprovalIssues { issues: None });
    moved(&scene, &issue, &scene.second, "Approved");
    told(&scene, &issue, &scene.second, Transition::Approve);
    scene.world.deliver_all();
    assert_eq!(scene.run(&run.id).state, RunState::Done);
}
