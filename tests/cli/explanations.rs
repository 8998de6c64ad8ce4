//! `explain`: the tree for one person.

use crate::run::{Folder, NOW, policy};

fn folder() -> Folder {
    let condition = r#"{"all":[{"status":["active"]},{"any":[{"idle":{"longerThan":"90d"}},{"not":{"group":["keep-*"]}}]}]}"#;
    let users = r#"[{"accountId":"712020:1","email":"Ann@acme.example","name":"Ann","status":"active",
        "productAccess":[{"id":"ari:cloud:jira-software::site/42","key":"jira-software",
        "lastActiveTimestamp":"2026-05-03T10:00:00Z"}]},{"accountId":"712020:2"}]"#;
    Folder::new()
        .with("policy.json", policy(condition))
        .with("users.json", users)
}

fn explain(user: &str, format: &str) -> crate::run::Answer {
    folder().run(&[
        "explain",
        "--policy",
        "policy.json",
        "--users",
        "users.json",
        "--now",
        NOW,
        "--user",
        user,
        "--format",
        format,
    ])
}

#[test]
fn every_condition_says_its_truth_and_what_was_read() {
    let answer = explain("712020:1", "text");
    assert_eq!(answer.code, Some(0), "{answer:?}");
    for line in [
        "712020:1 (Ann, Ann@acme.example) matches: ",
        "at 2026-11-21T12:00:00Z\n",
        "true    all\n",
        "true      has the status active",
        "            status = active [users/search, read at 20",
        "true      any\n",
        "true        was last seen in any product more than 90 days ago",
        "not seen in any product since 2026-05-03, 202 days; limit 90 days",
        "              last activity in jira-software on 42 = 2026-05-03T10:00:00Z [users/search, read at 20",
        "unknown     not\n",
        "groups = unknown",
    ] {
        assert!(
            answer.out.contains(line),
            "`{line}` is missing:\n{}",
            answer.out
        );
    }
}

#[test]
fn a_person_is_found_by_address_too() {
    let answer = explain("ann@ACME.example", "json");
    let json: serde_json::Value = serde_json::from_str(&answer.out).expect("JSON");
    assert_eq!(json[0]["accountId"], "712020:1");
    assert_eq!(json[0]["verdict"], "true");
    assert_eq!(json[0]["condition"]["inner"][0]["truth"], "true");
}

#[test]
fn whoever_is_not_there_is_not_explained() {
    explain("712020:3", "text").is_wrong(&["nobody among the people has", "`712020:3`", "hint: "]);
}
