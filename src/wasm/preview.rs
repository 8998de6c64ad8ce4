//! When a policy would run by itself, for the page: the functions have no use for it.

use wasm_bindgen::prelude::*;

use super::intl_zones::IntlZones;
use super::value::{failure, to_js};
use crate::model::Time;
use crate::policy::{OrganizationBlackOuts, read};
use crate::schedule::{is_zone, next};

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r#"
/**
 * When a policy would run by itself after an instant, at most so many times: RFC 3339 in UTC. `blackOuts` are the
 * organization's as the settings hold them, in JSON. Throws for a document with mistakes.
 */
export function nextRuns(document: string, from: string, count: number, blackOuts: string): string[];
"#;

/// When a policy would run by itself after an instant, for a preview: as if it was switched on and never ran.
#[wasm_bindgen(js_name = nextRuns, skip_typescript)]
pub fn next_runs(
    document: &str,
    from: &str,
    count: u32,
    black_outs: &str,
) -> Result<JsValue, JsValue> {
    let refused = |why: &str| failure("BAD_VALUE", why);
    let policy = read(document).map_err(|_| refused("the policy has mistakes"))?;
    let from = Time::parse(from)
        .ok_or_else(|| refused("`from` is not a time such as 2026-11-21T12:00:00Z"))?;
    let count = usize::from(u8::try_from(count).unwrap_or(u8::MAX));
    let zones = IntlZones::default();
    let organization = OrganizationBlackOuts::read(black_outs, &|zone| is_zone(zone, &zones))
        .map_err(|_| refused("the organization's black-outs have mistakes"))?;
    let starts = next(&policy, &organization, &zones, from, count)
        .map_err(|error| refused(&error.to_string()))?;
    to_js(&starts)
}
