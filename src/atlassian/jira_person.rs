//! What Jira says of one person, read as the app.

use serde::Deserialize;

use super::error::ApiError;
use super::escape::segment;
use super::request::jira;
use crate::host::{Request, Service};
use crate::model::{AccountId, GroupId};

/// `GET /rest/api/3/user/groups`: the groups of one person.
pub fn groups_of_person(person: &AccountId) -> Request {
    let account = segment(person.as_str());
    jira(
        Service::JiraAsApp,
        format!("/rest/api/3/user/groups?accountId={account}"),
    )
}

/// The ids of the groups. One that is named without an id is left out.
///
/// # Errors
/// An answer that is not what the API documents.
pub fn read_groups_of_person(body: &[u8]) -> Result<Vec<GroupId>, ApiError> {
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Named {
        group_id: Option<String>,
    }
    let groups: Vec<Named> = ApiError::read("reading a person's groups from Jira", body)?;
    let ids = groups.into_iter().filter_map(|group| group.group_id);
    Ok(ids.map(GroupId).collect())
}
