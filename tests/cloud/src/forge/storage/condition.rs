//! The twelve conditions of filters and transactions.

use std::cmp::Ordering;

use serde_json::Value;

use super::refusal::Refusal;
use crate::forge::manifest::Entity;

/// Most conditions of one filter.
const MOST_CONDITIONS: usize = 100;

/// Conditions joined by `and` or by `or`.
#[derive(Clone, Debug)]
pub struct Filter {
    conditions: Vec<Condition>,
    all: bool,
}

/// One condition on one attribute.
#[derive(Clone, Debug)]
pub struct Condition {
    property: String,
    operator: String,
    values: Vec<Value>,
}

impl Filter {
    /// Reads `{"and":[…]}` or `{"or":[…]}`; nothing when absent.
    pub fn read(filter: &Value, entity: &Entity) -> Result<Option<Filter>, Refusal> {
        let invalid = |reason: &str| Refusal::bad("INVALID_FILTER", reason);
        let Value::Object(operators) = filter else {
            return if filter.is_null() {
                Ok(None)
            } else {
                Err(invalid("conditions must be an object"))
            };
        };
        let (list, all) = match (operators.get("and"), operators.get("or")) {
            (Some(list), None) => (list, true),
            (None, Some(list)) => (list, false),
            _ => return Err(invalid("conditions have either \"and\" or \"or\"")),
        };
        let conditions = list
            .as_array()
            .filter(|list| (1..=MOST_CONDITIONS).contains(&list.len()))
            .ok_or_else(|| invalid("conditions must be a list of 1 to 100"))?
            .iter()
            .map(|condition| Condition::read(condition, entity))
            .collect::<Result<Vec<_>, _>>()?;
        Ok(Some(Filter { conditions, all }))
    }

    /// Whether it holds for a stored value, or for an absent one.
    pub fn holds(&self, value: Option<&Value>) -> bool {
        let mut each = self.conditions.iter().map(|condition| {
            condition.holds(value.and_then(|value| value.get(&condition.property)))
        });
        if self.all {
            each.all(|holds| holds)
        } else {
            each.any(|holds| holds)
        }
    }
}

impl Condition {
    fn read(condition: &Value, entity: &Entity) -> Result<Condition, Refusal> {
        let property = condition["property"].as_str().unwrap_or_default();
        if !entity.attributes.contains_key(property) {
            return Err(Refusal::bad(
                "INVALID_FILTER",
                format!("{} has no attribute {property}", entity.name),
            ));
        }
        Condition::of(property, condition)
    }

    /// Reads the operator and its values, for an attribute that is known to exist.
    pub fn of(property: &str, condition: &Value) -> Result<Condition, Refusal> {
        let operator = condition["condition"].as_str().unwrap_or_default();
        let values = condition["values"].as_array().cloned().unwrap_or_default();
        let wanted = match operator {
            "BETWEEN" => 2,
            "EXISTS"
            | "NOT_EXISTS"
            | "BEGINS_WITH"
            | "CONTAINS"
            | "NOT_CONTAINS"
            | "EQUAL_TO"
            | "NOT_EQUAL_TO"
            | "GREATER_THAN"
            | "GREATER_THAN_EQUAL_TO"
            | "LESS_THAN"
            | "LESS_THAN_EQUAL_TO" => 1,
            other => {
                return Err(Refusal::bad(
                    "INVALID_FILTER",
                    format!("There is no condition \"{other}\""),
                ));
            }
        };
        if values.len() != wanted {
            return Err(Refusal::bad(
                "INVALID_FILTER",
                format!("{operator} takes {wanted} values"),
            ));
        }
        Ok(Condition {
            property: property.to_owned(),
            operator: operator.to_owned(),
            values,
        })
    }

    /// Whether it holds for an attribute's value. On an absent attribute only the negative conditions hold.
    pub fn holds(&self, actual: Option<&Value>) -> bool {
        let actual = actual.filter(|value| !value.is_null());
        let negative = matches!(
            self.operator.as_str(),
            "NOT_EXISTS" | "NOT_EQUAL_TO" | "NOT_CONTAINS"
        );
        match actual {
            None => negative,
            Some(actual) => self.holds_for(actual),
        }
    }

    fn holds_for(&self, actual: &Value) -> bool {
        let first = self.values.first().unwrap_or(&Value::Null);
        let order = compare(actual, first);
        match self.operator.as_str() {
            "EXISTS" => true,
            "BEGINS_WITH" => text_of(actual).starts_with(&text_of(first)),
            "CONTAINS" => contains(actual, first),
            "NOT_CONTAINS" => !contains(actual, first),
            "EQUAL_TO" => order == Some(Ordering::Equal),
            "NOT_EQUAL_TO" => order != Some(Ordering::Equal),
            "GREATER_THAN" => order == Some(Ordering::Greater),
            "GREATER_THAN_EQUAL_TO" => order.is_some_and(Ordering::is_ge),
            "LESS_THAN" => order == Some(Ordering::Less),
            "LESS_THAN_EQUAL_TO" => order.is_some_and(Ordering::is_le),
            "BETWEEN" => {
                let last = self.values.last().unwrap_or(&Value::Null);
                order.is_some_and(Ordering::is_ge)
                    && compare(actual, last).is_some_and(Ordering::is_le)
            }
            _ => false,
        }
    }
}

/// The order of two values of the same type; nothing for different types.
pub fn compare(left: &Value, right: &Value) -> Option<Ordering> {
    match (left, right) {
        (Value::String(left), Value::String(right)) => Some(left.as_bytes().cmp(right.as_bytes())),
        (Value::Number(left), Value::Number(right)) => left.as_f64()?.partial_cmp(&right.as_f64()?),
        (Value::Bool(left), Value::Bool(right)) => Some(left.cmp(right)),
        _ => None,
    }
}

fn contains(actual: &Value, wanted: &Value) -> bool {
    match actual {
        Value::Array(items) => items.contains(wanted),
        other => text_of(other).contains(&text_of(wanted)),
    }
}

fn text_of(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}
