//! People: the requests that read them and act on them.

use serde::{Deserialize, Serialize};
use serde_json::json;

use super::error::ApiError;
use super::escape::segment;
use super::request::{get, post};
use crate::host::{Request, Secret};
use crate::model::{AccountId, DirectoryId};

/// The most people on one page.
pub const PAGE_SIZE: usize = 100;

/// The most accounts or groups that one search may name (`maxItems` of `accountIds` and `groupIds` in the OpenAPI
/// document; e-mail addresses would be 100).
pub const IDS_A_CALL: usize = 10;

/// Which people to read.
#[derive(Clone, Copy, Debug)]
pub enum UserFilter<'a> {
    /// Everybody, a page at a time.
    Everybody {
        /// Where the page before ended.
        cursor: Option<&'a str>,
    },
    /// These accounts, at most [`IDS_A_CALL`].
    Accounts(&'a [AccountId]),
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SearchBody<'a> {
    limit: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    cursor: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    account_ids: Option<&'a [AccountId]>,
    expand: [&'static str; 3],
}

/// `POST …/directories/{directory}/users/search` with groups, roles and product access. Each directory is listed by its
/// own path (RULES R13); without one, `-` reads all that the key may see.
pub fn users_search(
    organization: &str,
    directory: Option<&DirectoryId>,
    filter: UserFilter<'_>,
    key: &Secret,
) -> Request {
    let (cursor, account_ids) = match filter {
        UserFilter::Everybody { cursor } => (cursor, None),
        UserFilter::Accounts(accounts) => (None, Some(accounts)),
    };
    let body = SearchBody {
        limit: PAGE_SIZE,
        cursor,
        account_ids,
        expand: ["platformRoles", "productAccess", "groups"],
    };
    let directory = directory.map_or_else(|| String::from("-"), |id| segment(id.as_str()));
    let path = format!(
        "/admin/v2/orgs/{}/directories/{directory}/users/search",
        segment(organization)
    );
    post(path, json!(body).to_string(), key)
}

/// `POST …/directories/{directory}/users/{account}/suspend`. The body is `{}`: without one the answer is 415.
pub fn suspend(
    organization: &str,
    directory: &DirectoryId,
    account: &AccountId,
    key: &Secret,
) -> Request {
    let path = format!(
        "/admin/v2/orgs/{}/directories/{}/users/{}/suspend",
        segment(organization),
        segment(directory.as_str()),
        segment(account.as_str())
    );
    post(path, String::from("{}"), key)
}

/// `GET …/directories/{directory}/users/count`: how many people a listing of the directory must name.
pub fn users_count(organization: &str, directory: &DirectoryId, key: &Secret) -> Request {
    let path = format!(
        "/admin/v2/orgs/{}/directories/{}/users/count",
        segment(organization),
        segment(directory.as_str())
    );
    get(path, key)
}

/// The number of an answer.
///
/// # Errors
/// An answer that is not what the API documents.
pub fn read_count(body: &[u8]) -> Result<u32, ApiError> {
    #[derive(Deserialize)]
    struct Answer {
        count: u32,
    }
    ApiError::read::<Answer>("counting users", body).map(|answer| answer.count)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_count_is_a_number_of_people() {
        assert_eq!(read_count(br#"{"count":123,"more":1}"#), Ok(123));
        for body in [r#"{"count":-1}"#, r#"{"count":null}"#, "{}", "", "7"] {
            assert!(read_count(body.as_bytes()).is_err(), "{body}");
        }
        assert_eq!(
            users_count("o", &DirectoryId("d".into()), &Secret("k".into())).path,
            "/admin/v2/orgs/o/directories/d/users/count"
        );
    }
}
