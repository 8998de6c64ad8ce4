//! The log's head on a Jira issue, once a day.

use std::time::Duration;

use cloud::jira_api::Caller;
use seatkeeper::app::admin::{Answer, Command};
use seatkeeper::audit::{LogHead, verify};
use serde_json::{Value, json};

use crate::in_process::Ending;
use crate::scene::Scene;

fn tick_after_hours(scene: &Scene, hours: u64) {
    let time = Duration::from_secs(hours * 3_600);
    scene.world.cloud.borrow().clock().advance(time);
    assert_eq!(scene.world.tick(None), Ending::Value(Ok(())));
}

pub fn issue(scene: &Scene) -> String {
    let fields = json!({
        "project": {"key": cloud::Cloud::APPROVALS_PROJECT}, "issuetype": {"id": "1"}, "summary": "Anchors",
        "description": {"type": "doc", "version": 1, "content": []},
    });
    let request = cloud::Request::post("/rest/api/3/issue", &json!({ "fields": fields }));
    let mut cloud = scene.world.cloud.borrow_mut();
    let made = cloud.jira_api(&Caller::App, &request).expect("an answer");
    made.value()["key"].as_str().expect("a key").to_owned()
}

pub fn name(scene: &Scene, issue: &str) {
    scene.order(Command::SetAnchorIssue {
        issue: Some(issue.into()),
    });
}

/// What the comments on the only issue say.
pub fn comments(scene: &Scene) -> Vec<String> {
    let issues: Vec<Value> = scene.world.cloud.borrow().dump_issues();
    let comments = issues[0]["comments"].as_array().expect("comments");
    let text = |comment: &Value| comment["content"][0]["content"][0]["text"].clone();
    comments
        .iter()
        .map(|comment| text(comment).as_str().expect("a text").to_owned())
        .collect()
}

#[test]
fn each_days_head_is_written_on_the_issue_once_and_proves_the_log() {
    let scene = Scene::new(5, 60, |_| {});
    scene.prepare();
    name(&scene, &issue(&scene));
    for _ in 0..12 {
        tick_after_hours(&scene, 6);
    }
    let said = comments(&scene);
    assert!((3..=4).contains(&said.len()), "{said:?}");
    let log = scene.log();
    for text in said {
        let anchor = text.rsplit(' ').next().and_then(LogHead::parse);
        assert!(verify(&log, Some(anchor.expect("an anchor"))).valid);
    }
}

#[test]
fn an_issue_that_is_not_there_is_said_in_the_log_once_a_day() {
    let scene = Scene::new(5, 60, |_| {});
    scene.prepare();
    name(&scene, "NOWHERE-1");
    for _ in 0..4 {
        tick_after_hours(&scene, 1);
    }
    let log = scene.log();
    let failed = log.iter().filter(|entry| {
        entry.entry.contains("\"action\":\"anchor\"")
            && entry.entry.contains("\"outcome\":\"failed\"")
    });
    assert_eq!(failed.count(), 1);
    for key in ["", "audit-1", "AUDIT", "AUDIT-x", "../x-1"] {
        let command = Command::SetAnchorIssue {
            issue: Some(key.into()),
        };
        assert_eq!(scene.refused(&scene.first, command).code, "invalid");
    }
}

/// Whether the page warns of heads that are not written down.
pub fn is_warned(scene: &Scene) -> bool {
    let Answer::Overview(overview) = scene.order(Command::Overview {}) else {
        panic!("no overview")
    };
    let mut warnings = overview.health.warnings.iter();
    warnings.any(|warning| warning.code == "anchor-late")
}

#[test]
fn the_heads_of_days_without_the_issue_are_written_down_later() {
    let scene = Scene::new(5, 60, |_| {});
    scene.prepare();
    let issue = issue(&scene);
    name(&scene, "NOWHERE-1");
    tick_after_hours(&scene, 1);
    assert!(!is_warned(&scene));
    for _ in 0..4 {
        tick_after_hours(&scene, 24);
    }
    assert!(is_warned(&scene));
    let news = scene.news().into_iter();
    assert_eq!(news.filter(|item| item.key == "anchor-late").count(), 1);
    name(&scene, &issue);
    for _ in 0..3 {
        tick_after_hours(&scene, 1);
    }
    assert!(!is_warned(&scene));
    let issues: Vec<Value> = scene.world.cloud.borrow().dump_issues();
    let comments = issues[0]["comments"].as_array().expect("comments");
    let lines = comments[0]["content"].as_array().expect("paragraphs");
    assert_eq!(lines.len(), 5, "{lines:?}");
    let log = scene.log();
    let mut seqs = Vec::new();
    for line in lines {
        let text = line["content"][0]["text"].as_str().expect("a text");
        let anchor = text.rsplit(' ').next().and_then(LogHead::parse);
        let anchor = anchor.expect("an anchor");
        seqs.push(anchor.seq);
        assert!(verify(&log, Some(anchor)).valid);
    }
    assert!(seqs.is_sorted());
}
