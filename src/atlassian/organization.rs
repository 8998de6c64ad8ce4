//! The organization itself: its name and its directories.

use serde::Deserialize;

use super::error::ApiError;
use super::escape::segment;
use super::page::{Listing, Page, cursor_after};
use super::request::get;
use crate::host::{Request, Secret};
use crate::model::DirectoryId;

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

/// `GET /admin/v1/orgs/{organization}/domains`.
pub fn domains(organization: &str, cursor: Option<&str>, key: &Secret) -> Request {
    let path = format!(
        "/admin/v1/orgs/{}/domains{}",
        segment(organization),
        cursor_after('?', cursor)
    );
    get(path, key)
}

/// The domains of a page that are verified, in lower case, and the next page's cursor.
///
/// # Errors
/// An answer that is not what the API documents.
pub fn read_domains(body: &[u8]) -> Result<Page<String>, ApiError> {
    #[derive(Deserialize)]
    struct Domain {
        attributes: Attributes,
    }
    #[derive(Deserialize)]
    struct Attributes {
        name: Option<String>,
        claim: Option<Claim>,
    }
    #[derive(Deserialize)]
    struct Claim {
        status: Option<String>,
    }
    let listing: Listing<Domain> = ApiError::read("reading the verified domains", body)?;
    Ok(listing.page(|domain| {
        let status = domain.attributes.claim.and_then(|claim| claim.status);
        let name = domain.attributes.name?;
        (status.as_deref() == Some("verified")).then(|| name.to_ascii_lowercase())
    }))
}

/// `GET /admin/v2/orgs/{organization}/directories`, 100 a page.
pub fn directories(organization: &str, cursor: Option<&str>, key: &Secret) -> Request {
    let path = format!(
        "/admin/v2/orgs/{}/directories?limit=100{}",
        segment(organization),
        cursor_after('&', cursor)
    );
    get(path, key)
}

/// The directories of a page with their names, and the next page's cursor.
///
/// # Errors
/// An answer that is not what the API documents.
pub fn read_directories(body: &[u8]) -> Result<Page<(DirectoryId, String)>, ApiError> {
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Directory {
        directory_id: String,
        name: Option<String>,
    }
    let listing: Listing<Directory> = ApiError::read("reading the directories", body)?;
    Ok(listing.page(|directory| {
        let name = directory.name;
        let name = name.unwrap_or_else(|| directory.directory_id.clone());
        Some((DirectoryId(directory.directory_id), name))
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_verified_domains_count() {
        let body = br#"{"data":[
            {"id":"1","type":"domains","attributes":{"name":"Acme.example","claim":{"type":"dns","status":"verified"}},"links":{"self":"x"}},
            {"id":"2","type":"domains","attributes":{"name":"old.example","claim":{"type":"http","status":"superseded"}},"links":{"self":"x"}},
            {"id":"3","type":"domains","attributes":{"name":"new.example","claim":{"type":"dns","status":"unverified"}},"links":{"self":"x"}},
            {"id":"4","type":"domains","attributes":{"name":"bare.example"},"links":{"self":"x"}}],
            "links":{"next":"https://api.atlassian.com/admin/v1/orgs/o/domains?cursor=c%2B1"}}"#;
        assert_eq!(
            read_domains(body).unwrap(),
            (vec![String::from("acme.example")], Some("c+1".into()))
        );
        let path = |cursor| domains("o", cursor, &Secret("k".into())).path;
        assert_eq!(path(None), "/admin/v1/orgs/o/domains");
        assert_eq!(path(Some("c+1")), "/admin/v1/orgs/o/domains?cursor=c%2B1");
        assert!(read_domains(b"{}").is_err());
    }
}
