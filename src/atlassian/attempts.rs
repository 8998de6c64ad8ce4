//! Requests that show what a key allows without changing anything.

use super::escape::segment;
use crate::host::{Method, Request, Secret, Service};
use crate::model::AccountId;

/// `GET /admin/v1/orgs/{organization}/directory/users/{account}/last-active-dates`.
pub fn last_active_dates(
    organization: &str,
    account: &AccountId,
    cursor: Option<&str>,
    key: &Secret,
) -> Request {
    let cursor = cursor.map_or_else(String::new, |cursor| format!("?cursor={}", segment(cursor)));
    get(
        format!(
            "/admin/v1/orgs/{}/directory/users/{}/last-active-dates{cursor}",
            segment(organization),
            segment(account.as_str())
        ),
        key,
    )
}

/// What an administrator may do to a managed account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Privilege {
    /// Deactivate and reactivate it.
    EnableDisable,
}

impl Privilege {
    fn name(self) -> &'static str {
        match self {
            Privilege::EnableDisable => "lifecycle.enablement",
        }
    }
}

/// `GET /users/{account}/manage`: managed accounts only, and keys without scopes only.
pub fn manage(account: &AccountId, privileges: &[Privilege], key: &Secret) -> Request {
    let mut path = format!("/users/{}/manage", segment(account.as_str()));
    for (sign, privilege) in std::iter::once('?')
        .chain(std::iter::repeat('&'))
        .zip(privileges)
    {
        path.push(sign);
        path.push_str("privileges=");
        path.push_str(privilege.name());
    }
    get(path, key)
}

fn get(path: String, key: &Secret) -> Request {
    Request {
        service: Service::Atlassian,
        method: Method::Get,
        path,
        body: None,
        bearer: Some(key.clone()),
    }
}
