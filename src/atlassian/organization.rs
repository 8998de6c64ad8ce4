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
