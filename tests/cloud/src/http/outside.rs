//! Calls of the app to somewhere outside, and for the driver what came of them.

use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, Method, StatusCode, Uri};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Shared, deliver, services};
use crate::forge::Answering;

type Engine = State<Arc<Shared>>;

/// `/outside/{host}/*`: `https://{host}/*`.
pub(super) async fn call(
    State(shared): Engine,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> axum::response::Response {
    let target = uri.path_and_query().map_or("", |target| target.as_str());
    let url = format!("https://{}", target.trim_start_matches("/outside/"));
    let request = services::request("/outside", &method, &uri, &headers, &body);
    services::wait(&shared, "outside").await;
    let answer = shared.cloud().outside(&url, &request);
    deliver(&shared, answer).await
}

/// What is allowed.
pub(super) async fn egress(State(shared): Engine) -> Json<Value> {
    Json(json!({"results": shared.cloud().egress()}))
}

/// An administrator allows addresses.
pub(super) async fn set_egress(
    State(shared): Engine,
    Json(payload): Json<Value>,
) -> axum::response::Response {
    let answer = shared.cloud().set_egress(&payload);
    services::response(answer)
}

/// Body of `DELETE egress`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Group {
    key: String,
}

/// An administrator deletes a group of addresses.
pub(super) async fn delete_egress(State(shared): Engine, Json(group): Json<Group>) -> StatusCode {
    shared.cloud().delete_egress(&group.key);
    StatusCode::NO_CONTENT
}

/// What reached the receiver.
pub(super) async fn received(State(shared): Engine) -> Json<Value> {
    Json(json!({"data": shared.cloud().received()}))
}

/// Changes how the receiver answers.
pub(super) async fn set_receiver(
    State(shared): Engine,
    Json(answers): Json<Answering>,
) -> StatusCode {
    shared.cloud().set_receiver(answers);
    StatusCode::NO_CONTENT
}
