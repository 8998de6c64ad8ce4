//! Each mistake is found at its path, and all at once.

use seatkeeper::policy::{MAX_NESTING, read};

use crate::written::{document, mistakes};

/// A field of the document, what is written there, where the mistake is found, and its code.
pub struct Mistake {
    pub field: &'static str,
    pub value: &'static str,
    pub path: &'static str,
    pub code: &'static str,
}

impl Mistake {
    pub fn document(&self) -> String {
        document(&[(self.field, self.value)])
    }
}

/// The rows of a table of mistakes.
pub fn mistakes_in(table: &'static str) -> impl Iterator<Item = Mistake> {
    table.trim().lines().map(|line| {
        let cells: Vec<&str> = line.split(" | ").collect();
        match cells.as_slice() {
            [field, value, path, code] => Mistake {
                field,
                value,
                path,
                code,
            },
            _ => panic!("not four cells: {line}"),
        }
    })
}

/// Mistakes that lie in the document's structure: a schema can refuse them too.
pub const STRUCTURAL: &str = r##"
version | 2 | $.version | wrong-version
id | "A b" | $.id | wrong-id
id | 7 | $.id | wrong-kind
name | " " | $.name | empty
name | null | $.name | wrong-kind
description | "" | $.description | empty
enabled | 1 | $.enabled | wrong-kind
surprise | 1 | $.surprise | unknown-field
match | [] | $.match | wrong-kind
match | {} | $.match | one-condition
match | {"all":[]} | $.match.all | empty
match | {"any":[]} | $.match.any | empty
match | {"not":[]} | $.match.not | wrong-kind
match | {"idle":{"longerThan":"90d"},"status":["active"]} | $.match | one-condition
match | {"idel":{"longerThan":"90d"}} | $.match.idel | unknown-field
match | {"idle":{}} | $.match.idle.longerThan | missing-field
match | {"idle":{"longerThan":"soon"}} | $.match.idle.longerThan | wrong-span
match | {"idle":{"longerThan":"0d"}} | $.match.idle.longerThan | wrong-span
match | {"idle":{"longerThan":"1d","sites":[]}} | $.match.idle.sites | empty
match | {"idle":{"longerThan":"1d","products":["x",1]}} | $.match.idle.products[1] | wrong-kind
match | {"idle":{"longerThan":"1d","for":"2d"}} | $.match.idle.for | unknown-field
match | {"neverActive":{}} | $.match.neverActive.addedMoreThan | missing-field
match | {"neverActive":{"addedMoreThan":"0h"}} | $.match.neverActive.addedMoreThan | wrong-span
match | {"onlyOnce":{"within":"1d"}} | $.match.onlyOnce.addedMoreThan | missing-field
match | {"onlyOnce":{"within":"0d","addedMoreThan":"1d"}} | $.match.onlyOnce.within | wrong-span
match | {"added":{}} | $.match.added | missing-field
match | {"added":{"moreThan":"0d"}} | $.match.added.moreThan | wrong-span
match | {"added":{"lessThan":"0y"}} | $.match.added.lessThan | wrong-span
match | {"status":["gone"]} | $.match.status[0] | wrong-status
match | {"status":"active"} | $.match.status | wrong-kind
match | {"account":"foreign"} | $.match.account | wrong-account
match | {"accountType":["robot"]} | $.match.accountType[0] | wrong-account-type
match | {"managedBy":"synced"} | $.match.managedBy | wrong-managed-by
match | {"mfa":"on"} | $.match.mfa | wrong-kind
match | {"group":[""]} | $.match.group[0] | empty
match | {"group":["ari:cloud:identity::group/"]} | $.match.group[0] | wrong-group
match | {"role":[]} | $.match.role | empty
match | {"directory":[7]} | $.match.directory[0] | wrong-kind
match | {"email":["somebody"]} | $.match.email[0] | wrong-email
match | {"emailDomain":["a@b"]} | $.match.emailDomain[0] | wrong-domain
match | {"access":{"billable":"yes"}} | $.match.access.billable | wrong-kind
match | {"profile":{"field":"age","is":"9"}} | $.match.profile.field | wrong-profile-field
match | {"profile":{"field":"location"}} | $.match.profile.is | missing-field
match | {"profile":{"field":"location","is":[]}} | $.match.profile.is | empty
match | {"listed":["leavers"]} | $.match.listed | wrong-kind
match | {"field":{"is":"x"}} | $.match.field.name | missing-field
match | {"field":{"name":"x","is":true}} | $.match.field.is | wrong-kind
stages | [] | $.stages | empty
stages | [{"after":"0d","do":"fire"}] | $.stages[0].do | wrong-action
stages | [{"after":"0d","do":[]}] | $.stages[0].do | empty
stages | [{"after":"0d"}] | $.stages[0].do | missing-field
stages | [{"after":0,"do":"warn"}] | $.stages[0].after | wrong-kind
stages | [{"after":"0d","do":"warn","to":"x"}] | $.stages[0].to | unknown-field
keep | {"product":"confluence","site":"acme.atlassian.net"} | $.keep.seats | missing-field
keep | {"product":"confluence","site":["a","b"],"seats":1} | $.keep.site | wrong-kind
limits | {"users":0} | $.limits.users | wrong-number
limits | {"percent":101} | $.limits.percent | wrong-number
limits | {"percent":2.5} | $.limits.percent | wrong-number
limits | {"percent":"5"} | $.limits.percent | wrong-number
approval | "mail" | $.approval | wrong-approval
report | {} | $.report.to | missing-field
report | {"to":["a"],"when":"never"} | $.report.when | wrong-report
tolerance | "1" | $.tolerance | wrong-span
confirm | {"readings":0,"apart":"24h"} | $.confirm.readings | wrong-number
confirm | {"readings":11,"apart":"24h"} | $.confirm.readings | wrong-number
confirm | {"readings":2} | $.confirm.apart | missing-field
confirm | {"readings":2,"apart":"0h"} | $.confirm.apart | wrong-span
unreachable | "wait" | $.unreachable | wrong-unreachable
evenIfActive | "yes" | $.evenIfActive | wrong-kind
schedule | {} | $.schedule | missing-field
schedule | {"once":"tomorrow"} | $.schedule.once | wrong-time
schedule | {"once":"2026-11-21T17:00:00Z","zone":"UTC"} | $.schedule | once-alone
schedule | {"every":"day"} | $.schedule.every | wrong-kind
schedule | {"every":{"unit":"day"}} | $.schedule.every.n | missing-field
schedule | {"every":{"n":0,"unit":"day"}} | $.schedule.every.n | wrong-number
schedule | {"every":{"n":1,"unit":"minute"}} | $.schedule.every.unit | wrong-unit
schedule | {"every":{"n":1,"unit":"hour"},"at":"06:00"} | $.schedule.at | ignored-field
schedule | {"every":{"n":1,"unit":"hour"},"on":"mon"} | $.schedule.on | ignored-field
schedule | {"every":{"n":1,"unit":"day"},"on":"mon"} | $.schedule.on | ignored-field
schedule | {"every":{"n":1,"unit":"week"},"on":1} | $.schedule.on | wrong-kind
schedule | {"every":{"n":1,"unit":"week"},"on":["monday"]} | $.schedule.on[0] | wrong-day
schedule | {"every":{"n":1,"unit":"week"},"on":["mon","mon"]} | $.schedule.on[1] | duplicate-element
schedule | {"every":{"n":1,"unit":"month"},"on":[0]} | $.schedule.on[0] | wrong-day
schedule | {"every":{"n":1,"unit":"month"},"on":[32]} | $.schedule.on[0] | wrong-day
schedule | {"every":{"n":1,"unit":"month"},"on":"first"} | $.schedule.on | wrong-day
schedule | {"every":{"n":1,"unit":"year"},"on":"3-31"} | $.schedule.on | wrong-day
schedule | {"every":{"n":1,"unit":"year"},"on":"13-01"} | $.schedule.on | wrong-day
schedule | {"every":{"n":1,"unit":"day"},"at":"24:00"} | $.schedule.at | wrong-time
schedule | {"every":{"n":1,"unit":"day"},"at":"6:00"} | $.schedule.at | wrong-time
schedule | {"every":{"n":1,"unit":"day"},"zone":"Berlin time"} | $.schedule.zone | wrong-zone
schedule | {"every":{"n":1,"unit":"day"},"except":["x"]} | $.schedule.except[0] | wrong-day
schedule | {"every":{"n":1,"unit":"day"},"except":[6]} | $.schedule.except[0] | wrong-kind
schedule | {"every":{"n":1,"unit":"day"},"except":["sat","sat"]} | $.schedule.except[1] | duplicate-element
schedule | {"every":{"n":1,"unit":"day"},"except":[{"from":"2026-12-20"}]} | $.schedule.except[0].to | missing-field
schedule | {"every":{"n":1,"unit":"day"},"except":[{"from":"20.12.2026","to":"2026-12-20"}]} | $.schedule.except[0].from | wrong-date
"##;

/// Mistakes that lie in what the fields mean: no schema sees them.
pub const BEYOND_STRUCTURE: &str = r##"
stages | [{"after":"0d","do":["suspend","warn"]}] | $.stages[0].do[1] | wrong-order
stages | [{"after":"0d","do":["warn","warn"]}] | $.stages[0].do[1] | wrong-order
stages | [{"after":"0d","do":"removeAccess","sites":["a"]}] | $.stages[0].products | missing-field
stages | [{"after":"0d","do":"removeAccess","products":["a"]}] | $.stages[0].sites | missing-field
stages | [{"after":"0d","do":"addToGroup"}] | $.stages[0].groups | missing-field
stages | [{"after":"0d","do":"removeFromGroups"}] | $.stages[0].groups | missing-field
stages | [{"after":"0d","do":"addToGroup","groups":["idle-*"]}] | $.stages[0].groups[0] | wrong-group
stages | [{"after":"0d","do":["addToGroup","removeFromGroups"],"groups":["a"]}] | $.stages[0].groups | wrong-group
stages | [{"after":"0d","do":"suspend","products":["a"]}] | $.stages[0].products | ignored-field
stages | [{"after":"0d","do":"suspend","sites":["a"]}] | $.stages[0].sites | ignored-field
stages | [{"after":"0d","do":"suspend","groups":["a"]}] | $.stages[0].groups | ignored-field
stages | [{"after":"0d","do":"suspend","template":"a"}] | $.stages[0].template | ignored-field
stages | [{"after":"7d","do":"warn"},{"after":"7d","do":"suspend"}] | $.stages[1].after | wrong-order
stages | [{"after":"1mo","do":"warn"},{"after":"31d","do":"suspend"}] | $.stages[1].after | wrong-order
stages | [{"after":"1y","do":"warn"},{"after":"12mo","do":"suspend"}] | $.stages[1].after | wrong-order
stages | [{"after":"30d","do":"delete"}] | $.stages[0].do | needs-approval
stages | [{"after":"30d","do":["suspend","removeFromOrganization"]}] | $.stages[0].do | needs-approval
schedule | {"every":{"n":1,"unit":"year"},"on":"02-30"} | $.schedule.on | wrong-day
schedule | {"every":{"n":1,"unit":"day"},"except":["mon","tue","wed","thu","fri","sat","sun"]} | $.schedule.except | never-runs
schedule | {"every":{"n":1,"unit":"day"},"except":[{"from":"2026-02-30","to":"2026-03-01"}]} | $.schedule.except[0].from | wrong-date
schedule | {"every":{"n":1,"unit":"day"},"except":[{"from":"2027-01-03","to":"2026-12-20"}]} | $.schedule.except[0].to | wrong-date
"##;

#[test]
fn each_mistake_is_found_at_its_path() {
    let tables = mistakes_in(STRUCTURAL).chain(mistakes_in(BEYOND_STRUCTURE));
    for mistake in tables {
        let found = mistakes(&mistake.document());
        let expected = [(mistake.path.to_owned(), mistake.code.to_owned())];
        assert_eq!(found, expected, "{}", mistake.document());
    }
}

#[test]
fn fields_that_bear_on_each_other_are_checked_together() {
    let pool = r#"{"product":"confluence","site":"acme.atlassian.net","seats":100}"#;
    let listed = r#"{"listed":"leavers"}"#;
    let in_pool = r#"[{"after":"0d","do":"removeAccess","products":["confluence"],"sites":["acme.atlassian.net"]}]"#;
    let beyond_pool = r#"[{"after":"0d","do":"removeAccess","products":["confluence","jira-software"],"sites":["*"]}]"#;
    let soon = r#"[{"after":"30d","do":"suspend"},{"after":"36d","do":"delete"}]"#;
    let later = r#"[{"after":"30d","do":"suspend"},{"after":"37d","do":"delete"}]"#;
    let at_once = r#"[{"after":"6d","do":"removeFromOrganization"}]"#;
    let beside_a_wrong_one = r#"[{"after":"0d","do":"explode"},{"after":"1d","do":"suspend"},{"after":"1d","do":"delete"}]"#;
    let over_a_month = r#"[{"after":"1mo","do":"suspend"},{"after":"37d","do":"delete"}]"#;
    type Pairs<'a> = &'a [(&'a str, &'a str)];
    let cases: [(Pairs<'_>, Pairs<'_>); 14] = [
        // A wrong stage hides nothing of the others.
        (
            &[("stages", beside_a_wrong_one)],
            &[
                ("$.stages[0].do", "wrong-action"),
                ("$.stages[2].after", "wrong-order"),
                ("$.stages[2].do", "needs-approval"),
            ],
        ),
        (&[("keep", pool)], &[("$.stages[0].do", "not-with-keep")]),
        (&[("keep", pool), ("stages", in_pool)], &[]),
        (
            &[("keep", pool), ("stages", beyond_pool)],
            &[
                ("$.stages[0].products", "not-with-keep"),
                ("$.stages[0].sites", "not-with-keep"),
            ],
        ),
        (
            &[("approval", "\"page\""), ("stages", soon)],
            &[("$.stages[1].after", "too-soon")],
        ),
        (&[("approval", "\"page\""), ("stages", later)], &[]),
        (
            &[("approval", "\"issue\""), ("stages", at_once)],
            &[("$.stages[0].after", "too-soon")],
        ),
        (
            &[("approval", "\"page\""), ("stages", over_a_month)],
            &[("$.stages[1].after", "too-soon")],
        ),
        // A mistaken approval is one mistake, not two.
        (
            &[("approval", "\"yes\""), ("stages", later)],
            &[("$.approval", "wrong-approval")],
        ),
        (
            &[("evenIfActive", "true")],
            &[
                ("$.evenIfActive", "needs-list"),
                ("$.evenIfActive", "needs-approval"),
            ],
        ),
        (
            &[("evenIfActive", "true"), ("match", listed)],
            &[("$.evenIfActive", "needs-approval")],
        ),
        (
            &[("evenIfActive", "true"), ("approval", "\"page\"")],
            &[("$.evenIfActive", "needs-list")],
        ),
        (
            &[
                ("evenIfActive", "true"),
                ("approval", "\"page\""),
                ("match", listed),
            ],
            &[],
        ),
        (&[("evenIfActive", "false")], &[]),
    ];
    for (fields, expected) in cases {
        let document = document(fields);
        let found = read(&document).err().unwrap_or_default();
        let found: Vec<(&str, &str)> = found
            .iter()
            .map(|mistake| (mistake.path.as_str(), mistake.code.as_str()))
            .collect();
        assert_eq!(found, expected, "{document}");
    }
}

#[test]
fn all_mistakes_are_found_at_once() {
    let document = r#"{"version":1,"version":1,"id":"P","match":{"status":["x"]},
        "stages":[{"do":"suspend","why":1},{"after":"x","do":"y"}],"keep":{},
        "schedule":{"every":{"n":1,"unit":"week"},"on":"x","at":"y","zone":"?"}}"#;
    let paths: Vec<String> = mistakes(document)
        .into_iter()
        .map(|(path, _)| path)
        .collect();
    assert_eq!(
        paths,
        [
            "$.version",
            "$.name",
            "$.id",
            "$.match.status[0]",
            "$.keep.product",
            "$.keep.site",
            "$.keep.seats",
            "$.stages[0].why",
            "$.stages[0].after",
            "$.stages[1].after",
            "$.stages[1].do",
            "$.schedule.on",
            "$.schedule.at",
            "$.schedule.zone",
        ]
    );
}

#[test]
fn what_is_not_json_is_said_to_be_none() {
    for document in ["", "{", "nul", "{\"version\":1}}"] {
        let expected = [("$".to_owned(), "not-json".to_owned())];
        assert_eq!(mistakes(document), expected, "{document}");
    }
    let long = format!("{}{}", " ".repeat(64 * 1024), document(&[]));
    assert_eq!(mistakes(&long), [("$".to_owned(), "too-long".to_owned())]);
}

/// `not` within `not`, so many of them.
fn nested(depth: usize) -> String {
    let (open, close) = (r#"{"not":"#.repeat(depth), "}".repeat(depth));
    document(&[("match", &format!(r#"{open}{{"mfa":true}}{close}"#))])
}

#[test]
fn conditions_are_taken_up_to_the_limit_of_nesting() {
    assert!(read(&nested(MAX_NESTING - 1)).is_ok());
    let path = format!("$.match{}", ".not".repeat(MAX_NESTING));
    assert_eq!(
        mistakes(&nested(MAX_NESTING)),
        [(path, "too-deep".to_owned())]
    );
    assert_eq!(
        mistakes(&nested(5_000)),
        [("$".to_owned(), "too-deep".to_owned())]
    );
}

#[test]
fn every_mistake_is_one_sentence_that_says_what_to_do() {
    for mistake in mistakes_in(STRUCTURAL).chain(mistakes_in(BEYOND_STRUCTURE)) {
        for found in read(&mistake.document()).expect_err("a mistake") {
            let message = &found.message;
            assert!(
                message.len() > 10 && !message.ends_with('.') && !message.contains("::"),
                "{}: {message}",
                mistake.document()
            );
            let first = message.chars().next().expect("a sign");
            assert!(!first.is_uppercase(), "{message}");
        }
    }
}
