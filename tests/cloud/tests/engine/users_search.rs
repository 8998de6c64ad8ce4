//! `users/search`: paging, cursors, bodies, filters, expansions.

use cloud::Request;
use cloud::organization::Missing;
use cloud::switches::{CursorWithBody, NeverUsed};
use serde_json::{Value, json};

use crate::tenant::{Tenant, error_code};

fn ids(page: &Value) -> Vec<String> {
    page["data"]
        .as_array()
        .expect("a page")
        .iter()
        .map(|row| row["accountId"].as_str().expect("an id").to_owned())
        .collect()
}

#[test]
fn pages_cover_everybody_once_in_the_order_of_their_ids() {
    for limit in [1, 7, 50, 99, 100] {
        let mut tenant = Tenant::new(|options| options.limits = cloud::limits::Limits::none());
        let mut seen = Vec::new();
        let mut body = json!({"limit": limit});
        loop {
            let page = tenant.post("-/users/search", &body).value();
            let rows = ids(&page);
            assert!(rows.len() <= limit && !rows.is_empty());
            seen.extend(rows);
            assert!(seen.len() <= 300, "somebody comes twice");
            match page["links"]["next"].as_str() {
                Some(next) => body["cursor"] = json!(next),
                None => break,
            }
        }
        let mut sorted = seen.clone();
        sorted.sort();
        sorted.dedup();
        assert_eq!(seen, sorted);
        assert_eq!(seen.len(), 300);
    }
}

#[test]
fn the_limit_is_1_to_100_and_50_by_default() {
    let mut tenant = Tenant::new(|_| {});
    for (limit, status) in [(0, 400), (1, 200), (100, 200), (101, 400), (-1, 400)] {
        let response = tenant.post("-/users/search", &json!({"limit": limit}));
        assert_eq!(response.status, status, "limit {limit}");
    }
    let page = tenant.post("-/users/search", &json!({})).value();
    assert_eq!(ids(&page).len(), 50);
    assert_eq!(
        tenant.post("-/users/search", &json!({"limit": 1.5})).status,
        400
    );
}

#[test]
fn a_cursor_belongs_to_its_listing() {
    let mut tenant = Tenant::new(|_| {});
    let users = tenant.post("-/users/search", &json!({"limit": 1})).value();
    let next = users["links"]["next"].as_str().expect("more").to_owned();
    assert!(!next.starts_with("http"), "a bare cursor");
    assert_eq!(
        error_code(&tenant.post("-/groups/search", &json!({"cursor": next}))),
        "ADMIN-400-1"
    );
    assert_eq!(
        error_code(&tenant.post("-/users/search", &json!({"cursor": "nonsense"}))),
        "ADMIN-400-1"
    );
}

#[test]
fn a_cursor_with_a_body_is_an_open_question() {
    let body = json!({"limit": 10, "status": ["suspended"], "expand": ["groups"]});
    let mut counts = Vec::new();
    for answer in [
        CursorWithBody::Used,
        CursorWithBody::Discarded,
        CursorWithBody::Refused,
    ] {
        let mut tenant = Tenant::new(|options| options.switches.cursor_with_body = answer);
        let next = tenant.post("-/users/search", &body).value()["links"]["next"].clone();
        let mut same = body.clone();
        same["cursor"] = next.clone();
        let response = tenant.post("-/users/search", &same);
        if answer == CursorWithBody::Refused {
            assert_eq!(error_code(&response), "ADMIN-400-24");
        } else {
            assert_eq!(response.status, 200);
        }
        let short = json!({"cursor": next, "limit": 10, "expand": ["groups"]});
        let page = tenant.post("-/users/search", &short).value();
        let suspended = |row: &Value| row["status"] == "suspended";
        let rows = page["data"].as_array().expect("a page").clone();
        counts.push((
            rows.iter().all(suspended),
            rows.iter().any(|row| row["groups"].is_array()),
        ));
    }
    // Where the cursor carries nothing, leaving out the filter widens the listing; elsewhere it stays.
    assert_eq!(counts, [(false, true), (true, true), (true, true)]);
}

#[test]
fn bodies_are_what_the_document_allows() {
    let mut tenant = Tenant::new(|_| {});
    let eleven: Vec<String> = (0..11).map(|number| number.to_string()).collect();
    let ten = &eleven[..10];
    let hundred: Vec<String> = (0..100)
        .map(|number| format!("a{number}@x.example"))
        .collect();
    let over: Vec<String> = (0..101)
        .map(|number| format!("a{number}@x.example"))
        .collect();
    for (body, status) in [
        (json!({"unknown": 1}), 400),
        (json!({"emails": ["a@b.example"], "searchTerm": "a"}), 400),
        (json!({"emails": hundred}), 200),
        (json!({"emails": over}), 400),
        (json!({"accountIds": ten}), 200),
        (json!({"accountIds": eleven}), 400),
        (json!({"accountIds": []}), 400),
        (json!({"status": ["asleep"]}), 400),
        (
            json!({"status": ["active", "suspended", "not_invited", "deactivated"]}),
            200,
        ),
        (
            json!({"status": ["active", "suspended", "not_invited", "deactivated", "for_deletion"]}),
            400,
        ),
        (json!({"expand": ["groups", "groups"]}), 400),
        (json!({"expand": ["everything"]}), 400),
        (
            json!({"sortBy": [{"field": "name", "direction": "asc"}]}),
            400,
        ),
        (
            json!({"sortBy": [{"field": "nick_name", "direction": "asc"}]}),
            200,
        ),
        (json!([]), 400),
    ] {
        let response = tenant.post("-/users/search", &body);
        assert_eq!(response.status, status, "{body}");
        if status == 400 {
            assert_eq!(error_code(&response), "ADMIN-400-24", "{body}");
        }
    }
    let path = format!(
        "/admin/v2/orgs/{}/directories/-/users/search",
        tenant.organization
    );
    let plain = Request::new("POST", &path);
    assert_eq!(error_code(&tenant.admin(plain)), "ADMIN-UAM-415-1");
}

#[test]
fn filters_agree_with_the_dump() {
    let mut tenant = Tenant::new(|options| {
        options.users = 100;
        options.directories = 2;
    });
    let dump = tenant.cloud.dump_users();
    let group = tenant.cloud.organization().groups[2].clone();
    let jira = tenant.cloud.organization().sites[0].ari(cloud::organization::Product::JiraSoftware);
    type Naive = Box<dyn Fn(&Value) -> bool>;
    let cases: Vec<(Value, Naive)> = vec![
        (
            json!({"claimStatus": "managed"}),
            Box::new(|row| row["claimStatus"] == "managed"),
        ),
        (
            json!({"accountStatus": ["inactive"]}),
            Box::new(|row| row["accountStatus"] == "inactive"),
        ),
        (
            json!({"membershipStatus": ["suspended"]}),
            Box::new(|row| row["membershipStatus"] == "suspended"),
        ),
        (
            json!({"emailDomains": ["@CONTRACTORS.example"]}),
            Box::new(|row| {
                row["email"]
                    .as_str()
                    .is_none_or(|email| email.ends_with("@contractors.example"))
            }),
        ),
        (
            json!({"groupIds": [group.id]}),
            Box::new(move |row| {
                let groups = row["groups"].as_array();
                groups.is_none_or(|groups| {
                    groups
                        .iter()
                        .any(|found| found["name"] == group.name.as_str())
                })
            }),
        ),
        (
            json!({"resourceIds": [jira]}),
            Box::new(move |row| {
                let accesses = row["productAccess"].as_array();
                accesses.is_none_or(|list| list.iter().any(|access| access["id"] == jira.as_str()))
            }),
        ),
        (
            json!({"roleIds": ["atlassian/org-admin"]}),
            Box::new(|row| {
                let roles = row["platformRoles"].as_array();
                roles.is_none_or(|roles| roles.contains(&json!("atlassian/org-admin")))
            }),
        ),
    ];
    for (mut body, naive) in cases {
        body["limit"] = json!(100);
        let found = ids(&tenant.post("-/users/search", &body).value());
        assert!(!found.is_empty(), "{body}");
        for row in &dump {
            let id = row["accountId"].as_str().expect("an id").to_owned();
            // A field that is left out hides from the dump what the filter still knows.
            if found.contains(&id) {
                assert!(naive(row), "{body} found {row}");
            } else if row["email"].is_string()
                && row["groups"].is_array()
                && row["productAccess"].is_array()
                && row["platformRoles"].is_array()
            {
                assert!(!naive(row), "{body} missed {row}");
            }
        }
    }
}

#[test]
fn expansions_come_only_when_asked_for() {
    let mut tenant = Tenant::new(|_| {});
    let account = tenant.cloud.organization().people.ordinary[0].clone();
    let plain = tenant
        .post("-/users/search", &json!({"accountIds": [account]}))
        .value()["data"][0]
        .clone();
    for field in ["productAccess", "groups", "platformRoles", "counts"] {
        assert!(plain[field].is_null(), "{field}");
    }
    let row = tenant.row(&account);
    assert!(
        row["groups"][0]["id"]
            .as_str()
            .expect("an id")
            .starts_with("ari:cloud:identity::group/")
    );
    assert!(
        row["productAccess"][0]["id"]
            .as_str()
            .expect("an id")
            .contains("::site/")
    );
    tenant
        .cloud
        .change_user(&account, |user| {
            user.missing = Missing {
                groups: true,
                ..Missing::default()
            }
        })
        .expect("known");
    assert!(tenant.row(&account)["groups"].is_null());
    let single = tenant.get(&format!("-/users/{account}")).value();
    assert!(single["data"]["productAccess"].is_null() && single["data"]["counts"].is_object());
}

#[test]
fn a_product_never_used_is_an_open_question() {
    for (answer, entries) in [(NeverUsed::WithoutTimestamp, 1), (NeverUsed::NoEntry, 0)] {
        let mut tenant = Tenant::new(|options| options.switches.never_used = answer);
        let account = tenant.cloud.organization().people.idle_contractors[0].clone();
        tenant
            .cloud
            .change_user(&account, |user| user.accesses[0].seen = None)
            .expect("known");
        let row = tenant.row(&account);
        assert_eq!(row["productAccess"].as_array().map(Vec::len), Some(entries));
        assert!(row["productAccess"][0]["lastActiveTimestamp"].is_null());
        let path = format!(
            "/admin/v1/orgs/{}/directory/users/{account}/last-active-dates",
            tenant.organization
        );
        assert_eq!(
            tenant.admin(Request::get(&path)).value()["data"]["product_access"],
            json!([])
        );
    }
}
