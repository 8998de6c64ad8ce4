//! The same day more than once: a state is kept, and the cloud goes back to it, to be looked at at the same times.

use std::sync::{Arc, PoisonError};

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;

use super::Shared;
use crate::clock::Time;

/// Keeps the state of the cloud, storage and queues included.
pub(super) async fn keep(State(shared): State<Arc<Shared>>) -> StatusCode {
    let copy = shared.cloud().copy();
    *shared.kept.lock().unwrap_or_else(PoisonError::into_inner) = Some(copy);
    StatusCode::NO_CONTENT
}

/// Goes back to the state that was kept; 409 where none was, or where a function runs.
pub(super) async fn rewind(State(shared): State<Arc<Shared>>) -> StatusCode {
    let kept = shared.kept.lock().unwrap_or_else(PoisonError::into_inner);
    match kept.as_ref().filter(|_| shared.runtime.is_idle()) {
        Some(kept) => {
            *shared.cloud() = kept.copy();
            StatusCode::NO_CONTENT
        }
        None => StatusCode::CONFLICT,
    }
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
