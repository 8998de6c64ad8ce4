//! Queries over the indexes of an entity.

use std::cmp::Ordering;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

use super::Service;
use super::condition::{Condition, Filter, compare};
use super::refusal::Refusal;
use super::rules;
use super::schema;
use super::shelf::Stored;
use crate::forge::manifest::{Entity, Index};

/// One row of an index.
struct Row<'a> {
    key: &'a str,
    sorted_by: &'a Value,
    stored: &'a Stored,
}

impl Service<'_> {
    /// `POST /api/v1/entity/query`: eventually consistent.
    pub fn query_entity(&mut self, request: &Value) -> Result<Value, Refusal> {
        let entity = schema::entity(self.manifest, request)?;
        let rows = rules::page(request)?;
        let index = index_of(entity, request)?;
        let range = range_of(&index, request)?;
        let filter = Filter::read(&request["filters"], entity)?;
        let descending = request["sort"].as_str() == Some("DESC");
        let after = cursor_of(request)?;
        let shelf = self.storage.entities.get(&entity.name);
        let keys: Vec<(&String, &Stored, Value)> = shelf
            .into_iter()
            .flat_map(|shelf| shelf.seen(self.now))
            .filter_map(|(key, stored)| {
                let sorted_by = index.position(key, &stored.value, request)?;
                Some((key, stored, sorted_by))
            })
            .collect();
        let mut found: Vec<Row<'_>> = keys
            .iter()
            .map(|(key, stored, sorted_by)| Row {
                key,
                sorted_by,
                stored,
            })
            .filter(|row| {
                range
                    .as_ref()
                    .is_none_or(|range| range.holds(Some(row.sorted_by)))
            })
            .collect();
        found.sort_by(|left, right| order(left.sorted_by, left.key, right.sorted_by, right.key));
        if descending {
            found.reverse();
        }
        if let Some((sorted_by, key)) = &after {
            found.retain(|row| {
                let order = order(row.sorted_by, row.key, sorted_by, key);
                order
                    == if descending {
                        Ordering::Less
                    } else {
                        Ordering::Greater
                    }
            });
        }
        // Filters work on what the index gives, so a page may hold fewer rows than asked for and still have a cursor.
        let more = found.len() > rows;
        found.truncate(rows);
        let cursor = found
            .last()
            .filter(|_| more)
            .map(|row| encode(row.sorted_by, row.key));
        let metadata = rules::metadata(&request["options"], "metadataFields");
        let bytes: usize = found.iter().map(|row| row.stored.bytes).sum();
        let data: Vec<Value> = found
            .iter()
            .filter(|row| {
                filter
                    .as_ref()
                    .is_none_or(|filter| filter.holds(Some(&row.stored.value)))
            })
            .map(|row| row.stored.row(row.key, &metadata))
            .collect();
        self.charge_read(bytes)?;
        let mut page = json!({"data": data});
        if let Some(cursor) = cursor {
            page["cursor"] = json!(cursor);
        }
        Ok(page)
    }
}

/// The index that a query uses: `by-key`, or a declared one.
enum Chosen<'a> {
    ByKey,
    Declared(&'a Index),
}

impl Chosen<'_> {
    /// Where a value stands in the index; nothing when it is not in the queried partition.
    fn position(&self, key: &str, value: &Value, request: &Value) -> Option<Value> {
        let Chosen::Declared(index) = self else {
            return Some(json!(key));
        };
        let wanted = request["partition"].as_array();
        for (place, attribute) in index.partition.iter().enumerate() {
            let wanted = wanted?.get(place)?;
            if compare(value.get(attribute)?, wanted) != Some(Ordering::Equal) {
                return None;
            }
        }
        match &index.range {
            Some(attribute) => value
                .get(attribute)
                .filter(|value| !value.is_null())
                .cloned(),
            None => Some(json!(key)),
        }
    }
}

fn index_of<'a>(entity: &'a Entity, request: &Value) -> Result<Chosen<'a>, Refusal> {
    let name = request["indexName"].as_str().unwrap_or_default();
    if name == "by-key" {
        return Ok(Chosen::ByKey);
    }
    let index = entity
        .indexes
        .iter()
        .find(|index| index.name == name)
        .ok_or_else(|| {
            Refusal::bad(
                "INVALID_INDEX_NAME",
                format!("{} has no index {name}", entity.name),
            )
        })?;
    let given = request["partition"].as_array().map_or(0, Vec::len);
    if given != index.partition.len() {
        return Err(Refusal::bad(
            "INVALID_PARTITION",
            format!(
                "The index {name} takes {} partition values",
                index.partition.len()
            ),
        ));
    }
    Ok(Chosen::Declared(index))
}

fn range_of(index: &Chosen<'_>, request: &Value) -> Result<Option<Condition>, Refusal> {
    let range = &request["range"];
    if range.is_null() {
        return Ok(None);
    }
    let operator = range["condition"].as_str().unwrap_or_default();
    let allowed = [
        "BEGINS_WITH",
        "BETWEEN",
        "EQUAL_TO",
        "GREATER_THAN",
        "GREATER_THAN_EQUAL_TO",
        "LESS_THAN",
        "LESS_THAN_EQUAL_TO",
    ];
    let sorted = match index {
        Chosen::ByKey => true,
        Chosen::Declared(index) => index.range.is_some(),
    };
    if !sorted || !allowed.contains(&operator) {
        return Err(Refusal::bad(
            "INVALID_RANGE",
            format!("The range condition \"{operator}\" cannot be used here"),
        ));
    }
    Condition::of("range", range).map(Some)
}

fn order(left: &Value, left_key: &str, right: &Value, right_key: &str) -> Ordering {
    compare(left, right)
        .unwrap_or(Ordering::Equal)
        .then_with(|| left_key.cmp(right_key))
}

fn encode(sorted_by: &Value, key: &str) -> String {
    URL_SAFE_NO_PAD.encode(json!([sorted_by, key]).to_string())
}

fn cursor_of(request: &Value) -> Result<Option<(Value, String)>, Refusal> {
    let Some(text) = request["cursor"].as_str() else {
        return Ok(None);
    };
    let invalid = || Refusal::bad("INVALID_CURSOR", "The cursor is not valid");
    let json = URL_SAFE_NO_PAD.decode(text).map_err(|_| invalid())?;
    let (sorted_by, key): (Value, String) = serde_json::from_slice(&json).map_err(|_| invalid())?;
    Ok(Some((sorted_by, key)))
}
