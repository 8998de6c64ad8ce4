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
        components.insert(name, converted(component, true));
    }
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "allOf": [converted(schema, true)],
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
fn converted(schema: &Value, close: bool) -> Value {
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
    if let Some(Value::Object(properties)) = fields.get("properties") {
        let properties: Map<String, Value> = properties
            .iter()
            .map(|(name, schema)| (name.clone(), converted(schema, true)))
            .collect();
        kept.insert("properties".to_owned(), Value::Object(properties));
        if close && !fields.contains_key("allOf") {
            kept.insert("additionalProperties".to_owned(), json!(false));
        }
    }
    for name in ["items", "additionalProperties", "not"] {
        if let Some(inner) = fields.get(name) {
            kept.insert(name.to_owned(), converted(inner, true));
        }
    }
    for name in ["allOf", "anyOf", "oneOf"] {
        if let Some(Value::Array(choices)) = fields.get(name) {
            let close = name != "allOf";
            let choices = choices.iter().map(|choice| converted(choice, close));
            kept.insert(name.to_owned(), choices.collect());
        }
    }
    if fields.get("nullable") == Some(&json!(true)) {
        json!({"anyOf": [{"type": "null"}, kept]})
    } else {
        Value::Object(kept)
    }
}
