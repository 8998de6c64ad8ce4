//! The storage: plain values and secrets, limits at their boundaries.

use serde_json::{Value, json};

use crate::tenant::{Tenant, storage_code as code};
use cloud::Response;

/// The quotes around a JSON text.
const QUOTES: usize = 2;

fn set(tenant: &mut Tenant, key: &str, value: &Value) -> Response {
    tenant.storage("/set", &json!({"key": key, "value": value}))
}

fn get(tenant: &mut Tenant, key: &str) -> Option<Value> {
    let response = tenant.storage("/get", &json!({"key": key}));
    match response.status {
        200 => Some(response.value()["value"].clone()),
        404 => {
            assert_eq!(code(&response), "KEY_NOT_FOUND");
            None
        }
        other => panic!("status {other}"),
    }
}

#[test]
fn values_are_kept_and_deleted() {
    let mut tenant = Tenant::new(|_| {});
    assert_eq!(get(&mut tenant, "a"), None);
    assert_eq!(set(&mut tenant, "a", &json!({"b": [1]})).status, 204);
    assert_eq!(get(&mut tenant, "a"), Some(json!({"b": [1]})));
    assert_eq!(tenant.storage("/delete", &json!({"key": "a"})).status, 204);
    assert_eq!(
        code(&tenant.storage("/delete", &json!({"key": "a"}))),
        "KEY_NOT_FOUND"
    );
    let secret = json!({"key": "a", "value": "s"});
    assert_eq!(tenant.storage("/secret/set", &secret).status, 204);
    assert_eq!(get(&mut tenant, "a"), None, "secrets are apart");
    assert_eq!(
        tenant.storage("/secret/get", &json!({"key": "a"})).value()["value"],
        "s"
    );
    assert_eq!(
        tenant
            .storage("/secret/delete", &json!({"key": "a"}))
            .status,
        204
    );
}

#[test]
fn keys_have_500_characters_of_the_pattern() {
    let mut tenant = Tenant::new(|_| {});
    for (key, expected) in [
        ("k".repeat(500), "none"),
        ("k".repeat(501), "KEY_TOO_LONG"),
        (String::new(), "KEY_TOO_SHORT"),
        ("   ".to_owned(), "INVALID_KEY"),
        ("a b#c-d_e.f:g".to_owned(), "none"),
        ("a/b".to_owned(), "INVALID_KEY"),
        ("é".to_owned(), "INVALID_KEY"),
    ] {
        assert_eq!(code(&set(&mut tenant, &key, &json!(1))), expected, "{key}");
    }
}

#[test]
fn values_have_240_kib_and_depth_31() {
    let mut tenant = Tenant::new(|_| {});
    let most = 240 * 1024 - QUOTES;
    assert_eq!(set(&mut tenant, "k", &json!("x".repeat(most))).status, 204);
    assert_eq!(
        code(&set(&mut tenant, "k", &json!("x".repeat(most + 1)))),
        "MAX_SIZE"
    );
    let nested = |depth: usize| (0..depth).fold(json!(1), |inner, _| json!([inner]));
    assert_eq!(set(&mut tenant, "k", &nested(31)).status, 204);
    assert_eq!(code(&set(&mut tenant, "k", &nested(32))), "MAX_DEPTH");
    assert_eq!(
        code(&tenant.storage("/set", &json!({"key": "k"}))),
        "INVALID_VALUE"
    );
}

#[test]
fn a_key_may_be_set_once_only() {
    let mut tenant = Tenant::new(|_| {});
    let once = json!({"key": "lock", "value": 1, "options": {"keyPolicy": "FAIL_IF_EXISTS"}});
    assert_eq!(tenant.storage("/set", &once).status, 204);
    let again = tenant.storage("/set", &once);
    assert_eq!(
        (again.status, code(&again)),
        (409, "KEY_CONFLICT".to_owned())
    );
    let previous = json!({"key": "lock", "value": 2, "options": {"keyPolicy": "OVERRIDE", "returnValue": "PREVIOUS", "returnMetadataFields": ["CREATED_AT"]}});
    let answer = tenant.storage("/set", &previous).value();
    assert_eq!(answer["value"], 1);
    assert!(answer["createdAt"].is_number());
}

#[test]
fn expiry_removes_late() {
    let mut tenant = Tenant::new(|_| {});
    let body = json!({"key": "k", "value": 1, "options": {"ttl": {"value": 1, "unit": "HOURS"}}});
    assert_eq!(tenant.storage("/set", &body).status, 204);
    tenant.pass(49 * 3_600_000 - 1);
    assert_eq!(
        get(&mut tenant, "k"),
        Some(json!(1)),
        "removal lags by up to 48 hours"
    );
    tenant.pass(1);
    assert_eq!(get(&mut tenant, "k"), None);
    let too_long =
        json!({"key": "k", "value": 1, "options": {"ttl": {"value": 367, "unit": "DAYS"}}});
    assert_eq!(code(&tenant.storage("/set", &too_long)), "INVALID_TTL");
}

#[test]
fn batches_have_25_items_each_for_itself() {
    let mut tenant = Tenant::new(|_| {});
    let items = |count: usize| -> Value {
        (0..count)
            .map(|n| json!({"key": format!("k{n}"), "value": n}))
            .collect()
    };
    let answer = tenant.storage("/batch/set", &items(25)).value();
    assert_eq!(answer["successfulKeys"].as_array().map(Vec::len), Some(25));
    assert_eq!(
        code(&tenant.storage("/batch/set", &items(26))),
        "INVALID_BATCH"
    );
    let mixed = json!([{"key": "k3"}, {"key": "absent"}, {"key": "/"}]);
    let answer = tenant.storage("/batch/get", &mixed).value();
    assert_eq!(answer["successfulKeys"], json!([{"key": "k3", "value": 3}]));
    assert_eq!(answer["failedKeys"][0]["error"]["code"], "KEY_NOT_FOUND");
    assert_eq!(answer["failedKeys"][1]["error"]["code"], "INVALID_KEY");
}

#[test]
fn plain_keys_are_queried_by_their_beginning() {
    let mut tenant = Tenant::new(|options| options.switches.query_lag_ms = 0);
    for number in 0..15 {
        set(&mut tenant, &format!("k:{number:02}"), &json!(number));
    }
    set(&mut tenant, "other", &json!(0));
    let mut query =
        json!({"where": [{"property": "key", "condition": "BEGINS_WITH", "values": ["k:"]}]});
    let first = tenant.storage("/query", &query).value();
    assert_eq!(first["data"].as_array().map(Vec::len), Some(10));
    query["after"] = first["cursor"].clone();
    let second = tenant.storage("/query", &query).value();
    assert_eq!(second["data"].as_array().map(Vec::len), Some(5));
    assert!(second["cursor"].is_null());
}

#[test]
fn traffic_is_counted_and_limited_in_units_of_10_kb() {
    let mut tenant = Tenant::new(|options| options.limits.storage_writes_per_minute = 3);
    let unit = 10 * 1024 - QUOTES;
    assert_eq!(set(&mut tenant, "k", &json!("x".repeat(unit))).status, 204);
    assert_eq!(
        set(&mut tenant, "k", &json!("x".repeat(unit + 1))).status,
        204
    );
    assert_eq!(tenant.cloud.meter().storage.write_units, 3);
    assert_eq!(
        code(&set(&mut tenant, "k", &json!(1))),
        "RATE_LIMIT_EXCEEDED"
    );
    tenant.pass(60_000);
    assert_eq!(set(&mut tenant, "k", &json!(1)).status, 204);
    get(&mut tenant, "absent");
    assert_eq!(
        tenant.cloud.meter().storage.bytes_read,
        1024,
        "an empty read counts 1 KB"
    );
    assert_eq!(tenant.cloud.meter().calls_of("storage.set"), 4);
}

#[test]
fn storage_needs_its_scope() {
    let mut tenant = Tenant::new(|_| {});
    tenant
        .cloud
        .install(&json!({"permissions": {"scopes": []}}))
        .expect("a valid manifest");
    assert_eq!(set(&mut tenant, "k", &json!(1)).status, 403);
}
