//! What the key may do to a managed account, and why not.

use serde_json::Value;

use super::error::ApiError;
use super::escape::segment;
use super::request::get;
use crate::host::{Request, Secret};
use crate::model::AccountId;

/// Something that may be allowed with a managed account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Privilege {
    /// Reading the profile.
    ProfileRead,
    /// Changing the profile.
    ProfileWrite,
    /// Setting the e-mail address.
    EmailSet,
    /// Deactivating and activating.
    EnableDisable,
    /// Deleting, and taking that back.
    Delete,
    /// Listing API tokens.
    TokenRead,
    /// Deleting API tokens.
    TokenDelete,
}

impl Privilege {
    /// All of them.
    pub const ALL: [Privilege; 7] = [
        Privilege::ProfileRead,
        Privilege::ProfileWrite,
        Privilege::EmailSet,
        Privilege::EnableDisable,
        Privilege::Delete,
        Privilege::TokenRead,
        Privilege::TokenDelete,
    ];

    /// The name in the API.
    pub fn name(self) -> &'static str {
        match self {
            Privilege::ProfileRead => "profile.read",
            Privilege::ProfileWrite => "profile.write",
            Privilege::EmailSet => "email.set",
            Privilege::EnableDisable => "lifecycle.enablement",
            Privilege::Delete => "lifecycle.delete",
            Privilege::TokenRead => "apiToken.read",
            Privilege::TokenDelete => "apiToken.delete",
        }
    }
}

/// Whether something is allowed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Allowed {
    /// It is.
    Yes,
    /// It is not, for a reason such as `externalDirectory.scim`, if one was given.
    No(Option<String>),
}

/// `GET /users/{account}/manage`: asked before an account is deactivated, since an identity provider may own it.
pub fn manage(account: &AccountId, privileges: &[Privilege], key: &Secret) -> Request {
    let mut path = format!("/users/{}/manage", segment(account.as_str()));
    for (place, privilege) in privileges.iter().enumerate() {
        path.push_str(if place == 0 {
            "?privileges="
        } else {
            "&privileges="
        });
        path.push_str(privilege.name());
    }
    get(path, key)
}

/// What the answer says of each privilege that it names.
///
/// # Errors
/// An answer that is not what the API documents.
pub fn read_privileges(body: &[u8]) -> Result<Vec<(Privilege, Allowed)>, ApiError> {
    let operation = "reading what may be done with an account";
    let answer: Value = ApiError::read(operation, body)?;
    let rules = answer
        .as_object()
        .ok_or_else(|| ApiError::not_understood(operation))?;
    let mut found = Vec::new();
    for privilege in Privilege::ALL {
        if let Some(rule) = rules.get(privilege.name()) {
            let allowed = rule_of(rule).ok_or_else(|| ApiError::not_understood(operation))?;
            found.push((privilege, allowed));
        }
    }
    Ok(found)
}

/// Of one rule, or of the rules for the fields of a profile: one field that may be changed is enough.
fn rule_of(rule: &Value) -> Option<Allowed> {
    if let Some(allowed) = simple_rule(rule) {
        return Some(allowed);
    }
    let mut fields = rule.as_object()?.values();
    let mut together = simple_rule(fields.next()?)?;
    for field in fields {
        match simple_rule(field)? {
            Allowed::Yes => together = Allowed::Yes,
            Allowed::No(_) => {}
        }
    }
    Some(together)
}

fn simple_rule(rule: &Value) -> Option<Allowed> {
    Some(match rule.get("allowed")?.as_bool()? {
        true => Allowed::Yes,
        false => {
            let reason = rule.get("reason").and_then(|reason| reason.get("key"));
            Allowed::No(reason.and_then(Value::as_str).map(String::from))
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_allowed_and_why_not() {
        let body = br#"{"lifecycle.enablement":{"allowed":false,"reason":{"key":"externalDirectory.scim"}},
            "profile":{"allowed":true},"email.set":{"allowed":false},
            "profile.write":{"name":{"allowed":false,"reason":{"key":"externalDirectory.scim"}},"locale":{"allowed":true}},
            "profile.read":{"allowed":true}}"#;
        assert_eq!(
            read_privileges(body).unwrap(),
            [
                (Privilege::ProfileRead, Allowed::Yes),
                (Privilege::ProfileWrite, Allowed::Yes),
                (Privilege::EmailSet, Allowed::No(None)),
                (
                    Privilege::EnableDisable,
                    Allowed::No(Some("externalDirectory.scim".into()))
                ),
            ]
        );
        for body in [
            "",
            "[]",
            r#"{"email.set":{}}"#,
            r#"{"email.set":{"allowed":"yes"}}"#,
        ] {
            assert!(read_privileges(body.as_bytes()).is_err(), "{body}");
        }
    }

    #[test]
    fn the_request_names_the_privileges() {
        let ask = |privileges: &[Privilege]| {
            let account = AccountId("5:a".into());
            manage(&account, privileges, &Secret("k".into())).path
        };
        assert_eq!(ask(&[]), "/users/5%3Aa/manage");
        assert_eq!(
            ask(&[Privilege::EnableDisable, Privilege::Delete]),
            "/users/5%3Aa/manage?privileges=lifecycle.enablement&privileges=lifecycle.delete"
        );
    }
}
