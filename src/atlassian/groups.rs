//! Groups, and which roles they grant on which products.

use serde::Deserialize;
use serde_json::json;

use super::error::ApiError;
use super::escape::segment;
use super::page::{Listing, Page, cursor_after};
use super::request::{get, post};
use crate::host::{Request, Secret};
use crate::model::{DirectoryId, GroupId, Resource, group_uuid};
use crate::snapshot::Group;

/// `POST …/directories/-/groups/search`, by part of a name, or else by at most [`IDS_A_CALL`] ids: at most 100 answers.
///
/// [`IDS_A_CALL`]: super::IDS_A_CALL
pub fn group_search(
    organization: &str,
    term: Option<&str>,
    ids: &[GroupId],
    key: &Secret,
) -> Request {
    let body = match (term, ids) {
        (Some(term), _) => json!({ "limit": 100, "searchTerm": term }),
        (None, []) => json!({ "limit": 100 }),
        (None, ids) => json!({ "limit": 100, "groupIds": ids }),
    };
    post(search_path(organization, None), body.to_string(), key)
}

/// The same for all groups of a directory, or of all directories that the key may see, 100 a page, each with the number
/// of its resources.
pub fn groups(
    organization: &str,
    directory: Option<&DirectoryId>,
    cursor: Option<&str>,
    key: &Secret,
) -> Request {
    let expand = ["counts.resources"];
    let body = match cursor {
        Some(cursor) => json!({ "limit": 100, "expand": expand, "cursor": cursor }),
        None => json!({ "limit": 100, "expand": expand }),
    };
    post(search_path(organization, directory), body.to_string(), key)
}

/// The same for at most [`IDS_A_CALL`] groups of any directory, by their ids: whether each may be changed. One that is gone
/// is missing in the answer.
///
/// [`IDS_A_CALL`]: super::IDS_A_CALL
pub fn groups_by_id(organization: &str, ids: &[GroupId], key: &Secret) -> Request {
    let body = json!({ "limit": 100, "expand": ["counts.resources"], "groupIds": ids });
    post(search_path(organization, None), body.to_string(), key)
}

/// The same for the groups that grant one of these roles, whether on a product or on none.
pub fn groups_granting(
    organization: &str,
    roles: &[&str],
    cursor: Option<&str>,
    key: &Secret,
) -> Request {
    let body = match cursor {
        Some(cursor) => json!({ "limit": 100, "roleIds": roles, "cursor": cursor }),
        None => json!({ "limit": 100, "roleIds": roles }),
    };
    post(search_path(organization, None), body.to_string(), key)
}

fn search_path(organization: &str, directory: Option<&DirectoryId>) -> String {
    let directory = directory.map_or_else(|| String::from("-"), |id| segment(id.as_str()));
    let organization = segment(organization);
    format!("/admin/v2/orgs/{organization}/directories/{directory}/groups/search")
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Found {
    id: String,
    name: Option<String>,
    directory_id: Option<String>,
    external_synced: Option<bool>,
    management_access: Option<ManagementAccess>,
    counts: Option<Counts>,
}

#[derive(Deserialize)]
struct ManagementAccess {
    modifiable: Option<bool>,
}

#[derive(Deserialize)]
struct Counts {
    resources: Option<u32>,
}

fn read_found(body: &[u8]) -> Result<Listing<Found>, ApiError> {
    ApiError::read("searching groups", body)
}

/// The groups of an answer.
///
/// # Errors
/// An answer that is not what the API documents.
pub fn read_groups(body: &[u8]) -> Result<Vec<Group>, ApiError> {
    let (groups, _) = read_found(body)?.page(|group| {
        Some(Group {
            id: GroupId(group_uuid(&group.id).to_owned()),
            name: group.name,
        })
    });
    Ok(groups)
}

/// A group as it is listed. `None` means that the answer did not say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedGroup {
    /// Its UUID.
    pub id: GroupId,
    /// Its name.
    pub name: Option<String>,
    /// The directory it is in.
    pub directory: Option<DirectoryId>,
    /// Whether an identity provider keeps it, so that changes here are refused or undone.
    pub externally_synced: Option<bool>,
    /// Whether the key's owner may change it.
    pub modifiable: Option<bool>,
    /// On how many resources it has roles: a group without any grants no seat, and need not be asked for its roles.
    pub resources: Option<u32>,
}

/// The groups of a page, and the next page's cursor.
///
/// # Errors
/// An answer that is not what the API documents.
pub fn read_group_page(body: &[u8]) -> Result<Page<ListedGroup>, ApiError> {
    Ok(read_found(body)?.page(|group| {
        Some(ListedGroup {
            id: GroupId(group_uuid(&group.id).to_owned()),
            name: group.name,
            directory: group.directory_id.map(DirectoryId),
            externally_synced: group.external_synced,
            modifiable: group.management_access.and_then(|access| access.modifiable),
            resources: group.counts.and_then(|counts| counts.resources),
        })
    }))
}

/// `GET …/directories/{directory}/groups/{group}/role-assignments`, 100 a page: what being in the group gives.
pub fn role_assignments(
    organization: &str,
    directory: &DirectoryId,
    group: &GroupId,
    cursor: Option<&str>,
    key: &Secret,
) -> Request {
    let path = format!(
        "/admin/v2/orgs/{}/directories/{}/groups/{}/role-assignments?limit=100{}",
        segment(organization),
        segment(directory.as_str()),
        segment(group.as_str()),
        cursor_after('&', cursor)
    );
    get(path, key)
}

/// What a group grants on one product and site, or on the organization.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grant {
    /// The product on the site; none for roles of the platform.
    pub resource: Option<Resource>,
    /// The roles, such as `atlassian/user`.
    pub roles: Vec<String>,
}

/// The grants of a page, and the next page's cursor.
///
/// # Errors
/// An answer that is not what the API documents.
pub fn read_role_assignments(body: &[u8]) -> Result<Page<Grant>, ApiError> {
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Assignment {
        resource_id: Option<String>,
        roles: Vec<String>,
    }
    let listing: Listing<Assignment> = ApiError::read("reading the roles of a group", body)?;
    Ok(listing.page(|assignment| {
        Some(Grant {
            resource: assignment.resource_id.map(Resource),
            roles: assignment.roles,
        })
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key() -> Secret {
        Secret(String::from("k"))
    }

    #[test]
    fn groups_are_read_with_what_decides_about_them() {
        let body = br#"{"data":[
            {"id":"ari:cloud:identity::group/1","name":"jira-users","description":null,"directoryId":"d","externalSynced":true,
             "managedBy":"external","managementAccess":{"readable":true,"modifiable":false},"counts":{"users":10,"resources":2},"links":{}},
            {"id":"2","counts":{},"managementAccess":{}}],"links":{"next":"c"},"meta":{}}"#;
        let (groups, next) = read_group_page(body).unwrap();
        let bare = |id: &str| ListedGroup {
            id: GroupId(id.into()),
            name: None,
            directory: None,
            externally_synced: None,
            modifiable: None,
            resources: None,
        };
        let full = ListedGroup {
            name: Some("jira-users".into()),
            directory: Some(DirectoryId("d".into())),
            externally_synced: Some(true),
            modifiable: Some(false),
            resources: Some(2),
            ..bare("1")
        };
        assert_eq!(
            (groups, next.as_deref()),
            (vec![full, bare("2")], Some("c"))
        );
        for body in ["", "[]", r#"{"data":null}"#, r#"{"data":[{"name":"x"}]}"#] {
            assert!(read_group_page(body.as_bytes()).is_err(), "{body}");
        }
    }

    #[test]
    fn grants_are_read_with_those_of_the_platform() {
        let body = br#"{"data":[{"resourceId":"ari:cloud:confluence::site/1","resourceOwner":"confluence","roles":["atlassian/user"],"defaultRole":null},
            {"resourceId":null,"roles":["atlassian/org-admin"]}],"links":{}}"#;
        let grant = |resource: Option<&str>, role: &str| Grant {
            resource: resource.map(|id| Resource(id.into())),
            roles: vec![role.into()],
        };
        let grants = vec![
            grant(Some("ari:cloud:confluence::site/1"), "atlassian/user"),
            grant(None, "atlassian/org-admin"),
        ];
        assert_eq!(read_role_assignments(body), Ok((grants, None)));
        assert!(read_role_assignments(br#"{"data":[{"resourceId":"r"}]}"#).is_err());
    }

    #[test]
    fn requests_name_what_they_are_about() {
        let (directory, group) = (DirectoryId("d/1".into()), GroupId("g".into()));
        assert_eq!(
            groups("o", None, None, &key()).path,
            "/admin/v2/orgs/o/directories/-/groups/search"
        );
        let page = groups("o", Some(&directory), Some("c+"), &key());
        assert_eq!(
            page.path,
            "/admin/v2/orgs/o/directories/d%2F1/groups/search"
        );
        assert_eq!(
            page.body.as_deref(),
            Some(r#"{"cursor":"c+","expand":["counts.resources"],"limit":100}"#)
        );
        let some = groups_by_id("o", std::slice::from_ref(&group), &key());
        assert_eq!(some.path, "/admin/v2/orgs/o/directories/-/groups/search");
        assert_eq!(
            some.body.as_deref(),
            Some(r#"{"expand":["counts.resources"],"groupIds":["g"],"limit":100}"#)
        );
        let granting = groups_granting("o", &["atlassian/org-admin"], None, &key());
        assert_eq!(granting.path, some.path);
        assert_eq!(
            granting.body.as_deref(),
            Some(r#"{"limit":100,"roleIds":["atlassian/org-admin"]}"#)
        );
        assert_eq!(
            role_assignments("o", &directory, &group, Some("c+"), &key()).path,
            "/admin/v2/orgs/o/directories/d%2F1/groups/g/role-assignments?limit=100&cursor=c%2B"
        );
    }
}
