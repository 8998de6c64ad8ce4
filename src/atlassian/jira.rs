//! Jira's REST API: who administers Jira, and the accounts that `users/search` of the organization does not list.

use serde::Deserialize;

use super::error::ApiError;
use crate::host::{Method, Request, Service};
use crate::model::{AccountId, AccountType, DirectoryId};
use crate::snapshot::UserRecord;

/// `GET /rest/api/3/mypermissions?permissions=ADMINISTER` as the caller.
pub fn my_permissions() -> Request {
    Request {
        service: Service::JiraAsCaller,
        method: Method::Get,
        path: String::from("/rest/api/3/mypermissions?permissions=ADMINISTER"),
        body: None,
        bearer: None,
    }
}

/// Whether the caller administers Jira.
///
/// # Errors
/// An answer that is not what the API documents.
pub fn administers_jira(body: &[u8]) -> Result<bool, ApiError> {
    #[derive(Deserialize)]
    struct Answer {
        permissions: Permissions,
    }
    #[derive(Deserialize)]
    struct Permissions {
        #[serde(rename = "ADMINISTER")]
        administer: Option<Permission>,
    }
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Permission {
        have_permission: bool,
    }
    ApiError::read::<Answer>("reading the caller\'s permissions", body).map(|answer| {
        answer
            .permissions
            .administer
            .is_some_and(|permission| permission.have_permission)
    })
}

/// Rows of `GET /rest/api/3/users/search`: the only place that lists app and customer accounts (RULES R13). Jira knows
/// no activity, no groups here and no roles: all of that is unknown. `active: false` covers suspended, deactivated and
/// removed people alike, and `active: true` says nothing of the directory, so the status is unknown too.
///
/// # Errors
/// An answer that is not what the API documents.
pub fn jira_users(body: &[u8], directory: &DirectoryId) -> Result<Vec<UserRecord>, ApiError> {
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct JiraUser {
        account_id: String,
        account_type: Option<String>,
        display_name: Option<String>,
        email_address: Option<String>,
    }
    let users: Vec<JiraUser> = ApiError::read("reading Jira's users", body)?;
    Ok(users
        .into_iter()
        .map(|user| UserRecord {
            account_type: user.account_type.as_deref().and_then(AccountType::parse),
            name: user.display_name,
            email: user.email_address.filter(|email| !email.is_empty()),
            ..UserRecord::unknown(AccountId(user.account_id), directory.clone())
        })
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_granted_permission_makes_an_administrator() {
        for (body, expected) in [
            (
                r#"{"permissions":{"ADMINISTER":{"id":"0","key":"ADMINISTER","havePermission":true}}}"#,
                Some(true),
            ),
            (
                r#"{"permissions":{"ADMINISTER":{"havePermission":false}}}"#,
                Some(false),
            ),
            (r#"{"permissions":{}}"#, Some(false)),
            ("<html>", None),
        ] {
            assert_eq!(administers_jira(body.as_bytes()).ok(), expected, "{body}");
        }
    }

    #[test]
    fn app_and_customer_accounts_are_told_apart() {
        let body = br#"[{"accountId":"a","accountType":"app","active":true},{"accountId":"c","accountType":"customer","active":true},
            {"accountId":"p","accountType":"atlassian","active":false},{"accountId":"x","accountType":"unknown","active":true}]"#;
        let kinds: Vec<_> = jira_users(body, &DirectoryId("d".into()))
            .unwrap()
            .into_iter()
            .map(|u| u.account_type)
            .collect();
        assert_eq!(
            kinds,
            [
                Some(AccountType::App),
                Some(AccountType::Customer),
                Some(AccountType::Atlassian),
                None
            ]
        );
    }
}
