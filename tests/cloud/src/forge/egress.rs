//! What the app may reach besides what its manifest names: addresses that administrators allowed (customer-managed egress),
//! and a receiver that stands at all of them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::clock::Time;
use crate::cloud::Cloud;
use crate::faults::Refusals;
use crate::message::{Answer, Lost, LostKind, Request, Response};

/// The most groups of addresses, and the most addresses of one.
const MOST: usize = 10;
/// On the answer that stands for a refusal of the platform: the address was never reached.
pub const REFUSED: &str = "x-simulated-egress";

/// Addresses that were allowed, and what was received at them.
#[derive(Clone, Debug, Default)]
pub struct Outside {
    /// The addresses of each group.
    groups: BTreeMap<String, Vec<String>>,
    received: Vec<Received>,
    answers: Answering,
}

/// A message that reached the receiver.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Received {
    /// When.
    pub at: Time,
    /// At which address.
    pub url: String,
    /// Header names (lower case) and values.
    pub headers: Vec<(String, String)>,
    /// The body as it came.
    pub body: String,
}

/// How the receiver answers.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(default, rename_all = "camelCase", deny_unknown_fields)]
pub struct Answering {
    /// With this status.
    pub status: u16,
    /// After so many seconds it may be asked again.
    pub retry_after: Option<u32>,
    /// Where it leads elsewhere.
    pub location: Option<String>,
    /// Never: whoever waits gives up.
    pub hangs: bool,
}

impl Default for Answering {
    fn default() -> Self {
        Answering {
            status: 200,
            retry_after: None,
            location: None,
            hangs: false,
        }
    }
}

impl Cloud {
    /// An administrator allows what `permissions.egress.set` asked for: `{"egresses": [{"key", "description", "configured":
    /// [{"domain", "type": […]}]}]}`. A group takes the place of the one of its key.
    pub fn set_egress(&mut self, payload: &Value) -> Response {
        if !self.forge.manifest.configurable_egress {
            return Response::empty(403);
        }
        let mut groups = self.forge.outside.groups.clone();
        for egress in payload["egresses"].as_array().into_iter().flatten() {
            let mut domains = Vec::new();
            for one in egress["configured"].as_array().into_iter().flatten() {
                let is_backend = one["type"]
                    .as_array()
                    .is_some_and(|types| types.contains(&json!("FETCH_BACKEND_SIDE")));
                match one["domain"].as_str() {
                    Some(domain) if is_backend => domains.push(domain.to_owned()),
                    _ => return Response::empty(400),
                }
            }
            let (Some(key), Some(_)) = (egress["key"].as_str(), egress["description"].as_str())
            else {
                return Response::empty(400);
            };
            if domains.is_empty() || domains.len() > MOST {
                return Response::empty(400);
            }
            groups.insert(key.to_owned(), domains);
        }
        if groups.len() > MOST {
            return Response::empty(400);
        }
        self.forge.outside.groups = groups;
        Response::json(201, &json!({"results": self.egress()}))
    }

    /// What is allowed, as `permissions.egress.get` says it.
    pub fn egress(&self) -> Value {
        let groups = self.forge.outside.groups.iter().map(|(key, domains)| {
            let configured: Vec<Value> = domains
                .iter()
                .map(|domain| json!({"domain": domain, "type": ["FETCH_BACKEND_SIDE"]}))
                .collect();
            json!({"key": key, "description": "", "configured": configured})
        });
        groups.collect()
    }

    /// An administrator deletes a group.
    pub fn delete_egress(&mut self, key: &str) {
        self.forge.outside.groups.remove(key);
    }

    /// Everything that reached the receiver, in order.
    pub fn received(&self) -> &[Received] {
        &self.forge.outside.received
    }

    /// Changes how the receiver answers.
    pub fn set_receiver(&mut self, answers: Answering) {
        self.forge.outside.answers = answers;
    }

    /// A call of the app to somewhere outside. One that is not allowed is answered with [`REFUSED`], and reaches nobody.
    pub fn outside(&mut self, url: &str, request: &Request) -> Answer {
        if !self.is_allowed(url) {
            return Ok(Response::empty(403).with_header(REFUSED, "refused"));
        }
        let refusals = Refusals {
            too_many_requests: Response::empty(429),
            forbidden: Response::empty(403),
            cursor_expired: Response::empty(400),
            server_error: Response::empty,
        };
        let answer = self.call("outside", url, request.body.len(), refusals, |cloud| {
            cloud.receive(url, request)
        });
        if self.forge.outside.answers.hangs {
            return Err(Lost {
                kind: LostKind::Timeout,
                effect_done: true,
            });
        }
        answer
    }

    /// By protocol and host, as the platform's own filter does it.
    fn is_allowed(&self, url: &str) -> bool {
        let origin = |url: &str| {
            let (protocol, rest) = url.split_once("://").unwrap_or(("https", url));
            let host = rest.split(['/', '?']).next().unwrap_or_default();
            (protocol.to_owned(), host.to_owned())
        };
        let mut allowed = self.forge.outside.groups.values().flatten();
        url.starts_with("https://") && allowed.any(|domain| origin(domain) == origin(url))
    }

    fn receive(&mut self, url: &str, request: &Request) -> Response {
        let outside = &mut self.forge.outside;
        outside.received.push(Received {
            at: self.clock.now(),
            url: url.to_owned(),
            headers: request.headers.clone(),
            body: String::from_utf8_lossy(&request.body).into_owned(),
        });
        let answers = &outside.answers;
        let mut response = Response::empty(answers.status);
        if let Some(seconds) = answers.retry_after {
            response = response.with_header("retry-after", &seconds.to_string());
        }
        if let Some(location) = &answers.location {
            response = response.with_header("location", location);
        }
        response
    }
}
