//! Jira's REST API: who administers Jira, the accounts that `users/search` of the organization does not list, who is in a
//! group, and what people are called.

use serde::Deserialize;
use serde_json::Value;

use super::error::ApiError;
use super::escape::segment;
use super::request::jira;
use crate::host::{Request, Service};
use crate::model::{AccountId, AccountType, DirectoryId, GroupId};
use crate::snapshot::UserRecord;

/// `GET /rest/api/3/mypermissions?permissions=ADMINISTER` as the caller.
pub fn my_permissions() -> Request {
    jira(
        Service::JiraAsCaller,
        String::from("/rest/api/3/mypermissions?permissions=ADMINISTER"),
    )
}

/// Whether the caller administers Jira.
///
/// # Errors
/// An answer that is not what the API documents.
pub fn administers_jira(body: &[u8]) -> Result<bool, ApiError> {
    const OPERATION: &str = "reading the caller's permissions";
    let answer: Value = ApiError::read(OPERATION, body)?;
    let Some(permissions) = answer.get("permissions") else {
        return Err(ApiError::not_understood(OPERATION));
    };
    let administer = permissions.get("ADMINISTER");
    let has = administer.and_then(|permission| permission.get("havePermission"));
    Ok(has.and_then(Value::as_bool).unwrap_or(false))
}

/// `GET /rest/api/3/serverInfo` as the app: where the site is. It needs no permission.
pub fn server_info() -> Request {
    jira(Service::JiraAsApp, String::from("/rest/api/3/serverInfo"))
}

/// The host name of the site.
///
/// # Errors
/// An answer that is not what the API documents.
pub fn read_server_info(body: &[u8]) -> Result<String, ApiError> {
    const OPERATION: &str = "asking Jira where it is";
    let answer: Value = ApiError::read(OPERATION, body)?;
    let Some(base) = answer.get("baseUrl").and_then(Value::as_str) else {
        return Err(ApiError::not_understood(OPERATION));
    };
    let host = base.split_once("://").map_or(base, |(_, host)| host);
    let host = host.split('/').next().unwrap_or_default();
    Ok(host.to_ascii_lowercase())
}

/// A person wherever Jira lists people; what a list is not about may be missing.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct JiraUser {
    account_id: String,
    account_type: Option<String>,
    display_name: Option<String>,
    email_address: Option<String>,
}

/// A page object with people.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct JiraUsers {
    is_last: Option<bool>,
    values: Vec<JiraUser>,
}

/// How many accounts [`jira_users_page`] asks for: the next page starts so many later.
pub const JIRA_USERS_A_PAGE: u32 = 1_000;
/// How many members [`group_members`] asks for: the next page starts so many later.
pub const GROUP_MEMBERS_A_PAGE: u32 = 50;

/// `GET /rest/api/3/users/search` as the app, [`JIRA_USERS_A_PAGE`] accounts from one on. A page may hold fewer than it
/// was asked for; only an empty one is the end.
pub fn jira_users_page(start: u32) -> Request {
    jira(
        Service::JiraAsApp,
        format!("/rest/api/3/users/search?startAt={start}&maxResults={JIRA_USERS_A_PAGE}"),
    )
}

/// Rows of `GET /rest/api/3/users/search`: the only place that lists app and customer accounts (RULES R13). Jira knows
/// no activity, no groups here and no roles: all of that is unknown. `active: false` covers suspended, deactivated and
/// removed people alike, and `active: true` says nothing of the directory, so the status is unknown too.
///
/// # Errors
/// An answer that is not what the API documents.
pub fn jira_users(body: &[u8], directory: &DirectoryId) -> Result<Vec<UserRecord>, ApiError> {
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

/// `GET /rest/api/3/group/member` as the app, [`GROUP_MEMBERS_A_PAGE`] members from one on. Without inactive people: they
/// hold no seat.
pub fn group_members(group: &GroupId, start: u32) -> Request {
    let group = segment(group.as_str());
    jira(
        Service::JiraAsApp,
        format!(
            "/rest/api/3/group/member?groupId={group}&includeInactiveUsers=false&startAt={start}&maxResults={GROUP_MEMBERS_A_PAGE}"
        ),
    )
}

/// The members of a page, and whether it is the last. Where the answer does not say, only an empty page is.
///
/// # Errors
/// An answer that is not what the API documents.
pub fn read_group_members(body: &[u8]) -> Result<(Vec<AccountId>, bool), ApiError> {
    let answer: JiraUsers = ApiError::read("reading the members of a group from Jira", body)?;
    let is_last = answer.is_last.unwrap_or(answer.values.is_empty());
    let members = answer.values.into_iter();
    let members = members.map(|member| AccountId(member.account_id)).collect();
    Ok((members, is_last))
}

/// How many accounts may be asked for by their ids at a call: as account ids are long, more of them make an address that is too long
/// for some gateways.
pub const USERS_A_CALL: usize = 50;

/// `GET /rest/api/3/user/bulk` as the caller, who sees of people what their profiles show them. Without an account it
/// answers 400.
pub fn user_names(accounts: &[AccountId]) -> Request {
    users_by_ids(Service::JiraAsCaller, accounts)
}

/// `GET /rest/api/3/user/bulk`, as one or the other.
pub(super) fn users_by_ids(service: Service, accounts: &[AccountId]) -> Request {
    let mut path = format!("/rest/api/3/user/bulk?maxResults={USERS_A_CALL}");
    for account in accounts {
        path.push_str("&accountId=");
        path.push_str(&segment(account.as_str()));
    }
    jira(service, path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_come_with_the_end_of_the_list() {
        for (body, expected) in [
            (
                r#"{"isLast":false,"values":[{"accountId":"a","active":true}]}"#,
                Some((1, false)),
            ),
            (
                r#"{"isLast":true,"values":[{"accountId":"a"}]}"#,
                Some((1, true)),
            ),
            (r#"{"values":[{"accountId":"a"}]}"#, Some((1, false))),
            (r#"{"values":[]}"#, Some((0, true))),
            (r#"{"values":[{}]}"#, None),
            ("[]", None),
        ] {
            let read = read_group_members(body.as_bytes()).ok();
            assert_eq!(read.map(|(members, last)| (members.len(), last)), expected);
        }
    }

    #[test]
    fn names_are_asked_for_as_the_caller() {
        let request = user_names(&[AccountId("557058:a".into()), AccountId("b&c".into())]);
        assert_eq!(request.service, Service::JiraAsCaller);
        assert_eq!(
            request.path,
            "/rest/api/3/user/bulk?maxResults=50&accountId=557058%3Aa&accountId=b%26c"
        );
    }

    #[test]
    fn pages_are_asked_for_as_the_app() {
        let page = jira_users_page(2_000);
        assert_eq!(page.service, Service::JiraAsApp);
        assert_eq!(
            page.path,
            "/rest/api/3/users/search?startAt=2000&maxResults=1000"
        );
        assert_eq!(
            group_members(&GroupId("a b".into()), 50).path,
            "/rest/api/3/group/member?groupId=a%20b&includeInactiveUsers=false&startAt=50&maxResults=50"
        );
    }

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
            (
                r#"{"permissions":{"ADMINISTER":{"havePermission":"true"}}}"#,
                Some(false),
            ),
            (r#"{"errorMessages":[]}"#, None),
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
