//! What limits tell and refuse, and what comes late or expires.

use cloud::faults::{FaultKind, Faults};
use cloud::jira_api::Caller;
use cloud::limits::Window;
use cloud::switches::{JiraTooManyRequests, ListingOrder};
use cloud::{Request, Response};
use serde_json::{Value, json};

use crate::tenant::{Tenant, error_code};

const ORGS: &str = "/admin/v1/orgs";

fn jira(tenant: &mut Tenant, target: &str) -> Response {
    let answer = tenant.cloud.jira_api(&Caller::App, &Request::get(target));
    answer.expect("no answer is lost here")
}

fn header<'a>(response: &'a Response, name: &str) -> &'a str {
    response.header(name).unwrap_or("absent")
}

#[test]
fn every_answer_tells_what_remains() {
    let mut tenant = Tenant::new(|options| options.limits.admin_per_minute = 10);
    for left in ["9", "8", "7"] {
        let answer = tenant.admin(Request::get(ORGS));
        assert_eq!(header(&answer, "x-ratelimit-limit"), "10");
        assert_eq!(header(&answer, "x-ratelimit-remaining"), left);
        assert_eq!(header(&answer, "x-ratelimit-reset"), "2026-11-21T06:01Z");
    }
    let refused = tenant.post("-/users/search", &json!({"limit": 0}));
    assert_eq!(
        (refused.status, header(&refused, "x-ratelimit-remaining")),
        (400, "6")
    );
}

#[test]
fn last_active_dates_tell_their_own_limit() {
    let mut tenant = Tenant::new(|_| {});
    let account = tenant.cloud.organization().people.ordinary[0].clone();
    let path = format!(
        "/admin/v1/orgs/{}/directory/users/{account}/last-active-dates",
        tenant.organization
    );
    let answer = tenant.admin(Request::get(&path));
    assert_eq!(header(&answer, "x-ratelimit-limit"), "200");
    assert_eq!(header(&answer, "x-ratelimit-remaining"), "199");
}

#[test]
fn a_bucket_fills_evenly() {
    let mut tenant = Tenant::new(|options| {
        options.limits.admin_per_minute = 60;
        options.limits.admin_window = Window::Bucket;
    });
    for _ in 0..60 {
        assert_eq!(tenant.admin(Request::get(ORGS)).status, 200);
    }
    assert_eq!(tenant.admin(Request::get(ORGS)).status, 429);
    tenant.pass(1_000);
    assert_eq!(tenant.admin(Request::get(ORGS)).status, 200);
    assert_eq!(tenant.admin(Request::get(ORGS)).status, 429);
}

#[test]
fn jira_counts_points_until_the_full_hour() {
    let mut tenant = Tenant::new(|options| options.limits.jira_points_per_hour = 700);
    let search = "/rest/api/3/users/search?maxResults=300";
    let first = jira(&mut tenant, search);
    assert_eq!(header(&first, "x-ratelimit-remaining"), "99");
    assert_eq!(
        header(&first, "ratelimit-policy"),
        "\"global-app-quota\";q=700;w=3600"
    );
    assert_eq!(
        header(&first, "ratelimit"),
        "\"global-app-quota\";r=99;t=3600"
    );
    assert_eq!(tenant.cloud.meter().jira_points["jira.users.search"], 601);
    tenant.pass(600_000);
    assert_eq!(jira(&mut tenant, search).status, 200);
    let refused = jira(&mut tenant, search);
    assert_eq!(refused.status, 429);
    assert_eq!(
        header(&refused, "ratelimit-reason"),
        "jira-quota-global-based"
    );
    assert_eq!(header(&refused, "retry-after"), "3001");
    tenant.pass(3_000_000);
    assert_eq!(jira(&mut tenant, search).status, 200);
}

#[test]
fn jira_takes_a_hundred_requests_of_an_operation_a_second() {
    let mut tenant = Tenant::new(|_| {});
    for _ in 0..100 {
        assert_eq!(jira(&mut tenant, "/rest/api/3/serverInfo").status, 200);
    }
    let refused = jira(&mut tenant, "/rest/api/3/serverInfo");
    assert_eq!(header(&refused, "ratelimit-reason"), "jira-burst-based");
    assert_eq!(header(&refused, "retry-after"), "1");
    assert_eq!(jira(&mut tenant, "/rest/api/3/myself").status, 200);
    tenant.pass(1_000);
    assert_eq!(jira(&mut tenant, "/rest/api/3/serverInfo").status, 200);
}

#[test]
fn the_429_of_jira_has_three_shapes() {
    for (shape, reason) in [
        (JiraTooManyRequests::Burst, "jira-burst-based"),
        (JiraTooManyRequests::Quota, "jira-quota-global-based"),
        (JiraTooManyRequests::UserSearch, "absent"),
    ] {
        let mut tenant = Tenant::new(|options| options.switches.jira_too_many_requests = shape);
        tenant
            .cloud
            .set_faults(Faults::planned("jira.myself", FaultKind::TooManyRequests));
        let refused = jira(&mut tenant, "/rest/api/3/myself");
        assert_eq!(refused.status, 429);
        assert_eq!(header(&refused, "ratelimit-reason"), reason);
        assert!(refused.header("retry-after").is_some());
    }
}

#[test]
fn a_cursor_expires_to_the_second_or_when_told_to() {
    let mut tenant = Tenant::new(|options| options.switches.cursor_minutes = 30);
    let search = |tenant: &mut Tenant, body: &Value| tenant.post("-/users/search", body);
    let first = search(&mut tenant, &json!({"limit": 10})).value();
    let next = json!({"limit": 10, "cursor": first["links"]["next"]});
    tenant.pass(30 * 60_000 - 1);
    assert_eq!(search(&mut tenant, &next).status, 200);
    tenant
        .cloud
        .set_faults(Faults::planned("users.search", FaultKind::CursorExpired));
    assert_eq!(error_code(&search(&mut tenant, &next)), "ADMIN-400-1");
    assert_eq!(search(&mut tenant, &next).status, 200);
    tenant.pass(1);
    assert_eq!(error_code(&search(&mut tenant, &next)), "ADMIN-400-1");
}

#[test]
fn a_listing_in_another_order_still_holds_everybody_once() {
    let mut tenant =
        Tenant::new(|options| options.switches.listing_order = ListingOrder::ShuffledDaily);
    let listing = |tenant: &mut Tenant| {
        let mut found: Vec<String> = Vec::new();
        let mut body = json!({"limit": 90});
        loop {
            let page = tenant.post("-/users/search", &body).value();
            for row in page["data"].as_array().expect("a page") {
                found.push(row["accountId"].as_str().expect("an id").to_owned());
            }
            // Midnight passes between two pages.
            tenant.pass(6 * 3_600_000);
            match page["links"]["next"].as_str() {
                Some(next) => body["cursor"] = json!(next),
                None => return found,
            }
        }
    };
    let (one, other) = (listing(&mut tenant), listing(&mut tenant));
    assert_ne!(one, other);
    let sorted = |mut ids: Vec<String>| {
        ids.sort();
        ids.dedup();
        ids
    };
    assert_ne!(one, sorted(one.clone()));
    assert_eq!(sorted(one).len(), 300);
    assert_eq!(sorted(other).len(), 300);
}

#[test]
fn groups_and_administration_are_seen_late() {
    let mut tenant = Tenant::new(|options| {
        options.switches.group_lag_ms = 2_000;
        options.switches.platform_role_lag_seconds = 30;
    });
    let account = tenant.cloud.organization().people.ordinary[0].clone();
    tenant
        .cloud
        .join_group(&account, "auditors")
        .expect("known");
    tenant.cloud.set_org_admin(&account, true).expect("known");
    let shows = |tenant: &mut Tenant| {
        let row = tenant.row(&account);
        (
            row["groups"].to_string().contains("auditors"),
            row["platformRoles"].to_string().contains("org-admin"),
        )
    };
    tenant.pass(1_999);
    assert_eq!(shows(&mut tenant), (false, false));
    tenant.pass(1);
    assert_eq!(shows(&mut tenant), (true, false));
    tenant.pass(28_000);
    assert_eq!(shows(&mut tenant), (true, true));
}

#[test]
fn a_timestamp_may_be_left_out_of_the_search_alone() {
    let mut tenant = Tenant::new(|options| {
        options.switches.timestamp_omitted_percent = 20;
        options.limits = cloud::limits::Limits::none();
    });
    let mut omitted = 0;
    let users = tenant.cloud.organization().users.clone();
    for user in users.iter().filter(|user| !user.missing.product_access) {
        let known = user
            .accesses
            .iter()
            .filter(|access| access.seen.is_some())
            .count();
        let row = tenant.row(&user.account_id);
        let shown = row["productAccess"].as_array().expect("a list");
        let shown = shown
            .iter()
            .filter(|entry| entry["lastActiveTimestamp"].is_string())
            .count();
        let path = format!(
            "/admin/v1/orgs/{}/directory/users/{}/last-active-dates",
            tenant.organization, user.account_id
        );
        let dates = tenant.admin(Request::get(&path)).value();
        let dates = dates["data"]["product_access"].as_array().map(Vec::len);
        assert_eq!(dates, Some(known));
        omitted += known - shown;
    }
    assert!((50..200).contains(&omitted), "{omitted}");
}
