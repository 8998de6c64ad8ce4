//! The issue that messages are sent from: looked for before it is taken, made by the app, tried by whoever is at the page, and
//! used for warnings once somebody confirmed that people may browse it.

use std::collections::BTreeSet;

use cloud::faults::{FaultKind, Faults};
use cloud::jira_api::ShownTo;
use seatkeeper::app::admin::{Answer, Command, SavedSettings};
use seatkeeper::app::records::{NewsMessage, Notices, RunState};
use seatkeeper::plan::Fate;
use serde_json::{Value, json};

use crate::configuration::{bring, exported};
use crate::foreign::pass;
use crate::in_process::Ending;
use crate::scene::Scene;
use crate::warnings::{mail, next_day, notices, scene as warning_scene};

fn scene() -> Scene {
    Scene::new(311, 60, |_| {})
}

fn make_issue(scene: &Scene, project: &str) -> String {
    scene.world.cloud.borrow_mut().make_issue(project, "Seats")
}

fn show(scene: &Scene, issue: &str, to: &ShownTo) {
    scene.world.cloud.borrow_mut().show_issue_to(issue, to);
}

/// The order to write to people from an issue, with what is said of who may browse it.
fn from(issue: &str, everybody_browses: Option<bool>) -> Command {
    match notices(issue, 1_000) {
        Command::SetNotices { notices: words } => Command::SetNotices {
            notices: words.map(|words| Notices {
                everybody_browses,
                ..words
            }),
        },
        other => panic!("{other:?}"),
    }
}

fn saved(scene: &Scene, command: Command) -> SavedSettings {
    match scene.order(command) {
        Answer::Settings(saved) => *saved,
        other => panic!("{other:?}"),
    }
}

fn confirmed(scene: &Scene) -> Option<bool> {
    let Answer::Overview(overview) = scene.order(Command::Overview {}) else {
        panic!("no overview")
    };
    overview
        .settings
        .notices
        .expect("notices")
        .everybody_browses
}

fn staged(scene: &Scene, end: &str, status: u16) {
    let body = json!({"errorMessages": ["no"]});
    let staged = (end.to_owned(), cloud::Response::json(status, &body));
    scene.world.staged.borrow_mut().push(staged);
}

fn entries(scene: &Scene, action: &str) -> Vec<Value> {
    let entries = scene.log().into_iter();
    entries
        .map(|entry| serde_json::from_str(&entry.entry).expect("JSON"))
        .filter(|entry: &Value| entry["action"] == action)
        .collect()
}

fn issues(scene: &Scene) -> Vec<Value> {
    scene.world.cloud.borrow().dump_issues()
}

#[test]
fn an_issue_that_jira_does_not_show_is_refused_with_its_place() {
    let scene = scene();
    let hidden = make_issue(&scene, "LIFE");
    show(&scene, &hidden, &ShownTo::PeopleOnly);
    staged(&scene, "/issue/OPS-403", 403);
    for issue in ["LIFE-9", hidden.as_str(), "OPS-403"] {
        let refusal = scene.refused(&scene.first, from(issue, Some(true)));
        assert_eq!(refusal.code, "invalid", "{issue}");
        assert_eq!(refusal.errors[0].path, "$.notices.issue", "{issue}");
        assert!(refusal.message.contains(issue), "{}", refusal.message);
    }
    assert!(entries(&scene, "set-notices").is_empty());
}

#[test]
fn no_answer_keeps_nobody_from_saving_and_is_said() {
    let scene = scene();
    staged(&scene, "/issue/LIFE-7", 503);
    let why = saved(&scene, from("LIFE-7", Some(true))).not_checked;
    assert!(why.expect("why").contains("internal error"));
    let there = make_issue(&scene, "LIFE");
    assert_eq!(saved(&scene, from(&there, Some(true))).not_checked, None);
    // Whoever changes something else is not kept from it by an issue that went away since.
    show(&scene, &there, &ShownTo::PeopleOnly);
    let why = saved(&scene, from(&there, Some(true))).not_checked;
    assert!(why.expect("why").contains("shows the app no issue"));
}

#[test]
fn what_nobody_says_of_another_project_is_not_confirmed() {
    let scene = scene();
    let [first, again] = ["LIFE", "LIFE"].map(|project| make_issue(&scene, project));
    let other = make_issue(&scene, "OPS");
    for (issue, said, expected) in [
        (&first, None, Some(false)),
        (&first, Some(true), Some(true)),
        (&again, None, Some(true)),
        (&other, None, Some(false)),
        (&other, Some(true), Some(true)),
        (&first, None, Some(false)),
        (&first, Some(false), Some(false)),
        (&again, None, Some(false)),
    ] {
        saved(&scene, from(issue, said));
        assert_eq!(confirmed(&scene), expected, "{issue} {said:?}");
    }
}

/// Makes the stored settings those of a version that asked nobody.
fn forget_the_confirmation(scene: &Scene) {
    let mut cloud = scene.world.cloud.borrow_mut();
    let now = cloud.now();
    let stored = cloud.stored().plain_value("settings", now);
    let mut settings = stored.cloned().expect("the settings");
    let words = settings["notices"].as_object_mut().expect("notices");
    assert!(words.remove("everybodyBrowses").is_some());
    let body = json!({"set": [{"key": "settings", "value": settings}]});
    let answer = cloud.storage("/api/v1/transaction", &body);
    assert!(answer.expect("an answer").status < 300);
}

#[test]
fn settings_that_were_stored_before_it_was_asked_count_as_confirmed() {
    let scene = warning_scene(300, |_| {});
    forget_the_confirmation(&scene);
    assert_eq!(confirmed(&scene), None);
    let run = next_day(&scene);
    assert_eq!(run.state, RunState::Done, "{run:?}");
    assert!(!mail(&scene).is_empty());
    // Saved again without a word of it, they still do.
    let issue = make_issue(&scene, "LIFE");
    saved(&scene, from(&issue, None));
    assert_eq!(confirmed(&scene), None);
}

#[test]
fn nobody_is_warned_from_an_issue_that_nobody_confirmed() {
    let scene = warning_scene(300, |_| {});
    let issue = make_issue(&scene, "LIFE");
    saved(&scene, from(&issue, Some(false)));
    let run = next_day(&scene);
    assert_eq!(run.state, RunState::Stopped);
    let message = run.message.expect("why");
    assert!(message.contains("nobody confirmed"), "{message}");
    assert!(mail(&scene).is_empty());
    saved(&scene, from(&issue, Some(true)));
    assert_eq!(next_day(&scene).state, RunState::Done);
    assert!(!mail(&scene).is_empty());
}

#[test]
fn a_plan_warns_nobody_any_more_when_the_confirmation_is_taken_back() {
    let scene = warning_scene(300, |_| {});
    pass(&scene, 24);
    assert_eq!(scene.world.tick(None), Ending::Value(Ok(())));
    scene.world.deliver_all();
    let held = scene.runs().remove(0);
    assert_eq!(held.state, RunState::Held, "{held:?}");
    let issue = make_issue(&scene, "LIFE");
    saved(&scene, from(&issue, Some(false)));
    scene.release(&held.id);
    scene.world.deliver_all();
    let run = scene.run(&held.id);
    assert!(mail(&scene).is_empty());
    let lines = scene.lines(&run);
    assert!(lines.iter().all(|line| line.person.fate != Fate::Verified));
    let reasons = lines.iter().map(|line| line.person.reason.as_str());
    assert!(
        reasons
            .into_iter()
            .any(|why| why.contains("nobody confirmed"))
    );
}

#[test]
fn what_was_confirmed_elsewhere_is_confirmed_here_by_nobody() {
    let there = scene();
    saved(&there, from(&make_issue(&there, "LIFE"), Some(true)));
    let text = exported(&there).to_string();
    let here = Scene::new(312, 60, |_| {});
    bring(&here, &text);
    assert_eq!(confirmed(&here), Some(false));
    // Brought back to where it was confirmed, it is.
    bring(&there, &text);
    assert_eq!(confirmed(&there), Some(true));
}

fn create(project: &str) -> Command {
    Command::CreateNoticesIssue {
        project: project.to_owned(),
    }
}

#[test]
fn the_app_makes_the_issue_in_a_project_of_choice() {
    let scene = scene();
    let Answer::NoticesIssue(made) = scene.order(create("OPS")) else {
        panic!("no issue")
    };
    let [issue] = &issues(&scene)[..] else {
        panic!("one issue")
    };
    assert_eq!(issue["key"], made.issue.as_str());
    let fields = &issue["fields"];
    assert_eq!(fields["project"]["key"], "OPS");
    assert_eq!(fields["issuetype"]["id"], "10001");
    assert!(
        fields["description"]
            .to_string()
            .contains("notifications of this issue")
    );
    let [entry] = &entries(&scene, "create-notices-issue")[..] else {
        panic!("one entry")
    };
    assert_eq!(entry["subject"], made.issue.as_str());
    assert_eq!(entry["actor"], format!("person:{}", scene.first));
    // It is in use when the settings name it, and can be named at once.
    let saved = saved(&scene, from(&made.issue, Some(true)));
    assert_eq!(saved.not_checked, None);
}

#[test]
fn where_no_issue_can_be_made_the_answer_says_what_to_do() {
    let scene = scene();
    for (project, words) in [
        ("", "such as LIFE"),
        ("life", "such as LIFE"),
        ("HR", "shows the app no project HR"),
        ("NOWHERE", "shows the app no project NOWHERE"),
    ] {
        let refusal = scene.refused(&scene.first, create(project));
        assert_eq!(refusal.code, "invalid", "{project}");
        assert!(refusal.message.contains(words), "{}", refusal.message);
    }
    for (fault, code, words, made, logged) in [
        (
            FaultKind::Forbidden,
            "invalid",
            "let the app create issues there",
            0,
            0,
        ),
        (
            FaultKind::TooManyRequests,
            "rate-limited",
            "limits the number",
            0,
            0,
        ),
        (FaultKind::CutBefore, "wrong-state", "is not known", 0, 1),
        (FaultKind::CutAfter, "wrong-state", "is not known", 1, 1),
        (FaultKind::Truncated, "wrong-state", "is not known", 1, 1),
    ] {
        let copy = scene.copy();
        let faults = Faults::planned("jira.issue.create", fault);
        copy.world.cloud.borrow_mut().set_faults(faults);
        let refusal = copy.refused(&copy.first, create("LIFE"));
        assert_eq!(refusal.code, code, "{fault:?}: {refusal:?}");
        assert!(refusal.message.contains(words), "{fault:?}: {refusal:?}");
        assert_eq!(issues(&copy).len(), made, "{fault:?}");
        let entries = entries(&copy, "create-notices-issue");
        assert_eq!(entries.len(), logged, "{fault:?}");
        assert!(entries.iter().all(|entry| entry["outcome"] == "failed"));
    }
}

#[test]
fn a_kill_at_any_await_makes_no_second_issue_and_logs_none_that_is_not_there() {
    let scene = scene();
    let mut seen = BTreeSet::new();
    for awaits in 1.. {
        let copy = scene.copy();
        let was_killed = copy
            .world
            .command_killed_at(&copy.first, create("LIFE"), awaits);
        // Nothing goes on with it by itself.
        copy.next_tick(600);
        copy.next_tick(600);
        let made = issues(&copy).len();
        let logged = entries(&copy, "create-notices-issue").len();
        assert!(logged <= made && made <= 1, "{awaits}: {made} {logged}");
        seen.insert((made, logged));
        if !was_killed {
            assert_eq!((made, logged), (1, 1));
            break;
        }
    }
    // Killed between the creation and its entry, it leaves an issue that no settings name.
    assert_eq!(seen, [(0, 0), (1, 0), (1, 1)].into());
}

fn test_message(issue: &str) -> Command {
    Command::TestNotices {
        issue: issue.to_owned(),
    }
}

#[test]
fn a_test_message_goes_to_whoever_asks_for_it_over_exactly_that_issue() {
    let scene = scene();
    let [used, other] = ["LIFE", "OPS"].map(|project| make_issue(&scene, project));
    saved(&scene, from(&used, Some(false)));
    let Answer::ReportSent(sent) = scene.order(test_message(&other)) else {
        panic!("no answer")
    };
    assert_eq!((sent.message, sent.why), (NewsMessage::Sent, None));
    let cloud = scene.world.cloud.borrow();
    let [mail] = cloud.inbox() else {
        panic!("one message")
    };
    assert_eq!((&mail.account_id, &mail.issue), (&scene.first, &other));
    assert!(mail.subject.contains("This is a test"), "{}", mail.subject);
    drop(cloud);
    let [entry] = &entries(&scene, "report")[..] else {
        panic!("one entry")
    };
    assert_eq!(
        (&entry["subject"], &entry["outcome"]),
        (&json!(other), &json!("done"))
    );
}

#[test]
fn a_test_message_that_is_not_sent_says_why_and_what_to_do() {
    let scene = scene();
    let issue = make_issue(&scene, "LIFE");
    assert_eq!(
        scene.refused(&scene.first, test_message("life 1")).code,
        "invalid"
    );
    let refused = |scene: &Scene, issue: &str, words: &str| {
        let refusal = scene.refused(&scene.first, test_message(issue));
        assert_eq!(refusal.code, "wrong-state", "{refusal:?}");
        assert!(refusal.message.contains(words), "{}", refusal.message);
        let entries = entries(scene, "report");
        assert_eq!(entries.last().expect("an entry")["outcome"], "failed");
    };
    refused(&scene, "LIFE-99", "shows the app no issue LIFE-99");
    scene.world.cloud.borrow_mut().set_outgoing_mail(false);
    refused(&scene, &issue, "outgoing mail is off");
    scene.world.cloud.borrow_mut().set_outgoing_mail(true);
    let lost = Faults::planned("jira.issue.notify", FaultKind::CutAfter);
    scene.world.cloud.borrow_mut().set_faults(lost);
    refused(&scene, &issue, "look into your mailbox");
    staged(&scene, "/notify", 400);
    refused(&scene, &issue, "active user of this site");
}
