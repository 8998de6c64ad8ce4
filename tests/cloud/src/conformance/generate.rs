//! Makes requests of an operation out of its document: each parameter and each field of the body absent, at its
//! boundaries, of each allowed value, of a wrong type, and in drawn combinations.

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use serde_json::{Map, Value, json};

use super::Validator;
use super::document::{Document, Operation};
use crate::message::Request;

/// Real values for a parameter or a field of this name, found by earlier requests; empty where none matter.
pub type Known<'a> = &'a dyn Fn(&str) -> Vec<String>;

/// How deep objects within objects are filled.
const DEPTH: usize = 4;

impl Validator {
    /// The requests to try on an operation, named by its method and a path with real ids in it.
    pub fn generate(
        &self,
        method: &str,
        path: &str,
        known: Known<'_>,
        seed: u64,
        combinations: usize,
    ) -> Vec<Request> {
        let (document, rest) = self.document_of(path);
        let Some(operation) = document.operation(method, rest) else {
            return Vec::new();
        };
        let source = Source { document, known };
        let draw = &mut ChaCha8Rng::seed_from_u64(seed);
        let mut requests = source.by_parameters(method, path, &operation, draw, combinations);
        requests.extend(source.by_body(method, path, &operation, draw, combinations));
        requests
    }
}

/// Where values come from.
struct Source<'a> {
    document: &'a Document,
    known: Known<'a>,
}

impl Source<'_> {
    fn by_parameters(
        &self,
        method: &str,
        path: &str,
        operation: &Operation<'_>,
        draw: &mut ChaCha8Rng,
        combinations: usize,
    ) -> Vec<Request> {
        let choices: Vec<(&str, Vec<Value>)> = operation
            .query_parameters()
            .into_iter()
            .map(|parameter| {
                let name = parameter["name"].as_str().unwrap_or_default();
                (name, self.candidates(name, &parameter["schema"], DEPTH))
            })
            .collect();
        let plain = || {
            let request = Request::new(method, path);
            if method == "GET" {
                request
            } else {
                request.with_header("content-type", "application/json")
            }
        };
        let mut requests = vec![plain()];
        for (name, values) in &choices {
            for value in values {
                let mut request = plain();
                add_parameter(&mut request, name, value);
                requests.push(request);
            }
        }
        for _ in 0..if choices.is_empty() { 0 } else { combinations } {
            let mut request = plain();
            for (name, values) in choices.iter().filter(|(_, values)| !values.is_empty()) {
                if draw.random_ratio(1, 2) {
                    add_parameter(
                        &mut request,
                        name,
                        &values[draw.random_range(0..values.len())],
                    );
                }
            }
            requests.push(request);
        }
        requests
    }

    fn by_body(
        &self,
        method: &str,
        path: &str,
        operation: &Operation<'_>,
        draw: &mut ChaCha8Rng,
        combinations: usize,
    ) -> Vec<Request> {
        let Some(schema) = operation.request_body() else {
            return Vec::new();
        };
        let properties = self.document.properties(schema);
        let choices: Vec<(&String, Vec<Value>)> = properties
            .iter()
            .map(|(name, property)| (name, self.candidates(name, property, DEPTH)))
            .collect();
        let mut bodies = vec![
            json!({}),
            json!([]),
            json!("text"),
            json!({"noSuchField": 1}),
        ];
        for (name, values) in &choices {
            bodies.extend(values.iter().map(|value| json!({name.as_str(): value})));
        }
        for _ in 0..combinations {
            let mut body = Map::new();
            for (name, values) in choices.iter().filter(|(_, values)| !values.is_empty()) {
                if draw.random_ratio(1, 3) {
                    let value = &values[draw.random_range(0..values.len())];
                    body.insert((*name).clone(), value.clone());
                }
            }
            bodies.push(Value::Object(body));
        }
        let mut requests: Vec<Request> = bodies
            .iter()
            .map(|body| Request::post(path, body))
            .collect();
        let mut broken = Request::post(path, &json!({}));
        broken.body = b"{\"limit\":".to_vec();
        requests.push(broken);
        for request in &mut requests {
            method.clone_into(&mut request.method);
        }
        requests
    }

    /// Right and wrong values of a schema.
    fn candidates(&self, name: &str, schema: &Value, depth: usize) -> Vec<Value> {
        let schema = self.document.resolve(schema);
        if depth == 0 {
            return Vec::new();
        }
        if let Some(Value::Array(members)) = schema.get("enum") {
            let wrong = [json!("no-such-member"), json!(7)];
            return members.iter().cloned().chain(wrong).collect();
        }
        if let Some(Value::Array(choices)) = schema.get("anyOf").or_else(|| schema.get("oneOf")) {
            let each = choices
                .iter()
                .flat_map(|one| self.candidates(name, one, depth - 1));
            return each.collect();
        }
        match schema["type"].as_str() {
            Some("integer" | "number") => numbers(schema),
            Some("boolean") => vec![json!(true), json!(false), json!("maybe"), json!(2)],
            Some("array") => self.lists(name, schema, depth),
            Some("object") => self.objects(schema, depth),
            _ => {
                let known = (self.known)(name);
                let mut texts: Vec<Value> = known.into_iter().map(Value::from).collect();
                texts.extend([
                    json!("a"),
                    json!(""),
                    json!(7),
                    json!(false),
                    json!(["a", 1]),
                ]);
                texts
            }
        }
    }

    fn lists(&self, name: &str, schema: &Value, depth: usize) -> Vec<Value> {
        let items = self.candidates(name, &schema["items"], depth - 1);
        let mut lists: Vec<Value> = items.iter().map(|item| json!([item])).collect();
        lists.extend([json!([]), json!("text"), json!({})]);
        if let Some(first) = items.first() {
            lists.push(json!([first, first]));
            if let Some(most) = schema["maxItems"].as_u64() {
                let of = |count: u64| -> Value {
                    let numbered = |at: u64| match first {
                        // Members of an enumeration cannot be numbered.
                        Value::String(_) if self.is_free(&schema["items"]) => {
                            json!(format!("v{at}"))
                        }
                        other => other.clone(),
                    };
                    (0..count).map(numbered).collect()
                };
                lists.extend([of(most), of(most + 1)]);
            }
        }
        lists
    }

    fn objects(&self, schema: &Value, depth: usize) -> Vec<Value> {
        let fields: Vec<(&String, Vec<Value>)> = schema["properties"]
            .as_object()
            .into_iter()
            .flatten()
            .map(|(name, property)| (name, self.candidates(name, property, depth - 1)))
            .collect();
        let first: Map<String, Value> = fields
            .iter()
            .filter_map(|(name, values)| Some(((*name).clone(), values.first()?.clone())))
            .collect();
        let mut objects = vec![Value::Object(first.clone()), json!({}), json!(7)];
        for (name, values) in &fields {
            for value in values {
                let mut object = first.clone();
                object.insert((*name).clone(), value.clone());
                objects.push(Value::Object(object));
            }
        }
        objects
    }

    fn is_free(&self, schema: &Value) -> bool {
        self.document.resolve(schema).get("enum").is_none()
    }
}

fn numbers(schema: &Value) -> Vec<Value> {
    let mut values = vec![json!(1), json!(-1), json!("many"), json!(1.5), json!(true)];
    for bound in ["minimum", "maximum"] {
        if let Some(bound) = schema[bound].as_i64() {
            values.extend([json!(bound - 1), json!(bound), json!(bound + 1)]);
        }
    }
    values
}

/// Lists repeat the parameter; objects have no form in a query.
fn add_parameter(request: &mut Request, name: &str, value: &Value) {
    match value {
        Value::Array(items) => items
            .iter()
            .for_each(|item| add_parameter(request, name, item)),
        Value::Object(_) => {}
        Value::String(text) => request.query.push((name.to_owned(), text.clone())),
        other => request.query.push((name.to_owned(), other.to_string())),
    }
}
