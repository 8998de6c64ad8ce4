//! The organization itself: its name, directories, groups and sites.

use serde::Deserialize;
use serde_json::json;

use super::error::ApiError;
use super::escape::segment;
use crate::host::{Method, Request, Secret, Service};
use crate::model::{DirectoryId, GroupId, Resource, group_uuid};
use crate::snapshot::{Group, Site};

/// One `GET` to the organization API.
fn get(path: String, key: &Secret) -> Request {
    Request {
        service: Service::Atlassian,
        method: Method::Get,
        path,
        body: None,
        bearer: Some(key.clone()),
    }
}

/// One `POST` to the organization API.
pub(super) fn post(path: String, body: String, key: &Secret) -> Request {
    Request {
        service: Service::Atlassian,
        method: Method::Post,
        path,
        body: Some(body),
        bearer: Some(key.clone()),
    }
}

/// `GET /admin/v1/orgs/{organization}`: whether the key fits the organization.
pub fn organization(organization: &str, key: &Secret) -> Request {
    get(format!("/admin/v1/orgs/{}", segment(organization)), key)
}

/// The organization's name.
///
/// # Errors
/// An answer that is not what the API documents.
pub fn read_organization(body: &[u8]) -> Result<String, ApiError> {
    #[derive(Deserialize)]
    struct Answer {
        data: Organization,
    }
    #[derive(Deserialize)]
    struct Organization {
        attributes: Attributes,
    }
    #[derive(Deserialize)]
    struct Attributes {
        name: String,
    }
    ApiError::read::<Answer>("reading the organization", body)
        .map(|answer| answer.data.attributes.name)
}

/// `GET /admin/v2/orgs/{organization}/directories`, 100 a page.
pub fn directories(organization: &str, cursor: Option<&str>, key: &Secret) -> Request {
    let cursor = cursor.map_or_else(String::new, |cursor| format!("&cursor={}", segment(cursor)));
    get(
        format!(
            "/admin/v2/orgs/{}/directories?limit=100{cursor}",
            segment(organization)
        ),
        key,
    )
}

/// What a page lists, and the next page's cursor.
pub type Page<T> = (Vec<T>, Option<String>);

#[derive(Deserialize, Default)]
pub(super) struct Links {
    next: Option<String>,
}

impl Links {
    /// The cursor of the next page: v2 gives it bare, v1 and sometimes workspaces as a URL (atlassian-apis §2.1).
    pub(super) fn cursor(self) -> Option<String> {
        let next = self.next.filter(|next| !next.is_empty())?;
        if !next.starts_with("http") {
            return Some(next);
        }
        let (_, query) = next.split_once('?')?;
        query
            .split('&')
            .find_map(|pair| pair.strip_prefix("cursor="))
            .map(String::from)
    }
}

/// The directories of a page with their names, and the next page's cursor.
///
/// # Errors
/// An answer that is not what the API documents.
pub fn read_directories(body: &[u8]) -> Result<Page<(DirectoryId, String)>, ApiError> {
    #[derive(Deserialize)]
    struct Answer {
        data: Vec<Directory>,
        #[serde(default)]
        links: Links,
    }
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Directory {
        directory_id: String,
        name: Option<String>,
    }
    let answer: Answer = ApiError::read("reading the directories", body)?;
    let directories = answer
        .data
        .into_iter()
        .map(|directory| {
            let name = directory
                .name
                .unwrap_or_else(|| directory.directory_id.clone());
            (DirectoryId(directory.directory_id), name)
        })
        .collect();
    Ok((directories, answer.links.cursor()))
}

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
    let path = format!(
        "/admin/v2/orgs/{}/directories/-/groups/search",
        segment(organization)
    );
    post(path, body.to_string(), key)
}

/// The groups of an answer.
///
/// # Errors
/// An answer that is not what the API documents.
pub fn read_groups(body: &[u8]) -> Result<Vec<Group>, ApiError> {
    #[derive(Deserialize)]
    struct Answer {
        data: Vec<Found>,
    }
    #[derive(Deserialize)]
    struct Found {
        id: String,
        name: Option<String>,
    }
    let answer: Answer = ApiError::read("searching groups", body)?;
    Ok(answer
        .data
        .into_iter()
        .map(|group| Group {
            id: GroupId(group_uuid(&group.id).to_owned()),
            name: group.name,
        })
        .collect())
}

/// `POST /admin/v2/orgs/{organization}/workspaces`: the sites and products, 1,000 a page. A cursor goes alone.
pub fn workspaces(organization: &str, cursor: Option<&str>, key: &Secret) -> Request {
    let body = match cursor {
        Some(cursor) => json!({ "cursor": cursor }),
        None => json!({ "limit": 1000 }),
    };
    post(
        format!("/admin/v2/orgs/{}/workspaces", segment(organization)),
        body.to_string(),
        key,
    )
}

/// The sites of a page, once for each workspace of theirs, and the next page's cursor.
///
/// # Errors
/// An answer that is not what the API documents.
pub fn read_workspaces(body: &[u8]) -> Result<Page<Site>, ApiError> {
    #[derive(Deserialize)]
    struct Answer {
        data: Vec<Workspace>,
        #[serde(default)]
        links: Links,
    }
    #[derive(Deserialize)]
    struct Workspace {
        id: String,
        attributes: Attributes,
    }
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Attributes {
        host_url: Option<String>,
    }
    let answer: Answer = ApiError::read("reading the sites", body)?;
    let sites = answer
        .data
        .into_iter()
        .filter_map(|workspace| {
            let cloud_id = Resource(workspace.id).site()?.to_owned();
            let url = workspace.attributes.host_url?;
            let host = url.split_once("://").map_or(url.as_str(), |(_, host)| host);
            Some(Site {
                cloud_id,
                host: host.trim_end_matches('/').to_owned(),
            })
        })
        .collect();
    Ok((sites, answer.links.cursor()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_page_may_be_a_cursor_or_a_url() {
        let cursor = |next: &str| {
            Links {
                next: Some(next.into()),
            }
            .cursor()
        };
        assert_eq!(cursor("abc").as_deref(), Some("abc"));
        assert_eq!(
            cursor("https://api.atlassian.com/x?limit=1&cursor=abc").as_deref(),
            Some("abc")
        );
        assert_eq!(cursor(""), None);
    }

    #[test]
    fn sites_are_read_from_workspaces() {
        let body = br#"{"data":[{"id":"ari:cloud:jira-software::site/42","attributes":{"hostUrl":"https://acme.atlassian.net"}},
            {"id":"ari:cloud:bitbucket::workspace/1","attributes":{"hostUrl":"https://bitbucket.org/x"}}],"links":{}}"#;
        let (sites, next) = read_workspaces(body).unwrap();
        assert_eq!(
            sites,
            [Site {
                cloud_id: "42".into(),
                host: "acme.atlassian.net".into()
            }]
        );
        assert_eq!(next, None);
    }
}
