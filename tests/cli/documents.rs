//! `check` and `describe`, and what every command has in common.

use std::io::Read;
use std::process::Stdio;

use crate::run::{Folder, idle, policy};

#[test]
fn documents_without_mistakes_are_ok() {
    let folder = Folder::new()
        .with("a.json", idle())
        .with("b.json", format!("\u{feff}{}", idle()));
    let answer = folder.run(&["check", "a.json", "b.json"]);
    assert_eq!(answer.code, Some(0), "{answer:?}");
    assert_eq!(answer.out, "a.json: ok: p (P)\nb.json: ok: p (P)\n");
    assert_eq!(answer.err, "");
}

#[test]
fn every_mistake_is_told_with_its_path() {
    let wrong = policy(r#"{"all":[{"idle":{"longerThan":"soon"}},{"status":["gone"]}]}"#);
    let folder = Folder::new()
        .with("right.json", idle())
        .with("wrong.json", wrong);
    let answer = folder.run(&["check", "wrong.json", "right.json", "missing.json"]);
    assert_eq!(answer.code, Some(1));
    assert_eq!(answer.out, "right.json: ok: p (P)\n");
    for line in [
        "error: wrong.json: $.match.all[0].idle.longerThan: ",
        "error: wrong.json: $.match.all[1].status[0]: ",
        "error: missing.json: no such file or directory\nhint: ",
    ] {
        assert!(answer.err.contains(line), "{line}: {}", answer.err);
    }
}

#[test]
fn a_document_may_come_from_the_standard_input() {
    let folder = Folder::new();
    let answer = folder.run_on(&["check", "-"], &idle());
    assert_eq!(
        (answer.code, answer.out.as_str()),
        (Some(0), "standard input: ok: p (P)\n")
    );
    let answer = folder.run_on(&["check", "-"], "{");
    answer.is_wrong(&["error: standard input: $: the text is not JSON at line 1"]);
    let twice = ["evaluate", "--policy", "-", "--users", "-"];
    folder
        .run_on(&twice, &idle())
        .is_wrong(&["the standard input can be only one of the files"]);
}

#[test]
fn a_policy_is_described_in_words() {
    let folder = Folder::new()
        .with("a.json", idle())
        .with("wrong.json", "{}");
    let answer = folder.run(&["describe", "a.json"]);
    assert_eq!(answer.code, Some(0));
    assert!(
        answer
            .out
            .starts_with("P: Whoever was last seen in any product more than 90 days ago")
    );
    folder
        .run(&["describe", "wrong.json"])
        .is_wrong(&["wrong.json: $.version: the field is required (missing-field)"]);
}

#[test]
fn a_wrong_call_is_told_from_a_wrong_input() {
    let folder = Folder::new()
        .with("policy.json", idle())
        .with("users.json", "[]");
    let question = [
        "evaluate",
        "--policy",
        "policy.json",
        "--users",
        "users.json",
    ];
    for more in [
        &["--now", "yesterday"][..],
        &["--list", "leavers"],
        &["--format", "xml"],
        &["--colour"],
    ] {
        let answer = folder.run(&[&question[..], more].concat());
        assert_eq!(answer.code, Some(2), "{more:?}: {answer:?}");
        assert_eq!(answer.out, "");
    }
    assert_eq!(folder.run(&[]).code, Some(2));
    assert_eq!(folder.run(&["--help"]).code, Some(0));
}

#[test]
fn nothing_from_outside_steers_the_terminal() {
    let document = idle().replace(r#""P""#, r#""P\u001b[31m\u202e""#);
    let folder = Folder::new()
        .with("a.json", document)
        .with("b.json", r#"{"\u001b[2J":1}"#);
    let answer = folder.run(&["check", "a.json", "b.json"]);
    assert!(answer.err.contains("[2J"), "{}", answer.err);
    assert!(answer.out.contains("[31m"), "{}", answer.out);
    for text in [answer.out, answer.err] {
        assert!(!text.contains(['\u{1b}', '\u{202e}']), "{text:?}");
    }
}

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    let people: Vec<String> = (0..20_000)
        .map(|number| format!(r#"{{"accountId":"a{number}"}}"#))
        .collect();
    let folder = Folder::new()
        .with("policy.json", idle())
        .with("users.json", format!("[{}]", people.join(",")));
    let mut child = folder
        .command(&[
            "evaluate",
            "--policy",
            "policy.json",
            "--users",
            "users.json",
        ])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the binary");
    let mut first = [0; 10];
    let mut out = child.stdout.take().expect("the standard output");
    out.read_exact(&mut first).expect("a beginning");
    drop(out);
    let output = child.wait_with_output().expect("an end");
    assert!(output.status.success(), "{output:?}");
    assert!(output.stderr.is_empty(), "{output:?}");
}
