//! For the driver: the mail that Jira delivered, and the issues that it is sent for.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::{Value, json};

use super::Shared;

type Engine = State<Arc<Shared>>;

/// Everything that was delivered, in order.
pub(super) async fn inbox(State(shared): Engine) -> Json<Value> {
    Json(json!({"data": shared.cloud().inbox()}))
}

/// One mail as an `.eml` file, by its number.
pub(super) async fn eml(State(shared): Engine, Path(number): Path<usize>) -> Response {
    let cloud = shared.cloud();
    let mail = number.checked_sub(1).and_then(|at| cloud.inbox().get(at));
    match mail {
        Some(mail) => ([(header::CONTENT_TYPE, "message/rfc822")], mail.eml()).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

/// Body of `mail`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct MailChange {
    on: bool,
}

/// Switches outgoing mail on or off.
pub(super) async fn mail(State(shared): Engine, Json(body): Json<MailChange>) -> StatusCode {
    shared.cloud().set_outgoing_mail(body.on);
    StatusCode::NO_CONTENT
}

/// Body of `issue`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NewIssue {
    project: String,
    summary: String,
}

/// A person makes an issue.
pub(super) async fn issue(State(shared): Engine, Json(body): Json<NewIssue>) -> Json<Value> {
    let key = shared.cloud().make_issue(&body.project, &body.summary);
    Json(json!({ "key": key }))
}
