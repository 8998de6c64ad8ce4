//! Checks entities against what the manifest declares.

use serde_json::Value;

use super::refusal::Refusal;
use crate::forge::manifest::{AttributeKind, Entity, Manifest};

/// Most bytes of an index's partition values together.
const PARTITION_BYTES: usize = 1_700;
/// Most bytes of an index's range value.
const RANGE_BYTES: usize = 900;

/// The declared entity that a request names.
pub fn entity<'a>(manifest: &'a Manifest, request: &Value) -> Result<&'a Entity, Refusal> {
    let name = request["entityName"].as_str().unwrap_or_default();
    manifest.entity(name).ok_or_else(|| {
        Refusal::bad(
            "INVALID_ENTITY_NAME",
            format!("The entity {name} is not declared in the manifest"),
        )
    })
}

/// Checks the attributes of a value.
pub fn check(entity: &Entity, value: &Value) -> Result<(), Refusal> {
    let invalid = |reason: String| {
        Refusal::bad(
            "SCHEMA_VALIDATION_FAILED",
            format!("{} {reason}", entity.name),
        )
    };
    let Value::Object(fields) = value else {
        return Err(invalid("must be an object".to_owned()));
    };
    for (name, value) in fields {
        let Some(attribute) = entity.attributes.get(name) else {
            return Err(invalid(format!("has no attribute {name}")));
        };
        if !is_a(attribute.kind, value) {
            return Err(invalid(format!(
                "attribute {name} must be {:?}",
                attribute.kind
            )));
        }
    }
    for (name, attribute) in &entity.attributes {
        if attribute.required && !fields.contains_key(name) {
            return Err(invalid(format!("must have the attribute {name}")));
        }
    }
    check_index_sizes(entity, value)
}

fn check_index_sizes(entity: &Entity, value: &Value) -> Result<(), Refusal> {
    for index in &entity.indexes {
        let size = |name: &String| value.get(name).map_or(0, scalar_bytes);
        let partition: usize = index.partition.iter().map(size).sum();
        let range: usize = index.range.iter().map(size).sum();
        if partition > PARTITION_BYTES || range > RANGE_BYTES {
            return Err(Refusal::bad(
                "MAX_INDEX_SIZE",
                format!("A value is too long for the index {}", index.name),
            ));
        }
    }
    Ok(())
}

fn scalar_bytes(value: &Value) -> usize {
    value
        .as_str()
        .map_or_else(|| value.to_string().len(), str::len)
}

fn is_a(kind: AttributeKind, value: &Value) -> bool {
    match kind {
        AttributeKind::String => value.is_string(),
        AttributeKind::Boolean => value.is_boolean(),
        AttributeKind::Float => value.is_number(),
        AttributeKind::Integer => value
            .as_i64()
            .is_some_and(|number| i32::try_from(number).is_ok()),
        AttributeKind::Any => true,
    }
}
