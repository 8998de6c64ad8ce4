//! `GET /users/{accountId}/manage` of the User management API: what the caller may do to a managed account.

use serde_json::{Value, json};

use super::KeyKind;
use super::users::Place;
use crate::message::Response;
use crate::organization::{Organization, User};

/// What may be asked for.
const PRIVILEGES: [&str; 8] = [
    "profile",
    "profile.write",
    "profile.read",
    "email.set",
    "lifecycle.enablement",
    "lifecycle.delete",
    "apiToken.read",
    "apiToken.delete",
];
/// The fields of a profile that can be changed.
const PROFILE: [&str; 8] = [
    "name",
    "nickname",
    "zoneinfo",
    "locale",
    "extended_profile.job_title",
    "extended_profile.organization",
    "extended_profile.department",
    "extended_profile.location",
];

impl Place<'_> {
    /// `GET /users/{accountId}/manage`, with a key that an administrator made.
    pub fn manageability(
        &self,
        account_id: &str,
        query: &[(String, String)],
        kind: KeyKind,
        owner: &str,
    ) -> Response {
        if kind == KeyKind::Scoped {
            return lacks_scope();
        }
        let unknown = query.iter().find(|(name, value)| {
            name != "privileges" || value.split(',').any(|part| !PRIVILEGES.contains(&part))
        });
        if let Some((name, value)) = unknown {
            return refusal(400, "badRequest", "bad-request", &format!("{name}={value}"));
        }
        let user = match self.managed(account_id, kind) {
            Ok(user) => user,
            Err(refusal) => return refusal,
        };
        let asked = |privilege: &&&str| {
            query.is_empty()
                || query
                    .iter()
                    .any(|(_, value)| value.split(',').any(|part| part == **privilege))
        };
        let mut answer = json!({});
        for privilege in PRIVILEGES.iter().filter(asked) {
            answer[*privilege] = privilege_of(user, privilege, owner);
        }
        Response::json(200, &answer)
    }
}

impl<'a> Place<'a> {
    /// The account, if the organization owns it and the key may manage it.
    pub(super) fn managed(&self, account_id: &str, kind: KeyKind) -> Result<&'a User, Response> {
        if kind == KeyKind::Scoped {
            return Err(lacks_scope());
        }
        let organization: &'a Organization = self.organization;
        let found = organization.user(account_id);
        let Some(user) = found
            .filter(|user| !user.is_closed(self.now) && (user.managed || !user.is_gone(self.now)))
        else {
            let detail = "Error: User account not found";
            return Err(refusal(404, "accountNotFound", "account-not-found", detail));
        };
        if !user.managed {
            let detail = "Caller must be a verified org admin of targeted account";
            return Err(forbidden(detail));
        }
        Ok(user)
    }
}

/// 401 of the User management API.
pub(super) fn unauthorized() -> Response {
    Response::json(401, &json!({"key": "unauthorized"}))
}

fn privilege_of(user: &User, privilege: &str, owner: &str) -> Value {
    let verdict = match reason(user, privilege, owner) {
        None => json!({"allowed": true}),
        Some(key) => json!({"allowed": false, "reason": {"key": key}}),
    };
    if !matches!(privilege, "profile" | "profile.write") {
        return verdict;
    }
    let mut fields = json!({});
    for field in PROFILE {
        fields[field] = match field {
            "name" => verdict.clone(),
            // Only the name can be changed here.
            _ => json!({"allowed": false, "reason": {"key": "managedAccount"}}),
        };
    }
    fields
}

/// Why a privilege is withheld: what an identity provider owns cannot be changed here, nor may administrators lock
/// themselves out.
pub(super) fn reason(user: &User, privilege: &str, owner: &str) -> Option<&'static str> {
    let lifecycle = privilege.starts_with("lifecycle.");
    let reads = privilege.ends_with(".read");
    if user.synced && !reads && privilege != "apiToken.delete" {
        return Some("externalDirectory.scim");
    }
    (lifecycle && user.account_id == owner).then_some("administrative.notMyself")
}

/// 400: the body is not what the API documents.
pub(super) fn unreadable() -> Response {
    Response::json(400, &json!({"key": "bodyParseFailure"}))
}

/// 400: a field breaks one of its constraints.
pub(super) fn violated(field: &str, constraint: &str) -> Response {
    let violation = json!({"field": field, "violations": [{"key": constraint}]});
    let context = json!({"fieldViolations": [violation]});
    Response::json(
        400,
        &json!({"key": "fieldConstraintsViolated", "context": context}),
    )
}

/// 403: the account may be managed, but not like this.
pub(super) fn action_forbidden(reason: &str) -> Response {
    let context = json!({"allowed": false, "reason": {"key": reason}});
    Response::json(403, &json!({"key": "forbidden.action", "context": context}))
}

/// 404: the account is there, and what was named of it is not.
pub(super) fn not_found(detail: &str) -> Response {
    refusal(404, "notFound", "not-found", detail)
}

fn lacks_scope() -> Response {
    forbidden("the key lacks the scope manage:org")
}

fn forbidden(detail: &str) -> Response {
    refusal(403, "forbidden", "forbidden", &format!("Error: {detail}"))
}

fn refusal(status: u16, key: &str, error_key: &str, detail: &str) -> Response {
    let body = json!({"key": key, "errorKey": error_key, "errorDetail": detail});
    Response::json(status, &body)
}
