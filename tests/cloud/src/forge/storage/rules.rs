//! The limits on keys, values and options.

use chrono::TimeDelta;
use serde_json::Value;

use super::refusal::Refusal;
use crate::clock::Time;

/// Most characters of a key.
pub const KEY_CHARACTERS: usize = 500;
/// Most bytes of a value as JSON.
pub const VALUE_BYTES: usize = 240 * 1024;
/// Deepest nesting of a value.
pub const VALUE_DEPTH: usize = 31;
/// Most items of a batch, and most operations of a transaction.
pub const MOST_ITEMS: usize = 25;
/// Most bytes of a transaction or a batch.
pub const TOGETHER_BYTES: usize = 4 * 1024 * 1024;
/// Most rows of a query's page.
pub const PAGE_ROWS: u64 = 100;
/// Rows of a query's page when it names no limit.
pub const DEFAULT_ROWS: u64 = 10;

/// The key of a request, checked against `/^(?!\s+$)[a-zA-Z0-9:._\s-#]+$/`.
pub fn key(request: &Value) -> Result<&str, Refusal> {
    let key = request["key"]
        .as_str()
        .ok_or_else(|| Refusal::bad("INVALID_KEY", "key must be a string"))?;
    if key.is_empty() {
        return Err(Refusal::bad("KEY_TOO_SHORT", "The key is empty"));
    }
    if key.chars().count() > KEY_CHARACTERS {
        return Err(Refusal::bad(
            "KEY_TOO_LONG",
            format!("The key has more than {KEY_CHARACTERS} characters"),
        ));
    }
    let allowed = |character: char| {
        character.is_ascii_alphanumeric()
            || character.is_whitespace()
            || matches!(character, ':' | '.' | '_' | '-' | '#')
    };
    if key.trim().is_empty() || !key.chars().all(allowed) {
        return Err(Refusal::bad(
            "INVALID_KEY",
            "The key does not match /^(?!\\s+$)[a-zA-Z0-9:._\\s-#]+$/",
        ));
    }
    Ok(key)
}

/// The value of a request and its size as JSON, checked.
pub fn value(request: &Value) -> Result<(&Value, usize), Refusal> {
    let value = request
        .get("value")
        .ok_or_else(|| Refusal::bad("INVALID_VALUE", "value is missing"))?;
    let bytes = value.to_string().len();
    if bytes > VALUE_BYTES {
        return Err(Refusal::bad(
            "MAX_SIZE",
            format!("The value has {bytes} bytes, more than {VALUE_BYTES}"),
        ));
    }
    if depth(value) > VALUE_DEPTH {
        return Err(Refusal::bad(
            "MAX_DEPTH",
            format!("The value is nested deeper than {VALUE_DEPTH}"),
        ));
    }
    Ok((value, bytes))
}

/// When a value written now expires, by its `ttl` option.
pub fn expiry(options: &Value, now: Time) -> Result<Option<Time>, Refusal> {
    let ttl = &options["ttl"];
    if ttl.is_null() {
        return Ok(None);
    }
    let invalid = || Refusal::bad("INVALID_TTL", "ttl must be positive and at most a year");
    let amount = ttl["value"].as_i64().ok_or_else(invalid)?;
    let second = match ttl["unit"].as_str() {
        Some("SECONDS") => 1,
        Some("MINUTES") => 60,
        Some("HOURS") => 3_600,
        Some("DAYS") => 86_400,
        _ => return Err(invalid()),
    };
    let seconds = amount.checked_mul(second).ok_or_else(invalid)?;
    if !(1..=366 * 86_400).contains(&seconds) {
        return Err(invalid());
    }
    Ok(Some(now + TimeDelta::seconds(seconds)))
}

/// The page size of a query.
pub fn page(request: &Value) -> Result<usize, Refusal> {
    let rows = match &request["limit"] {
        Value::Null => DEFAULT_ROWS,
        limit => limit
            .as_u64()
            .filter(|rows| (1..=PAGE_ROWS).contains(rows))
            .ok_or_else(|| {
                Refusal::bad("INVALID_LIMIT", format!("limit must be 1 to {PAGE_ROWS}"))
            })?,
    };
    usize::try_from(rows).map_err(|_| Refusal::bad("INVALID_LIMIT", "limit is too large"))
}

/// Names of metadata fields in an option.
pub fn metadata(options: &Value, name: &str) -> Vec<String> {
    options[name]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|field| field.as_str().map(str::to_owned))
        .collect()
}

/// A scalar has depth 0, `{}` and `[]` have depth 1.
fn depth(value: &Value) -> usize {
    match value {
        Value::Array(items) => 1 + items.iter().map(depth).max().unwrap_or_default(),
        Value::Object(fields) => 1 + fields.values().map(depth).max().unwrap_or_default(),
        _ => 0,
    }
}
