//! `schedule`: the next runs.

use crate::run::{Answer, Folder, idle};

fn schedule(schedule: &str, more: &[&str]) -> Answer {
    let document = idle().replacen('{', &format!(r#"{{"schedule":{schedule},"#), 1);
    let folder = Folder::new().with("policy.json", document);
    folder.run(&[&["schedule", "policy.json"][..], more].concat())
}

const FROM: [&str; 2] = ["--now", "2026-10-23T00:00:00Z"];

#[test]
fn five_runs_are_said_across_the_end_of_summer_time() {
    let daily =
        r#"{"every":{"n":1,"unit":"day"},"at":"06:00","zone":"Europe/Berlin","except":["mon"]}"#;
    let answer = schedule(daily, &FROM);
    assert_eq!(answer.code, Some(0), "{answer:?}");
    let lines: Vec<&str> = answer.out.lines().collect();
    assert_eq!(
        lines,
        [
            "2026-10-23T04:00:00Z",
            "2026-10-24T04:00:00Z",
            "2026-10-25T05:00:00Z",
            // Monday's run starts when Monday is over.
            "2026-10-26T23:00:00Z",
            "2026-10-27T05:00:00Z",
        ]
    );
    let two = schedule(daily, &[&FROM[..], &["--next", "2"]].concat());
    assert_eq!(two.out.lines().count(), 2);
}

#[test]
fn a_schedule_without_runs_says_why() {
    let once = r#"{"once":"2026-10-22T00:00:00Z"}"#;
    let answer = schedule(once, &FROM);
    assert_eq!((answer.code, answer.out.as_str()), (Some(0), ""));
    assert_eq!(answer.err, "note: no run is ahead\n");
    let folder = Folder::new().with("policy.json", idle());
    let answer = folder.run(&["schedule", "policy.json"]);
    assert!(answer.err.contains("runs by hand only"), "{}", answer.err);
}

#[test]
fn a_zone_that_is_none_is_a_mistake() {
    let nowhere = r#"{"every":{"n":1,"unit":"day"},"zone":"Europe/Nowhere"}"#;
    schedule(nowhere, &FROM).is_wrong(&["policy.json: ", "Europe/Nowhere"]);
    let document = idle().replacen('{', &format!(r#"{{"schedule":{nowhere},"#), 1);
    let folder = Folder::new().with("policy.json", document);
    folder
        .run(&["check", "policy.json"])
        .is_wrong(&["policy.json: $.schedule.zone: ", "(unknown-zone)"]);
}
