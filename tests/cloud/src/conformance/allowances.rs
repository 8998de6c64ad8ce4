//! Where the documents are known to be behind the service. Each allowance names its ground.

use chrono::DateTime;
use serde_json::{Map, Value};

/// A body where none is declared: suspend and restore answer 415 to an empty POST without a content type, so `{}` is sent.
pub fn undeclared_body(body: &[u8]) -> bool {
    serde_json::from_slice::<Map<String, Value>>(body).is_ok_and(|object| object.is_empty())
}

/// A profile is changed with a subset of its fields, although the document's schema requires them all.
pub fn partial_body(template: &str, violation: &str) -> bool {
    template.ends_with("/manage/profile") && violation.contains("is a required property")
}

/// A status that the operation does not declare.
pub fn undeclared_status(template: &str, status: u16) -> bool {
    let changes_standing = template.ends_with("/suspend") || template.ends_with("/restore");
    let lives = template.contains("/manage/lifecycle/");
    match status {
        // Observed on suspend without a content type; the same front answers all POSTs.
        415 => true,
        // Whether repeating a suspend or restore is a conflict is an open question.
        409 => changes_standing,
        // Workspaces and Jira's list of users declare no 429; the gateway answers it all the same.
        429 => true,
        // The document of the User management API declares none, although it limits what may be asked and sent.
        400 => template.ends_with("/manage") || lives,
        // Permission and authentication errors come from the gateway before the operation.
        401 | 403 => true,
        500.. => true,
        _ => false,
    }
}

/// The error bodies that are documented somewhere; a client must accept all of them everywhere.
pub fn is_error_body(body: &Value) -> bool {
    let Value::Object(fields) = body else {
        return false;
    };
    let errors = fields
        .get("errors")
        .and_then(Value::as_array)
        .is_some_and(|errors| {
            errors
                .iter()
                .all(|error| error["status"].is_string() && error["code"].is_string())
        });
    let proxy = fields.get("code").is_some_and(Value::is_number)
        && fields.get("message").is_some_and(Value::is_string);
    // The User management API's, with the fields that live answers carry and its document lacks.
    let management = fields.get("key").is_some_and(Value::is_string);
    let jira = fields.get("errorMessages").is_some_and(Value::is_array);
    errors || proxy || management || jira
}

/// Fields that live answers carry and the document lacks.
pub fn remove_live_fields(template: &str, body: &mut Value) {
    if !template.ends_with("/users/search") {
        return;
    }
    let rows = body.get_mut("data").and_then(Value::as_array_mut);
    for row in rows.into_iter().flatten() {
        if let Value::Object(row) = row {
            row.remove("deactivatedOn");
            row.remove("forDeletion");
        }
    }
}

/// RFC 3339, with any number of fraction digits.
pub fn is_date_time(text: &str) -> bool {
    DateTime::parse_from_rfc3339(text).is_ok()
}

/// Jira writes the offset of its dates without a colon.
pub fn is_jira_date_time(text: &str) -> bool {
    is_date_time(text) || DateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S%.f%z").is_ok()
}
