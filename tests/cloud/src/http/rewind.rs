//! The same day more than once: a state is kept, and the cloud goes back to it, to be looked at at the same times.

use std::sync::{Arc, PoisonError};

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;

use super::Shared;
use crate::clock::{Clock, Time};
use crate::cloud::Cloud;

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

/// Body of `until`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Until {
    time: Time,
}

/// Moves the clock to a time; never back.
pub(super) async fn pass_until(
    State(shared): State<Arc<Shared>>,
    Json(body): Json<Until>,
) -> StatusCode {
    shared.cloud().clock().advance_to(body.time);
    shared.work.notify_one();
    StatusCode::NO_CONTENT
}
