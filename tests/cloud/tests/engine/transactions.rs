//! Transactions: conditions, all or nothing, limits.

use serde_json::{Value, json};

use crate::tenant::{Tenant, storage_code as code};

/// The quotes around a JSON text.
const QUOTES: usize = 2;

fn plain(tenant: &mut Tenant) -> Value {
    let response = tenant.storage("/get", &json!({"key": "plain"}));
    response.value()["value"].clone()
}

#[test]
fn all_twelve_conditions() {
    let mut tenant = Tenant::new(|_| {});
    let stored = json!({"entityName": "audit", "key": "k", "value": {"subject": "abc", "seq": 5, "tags": ["x"]}});
    tenant.storage("/entity/set", &stored);
    for (property, condition, values, holds) in [
        ("subject", "EQUAL_TO", json!(["abc"]), true),
        ("subject", "EQUAL_TO", json!(["abd"]), false),
        ("seq", "EQUAL_TO", json!(["5"]), false),
        ("subject", "NOT_EQUAL_TO", json!(["abd"]), true),
        ("subject", "BEGINS_WITH", json!(["ab"]), true),
        ("subject", "CONTAINS", json!(["bc"]), true),
        ("tags", "CONTAINS", json!(["x"]), true),
        ("tags", "NOT_CONTAINS", json!(["x"]), false),
        ("subject", "NOT_CONTAINS", json!(["z"]), true),
        ("subject", "EXISTS", json!([true]), true),
        ("time", "EXISTS", json!([true]), false),
        ("time", "NOT_EXISTS", json!([true]), true),
        ("subject", "NOT_EXISTS", json!([true]), false),
        ("seq", "GREATER_THAN", json!([4]), true),
        ("seq", "GREATER_THAN", json!([5]), false),
        ("seq", "GREATER_THAN_EQUAL_TO", json!([5]), true),
        ("seq", "LESS_THAN", json!([5]), false),
        ("seq", "LESS_THAN_EQUAL_TO", json!([5]), true),
        ("seq", "BETWEEN", json!([5, 5]), true),
        ("seq", "BETWEEN", json!([6, 9]), false),
        ("time", "EQUAL_TO", json!(["x"]), false),
    ] {
        let check = json!({"check": [{"entityName": "audit", "key": "k", "conditions": {"and": [
            {"property": property, "condition": condition, "values": values},
        ]}}]});
        let status = tenant.storage("/transaction", &check).status;
        assert_eq!(status == 204, holds, "{property} {condition} {values}");
    }
    let absent = |condition: &str| {
        json!({"check": [{"entityName": "audit", "key": "absent", "conditions": {"and": [
            {"property": "seq", "condition": condition, "values": [true]},
        ]}}]})
    };
    assert_eq!(
        tenant.storage("/transaction", &absent("NOT_EXISTS")).status,
        204
    );
    assert_eq!(
        code(&tenant.storage("/transaction", &absent("EXISTS"))),
        "CONDITION_CHECK_FAILED"
    );
    let either = json!({"check": [{"entityName": "audit", "key": "k", "conditions": {"or": [
        {"property": "seq", "condition": "EQUAL_TO", "values": [1]},
        {"property": "seq", "condition": "EQUAL_TO", "values": [5]},
    ]}}]});
    assert_eq!(tenant.storage("/transaction", &either).status, 204);
}

#[test]
fn a_transaction_is_all_or_nothing() {
    for status in [400, 409] {
        let mut tenant = Tenant::new(|options| options.switches.condition_failed_status = status);
        let head = |seq: i32, expected: Option<i32>| {
            let condition = match expected {
                None => json!({"property": "seq", "condition": "NOT_EXISTS", "values": [true]}),
                Some(seq) => json!({"property": "seq", "condition": "EQUAL_TO", "values": [seq]}),
            };
            json!({
                "set": [
                    {"key": "plain", "value": seq},
                    {"entityName": "audit", "key": "head", "value": {"seq": seq}, "conditions": {"and": [condition]}},
                ],
            })
        };
        assert_eq!(tenant.storage("/transaction", &head(1, None)).status, 204);
        let failed = tenant.storage("/transaction", &head(2, None));
        assert_eq!(
            (failed.status, code(&failed)),
            (status, "CONDITION_CHECK_FAILED".to_owned())
        );
        assert_eq!(plain(&mut tenant), json!(1), "nothing was written");
        assert_eq!(
            tenant.storage("/transaction", &head(2, Some(1))).status,
            204
        );
        assert_eq!(plain(&mut tenant), json!(2));
    }
}

#[test]
fn a_transaction_has_25_operations_on_unique_keys_in_4_mb() {
    let mut tenant = Tenant::new(|_| {});
    let sets = |count: usize, value: &Value| -> Value {
        let sets: Vec<Value> = (0..count)
            .map(|n| json!({"key": format!("k{n}"), "value": value}))
            .collect();
        json!({"set": sets})
    };
    assert_eq!(
        tenant.storage("/transaction", &sets(25, &json!(1))).status,
        204
    );
    assert_eq!(
        code(&tenant.storage("/transaction", &sets(26, &json!(1)))),
        "INVALID_TRANSACTION"
    );
    let twice = json!({"set": [{"key": "a", "value": 1}], "delete": [{"key": "a"}]});
    assert_eq!(
        code(&tenant.storage("/transaction", &twice)),
        "DUPLICATE_KEYS"
    );
    let apart = json!({"set": [{"key": "a", "value": 1}, {"entityName": "audit", "key": "a", "value": {}}]});
    assert_eq!(tenant.storage("/transaction", &apart).status, 204);
    let large = json!("x".repeat(200 * 1024 - QUOTES));
    assert_eq!(
        tenant.storage("/transaction", &sets(20, &large)).status,
        204
    );
    assert_eq!(
        code(&tenant.storage("/transaction", &sets(21, &large))),
        "MAX_SIZE"
    );
    let plain = json!({"set": [{"key": "a", "value": 1, "conditions": {"and": [{"property": "seq", "condition": "EXISTS", "values": [true]}]}}]});
    assert_eq!(
        code(&tenant.storage("/transaction", &plain)),
        "INVALID_CONDITION"
    );
}
