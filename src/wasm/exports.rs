//! What both the page and the functions may call: everything that needs no host.

use wasm_bindgen::prelude::*;

use super::intl_zones::IntlZones;
use super::value::{failure, from_js, to_js};
use crate::app;
use crate::app::admin::PolicyCheck;
use crate::audit::{LogHead, StoredEntry, verify};

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r#"
import type { LogVerification, PolicyCheck, StoredEntry } from './types';
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

/// What a policy document says, or every mistake in it.
#[wasm_bindgen(js_name = checkPolicy, skip_typescript)]
pub fn check_policy(document: &str) -> Result<JsValue, JsValue> {
    to_js(&PolicyCheck::of(document, &IntlZones::default()))
}

/// Verifies entries of the log from the first on.
#[wasm_bindgen(js_name = verifyEntries, skip_typescript)]
pub fn verify_entries(entries: JsValue, anchor: JsValue) -> Result<JsValue, JsValue> {
    let entries: Vec<StoredEntry> = from_js(&entries)?;
    let anchor: Option<(u32, String)> = match anchor.is_undefined() {
        true => None,
        false => from_js(&anchor)?,
    };
    let anchor = anchor.map(|(seq, hash)| LogHead { seq, hash });
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
