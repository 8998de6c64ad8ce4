//! `evaluate`: the three formats, sites, lists, and input that is wrong.

use crate::run::{Folder, NOW, idle, policy};

/// A person with one access to Jira on the site `42`.
fn person(account: &str, email: &str, seen: &str) -> String {
    format!(
        r#"{{"accountId":"{account}","name":"N {account}","email":"{email}","status":"active",
        "productAccess":[{{"id":"ari:cloud:jira-software::site/42","key":"jira-software"{seen}}}]}}"#
    )
}

fn three_people() -> String {
    let old = r#","lastActiveTimestamp":"2026-01-01T00:00:00Z""#;
    let people = [
        person("c", "c@acme.example", ""),
        person("b", "=b@acme.example", old),
        person("a", "a@acme.example", old),
        person("n", "n@acme.example", r#","lastActiveTimestamp":null"#),
    ];
    format!(r#"{{"data":[{}]}}"#, people.join(","))
}

const WORKSPACES: &str = r#"{"data":[{"id":"ari:cloud:jira-software::site/42",
    "attributes":{"hostUrl":"https://acme.atlassian.net"}}]}"#;

fn folder(policy: &str) -> Folder {
    Folder::new()
        .with("policy.json", policy)
        .with("users.json", three_people())
        .with("workspaces.json", WORKSPACES)
}

#[test]
fn json_is_sorted_by_account_and_says_why() {
    let answer = folder(&idle()).evaluate("users.json", &[]);
    assert_eq!(answer.code, Some(0), "{answer:?}");
    let reason = "not seen in any product since 2026-01-01, 324 days; limit 90 days";
    let expected = serde_json::json!({
        "now": NOW,
        "users": 4,
        "matched": [
            { "accountId": "a", "reason": reason },
            { "accountId": "b", "reason": reason },
        ],
        "unknown": [
            { "accountId": "c", "why": "the last activity in jira-software on 42 is not known" },
        ],
    });
    let found: serde_json::Value = serde_json::from_str(&answer.out).expect("JSON");
    assert_eq!(found, expected);
}

#[test]
fn csv_holds_no_formula() {
    let users = three_people()
        .replace("N a", "@SUM(A1)")
        .replace("N b", r"\t-1");
    let folder = folder(&idle()).with("users.json", users);
    let answer = folder.run(&[
        "evaluate",
        "--policy",
        "policy.json",
        "--users",
        "users.json",
        "--now",
        NOW,
        "--format",
        "csv",
    ]);
    assert_eq!(answer.code, Some(0), "{answer:?}");
    let lines: Vec<&str> = answer.out.split("\r\n").collect();
    assert_eq!(lines[0], "verdict,accountId,name,email,why");
    assert!(
        lines[1].starts_with("matched,a,'@SUM(A1),a@acme.example,\"not seen"),
        "{}",
        lines[1]
    );
    assert!(
        lines[2].starts_with("matched,b,\"'\t-1\",'=b@acme.example,"),
        "{}",
        lines[2]
    );
    assert!(
        lines[3].starts_with("unknown,c,N c,c@acme.example,"),
        "{}",
        lines[3]
    );
    assert_eq!(lines[4..], [""]);
}

#[test]
fn the_table_ends_with_the_figures() {
    let answer = folder(&idle()).run(&[
        "evaluate",
        "--policy",
        "policy.json",
        "--users",
        "users.json",
        "--now",
        NOW,
    ]);
    assert_eq!(answer.code, Some(0), "{answer:?}");
    let lines: Vec<&str> = answer.out.lines().collect();
    assert_eq!(
        lines[1],
        "matched  a        N a   a@acme.example   not seen in any product since 2026-01-01, 324 days; limit 90 days"
    );
    let last = "2 of 4 people match, 1 are not known, at 2026-11-21T12:00:00Z";
    assert_eq!(lines.last(), Some(&last));
}

#[test]
fn hosts_are_resolved_or_refused() {
    let on = |site: &str| {
        policy(&format!(
            r#"{{"idle":{{"longerThan":"90d","sites":["{site}"]}}}}"#
        ))
    };
    let with = ["--sites", "workspaces.json"];
    let answer = folder(&on("acme.atlassian.net")).evaluate("users.json", &with);
    assert_eq!(answer.accounts().0, ["a", "b"]);
    assert!(answer.out.contains("jira-software on acme.atlassian.net"));
    // A cloud id needs nobody to resolve it.
    let answer = folder(&on("42")).evaluate("users.json", &[]);
    assert_eq!(answer.accounts().0, ["a", "b"]);
    let hint = "hint: hosts are looked up in --sites workspaces.json";
    for (site, more) in [
        ("acme.atlassian.net", &[][..]),
        ("other.atlassian.net", &with),
    ] {
        let answer = folder(&on(site)).evaluate("users.json", more);
        answer.is_wrong(&[&format!("names the site `{site}`"), hint]);
    }
    let answer = folder(&idle()).evaluate("users.json", &["--sites", "users.json"]);
    answer.is_wrong(&[
        "users.json: it is not a list of workspaces",
        "hint: --sites takes",
    ]);
}

#[test]
fn lists_decide_who_is_on_them() {
    let leavers = folder(&policy(r#"{"listed":"leavers"}"#))
        .with("leavers.csv", "\u{feff}Name,E-mail\r\nA,A@acme.example\r\n")
        .with("empty.csv", "");
    let answer = leavers.evaluate("users.json", &["--list", "leavers=leavers.csv"]);
    assert_eq!(answer.accounts(), (vec!["a".to_owned()], vec![]));
    // A list that is empty or missing decides nothing.
    for more in [&["--list", "leavers=empty.csv"][..], &[]] {
        let answer = leavers.evaluate("users.json", more);
        assert_eq!(answer.accounts().1.len(), 4, "{answer:?}");
    }
    leavers
        .evaluate("users.json", &["--list", "leavers=nowhere.csv"])
        .is_wrong(&["nowhere.csv: no such file", "hint: "]);
}

#[test]
fn names_that_match_nothing_are_warnings() {
    let folder = folder(&policy(
        r#"{"idle":{"longerThan":"90d","products":["jira-sofware"]}}"#,
    ));
    let answer = folder.evaluate("users.json", &[]);
    assert_eq!(answer.code, Some(0));
    assert!(answer.err.starts_with("warning: "), "{}", answer.err);
    assert!(answer.err.contains("jira-sofware"), "{}", answer.err);
}

#[test]
fn people_that_cannot_be_read_are_refused_with_a_hint() {
    let folder = folder(&idle())
        .with("cut.json", r#"{"data":[{"accountId":"a"}"#)
        .with("other.json", r#"{"values":[]}"#)
        .with("second.json", r#"[{"accountId":"a"},{"name":"b"}]"#)
        .with("empty.json", "")
        .with("damaged.bin", "SKF1damaged bytes of a snapshot");
    for (users, words) in [
        (
            "cut.json",
            "cut.json: the text is not JSON at line 1, column ",
        ),
        ("other.json", "other.json: it holds no people"),
        (
            "second.json",
            "second.json: number 2 in the list is not a person",
        ),
        ("empty.json", "empty.json: the file is empty"),
        (
            "damaged.bin",
            "damaged.bin: part 0 of the snapshot cannot be used: it is not there",
        ),
        ("nowhere.json", "nowhere.json: no such file or directory"),
    ] {
        folder.evaluate(users, &[]).is_wrong(&[words]);
    }
}

#[test]
fn a_listing_that_is_cut_off_is_told() {
    let folder = folder(&idle()).with("users.json", r#"{"data":[],"links":{"next":"c1"}}"#);
    let answer = folder.evaluate("users.json", &[]);
    assert_eq!(answer.code, Some(0));
    assert!(answer.err.contains("another one follows"), "{}", answer.err);
}

#[test]
fn without_a_time_the_clock_counts() {
    let folder = folder(&idle());
    let answer = folder.run(&[
        "evaluate",
        "--policy",
        "policy.json",
        "--users",
        "users.json",
        "--format",
        "json",
    ]);
    let json: serde_json::Value = serde_json::from_str(&answer.out).expect("JSON");
    let now = json["now"].as_str().expect("a time");
    assert!(now > "2026-01-01" && now.ends_with('Z'), "{now}");
}

#[test]
fn a_cloud_id_that_nobody_is_on_is_a_warning_said_once() {
    let on = r#"{"idle":{"longerThan":"90d","sites":["2b9d7c1e-33a4-4b0b-8c8e-5d2f0a9b2e02"]}}"#;
    let folder = folder(&policy(&format!(r#"{{"any":[{on},{on}]}}"#)));
    let answer = folder.evaluate("users.json", &[]);
    assert_eq!(answer.code, Some(0), "{answer:?}");
    assert!(answer.accounts().0.is_empty());
    let warning = "warning: nobody has access to anything on the site `2b9d7c1e-33a4-4b0b-8c8e-5d2f0a9b2e02`\n";
    assert_eq!(answer.err, warning);
}

#[test]
fn people_who_stand_in_the_file_again_are_told() {
    let person = |seen: &str| person("a", "a@acme.example", seen);
    let pages = format!(
        r#"{{"data":[{}]}}{{"data":[{}]}}"#,
        person(r#","lastActiveTimestamp":"2026-05-03T00:00:00Z""#),
        person(r#","lastActiveTimestamp":"2026-11-20T00:00:00Z""#)
    );
    let answer = folder(&idle())
        .with("users.json", pages)
        .evaluate("users.json", &[]);
    assert!(
        answer
            .err
            .contains("users.json: 1 people stand there again"),
        "{}",
        answer.err
    );
}

#[test]
fn a_seat_pool_is_said_not_to_be_applied() {
    let pool = idle().replace(
        r#""stages""#,
        r#""keep":{"product":"jira-software","site":"42","seats":0},"stages""#,
    );
    let pool = pool.replace("suspend", "review");
    let answer = folder(&pool).evaluate("users.json", &[]);
    assert_eq!(answer.code, Some(0), "{answer:?}");
    assert!(answer.err.starts_with("note: `keep`"), "{}", answer.err);
}
