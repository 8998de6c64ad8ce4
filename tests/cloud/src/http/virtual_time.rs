//! Time that passes without waiting: a clock that stands still is moved by what each call takes, and by nothing else.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::Shared;
use crate::clock::Time;

/// In a request, when its caller sends it; in the answer, when it arrives there. Milliseconds since 1970.
const NOW: &str = "x-simulated-now";
/// In an answer that stands for none: the caller takes as long to give up as it has patience.
const LOST: &str = "x-simulated-lost";

/// Lets a call take its time. Calls sent together take it together.
pub(super) async fn pass(
    State(shared): State<Arc<Shared>>,
    request: Request,
    next: Next,
) -> Response {
    if !shared.cloud().clock().is_virtual() {
        return next.run(request).await;
    }
    take_time(&shared, &request);
    let mut response = next.run(request).await;
    let now = shared.cloud().now().timestamp_millis();
    response.headers_mut().insert(NOW, HeaderValue::from(now));
    response
}

fn take_time(shared: &Shared, request: &Request) {
    let cloud = shared.cloud();
    let sent = request.headers().get(NOW);
    let sent = sent.and_then(|text| Time::from_timestamp_millis(text.to_str().ok()?.parse().ok()?));
    let latency: Duration = cloud.latency_of(service(request.uri().path()));
    let latency = chrono::TimeDelta::from_std(latency).unwrap_or_default();
    cloud
        .clock()
        .advance_to(sent.unwrap_or_else(|| cloud.now()) + latency);
}

/// Which latency counts, by the beginning of the path.
fn service(path: &str) -> &'static str {
    match path.split('/').nth(1) {
        Some("forge") if path.starts_with("/forge/storage/") => "storage.",
        Some("forge") => "queue.",
        Some("jira") => "jira.",
        _ => "admin",
    }
}

/// What stands for an answer that never comes.
pub(super) fn never_answered() -> Response {
    (StatusCode::GATEWAY_TIMEOUT, [(LOST, "timeout")]).into_response()
}

/// When nothing runs and something waits for its time, its time has come.
pub(super) fn skip_to_next_event(shared: &Shared) {
    let cloud = shared.cloud();
    if !cloud.clock().is_virtual() || !shared.runtime.is_idle() {
        return;
    }
    if cloud.queue_state().running > 0 {
        return;
    }
    if let Some(due) = cloud.next_event_at().filter(|due| *due > cloud.now()) {
        cloud.clock().advance_to(due);
        shared.work.notify_one();
    }
}
