//! Managed accounts: their life, their profile, their tokens, and whose they are.

use cloud::admin_api::KeyKind;
use cloud::organization::{Status, User};
use cloud::switches::RepeatedWrite;
use cloud::{Request, Response};
use serde_json::{Value, json};

use crate::tenant::Tenant;

const DAY: u64 = 86_400_000;

impl Tenant {
    fn manage(&mut self, method: &str, account: &str, rest: &str, body: &Value) -> Response {
        let mut request = Request::post(&format!("/users/{account}/manage/{rest}"), body);
        request.method = method.to_owned();
        self.admin(request)
    }

    fn live(&mut self, account: &str, word: &str) -> Response {
        self.manage("POST", account, &format!("lifecycle/{word}"), &json!({}))
    }

    fn whats(&self) -> Vec<&'static str> {
        let effects = self.cloud.effects().iter();
        effects.map(|effect| effect.what).collect()
    }

    fn whose(&self, fits: impl Fn(&User) -> bool) -> String {
        let mut users = self.cloud.organization().users.iter();
        users
            .find(|user| fits(user))
            .expect("there is one")
            .account_id
            .clone()
    }
}

/// Active, shown with all fields, no administrator.
fn plain(user: &User) -> bool {
    let shown = user.missing == cloud::organization::Missing::default();
    shown && user.true_status() == Status::Active && user.platform_roles.is_empty()
}

fn own(user: &User) -> bool {
    plain(user) && user.managed && !user.synced
}

fn key(response: &Response) -> (u16, String) {
    let body = response.value();
    (
        response.status,
        body["key"].as_str().unwrap_or_default().to_owned(),
    )
}

#[test]
fn an_account_is_deactivated_and_activated() {
    for (told, message) in [
        (true, json!("The account is already deactivated")),
        (false, Value::Null),
    ] {
        let mut tenant = Tenant::new(|options| {
            options.switches.conflict_told = told;
            options.switches.read_back_lag_ms = 2_000;
        });
        let account = tenant.whose(own);
        let before = tenant.row(&account);
        let reason = json!({"message": "On 6-month suspension"});
        assert_eq!(
            tenant
                .manage("POST", &account, "lifecycle/disable", &reason)
                .status,
            204
        );
        assert_eq!(tenant.row(&account)["status"], "active", "reads are late");
        tenant.pass(2_000);
        let row = tenant.row(&account);
        assert_eq!(
            (&row["status"], &row["accountStatus"]),
            (&json!("deactivated"), &json!("inactive"))
        );
        assert_eq!(row["groups"], before["groups"], "groups stay");
        let again = tenant.live(&account, "disable");
        assert_eq!(key(&again), (409, "conflict.lifecycleErrors".to_owned()));
        assert_eq!(
            again.value()["context"]["errorCodes"][0]["message"],
            message
        );
        assert_eq!(tenant.change_standing(&account, "suspend").status, 400);
        assert_eq!(tenant.live(&account, "enable").status, 204);
        assert_eq!(tenant.live(&account, "enable").status, 409);
        tenant.pass(2_000);
        assert_eq!(tenant.row(&account), before);
        assert_eq!(tenant.whats(), ["deactivated", "reactivated"]);
    }
}

#[test]
fn a_deletion_can_be_cancelled_for_fourteen_days() {
    let mut tenant = Tenant::new(|_| {});
    let account = tenant.whose(own);
    let before = tenant.row(&account);
    let deleted = tenant.live(&account, "delete");
    assert_eq!(
        (deleted.status, deleted.value()["message"].is_string()),
        (200, true)
    );
    assert_eq!(tenant.row(&account)["status"], "for_deletion");
    for word in ["delete", "enable", "disable"] {
        assert_eq!(tenant.live(&account, word).status, 409, "{word}");
    }
    tenant.pass(14 * DAY - 1);
    assert_eq!(tenant.live(&account, "cancel-delete").status, 200);
    assert_eq!(tenant.row(&account), before);
    assert_eq!(tenant.live(&account, "delete").status, 200);
    tenant.pass(14 * DAY);
    assert_eq!(tenant.row(&account), Value::Null);
    let truth = tenant.cloud.dump_users();
    assert!(!truth.iter().any(|row| row["accountId"] == account.as_str()));
    assert_eq!(
        key(&tenant.live(&account, "cancel-delete")),
        (404, "accountNotFound".to_owned())
    );
    assert_eq!(
        tenant.whats(),
        ["deleting", "deletionCancelled", "deleting"]
    );
}

#[test]
fn cancelling_nothing_is_an_open_question() {
    for (answer, status) in [
        (RepeatedWrite::NoContent, 200),
        (RepeatedWrite::Conflict, 404),
    ] {
        let mut tenant = Tenant::new(|options| options.switches.repeated_write = answer);
        let account = tenant.whose(own);
        assert_eq!(tenant.live(&account, "cancel-delete").status, status);
        assert!(tenant.whats().is_empty());
    }
}

#[test]
fn an_account_is_left_to_whoever_owns_it() {
    let mut tenant = Tenant::new(|_| {});
    let foreign = tenant.whose(|user| plain(user) && !user.managed);
    let synced = tenant.whose(|user| plain(user) && user.synced);
    let owner = tenant.cloud.organization().people.org_admins[0].clone();
    let email = json!({"email": "new@acme.example"});
    let name = json!({"name": "New"});
    let nothing = json!({});
    for (account, method, rest, body, status, said) in [
        (
            foreign.as_str(),
            "POST",
            "lifecycle/disable",
            &nothing,
            403,
            "forbidden",
        ),
        (
            &foreign,
            "POST",
            "lifecycle/delete",
            &nothing,
            403,
            "forbidden",
        ),
        (&foreign, "PATCH", "profile", &name, 403, "forbidden"),
        (&foreign, "PUT", "email", &email, 403, "forbidden"),
        (&foreign, "GET", "api-tokens", &nothing, 403, "forbidden"),
        (
            &synced,
            "POST",
            "lifecycle/disable",
            &nothing,
            409,
            "conflict.lifecycleErrors",
        ),
        (
            &synced,
            "POST",
            "lifecycle/delete",
            &nothing,
            409,
            "conflict.lifecycleErrors",
        ),
        (&synced, "PATCH", "profile", &name, 403, "forbidden.action"),
        (&synced, "PUT", "email", &email, 403, "forbidden.action"),
        (
            &owner,
            "POST",
            "lifecycle/disable",
            &nothing,
            403,
            "forbidden.action",
        ),
        (
            "nobody",
            "POST",
            "lifecycle/disable",
            &nothing,
            404,
            "accountNotFound",
        ),
    ] {
        let answer = tenant.manage(method, account, rest, body);
        assert_eq!(key(&answer), (status, said.to_owned()), "{method} {rest}");
    }
    tenant.key = tenant.cloud.create_key(KeyKind::Scoped, &owner);
    let account = tenant.whose(own);
    let scoped = tenant.live(&account, "disable");
    assert_eq!(scoped.status, 403);
    assert!(
        scoped.value()["errorDetail"]
            .to_string()
            .contains("manage:org")
    );
    tenant.key = String::from("wrong");
    assert_eq!(
        key(&tenant.live(&account, "disable")),
        (401, "unauthorized".to_owned())
    );
    assert!(tenant.whats().is_empty());
}

#[test]
fn names_and_addresses_are_changed_within_their_constraints() {
    let mut tenant = Tenant::new(|_| {});
    let account = tenant.whose(own);
    let renamed = tenant.manage(
        "PATCH",
        &account,
        "profile",
        &json!({"name": "Ada (inactive)"}),
    );
    assert_eq!(
        (renamed.status, renamed.value()["account"]["name"].clone()),
        (200, json!("Ada (inactive)"))
    );
    assert_eq!(tenant.row(&account)["name"], "Ada (inactive)");
    let again = tenant.manage(
        "PATCH",
        &account,
        "profile",
        &json!({"name": "Ada (inactive)"}),
    );
    assert_eq!(again.status, 200);
    let set = tenant.manage(
        "PUT",
        &account,
        "email",
        &json!({"email": "ada@globex.example"}),
    );
    assert_eq!(set.status, 204);
    assert_eq!(tenant.row(&account)["email"], "ada@globex.example");
    for (method, rest, body, status, said) in [
        (
            "PATCH",
            "profile",
            json!({"name": "x".repeat(101)}),
            400,
            "fieldConstraintsViolated",
        ),
        (
            "PATCH",
            "profile",
            json!({"name": "a\u{0}b"}),
            400,
            "fieldConstraintsViolated",
        ),
        (
            "PATCH",
            "profile",
            json!({"name": 7}),
            400,
            "bodyParseFailure",
        ),
        (
            "PATCH",
            "profile",
            json!({"nickname": "x"}),
            403,
            "forbidden.fieldMutation",
        ),
        (
            "PUT",
            "email",
            json!({"email": "ada@elsewhere.example"}),
            403,
            "forbidden.unclaimedDomain",
        ),
        (
            "PUT",
            "email",
            json!({"email": "ada"}),
            400,
            "fieldConstraintsViolated",
        ),
        ("PUT", "email", json!({}), 400, "bodyParseFailure"),
    ] {
        let answer = tenant.manage(method, &account, rest, &body);
        assert_eq!(
            key(&answer),
            (status, said.to_owned()),
            "{method} {rest} {body}"
        );
    }
    assert_eq!(tenant.whats(), ["renamed", "emailSet"]);
}

#[test]
fn tokens_are_listed_and_deleted() {
    let mut tenant = Tenant::new(|options| options.users = 1_000);
    let users = tenant.cloud.organization().users.clone();
    let now = tenant.cloud.now();
    let (mut lately, mut long_ago, mut never) = (0, 0, 0);
    for token in users
        .iter()
        .filter_map(|user| user.tokens.as_deref())
        .flatten()
    {
        match token.last_access {
            Some(at) if (now - at).num_days() < 30 => lately += 1,
            Some(_) => long_ago += 1,
            None => never += 1,
        }
    }
    assert!(
        lately > 5 && long_ago > 5 && never > 5,
        "{lately} {long_ago} {never}"
    );
    let account = tenant.whose(|user| plain(user) && user.tokens.is_some());
    let list = |tenant: &mut Tenant| {
        let answer = tenant.manage("GET", &account, "api-tokens", &json!({}));
        assert_eq!(answer.status, 200);
        answer.value().as_array().expect("a list").clone()
    };
    let tokens = list(&mut tenant);
    let id = tokens[0]["id"].as_str().expect("an id").to_owned();
    let path = format!("api-tokens/{id}");
    assert_eq!(
        tenant.manage("DELETE", &account, &path, &json!({})).status,
        204
    );
    assert_eq!(
        key(&tenant.manage("DELETE", &account, &path, &json!({}))),
        (404, "notFound".to_owned())
    );
    assert_eq!(list(&mut tenant).len(), tokens.len() - 1);
    assert_eq!(tenant.whats(), ["tokenDeleted"]);
    assert_eq!(
        tenant.cloud.effects()[0].object.as_deref(),
        Some(id.as_str())
    );
}

#[test]
fn another_administrator_deactivates_too() {
    let mut tenant = Tenant::new(|_| {});
    let account = tenant.whose(own);
    tenant
        .cloud
        .set_account_active(&account, false)
        .expect("known");
    tenant
        .cloud
        .set_account_active(&account, false)
        .expect("known");
    assert_eq!(tenant.row(&account)["status"], "deactivated");
    tenant
        .cloud
        .set_account_active(&account, true)
        .expect("known");
    assert_eq!(tenant.row(&account)["status"], "active");
    assert_eq!(tenant.whats(), ["deactivated", "reactivated"]);
    assert!(
        tenant
            .cloud
            .effects()
            .iter()
            .all(|effect| effect.key_owner.is_none())
    );
}
