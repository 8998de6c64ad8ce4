//! HTTP without a network: the requests and answers of every simulated API.

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// What a call gives: an answer, or no answer at all.
pub type Answer = Result<Response, Lost>;

/// No answer came. The client cannot know whether the cloud acted; the simulation can, and says so.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no answer: the {kind:?} fault struck {}", if *.effect_done { "after the effect" } else { "before the effect" })]
pub struct Lost {
    /// How the answer got lost.
    pub kind: LostKind,
    /// Whether the request had its effect before the answer was lost.
    pub effect_done: bool,
}

/// How an answer gets lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum LostKind {
    /// The connection is cut at once.
    Cut,
    /// Nothing comes until the client gives up.
    Timeout,
}

/// One HTTP request as a simulated API receives it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Request {
    /// `GET`, `POST`, …
    pub method: String,
    /// The path without the query, still percent-encoded, such as `/admin/v1/orgs`.
    pub path: String,
    /// The query parameters, decoded, in order.
    pub query: Vec<(String, String)>,
    /// Header names (lower case) and values.
    pub headers: Vec<(String, String)>,
    /// The body, unparsed.
    pub body: Vec<u8>,
}

impl Request {
    /// A request without a body. The target is a path that may carry a query string.
    pub fn new(method: &str, target: &str) -> Self {
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        Request {
            method: method.to_owned(),
            path: path.to_owned(),
            query: parse_query(query),
            ..Request::default()
        }
    }

    /// A `GET` request.
    pub fn get(target: &str) -> Self {
        Request::new("GET", target)
    }

    /// A `POST` request with a JSON body and its content type.
    pub fn post(target: &str, body: &Value) -> Self {
        let mut request =
            Request::new("POST", target).with_header("content-type", "application/json");
        request.body = body.to_string().into_bytes();
        request
    }

    /// Adds a header.
    pub fn with_header(mut self, name: &str, value: &str) -> Self {
        self.headers
            .push((name.to_ascii_lowercase(), value.to_owned()));
        self
    }

    /// Adds `Authorization: Bearer …`.
    pub fn with_bearer(self, key: &str) -> Self {
        self.with_header("authorization", &format!("Bearer {key}"))
    }

    /// The first value of a header, by its lower-case name.
    pub fn header(&self, name: &str) -> Option<&str> {
        find(&self.headers, name)
    }

    /// The first value of a query parameter.
    pub fn parameter(&self, name: &str) -> Option<&str> {
        find(&self.query, name)
    }

    /// All values of a query parameter.
    pub fn parameters(&self, name: &str) -> impl Iterator<Item = &str> {
        let named = self.query.iter().filter(move |(key, _)| key == name);
        named.map(|(_, value)| value.as_str())
    }

    /// The path's segments, percent-decoded.
    pub fn segments(&self) -> Vec<String> {
        self.path
            .trim_matches('/')
            .split('/')
            .map(percent_decode)
            .collect()
    }

    /// Whether the body is declared as a form with files.
    pub fn is_form(&self) -> bool {
        self.header("content-type")
            .is_some_and(|value| value.starts_with("multipart/form-data;"))
    }

    /// Whether the body is declared as JSON.
    pub fn is_json(&self) -> bool {
        self.header("content-type").is_some_and(|value| {
            let essence = value.split(';').next().unwrap_or_default();
            essence.trim().eq_ignore_ascii_case("application/json")
        })
    }
}

/// One HTTP answer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Response {
    /// The HTTP status.
    pub status: u16,
    /// Header names (lower case) and values.
    pub headers: Vec<(String, String)>,
    /// The body, unparsed.
    pub body: Vec<u8>,
}

impl Response {
    /// An answer with a JSON body.
    pub fn json(status: u16, body: &Value) -> Self {
        Response {
            status,
            headers: vec![("content-type".to_owned(), "application/json".to_owned())],
            body: body.to_string().into_bytes(),
        }
    }

    /// An answer with a JSON body, written without a tree of values in between.
    pub fn written(status: u16, body: &impl Serialize) -> Self {
        Response {
            body: serde_json::to_vec(body).unwrap_or_default(),
            ..Response::json(status, &Value::Null)
        }
    }

    /// An answer without a body.
    pub fn empty(status: u16) -> Self {
        Response {
            status,
            ..Response::default()
        }
    }

    /// Adds a header.
    pub fn with_header(mut self, name: &str, value: &str) -> Self {
        self.headers
            .push((name.to_ascii_lowercase(), value.to_owned()));
        self
    }

    /// The first value of a header, by its lower-case name.
    pub fn header(&self, name: &str) -> Option<&str> {
        find(&self.headers, name)
    }

    /// The body as JSON; `null` when it is not JSON.
    pub fn value(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or(Value::Null)
    }
}

fn find<'a>(pairs: &'a [(String, String)], name: &str) -> Option<&'a str> {
    pairs
        .iter()
        .find(|(key, _)| key == name)
        .map(|(_, value)| value.as_str())
}

/// Splits and decodes a query string.
pub fn parse_query(query: &str) -> Vec<(String, String)> {
    query
        .split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            (
                percent_decode(&name.replace('+', " ")),
                percent_decode(&value.replace('+', " ")),
            )
        })
        .collect()
}

/// Decodes `%XX`; anything malformed stays as it is.
pub fn percent_decode(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let escaped = text
            .get(at + 1..at + 3)
            .filter(|_| byte == b'%')
            .and_then(|hex| u8::from_str_radix(hex, 16).ok());
        decoded.push(escaped.unwrap_or(byte));
        at += if escaped.is_some() { 3 } else { 1 };
    }
    String::from_utf8_lossy(&decoded).into_owned()
}
