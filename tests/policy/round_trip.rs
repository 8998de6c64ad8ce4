//! What is written is read again: the same policy.

use proptest::prelude::*;
use seatkeeper::policy::{Policy, read};
use serde_json::{Value, json};

use crate::documents::any_document;
use crate::written::document;

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_policy_is_written_as_it_is_read(document in any_document()) {
        let policy = read(&document.to_string());
        prop_assert!(policy.is_ok(), "{:?}", policy);
        let policy = policy.expect("a policy");
        let written = serde_json::to_string(&policy).expect("JSON");
        prop_assert_eq!(&read(&written).expect("the policy again"), &policy);
        prop_assert_eq!(&serde_json::from_str::<Policy>(&written).expect("a stored policy"), &policy);
        let through_value = serde_json::to_value(&policy).expect("JSON");
        prop_assert_eq!(&serde_json::from_value::<Policy>(through_value).expect("a stored policy"), &policy);
    }
}

/// What is left out is written out, and what may be written in two ways is written in one.
#[test]
fn a_policy_is_written_in_full() {
    let text = document(&[
        (
            "match",
            r#"{"all":[{"group":["ari:cloud:identity::group/7f0c1f0a","jira-*"]},{"profile":{"field":"location","is":"Berlin"}}]}"#,
        ),
        (
            "schedule",
            r#"{"every":{"n":2,"unit":"week"},"on":["fri","mon"],"except":["sun",{"from":"2026-12-20","to":"2027-01-03"}]}"#,
        ),
    ]);
    let written = serde_json::to_value(read(&text).expect("a policy")).expect("JSON");
    let expected: Value = json!({
        "version": 1,
        "id": "p",
        "name": "P",
        "enabled": true,
        "match": {"all": [
            {"group": ["7f0c1f0a", "jira-*"]},
            {"profile": {"field": "location", "is": ["Berlin"]}},
        ]},
        "stages": [{"after": "0d", "do": ["suspend"]}],
        "limits": {"users": 25, "percent": 5},
        "approval": "none",
        "schedule": {
            "every": {"n": 2, "unit": "week"},
            "on": ["mon", "fri"],
            "at": "00:00",
            "zone": "UTC",
            "except": ["sun", {"from": "2026-12-20", "to": "2027-01-03"}],
        },
        "tolerance": "24h",
        "unreachable": "hold",
        "evenIfActive": false,
    });
    assert_eq!(written, expected);
}

#[test]
fn days_default_to_the_first_and_stand_in_the_order_of_the_calendar() {
    for (every, on) in [
        (r#"{"every":{"n":1,"unit":"week"}}"#, json!(["mon"])),
        (r#"{"every":{"n":1,"unit":"month"}}"#, json!([1])),
        (r#"{"every":{"n":1,"unit":"year"}}"#, json!(["01-01"])),
        (
            r#"{"every":{"n":1,"unit":"month"},"on":["last",31,1]}"#,
            json!([1, 31, "last"]),
        ),
        (
            r#"{"every":{"n":1,"unit":"year"},"on":["12-31","02-29"]}"#,
            json!(["02-29", "12-31"]),
        ),
    ] {
        let policy = read(&document(&[("schedule", every)])).expect("a policy");
        let written = serde_json::to_value(policy).expect("JSON");
        assert_eq!(written["schedule"]["on"], on, "{every}");
    }
    assert!(serde_json::from_str::<Policy>("{}").is_err());
}
