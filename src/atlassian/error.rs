//! Every way in which a call can fail, in words: what failed, what it means, what to do.

use serde::Deserialize;

use super::error_body::{Said, said, shortened};
use super::limits::{DEFAULT_WAIT, limited_by, told_wait};
use super::pace::{Pause, Why};
use crate::host::{Response, SendError, Service};
use crate::json;
use crate::model::Time;

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
    /// The HTTP status of the answer, if one came.
    pub http: Option<u16>,
    /// The id that the other side gave to the request, if it told one.
    pub request: Option<String>,
}

/// The id that Atlassian gave to a request, from the header that names it.
pub fn request_id(answer: &Response) -> Option<String> {
    answer.header("x-request-id").map(str::to_owned)
}

/// The kinds of failure that are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ApiErrorKind {
    /// 401: the key is wrong, expired or revoked.
    Unauthorized,
    /// 403: the key does not allow it.
    Forbidden,
    /// 401 or 403 of Jira: neither the app nor the caller may.
    JiraRefused,
    /// 401 of Jira because of a scope: the app did not ask for a right that it needs.
    ScopeMissing,
    /// 404: no such thing.
    NotFound,
    /// 409: a conflict with the present state, and it was not said which.
    Conflict,
    /// 409: what was wanted is so already, by the words of the answer. No code tells it; read it back before relying on it.
    Already,
    /// 409, or 400 with a code of its own: no seat of a product is left.
    LicenceLimit,
    /// 400: the account is inactive, so that nothing can be done to it in a directory.
    Inactive,
    /// 400: the cursor is not known any more; the listing must be begun anew.
    CursorRefused,
    /// 429, or no call at all since one now would be refused: wait so many seconds.
    RateLimited {
        /// How long. May be more than a queue's longest delay.
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
            http: None,
            request: None,
        }
    }

    /// A call that was not made, because it would be refused now.
    pub fn too_early(operation: &'static str, pause: Pause, now: Time) -> ApiError {
        let why = match (pause.why, pause.whole_service) {
            (Why::Refused | Why::Guessed, true) => "the app's quota is used up",
            (Why::Refused | Why::Guessed, false) => "one like it was refused",
            (Why::NearlySpent, _) => "what is left is kept for people at the page",
        };
        ApiError {
            operation,
            kind: ApiErrorKind::RateLimited {
                wait_seconds: pause.seconds(now),
            },
            detail: format!("no call before {}: {why}", pause.until),
            http: None,
            request: None,
        }
    }

    /// A call that was not made, because what it would rest on is too old: it is made after another reading.
    pub fn too_late(operation: &'static str) -> ApiError {
        ApiError {
            operation,
            kind: ApiErrorKind::RateLimited { wait_seconds: 1 },
            detail: String::from("what it rests on must be read again first"),
            http: None,
            request: None,
        }
    }

    /// Reads a JSON body.
    pub(super) fn read<'b, T: Deserialize<'b>>(
        operation: &'static str,
        body: &'b [u8],
    ) -> Result<T, ApiError> {
        std::str::from_utf8(body)
            .ok()
            .and_then(|text| json::read(text).ok())
            .ok_or_else(|| ApiError::not_understood(operation))
    }

    /// A stable code.
    pub fn code(&self) -> &'static str {
        match self.kind {
            ApiErrorKind::Unauthorized => "key-refused",
            ApiErrorKind::Forbidden => "key-forbidden",
            ApiErrorKind::JiraRefused => "jira-refused",
            ApiErrorKind::ScopeMissing => "scope-missing",
            ApiErrorKind::NotFound => "not-found",
            ApiErrorKind::Conflict => "conflict",
            ApiErrorKind::Already => "already",
            ApiErrorKind::LicenceLimit => "licence-limit",
            ApiErrorKind::Inactive => "inactive",
            ApiErrorKind::CursorRefused => "cursor-refused",
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
            ApiErrorKind::JiraRefused => "jira does not allow it",
            ApiErrorKind::ScopeMissing => "the app itself lacks the right to it",
            ApiErrorKind::NotFound => "atlassian does not know it",
            ApiErrorKind::Conflict => "it conflicts with the present state",
            ApiErrorKind::Already => "it is so already",
            ApiErrorKind::LicenceLimit => "no seat of a product is left",
            ApiErrorKind::Inactive => "the account is inactive",
            ApiErrorKind::CursorRefused => "atlassian lost the place in its list",
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
            ApiErrorKind::JiraRefused => {
                "let an administrator of Jira do it; if one did, look whether the app is still installed on this site"
            }
            ApiErrorKind::ScopeMissing => {
                "let an administrator of Jira update the app and agree to its rights; if it lasts, report it to its makers"
            }
            ApiErrorKind::NotFound => "check the organization id in the connection",
            ApiErrorKind::Conflict | ApiErrorKind::Inactive => {
                "look at the person in Atlassian Administration"
            }
            ApiErrorKind::Already => "nothing: what was wanted is so already",
            ApiErrorKind::LicenceLimit => "free a seat or raise the user limit, then try again",
            ApiErrorKind::CursorRefused => "nothing: the list is read again from its beginning",
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

    /// Whether Jira refused for good, so that nothing was created.
    pub fn is_refused_for_good(&self) -> bool {
        matches!(
            self.kind,
            ApiErrorKind::Forbidden
                | ApiErrorKind::JiraRefused
                | ApiErrorKind::ScopeMissing
                | ApiErrorKind::NotFound
                | ApiErrorKind::Refused(_)
        )
    }

    /// Whether the fault may lie in the one thing that was asked about, so that others may be asked with success.
    pub fn is_about_one(&self) -> bool {
        matches!(
            self.kind,
            ApiErrorKind::Server
                | ApiErrorKind::NoAnswer
                | ApiErrorKind::NotUnderstood
                | ApiErrorKind::Inactive
                | ApiErrorKind::Refused(_)
        )
    }

    /// Whether the one thing that was asked about stays unknown by it, as what is refused and what is gone does: whoever is
    /// meant is let be, and others may be asked.
    pub fn leaves_one_unknown(&self) -> bool {
        self.is_about_one() || matches!(self.kind, ApiErrorKind::Forbidden | ApiErrorKind::NotFound)
    }

    /// Whether the place in a list may be what was refused. Not every refused cursor is called so: ask only about a call
    /// that sent one.
    pub fn may_be_the_cursor(&self) -> bool {
        matches!(
            self.kind,
            ApiErrorKind::CursorRefused | ApiErrorKind::Refused(400)
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
    service: Service,
    now: Time,
    answer: Result<Response, SendError>,
) -> Result<Response, ApiError> {
    let response = match answer {
        Ok(response) if (200..=299).contains(&response.status) => return Ok(response),
        Ok(response) => response,
        Err(error) => {
            return Err(ApiError {
                operation,
                kind: ApiErrorKind::NoAnswer,
                detail: shortened(&error.0),
                http: None,
                request: None,
            });
        }
    };
    let said = said(&response.body);
    let kind = kind(service, now, &response, &said);
    let what = said.quoted().or_else(|| {
        // A limit that says nothing itself.
        let is_limit = matches!(kind, ApiErrorKind::RateLimited { .. });
        is_limit.then(|| String::from(limited_by(service, &response).words()))
    });
    Err(ApiError {
        operation,
        kind,
        detail: match what {
            Some(what) => format!("status {}, {what}", response.status),
            None => format!("status {}", response.status),
        },
        http: Some(response.status),
        request: request_id(&response),
    })
}

/// The code of a cursor that is not known (atlassian-apis §1).
const INVALID_CURSOR: &str = "ADMIN-400-1";

/// The codes of a product without a seat left (atlassian-apis §1).
const LICENCE_LIMIT: [&str; 3] = ["ADMIN-409-3", "ADMIN-UAM-409-3", "ADMIN-400-32"];
/// The code of an account that is not active.
const INACTIVE: &str = "ADMIN-UAM-400-2";

/// Which conflict it is, by its words: adding to a group answers 409 for a member and for a limit, without a documented
/// body. Words that could be both say nothing.
fn conflict(said: &Said) -> ApiErrorKind {
    let limit = said.mentions("limit") || said.mentions("licen");
    match (said.mentions("already"), limit) {
        (true, false) => ApiErrorKind::Already,
        (false, true) => ApiErrorKind::LicenceLimit,
        _ => ApiErrorKind::Conflict,
    }
}

fn kind(service: Service, now: Time, response: &Response, said: &Said) -> ApiErrorKind {
    let is_jira = service != Service::Atlassian;
    match response.status {
        400 if said.code.as_deref() == Some(INVALID_CURSOR) || said.mentions("cursor") => {
            ApiErrorKind::CursorRefused
        }
        401 if is_jira && said.mentions("scope") => ApiErrorKind::ScopeMissing,
        401 | 403 if is_jira => ApiErrorKind::JiraRefused,
        // A key with scopes, but not with this one: it is no wrong key, and another kind of key is wanted.
        401 if said.mentions("scope") => ApiErrorKind::Forbidden,
        401 => ApiErrorKind::Unauthorized,
        403 => ApiErrorKind::Forbidden,
        404 => ApiErrorKind::NotFound,
        400 | 409 if said.has_code(&LICENCE_LIMIT) => ApiErrorKind::LicenceLimit,
        400 if said.has_code(&[INACTIVE]) => ApiErrorKind::Inactive,
        409 if !is_jira => conflict(said),
        409 => ApiErrorKind::Conflict,
        429 => {
            let seconds = told_wait(response, now).unwrap_or(DEFAULT_WAIT);
            ApiErrorKind::RateLimited {
                wait_seconds: u32::try_from(seconds).unwrap_or_default(),
            }
        }
        500..=599 => ApiErrorKind::Server,
        other => ApiErrorKind::Refused(other),
    }
}

#[cfg(test)]
mod tests;
