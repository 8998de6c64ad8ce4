//! Requests made out of Atlassian's documents, right ones and wrong ones, by the hundred for every operation that the app
//! uses: each answer keeps to its document, wrong requests are refused, right ones are not without a known reason, and
//! nothing breaks. What one operation lists, the next asks for. Skipped, with a line that says so, where the documents
//! are not there.

use std::collections::BTreeMap;

use cloud::admin_api::KeyKind;
use cloud::conformance::Validator;
use cloud::jira_api::Caller;
use cloud::limits::Limits;
use cloud::switches::Switches;
use cloud::{Clock, Cloud, Options, Request, Response, Time};
use serde_json::{Value, json};

/// Drawn combinations per operation and kind of input.
const COMBINATIONS: usize = 60;

/// Refusals of requests that the schemas allow, on the ground of the documents' prose or of values that only the service
/// can judge. Any other refusal with 400 is a mistake of the simulated cloud.
const BEYOND_SCHEMAS: [&str; 22] = [
    "The cursor is invalid",
    "cursor must be sent alone",
    // A text that a query repeats; the schema sees the first.
    "must be given once",
    "mutually exclusive",
    "The user is inactive",
    "The 'permissions' query parameter is required.",
    "Unrecognized permission",
    "startAt and maxResults must be whole numbers",
    "accessType must be site-admin, admin or user.",
    "Give either groupId or groupname.",
    // The documents do not require the bodies that they describe.
    "role is required",
    "accountId is required",
    // Roles that products do not have, and roles that the person has not.
    "resource is required for this role",
    "The role is not valid for the resource",
    "The user does not have this role",
    // Domains of addresses and lengths of names are constraints in prose.
    "fieldConstraintsViolated",
    // The schema has times as texts.
    "from and to are milliseconds since 1970",
    // Recipients who are nobody else than the caller, or not there, and permissions that this cloud does not know.
    "No recipients were defined",
    "A user is named without an accountId.",
    "The issue is unassigned.",
    "A group that is named does not exist.",
    "Only the permission to browse is simulated.",
];

struct Driver {
    cloud: Cloud,
    key: String,
    ids: BTreeMap<String, Vec<String>>,
    requests: usize,
    accepted: usize,
    failures: Vec<String>,
}

impl Driver {
    fn new(switches: Switches) -> Self {
        let now: Time = "2026-11-21T06:00:00Z".parse().expect("a constant");
        let mut options = Options::new(12, 600, Clock::virtual_at(now));
        options.directories = 2;
        options.switches = Switches {
            seats_as_app: true,
            ..switches
        };
        options.limits = Limits::none();
        let mut cloud = Cloud::new(options);
        let scopes = json!([
            "read:jira-work",
            "read:jira-user",
            "write:jira-work",
            "manage:jira-configuration"
        ]);
        cloud
            .install(&json!({"permissions": {"scopes": scopes}}))
            .expect("a valid manifest");
        let owner = cloud.organization().people.org_admins[0].clone();
        Driver {
            key: cloud.create_key(KeyKind::WithoutScopes, &owner),
            cloud,
            ids: BTreeMap::new(),
            requests: 0,
            accepted: 0,
            failures: Vec::new(),
        }
    }

    fn send(&mut self, request: &Request) -> Response {
        let answer = if request.path.starts_with("/rest/") {
            self.cloud.jira_api(&Caller::App, request)
        } else {
            let request = request.clone().with_bearer(&self.key);
            self.cloud.admin_api(&request)
        };
        answer.expect("no answer is lost here")
    }

    /// Values that an answer lists become known under these names.
    fn learn(&mut self, names: &[&str], values: Vec<String>) {
        assert!(!values.is_empty(), "nothing is listed for {names:?}");
        for name in names {
            self.ids.insert((*name).to_owned(), values.clone());
        }
    }

    fn one(&self, name: &str) -> &str {
        &self.ids[name][0]
    }

    fn try_all(&mut self, validator: &Validator, method: &str, path: &str) {
        let ids = self.ids.clone();
        let known = move |name: &str| {
            let found = ids.get(name).map(Vec::as_slice).unwrap_or_default();
            found.iter().take(3).cloned().collect()
        };
        let requests = validator.generate(method, path, &known, 7, COMBINATIONS);
        assert!(
            !requests.is_empty(),
            "{method} {path} is not in the document"
        );
        for request in requests {
            let response = self.send(&request);
            self.judge(validator, &request, &response);
        }
    }

    fn judge(&mut self, validator: &Validator, request: &Request, response: &Response) {
        let wrong = validator.check_request(request);
        let accepted = response.status < 300;
        self.requests += 1;
        self.accepted += usize::from(accepted);
        let said = String::from_utf8_lossy(&response.body);
        let for_a_reason = BEYOND_SCHEMAS.iter().any(|reason| said.contains(reason));
        let refused = response.status == 400 && wrong.is_empty() && !for_a_reason;
        if response.status >= 500 || accepted && !wrong.is_empty() || refused {
            let sent = String::from_utf8_lossy(&request.body);
            self.failures.push(format!(
                "{} {} {:?} {sent}: {} {}, and the document says {wrong:?}",
                request.method,
                request.path,
                request.query,
                response.status,
                said.chars().take(200).collect::<String>()
            ));
        }
        self.failures.extend(validator.check(request, response));
    }
}

fn texts(page: &Value, list: &str, field: &str) -> Vec<String> {
    let rows = page[list].as_array().into_iter().flatten();
    rows.filter_map(|row| row[field].as_str().map(str::to_owned))
        .collect()
}

/// Lists what there is, so that later requests name it.
fn discover(driver: &mut Driver, base: &str) {
    let page = driver
        .send(&Request::get(&format!("{base}/directories")))
        .value();
    driver.learn(&["directoryIds"], texts(&page, "data", "directoryId"));
    let search = format!("{base}/directories/-/users/search");
    let page = driver
        .send(&Request::post(&search, &json!({"limit": 3})))
        .value();
    driver.learn(
        &["accountIds", "accountId"],
        texts(&page, "data", "accountId"),
    );
    let next = page["links"]["next"].as_str().expect("more").to_owned();
    driver.learn(&["cursor"], vec![next]);
    let query = json!({"limit": 9, "claimStatus": "managed", "status": ["active"]});
    let page = driver.send(&Request::post(&search, &query)).value();
    let mut managed = texts(&page, "data", "accountId");
    // Neither an administrator, who would lock themselves out, nor one whom the identity provider owns.
    managed.retain(|id| {
        let user = driver.cloud.organization().user(id).expect("listed");
        !user.synced && user.platform_roles.is_empty() && user.memberships.len() == 2
    });
    driver.learn(&["leaver"], managed.split_off(1));
    driver.learn(&["managed"], managed);
    driver.learn(&["email"], vec!["somebody@acme.example".to_owned()]);
    driver.learn(&["emailDomains"], vec!["acme.example".to_owned()]);
    let groups = format!("{base}/directories/-/groups/search");
    let query = json!({"limit": 3, "roleIds": ["atlassian/user"]});
    let page = driver.send(&Request::post(&groups, &query)).value();
    driver.learn(&["groupIds", "groupId"], texts(&page, "data", "id"));
    driver.learn(
        &["groupNames", "groupname", "groupName"],
        texts(&page, "data", "name"),
    );
    let page = driver
        .send(&Request::post(&format!("{base}/workspaces"), &json!({})))
        .value();
    driver.learn(&["resourceIds", "resource"], texts(&page, "data", "id"));
    let issue = driver.cloud.make_issue("OPS", "Seats");
    driver.learn(&["issue"], vec![issue]);
    driver.learn(&["resourceOwners"], vec!["jira-software".to_owned()]);
}

fn operations(driver: &Driver, base: &str, organization: &str) -> Vec<(&'static str, String)> {
    let directory = driver.one("directoryIds");
    let (account, group) = (driver.one("accountIds"), driver.one("groupIds"));
    let managed = driver.one("managed");
    let mut all: Vec<(&str, String)> = vec![
        ("GET", "/admin/v1/orgs".to_owned()),
        ("GET", format!("/admin/v1/orgs/{organization}")),
        (
            "GET",
            format!("/admin/v1/orgs/{organization}/events-stream"),
        ),
        (
            "GET",
            format!("/admin/v1/orgs/{organization}/event-actions"),
        ),
        ("GET", format!("{base}/directories")),
        ("POST", format!("{base}/workspaces")),
        (
            "GET",
            format!("/admin/v1/orgs/{organization}/directory/users/{account}/last-active-dates"),
        ),
        ("GET", format!("/users/{account}/manage")),
        (
            "POST",
            format!("{base}/directories/{directory}/users/{account}/suspend"),
        ),
        (
            "POST",
            format!("{base}/directories/{directory}/users/{account}/restore"),
        ),
    ];
    for (method, rest) in [
        ("GET", "profile"),
        ("PATCH", "profile"),
        ("PUT", "email"),
        ("GET", "api-tokens"),
        ("DELETE", "api-tokens/none"),
        ("POST", "lifecycle/disable"),
        ("POST", "lifecycle/enable"),
        ("POST", "lifecycle/delete"),
        ("POST", "lifecycle/cancel-delete"),
    ] {
        all.extend([managed, account].map(|who| (method, format!("/users/{who}/manage/{rest}"))));
    }
    for change in ["assign", "revoke"] {
        let path = format!("/admin/v1/orgs/{organization}/users/{managed}/roles/{change}");
        all.push(("POST", path));
    }
    let memberships = format!("{base}/directories/{directory}/groups/{group}/memberships");
    all.push(("POST", memberships.clone()));
    all.push(("DELETE", format!("{memberships}/{account}")));
    for place in ["-", directory, "no-such-directory"] {
        let within = format!("{base}/directories/{place}");
        all.extend([
            ("POST", format!("{within}/users/search")),
            ("GET", format!("{within}/users/count")),
            ("GET", format!("{within}/users/stats")),
            ("GET", format!("{within}/users/{account}")),
            ("GET", format!("{within}/users/{account}/role-assignments")),
            ("POST", format!("{within}/groups/search")),
            ("GET", format!("{within}/groups/count")),
            ("GET", format!("{within}/groups/stats")),
            ("GET", format!("{within}/groups/{group}")),
            ("GET", format!("{within}/groups/{group}/role-assignments")),
            (
                "GET",
                format!("{within}/groups/no-such-group/role-assignments"),
            ),
        ]);
    }
    for rest in [
        "users/search",
        "user/bulk",
        "group/bulk",
        "group/member",
        "user/groups",
        "applicationrole",
        "applicationrole/jira-software",
        "applicationrole/no-such-role",
        "license/approximateLicenseCount",
        "license/approximateLicenseCount/product/jira-servicedesk",
        "instance/license",
        "myself",
        "mypermissions",
        "serverInfo",
        "project/OPS/statuses",
        "project/NOWHERE/statuses",
    ] {
        all.push(("GET", format!("/rest/api/3/{rest}")));
    }
    let issue = driver.one("issue");
    for issue in [issue, "OPS-9"] {
        all.push(("POST", format!("/rest/api/3/issue/{issue}/notify")));
    }
    // Whoever is removed can be asked about no more.
    let leaver = driver.one("leaver");
    let leave = format!("{base}/directories/{directory}/users/{leaver}");
    all.push(("DELETE", leave));
    all
}

#[test]
fn generated_requests_keep_to_the_documents() {
    let validator = match Validator::load() {
        Ok(validator) => validator,
        Err(reason) => {
            println!("{reason}");
            return;
        }
    };
    let mut switchings = vec![Switches::default()];
    switchings.extend((1..=3).map(Switches::from_seed));
    let (mut requests, mut accepted) = (0, 0);
    for switches in switchings {
        let mut driver = Driver::new(switches);
        let organization = driver.cloud.organization().id.clone();
        let base = format!("/admin/v2/orgs/{organization}");
        discover(&mut driver, &base);
        for (method, path) in operations(&driver, &base, &organization) {
            driver.try_all(&validator, method, &path);
        }
        driver.failures.sort();
        driver.failures.dedup();
        let sample: Vec<&String> = driver.failures.iter().take(12).collect();
        assert!(
            sample.is_empty(),
            "{} failures: {sample:#?}",
            driver.failures.len()
        );
        requests += driver.requests;
        accepted += driver.accepted;
    }
    println!("{requests} requests, {accepted} of them accepted");
    assert!(accepted * 5 > requests && accepted * 10 < requests * 9);
}
