//! What JavaScript may call.

use wasm_bindgen::prelude::*;

use super::js_host::{HostPort, JsHost};
use super::value::{failure, from_js, to_js};
use crate::app;
use crate::app::admin::{Caller, Command, PolicyCheck};
use crate::audit::{StoredEntry, verify};
use crate::host::Queue;

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r#"
import type { Caller, Command, LogVerification, PolicyCheck, Reply, StoredEntry, WorkOutcome } from './types';
/** One tick of the schedule. */
export function tick(host: HostPort): Promise<void>;
/** One delivered job of a queue. */
export function work(host: HostPort, queue: 'work' | 'answer', job: string): Promise<WorkOutcome>;
/** One command of the page; a user's mistake is a reply, not an exception. */
export function admin(host: HostPort, caller: Caller, command: Command): Promise<Reply>;
/** What a policy document says, or every mistake in it. */
export function checkPolicy(document: string): PolicyCheck;
/** Verifies entries of the log from the first on; with an anchor (number and hash of the newest entry) the tail too. */
export function verifyEntries(entries: StoredEntry[], anchor?: [number, string]): LogVerification;
"#;

/// A panic throws its text and place instead of `unreachable`; the host maps it to `CORE_PANIC`.
#[wasm_bindgen(start)]
fn start() {
    std::panic::set_hook(Box::new(|panic| {
        wasm_bindgen::throw_str(&panic.to_string());
    }));
}

/// The crate's version.
#[wasm_bindgen]
pub fn version() -> String {
    env!("CARGO_PKG_VERSION").to_owned()
}

/// One tick of the schedule.
#[wasm_bindgen(skip_typescript)]
pub async fn tick(host: HostPort) -> Result<(), JsValue> {
    app::tick(&JsHost(host))
        .await
        .map_err(|error| failure("TICK_FAILED", &error))
}

/// One delivered job of a queue.
#[wasm_bindgen(skip_typescript)]
pub async fn work(host: HostPort, queue: String, job: String) -> Result<JsValue, JsValue> {
    let queue = match queue.as_str() {
        "work" => Queue::Work,
        "answer" => Queue::Answer,
        _ => return Err(failure("BAD_VALUE", "there is no such queue")),
    };
    to_js(&app::work(&JsHost(host), queue, &job).await)
}

/// One command of the page.
#[wasm_bindgen(skip_typescript)]
pub async fn admin(host: HostPort, caller: JsValue, command: JsValue) -> Result<JsValue, JsValue> {
    let caller: Caller = from_js(caller)?;
    let command: Command = from_js(command)?;
    to_js(&app::admin::admin(&JsHost(host), &caller, command).await)
}

/// What a policy document says, or every mistake in it.
#[wasm_bindgen(js_name = checkPolicy, skip_typescript)]
pub fn check_policy(document: &str) -> Result<JsValue, JsValue> {
    to_js(&PolicyCheck::of(document))
}

/// Verifies entries of the log from the first on.
#[wasm_bindgen(js_name = verifyEntries, skip_typescript)]
pub fn verify_entries(entries: JsValue, anchor: JsValue) -> Result<JsValue, JsValue> {
    let entries: Vec<StoredEntry> = from_js(entries)?;
    let anchor: Option<(u32, String)> = from_js(anchor)?;
    let anchor = anchor.as_ref().map(|(seq, hash)| (*seq, hash.as_str()));
    to_js(&verify(&entries, anchor))
}

/// Decides a policy on a `data` array of `users/search`, for the golden fixtures: see [`crate::app::offline::evaluate_users`].
#[wasm_bindgen(js_name = evaluateUsers)]
pub fn evaluate_users(policy: &str, users: &[u8], now: &str) -> Result<JsValue, JsValue> {
    match app::offline::evaluate_users(policy, users, now) {
        Ok(evaluation) => to_js(&evaluation),
        Err(error) => Err(failure("NOT_EVALUATED", &error.to_string())),
    }
}

/// Panics, to prove that a panic ends the invocation and nothing else.
#[cfg(feature = "planted-panic")]
#[wasm_bindgen(js_name = plantedPanic)]
pub async fn planted_panic(host: HostPort) -> Result<(), JsValue> {
    use crate::host::Host;
    let host = JsHost(host);
    let _ = host.get(&[String::from("settings")]).await;
    #[expect(clippy::panic, reason = "this is what it is for")]
    {
        panic!("planted")
    }
}
