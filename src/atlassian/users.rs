//! People: the requests that read them.

use serde::{Deserialize, Serialize};
use serde_json::json;

use super::error::ApiError;
use super::escape::segment;
use super::request::{get, post};
use crate::host::{Request, Secret};
use crate::model::{AccountId, DirectoryId, GroupId};

/// The most people on one page.
pub const PAGE_SIZE: usize = 100;

/// The most accounts or groups that one search may name (`maxItems` of `accountIds` and `groupIds` in the OpenAPI
/// document).
pub const IDS_A_CALL: usize = 10;

/// The most e-mail addresses that one search may name (`maxItems` of `emails` in the OpenAPI document).
pub const EMAILS_A_CALL: usize = 100;

/// Which people to read.
#[derive(Clone, Copy, Debug)]
pub enum UserFilter<'a> {
    /// Everybody, a page at a time.
    Everybody {
        /// Where the page before ended.
        cursor: Option<&'a str>,
    },
    /// The members of a group, a page at a time.
    Members {
        /// Which.
        group: &'a GroupId,
        /// Where the page before ended.
        cursor: Option<&'a str>,
    },
    /// These accounts, at most [`IDS_A_CALL`].
    Accounts(&'a [AccountId]),
    /// The people with these e-mail addresses, exactly, at most [`EMAILS_A_CALL`], none twice. Whoever is found is who was
    /// meant only as long as the addresses are the same.
    Emails(&'a [String]),
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SearchBody<'a> {
    limit: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    cursor: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    account_ids: Option<&'a [AccountId]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    emails: Option<&'a [String]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    group_ids: Option<[&'a GroupId; 1]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    directory_ids: Option<&'a [DirectoryId]>,
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
    search(organization, directory, None, filter, key)
}

/// The same over all directories for those who are in one of these, at most [`IDS_A_CALL`]. What it shows of a person is over
/// all directories, so it tells who is there, and no more.
pub fn users_search_among(
    organization: &str,
    directories: &[DirectoryId],
    filter: UserFilter<'_>,
    key: &Secret,
) -> Request {
    search(organization, None, Some(directories), filter, key)
}

fn search(
    organization: &str,
    directory: Option<&DirectoryId>,
    directory_ids: Option<&[DirectoryId]>,
    filter: UserFilter<'_>,
    key: &Secret,
) -> Request {
    let mut group_ids = None;
    let (cursor, account_ids, emails) = match filter {
        UserFilter::Everybody { cursor } => (cursor, None, None),
        UserFilter::Members { group, cursor } => {
            group_ids = Some([group]);
            (cursor, None, None)
        }
        UserFilter::Accounts(accounts) => (None, Some(accounts), None),
        UserFilter::Emails(emails) => (None, None, Some(emails)),
    };
    let body = SearchBody {
        limit: PAGE_SIZE,
        cursor,
        account_ids,
        emails,
        group_ids,
        directory_ids,
        expand: ["platformRoles", "productAccess", "groups"],
    };
    let directory = directory.map_or_else(|| String::from("-"), |id| segment(id.as_str()));
    let path = format!(
        "/admin/v2/orgs/{}/directories/{directory}/users/search",
        segment(organization)
    );
    post(path, json!(body).to_string(), key)
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
    fn a_search_names_whom_it_is_about() {
        let body = |filter| {
            users_search("o", None, filter, &Secret("k".into()))
                .body
                .unwrap()
        };
        let expand = r#""expand":["platformRoles","productAccess","groups"]"#;
        let emails = [String::from("a@b.example")];
        let accounts = [AccountId("a".into())];
        assert_eq!(
            body(UserFilter::Emails(&emails)),
            format!(r#"{{"emails":["a@b.example"],{expand},"limit":100}}"#)
        );
        assert_eq!(
            body(UserFilter::Accounts(&accounts)),
            format!(r#"{{"accountIds":["a"],{expand},"limit":100}}"#)
        );
        let cursor = Some("c");
        assert_eq!(
            body(UserFilter::Everybody { cursor }),
            format!(r#"{{"cursor":"c",{expand},"limit":100}}"#)
        );
    }

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
