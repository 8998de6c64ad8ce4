//! What both the page and the functions decide: everything that needs no host.

use wasm_bindgen::prelude::*;

use super::intl_zones::IntlZones;
#[cfg(feature = "function")]
use super::value::failure;
use super::value::to_js;
use crate::app::admin::PolicyCheck;

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r#"
import type { PolicyCheck } from './types';
/** What a policy document says, or every mistake in it. */
export function checkPolicy(document: string): PolicyCheck;
"#;

/// What a policy document says, or every mistake in it.
#[wasm_bindgen(js_name = checkPolicy, skip_typescript)]
pub fn check_policy(document: &str) -> Result<JsValue, JsValue> {
    to_js(&PolicyCheck::of(document, &IntlZones::default()))
}

/// Decides a policy on a `data` array of `users/search`, for the golden fixtures: see [`crate::app::offline::evaluate_users`].
#[cfg(feature = "function")]
#[wasm_bindgen(js_name = evaluateUsers)]
pub fn evaluate_users(policy: &str, users: &[u8], now: &str) -> Result<JsValue, JsValue> {
    match crate::app::offline::evaluate_users(policy, users, now) {
        Ok(evaluation) => to_js(&evaluation),
        Err(error) => Err(failure("NOT_EVALUATED", &error.to_string())),
    }
}
