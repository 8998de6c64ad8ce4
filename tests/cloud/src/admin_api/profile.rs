//! The profile, the e-mail address and the API tokens of managed accounts.

use chrono::SecondsFormat;
use serde_json::{Value, json};

use super::ApiKey;
use super::body::{self, Field, Kind};
use super::manage::{self, reason};
use super::users::Place;
use crate::cloud::Cloud;
use crate::message::Response;
use crate::organization::{ApiToken, User, VERIFIED_DOMAINS};

/// The longest name.
const LONGEST_NAME: usize = 100;

/// Everything that a profile holds.
const PROFILE: [Field; 12] = [
    ("account_id", Kind::Any),
    ("account_type", Kind::Any),
    ("account_status", Kind::Any),
    ("characteristics", Kind::Any),
    ("email", Kind::Any),
    ("extended_profile", Kind::Any),
    ("locale", Kind::Any),
    ("name", Kind::Text),
    ("nickname", Kind::Any),
    ("picture", Kind::Any),
    ("privacy", Kind::Any),
    ("zoneinfo", Kind::Any),
];

const EMAIL: [Field; 1] = [("email", Kind::Text)];

impl Place<'_> {
    /// `GET …/manage/profile`.
    pub fn profile(&self, account_id: &str, key: &ApiKey) -> Response {
        match self.managed(account_id, key.kind) {
            Ok(user) => Response::json(200, &json!({"account": account(user)})),
            Err(refusal) => refusal,
        }
    }

    /// `GET …/manage/api-tokens`.
    pub fn tokens(&self, account_id: &str, key: &ApiKey) -> Response {
        match self.managed(account_id, key.kind) {
            Ok(user) => {
                let tokens = user.tokens.as_deref().map_or(&[][..], Vec::as_slice);
                let rows: Vec<Value> = tokens.iter().map(token_row).collect();
                Response::json(200, &Value::Array(rows))
            }
            Err(refusal) => refusal,
        }
    }
}

impl Cloud {
    /// `PATCH …/manage/profile`: only the name can be changed here.
    pub(super) fn patch_profile(
        &mut self,
        account_id: &str,
        body: &[u8],
        key: &ApiKey,
    ) -> Response {
        let body = match body::parse(body, &PROFILE) {
            Ok(fields) if !body.is_empty() => fields,
            _ => return manage::unreadable(),
        };
        if let Some(refusal) = self.refusal(account_id, "profile.write", key) {
            return refusal;
        }
        if let Some(field) = body.keys().find(|field| *field != "name") {
            let context =
                json!({(field.as_str()): {"allowed": false, "reason": {"key": "managedAccount"}}});
            let body = json!({"key": "forbidden.fieldMutation", "context": context});
            return Response::json(403, &body);
        }
        let Some(name) = body::text(&body, "name") else {
            return manage::violated("name", "required");
        };
        if name.trim().is_empty() || name.chars().count() > LONGEST_NAME {
            return manage::violated("name", "maxLength");
        }
        if name.chars().any(char::is_control) {
            return manage::violated("name", "validCharacters");
        }
        let renamed = match self.organization.user_mut(account_id) {
            Some(user) if user.name != name => {
                name.clone_into(&mut user.name);
                true
            }
            _ => false,
        };
        if renamed {
            self.record("renamed", account_id, None, None, Some(&key.owner));
        }
        self.place(None).profile(account_id, key)
    }

    /// `PUT …/manage/email`: ends all sessions.
    pub(super) fn set_email(&mut self, account_id: &str, body: &[u8], key: &ApiKey) -> Response {
        let body = match body::parse(body, &EMAIL) {
            Ok(fields) if fields.contains_key("email") => fields,
            _ => return manage::unreadable(),
        };
        let email = body::text(&body, "email").unwrap_or_default();
        if let Some(refusal) = self.refusal(account_id, "email.set", key) {
            return refusal;
        }
        let Some((_, domain)) = email.split_once('@').filter(|(user, _)| !user.is_empty()) else {
            return manage::violated("email", "format");
        };
        if !VERIFIED_DOMAINS.contains(&domain) {
            let context = json!({ "domain": domain });
            let body = json!({"key": "forbidden.unclaimedDomain", "context": context});
            return Response::json(403, &body);
        }
        if let Some(user) = self.organization.user_mut(account_id) {
            email.clone_into(&mut user.email);
        }
        self.record("emailSet", account_id, None, None, Some(&key.owner));
        Response::empty(204)
    }

    /// `DELETE …/manage/api-tokens/{tokenId}`.
    pub(super) fn delete_token(&mut self, account_id: &str, id: &str, key: &ApiKey) -> Response {
        if let Some(refusal) = self.refusal(account_id, "apiToken.delete", key) {
            return refusal;
        }
        let user = self.organization.user_mut(account_id);
        let Some(tokens) = user.and_then(|user| user.tokens.as_deref_mut()) else {
            return manage::not_found("The token was not found");
        };
        let before = tokens.len();
        tokens.retain(|token| token.id != id);
        if tokens.len() == before {
            return manage::not_found("The token was not found");
        }
        let (object, owner) = (Some(id.to_owned()), Some(key.owner.as_str()));
        self.record("tokenDeleted", account_id, None, object, owner);
        Response::empty(204)
    }

    /// Why a key may not use a privilege on an account.
    fn refusal(&self, account_id: &str, privilege: &str, key: &ApiKey) -> Option<Response> {
        match self.place(None).managed(account_id, key.kind) {
            Ok(user) => reason(user, privilege, &key.owner).map(manage::action_forbidden),
            Err(refusal) => Some(refusal),
        }
    }
}

fn account(user: &User) -> Value {
    json!({
        "account_id": user.account_id,
        "account_type": "atlassian",
        "account_status": user.account_status.name(),
        "name": user.name,
        "nickname": user.nickname,
        "email": user.email,
        "picture": "https://avatar.example/none.png",
        "zoneinfo": user.time_zone,
        "locale": "en-US",
        "extended_profile": {"job_title": user.job_title, "department": user.department},
        "characteristics": {"not_mentionable": false},
    })
}

fn token_row(token: &ApiToken) -> Value {
    let written = |at: crate::Time| at.to_rfc3339_opts(SecondsFormat::Millis, true);
    let mut row = json!({
        "id": token.id,
        "label": token.label,
        "createdAt": written(token.created),
    });
    if let Some(last) = token.last_access {
        row["lastAccess"] = json!(written(last));
    }
    row
}
