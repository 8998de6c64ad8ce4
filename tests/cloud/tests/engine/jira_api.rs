//! Jira's operations: scopes, callers, the kinds of accounts.

use crate::tenant::{Tenant, manifest};
use cloud::Request;
use cloud::jira_api::Caller;
use serde_json::{Value, json};

const PERMISSIONS: &str = "/rest/api/3/mypermissions?permissions=ADMINISTER";

fn ask(tenant: &mut Tenant, caller: &Caller, target: &str) -> (u16, Value) {
    let answer = tenant.cloud.jira_api(caller, &Request::get(target));
    let response = answer.expect("no fault is set");
    (response.status, response.value())
}

#[test]
fn administer_jira_is_for_administrators() {
    let mut tenant = Tenant::new(|_| {});
    let people = tenant.cloud.organization().people.clone();
    for (account, expected) in [
        (&people.jira_admins[0], true),
        (&people.org_admins[0], true),
        (&people.idle_admins[1], true),
        (&people.ordinary[0], false),
    ] {
        let caller = Caller::User(account.clone());
        let (status, body) = ask(&mut tenant, &caller, PERMISSIONS);
        assert_eq!(status, 200);
        assert_eq!(
            body["permissions"]["ADMINISTER"]["havePermission"],
            json!(expected)
        );
    }
    let caller = Caller::User(people.jira_admins[0].clone());
    assert_eq!(
        ask(&mut tenant, &caller, "/rest/api/3/mypermissions").0,
        400
    );
    tenant.change_standing(&people.jira_admins[0], "suspend");
    assert_eq!(ask(&mut tenant, &caller, PERMISSIONS).0, 401);
}

#[test]
fn undeclared_scopes_are_refused() {
    let mut tenant = Tenant::new(|_| {});
    let mut bare = manifest();
    bare["permissions"]["scopes"] = json!(["storage:app", "read:permission:jira"]);
    tenant.cloud.install(&bare).expect("a valid manifest");
    let caller = Caller::User(tenant.cloud.organization().people.ordinary[0].clone());
    assert_eq!(ask(&mut tenant, &caller, PERMISSIONS).0, 200);
    assert_eq!(ask(&mut tenant, &caller, "/rest/api/3/serverInfo").0, 200);
    let (status, body) = ask(&mut tenant, &Caller::App, "/rest/api/3/users/search");
    assert_eq!(status, 401);
    assert_eq!(
        body,
        json!({"code": 401, "message": "Unauthorized; scope does not match"})
    );
}

#[test]
fn users_search_is_a_plain_array_of_every_kind_of_account() {
    let mut tenant = Tenant::new(|_| {});
    let (_, all) = ask(
        &mut tenant,
        &Caller::App,
        "/rest/api/3/users/search?maxResults=5000",
    );
    let rows = all.as_array().expect("a plain array");
    assert_eq!(rows.len(), 305);
    let count = |field: &str, value: Value| rows.iter().filter(|row| row[field] == value).count();
    assert_eq!(
        (
            count("accountType", json!("app")),
            count("accountType", json!("customer"))
        ),
        (3, 2)
    );
    assert!(count("active", json!(false)) > 0);
    assert!(
        count("emailAddress", Value::Null) > 5,
        "addresses are hidden by some"
    );
    let (_, page) = ask(
        &mut tenant,
        &Caller::App,
        "/rest/api/3/users/search?startAt=300",
    );
    assert_eq!(page.as_array().map(Vec::len), Some(5));
    assert_eq!(
        ask(
            &mut tenant,
            &Caller::App,
            "/rest/api/3/users/search?startAt=x"
        )
        .0,
        400
    );
}

#[test]
fn people_are_named_by_their_ids_and_unknown_ones_left_out() {
    const BULK: &str = "/rest/api/3/user/bulk?maxResults=2";
    let mut tenant = Tenant::new(|_| {});
    // As the organization lists them: so does Jira answer.
    let organization = tenant.cloud.organization();
    let site = organization.sites[0].directory;
    let listed: Vec<String> = organization
        .users
        .iter()
        .filter(|user| user.is_in(site))
        .map(|user| user.account_id.clone())
        .take(12)
        .collect();
    let [first, second, third, ..] = &listed[..] else {
        panic!("{listed:?}")
    };
    let caller = Caller::User(third.clone());
    let named = |body: &Value| {
        let rows = body["values"].as_array().cloned().unwrap_or_default();
        rows.iter().map(|row| row["accountId"].clone()).collect()
    };
    for (query, expected, last) in [
        (
            format!("&accountId={first}&accountId=nobody"),
            vec![first],
            true,
        ),
        (
            format!("&accountId={second}&accountId={second}"),
            vec![second],
            true,
        ),
        ("&accountId=nobody".to_owned(), vec![], true),
        (
            format!("&startAt=1&accountId={first}&accountId={second}"),
            vec![second],
            true,
        ),
        (
            format!("&accountId={first}&accountId={second}&accountId={third}"),
            vec![first, second],
            false,
        ),
    ] {
        let (status, body) = ask(&mut tenant, &caller, &format!("{BULK}{query}"));
        let found: Vec<Value> = named(&body);
        let expected: Vec<Value> = expected.into_iter().map(|id| json!(id)).collect();
        assert_eq!((status, found), (200, expected), "{query}");
        assert_eq!(body["isLast"], json!(last), "{query}");
    }
    assert_eq!(ask(&mut tenant, &caller, BULK).0, 400);
    let many: String = listed.iter().map(|id| format!("&accountId={id}")).collect();
    let many = many.replacen('&', "?", 1);
    let (_, body) = ask(
        &mut tenant,
        &caller,
        &format!("/rest/api/3/user/bulk{many}"),
    );
    assert_eq!(
        (&body["maxResults"], &body["total"]),
        (&json!(10), &json!(12))
    );
}

#[test]
fn a_site_shows_as_active_whom_its_own_directory_lets_in() {
    let mut tenant = Tenant::new(|options| options.directories = 2);
    let (here, there) = (
        tenant.cloud.organization().sites[0].directory,
        tenant.cloud.organization().sites[1].directory,
    );
    assert_ne!(here, there);
    let now = tenant.cloud.now();
    let with = |directories: &[usize]| -> Vec<String> {
        let users = tenant.cloud.organization().users.iter();
        let found = users.filter(|user| {
            let own: Vec<usize> = user.memberships.iter().map(|one| one.directory).collect();
            own == directories
                && !user.synced
                && user.platform_roles.is_empty()
                && own
                    .iter()
                    .all(|&directory| user.is_active_in(directory, now))
        });
        found.map(|user| user.account_id.clone()).collect()
    };
    let (both, only_there) = (with(&[here, there]), with(&[there]));
    let (suspended, removed) = (both[0].clone(), both[1].clone());
    let (active, elsewhere) = (both[2].clone(), only_there[0].clone());
    let base = format!(
        "/admin/v2/orgs/{}/directories/{}",
        tenant.organization, tenant.directory
    );
    tenant.change_standing(&suspended, "suspend");
    tenant.admin(Request::new("DELETE", &format!("{base}/users/{removed}")));
    let target = [&suspended, &removed, &active, &elsewhere]
        .map(|id| format!("accountId={id}"))
        .join("&");
    let target = format!("/rest/api/3/user/bulk?{target}");
    let (status, body) = ask(&mut tenant, &Caller::App, &target);
    assert_eq!(status, 200);
    let rows = body["values"].as_array().expect("a page");
    let shown = |id: &str| rows.iter().find(|row| row["accountId"] == id);
    for (id, expected) in [
        (&suspended, Some(json!(false))),
        (&removed, Some(json!(false))),
        (&active, Some(json!(true))),
        (&elsewhere, None),
    ] {
        assert_eq!(shown(id).map(|row| row["active"].clone()), expected);
    }
}

#[test]
fn two_hundred_people_are_named_in_one_answer() {
    let mut tenant = Tenant::new(|_| {});
    let users = tenant.cloud.organization().users.iter();
    let ids: String = users
        .map(|user| format!("&accountId={}", user.account_id))
        .collect();
    for (asked, given) in [(199, 199), (200, 200), (201, 200)] {
        let target = format!("/rest/api/3/user/bulk?maxResults={asked}{ids}");
        let (_, body) = ask(&mut tenant, &Caller::App, &target);
        assert_eq!(body["values"].as_array().map(Vec::len), Some(given));
        assert_eq!(
            (&body["maxResults"], &body["isLast"]),
            (&json!(given), &json!(false))
        );
    }
}
