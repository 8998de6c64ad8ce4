//! The engine on HTTP, for the real `@forge/*` packages in Node and for the driver of a demonstration or a measurement.
//!
//! The services lie below `/api.atlassian.com`, `/jira` and `/forge`, the web triggers of the app below `/x1`. What a driver may do lies below `/control`, in JSON:
//!
//! | call | does |
//! |---|---|
//! | `POST install` | installs the app: `manifest`, `runtimeUrl` |
//! | `POST keys`, `DELETE keys` | creates (`kind`, `owner`) or revokes (`apiKey`) an organization API key |
//! | `POST trigger`, `POST invoke` | runs a scheduled trigger, or a resolver as a person |
//! | `POST schedule`, `GET queue` | switches triggers by interval; how much is queued |
//! | `GET users`, `GET people` | the whole truth about everybody; well-known people, groups, sites |
//! | `GET meter`, `DELETE meter` | calls, answers, bytes, Jira points, storage, invocations since the last reset |
//! | `GET effects`, `GET storage` | what the APIs changed; what the app stored |
//! | `GET inbox`, `GET inbox/{number}`, `POST mail` | the mail that Jira delivered; one of it as `.eml`; switches outgoing mail (`on`) |
//! | `GET egress`, `POST egress`, `DELETE egress` | the addresses that administrators allowed; allows some; deletes a group by its `key` |
//! | `GET receiver`, `POST receiver` | what reached such an address; how it answers: `status`, `retryAfter`, `location`, `hangs` |
//! | `POST issue` | a person makes an issue: `project`, `summary` |
//! | `POST faults` | [`Faults`](crate::faults::Faults), such as `{"seed": 1, "serverErrorBefore": 0.1}` |
//! | `GET switches`, `POST switches` | [`Switches`](crate::switches::Switches) |
//! | `GET limits`, `POST limits` | [`Limits`](crate::limits::Limits), such as `{"adminPerMinute": 1200}` |
//! | `POST latency` | `{"latency": "standard"}`, `"off"` or `{"api": 100}` |
//! | `POST day` | lets a [`Day`](crate::day::Day) pass, such as `{"seed": 1, "active": 0.6}` |
//! | `POST keep`, `POST rewind`, `POST until` | keeps the whole state; comes back to it; lets a virtual clock pass until a time |
//! | `GET clock`, `POST clock` | the time; moves it forward by `seconds` |
//! | `POST login`, `POST try-login`, `POST group`, `POST standing` | what one person, or another administrator, does |

mod control;
mod correspondence;
mod dispatcher;
mod outside;
mod rewind;
mod runtime;
mod services;
mod virtual_time;
mod web_trigger;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::from_fn_with_state;
use axum::routing::{any, get, post};
use tokio::net::TcpListener;
use tokio::sync::Notify;

use crate::cloud::Cloud;
use crate::message::{Answer, LostKind};
use runtime::RuntimeClient;

/// Largest request body taken: a transaction of 4 MB in JSON, with room.
const MOST_BODY_BYTES: usize = 16 * 1024 * 1024;
/// How long a request that is never answered stays open; Forge gives up an outbound request after this time.
const NEVER: Duration = Duration::from_secs(180);

/// What all handlers share.
pub(crate) struct Shared {
    cloud: Mutex<Cloud>,
    runtime: RuntimeClient,
    /// Wakes the dispatcher when there may be something to deliver.
    work: Notify,
    /// A state to come back to.
    kept: Mutex<Option<Cloud>>,
}

impl Shared {
    fn cloud(&self) -> MutexGuard<'_, Cloud> {
        // A handler that panicked cannot have left the engine half changed: faults unwind after the engine returned.
        self.cloud.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Serves a cloud until the process ends.
pub async fn serve(listener: TcpListener, mut cloud: Cloud) -> std::io::Result<()> {
    cloud.set_web_trigger_origin(&format!("http://{}", listener.local_addr()?));
    let shared = Arc::new(Shared {
        cloud: Mutex::new(cloud),
        runtime: RuntimeClient::new(),
        work: Notify::new(),
        kept: Mutex::default(),
    });
    tokio::spawn(dispatcher::run(Arc::clone(&shared)));
    axum::serve(listener, router(shared)).await
}

fn router(shared: Arc<Shared>) -> Router {
    Router::new()
        .route("/api.atlassian.com/{*path}", any(services::admin))
        .route("/jira/{*path}", any(services::jira))
        .route("/forge/storage/{*path}", post(services::storage))
        .route("/forge/report-accounts", post(services::report_accounts))
        .route("/forge/graphql", post(services::graphql))
        .route("/forge/queue/{operation}", post(services::queue))
        .route("/outside/{*path}", any(outside::call))
        .route_layer(from_fn_with_state(Arc::clone(&shared), virtual_time::pass))
        .route("/x1/{id}", any(web_trigger::visit))
        .route("/control/install", post(control::install))
        .route(
            "/control/keys",
            post(control::keys).delete(control::revoke_key),
        )
        .route("/control/trigger", post(control::trigger))
        .route("/control/invoke", post(control::invoke))
        .route("/control/users", get(control::users))
        .route("/control/people", get(control::people))
        .route(
            "/control/meter",
            get(control::meter).delete(control::reset_meter),
        )
        .route("/control/effects", get(control::effects))
        .route("/control/inbox", get(correspondence::inbox))
        .route("/control/inbox/{number}", get(correspondence::eml))
        .route("/control/mail", post(correspondence::mail))
        .route("/control/issue", post(correspondence::issue))
        .route(
            "/control/egress",
            get(outside::egress)
                .post(outside::set_egress)
                .delete(outside::delete_egress),
        )
        .route(
            "/control/receiver",
            get(outside::received).post(outside::set_receiver),
        )
        .route("/control/storage", get(control::stored))
        .route("/control/queue", get(control::queue))
        .route("/control/login", post(control::login))
        .route("/control/try-login", post(control::try_login))
        .route("/control/group", post(control::group))
        .route("/control/standing", post(control::standing))
        .route("/control/faults", post(control::faults))
        .route(
            "/control/switches",
            get(control::switches).post(control::set_switches),
        )
        .route("/control/schedule", post(control::schedule))
        .route(
            "/control/limits",
            get(control::limits).post(control::set_limits),
        )
        .route("/control/latency", post(control::set_latency))
        .route("/control/day", post(control::day))
        .route("/control/keep", post(rewind::keep))
        .route("/control/rewind", post(rewind::rewind))
        .route("/control/until", post(rewind::pass_until))
        .route("/control/clock", get(control::clock).post(control::advance))
        .layer(DefaultBodyLimit::max(MOST_BODY_BYTES))
        .with_state(shared)
}

/// Turns the engine's answer into HTTP; a lost answer closes the connection without a word.
async fn deliver(shared: &Shared, answer: Answer) -> axum::response::Response {
    let lost = match answer {
        Ok(response) => return services::response(response),
        Err(lost) => lost,
    };
    if lost.kind == LostKind::Timeout {
        if shared.cloud().clock().is_virtual() {
            return virtual_time::never_answered();
        }
        tokio::time::sleep(NEVER).await;
    }
    // Unwinding ends the task of this connection, which drops its socket: the client sees exactly a cut connection.
    std::panic::resume_unwind(Box::new(lost))
}
