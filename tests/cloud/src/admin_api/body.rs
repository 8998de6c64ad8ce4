//! Checks a request body against the fields that the API documents.

use serde_json::{Map, Value, json};

/// What a field may hold.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    /// A text.
    Text,
    /// `true` or `false`.
    Flag,
    /// A whole number from 1 to this.
    UpTo(i64),
    /// One of these texts.
    Choice(&'static [&'static str]),
    /// One to so many texts.
    Texts(usize),
    /// The same, without repetition.
    UniqueTexts(usize),
    /// One to so many of these texts.
    Choices(usize, &'static [&'static str]),
    /// Any number of these texts, without repetition.
    Expand(&'static [&'static str]),
    /// One object that names this field and a direction.
    SortBy(&'static str),
    /// Anything: checked where it is used.
    Any,
}

/// A field's name and what it may hold.
pub type Field = (&'static str, Kind);

/// Parses a body: empty counts as `{}`. The error is the detail of a 400.
pub fn parse(body: &[u8], fields: &[Field]) -> Result<Map<String, Value>, String> {
    if body.iter().all(u8::is_ascii_whitespace) {
        return Ok(Map::new());
    }
    let value: Value =
        serde_json::from_slice(body).map_err(|error| format!("Malformed JSON: {error}"))?;
    let Value::Object(object) = value else {
        return Err("The body must be a JSON object".to_owned());
    };
    check(&object, fields)?;
    Ok(object)
}

/// Reads a query string as the body form has it, and checks it. The error is the detail of a 400.
pub fn parameters(
    query: &[(String, String)],
    fields: &[Field],
) -> Result<Map<String, Value>, String> {
    let mut read = Map::new();
    for (name, text) in query {
        let Some((_, kind)) = fields.iter().find(|(known, _)| known == name) else {
            return Err(format!("Unrecognized parameter \"{name}\""));
        };
        let value = match kind {
            // A number or a flag that is none stays a text, which the check refuses.
            Kind::UpTo(_) => text
                .parse::<i64>()
                .map_or_else(|_| json!(text), Value::from),
            Kind::Flag => text
                .parse::<bool>()
                .map_or_else(|_| json!(text), Value::from),
            Kind::Text | Kind::Choice(_) => json!(text),
            _ => {
                let list = read.entry(name.clone()).or_insert_with(|| json!([]));
                if let Value::Array(list) = list {
                    list.extend(text.split(',').map(Value::from));
                }
                continue;
            }
        };
        if read.insert(name.clone(), value).is_some() {
            return Err(format!("\"{name}\" must be given once"));
        }
    }
    check(&read, fields)?;
    Ok(read)
}

/// Checks every field of an object; unknown fields are errors.
pub fn check(object: &Map<String, Value>, fields: &[Field]) -> Result<(), String> {
    for (name, value) in object {
        let Some((_, kind)) = fields.iter().find(|(known, _)| known == name) else {
            return Err(format!("Unrecognized field \"{name}\""));
        };
        if !fits(*kind, value) {
            return Err(format!("Invalid value for \"{name}\""));
        }
    }
    Ok(())
}

/// A list of texts; empty when the field is absent.
pub fn texts(object: &Map<String, Value>, name: &str) -> Vec<String> {
    object
        .get(name)
        .and_then(Value::as_array)
        .map(|values| {
            values
                .iter()
                .filter_map(|value| value.as_str().map(str::to_owned))
                .collect()
        })
        .unwrap_or_default()
}

/// A text.
pub fn text<'a>(object: &'a Map<String, Value>, name: &str) -> Option<&'a str> {
    object.get(name).and_then(Value::as_str)
}

/// The page size.
pub fn limit(object: &Map<String, Value>, default: usize) -> usize {
    object
        .get("limit")
        .and_then(Value::as_u64)
        .and_then(|limit| usize::try_from(limit).ok())
        .unwrap_or(default)
}

fn fits(kind: Kind, value: &Value) -> bool {
    match kind {
        Kind::Text => value.is_string(),
        Kind::Flag => value.is_boolean(),
        Kind::UpTo(most) => value
            .as_i64()
            .is_some_and(|number| (1..=most).contains(&number)),
        Kind::Choice(allowed) => value.as_str().is_some_and(|text| allowed.contains(&text)),
        Kind::Texts(most) => is_list(value, 1, most, |_| true),
        Kind::UniqueTexts(most) => is_list(value, 1, most, |_| true) && is_unique(value),
        Kind::Choices(most, allowed) => is_list(value, 1, most, |text| allowed.contains(&text)),
        Kind::Expand(allowed) => {
            is_list(value, 0, usize::MAX, |text| allowed.contains(&text)) && is_unique(value)
        }
        Kind::SortBy(field) => is_sort(value, field),
        Kind::Any => true,
    }
}

fn is_list(value: &Value, least: usize, most: usize, fits: impl Fn(&str) -> bool) -> bool {
    value.as_array().is_some_and(|values| {
        (least..=most).contains(&values.len())
            && values.iter().all(|value| value.as_str().is_some_and(&fits))
    })
}

fn is_unique(value: &Value) -> bool {
    let mut values: Vec<&str> = value
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect();
    let before = values.len();
    values.sort_unstable();
    values.dedup();
    values.len() == before
}

fn is_sort(value: &Value, field: &str) -> bool {
    let Some([order]) = value.as_array().map(Vec::as_slice) else {
        return false;
    };
    let direction = order.get("direction").and_then(Value::as_str);
    order.get("field").and_then(Value::as_str) == Some(field)
        && matches!(direction, Some("asc" | "desc"))
}
