//! The services that the app calls.

use std::sync::Arc;

use axum::body::{Body, Bytes};
use axum::extract::{Path, State};
use axum::http::{HeaderMap, Method, StatusCode, Uri};
use serde_json::{Value, json};

use super::{Shared, deliver};
use crate::jira_api::Caller;
use crate::message::{Answer, Request, Response};

type Handled = axum::response::Response;

/// `/api.atlassian.com/*`.
pub async fn admin(
    State(shared): State<Arc<Shared>>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Handled {
    let request = request("/api.atlassian.com", &method, &uri, &headers, &body);
    wait(&shared, "admin").await;
    let answer = shared.cloud().admin_api(&request);
    deliver(&shared, answer).await
}

/// `/jira/*`, as whoever `x-simulated-caller` names: `app` or `user:<accountId>`.
pub async fn jira(
    State(shared): State<Arc<Shared>>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Handled {
    let request = request("/jira", &method, &uri, &headers, &body);
    let caller = match request.header("x-simulated-caller") {
        Some("app") => Caller::App,
        Some(text) if text.starts_with("user:") => Caller::User(text["user:".len()..].to_owned()),
        _ => {
            let message = "send x-simulated-caller: app, or user: with an account id";
            return response(Response::json(400, &json!({"message": message})));
        }
    };
    wait(&shared, "jira").await;
    let answer = shared.cloud().jira_api(&caller, &request);
    deliver(&shared, answer).await
}

/// `/forge/storage/api/v1/*`.
pub async fn storage(
    State(shared): State<Arc<Shared>>,
    Path(path): Path<String>,
    body: Bytes,
) -> Handled {
    let Some(body) = json_of(&body) else {
        return not_json();
    };
    wait(&shared, "storage.").await;
    let answer = shared.cloud().storage(&format!("/{path}"), &body);
    deliver(&shared, answer).await
}

/// `/forge/queue/{publish,stats,cancel}`; `x-simulated-invocation` may name the invocation that pushes.
pub async fn queue(
    State(shared): State<Arc<Shared>>,
    Path(operation): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Handled {
    let Some(body) = json_of(&body) else {
        return not_json();
    };
    let invocation = headers
        .get("x-simulated-invocation")
        .and_then(|value| value.to_str().ok()?.parse().ok());
    let answer = queue_answer(&shared, &operation, invocation, &body);
    shared.work.notify_one();
    deliver(&shared, answer).await
}

/// `/forge/graphql`.
pub async fn graphql(State(shared): State<Arc<Shared>>, body: Bytes) -> Handled {
    let Some(body) = json_of(&body) else {
        return not_json();
    };
    wait(&shared, "webtrigger").await;
    let answer = shared.cloud().graphql(&body);
    deliver(&shared, answer).await
}

/// `/forge/report-accounts`.
pub async fn report_accounts(State(shared): State<Arc<Shared>>, body: Bytes) -> Handled {
    let Some(body) = json_of(&body) else {
        return not_json();
    };
    wait(&shared, "privacy").await;
    let answer = shared.cloud().report_accounts(&body);
    deliver(&shared, answer).await
}

fn queue_answer(shared: &Shared, operation: &str, invocation: Option<u64>, body: &Value) -> Answer {
    let mut cloud = shared.cloud();
    match (operation, invocation) {
        ("publish", Some(invocation)) => cloud.queue_publish_within(invocation, body),
        ("publish", None) => cloud.queue_publish(body),
        ("stats", _) => cloud.queue_stats(body),
        ("cancel", _) => cloud.queue_cancel(body),
        _ => Ok(Response::empty(404)),
    }
}

/// The engine's response on the wire.
pub(super) fn response(from: Response) -> Handled {
    let status = StatusCode::from_u16(from.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut builder = axum::http::Response::builder().status(status);
    for (name, value) in &from.headers {
        builder = builder.header(name, value);
    }
    builder
        .body(Body::from(from.body))
        .unwrap_or_else(|_| Handled::new(Body::empty()))
}

pub(super) async fn wait(shared: &Shared, operation: &str) {
    let latency = {
        let cloud = shared.cloud();
        if cloud.clock().is_virtual() {
            return;
        }
        cloud.latency_of(operation)
    };
    if !latency.is_zero() {
        tokio::time::sleep(latency).await;
    }
}

/// A request on the wire as the engine receives it.
pub(super) fn request(
    prefix: &str,
    method: &Method,
    uri: &Uri,
    headers: &HeaderMap,
    body: &Bytes,
) -> Request {
    let target = uri.path_and_query().map_or("/", |target| target.as_str());
    let mut request = Request::new(method.as_str(), target.trim_start_matches(prefix));
    request.headers = headers
        .iter()
        .map(|(name, value)| {
            let value = String::from_utf8_lossy(value.as_bytes()).into_owned();
            (name.as_str().to_owned(), value)
        })
        .collect();
    request.body = body.to_vec();
    request
}

fn json_of(body: &Bytes) -> Option<Value> {
    serde_json::from_slice(body).ok()
}

fn not_json() -> Handled {
    let message = "the body is not JSON";
    response(Response::json(
        400,
        &json!({"code": "INVALID_BODY", "message": message}),
    ))
}
