//! What gives nothing back: issues that ask for nothing, and those that are refused in words.

use cloud::faults::{FaultKind, Faults};
use seatkeeper::app::Transition;
use seatkeeper::app::admin::{Answer, Command, Errand};
use seatkeeper::app::records::Requests;
use seatkeeper::model::AccountId;
use serde_json::json;

use super::{
    Issue, asked_for, declined, entries, is_active, issue, issue_of, moved, moves, ordinary, said,
    suspended, tells, wanted,
};
use crate::approval_issues::look;
use crate::in_process::Ending;
use crate::scene::Scene;

#[test]
fn issues_that_ask_for_nothing_are_let_be() {
    let (scene, person) = suspended(74);
    let second = &scene.second;
    let nothing = |scene: &Scene, issue: &Issue, what: &str| {
        look(scene);
        assert!(said(scene, issue).is_empty(), "{what}");
        assert!(asked_for(scene).is_empty(), "{what}");
        assert!(entries(scene, "ask-back").is_empty(), "{what}");
    };
    let other = issue_of(&scene, "OTHER", "reporter", &[&person]);
    moved(&scene, &other, second, "Approved");
    nothing(&scene, &other, "another project");

    let own = issue(&scene, &person);
    let property = json!({"run": "gone", "plan": "h"});
    let mut cloud = scene.world.cloud.borrow_mut();
    cloud.set_issue_property(&own.1, "seatkeeper", property);
    drop(cloud);
    moved(&scene, &own, second, "Approved");
    nothing(&scene, &own, "one that asked for the approval of a plan");

    let unmoved = issue(&scene, &person);
    tells(&scene, &unmoved, second, Transition::Approve);
    nothing(&scene, &unmoved, "one that nobody moved");

    let late = issue(&scene, &person);
    moves(&scene, &late, second, "Approved");
    moves(&scene, &late, &ordinary(&scene), "Closed");
    for meaning in [Transition::Approve, Transition::Reject] {
        tells(&scene, &late, second, meaning);
    }
    nothing(&scene, &late, "one that somebody else moved since");

    let closed = issue(&scene, &person);
    moved(&scene, &closed, second, "Closed");
    nothing(&scene, &closed, "one that was closed, not approved");

    let off = issue(&scene, &person);
    scene.order(Command::SetRequests { requests: None });
    moved(&scene, &off, second, "Approved");
    nothing(&scene, &off, "no issue may ask");
}

#[test]
fn what_is_not_given_back_is_said_once_in_words() {
    let (scene, person) = suspended(75);
    let (customer, app) = {
        let cloud = scene.world.cloud.borrow();
        let of = |kind: &str| {
            let mut others = cloud.organization().jira_only.iter();
            let found = others.find(|other| other.account_type == kind);
            found.expect("one").account_id.clone()
        };
        (of("customer"), of("app"))
    };
    let ordinary = ordinary(&scene);
    let twice = [person.as_str(), person.as_str()];
    for (field, people, expected) in [
        (None, &[][..], "is empty"),
        (None, &[customer.as_str()], "customer"),
        (None, &[app.as_str()], "an app"),
        (None, &[ordinary.as_str()], "nothing was taken"),
        (Some("customfield_1"), &twice, "more than one"),
        // The field is not on the issue, or was deleted.
        (Some("customfield_2"), &[person.as_str()], "is empty"),
    ] {
        let scene = scene.copy();
        scene.order(wanted(field));
        let shown = match field {
            None => "reporter",
            Some(_) => "customfield_1",
        };
        let issue = issue_of(&scene, "HELP", shown, people);
        moved(&scene, &issue, &scene.second, "Approved");
        tells(&scene, &issue, &scene.second, Transition::Approve);
        look(&scene);
        let said = said(&scene, &issue);
        assert_eq!(said.len(), 1, "{said:?}");
        assert!(said[0].contains(expected), "{expected}: {said:?}");
        let entries = entries(&scene, "ask-back");
        assert_eq!(entries.len(), 1, "{expected}");
        assert_eq!(entries[0]["outcome"], "not-done");
        assert!(asked_for(&scene).is_empty(), "{expected}");
    }
    let issue = issue_of(&scene, "HELP", "reporter", &[&person]);
    declined(&scene, &issue, &scene.second);
    assert!(said(&scene, &issue)[0].contains("was rejected"));
    assert_eq!(entries(&scene, "ask-back")[0]["outcome"], "not-done");
    scene.order(wanted(Some("customfield_1")));
    let issue = issue_of(&scene, "HELP", "customfield_1", &[&person]);
    moved(&scene, &issue, &scene.second, "Approved");
    scene.world.deliver_all();
    assert!(is_active(&scene, &person), "named by a field");
}

#[test]
fn what_an_administrator_took_by_hand_is_not_given_back_by_an_issue() {
    let (scene, _) = suspended(78);
    let person = ordinary(&scene);
    let order = Command::ActOn {
        people: vec![AccountId(person.clone())],
        errand: Errand::Stage {
            stage: json!({"after": "0d", "do": "suspend"}).to_string(),
        },
        idle: None,
        even_if_active: true,
        dry: false,
        reason: "left the company".into(),
    };
    let run = match scene.order(order) {
        Answer::Run(run) => run,
        other => panic!("{other:?}"),
    };
    scene.world.deliver_all();
    scene.approve(&run.id);
    assert!(!is_active(&scene, &person));
    let asking = issue(&scene, &person);
    moved(&scene, &asking, &scene.second, "Approved");
    scene.world.deliver_all();
    assert!(said(&scene, &asking)[0].contains("by hand"));
    assert!(!is_active(&scene, &person));
}

#[test]
fn only_an_administrator_of_the_organization_says_which_issues_ask() {
    let scene = Scene::new(84, 60, |_| {});
    let jira_admin = scene.world.cloud.borrow().organization().people.jira_admins[0].clone();
    assert_eq!(scene.refused(&jira_admin, wanted(None)).code, "not-allowed");
    let said = |project: &str, status: &str, field: Option<&str>| Command::SetRequests {
        requests: Some(Requests {
            project: project.into(),
            approved_status: status.into(),
            field: field.map(str::to_owned),
        }),
    };
    for (project, status, field) in [
        ("", "Approved", None),
        ("help", "Approved", None),
        ("HELP\" OR project = \"A", "Approved", None),
        ("HELP", "", None),
        ("HELP", "A\" OR status = \"B", None),
        ("HELP", "A\\", None),
        ("HELP", "Approved", Some("")),
        ("HELP", "Approved", Some("reporter&expand=names")),
    ] {
        let refusal = scene.refused(&scene.first, said(project, status, field));
        assert_eq!(refusal.code, "invalid", "{project} {status} {field:?}");
    }
    for (project, status, path, words) in [
        (
            "HELP",
            "Aproved",
            "$.requests.approvedStatus",
            "Approved, Declined, Done",
        ),
        (
            "HELP",
            "approved",
            "$.requests.approvedStatus",
            "has no status `approved`",
        ),
        (
            "HR",
            "Approved",
            "$.requests.project",
            "shows the app no project HR",
        ),
    ] {
        let refusal = scene.refused(&scene.first, said(project, status, None));
        assert_eq!(
            (refusal.code.as_str(), refusal.errors[0].path.as_str()),
            ("invalid", path)
        );
        assert!(refusal.message.contains(words), "{}", refusal.message);
    }
    scene.order(said(
        "HELP",
        "Wartet auf Prüfung",
        Some("customfield_10050"),
    ));
    let entries = entries(&scene, "set-requests");
    assert_eq!(entries.len(), 1);
    assert_eq!(entries[0]["after"]["requests"]["project"], "HELP");
}

#[test]
fn whom_an_issue_names_since_it_was_moved_nobody_has_approved() {
    let (scene, person) = suspended(79);
    scene.order(wanted(Some("customfield_1")));
    let names = |scene: &Scene, issue: &Issue, whom: &str| {
        let by = ordinary(scene);
        let mut cloud = scene.world.cloud.borrow_mut();
        cloud.name_in_issue(&issue.1, &by, "customfield_1", &[whom]);
    };
    let swapped = issue_of(&scene, "HELP", "customfield_1", &[&ordinary(&scene)]);
    moves(&scene, &swapped, &scene.second, "Approved");
    names(&scene, &swapped, &person);
    tells(&scene, &swapped, &scene.second, Transition::Approve);
    look(&scene);
    assert!(asked_for(&scene).is_empty());
    let told = said(&scene, &swapped);
    assert!(
        told.len() == 1 && told[0].contains("move it again"),
        "{told:?}"
    );
    // Whoever asks for one person and names another afterwards gets neither of them approved.
    let asks = issue_of(&scene, "HELP", "customfield_1", &[&person]);
    moved(&scene, &asks, &ordinary(&scene), "Submitted");
    scene.world.deliver_all();
    assert_eq!(asked_for(&scene).len(), 1);
    names(&scene, &asks, &ordinary(&scene));
    moved(&scene, &asks, &scene.second, "Approved");
    scene.world.deliver_all();
    assert!(!is_active(&scene, &person));
    let told = said(&scene, &asks);
    assert!(
        told.iter().any(|one| one.contains("names somebody else")),
        "{told:?}"
    );
    // Seen and moved again it counts.
    moves(&scene, &swapped, &scene.second, "Open");
    moved(&scene, &swapped, &scene.second, "Approved");
    scene.world.deliver_all();
    assert!(
        !is_active(&scene, &person),
        "the run that waits is in the way"
    );
    declined(&scene, &asks, &scene.second);
    moves(&scene, &swapped, &scene.second, "Open");
    moved(&scene, &swapped, &scene.second, "Approved");
    scene.world.deliver_all();
    assert!(is_active(&scene, &person));
}

/// What the page warns of.
fn warned_of(scene: &Scene) -> Vec<String> {
    let Answer::Overview(overview) = scene.order(Command::Overview {}) else {
        panic!("no overview")
    };
    let warnings = overview.health.warnings.into_iter();
    warnings.map(|warning| warning.code).collect()
}

#[test]
fn a_status_that_is_searched_in_vain_is_a_warning_until_the_settings_change() {
    let scene = Scene::new(85, 60, |_| {});
    let order = |status: &str| Command::SetRequests {
        requests: Some(Requests {
            project: "HELP".into(),
            approved_status: status.into(),
            field: None,
        }),
    };
    let code = String::from("requests-refused");
    let no_answer = cloud::Response::json(503, &json!({"errorMessages": ["no"]}));
    let staged = (String::from("/statuses"), no_answer);
    scene.world.staged.borrow_mut().push(staged);
    let Answer::Settings(saved) = scene.order(order("Aproved")) else {
        panic!("no settings")
    };
    assert!(saved.not_checked.expect("why").contains("internal error"));
    assert!(!warned_of(&scene).contains(&code));
    look(&scene);
    assert!(warned_of(&scene).contains(&code));
    // A passing failure says nothing else.
    let passing = Faults::planned("jira.search.jql", FaultKind::ServerErrorBefore);
    scene.world.cloud.borrow_mut().set_faults(passing);
    next_look(&scene);
    assert!(warned_of(&scene).contains(&code));
    let news = scene.news();
    assert!(
        news.iter()
            .any(|item| item.text.contains("approving status")),
        "{news:?}"
    );
    scene.world.staged.borrow_mut().clear();
    scene.order(order("Approved"));
    assert!(!warned_of(&scene).contains(&code));
    look(&scene);
    assert!(!warned_of(&scene).contains(&code));
}

/// Lets the next look come, however it ends.
fn next_look(scene: &Scene) {
    let now = scene.world.cloud.borrow().now().timestamp();
    let rest = u64::try_from(600 - now % 600).expect("seconds");
    let rest = std::time::Duration::from_secs(rest);
    scene.world.cloud.borrow().clock().advance(rest);
    assert!(matches!(scene.world.tick(None), Ending::Value(_)));
}
