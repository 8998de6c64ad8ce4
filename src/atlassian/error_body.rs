//! What an answer of refusal says, in any of the shapes in which the services say it (atlassian-apis §1).

use serde_json::Value;

use crate::json;

/// The longest quotation of an error body.
const MAX_DETAIL: usize = 200;

/// What was said.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Said {
    /// A code such as `ADMIN-400-1`, if there is one.
    pub(super) code: Option<String>,
    /// The sentence, if there is one.
    pub(super) text: Option<String>,
}

impl Said {
    /// Whether the sentence holds a word, in any case.
    pub(super) fn mentions(&self, word: &str) -> bool {
        let text = self.text.as_deref().unwrap_or_default();
        text.to_ascii_lowercase().contains(word)
    }

    /// Whether the code is one of these.
    pub(super) fn has_code(&self, codes: &[&str]) -> bool {
        self.code
            .as_deref()
            .is_some_and(|code| codes.contains(&code))
    }

    /// The code and the sentence, shortened; `None` where nothing was said.
    pub(super) fn quoted(&self) -> Option<String> {
        match (&self.code, &self.text) {
            (Some(code), Some(text)) => Some(shortened(&format!("{code}: {text}"))),
            (Some(said), None) | (None, Some(said)) => Some(shortened(said)),
            (None, None) => None,
        }
    }
}

/// Reads a body. One that is empty, HTML or anything else says nothing.
pub(super) fn said(body: &[u8]) -> Said {
    let text = std::str::from_utf8(body).unwrap_or_default();
    let Ok(body) = json::parse(text) else {
        return Said::default();
    };
    from_list(body.get("errors"))
        .or_else(|| from_context(&body))
        .or_else(|| from_jira(&body))
        .unwrap_or_else(|| from_sentence(&body))
}

fn text(value: &Value, key: &str) -> Option<String> {
    let text = value.get(key)?.as_str()?;
    (!text.is_empty()).then(|| text.to_owned())
}

/// `{"errors":[{"code","title","detail"}]}`.
fn from_list(errors: Option<&Value>) -> Option<Said> {
    let error = errors?.as_array()?.first()?;
    Some(Said {
        code: text(error, "code"),
        text: text(error, "detail").or_else(|| text(error, "title")),
    })
}

/// `{"key","context":{"message","errorCodes":[{"code","message"}]}}`: the first of the codes is the reason. Of what is not
/// allowed, `{"key","context":{"reason":{"key"}}}`, or the `domain` that is not the organization's.
fn from_context(body: &Value) -> Option<Said> {
    let context = body.get("context")?;
    let codes = context.get("errorCodes").and_then(Value::as_array);
    let first = codes.and_then(|codes| codes.first());
    Some(Said {
        code: first
            .and_then(|first| text(first, "code"))
            .or_else(|| text(body, "key")),
        text: first
            .and_then(|first| text(first, "message"))
            .or_else(|| text(context, "message"))
            .or_else(|| text(context.get("reason")?, "key"))
            .or_else(|| text(context, "domain")),
    })
}

/// Jira's `{"errorMessages":["…"],"errors":{"field":"…"}}`.
fn from_jira(body: &Value) -> Option<Said> {
    let messages = body.get("errorMessages")?.as_array()?;
    let message = messages.first().and_then(Value::as_str).map(String::from);
    let of_field = || {
        let (field, said) = body.get("errors")?.as_object()?.iter().next()?;
        Some(format!("{field}: {}", said.as_str()?))
    };
    Some(Said {
        code: None,
        text: message.or_else(of_field),
    })
}

/// One sentence: of the gateway and of missing rights under `message`, of the User management API under `errorDetail`.
fn from_sentence(body: &Value) -> Said {
    let keys = ["errorDetail", "message", "error", "key"];
    Said {
        code: None,
        text: keys.into_iter().find_map(|key| text(body, key)),
    }
}

/// A text as it may stand in an error: one line of at most 200 signs.
pub(super) fn shortened(text: &str) -> String {
    text.chars()
        .map(|sign| if sign.is_control() { ' ' } else { sign })
        .take(MAX_DETAIL)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_known_shape_says_something() {
        for (body, quoted) in [
            (
                r#"{"errors":[{"id":"1","status":"403","code":"ADMIN-UAM-403-1","title":"Forbidden","detail":"no"}]}"#,
                Some("ADMIN-UAM-403-1: no"),
            ),
            (
                r#"{"errors":[{"code":"ADMIN-500-1","title":"Oh"}]}"#,
                Some("ADMIN-500-1: Oh"),
            ),
            (
                r#"{"errors":[{"code":"ADMIN-500-1"}]}"#,
                Some("ADMIN-500-1"),
            ),
            (
                r#"{"code":429,"message":"Too many requests"}"#,
                Some("Too many requests"),
            ),
            (
                r#"{"timestamp":"x","status":403,"error":"Forbidden","message":"m","path":"/","requestId":"r"}"#,
                Some("m"),
            ),
            (
                r#"{"timestamp":"x","status":403,"error":"Forbidden"}"#,
                Some("Forbidden"),
            ),
            (
                r#"{"key":"accountNotFound","errorKey":"account-not-found","errorDetail":"Error: User account not found"}"#,
                Some("Error: User account not found"),
            ),
            (
                r#"{"key":"conflict.lifecycleErrors","context":{"accountId":"a","message":"m","errorCodes":[{"code":"c1","message":"why","link":"x"},{"code":"c2"}]}}"#,
                Some("c1: why"),
            ),
            (
                r#"{"key":"conflict.lifecycleErrors","context":{"message":"m","errorCodes":[]}}"#,
                Some("conflict.lifecycleErrors: m"),
            ),
            (
                r#"{"key":"forbidden","context":{"message":"user does not have the relevant permissions"}}"#,
                Some("forbidden: user does not have the relevant permissions"),
            ),
            (
                r#"{"key":"forbidden.action","context":{"allowed":false,"reason":{"key":"externalDirectory.scim"}}}"#,
                Some("forbidden.action: externalDirectory.scim"),
            ),
            (
                r#"{"key":"forbidden.unclaimedDomain","context":{"domain":"b.example"}}"#,
                Some("forbidden.unclaimedDomain: b.example"),
            ),
            (
                r#"{"errorMessages":["not you"],"errors":{}}"#,
                Some("not you"),
            ),
            (
                r#"{"errorMessages":[],"errors":{"groupId":"is gone"}}"#,
                Some("groupId: is gone"),
            ),
            (r#"{"errorMessages":[],"errors":{}}"#, None),
            (r#"{"errors":[]}"#, None),
            (r#"{"key":"forbidden"}"#, Some("forbidden")),
            ("<html>\n<body>502</body></html>", None),
            ("\"text\"", None),
            ("[]", None),
            ("null", None),
            ("", None),
        ] {
            assert_eq!(said(body.as_bytes()).quoted().as_deref(), quoted, "{body}");
        }
        assert_eq!(said(b"\xff\xfe"), Said::default());
    }

    #[test]
    fn a_quotation_is_one_short_line() {
        let body = format!(r#"{{"message":"a\nb{}"}}"#, "x".repeat(500));
        let quoted = said(body.as_bytes()).quoted().unwrap();
        assert!(quoted.starts_with("a b") && quoted.chars().count() == MAX_DETAIL);
    }
}
