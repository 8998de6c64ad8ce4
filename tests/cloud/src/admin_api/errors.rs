//! The error bodies of the organization API.

use serde_json::json;

use crate::message::Response;

/// `{"errors":[{…}]}`: `status` is a string in this form.
pub fn application_error(status: u16, code: &str, detail: &str) -> Response {
    let body = json!({"errors": [{
        "id": format!("{code}-{status}"),
        "status": status.to_string(),
        "code": code,
        "title": title(status),
        "detail": detail,
    }]});
    Response::json(status, &body)
}

/// `{"code":…,"message":…}`: what the gateway before the API answers.
pub fn proxy_error(status: u16, message: &str) -> Response {
    Response::json(status, &json!({"code": status, "message": message}))
}

/// 400: the body or the query is not what the API documents.
pub fn bad_request(detail: &str) -> Response {
    application_error(400, "ADMIN-400-24", detail)
}

/// 400: the cursor is not one of ours.
pub fn bad_cursor() -> Response {
    application_error(400, "ADMIN-400-1", "The cursor is invalid")
}

/// 404: no such organization.
pub fn no_organization() -> Response {
    application_error(404, "ADMIN-404-2", "The organization was not found")
}

/// 404: no such directory.
pub fn no_directory() -> Response {
    application_error(404, "ADMIN-404-1", "The directory was not found")
}

/// 404: no such user there.
pub fn no_user() -> Response {
    application_error(404, "ADMIN-404-8", "The user was not found")
}

/// 404: no such group there.
pub fn no_group() -> Response {
    application_error(404, "ADMIN-404-10", "The group was not found")
}

/// 409: a product has no seat left.
pub fn licence_limit(code: &str) -> Response {
    application_error(409, code, "You have exceeded your user limit for an app")
}

/// 409 without a word about which conflict it is.
pub fn some_conflict() -> Response {
    application_error(409, "ADMIN-409-28", "Conflict")
}

/// The code of a life cycle's conflict where nothing more is said.
pub const NOT_ELIGIBLE: &str = "notEligible";

fn title(status: u16) -> &'static str {
    match status {
        400 => "Bad Request",
        401 => "Unauthorized",
        402 => "Payment Required",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        409 => "Conflict",
        410 => "Gone",
        415 => "Unsupported Media Type",
        429 => "Too Many Requests",
        _ => "Internal Server Error",
    }
}
