//! Every way in which a call can fail, in words: what failed, what it means, what to do.

use serde::Deserialize;

use crate::host::{Response, SendError};
use crate::model::Time;

/// How long to wait after a 429 that does not say how long.
const DEFAULT_WAIT_SECONDS: u32 = 60;
/// The longest wait a queue takes.
const MAX_WAIT_SECONDS: i64 = 900;
/// The longest quotation of an error body.
const MAX_DETAIL: usize = 200;

/// A call that did not succeed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{operation}: {} ({detail})", self.meaning())]
pub struct ApiError {
    /// Which call, in words such as `reading users`.
    pub operation: &'static str,
    /// What kind of failure.
    pub kind: ApiErrorKind,
    /// What the other side said, shortened, or the status.
    pub detail: String,
}

/// The kinds of failure that are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ApiErrorKind {
    /// 401: the key is wrong, expired or revoked.
    Unauthorized,
    /// 403: the key does not allow it.
    Forbidden,
    /// 404: no such thing.
    NotFound,
    /// 409: a conflict with the present state.
    Conflict,
    /// 429: too many requests; wait so many seconds.
    RateLimited {
        /// How long.
        wait_seconds: u32,
    },
    /// 5xx: the other side is in trouble.
    Server,
    /// Any other status of refusal.
    Refused(u16),
    /// No answer came; whether it was done is not known.
    NoAnswer,
    /// The answer could not be read.
    NotUnderstood,
}

impl ApiError {
    /// An answer that could not be read.
    pub fn not_understood(operation: &'static str) -> ApiError {
        ApiError {
            operation,
            kind: ApiErrorKind::NotUnderstood,
            detail: String::from("the body is not what the API documents"),
        }
    }

    /// Reads a JSON body.
    pub(super) fn read<'b, T: Deserialize<'b>>(
        operation: &'static str,
        body: &'b [u8],
    ) -> Result<T, ApiError> {
        // One kind of JSON reader in the whole core: a second one would double the code of every type.
        std::str::from_utf8(body)
            .ok()
            .and_then(|text| serde_json::from_str(text).ok())
            .ok_or_else(|| ApiError::not_understood(operation))
    }

    /// A stable code.
    pub fn code(&self) -> &'static str {
        match self.kind {
            ApiErrorKind::Unauthorized => "key-refused",
            ApiErrorKind::Forbidden => "key-forbidden",
            ApiErrorKind::NotFound => "not-found",
            ApiErrorKind::Conflict => "conflict",
            ApiErrorKind::RateLimited { .. } => "rate-limited",
            ApiErrorKind::Server => "atlassian-trouble",
            ApiErrorKind::Refused(_) => "refused",
            ApiErrorKind::NoAnswer => "no-answer",
            ApiErrorKind::NotUnderstood => "not-understood",
        }
    }

    /// What happened, without the detail.
    pub fn meaning(&self) -> &'static str {
        match self.kind {
            ApiErrorKind::Unauthorized => "the organization API key was not accepted",
            ApiErrorKind::Forbidden => "the organization API key does not allow it",
            ApiErrorKind::NotFound => "atlassian does not know it",
            ApiErrorKind::Conflict => "it conflicts with the present state",
            ApiErrorKind::RateLimited { .. } => "atlassian limits the number of requests",
            ApiErrorKind::Server => "atlassian had an internal error",
            ApiErrorKind::Refused(_) => "atlassian refused the request",
            ApiErrorKind::NoAnswer => "no answer came",
            ApiErrorKind::NotUnderstood => "the answer could not be understood",
        }
    }

    /// What to do.
    pub fn hint(&self) -> &'static str {
        match self.kind {
            ApiErrorKind::Unauthorized => {
                "save a new organization API key: this one is wrong, expired or revoked"
            }
            ApiErrorKind::Forbidden => {
                "save an organization API key without scopes, made by an administrator of this organization"
            }
            ApiErrorKind::NotFound => "check the organization id in the connection",
            ApiErrorKind::Conflict => "look at the person in Atlassian Administration",
            ApiErrorKind::RateLimited { .. } => "nothing: it is tried again later",
            ApiErrorKind::Server | ApiErrorKind::NoAnswer => {
                "nothing: it is tried again; if it lasts, see status.atlassian.com"
            }
            ApiErrorKind::Refused(_) | ApiErrorKind::NotUnderstood => {
                "report it to the makers of this app with the run's id"
            }
        }
    }

    /// Whether the same call may succeed later without anybody doing anything.
    pub fn is_passing(&self) -> bool {
        matches!(
            self.kind,
            ApiErrorKind::RateLimited { .. }
                | ApiErrorKind::Server
                | ApiErrorKind::NoAnswer
                | ApiErrorKind::NotUnderstood
        )
    }

    /// Whether no call with this key can succeed.
    pub fn is_the_keys_fault(&self) -> bool {
        matches!(self.kind, ApiErrorKind::Unauthorized)
    }
}

/// Lets a 2xx answer through and turns everything else into an error.
///
/// # Errors
/// See [`ApiErrorKind`].
pub fn check(
    operation: &'static str,
    now: Time,
    answer: Result<Response, SendError>,
) -> Result<Response, ApiError> {
    let response = match answer {
        Ok(response) => response,
        Err(error) => {
            return Err(ApiError {
                operation,
                kind: ApiErrorKind::NoAnswer,
                detail: shortened(&error.0),
            });
        }
    };
    let kind = match response.status {
        200..=299 => return Ok(response),
        401 => ApiErrorKind::Unauthorized,
        403 => ApiErrorKind::Forbidden,
        404 => ApiErrorKind::NotFound,
        409 => ApiErrorKind::Conflict,
        429 => ApiErrorKind::RateLimited {
            wait_seconds: wait_seconds(&response, now),
        },
        500..=599 => ApiErrorKind::Server,
        other => ApiErrorKind::Refused(other),
    };
    Err(ApiError {
        operation,
        kind,
        detail: detail(&response),
    })
}

/// `Retry-After` where it is given, else the time until `X-RateLimit-Reset`, else a minute.
fn wait_seconds(response: &Response, now: Time) -> u32 {
    let retry_after = response
        .header("retry-after")
        .and_then(|text| text.trim().parse::<i64>().ok());
    let until_reset = || {
        let reset = parse_reset(response.header("x-ratelimit-reset")?)?;
        Some(reset.since(now))
    };
    retry_after
        .or_else(until_reset)
        .and_then(|seconds| u32::try_from(seconds.clamp(1, MAX_WAIT_SECONDS)).ok())
        .unwrap_or(DEFAULT_WAIT_SECONDS)
}

/// The reset time has been seen without seconds: `2024-05-01T10:01Z`.
fn parse_reset(text: &str) -> Option<Time> {
    Time::parse(text).or_else(|| Time::parse(&format!("{}:00Z", text.strip_suffix('Z')?)))
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ErrorBody {
    #[serde(default)]
    errors: Vec<ErrorItem>,
    message: Option<String>,
    error_detail: Option<String>,
}

#[derive(Deserialize)]
struct ErrorItem {
    code: Option<String>,
    title: Option<String>,
    detail: Option<String>,
}

/// The sentence in an error body of any of the known shapes (atlassian-apis §1), or just the status.
fn detail(response: &Response) -> String {
    let said = ApiError::read::<ErrorBody>("", &response.body)
        .ok()
        .and_then(|body| {
            let item = body.errors.into_iter().next();
            let item = item.and_then(|item| {
                let text = item.detail.or(item.title)?;
                Some(match item.code {
                    Some(code) => format!("{code}: {text}"),
                    None => text,
                })
            });
            item.or(body.error_detail).or(body.message)
        });
    match said {
        Some(text) => format!("status {}, {}", response.status, shortened(&text)),
        None => format!("status {}", response.status),
    }
}

fn shortened(text: &str) -> String {
    text.chars()
        .map(|sign| if sign.is_control() { ' ' } else { sign })
        .take(MAX_DETAIL)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(status: u16, headers: &[(&str, &str)], body: &str) -> ApiError {
        let response = Response {
            status,
            headers: headers
                .iter()
                .map(|(k, v)| (k.to_string(), v.to_string()))
                .collect(),
            body: body.as_bytes().to_vec(),
        };
        check(
            "reading users",
            Time::parse("2024-05-01T10:00:30Z").unwrap(),
            Ok(response),
        )
        .unwrap_err()
    }

    #[test]
    fn every_known_shape_of_error_body_is_understood() {
        for (body, detail) in [
            (
                r#"{"errors":[{"id":"1","status":"403","code":"ADMIN-403-3","title":"Forbidden","detail":"no"}]}"#,
                "status 403, ADMIN-403-3: no",
            ),
            (r#"{"code":403,"message":"nope"}"#, "status 403, nope"),
            (
                r#"{"timestamp":"x","status":403,"error":"Forbidden","message":"m","path":"/"}"#,
                "status 403, m",
            ),
            (
                r#"{"key":"forbidden","errorKey":"forbidden","errorDetail":"Error: Caller"}"#,
                "status 403, Error: Caller",
            ),
            ("<html>\n</html>", "status 403"),
            ("", "status 403"),
        ] {
            let error = answer(403, &[], body);
            assert_eq!(error.kind, ApiErrorKind::Forbidden);
            assert_eq!(error.detail, detail, "{body}");
        }
    }

    #[test]
    fn a_limit_says_how_long_to_wait_in_any_of_its_shapes() {
        for (headers, seconds) in [
            (vec![("retry-after", "7")], 7),
            (vec![("x-ratelimit-reset", "2024-05-01T10:01Z")], 30),
            (vec![("x-ratelimit-reset", "2024-05-01T10:01:00Z")], 30),
            (vec![("x-ratelimit-reset", "2024-05-01T09:00Z")], 1),
            (vec![("x-ratelimit-reset", "2025-05-01T09:00Z")], 900),
            (vec![], 60),
        ] {
            assert_eq!(
                answer(429, &headers, "").kind,
                ApiErrorKind::RateLimited {
                    wait_seconds: seconds
                }
            );
        }
    }
}
