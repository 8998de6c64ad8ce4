//! One OpenAPI document: finding operations, judging values.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use jsonschema::Validator as Compiled;
use serde_json::{Value, json};

use super::schema::{self, standalone};

/// A document with its compiled schemas.
pub struct Document {
    document: Value,
    is_date_time: fn(&str) -> bool,
    compiled: Mutex<HashMap<String, Arc<Compiled>>>,
}

/// One operation of a document.
pub struct Operation<'a> {
    template: &'a str,
    document: &'a Document,
    value: &'a Value,
    shared_parameters: &'a Value,
}

impl Document {
    /// Takes the document's JSON, and what its `date-time` really looks like.
    pub fn new(document: Value, is_date_time: fn(&str) -> bool) -> Self {
        Document {
            document,
            is_date_time,
            compiled: Mutex::new(HashMap::new()),
        }
    }

    /// The operation of a path; where several templates fit, the one with the most literal segments.
    pub fn operation(&self, method: &str, path: &str) -> Option<Operation<'_>> {
        let segments: Vec<&str> = path.trim_matches('/').split('/').collect();
        let method = method.to_ascii_lowercase();
        self.document["paths"]
            .as_object()?
            .iter()
            .filter(|(_, item)| item.get(&method).is_some())
            .filter_map(|(template, item)| Some((literals(template, &segments)?, template, item)))
            .max_by_key(|(literals, ..)| *literals)
            .map(|(_, template, item)| Operation {
                template,
                document: self,
                value: &item[&method],
                shared_parameters: &item["parameters"],
            })
    }

    /// What is wrong with a value.
    pub fn violations(&self, schema: &Value, value: &Value, what: &str) -> Vec<String> {
        let compiled = match self.compiled(schema) {
            Ok(compiled) => compiled,
            Err(error) => return vec![format!("{what}: the schema cannot be used: {error}")],
        };
        compiled
            .iter_errors(value)
            .map(|error| {
                let mut message = error.to_string();
                message.truncate(message.floor_char_boundary(300));
                format!("{what} at {}: {message}", error.instance_path())
            })
            .collect()
    }

    /// What is wrong with the query parameters.
    pub fn query_violations(
        &self,
        operation: &Operation<'_>,
        query: &[(String, String)],
    ) -> Vec<String> {
        let declared = operation.query_parameters();
        let mut violations = Vec::new();
        for parameter in &declared {
            let name = parameter["name"].as_str().unwrap_or_default();
            let values: Vec<&str> = query
                .iter()
                .filter(|(given, _)| given == name)
                .map(|(_, value)| value.as_str())
                .collect();
            if values.is_empty() {
                let required = parameter["required"] == json!(true);
                violations.extend(required.then(|| format!("the parameter {name} is missing")));
                continue;
            }
            let schema = &parameter["schema"];
            let value = typed(self.resolve(schema), &values);
            violations.extend(self.violations(schema, &value, &format!("parameter {name}")));
        }
        for (name, _) in query {
            let known = declared
                .iter()
                .any(|parameter| parameter["name"] == json!(name));
            violations.extend((!known).then(|| format!("the parameter {name} is not declared")));
        }
        violations
    }

    /// The schema of a response's JSON body, if it declares one.
    pub fn json_schema<'a>(&'a self, response: &'a Value) -> Option<&'a Value> {
        let content = self.resolve(response).get("content")?.as_object()?;
        content
            .iter()
            .find(|(media, _)| media.starts_with("application/json"))
            .and_then(|(_, content)| content.get("schema"))
    }

    fn compiled(&self, schema: &Value) -> Result<Arc<Compiled>, String> {
        let key = schema.to_string();
        let mut cache = self.compiled.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(compiled) = cache.get(&key) {
            return Ok(Arc::clone(compiled));
        }
        let compiled = jsonschema::options()
            .should_validate_formats(true)
            .with_format("date-time", self.is_date_time)
            .build(&standalone(schema, &self.document))
            .map_err(|error| error.to_string())?;
        let compiled = Arc::new(compiled);
        cache.insert(key, Arc::clone(&compiled));
        Ok(compiled)
    }

    /// The properties that an object declares.
    pub fn properties(&self, schema: &Value) -> serde_json::Map<String, Value> {
        schema::properties(self.resolve(schema), &self.document)
    }

    /// What a reference stands for; anything else stands for itself.
    pub fn resolve<'a>(&'a self, value: &'a Value) -> &'a Value {
        match value.get("$ref").and_then(Value::as_str) {
            Some(reference) => self
                .document
                .pointer(reference.trim_start_matches('#'))
                .unwrap_or(value),
            None => value,
        }
    }
}

impl<'a> Operation<'a> {
    /// The path's template.
    pub fn template(&self) -> &'a str {
        self.template
    }

    /// The schema of the JSON request body, if one is declared.
    pub fn request_body(&self) -> Option<&'a Value> {
        self.document.json_schema(self.value.get("requestBody")?)
    }

    /// Whether a form is declared as a request body.
    pub fn takes_form(&self) -> bool {
        let body = self.value.get("requestBody");
        let content = body.map(|body| &self.document.resolve(body)["content"]);
        content.is_some_and(|content| content.get("multipart/form-data").is_some())
    }

    /// Whether a request body is required.
    pub fn needs_body(&self) -> bool {
        let body = self.value.get("requestBody");
        body.is_some_and(|body| self.document.resolve(body)["required"] == json!(true))
    }

    /// The declaration of a status.
    pub fn response(&self, status: u16) -> Option<&'a Value> {
        let responses = &self.value["responses"];
        responses
            .get(status.to_string())
            .or_else(|| responses.get("default"))
    }

    /// The declared query parameters.
    pub fn query_parameters(&self) -> Vec<&'a Value> {
        [&self.value["parameters"], self.shared_parameters]
            .into_iter()
            .filter_map(Value::as_array)
            .flatten()
            .map(|parameter| self.document.resolve(parameter))
            .filter(|parameter| parameter["in"] == json!("query"))
            .collect()
    }
}

/// How many segments of a template are literal, if it fits.
fn literals(template: &str, segments: &[&str]) -> Option<usize> {
    let parts: Vec<&str> = template.trim_matches('/').split('/').collect();
    if parts.len() != segments.len() {
        return None;
    }
    let mut count = 0;
    for (part, segment) in parts.iter().zip(segments) {
        if part == segment {
            count += 1;
        } else if !(part.starts_with('{') && part.ends_with('}')) {
            return None;
        }
    }
    Some(count)
}

/// Query values as the schema's type.
fn typed(schema: &Value, values: &[&str]) -> Value {
    let one = |kind: Option<&str>, text: &str| match kind {
        Some("integer" | "number" | "boolean") => {
            serde_json::from_str(text).unwrap_or_else(|_| json!(text))
        }
        _ => json!(text),
    };
    if schema["type"] == json!("array") {
        let kind = schema["items"]["type"].as_str();
        return values
            .iter()
            .flat_map(|value| value.split(','))
            .map(|value| one(kind, value))
            .collect();
    }
    one(schema["type"].as_str(), values[0])
}
