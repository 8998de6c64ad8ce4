//! A small organization with a key and an installed app, for the tests of the engine.

use std::time::Duration;

use cloud::admin_api::KeyKind;
use cloud::{Clock, Cloud, Options, Request, Response, Time};
use serde_json::{Value, json};

/// The reference time.
pub fn now() -> Time {
    "2026-11-21T06:00:00Z".parse().expect("a constant")
}

/// A cloud, its clock, a key and the ids that requests need.
pub struct Tenant {
    pub cloud: Cloud,
    pub clock: Clock,
    pub key: String,
    pub organization: String,
    pub directory: String,
}

impl Tenant {
    /// 300 people, the default switches, changed as wanted.
    pub fn new(change: impl FnOnce(&mut Options)) -> Self {
        let clock = Clock::virtual_at(now());
        let mut options = Options::new(5, 300, clock.clone());
        change(&mut options);
        let mut cloud = Cloud::new(options);
        cloud.install(&manifest()).expect("a valid manifest");
        let owner = cloud.organization().people.org_admins[0].clone();
        Tenant {
            key: cloud.create_key(KeyKind::WithoutScopes, &owner),
            organization: cloud.organization().id.clone(),
            directory: cloud.organization().directories[0].id.clone(),
            cloud,
            clock,
        }
    }

    /// Moves the clock.
    pub fn pass(&self, millis: u64) {
        self.clock.advance(Duration::from_millis(millis));
    }

    /// An answer of the organization API to a request with the key.
    pub fn admin(&mut self, request: Request) -> Response {
        let request = request.with_bearer(&self.key);
        self.cloud.admin_api(&request).expect("no fault is set")
    }

    /// `POST` below the directories.
    pub fn post(&mut self, path: &str, body: &Value) -> Response {
        let path = format!("/admin/v2/orgs/{}/directories/{path}", self.organization);
        self.admin(Request::post(&path, body))
    }

    /// `GET` below the directories.
    pub fn get(&mut self, path: &str) -> Response {
        let path = format!("/admin/v2/orgs/{}/directories/{path}", self.organization);
        self.admin(Request::get(&path))
    }

    /// Suspends or restores.
    pub fn change_standing(&mut self, account: &str, write: &str) -> Response {
        let path = format!("{}/users/{account}/{write}", self.directory);
        self.post(&path, &json!({}))
    }

    /// One row of `users/search`, with all expansions.
    pub fn row(&mut self, account: &str) -> Value {
        let expand = ["productAccess", "groups", "platformRoles"];
        let body = json!({"accountIds": [account], "expand": expand});
        self.post("-/users/search", &body).value()["data"][0].clone()
    }

    /// A storage call.
    pub fn storage(&mut self, path: &str, body: &Value) -> Response {
        let path = format!("/api/v1{path}");
        self.cloud.storage(&path, body).expect("no fault is set")
    }
}

/// An app that uses everything.
pub fn manifest() -> Value {
    json!({
        "app": {
            "id": "ari:cloud:ecosystem::app/test",
            "storage": {"entities": [{
                "name": "audit",
                "attributes": {
                    "subject": {"type": "string"},
                    "time": {"type": "string"},
                    "seq": {"type": "integer"},
                    "ratio": {"type": "float"},
                    "open": {"type": "boolean"},
                    "tags": {"type": "any"},
                },
                "indexes": [
                    {"name": "by-subject", "partition": ["subject"], "range": ["time"]},
                    {"name": "by-seq", "range": ["seq"]},
                    "time",
                ],
            }]},
        },
        "permissions": {"scopes": ["storage:app", "read:jira-work", "read:jira-user"]},
        "modules": {
            "function": [
                {"key": "tick", "handler": "index.tick"},
                {"key": "work", "handler": "index.work", "timeoutSeconds": 900},
                {"key": "answer", "handler": "index.answer"},
                {"key": "resolver", "handler": "index.resolver"},
            ],
            "scheduledTrigger": [{"key": "every-five", "function": "tick", "interval": "fiveMinute"}],
            "consumer": [
                {"key": "work-consumer", "queue": "work", "function": "work"},
                {"key": "answer-consumer", "queue": "answer", "function": "answer"},
            ],
            "jira:adminPage": [{"key": "admin", "title": "T", "resource": "main", "resolver": {"function": "resolver"}}],
        },
    })
}

/// The code in an error body of the organization API.
pub fn error_code(response: &Response) -> String {
    let body = response.value();
    let code = body["errors"][0]["code"].as_str();
    code.unwrap_or("none").to_owned()
}

/// The code in an error body of the storage.
pub fn storage_code(response: &Response) -> String {
    let body = response.value();
    body["code"].as_str().unwrap_or("none").to_owned()
}
