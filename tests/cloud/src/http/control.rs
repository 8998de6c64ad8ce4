//! What the driver of a demonstration or a test may do to the cloud; no part of the real one.

use std::sync::Arc;
use std::time::Duration;

use axum::Json;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use chrono::TimeDelta;
use serde::Deserialize;
use serde_json::{Value, json};

use super::Shared;
use crate::admin_api::KeyKind;
use crate::day::Day;
use crate::faults::Faults;
use crate::limits::{Latency, Limits};
use crate::organization::{CONTRACTOR_DOMAINS, Standing};
use crate::switches::Switches;

/// A refusal: 400 with a sentence.
pub struct Refused(String);

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        (
            StatusCode::BAD_REQUEST,
            Json(json!({"error": {"message": self.0}})),
        )
            .into_response()
    }
}

type Handled = Result<Json<Value>, Refused>;
type Engine = State<Arc<Shared>>;

fn refuse(error: impl std::fmt::Display) -> Refused {
    Refused(error.to_string())
}

fn done() -> Handled {
    Ok(Json(json!({"ok": true})))
}

/// Body of `install`.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Install {
    manifest: Value,
    runtime_url: Option<String>,
}

/// Installs the app; its functions run at `runtimeUrl`.
pub async fn install(State(shared): Engine, Json(body): Json<Install>) -> Handled {
    shared.cloud().install(&body.manifest).map_err(refuse)?;
    shared.runtime.set_url(body.runtime_url);
    done()
}

/// Body of `keys`.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Keys {
    kind: KeyKind,
    owner: String,
}

/// Creates an organization API key.
pub async fn keys(State(shared): Engine, Json(body): Json<Keys>) -> Handled {
    let mut cloud = shared.cloud();
    let key = cloud.create_key(body.kind, &body.owner);
    let organization = &cloud.organization().id;
    Ok(Json(json!({"organizationId": organization, "apiKey": key})))
}

/// Body of `keys` when a key is revoked.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RevokedKey {
    api_key: String,
}

/// Revokes an organization API key.
pub async fn revoke_key(State(shared): Engine, Json(body): Json<RevokedKey>) -> Handled {
    shared.cloud().revoke_key(&body.api_key);
    done()
}

/// Body of `trigger`.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Trigger {
    module_key: String,
}

/// Fires a scheduled trigger now and waits for its function.
pub async fn trigger(
    State(shared): Engine,
    Json(body): Json<Trigger>,
) -> Result<Response, Refused> {
    let (invocation, now) = {
        let mut cloud = shared.cloud();
        let invocation = cloud.fire_trigger(&body.module_key).map_err(refuse)?;
        (invocation, cloud.now())
    };
    let ended = shared.runtime.invoke(&invocation, now).await;
    Ok(reported(ended.report()))
}

/// Body of `invoke`.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Invoke {
    module_key: String,
    function_key: String,
    #[serde(default)]
    payload: Value,
    account_id: String,
}

/// Calls a resolver of a page as a person and waits for it.
pub async fn invoke(State(shared): Engine, Json(body): Json<Invoke>) -> Result<Response, Refused> {
    let (invocation, now) = {
        let mut cloud = shared.cloud();
        let invocation = cloud
            .resolver_invocation(
                &body.module_key,
                &body.function_key,
                &body.payload,
                &body.account_id,
            )
            .map_err(refuse)?;
        (invocation, cloud.now())
    };
    let ended = shared.runtime.invoke(&invocation, now).await;
    Ok(reported(ended.report()))
}

fn reported((status, body): (u16, Value)) -> Response {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    (status, Json(body)).into_response()
}

/// Every user as `users/search` shows it with all expansions.
pub async fn users(State(shared): Engine) -> Response {
    let text = shared.cloud().write_users();
    ([(header::CONTENT_TYPE, "application/json")], text).into_response()
}

/// Well-known people, groups and sites for scripts.
pub async fn people(State(shared): Engine) -> Json<Value> {
    let cloud = shared.cloud();
    let organization = cloud.organization();
    let groups: serde_json::Map<String, Value> = organization
        .groups
        .iter()
        .map(|group| (group.name.clone(), json!(group.id)))
        .collect();
    let sites: Vec<Value> = organization
        .sites
        .iter()
        .map(|site| json!({"host": site.host(), "cloudId": site.cloud_id}))
        .collect();
    let directories: Vec<&String> = organization.directories.iter().map(|one| &one.id).collect();
    let mut people = json!(organization.people);
    people["organizationId"] = json!(organization.id);
    people["contractorDomains"] = json!(CONTRACTOR_DOMAINS);
    people["groups"] = json!(groups);
    people["sites"] = json!(sites);
    people["directories"] = json!(directories);
    Json(people)
}

/// What was called so far.
pub async fn meter(State(shared): Engine) -> Json<Value> {
    Json(json!(shared.cloud().meter()))
}

/// Forgets what was called so far.
pub async fn reset_meter(State(shared): Engine) -> Handled {
    shared.cloud().reset_meter();
    done()
}

/// Every change that the organization API made.
pub async fn effects(State(shared): Engine) -> Json<Value> {
    Json(json!({"data": shared.cloud().effects()}))
}

/// Everything but the secrets that the app has stored.
pub async fn stored(State(shared): Engine) -> Json<Value> {
    let cloud = shared.cloud();
    let now = cloud.now();
    let rows = |values: Vec<(String, Value)>| -> Vec<Value> {
        values
            .into_iter()
            .map(|(key, value)| json!({"key": key, "value": value}))
            .collect()
    };
    let entities: serde_json::Map<String, Value> = cloud
        .manifest()
        .entities
        .iter()
        .map(|entity| {
            let values = cloud.stored().entity(&entity.name, now);
            (entity.name.clone(), json!(rows(values)))
        })
        .collect();
    Json(json!({"plain": rows(cloud.stored().plain(now)), "entities": entities}))
}

/// How much is waiting and running.
pub async fn queue(State(shared): Engine) -> Json<Value> {
    Json(json!(shared.cloud().queue_state()))
}

/// Body of `login`.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Login {
    account_id: String,
    /// After how long the APIs report it.
    #[serde(default)]
    reported_after_seconds: u32,
}

/// A person uses every product they have.
pub async fn login(State(shared): Engine, Json(body): Json<Login>) -> Handled {
    let lag = TimeDelta::seconds(i64::from(body.reported_after_seconds));
    shared
        .cloud()
        .log_in_reported_after(&body.account_id, lag)
        .map_err(refuse)?;
    done()
}

/// Body of `try-login`.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct TriedLogin {
    account_id: String,
}

/// A person tries to log in; whether they are let in to their products.
pub async fn try_login(State(shared): Engine, Json(body): Json<TriedLogin>) -> Handled {
    let tried = shared.cloud().try_to_log_in(&body.account_id);
    Ok(Json(json!({"letIn": tried.map_err(refuse)?})))
}

/// Body of `group`.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GroupChange {
    account_id: String,
    group: String,
    member: bool,
}

/// Another administrator changes a person's groups.
pub async fn group(State(shared): Engine, Json(body): Json<GroupChange>) -> Handled {
    let mut cloud = shared.cloud();
    if body.member {
        cloud.join_group(&body.account_id, &body.group)
    } else {
        cloud.leave_group(&body.account_id, &body.group)
    }
    .map_err(refuse)?;
    done()
}

/// Body of `standing`.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct StandingChange {
    account_id: String,
    suspended: bool,
}

/// Another administrator suspends or restores a person.
pub async fn standing(State(shared): Engine, Json(body): Json<StandingChange>) -> Handled {
    let standing = if body.suspended {
        Standing::Suspended
    } else {
        Standing::Active
    };
    shared
        .cloud()
        .set_standing(&body.account_id, standing)
        .map_err(refuse)?;
    done()
}

/// Changes what goes wrong.
pub async fn faults(State(shared): Engine, Json(body): Json<Faults>) -> Handled {
    shared.cloud().set_faults(body);
    done()
}

/// The answers to the open questions.
pub async fn switches(State(shared): Engine) -> Json<Value> {
    Json(json!(shared.cloud().switches()))
}

/// Changes the answers to the open questions; those not named take their defaults.
pub async fn set_switches(State(shared): Engine, Json(body): Json<Switches>) -> Handled {
    shared.cloud().set_switches(body);
    done()
}

/// How many calls a minute are allowed.
pub async fn limits(State(shared): Engine) -> Json<Value> {
    Json(json!(shared.cloud().limits()))
}

/// Changes how many calls a minute are allowed; those not named take their defaults.
pub async fn set_limits(State(shared): Engine, Json(body): Json<Limits>) -> Handled {
    shared.cloud().set_limits(body);
    done()
}

/// Body of `latency`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LatencyChange {
    latency: Latency,
}

/// Changes how long calls take: `"standard"`, `"off"` or `{"api": milliseconds}`.
pub async fn set_latency(State(shared): Engine, Json(body): Json<LatencyChange>) -> Handled {
    shared.cloud().set_latency(body.latency);
    done()
}

/// Lets a day pass; what is not named takes its default.
pub async fn day(State(shared): Engine, Json(body): Json<Day>) -> Json<Value> {
    let passed = shared.cloud().pass_day(&body);
    shared.work.notify_one();
    Json(json!(passed))
}

/// Body of `schedule`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScheduleChange {
    on: bool,
}

/// Switches the firing of triggers by interval on or off.
pub async fn schedule(State(shared): Engine, Json(body): Json<ScheduleChange>) -> Handled {
    shared.cloud().set_schedule(body.on);
    done()
}

/// The cloud's time.
pub async fn clock(State(shared): Engine) -> Json<Value> {
    Json(json!({"now": shared.cloud().now()}))
}

/// Body of `clock`.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Advance {
    seconds: u64,
}

/// Moves the cloud's clock forward.
pub async fn advance(State(shared): Engine, Json(body): Json<Advance>) -> Json<Value> {
    let now = {
        let cloud = shared.cloud();
        cloud.clock().advance(Duration::from_secs(body.seconds));
        cloud.now()
    };
    shared.work.notify_one();
    Json(json!({"now": now}))
}
