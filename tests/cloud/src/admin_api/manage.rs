//! `GET /users/{accountId}/manage` of the User management API: what the caller may do to a managed account.

use serde_json::{Value, json};

use super::KeyKind;
use super::users::Place;
use crate::message::Response;
use crate::organization::{AccountStatus, User};

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
            return forbidden("the key lacks the scope manage:org");
        }
        let unknown = query.iter().find(|(name, value)| {
            name != "privileges" || value.split(',').any(|part| !PRIVILEGES.contains(&part))
        });
        if let Some((name, value)) = unknown {
            return refusal(400, "badRequest", "bad-request", &format!("{name}={value}"));
        }
        let found = self.organization.user(account_id);
        let Some(user) = found.filter(|user| user.account_status != AccountStatus::Closed) else {
            let detail = "Error: User account not found";
            return refusal(404, "accountNotFound", "account-not-found", detail);
        };
        if !user.managed {
            return forbidden("Caller must be a verified org admin of targeted account");
        }
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
        fields[field] = verdict.clone();
    }
    fields
}

/// Why a privilege is withheld: what an identity provider owns cannot be changed here, nor may administrators lock
/// themselves out.
fn reason(user: &User, privilege: &str, owner: &str) -> Option<&'static str> {
    let lifecycle = privilege.starts_with("lifecycle.");
    let reads = privilege.ends_with(".read");
    if user.synced && !reads && privilege != "apiToken.delete" {
        return Some("externalDirectory.scim");
    }
    (lifecycle && user.account_id == owner).then_some("administrative.notMyself")
}

fn forbidden(detail: &str) -> Response {
    refusal(403, "forbidden", "forbidden", &format!("Error: {detail}"))
}

fn refusal(status: u16, key: &str, error_key: &str, detail: &str) -> Response {
    let body = json!({"key": key, "errorKey": error_key, "errorDetail": detail});
    Response::json(status, &body)
}
