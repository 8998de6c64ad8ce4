//! The query language of the workspaces: `field`, `searchWorkspaces`, `features`, `policies`, `and`, `nor`.

use serde_json::{Map, Value};

/// Whether a query and a sort have the forms that the document declares.
pub fn is_well_formed(body: &Map<String, Value>) -> bool {
    body.get("query").is_none_or(is_query) && body.get("sort").is_none_or(is_sort)
}

fn is_query(query: &Value) -> bool {
    let Value::Object(fields) = query else {
        return query.is_null();
    };
    let is_term = |name: &str| matches!(name, "searchWorkspaces" | "value");
    if fields.keys().all(|name| is_term(name)) {
        return fields.values().all(Value::is_string);
    }
    let mut operands = fields.iter();
    let (Some((operator, operand)), None) = (operands.next(), operands.next()) else {
        return false;
    };
    match operator.as_str() {
        "and" | "nor" => operand
            .as_array()
            .is_some_and(|all| all.iter().all(is_query)),
        "features" | "policies" => is_texts(operand),
        "field" => is_field(operand),
        _ => false,
    }
}

fn is_field(operand: &Value) -> bool {
    operand.as_object().is_some_and(|fields| {
        fields.iter().all(|(name, value)| match name.as_str() {
            "name" => value.is_string(),
            "values" => is_texts(value),
            _ => false,
        })
    })
}

fn is_sort(sort: &Value) -> bool {
    let is_order = |order: &Value| {
        order.as_object().is_some_and(|fields| {
            fields.iter().all(|(name, value)| match name.as_str() {
                "field" => value.is_string(),
                "order" => matches!(value.as_str(), Some("asc" | "desc")),
                _ => false,
            })
        })
    };
    sort.is_null() || sort.as_array().is_some_and(|all| all.iter().all(is_order))
}

fn is_texts(value: &Value) -> bool {
    let texts = value.as_array();
    texts.is_some_and(|texts| texts.iter().all(Value::is_string))
}

/// Whether a workspace fits a well-formed query; what is no query asks for nothing.
pub fn takes(query: &Value, row: &Value) -> bool {
    let Value::Object(query) = query else {
        return true;
    };
    query.iter().all(|(operator, operand)| {
        let each = operand.as_array().into_iter().flatten();
        match operator.as_str() {
            "field" => field_fits(operand, row),
            "searchWorkspaces" => {
                let wanted = operand.as_str().unwrap_or_default().to_lowercase();
                let name = row["attributes"]["name"].as_str().unwrap_or_default();
                name.to_lowercase().contains(&wanted)
            }
            "and" => each.into_iter().all(|query| takes(query, row)),
            "nor" => !each.into_iter().any(|query| takes(query, row)),
            _ => true,
        }
    })
}

/// The values of `attributes.type` are free text in the document: the key and the title are both accepted.
fn field_fits(operand: &Value, row: &Value) -> bool {
    let name = operand["name"].as_str().unwrap_or_default();
    let attributes = &row["attributes"];
    let actual: Vec<&Value> = match name {
        "attributes.type" => vec![&attributes["type"], &attributes["typeKey"]],
        _ => vec![&attributes[name.trim_start_matches("attributes.")]],
    };
    operand["values"]
        .as_array()
        .into_iter()
        .flatten()
        .any(|value| actual.contains(&value))
}
