//! The same day more than once: a state is kept, and the cloud goes back to it under other conditions.

use std::sync::{Arc, PoisonError};

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;

use super::Shared;
use crate::clock::Clock;
use crate::cloud::Cloud;
use crate::limits::Latency;

/// Keeps the state of the cloud, storage and queues included.
pub(super) async fn keep(State(shared): State<Arc<Shared>>) -> StatusCode {
    let copy = copy_of(&shared.cloud());
    *shared.kept.lock().unwrap_or_else(PoisonError::into_inner) = Some(copy);
    StatusCode::NO_CONTENT
}

/// Goes back to the state that was kept; 409 where none was, or where a function runs.
pub(super) async fn rewind(State(shared): State<Arc<Shared>>) -> StatusCode {
    let kept = shared.kept.lock().unwrap_or_else(PoisonError::into_inner);
    match kept.as_ref().filter(|_| shared.runtime.is_idle()) {
        Some(kept) => {
            *shared.cloud() = copy_of(kept);
            StatusCode::NO_CONTENT
        }
        None => StatusCode::CONFLICT,
    }
}

/// A copy with a clock of its own: a real clock runs on, a virtual one comes back to its time.
fn copy_of(cloud: &Cloud) -> Cloud {
    let mut copy = cloud.clone();
    if cloud.clock.is_virtual() {
        copy.clock = Clock::virtual_at(cloud.now());
    }
    copy
}

/// Body of `conditions`; what is absent stays.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Conditions {
    /// Milliseconds of an API call; a storage call keeps its 30.
    api_millis: Option<u32>,
    /// Calls of the organization API a minute.
    api_per_minute: Option<u32>,
}

/// Changes how long calls take and how many are allowed.
pub(super) async fn set_conditions(
    State(shared): State<Arc<Shared>>,
    Json(body): Json<Conditions>,
) -> StatusCode {
    let mut cloud = shared.cloud();
    if let Some(millis) = body.api_millis {
        cloud.latency = Latency::Api(millis);
    }
    if let Some(calls) = body.api_per_minute {
        cloud.limits.admin_per_minute = calls;
    }
    StatusCode::NO_CONTENT
}
