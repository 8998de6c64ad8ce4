//! Keys, rate limits and workspaces of the organization API.

use chrono::TimeDelta;
use cloud::Request;
use cloud::admin_api::KeyKind;
use cloud::switches::TooManyRequestsBody;
use serde_json::json;

use crate::tenant::{Tenant, now};

#[test]
fn keys_are_checked() {
    let mut tenant = Tenant::new(|_| {});
    let owner = tenant.cloud.organization().people.org_admins[1].clone();
    let ask = |tenant: &mut Tenant, key: &str, path: &str| {
        let request = Request::get(path).with_bearer(key);
        tenant.cloud.admin_api(&request).expect("no fault is set")
    };
    let good = tenant.key.clone();
    let expired = tenant.cloud.create_key(KeyKind::Expired, &owner);
    let scoped = tenant.cloud.create_key(KeyKind::Scoped, &owner);
    assert_eq!(
        ask(&mut tenant, &good, "/admin/v1/orgs").value()["data"]
            .as_array()
            .map(Vec::len),
        Some(1)
    );
    assert_eq!(ask(&mut tenant, "wrong", "/admin/v1/orgs").status, 401);
    assert_eq!(ask(&mut tenant, &expired, "/admin/v1/orgs").status, 401);
    let listed = ask(&mut tenant, &scoped, "/admin/v1/orgs");
    assert_eq!((listed.status, &listed.value()["data"]), (200, &json!([])));
    let account = owner.clone();
    let dates = format!(
        "/admin/v1/orgs/{}/directory/users/{account}/last-active-dates",
        tenant.organization
    );
    assert_eq!(ask(&mut tenant, &scoped, &dates).status, 403);
    assert_eq!(ask(&mut tenant, &good, &dates).status, 200);
    tenant.cloud.revoke_key(&good);
    assert_eq!(ask(&mut tenant, &good, "/admin/v1/orgs").status, 401);
    assert_eq!(
        tenant
            .cloud
            .admin_api(&Request::get("/admin/v1/orgs"))
            .expect("no fault is set")
            .status,
        401
    );
}

#[test]
fn a_key_expires_to_the_second() {
    let mut tenant = Tenant::new(|_| {});
    tenant
        .clock
        .advance_to(now() + TimeDelta::days(365) - TimeDelta::seconds(1));
    assert_eq!(tenant.admin(Request::get("/admin/v1/orgs")).status, 200);
    tenant.pass(1_000);
    assert_eq!(tenant.admin(Request::get("/admin/v1/orgs")).status, 401);
}

#[test]
fn the_601st_request_of_a_minute_is_429() {
    for body in [TooManyRequestsBody::Proxy, TooManyRequestsBody::Errors] {
        let mut tenant = Tenant::new(|options| options.switches.too_many_requests_body = body);
        tenant.pass(1_500);
        for _ in 0..600 {
            assert_eq!(tenant.admin(Request::get("/admin/v1/orgs")).status, 200);
        }
        let refused = tenant.admin(Request::get("/admin/v1/orgs"));
        assert_eq!(refused.status, 429);
        assert_eq!(refused.header("x-ratelimit-limit"), Some("600"));
        assert_eq!(refused.header("x-ratelimit-remaining"), Some("0"));
        assert_eq!(
            refused.header("x-ratelimit-reset"),
            Some("2026-11-21T06:01Z")
        );
        assert_eq!(refused.header("retry-after"), None);
        assert_eq!(
            refused.value()["errors"].is_array(),
            body == TooManyRequestsBody::Errors
        );
        tenant.pass(58_499);
        assert_eq!(tenant.admin(Request::get("/admin/v1/orgs")).status, 429);
        tenant.pass(1);
        assert_eq!(tenant.admin(Request::get("/admin/v1/orgs")).status, 200);
    }
}

#[test]
fn last_active_dates_have_a_limit_of_their_own() {
    let mut tenant = Tenant::new(|_| {});
    let account = tenant.cloud.organization().people.ordinary[0].clone();
    let path = format!(
        "/admin/v1/orgs/{}/directory/users/{account}/last-active-dates",
        tenant.organization
    );
    for _ in 0..200 {
        assert_eq!(tenant.admin(Request::get(&path)).status, 200);
    }
    assert_eq!(tenant.admin(Request::get(&path)).status, 429);
    assert_eq!(tenant.admin(Request::get("/admin/v1/orgs")).status, 200);
}

#[test]
fn workspaces_name_every_product_of_every_site() {
    for url in [false, true] {
        let mut tenant = Tenant::new(|options| options.switches.workspace_next_is_url = url);
        let path = format!("/admin/v2/orgs/{}/workspaces", tenant.organization);
        let first = tenant
            .admin(Request::post(&path, &json!({"limit": 4})))
            .value();
        assert_eq!(first["meta"]["total"], 6);
        let next = first["links"]["next"].as_str().expect("more").to_owned();
        assert_eq!(next.starts_with("https://"), url);
        let cursor = next.rsplit('=').next().unwrap_or(&next).to_owned();
        let second = tenant
            .admin(Request::post(&path, &json!({"cursor": cursor})))
            .value();
        assert_eq!(second["data"].as_array().map(Vec::len), Some(2));
        assert!(second["links"]["next"].is_null());
        assert_eq!(
            tenant
                .admin(Request::post(&path, &json!({"cursor": cursor, "limit": 4})))
                .status,
            400
        );
    }
}
