//! The error bodies of the storage: `{code, message, context}`.

use serde_json::{Value, json};

use crate::message::Response;

/// Why the storage refuses a call.
#[derive(Clone, Debug, PartialEq)]
pub struct Refusal {
    /// The HTTP status.
    pub status: u16,
    /// The code the SDK hands on.
    pub code: &'static str,
    /// A sentence.
    pub message: String,
}

impl Refusal {
    /// 400 with a code.
    pub fn bad(code: &'static str, message: impl Into<String>) -> Self {
        Refusal {
            status: 400,
            code,
            message: message.into(),
        }
    }

    /// The key is not stored; the SDK turns this into `undefined`.
    pub fn not_found() -> Self {
        Refusal {
            status: 404,
            code: "KEY_NOT_FOUND",
            message: "The key does not exist".to_owned(),
        }
    }

    /// The key is stored already, under `keyPolicy: FAIL_IF_EXISTS`.
    pub fn key_conflict() -> Self {
        Refusal {
            status: 409,
            code: "KEY_CONFLICT",
            message: "The key exists already".to_owned(),
        }
    }

    /// A condition of a transaction did not hold. The real status and code are not known; a client must accept any.
    pub fn condition_failed(status: u16, key: &str) -> Self {
        Refusal {
            status,
            code: "CONDITION_CHECK_FAILED",
            message: format!("The condition on {key} does not hold"),
        }
    }

    /// Too many requests or units.
    pub fn rate_limited() -> Self {
        Refusal {
            status: 429,
            code: "RATE_LIMIT_EXCEEDED",
            message: "The rate limit was exceeded".to_owned(),
        }
    }

    /// As a response.
    pub fn response(&self) -> Response {
        let body = json!({"code": self.code, "message": self.message, "context": {}});
        Response::json(self.status, &body)
    }

    /// As the `error` of a batch item.
    pub fn item_error(&self) -> Value {
        json!({"code": self.code, "message": self.message})
    }
}
