//! The verification of the log in one call, for the functions' core: the page's is in `evidence`.

use wasm_bindgen::prelude::*;

use super::value::{from_js, to_js};
use crate::audit::{LogHead, StoredEntry, verify};

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r#"
import type { LogVerification, StoredEntry } from './types';
/** Verifies entries of the log from the first on; with an anchor (number and hash of the newest entry) the tail too. */
export function verifyEntries(entries: StoredEntry[], anchor?: [number, string]): LogVerification;
"#;

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
