//! What is done to managed accounts, over all of Atlassian: the User management API (atlassian-apis §3).
//!
//! It works for accounts of the organization's verified domains only, with a key without scopes.

use serde::Deserialize;
use serde_json::json;

use super::error::ApiError;
use super::escape::segment;
use super::request::{delete, get, patch, post, post_nothing, put};
use crate::host::{Request, Secret};
use crate::model::{AccountId, Time};

/// `POST …/manage/lifecycle/disable`: blocks the login to all of Atlassian. The message is shown to whoever tries to log in.
/// Success is 204.
pub fn deactivate(account: &AccountId, message: Option<&str>, key: &Secret) -> Request {
    let body = match message {
        Some(message) => json!({ "message": message }).to_string(),
        None => String::from("{}"),
    };
    post(path(account, "/lifecycle/disable"), body, key)
}

/// `POST …/manage/lifecycle/enable`: takes a deactivation back; not possible while a deletion is under way. Success is 204.
pub fn reactivate(account: &AccountId, key: &Secret) -> Request {
    post_nothing(path(account, "/lifecycle/enable"), key)
}

/// `POST …/manage/lifecycle/delete`: the account is gone for good after a grace of 14 days. Success is 200.
pub fn delete_account(account: &AccountId, key: &Secret) -> Request {
    post_nothing(path(account, "/lifecycle/delete"), key)
}

/// `POST …/manage/lifecycle/cancel-delete`: within the grace, the account is active again. Success is 200.
pub fn cancel_deletion(account: &AccountId, key: &Secret) -> Request {
    post_nothing(path(account, "/lifecycle/cancel-delete"), key)
}

/// `PATCH …/manage/profile` with another name, of at most 100 characters. Success is 200.
pub fn rename(account: &AccountId, name: &str, key: &Secret) -> Request {
    patch(
        path(account, "/profile"),
        json!({ "name": name }).to_string(),
        key,
    )
}

/// `PUT …/manage/email`: ends all sessions; the new address must be of a verified domain. Success is 204.
pub fn set_email(account: &AccountId, email: &str, key: &Secret) -> Request {
    put(
        path(account, "/email"),
        json!({ "email": email }).to_string(),
        key,
    )
}

/// `GET …/manage/api-tokens`: all at once, without pages.
pub fn api_tokens(account: &AccountId, key: &Secret) -> Request {
    get(path(account, "/api-tokens"), key)
}

/// `DELETE …/manage/api-tokens/{token}`: what used the token stops working. Success is 204.
pub fn delete_api_token(account: &AccountId, token: &str, key: &Secret) -> Request {
    delete(path(account, "/api-tokens/") + &segment(token), key)
}

fn path(account: &AccountId, rest: &str) -> String {
    format!("/users/{}/manage{rest}", segment(account.as_str()))
}

/// An API token of a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiToken {
    /// Its id.
    pub id: String,
    /// When it was last used; `None` where no use is recorded.
    pub last_access: Option<Time>,
}

/// The tokens of an answer.
///
/// # Errors
/// An answer that is not what the API documents, or a time in it that cannot be read: it is not "never used".
pub fn read_api_tokens(body: &[u8]) -> Result<Vec<ApiToken>, ApiError> {
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Listed {
        id: String,
        last_access: Option<String>,
    }
    let operation = "reading a person's API tokens";
    let listed: Vec<Listed> = ApiError::read(operation, body)?;
    let mut tokens = Vec::with_capacity(listed.len());
    for Listed { id, last_access } in listed {
        let last_access = match last_access {
            Some(text) => {
                Some(Time::parse(&text).ok_or_else(|| ApiError::not_understood(operation))?)
            }
            None => None,
        };
        tokens.push(ApiToken { id, last_access });
    }
    Ok(tokens)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::host::Method;

    #[test]
    fn every_action_is_the_documented_request() {
        let (account, key) = (AccountId("5:a".into()), Secret("k".into()));
        let manage = "/users/5%3Aa/manage";
        for (request, method, rest, body) in [
            (
                deactivate(&account, Some("gone \"x\""), &key),
                Method::Post,
                "/lifecycle/disable",
                Some(r#"{"message":"gone \"x\""}"#),
            ),
            (
                deactivate(&account, None, &key),
                Method::Post,
                "/lifecycle/disable",
                Some("{}"),
            ),
            (
                reactivate(&account, &key),
                Method::Post,
                "/lifecycle/enable",
                Some("{}"),
            ),
            (
                delete_account(&account, &key),
                Method::Post,
                "/lifecycle/delete",
                Some("{}"),
            ),
            (
                cancel_deletion(&account, &key),
                Method::Post,
                "/lifecycle/cancel-delete",
                Some("{}"),
            ),
            (
                rename(&account, "Ada (inactive)", &key),
                Method::Patch,
                "/profile",
                Some(r#"{"name":"Ada (inactive)"}"#),
            ),
            (
                set_email(&account, "a@b.example", &key),
                Method::Put,
                "/email",
                Some(r#"{"email":"a@b.example"}"#),
            ),
            (api_tokens(&account, &key), Method::Get, "/api-tokens", None),
            (
                delete_api_token(&account, "t/1", &key),
                Method::Delete,
                "/api-tokens/t%2F1",
                None,
            ),
        ] {
            assert_eq!(request.path, format!("{manage}{rest}"));
            assert_eq!((request.method, request.body.as_deref()), (method, body));
            assert_eq!(request.bearer.as_ref(), Some(&key), "{rest}");
        }
    }

    #[test]
    fn a_token_tells_its_last_use() {
        let body = br#"[{"id":"1","label":"ci","createdAt":"2015-04-12T23:20:50.522Z","lastAccess":"2015-05-12T20:20:50.521Z"},
            {"id":"2","label":"old","createdAt":"2015-04-12T23:20:50.522Z","expiry":"2025-03-19T00:00:00.000Z"},
            {"id":"3","label":"x","createdAt":"x","lastAccess":null}]"#;
        let token = |id: &str, last: Option<&str>| ApiToken {
            id: id.into(),
            last_access: last.and_then(Time::parse),
        };
        assert_eq!(
            read_api_tokens(body).unwrap(),
            [
                token("1", Some("2015-05-12T20:20:50Z")),
                token("2", None),
                token("3", None)
            ]
        );
        assert_eq!(read_api_tokens(b"[]"), Ok(Vec::new()));
        for body in [
            "",
            "{}",
            r#"[{"label":"x"}]"#,
            r#"[{"id":"1","lastAccess":"yesterday"}]"#,
            r#"[{"id":"1","lastAccess":7}]"#,
        ] {
            assert!(read_api_tokens(body.as_bytes()).is_err(), "{body}");
        }
    }
}
