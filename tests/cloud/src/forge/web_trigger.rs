//! Web triggers: URLs at which anybody reaches a function of the app, which chooses one of the answers that the manifest
//! declares.

use std::collections::{BTreeMap, BTreeSet};

use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use serde_json::{Value, json};

use super::invocation::{Invocation, Module};
use super::manifest::{ManifestError, each, refuse, text};
use crate::cloud::Cloud;
use crate::faults::Refusals;
use crate::message::{Answer, Request, Response};
use crate::organization::uuid;

const MOST_OUTPUTS: usize = 20;
const MOST_BODY_CHARACTERS: usize = 1_024;
/// What the paths of all URLs begin with.
const PREFIX: &str = "/x1/";

/// `modules.webtrigger` with static responses.
#[derive(Clone, Debug)]
pub struct WebTrigger {
    /// Its key.
    pub key: String,
    /// The key of its function.
    pub function: String,
    /// The answers among which the function chooses.
    pub outputs: Vec<Output>,
}

/// One answer of a web trigger.
#[derive(Clone, Debug)]
pub struct Output {
    /// Its key.
    pub key: String,
    /// The HTTP status.
    pub status: u16,
    /// The content type.
    pub content_type: Option<String>,
    /// The body.
    pub body: String,
}

/// The URLs of the installation's web triggers.
#[derive(Clone, Debug)]
pub(crate) struct WebTriggerUrls {
    origin: String,
    /// The keys of the modules, by the last part of each URL.
    keys: BTreeMap<String, String>,
    draw: ChaCha8Rng,
}

impl WebTriggerUrls {
    pub(super) fn new(seed: u64, installation: &str) -> Self {
        WebTriggerUrls {
            origin: format!("https://{installation}.hello.atlassian-dev.net"),
            keys: BTreeMap::new(),
            draw: ChaCha8Rng::seed_from_u64(seed ^ 0x11_4B),
        }
    }

    /// The URL of a module: the one that there is, or a new one.
    fn of(&mut self, key: &str, anew: bool) -> String {
        let known = self.keys.iter().find(|(_, module)| *module == key);
        let id = match known {
            Some((id, _)) if !anew => id.clone(),
            _ => {
                let id = uuid(&mut self.draw);
                self.keys.insert(id.clone(), key.to_owned());
                id
            }
        };
        format!("{}{PREFIX}{id}", self.origin)
    }
}

/// Reads one module.
pub(super) fn web_trigger(value: &Value) -> Result<WebTrigger, ManifestError> {
    let key = text(value, "key")?;
    let response = &value["response"];
    if response["type"] != "static" {
        return refuse(&format!(
            "web trigger {key}: only static responses are simulated"
        ));
    }
    let outputs = each(&response["outputs"], output)?;
    let keys: BTreeSet<&str> = outputs.iter().map(|output| output.key.as_str()).collect();
    if outputs.is_empty() || outputs.len() > MOST_OUTPUTS || keys.len() < outputs.len() {
        return refuse(&format!(
            "web trigger {key}: 1 to {MOST_OUTPUTS} outputs, each with a key of its own"
        ));
    }
    Ok(WebTrigger {
        function: text(value, "function")?,
        outputs,
        key,
    })
}

fn output(value: &Value) -> Result<Output, ManifestError> {
    let key = text(value, "key")?;
    let body = value["body"].as_str().unwrap_or_default().to_owned();
    if body.chars().count() > MOST_BODY_CHARACTERS {
        return refuse(&format!(
            "output {key}: at most {MOST_BODY_CHARACTERS} characters"
        ));
    }
    let status = value["statusCode"].as_u64().unwrap_or_default();
    match u16::try_from(status) {
        Ok(status @ 200..=599) => Ok(Output {
            status,
            content_type: value["contentType"].as_str().map(str::to_owned),
            body,
            key,
        }),
        _ => refuse(&format!("output {key}: statusCode is no HTTP status")),
    }
}

impl Cloud {
    /// Where the URLs of web triggers begin, for a face that serves them itself.
    pub fn set_web_trigger_origin(&mut self, origin: &str) {
        origin.clone_into(&mut self.forge.web_trigger_urls.origin);
    }

    /// `POST /graphql` as `@forge/api` sends it for the URL of a web trigger; no other question is understood.
    pub fn graphql(&mut self, body: &Value) -> Answer {
        let text = body.to_string();
        let refusals = Refusals {
            too_many_requests: Response::empty(429),
            forbidden: Response::empty(403),
            cursor_expired: Response::empty(400),
            server_error: Response::empty,
        };
        self.call("webtrigger.url", &text, text.len(), refusals, |cloud| {
            cloud.web_trigger_url(body)
        })
    }

    fn web_trigger_url(&mut self, body: &Value) -> Response {
        let asks = body["query"].as_str().unwrap_or_default();
        if !asks.contains("createWebTriggerUrl(input: $input") {
            let errors = json!([{"message": "This question is not simulated."}]);
            return Response::json(400, &json!({ "errors": errors }));
        }
        let variables = &body["variables"];
        let key = variables["input"]["triggerKey"]
            .as_str()
            .unwrap_or_default();
        if self.forge.manifest.web_trigger(key).is_none() {
            let errors = json!([{"message": "There is no such web trigger."}]);
            let data = json!({"createWebTriggerUrl": null});
            return Response::json(200, &json!({"data": data, "errors": errors}));
        }
        let anew = variables["forceCreate"] == true;
        let url = self.forge.web_trigger_urls.of(key, anew);
        let data = json!({"createWebTriggerUrl": {"url": url}});
        Response::json(200, &json!({ "data": data }))
    }

    /// The call of a function that a request to a URL makes; none where there is no such URL.
    pub fn web_trigger_invocation(&mut self, request: &Request) -> Option<Invocation> {
        let id = request.path.strip_prefix(PREFIX)?;
        let key = self.forge.web_trigger_urls.keys.get(id)?;
        let trigger = self.forge.manifest.web_trigger(key)?.clone();
        let module = Module {
            module_type: "webtrigger",
            key: &trigger.key,
            function: &trigger.function,
        };
        // The platform hands on a question for the head as one for the whole.
        let method = match request.method.as_str() {
            "HEAD" => "GET",
            other => other,
        };
        let payload = json!({
            "method": method,
            "path": request.path,
            "userPath": "",
            "headers": lists_of(&request.headers),
            "queryParameters": lists_of(&request.query),
            "body": String::from_utf8_lossy(&request.body),
        });
        self.invocation(&module, payload, None).ok()
    }

    /// What whoever asked gets for the result of the function.
    pub fn web_trigger_answer(&self, invocation: &Invocation, result: &Value) -> Response {
        let trigger = self.forge.manifest.web_trigger(&invocation.module_key);
        let chosen = result["outputKey"].as_str();
        let output = trigger.and_then(|trigger| {
            let mut outputs = trigger.outputs.iter();
            outputs.find(|output| chosen == Some(&output.key))
        });
        let Some(output) = output else {
            let message = format!("the manifest declares no output {}", result["outputKey"]);
            return Response::json(500, &json!({ "message": message }));
        };
        let mut response = Response::empty(output.status);
        response.body = output.body.clone().into_bytes();
        match &output.content_type {
            Some(kind) => response.with_header("content-type", kind),
            None => response,
        }
    }
}

/// All values of each name.
fn lists_of(pairs: &[(String, String)]) -> Value {
    let mut lists: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (name, value) in pairs {
        lists.entry(name).or_default().push(value);
    }
    json!(lists)
}
