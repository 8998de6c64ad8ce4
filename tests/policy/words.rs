//! A policy in plain words.

use seatkeeper::policy::{describe, phrase, read};

use crate::written::document;

#[test]
fn every_condition_says_what_it_means() {
    for (condition, expected) in [
        (
            r#"{"idle":{"longerThan":"90d","products":["jira-software"],"sites":["acme.atlassian.net"]}}"#,
            "was last seen in jira-software on acme.atlassian.net more than 90 days ago (plus 24 hours of tolerance)",
        ),
        (
            r#"{"neverActive":{"addedMoreThan":"2w"}}"#,
            "was added more than 2 weeks ago and was never seen in any product",
        ),
        (
            r#"{"onlyOnce":{"within":"1d","addedMoreThan":"1mo","products":["a","b"]}}"#,
            "was added more than 1 month ago and was seen in a or b only within 1 day of that",
        ),
        (
            r#"{"added":{"moreThan":"1y"}}"#,
            "was added more than 1 year ago",
        ),
        (
            r#"{"added":{"lessThan":"36h"}}"#,
            "was added less than 36 hours ago",
        ),
        (
            r#"{"added":{"moreThan":"1d","lessThan":"3d"}}"#,
            "was added more than 1 day and less than 3 days ago",
        ),
        (
            r#"{"status":["active","suspended"]}"#,
            "has the status active or suspended",
        ),
        (r#"{"account":"managed"}"#, "has a managed account"),
        (
            r#"{"accountType":["app","customer"]}"#,
            "has an account of the type app or customer",
        ),
        (
            r#"{"managedBy":"idp"}"#,
            "is managed by an identity provider",
        ),
        (r#"{"managedBy":"admins"}"#, "is managed by administrators"),
        (r#"{"mfa":true}"#, "has two-step verification"),
        (r#"{"mfa":false}"#, "is without two-step verification"),
        (
            r#"{"group":["jira-*","7f0c"]}"#,
            "is in the group jira-* or 7f0c",
        ),
        (r#"{"role":["org-admin"]}"#, "has the role org-admin"),
        (r#"{"directory":["Acme"]}"#, "is in the directory Acme"),
        (
            r#"{"email":["a@b.example"]}"#,
            "has the e-mail address a@b.example",
        ),
        (
            r#"{"emailDomain":["*.b.example"]}"#,
            "has an e-mail address at *.b.example",
        ),
        (r#"{"access":{}}"#, "has access in any product"),
        (
            r#"{"access":{"products":["confluence"],"billable":true}}"#,
            "has a paid seat in confluence",
        ),
        (
            r#"{"access":{"sites":["acme.atlassian.net"],"billable":false}}"#,
            "has access without a paid seat in any product on acme.atlassian.net",
        ),
        (
            r#"{"profile":{"field":"jobTitle","is":"Intern*"}}"#,
            "has Intern* as job title",
        ),
        (r#"{"listed":"leavers"}"#, "is on the list leavers"),
        (
            r#"{"field":{"name":"cost center","is":["1","2"]}}"#,
            "has 1 or 2 as cost center",
        ),
        // Opposites, where the verb has one.
        (r#"{"not":{"group":["a"]}}"#, "is not in the group a"),
        (
            r#"{"not":{"status":["active"]}}"#,
            "does not have the status active",
        ),
        (
            r#"{"not":{"added":{"moreThan":"1y"}}}"#,
            "was not added more than 1 year ago",
        ),
        (
            r#"{"not":{"added":{"moreThan":"1d","lessThan":"3d"}}}"#,
            "not (was added more than 1 day and less than 3 days ago)",
        ),
        (
            r#"{"not":{"not":{"mfa":true}}}"#,
            "not (does not have two-step verification)",
        ),
        (
            r#"{"not":{"neverActive":{"addedMoreThan":"1d"}}}"#,
            "not (was added more than 1 day ago and was never seen in any product)",
        ),
        // Parts of parts stand in parentheses, single ones do not.
        (
            r#"{"any":[{"mfa":true},{"all":[{"account":"external"},{"listed":"x"}]},{"all":[{"listed":"y"}]}]}"#,
            "has two-step verification or (has an external account and is on the list x) or is on the list y",
        ),
        (
            r#"{"not":{"any":[{"mfa":true},{"listed":"x"}]}}"#,
            "not (has two-step verification or is on the list x)",
        ),
    ] {
        let policy = read(&document(&[("match", condition)])).expect("a policy");
        assert_eq!(
            phrase(&policy.r#match, &policy.tolerance.words()),
            expected,
            "{condition}"
        );
    }
}

#[test]
fn every_part_of_a_policy_is_said() {
    let list = ("match", r#"{"listed":"x"}"#);
    for (fields, expected) in [
        (
            vec![("stages", r#"[{"after":"1w","do":"suspend"}]"#)],
            "is suspended after 1 week.",
        ),
        (
            vec![(
                "stages",
                r#"[{"after":"0d","do":["createIssue","addToGroup"],"groups":["idle"]},
                {"after":"1d","do":"removeFromGroups","groups":["a","b-*"]}]"#,
            )],
            "is reported in an issue, then added to the group idle at once, then removed from the groups a and b-* after 1 day.",
        ),
        (
            vec![
                ("stages", r#"[{"after":"0d","do":"warn"}]"#),
                ("unreachable", "\"proceed\""),
            ],
            "Whoever no warning can reach goes on all the same.",
        ),
        (
            vec![("confirm", r#"{"readings":3,"apart":"1d"}"#)],
            "found so 3 times, at least 1 day apart,",
        ),
        (
            vec![("approval", "\"issue\"")],
            "A second person must approve each run by the workflow of a Jira issue.",
        ),
        (
            vec![list],
            "It names no limit of idleness, so it takes only access that was never used.",
        ),
        (
            vec![list, ("evenIfActive", "true"), ("approval", "\"page\"")],
            "It acts even on people who are active.",
        ),
        (
            vec![("limits", r#"{"users":7,"percent":1}"#)],
            "A run of more than 7 people or 1 % is held.",
        ),
        (
            vec![("schedule", r#"{"once":"2026-12-01T06:00:00Z"}"#)],
            "Once, at 2026-12-01T06:00:00Z.",
        ),
        (
            vec![
                ("schedule", r#"{"once":"2026-12-01T06:00:00Z"}"#),
                ("enabled", "false"),
            ],
            "Once, at 2026-12-01T06:00:00Z, but switched off.",
        ),
        (
            vec![("schedule", r#"{"every":{"n":6,"unit":"hour"}}"#)],
            "Every 6 hours (UTC).",
        ),
        (
            vec![(
                "schedule",
                r#"{"every":{"n":2,"unit":"week"},"on":["mon","fri"],"at":"06:30","zone":"Europe/Berlin",
                "except":["sat",{"from":"2026-12-20","to":"2027-01-03"}]}"#,
            )],
            "Every 2 weeks on Mon and Fri at 06:30 (Europe/Berlin), but not on Sat or from 2026-12-20 to 2027-01-03.",
        ),
        (
            vec![(
                "schedule",
                r#"{"every":{"n":1,"unit":"month"},"on":[15,"last"]}"#,
            )],
            "Every month on day 15 and the last day at 00:00 (UTC).",
        ),
        (
            vec![(
                "schedule",
                r#"{"every":{"n":1,"unit":"year"},"on":"03-31"}"#,
            )],
            "Every year on 03-31 at 00:00 (UTC).",
        ),
        (
            vec![("report", r#"{"to":["it-admins","a@b.example"]}"#)],
            "Runs in which something was done, held or failed are reported to it-admins and a@b.example.",
        ),
        (
            vec![("report", r#"{"to":["x"],"when":"always"}"#)],
            "Every run is reported to x.",
        ),
        (
            vec![("report", r#"{"to":["x"],"when":"problems"}"#)],
            "Runs that were held or in which something failed are reported to x.",
        ),
    ] {
        let text = describe(&read(&document(&fields)).expect("a policy"));
        assert!(text.contains(expected), "{fields:?}: {text}");
    }
}
