//! Every action on people, with its refusals: what changes, what is recorded, and what is left as it was.

use cloud::Request;
use cloud::organization::{Product, User};
use cloud::switches::{RepeatedWrite, RevokeWithoutOwnRole};
use serde_json::{Value, json};

use crate::tenant::{Tenant, error_code};

/// What was changed since the last look, with what and on what.
fn changes(tenant: &Tenant) -> Vec<(&'static str, Option<String>)> {
    let effects = tenant.cloud.effects().iter();
    effects
        .map(|effect| (effect.what, effect.object.clone()))
        .collect()
}

fn request(method: &str, path: &str, body: Option<&Value>) -> Request {
    let mut request = Request::new(method, path);
    if let Some(body) = body {
        request = Request::post(path, body);
        request.method = method.to_owned();
    }
    request
}

impl Tenant {
    fn act(&mut self, method: &str, path: &str, body: Option<&Value>) -> cloud::Response {
        let path = path
            .replace("{o}", &format!("/admin/v1/orgs/{}", self.organization))
            .replace(
                "{d}",
                &format!(
                    "/admin/v2/orgs/{}/directories/{}",
                    self.organization, self.directory
                ),
            );
        self.admin(request(method, &path, body))
    }

    fn find(&self, fits: impl Fn(&User) -> bool) -> String {
        let found = self
            .cloud
            .organization()
            .users
            .iter()
            .find(|user| fits(user));
        found.expect("there is one").account_id.clone()
    }

    fn group(&self, name: &str) -> String {
        let organization = self.cloud.organization();
        let at = organization.group_position(name).expect("known");
        organization.groups[at].id.clone()
    }

    fn ari(&self, site: usize, product: Product) -> String {
        self.cloud.organization().sites[site].ari(product)
    }

    /// The access as reads show it.
    fn access(&mut self, account: &str, resource: &str) -> Option<Value> {
        let row = self.row(account);
        let accesses = row["productAccess"].as_array()?.clone();
        accesses.into_iter().find(|access| access["id"] == resource)
    }
}

/// Active in the first directory, with all fields shown.
fn plain(user: &User) -> bool {
    let active = user.true_status() == cloud::organization::Status::Active;
    active && user.is_in(0) && user.missing == cloud::organization::Missing::default()
}

/// A row whose lists are in an order of their own: who returns comes last.
fn sorted(mut row: Value) -> Value {
    for field in ["groups", "productAccess"] {
        if let Some(list) = row[field].as_array_mut() {
            list.sort_by_key(Value::to_string);
        }
    }
    row
}

fn refused(tenant: &mut Tenant, method: &str, path: &str, body: Option<&Value>) -> (u16, String) {
    let response = tenant.act(method, path, body);
    let body = response.value();
    let key = body["key"].as_str().map(str::to_owned);
    (
        response.status,
        key.unwrap_or_else(|| error_code(&response)),
    )
}

#[test]
fn a_seat_goes_with_the_last_group_and_comes_back_with_its_activity() {
    let mut tenant = Tenant::new(|_| {});
    let jira = tenant.ari(0, Product::JiraSoftware);
    let group = tenant.group("jira-users-acme");
    let at = tenant.cloud.organization().group_position(&group);
    let account = tenant.find(|user| {
        let mut accesses = user.accesses.iter();
        plain(user)
            && user.groups.contains(&at.expect("known"))
            && accesses.any(|access| {
                (access.site, access.product) == (0, Product::JiraSoftware)
                    && access.own.is_empty()
                    && access.seen.is_some()
            })
    });
    let before = tenant.row(&account);
    let held = tenant.access(&account, &jira).expect("held");
    let members = format!("{{d}}/groups/{group}/memberships");
    let leave = format!("{members}/{account}");
    assert_eq!(tenant.act("DELETE", &leave, None).status, 204);
    assert_eq!(tenant.access(&account, &jira), None);
    assert_eq!(tenant.act("DELETE", &leave, None).status, 404);
    let join = json!({"accountId": account});
    assert_eq!(tenant.act("POST", &members, Some(&join)).status, 204);
    assert_eq!(tenant.access(&account, &jira), Some(held));
    assert_eq!(sorted(tenant.row(&account)), sorted(before));
    assert_eq!(
        changes(&tenant),
        [
            ("groupLeft", Some(group.clone())),
            ("groupJoined", Some(group))
        ]
    );
}

#[test]
fn groups_refuse_what_they_must() {
    let mut tenant = Tenant::new(|options| options.users = 1_000);
    let account = tenant.find(plain);
    let groups = tenant.cloud.organization().groups.clone();
    let position = |fits: &dyn Fn(&cloud::organization::Group) -> bool| {
        let found = groups
            .iter()
            .find(|group| group.directory == 0 && fits(group));
        found.expect("there is one").id.clone()
    };
    let synced = position(&|group| group.external_synced);
    let closed = position(&|group| group.by_its_members);
    let free = position(&|group| group.name == "auditors");
    let inactive = tenant.find(|user| {
        user.account_status == cloud::organization::AccountStatus::Inactive && user.is_in(0)
    });
    let admins = tenant.group("org-admins");
    let members = |group: &str| format!("{{d}}/groups/{group}/memberships");
    let join = json!({ "accountId": account });
    for (method, path, body, status, code) in [
        ("POST", members(&synced), Some(&join), 403, "ADMIN-403-5"),
        ("POST", members(&closed), Some(&join), 403, "ADMIN-403-5"),
        ("POST", members(&admins), Some(&join), 403, "ADMIN-403-7"),
        ("POST", members("none"), Some(&join), 404, "ADMIN-404-10"),
        (
            "POST",
            members(&free),
            Some(&json!({"accountId": "nobody"})),
            404,
            "ADMIN-404-8",
        ),
        (
            "POST",
            members(&free),
            Some(&json!({"accountId": inactive})),
            400,
            "ADMIN-UAM-400-2",
        ),
        (
            "POST",
            members(&free),
            Some(&json!({})),
            400,
            "ADMIN-400-24",
        ),
        ("POST", members(&free), None, 415, "ADMIN-UAM-415-1"),
        ("GET", members(&free), None, 405, "ADMIN-405-1"),
        (
            "DELETE",
            format!("{}/{account}", members(&synced)),
            None,
            403,
            "ADMIN-403-5",
        ),
        (
            "DELETE",
            format!("{}/{account}", members(&free)),
            None,
            404,
            "ADMIN-404-8",
        ),
        (
            "DELETE",
            format!("{}/nobody", members(&free)),
            None,
            404,
            "ADMIN-404-8",
        ),
    ] {
        let answer = refused(&mut tenant, method, &path, body);
        assert_eq!(answer, (status, code.to_owned()), "{method} {path}");
    }
    let anywhere = format!("-/groups/{free}/memberships");
    assert_eq!(tenant.post(&anywhere, &join).status, 404, "- is for reads");
    assert!(changes(&tenant).is_empty());
}

#[test]
fn a_conflict_of_a_group_says_which_it_is_or_does_not() {
    for (told, of_member, of_limit) in [
        (
            true,
            "ADMIN-409-28: The user is already in the group",
            "ADMIN-409-3: You have exceeded your user limit for an app",
        ),
        (false, "ADMIN-409-28: Conflict", "ADMIN-409-28: Conflict"),
    ] {
        let mut tenant = Tenant::new(|options| options.switches.conflict_told = told);
        let group = tenant.group("jira-users-acme");
        let at = tenant
            .cloud
            .organization()
            .group_position(&group)
            .expect("known");
        let has = |user: &User| {
            user.accesses
                .iter()
                .any(|access| access.product == Product::JiraSoftware)
        };
        let member = tenant.find(|user| plain(user) && user.groups.contains(&at));
        let other = tenant.find(|user| plain(user) && !user.groups.contains(&at) && !has(user));
        let members = format!("{{d}}/groups/{group}/memberships");
        let said = |tenant: &mut Tenant, account: &str| {
            let response = tenant.act("POST", &members, Some(&json!({"accountId": account})));
            assert_eq!(response.status, 409);
            let body = response.value();
            let error = body["errors"][0].clone();
            format!(
                "{}: {}",
                error["code"].as_str().unwrap_or_default(),
                error["detail"].as_str().unwrap_or_default()
            )
        };
        assert_eq!(said(&mut tenant, &member), of_member);
        tenant.cloud.set_capacity(0, Product::JiraSoftware, Some(0));
        assert_eq!(said(&mut tenant, &other), of_limit);
        assert!(changes(&tenant).is_empty());
        tenant.cloud.set_capacity(0, Product::JiraSoftware, None);
        let joined = tenant.act("POST", &members, Some(&json!({"accountId": other})));
        assert_eq!(joined.status, 204);
    }
}

#[test]
fn a_role_of_ones_own_comes_and_goes_beside_the_groups() {
    let mut tenant = Tenant::new(|_| {});
    let jira = tenant.ari(0, Product::JiraSoftware);
    let account =
        tenant.find(|user| plain(user) && user.accesses.iter().all(|access| access.site != 0));
    let (assign, revoke) = (
        format!("{{o}}/users/{account}/roles/assign"),
        format!("{{o}}/users/{account}/roles/revoke"),
    );
    let role = |name: &str| json!({"role": format!("atlassian/{name}"), "resource": jira});
    assert_eq!(tenant.act("POST", &assign, Some(&role("user"))).status, 204);
    assert!(tenant.access(&account, &jira).is_some());
    tenant
        .cloud
        .join_group(&account, "jira-users-acme")
        .expect("known");
    assert_eq!(tenant.act("POST", &revoke, Some(&role("user"))).status, 204);
    assert!(
        tenant.access(&account, &jira).is_some(),
        "the group gives it too"
    );
    let path = format!("-/users/{account}/role-assignments?resourceIds={jira}");
    let held = tenant.get(&path).value();
    assert_eq!(
        held["data"][0]["roleAssignments"],
        json!([{"role": "atlassian/user", "roleAssignmentMethods": ["group_direct"]}])
    );
    for (switch, status) in [
        (RevokeWithoutOwnRole::NoContent, 204),
        (RevokeWithoutOwnRole::NotFound, 404),
        (RevokeWithoutOwnRole::BadRequest, 400),
    ] {
        let mut switches = tenant.cloud.switches().clone();
        switches.revoke_without_own_role = switch;
        tenant.cloud.set_switches(switches);
        assert_eq!(
            tenant.act("POST", &revoke, Some(&role("user"))).status,
            status
        );
    }
    tenant
        .cloud
        .leave_group(&account, "jira-users-acme")
        .expect("known");
    assert_eq!(tenant.access(&account, &jira), None);
    let object = format!("atlassian/user@{jira}");
    let made: Vec<_> = changes(&tenant)
        .into_iter()
        .filter(|(what, _)| what.starts_with("role"))
        .collect();
    assert_eq!(
        made,
        [
            ("roleAssigned", Some(object.clone())),
            ("roleRevoked", Some(object))
        ]
    );
}

#[test]
fn roles_refuse_what_they_must() {
    let mut tenant =
        Tenant::new(|options| options.switches.repeated_write = RepeatedWrite::Conflict);
    let jira = tenant.ari(0, Product::JiraSoftware);
    let account =
        tenant.find(|user| plain(user) && user.accesses.iter().all(|access| access.site != 0));
    let path = |who: &str| format!("{{o}}/users/{who}/roles/assign");
    let role = |name: &str, resource: &str| json!({"role": format!("atlassian/{name}"), "resource": resource});
    for (who, body, status, code) in [
        (
            account.as_str(),
            role("guest", &jira),
            400,
            "ADMIN-UAM-400-3",
        ),
        (&account, role("org-admin", &jira), 400, "ADMIN-UAM-400-3"),
        (
            &account,
            json!({"role": "atlassian/user"}),
            400,
            "ADMIN-UAM-400-3",
        ),
        (&account, role("king", &jira), 400, "ADMIN-400-24"),
        (&account, json!({"resource": jira}), 400, "ADMIN-400-24"),
        (
            &account,
            role("user", "ari:cloud:jira-software::site/none"),
            404,
            "ADMIN-UAM-404-3",
        ),
        ("nobody", role("user", &jira), 404, "ADMIN-UAM-404-3"),
    ] {
        let answer = refused(&mut tenant, "POST", &path(who), Some(&body));
        assert_eq!(answer, (status, code.to_owned()), "{who} {body}");
    }
    tenant.cloud.set_capacity(0, Product::JiraSoftware, Some(0));
    let user = role("user", &jira);
    assert_eq!(
        refused(&mut tenant, "POST", &path(&account), Some(&user)),
        (409, "ADMIN-UAM-409-3".to_owned())
    );
    assert!(changes(&tenant).is_empty());
    tenant.cloud.set_capacity(0, Product::JiraSoftware, None);
    assert_eq!(tenant.act("POST", &path(&account), Some(&user)).status, 204);
    assert_eq!(
        refused(&mut tenant, "POST", &path(&account), Some(&user)),
        (409, "ADMIN-UAM-409-2".to_owned())
    );
}

#[test]
fn who_is_removed_loses_all_in_that_directory() {
    let mut tenant = Tenant::new(|options| options.switches.read_back_lag_ms = 400);
    let one =
        |user: &User| plain(user) && user.memberships.len() == 1 && user.platform_roles.is_empty();
    let (own, foreign) = (
        tenant.find(|user| one(user) && user.managed),
        tenant.find(|user| one(user) && !user.managed),
    );
    for account in [&own, &foreign] {
        let path = format!("{{d}}/users/{account}");
        assert_eq!(tenant.act("DELETE", &path, None).status, 204);
        assert_eq!(tenant.row(account)["status"], "active", "reads are late");
        assert_eq!(tenant.act("DELETE", &path, None).status, 404);
    }
    tenant.pass(400);
    let row = tenant.row(&own);
    assert_eq!(
        (
            row["status"].as_str(),
            &row["groups"],
            &row["productAccess"]
        ),
        (Some("not_invited"), &json!([]), &json!([]))
    );
    assert_eq!(tenant.row(&foreign), Value::Null);
    let truth = tenant.cloud.dump_users();
    assert!(!truth.iter().any(|row| row["accountId"] == foreign.as_str()));
    assert_eq!(tenant.get(&format!("-/users/{foreign}")).status, 404);
    assert_eq!(changes(&tenant), [("removed", None), ("removed", None)]);
}

#[test]
fn a_restore_may_need_a_seat() {
    for (refuses, status) in [(false, 204), (true, 409)] {
        let mut tenant =
            Tenant::new(|options| options.switches.restore_refused_when_full = refuses);
        let account = tenant.find(|user| {
            plain(user) && user.accesses.iter().any(|access| access.role.takes_seat())
        });
        assert_eq!(tenant.change_standing(&account, "suspend").status, 204);
        for site in 0..2 {
            for product in Product::ALL {
                tenant.cloud.set_capacity(site, product, Some(0));
            }
        }
        assert_eq!(tenant.change_standing(&account, "restore").status, status);
    }
}
