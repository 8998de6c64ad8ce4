//! The JSON Schema of the policy document, from the document's types.
//!
//! It describes the structure: which fields there are, of what kind, in what shape. What fields mean for each other
//! (the order of stages, say) only `read` checks. Everything that `read` takes fits the schema.

use std::borrow::Cow;

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::{Map, Value, json};

use super::timetable::WEEKDAYS;
use super::{Policy, Schedule, Span};

/// The schema, in draft 2020-12.
pub fn schema() -> Value {
    let generator = SchemaSettings::draft2020_12().into_generator();
    let mut schema = Value::from(generator.into_root_schema_for::<Policy>());
    as_read(&mut schema);
    schema
}

/// The reader's rules that hold everywhere: no field may be `null`, no list and no text is empty.
fn as_read(schema: &mut Value) {
    match schema {
        Value::Array(schemas) => schemas.iter_mut().for_each(as_read),
        Value::Object(schema) => {
            without_null(schema);
            if schema.get("type") == Some(&json!("array")) {
                schema.entry("minItems").or_insert(json!(1));
            }
            let is_bound = ["enum", "const", "pattern"]
                .iter()
                .any(|key| schema.contains_key(*key));
            if schema.get("type") == Some(&json!("string")) && !is_bound {
                schema.insert("pattern".to_owned(), json!("\\S"));
            }
            if let Some(Value::String(description)) = schema.get_mut("description") {
                *description = for_administrators(description);
            }
            // The width of a number in memory is nobody's business.
            schema.remove("format");
            schema.values_mut().for_each(as_read);
        }
        _ => {}
    }
}

/// One line, without the names of our own rules.
fn for_administrators(description: &str) -> String {
    let line = description.replace('\n', " ");
    match line.split_once(" (RULES ") {
        Some((before, rest)) => {
            let after = rest.split_once(')').map_or("", |(_, after)| after);
            format!("{before}{after}")
        }
        None => line,
    }
}

fn without_null(schema: &mut Map<String, Value>) {
    if let Some(Value::Array(types)) = schema.get_mut("type") {
        types.retain(|kind| kind != "null");
        if let [only] = types.as_slice() {
            let only = only.clone();
            schema.insert("type".to_owned(), only);
        }
    }
    if let Some(Value::Array(choices)) = schema.get_mut("anyOf") {
        choices.retain(|choice| *choice != json!({"type": "null"}));
        if let [only] = choices.as_slice()
            && let Some(reference) = only.get("$ref").cloned()
        {
            schema.remove("anyOf");
            schema.insert("$ref".to_owned(), reference);
        }
    }
}

/// What a policy is worth that does not say whether it is switched on.
pub(super) fn switched_on() -> bool {
    true
}

/// The margin of a policy that names none.
pub(super) fn default_tolerance() -> Span {
    super::read::DEFAULT_TOLERANCE
}

/// A value by itself, or a list of them.
#[derive(JsonSchema)]
#[serde(untagged)]
#[schemars(inline)]
#[expect(dead_code, reason = "only its schema is used")]
pub(super) enum OneOrList<T> {
    One(T),
    List(Vec<T>),
}

/// A text of a certain shape.
macro_rules! text {
    ($name:ident, $pattern:expr, $description:expr) => {
        pub(super) struct $name;

        impl JsonSchema for $name {
            fn schema_name() -> Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!({"type": "string", "pattern": $pattern, "description": $description})
            }
        }
    };
}

text!(
    PolicyId,
    "^[a-z0-9-]{1,60}$",
    "1 to 60 signs of a-z, 0-9 and -."
);
text!(
    AnySpan,
    "^0*(10000|[0-9]{1,4})(h|d|w|mo|y)$",
    "A length of time: a whole number up to 10000 and h, d, w, mo (months) or y (years), such as 90d."
);
text!(
    SomeSpan,
    "^0*(10000|[1-9][0-9]{0,3})(h|d|w|mo|y)$",
    "A length of time that is not zero: a whole number up to 10000 and h, d, w, mo (months) or y (years), such as 90d."
);
text!(
    GroupName,
    r"^(?!ari:cloud:identity::group/$)[\s\S]*\S",
    "A group's name, a glob on names (`*` stands for any text, capitals count), or its id, with or without the ARI prefix."
);
text!(
    EmailPattern,
    "[@*]",
    "An e-mail address, or a glob on addresses (`*` stands for any text, capitals do not count)."
);
text!(
    DomainPattern,
    r"^[^@]*[^@\s][^@]*$",
    "A domain, or a glob on domains: `*.partner.example` means subdomains only. Capitals do not count."
);

impl JsonSchema for Span {
    fn schema_name() -> Cow<'static, str> {
        "Span".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        AnySpan::json_schema(generator)
    }
}

/// By hand: which fields there may be depends on the unit.
impl JsonSchema for Schedule {
    fn schema_name() -> Cow<'static, str> {
        "Schedule".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let weekdays = json!({"enum": WEEKDAYS.map(|(_, name)| name)});
        let day_of_month = json!({"anyOf": [
            {"type": "integer", "minimum": 1, "maximum": 31},
            {"const": "last"},
        ]});
        let day_of_year = json!({
            "type": "string",
            "pattern": "^(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$",
        });
        json_schema!({
            "description": "When the policy runs by itself: at one instant, or again and again.",
            "oneOf": [
                once(),
                every("hour", None),
                every("day", None),
                every("week", Some(&weekdays)),
                every("month", Some(&day_of_month)),
                every("year", Some(&day_of_year)),
            ],
        })
    }
}

fn once() -> Value {
    json!({
        "type": "object",
        "description": "At one instant, such as 2026-11-21T17:00:00Z.",
        "properties": {"once": {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}.[0-9]{2}:[0-9]{2}:[0-9]{2}"}},
        "required": ["once"],
        "additionalProperties": false,
    })
}

fn every(unit: &str, day: Option<&Value>) -> Value {
    let date =
        json!({"type": "string", "pattern": "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"});
    let mut properties = json!({
        "every": {
            "type": "object",
            "description": format!("Every so many {unit}s."),
            "properties": {
                "n": {"type": "integer", "minimum": 1, "maximum": 1000},
                "unit": {"const": unit},
            },
            "required": ["n", "unit"],
            "additionalProperties": false,
        },
        "zone": {
            "type": "string",
            "description": "The IANA name of the time zone.",
            "pattern": "^[A-Za-z][A-Za-z0-9/_+-]{0,63}$",
            "default": "UTC",
        },
        "except": {
            "type": "array",
            "description": "Black-out windows, in which nothing starts: days of the week, and days from one date to another.",
            "uniqueItems": true,
            "items": {"anyOf": [
                {"enum": WEEKDAYS.map(|(_, name)| name)},
                {
                    "type": "object",
                    "properties": {"from": date, "to": date},
                    "required": ["from", "to"],
                    "additionalProperties": false,
                },
            ]},
        },
    });
    if unit != "hour" {
        let at = json!({
            "type": "string",
            "description": "The time of day in the zone.",
            "pattern": "^([01][0-9]|2[0-3]):[0-5][0-9]$",
            "default": "00:00",
        });
        put(&mut properties, "at", at);
    }
    if let Some(day) = day {
        let on = json!({
            "description": format!("On which days of the {unit}, one or a list; the first without it."),
            "anyOf": [day, {"type": "array", "uniqueItems": true, "items": day}],
        });
        put(&mut properties, "on", on);
    }
    json!({
        "type": "object",
        "properties": properties,
        "required": ["every"],
        "additionalProperties": false,
    })
}

fn put(properties: &mut Value, name: &str, schema: Value) {
    if let Value::Object(properties) = properties {
        properties.insert(name.to_owned(), schema);
    }
}
