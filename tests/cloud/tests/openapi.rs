//! Every operation of the organization API and of Jira keeps to Atlassian's OpenAPI documents, in requests that are
//! accepted and in every answer. Skipped, with a line that says so, where the documents are not there.

use std::sync::LazyLock;
use std::time::Duration;

use cloud::admin_api::KeyKind;
use cloud::conformance::Validator;
use cloud::faults::{FaultKind, Faults};
use cloud::jira_api::Caller;
use cloud::switches::Switches;
use cloud::{Clock, Cloud, Options, Request, Response, Time};
use serde_json::{Value, json};

static VALIDATOR: LazyLock<Option<Validator>> = LazyLock::new(|| {
    Validator::load()
        .inspect_err(|reason| println!("{reason}"))
        .ok()
});

/// A cloud with a key, and the violations so far.
struct Exchange {
    cloud: Cloud,
    key: String,
    organization: String,
    directory: String,
    violations: Vec<String>,
}

impl Exchange {
    fn new(switches: Switches) -> Option<Self> {
        VALIDATOR.as_ref()?;
        let now: Time = "2026-11-21T06:00:00Z".parse().expect("a constant");
        let mut options = Options::new(11, 700, Clock::virtual_at(now));
        options.switches = switches;
        options.directories = 2;
        options.limits = cloud::limits::Limits::none();
        let mut cloud = Cloud::new(options);
        let owner = cloud.organization().people.org_admins[0].clone();
        let key = cloud.create_key(KeyKind::WithoutScopes, &owner);
        Some(Exchange {
            organization: cloud.organization().id.clone(),
            directory: cloud.organization().directories[0].id.clone(),
            key,
            cloud,
            violations: Vec::new(),
        })
    }

    fn admin(&mut self, request: Request) -> Response {
        let request = request.with_bearer(&self.key);
        let response = self
            .cloud
            .admin_api(&request)
            .expect("no answer is lost here");
        self.judge(&request, &response);
        response
    }

    fn judge(&mut self, request: &Request, response: &Response) {
        let validator = VALIDATOR.as_ref().expect("checked when made");
        self.violations.extend(validator.check(request, response));
    }

    fn path(&self, rest: &str) -> String {
        format!("/admin/v2/orgs/{}/directories/{rest}", self.organization)
    }

    /// Every page of a POST listing.
    fn pages(&mut self, path: &str, body: &Value) -> Vec<Value> {
        let mut rows = Vec::new();
        let mut body = body.clone();
        loop {
            let page = self.admin(Request::post(path, &body)).value();
            rows.extend(page["data"].as_array().cloned().unwrap_or_default());
            assert!(rows.len() <= 1_000, "the pages do not end");
            match page["links"]["next"].as_str() {
                Some(next) => {
                    body = json!({"cursor": next, "limit": body["limit"], "expand": body["expand"]})
                }
                None => return rows,
            }
        }
    }

    fn finish(self) {
        let sample: Vec<&String> = self.violations.iter().take(10).collect();
        assert!(sample.is_empty(), "{sample:#?}");
    }
}

fn switchings() -> Vec<Switches> {
    let mut all = vec![Switches::default()];
    all.extend((1..=8).map(Switches::from_seed));
    all
}

#[test]
fn users_are_listed_as_documented() {
    for switches in switchings() {
        let Some(mut exchange) = Exchange::new(switches) else {
            return;
        };
        let path = exchange.path("-/users/search");
        let all = json!([
            "platformRoles",
            "counts.resources",
            "productAccess",
            "groups"
        ]);
        let rows = exchange.pages(&path, &json!({"limit": 100, "expand": all}));
        assert_eq!(rows.len(), 700);
        let filtered = exchange.pages(
            &path,
            &json!({
                "limit": 7,
                "expand": ["groups"],
                "status": ["active", "suspended"],
                "emailDomains": ["contractors.example"],
                "claimStatus": "unmanaged",
                "sortBy": [{"field": "nick_name", "direction": "desc"}],
            }),
        );
        // A strict cloud takes the filters from the cursor; a lenient one would drop them here.
        assert!(filtered.len() >= 7);
        exchange.finish();
    }
}

#[test]
fn the_other_reads_are_as_documented() {
    for switches in switchings() {
        let Some(mut exchange) = Exchange::new(switches) else {
            return;
        };
        let organization = exchange.organization.clone();
        let path = exchange.path("");
        let person = exchange.cloud.organization().people.ordinary[0].clone();
        exchange.cloud.try_to_log_in(&person).expect("there");
        let events = format!("/admin/v1/orgs/{organization}/event");
        for rest in [
            "-actions",
            "s-stream",
            "s-stream?limit=1&sortOrder=desc",
            "s-stream?cursor=x",
        ] {
            exchange.cloud.clock().advance(Duration::from_secs(86_400));
            exchange.admin(Request::get(&format!("{events}{rest}")));
        }
        exchange.admin(Request::get("/admin/v1/orgs"));
        exchange.admin(Request::get(&format!("/admin/v1/orgs/{organization}")));
        exchange.admin(Request::get(&format!(
            "/admin/v2/orgs/{organization}/directories?limit=1"
        )));
        exchange.admin(Request::get(&format!(
            "{path}-/users/count?status=active&claimStatus=managed"
        )));
        exchange.pages(
            &format!("{path}-/groups/search"),
            &json!({"limit": 9, "expand": ["counts.users", "counts.resources"]}),
        );
        exchange.admin(Request::post(
            &format!("/admin/v2/orgs/{organization}/workspaces"),
            &json!({"limit": 4}),
        ));
        exchange.admin(Request::post(
            &format!("/admin/v2/orgs/{organization}/workspaces"),
            &json!({"query": {"field": {"name": "attributes.type", "values": ["jira-software"]}}}),
        ));
        let accounts: Vec<String> = exchange
            .cloud
            .organization()
            .users
            .iter()
            .map(|user| user.account_id.clone())
            .collect();
        for account in accounts.iter().take(300) {
            exchange.admin(Request::get(&format!("{path}-/users/{account}")));
            exchange.admin(Request::get(&format!(
                "/admin/v1/orgs/{organization}/directory/users/{account}/last-active-dates"
            )));
        }
        exchange.finish();
    }
}

#[test]
fn writes_and_refusals_are_as_documented() {
    for switches in switchings() {
        let Some(mut exchange) = Exchange::new(switches) else {
            return;
        };
        let directory = exchange.directory.clone();
        let path = exchange.path(&directory);
        let accounts: Vec<String> = exchange
            .cloud
            .organization()
            .users
            .iter()
            .map(|user| user.account_id.clone())
            .collect();
        for account in accounts.iter().take(100) {
            for write in ["suspend", "suspend", "restore", "restore"] {
                exchange.admin(Request::post(
                    &format!("{path}/users/{account}/{write}"),
                    &json!({}),
                ));
            }
        }
        exchange.admin(Request::new(
            "POST",
            &format!("{path}/users/{}/suspend", accounts[0]),
        ));
        exchange.admin(Request::post(
            &format!("{path}/users/nobody/suspend"),
            &json!({}),
        ));
        exchange.admin(Request::post(
            &format!("{path}/users/search"),
            &json!({"limit": 101}),
        ));
        exchange.admin(Request::post(
            &format!("{path}/users/search"),
            &json!({"cursor": "x"}),
        ));
        exchange.admin(Request::get("/admin/v1/orgs/other"));
        for kind in [
            FaultKind::TooManyRequests,
            FaultKind::ServerErrorBefore,
            FaultKind::Forbidden,
        ] {
            exchange
                .cloud
                .set_faults(Faults::planned("users.search", kind));
            exchange.admin(Request::post(&format!("{path}/users/search"), &json!({})));
        }
        exchange.key = "wrong".to_owned();
        exchange.admin(Request::get("/admin/v1/orgs"));
        exchange.admin(Request::post(&format!("{path}/users/search"), &json!({})));
        exchange.finish();
    }
}

/// Every action, each twice and with its inverse, on all kinds of people.
#[test]
fn actions_are_as_documented() {
    for switches in switchings() {
        let Some(mut exchange) = Exchange::new(switches) else {
            return;
        };
        let base = exchange.path(&exchange.directory.clone());
        let roles = format!("/admin/v1/orgs/{}/users", exchange.organization);
        let organization = exchange.cloud.organization();
        let groups: Vec<String> = organization
            .groups
            .iter()
            .map(|group| group.id.clone())
            .collect();
        let jira = organization.sites[0].ari(cloud::organization::Product::JiraSoftware);
        let people: Vec<(String, Option<String>)> = organization
            .users
            .iter()
            .map(|user| {
                let tokens = user.tokens.iter().flat_map(|tokens| tokens.iter());
                let token = tokens.map(|token| token.id.clone()).next();
                (user.account_id.clone(), token)
            })
            .collect();
        let role = json!({"role": "atlassian/user", "resource": jira});
        for (number, (account, token)) in people.iter().take(120).enumerate() {
            let manage = format!("/users/{account}/manage");
            let members = format!(
                "{base}/groups/{}/memberships",
                groups[number % groups.len()]
            );
            let token = token.as_deref().unwrap_or("none");
            for (method, path, body) in [
                ("POST", members.clone(), json!({"accountId": account})),
                ("DELETE", format!("{members}/{account}"), Value::Null),
                (
                    "POST",
                    format!("{roles}/{account}/roles/assign"),
                    role.clone(),
                ),
                (
                    "POST",
                    format!("{roles}/{account}/roles/revoke"),
                    role.clone(),
                ),
                ("GET", format!("{manage}/profile"), Value::Null),
                (
                    "PATCH",
                    format!("{manage}/profile"),
                    json!({"name": "New (inactive)"}),
                ),
                (
                    "PUT",
                    format!("{manage}/email"),
                    json!({"email": format!("n{number}@acme.example")}),
                ),
                ("GET", format!("{manage}/api-tokens"), Value::Null),
                (
                    "DELETE",
                    format!("{manage}/api-tokens/{token}"),
                    Value::Null,
                ),
                (
                    "POST",
                    format!("{manage}/lifecycle/disable"),
                    json!({"message": "m"}),
                ),
                ("POST", format!("{manage}/lifecycle/enable"), json!({})),
                ("POST", format!("{manage}/lifecycle/delete"), json!({})),
                (
                    "POST",
                    format!("{manage}/lifecycle/cancel-delete"),
                    json!({}),
                ),
                ("DELETE", format!("{base}/users/{account}"), Value::Null),
            ] {
                for _ in 0..2 {
                    let mut request = match &body {
                        Value::Null => Request::new(method, &path),
                        body => Request::post(&path, body),
                    };
                    request.method = method.to_owned();
                    exchange.admin(request);
                }
            }
        }
        let made: std::collections::BTreeSet<&str> = exchange
            .cloud
            .effects()
            .iter()
            .map(|effect| effect.what)
            .collect();
        assert_eq!(made.len(), 12, "{made:?}");
        exchange.pages(&format!("{base}/users/search"), &json!({"limit": 100}));
        exchange.finish();
    }
}

#[test]
fn jira_is_as_documented() {
    let Some(mut exchange) = Exchange::new(Switches::default()) else {
        return;
    };
    let manifest = json!({"permissions": {"scopes": ["read:jira-work", "read:jira-user"]}});
    exchange.cloud.install(&manifest).expect("a valid manifest");
    let admin = Caller::User(exchange.cloud.organization().people.jira_admins[0].clone());
    for (caller, target) in [
        (&admin, "/rest/api/3/mypermissions?permissions=ADMINISTER"),
        (&admin, "/rest/api/3/mypermissions"),
        (&admin, "/rest/api/3/myself"),
        (&Caller::App, "/rest/api/3/myself"),
        (&Caller::App, "/rest/api/3/serverInfo"),
        (
            &Caller::App,
            "/rest/api/3/users/search?startAt=0&maxResults=1000",
        ),
    ] {
        let request = Request::get(target);
        let response = exchange
            .cloud
            .jira_api(caller, &request)
            .expect("no answer is lost here");
        exchange.judge(&request, &response);
    }
    exchange.finish();
}

#[test]
fn mail_is_as_documented() {
    let Some(mut exchange) = Exchange::new(Switches::default()) else {
        return;
    };
    let manifest = json!({"permissions": {"scopes": ["write:jira-work"]}});
    exchange.cloud.install(&manifest).expect("a valid manifest");
    let person = exchange.cloud.organization().people.ordinary[0].clone();
    let issue = exchange.cloud.make_issue("OPS", "Seats");
    let whole = json!({
        "subject": "S",
        "textBody": "T",
        "htmlBody": "<p>H</p>",
        "to": {"users": [{"accountId": person}], "groups": [], "groupIds": [], "reporter": false},
        "restrict": {"permissions": [{"key": "BROWSE"}], "groups": [], "groupIds": []},
    });
    for (on, issue, body, expected) in [
        (true, issue.as_str(), &whole, 204),
        (true, issue.as_str(), &json!({}), 400),
        (true, "OPS-9", &whole, 404),
        (false, issue.as_str(), &whole, 403),
    ] {
        exchange.cloud.set_outgoing_mail(on);
        let request = Request::post(&format!("/rest/api/3/issue/{issue}/notify"), body);
        let response = exchange
            .cloud
            .jira_api(&Caller::App, &request)
            .expect("no answer is lost here");
        assert_eq!(response.status, expected);
        exchange.judge(&request, &response);
    }
    exchange.finish();
}

#[test]
fn the_judge_finds_faults() {
    let Some(exchange) = Exchange::new(Switches::default()) else {
        return;
    };
    let validator = VALIDATOR.as_ref().expect("checked when made");
    let path = exchange.path("-/users/search");
    let found = |body: Value, answer: Value| {
        validator
            .check(&Request::post(&path, &body), &Response::json(200, &answer))
            .len()
    };
    assert_eq!(found(json!({"limit": 100}), json!({"data": []})), 0);
    assert_eq!(found(json!({"limit": 101}), json!({"data": []})), 1);
    assert_eq!(found(json!({"nonsense": 1}), json!({"data": []})), 1);
    assert_eq!(found(json!({}), json!({})), 1);
    assert_eq!(found(json!({}), json!({"data": [{"status": "asleep"}]})), 1);
    let no_date = json!({"data": [{"productAccess": [{"lastActiveTimestamp": null}]}]});
    assert_eq!(
        found(json!({}), no_date),
        1,
        "the API omits the field, it never sends null"
    );
    assert_eq!(
        validator
            .check(&Request::get("/admin/v9/x"), &Response::empty(200))
            .len(),
        1
    );
}
