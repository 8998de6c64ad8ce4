//! Entries as a table for spreadsheets.

use serde_json::Value;

use super::chain::StoredEntry;
use crate::csv::write_row;
use crate::json;

/// The columns: what the heading says, and where in the entry the value is.
const COLUMNS: [(&str, &[&str]); 19] = [
    ("number", &["seq"]),
    ("time", &["time"]),
    ("actor", &["actor"]),
    ("on behalf of", &["onBehalfOf"]),
    ("action", &["action"]),
    ("outcome", &["outcome"]),
    ("subject", &["subject"]),
    ("subjects", &["subjects"]),
    ("run", &["run"]),
    ("policy", &["policy"]),
    ("policy hash", &["policyHash"]),
    ("reason", &["reason"]),
    ("approved by", &["approval", "account"]),
    ("approval", &["approval", "reason"]),
    ("approval reference", &["approval", "reference"]),
    ("http", &["http"]),
    ("request", &["request"]),
    ("before", &["before"]),
    ("after", &["after"]),
];

/// The heading's row.
pub fn table_head(out: &mut String) {
    let mut cells: Vec<&str> = COLUMNS.iter().map(|(name, _)| *name).collect();
    cells.push("hash");
    write_row(out, &cells);
}

/// The row of an entry. A text that cannot be read leaves everything but number and hash empty: the verification says more.
pub fn table_row(out: &mut String, stored: &StoredEntry) {
    let value = json::parse(&stored.entry).unwrap_or(Value::Null);
    let mut cells: Vec<String> = COLUMNS
        .iter()
        .map(|(_, path)| {
            let found = path.iter().try_fold(&value, |value, name| value.get(*name));
            found.map_or_else(String::new, cell)
        })
        .collect();
    if let Some(number) = cells.first_mut() {
        *number = stored.seq.to_string();
    }
    cells.push(stored.hash.clone());
    let cells: Vec<&str> = cells.iter().map(String::as_str).collect();
    write_row(out, &cells);
}

fn cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(items) if items.iter().all(Value::is_string) => {
            let texts: Vec<&str> = items.iter().filter_map(Value::as_str).collect();
            texts.join(" ")
        }
        other => other.to_string(),
    }
}
