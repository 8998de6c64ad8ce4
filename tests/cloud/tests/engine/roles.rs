//! Who gives what: role assignments of groups and people, and everything that must agree with them.

use std::collections::BTreeMap;

use cloud::Request;
use cloud::jira_api::Caller;
use cloud::organization::Product;
use serde_json::{Value, json};

use crate::tenant::{Tenant, error_code, manifest};

fn rows(page: &Value) -> Vec<Value> {
    page["data"].as_array().expect("a page").clone()
}

/// Every page of a listing by query.
fn all(tenant: &mut Tenant, path: &str, limit: usize) -> Vec<Value> {
    let mut found = Vec::new();
    let mut target = format!("{path}?limit={limit}");
    loop {
        let page = tenant.get(&target).value();
        found.extend(rows(&page));
        match page["links"]["next"].as_str() {
            Some(next) => target = format!("{path}?cursor={next}"),
            None => return found,
        }
    }
}

fn all_groups(tenant: &mut Tenant, body: &Value) -> Vec<Value> {
    let mut body = body.clone();
    body["limit"] = json!(100);
    rows(&tenant.post("-/groups/search", &body).value())
}

#[test]
fn groups_that_give_something_are_few_and_counted_right() {
    let mut tenant = Tenant::new(|options| options.users = 4_000);
    let groups = all_groups(&mut tenant, &json!({"expand": ["counts.resources"]}));
    let mut giving = 0;
    for group in &groups {
        let id = group["id"].as_str().expect("an id");
        let given = all(&mut tenant, &format!("-/groups/{id}/role-assignments"), 100);
        assert_eq!(group["counts"]["resources"], json!(given.len()), "{group}");
        giving += usize::from(!given.is_empty());
    }
    assert!(
        giving >= 10 && giving * 2 < groups.len(),
        "{giving} of {}",
        groups.len()
    );
    let by_role =
        |tenant: &mut Tenant, role: &str| all_groups(tenant, &json!({"roleIds": [role]})).len();
    assert!(by_role(&mut tenant, "atlassian/guest") == 2);
    assert!(by_role(&mut tenant, "atlassian/user") == 6);
    let site = tenant.cloud.organization().sites[1].ari(Product::Confluence);
    let of_site = all_groups(&mut tenant, &json!({"resourceIds": [site]}));
    assert_eq!(of_site.len(), 3);
    assert_eq!(
        all_groups(&mut tenant, &json!({"resourceOwners": ["confluence"]})).len(),
        6
    );
}

#[test]
fn what_people_hold_comes_from_their_groups_or_directly() {
    let mut tenant = Tenant::new(|options| {
        options.users = 1_000;
        options.limits = cloud::limits::Limits::none();
    });
    let accounts: Vec<String> = tenant
        .cloud
        .organization()
        .users
        .iter()
        .map(|user| user.account_id.clone())
        .collect();
    let mut methods: BTreeMap<String, usize> = BTreeMap::new();
    for account in &accounts {
        let held = all(
            &mut tenant,
            &format!("-/users/{account}/role-assignments"),
            1,
        );
        let user = tenant
            .cloud
            .organization()
            .user(account)
            .expect("known")
            .clone();
        let platform = usize::from(!user.platform_roles.is_empty());
        assert_eq!(held.len(), user.accesses.len() + platform);
        for row in &held {
            let roles: Vec<&Value> = row["roles"].as_array().into_iter().flatten().collect();
            let assigned = row["roleAssignments"].as_array().expect("a list");
            assert_eq!(
                roles,
                assigned.iter().map(|one| &one["role"]).collect::<Vec<_>>()
            );
            for way in assigned {
                *methods
                    .entry(way["roleAssignmentMethods"].to_string())
                    .or_default() += 1;
            }
            if let Some(access) = user.accesses.iter().find(|access| {
                let site = &tenant.cloud.organization().sites[access.site];
                row["resourceId"] == json!(site.ari(access.product))
            }) {
                assert!(roles.contains(&&json!(access.role.name())), "{row}");
            }
        }
    }
    assert!(
        methods["[\"group_direct\"]"] > 5 * methods["[\"direct\"]"],
        "{methods:?}"
    );
    assert!(methods["[\"direct\"]"] > 20, "{methods:?}");
}

#[test]
fn a_group_gives_and_takes_access() {
    let mut tenant = Tenant::new(|_| {});
    let account = tenant.cloud.organization().people.idle_contractors[0].clone();
    let products = |tenant: &mut Tenant| {
        let row = tenant.row(&account);
        row["productAccess"].as_array().expect("a list").len()
    };
    let before = products(&mut tenant);
    let jira = tenant.cloud.organization().sites[0].ari(Product::JiraSoftware);
    let has = tenant.row(&account)["productAccess"]
        .to_string()
        .contains(&jira);
    tenant
        .cloud
        .join_group(&account, "jira-users-acme")
        .expect("known");
    assert_eq!(products(&mut tenant), before + usize::from(!has));
    tenant
        .cloud
        .leave_group(&account, "jira-users-acme")
        .expect("known");
    assert!(
        !tenant.row(&account)["productAccess"]
            .to_string()
            .contains(&jira)
    );
}

#[test]
fn wrong_queries_are_refused() {
    let mut tenant = Tenant::new(|_| {});
    let group = tenant.cloud.organization().groups[0].id.clone();
    let path = format!("-/groups/{group}/role-assignments");
    for query in [
        "limit=0",
        "limit=x",
        "limit=101",
        "nonsense=1",
        "roleIds=king",
        "limit=1&limit=2",
    ] {
        let refused = tenant.get(&format!("{path}?{query}"));
        assert_eq!(error_code(&refused), "ADMIN-400-24", "{query}");
    }
    assert_eq!(
        error_code(&tenant.get(&format!("{path}?cursor=x"))),
        "ADMIN-400-1"
    );
    assert_eq!(
        error_code(&tenant.get("-/groups/none/role-assignments")),
        "ADMIN-404-10"
    );
    assert_eq!(
        error_code(&tenant.get("-/users/none/role-assignments")),
        "ADMIN-404-8"
    );
    assert_eq!(error_code(&tenant.get("-/groups/none")), "ADMIN-404-10");
}

#[test]
fn numbers_agree_with_the_listings() {
    let mut tenant = Tenant::new(|options| options.directories = 2);
    let groups = all_groups(&mut tenant, &json!({}));
    let stats = tenant.get("-/groups/stats").value();
    assert_eq!(stats["totals"]["all"], json!(groups.len()));
    assert_eq!(
        tenant.get("-/groups/count").value()["count"],
        json!(groups.len())
    );
    let synced = groups
        .iter()
        .filter(|group| group["externalSynced"] == true)
        .count();
    assert_eq!(stats["totals"]["synced"], json!(synced));
    let id = groups[0]["id"].as_str().expect("an id").to_owned();
    let single = tenant.get(&format!("-/groups/{id}")).value();
    let search = json!({"groupIds": [id], "limit": 100});
    let members = tenant.post("-/users/search", &search).value();
    assert_eq!(
        single["data"]["counts"]["users"],
        json!(rows(&members).len())
    );
    let directory = tenant.directory.clone();
    for place in ["-", directory.as_str()] {
        let stats = tenant.get(&format!("{place}/users/stats")).value();
        let counts = stats["accountStatus"].as_array().expect("a list");
        let total: u64 = counts.iter().filter_map(|row| row["count"].as_u64()).sum();
        let counted = tenant.get(&format!("{place}/users/count")).value();
        assert_eq!(counted["count"], json!(total));
        for row in stats["roles"].as_array().expect("a list").iter().take(3) {
            let role = row["roleId"].as_str().expect("an id");
            if place == "-" {
                let path = format!("{place}/users/count?roleIds={role}");
                assert_eq!(tenant.get(&path).value()["count"], row["count"], "{role}");
            }
        }
    }
}

#[test]
fn seats_agree_with_the_organization() {
    let mut tenant = Tenant::new(|options| options.users = 1_000);
    let mut scopes = manifest();
    scopes["permissions"]["scopes"] = json!([
        "read:application-role:jira",
        "read:license:jira",
        "read:group:jira",
        "read:user:jira",
        "read:avatar:jira",
    ]);
    tenant.cloud.install(&scopes).expect("a valid manifest");
    let ask = |tenant: &mut Tenant, target: &str| {
        let request = Request::get(&format!("/rest/api/3/{target}"));
        let answer = tenant.cloud.jira_api(&Caller::App, &request);
        answer.expect("no fault is set").value()
    };
    let roles = ask(&mut tenant, "applicationrole");
    let site = &tenant.cloud.organization().sites[0];
    let query = format!(
        "-/users/count?resourceIds={}&roleIds=atlassian/user,atlassian/admin&status=active",
        site.ari(Product::JiraSoftware)
    );
    let counted = tenant.get(&query).value()["count"].as_u64();
    assert_eq!(roles[0]["userCount"].as_u64(), counted);
    let license = ask(
        &mut tenant,
        "license/approximateLicenseCount/product/jira-software",
    );
    assert_eq!(
        license["value"],
        json!(counted.expect("a count").to_string())
    );
    let capacity = tenant.cloud.organization().sites[0].capacity[0];
    assert_eq!(roles[0]["numberOfSeats"], json!(capacity));
    let group = roles[0]["groupDetails"][0]["groupId"]
        .as_str()
        .expect("an id")
        .to_owned();
    let page = ask(
        &mut tenant,
        &format!("group/member?groupId={group}&maxResults=500"),
    );
    assert_eq!(page["values"].as_array().map(Vec::len), Some(50));
    let member = page["values"][0]["accountId"]
        .as_str()
        .expect("an id")
        .to_owned();
    let groups = ask(&mut tenant, &format!("user/groups?accountId={member}"));
    assert!(groups.to_string().contains(&group));
    let all = ask(&mut tenant, "group/bulk?maxResults=1000");
    assert_eq!(
        all["total"],
        json!(tenant.cloud.organization().groups.len())
    );
}

#[test]
fn manageability_tells_whose_an_account_is() {
    let mut tenant = Tenant::new(|_| {});
    let people = tenant.cloud.organization().users.clone();
    let find = |synced: bool, managed: bool| {
        let fits =
            |user: &&cloud::organization::User| user.synced == synced && user.managed == managed;
        people
            .iter()
            .find(fits)
            .expect("there is one")
            .account_id
            .clone()
    };
    let ask = |tenant: &mut Tenant, account: &str| {
        let path = format!("/users/{account}/manage?privileges=lifecycle.enablement");
        tenant.admin(Request::get(&path))
    };
    let own = ask(&mut tenant, &find(false, true));
    assert_eq!(
        own.value(),
        json!({"lifecycle.enablement": {"allowed": true}})
    );
    let synced = ask(&mut tenant, &find(true, true)).value();
    assert_eq!(
        synced["lifecycle.enablement"],
        json!({"allowed": false, "reason": {"key": "externalDirectory.scim"}})
    );
    let foreign = ask(&mut tenant, &find(false, false));
    assert_eq!(foreign.status, 403);
    assert!(
        foreign.value()["errorDetail"]
            .to_string()
            .contains("verified org admin")
    );
    assert_eq!(ask(&mut tenant, "nobody").status, 404);
    let owner = tenant.cloud.organization().people.org_admins[0].clone();
    tenant.key = tenant
        .cloud
        .create_key(cloud::admin_api::KeyKind::Scoped, &owner);
    let scoped = ask(&mut tenant, &find(false, true));
    assert_eq!(scoped.status, 403);
    assert!(
        scoped.value()["errorDetail"]
            .to_string()
            .contains("manage:org")
    );
}
