//! Judges requests and responses by Atlassian's own OpenAPI documents.
//!
//! The documents are not part of the project; [`Validator::load`] finds them beside it or says that they are absent.
//! Objects are closed: a field that the document does not declare is a violation, except where the documents are known
//! to be behind the service (see `allowances`).

mod allowances;
mod document;
mod generate;
mod schema;

use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::message::{Request, Response};
use document::{Document, Operation};

/// The three documents, ready to judge.
pub struct Validator {
    admin: Document,
    management: Document,
    jira: Document,
}

impl Validator {
    /// Where the documents lie, seen from this crate.
    pub fn folder() -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/specs")
    }

    /// Reads the documents; the error is a sentence to print before skipping.
    pub fn load() -> Result<Self, String> {
        let read = |beginning: &str| -> Result<Value, String> {
            let path = newest(&Validator::folder(), beginning)?;
            let text = std::fs::read_to_string(&path)
                .map_err(|error| format!("{} cannot be read: {error}", path.display()))?;
            serde_json::from_str(&text)
                .map_err(|error| format!("{} is not JSON: {error}", path.display()))
        };
        Ok(Validator::new(
            read("admin-organizations.openapi.")?,
            read("admin-user-management.openapi.")?,
            read("jira-platform-v3.openapi.")?,
        ))
    }

    /// A validator over documents given as JSON.
    pub fn new(admin: Value, management: Value, jira: Value) -> Self {
        Validator {
            admin: Document::new(admin, allowances::is_date_time),
            management: Document::new(management, allowances::is_date_time),
            jira: Document::new(jira, allowances::is_jira_date_time),
        }
    }

    /// Every violation of the document in one exchange; none when both sides kept to it. A request that was refused with
    /// a 4xx is not judged: refusing it was right.
    pub fn check(&self, request: &Request, response: &Response) -> Vec<String> {
        let (document, path) = self.document_of(&request.path);
        let name = format!("{} {}", request.method, request.path);
        let Some(operation) = document.operation(&request.method, path) else {
            return vec![format!("{name}: the document has no such operation")];
        };
        let mut violations = if (400..500).contains(&response.status) && response.status != 429 {
            Vec::new()
        } else {
            request_violations(document, &operation, request)
        };
        violations.extend(response_violations(document, &operation, response));
        violations
            .into_iter()
            .map(|violation| format!("{name}: {violation}"))
            .collect()
    }

    /// The document that a path belongs to, and the path as the document has it.
    fn document_of<'a>(&self, path: &'a str) -> (&Document, &'a str) {
        match path.strip_prefix("/admin") {
            Some(rest) => (&self.admin, rest),
            None if path.starts_with("/users/") => (&self.management, path),
            None => (&self.jira, path),
        }
    }

    /// Every violation in a request alone, whatever was answered.
    pub fn check_request(&self, request: &Request) -> Vec<String> {
        self.check(request, &Response::empty(599))
    }
}

fn newest(folder: &Path, beginning: &str) -> Result<PathBuf, String> {
    let entries = std::fs::read_dir(folder)
        .map_err(|_| format!("skipped: there is no folder {}", folder.display()))?;
    entries
        .filter_map(Result::ok)
        .map(|entry| entry.path())
        .filter(|path| {
            path.file_name()
                .and_then(|name| name.to_str())
                .is_some_and(|name| name.starts_with(beginning))
        })
        .max()
        .ok_or_else(|| format!("skipped: {} has no {beginning}*", folder.display()))
}

fn request_violations(
    document: &Document,
    operation: &Operation<'_>,
    request: &Request,
) -> Vec<String> {
    let mut violations = document.query_violations(operation, &request.query);
    let declared = operation.request_body();
    let empty = request.body.iter().all(u8::is_ascii_whitespace);
    match declared {
        _ if request.is_form() => {
            let declares = operation.takes_form();
            violations.extend((!declares).then(|| "no form is declared".to_owned()));
        }
        _ if empty => {
            let required = operation.needs_body();
            violations.extend(required.then(|| "the body is missing".to_owned()));
        }
        None => {
            let harmless = allowances::undeclared_body(&request.body);
            violations.extend((!harmless).then(|| "no body is declared".to_owned()));
        }
        Some(schema) => match serde_json::from_slice(&request.body) {
            Ok(body) => {
                let mut found = document.violations(schema, &body, "request body");
                found
                    .retain(|violation| !allowances::partial_body(operation.template(), violation));
                violations.extend(found);
            }
            Err(error) => violations.push(format!("the body is not JSON: {error}")),
        },
    }
    violations
}

fn response_violations(
    document: &Document,
    operation: &Operation<'_>,
    response: &Response,
) -> Vec<String> {
    let Some(declared) = operation.response(response.status) else {
        let allowed = allowances::undeclared_status(operation.template(), response.status);
        return if allowed {
            Vec::new()
        } else {
            vec![format!("status {} is not declared", response.status)]
        };
    };
    let is_json = response
        .header("content-type")
        .is_some_and(|value| value.starts_with("application/json"));
    let schema = document.json_schema(declared);
    match schema {
        // Jira's document gives bodies to some 204; HTTP has none there.
        _ if response.status == 204 && response.body.is_empty() => Vec::new(),
        None if response.body.is_empty() || response.status >= 400 => Vec::new(),
        None => vec![format!("status {} declares no body", response.status)],
        // Gateways answer 5xx with HTML or nothing.
        Some(_) if response.status >= 500 && !is_json => Vec::new(),
        Some(schema) => match serde_json::from_slice::<Value>(&response.body) {
            Ok(mut body) => {
                if response.status >= 400 && allowances::is_error_body(&body) {
                    return Vec::new();
                }
                allowances::remove_live_fields(operation.template(), &mut body);
                document.violations(schema, &body, &format!("{} body", response.status))
            }
            Err(error) => vec![format!("the answer is not JSON: {error}")],
        },
    }
}
