//! Entities: schema, indexes, queries.

use serde_json::{Value, json};

use crate::tenant::{Tenant, storage_code as code};

fn entry(key: &str, subject: &str, time: &str) -> Value {
    json!({"entityName": "audit", "key": key, "value": {"subject": subject, "time": time}})
}

#[test]
fn entities_are_what_the_manifest_declares() {
    let mut tenant = Tenant::new(|_| {});
    for (value, ok) in [
        (
            json!({"subject": "a", "seq": 2_147_483_647, "ratio": 0.5, "open": true, "tags": [1]}),
            true,
        ),
        (json!({"seq": -2_147_483_648_i64}), true),
        (json!({"seq": 2_147_483_648_i64}), false),
        (json!({"seq": 1.5}), false),
        (json!({"subject": 1}), false),
        (json!({"open": "yes"}), false),
        (json!({"undeclared": 1}), false),
        (json!("no object"), false),
        (json!({"time": "t".repeat(900)}), true),
        (json!({"time": "t".repeat(901)}), false),
        (json!({"subject": "s".repeat(1_700)}), true),
        (json!({"subject": "s".repeat(1_701)}), false),
    ] {
        let body = json!({"entityName": "audit", "key": "k", "value": value});
        assert_eq!(
            tenant.storage("/entity/set", &body).status == 204,
            ok,
            "{value}"
        );
    }
    let other = json!({"entityName": "other", "key": "k", "value": {}});
    assert_eq!(
        code(&tenant.storage("/entity/set", &other)),
        "INVALID_ENTITY_NAME"
    );
}

#[test]
fn an_index_is_queried_page_by_page() {
    let mut tenant = Tenant::new(|options| options.switches.query_lag_ms = 0);
    for number in 0..25 {
        let subject = if number % 5 == 4 { "other" } else { "me" };
        let body = entry(
            &format!("k{number:02}"),
            subject,
            &format!("2026-01-{:02}", number + 1),
        );
        assert_eq!(tenant.storage("/entity/set", &body).status, 204);
    }
    let mut seen = Vec::new();
    let mut query = json!({
        "entityName": "audit", "indexName": "by-subject", "partition": ["me"],
        "range": {"condition": "BETWEEN", "values": ["2026-01-03", "2026-01-22"]},
        "sort": "DESC", "limit": 7,
    });
    loop {
        let page = tenant.storage("/entity/query", &query).value();
        let rows = page["data"].as_array().expect("a page").clone();
        seen.extend(
            rows.iter()
                .map(|row| row["value"]["time"].as_str().expect("text").to_owned()),
        );
        match page["cursor"].as_str() {
            Some(cursor) => query["cursor"] = json!(cursor),
            None => break,
        }
    }
    let mut sorted = seen.clone();
    sorted.sort_by(|a, b| b.cmp(a));
    assert_eq!(seen, sorted);
    assert_eq!(seen.len(), 16, "{seen:?}");
    let by_key = json!({"entityName": "audit", "indexName": "by-key", "range": {"condition": "BEGINS_WITH", "values": ["k1"]}});
    assert_eq!(
        tenant.storage("/entity/query", &by_key).value()["data"]
            .as_array()
            .map(Vec::len),
        Some(10)
    );
    let simple = json!({"entityName": "audit", "indexName": "time", "limit": 100});
    assert_eq!(
        tenant.storage("/entity/query", &simple).value()["data"]
            .as_array()
            .map(Vec::len),
        Some(25)
    );
    let filtered = json!({"entityName": "audit", "indexName": "time", "limit": 10, "filters": {"and": [
        {"property": "subject", "condition": "EQUAL_TO", "values": ["other"]},
    ]}});
    let page = tenant.storage("/entity/query", &filtered).value();
    assert_eq!(
        (
            page["data"].as_array().map(Vec::len),
            page["cursor"].is_string()
        ),
        (Some(2), true)
    );
}

#[test]
fn queries_that_the_platform_refuses() {
    let mut tenant = Tenant::new(|_| {});
    let base = json!({"entityName": "audit", "indexName": "by-subject", "partition": ["me"]});
    for (field, value, expected) in [
        ("limit", json!(100), "none"),
        ("limit", json!(101), "INVALID_LIMIT"),
        ("limit", json!(0), "INVALID_LIMIT"),
        ("indexName", json!("by-nothing"), "INVALID_INDEX_NAME"),
        ("entityName", json!("nothing"), "INVALID_ENTITY_NAME"),
        ("partition", json!([]), "INVALID_PARTITION"),
        ("partition", json!(["a", "b"]), "INVALID_PARTITION"),
        (
            "range",
            json!({"condition": "CONTAINS", "values": ["x"]}),
            "INVALID_RANGE",
        ),
        ("cursor", json!("nonsense"), "INVALID_CURSOR"),
    ] {
        let mut query = base.clone();
        query[field] = value.clone();
        assert_eq!(
            code(&tenant.storage("/entity/query", &query)),
            expected,
            "{field} {value}"
        );
    }
}

#[test]
fn queries_see_writes_late_and_gets_at_once() {
    let mut tenant = Tenant::new(|options| options.switches.query_lag_ms = 2_000);
    let query = json!({"entityName": "audit", "indexName": "time"});
    let count = |tenant: &mut Tenant| {
        tenant.storage("/entity/query", &query).value()["data"]
            .as_array()
            .map(Vec::len)
    };
    tenant.storage("/entity/set", &entry("k", "me", "1"));
    assert_eq!(
        tenant
            .storage("/entity/get", &json!({"entityName": "audit", "key": "k"}))
            .status,
        200
    );
    tenant.pass(1_999);
    assert_eq!(count(&mut tenant), Some(0));
    tenant.pass(1);
    assert_eq!(count(&mut tenant), Some(1));
    tenant.storage(
        "/entity/delete",
        &json!({"entityName": "audit", "key": "k"}),
    );
    assert_eq!(count(&mut tenant), Some(1));
    tenant.pass(2_000);
    assert_eq!(count(&mut tenant), Some(0));
}
