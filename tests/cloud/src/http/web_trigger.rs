//! Where anybody reaches the app's web triggers: the URLs that the cloud gives out lead here.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, Method, Uri};
use serde_json::json;

use super::runtime::Ended;
use super::{Shared, services};
use crate::message::Response;

/// The strictest policy under which a page without scripts and styles shows and sends its form: what runs under this one
/// runs under any that the platform may set.
const CONTENT_POLICY: &str = "default-src 'none'; form-action 'self'; frame-ancestors 'none'";

/// One request to a URL of a web trigger.
pub(super) async fn visit(
    State(shared): State<Arc<Shared>>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> axum::response::Response {
    let request = services::request("", &method, &uri, &headers, &body);
    let (called, now) = {
        let mut cloud = shared.cloud();
        (cloud.web_trigger_invocation(&request), cloud.now())
    };
    let Some(invocation) = called else {
        return services::response(Response::empty(404));
    };
    let mut answer = match shared.runtime.invoke(&invocation, now).await {
        Ended::Returned(result) => shared.cloud().web_trigger_answer(&invocation, &result),
        Ended::Threw(message) => failed(&invocation.function_key, &message),
        Ended::TimedOut => failed(&invocation.function_key, "its time was up"),
    };
    if method == Method::HEAD {
        answer.body.clear();
    }
    services::response(answer.with_header("content-security-policy", CONTENT_POLICY))
}

fn failed(function: &str, message: &str) -> Response {
    eprintln!("{function}: {message}");
    Response::json(500, &json!({"message": "The function failed."}))
}
