//! Turns an OpenAPI 3.0 schema into a JSON Schema that stands alone.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

/// Keywords that mean the same in both.
const KEPT: [&str; 15] = [
    "type",
    "required",
    "enum",
    "format",
    "minItems",
    "maxItems",
    "uniqueItems",
    "minimum",
    "maximum",
    "minLength",
    "maxLength",
    "pattern",
    "minProperties",
    "maxProperties",
    "default",
];

/// The schema with every component it reaches, under the same references.
pub fn standalone(schema: &Value, document: &Value) -> Value {
    let mut reached = BTreeSet::new();
    reach(schema, document, &mut reached);
    let mut components = Map::new();
    for name in reached {
        let component = &document["components"]["schemas"][&name];
        components.insert(name, converted(component, true, document));
    }
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "allOf": [converted(schema, true, document)],
        "components": {"schemas": components},
    })
}

fn reach(schema: &Value, document: &Value, reached: &mut BTreeSet<String>) {
    match schema {
        Value::Object(fields) => {
            let name = fields
                .get("$ref")
                .and_then(Value::as_str)
                .and_then(|reference| reference.strip_prefix("#/components/schemas/"));
            if let Some(name) = name
                && reached.insert(name.to_owned())
            {
                reach(&document["components"]["schemas"][name], document, reached);
            }
            fields
                .values()
                .for_each(|value| reach(value, document, reached));
        }
        Value::Array(items) => items.iter().for_each(|item| reach(item, document, reached)),
        _ => {}
    }
}

/// `nullable` becomes a choice; an object that declares properties is closed unless it is a part of an `allOf`.
fn converted(schema: &Value, close: bool, document: &Value) -> Value {
    if let Some(merged) = merged(schema, document) {
        return converted(&merged, close, document);
    }
    let Value::Object(fields) = schema else {
        return schema.clone();
    };
    // What stands beside a reference does not count, and is not always a schema.
    if let Some(reference) = fields.get("$ref") {
        return json!({"$ref": reference});
    }
    let mut kept: Map<String, Value> = fields
        .iter()
        .filter(|(name, _)| KEPT.contains(&name.as_str()))
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect();
    // A pattern written as a block of YAML ends with the line's end, which nothing matches.
    if let Some(pattern) = fields.get("pattern").and_then(Value::as_str) {
        kept.insert("pattern".to_owned(), json!(pattern.trim_end()));
    }
    if let Some(Value::Object(properties)) = fields.get("properties") {
        let properties: Map<String, Value> = properties
            .iter()
            .map(|(name, schema)| (name.clone(), converted(schema, true, document)))
            .collect();
        kept.insert("properties".to_owned(), Value::Object(properties));
        if close && !fields.contains_key("allOf") {
            kept.insert("additionalProperties".to_owned(), json!(false));
        }
    }
    for name in ["items", "additionalProperties", "not"] {
        if let Some(inner) = fields.get(name) {
            kept.insert(name.to_owned(), converted(inner, true, document));
        }
    }
    for name in ["allOf", "anyOf", "oneOf"] {
        if let Some(Value::Array(choices)) = fields.get(name) {
            let close = name != "allOf";
            let choices = choices
                .iter()
                .map(|choice| converted(choice, close, document));
            kept.insert(name.to_owned(), choices.collect());
        }
    }
    if fields.get("nullable") == Some(&json!(true)) {
        json!({"anyOf": [{"type": "null"}, kept]})
    } else {
        Value::Object(kept)
    }
}

/// An `allOf` of objects that declare properties as one object: each of them alone would refuse the others' fields.
fn merged(schema: &Value, document: &Value) -> Option<Value> {
    let (mut properties, mut required) = (Map::new(), Vec::new());
    for part in schema.get("allOf")?.as_array()? {
        let part = match part.get("$ref").and_then(Value::as_str) {
            Some(reference) => document.pointer(reference.trim_start_matches('#'))?,
            None => part,
        };
        properties.extend(part.get("properties")?.as_object()?.clone());
        required.extend(part.get("required").and_then(Value::as_array).cloned());
    }
    let required: Vec<Value> = required.into_iter().flatten().collect();
    Some(json!({"type": "object", "properties": properties, "required": required}))
}

/// The properties that an object declares, itself or as an `allOf` of objects.
pub fn properties(schema: &Value, document: &Value) -> Map<String, Value> {
    let merged = merged(schema, document);
    let declared = merged.as_ref().unwrap_or(schema).get("properties");
    declared
        .and_then(Value::as_object)
        .cloned()
        .unwrap_or_default()
}
