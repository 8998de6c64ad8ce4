//! Workspaces: a product on a site, and how many seats it has.

use serde::Deserialize;
use serde_json::json;

use super::error::ApiError;
use super::escape::segment;
use super::page::{Listing, Page};
use super::request::post;
use crate::host::{Request, Secret};
use crate::model::Resource;
use crate::snapshot::Site;

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

/// A product, on a site if it is of those that have one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Workspace {
    /// The product on the site.
    pub resource: Resource,
    /// The product's key, such as `jira-software`.
    pub product: String,
    /// The site, if the product is on one and its host is said.
    pub site: Option<Site>,
    /// How many seats there are, if that is said.
    pub capacity: Option<u32>,
}

/// The workspaces of a page, and the next page's cursor.
///
/// # Errors
/// An answer that is not what the API documents.
pub fn read_workspaces(body: &[u8]) -> Result<Page<Workspace>, ApiError> {
    #[derive(Deserialize)]
    struct Listed {
        id: String,
        attributes: Attributes,
    }
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Attributes {
        host_url: Option<String>,
        type_key: Option<String>,
        // Any integer: what is no number of seats (some say -1 for no limit) is not known.
        capacity: Option<i64>,
    }
    let listing: Listing<Listed> = ApiError::read("reading the sites", body)?;
    Ok(listing.page(|workspace| {
        let resource = Resource(workspace.id);
        let attributes = workspace.attributes;
        let site = resource.site().zip(attributes.host_url);
        let site = site.map(|(cloud_id, url)| {
            let host = url.split_once("://").map_or(url.as_str(), |(_, host)| host);
            Site {
                cloud_id: cloud_id.to_owned(),
                host: host.trim_end_matches('/').to_owned(),
            }
        });
        Some(Workspace {
            product: match attributes.type_key {
                Some(key) if !key.is_empty() => key,
                _ => product_of(&resource).to_owned(),
            },
            site,
            capacity: attributes
                .capacity
                .and_then(|seats| u32::try_from(seats).ok()),
            resource,
        })
    }))
}

/// The product that an ARI names, such as `jira-software` of `ari:cloud:jira-software::site/1`; the whole of what is none.
pub(super) fn product_of(resource: &Resource) -> &str {
    let text = resource.as_str();
    let mut parts = text.split(':');
    match (parts.next(), parts.nth(1)) {
        (Some("ari"), Some(product)) if !product.is_empty() => product,
        _ => text,
    }
}

/// A product's key as `users/search` spells it. Resources and Jira write one of them with a hyphen less
/// (atlassian-apis §5).
pub fn product_key(product: &str) -> &str {
    match product {
        "jira-servicedesk" => "jira-service-desk",
        other => other,
    }
}

/// The sites of workspaces, each once, in the order of their first workspace.
pub fn sites_of(workspaces: &[Workspace]) -> Vec<Site> {
    let mut sites: Vec<Site> = Vec::new();
    for site in workspaces
        .iter()
        .filter_map(|workspace| workspace.site.as_ref())
    {
        if !sites.contains(site) {
            sites.push(site.clone());
        }
    }
    sites
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn workspaces_are_read_with_product_site_and_seats() {
        let body = br#"{"data":[
            {"id":"ari:cloud:jira-software::site/42","type":"workspace","attributes":{"name":"acme","typeKey":"jira-software","hostUrl":"https://acme.atlassian.net","capacity":100,"usage":null}},
            {"id":"ari:cloud:confluence::site/42","attributes":{"hostUrl":"https://acme.atlassian.net/","capacity":-1}},
            {"id":"ari:cloud:bitbucket::workspace/1","attributes":{"hostUrl":"https://bitbucket.org/x","capacity":null}},
            {"id":"odd","attributes":{}}],"links":{"next":"https://x?cursor=n"}}"#;
        let (workspaces, next) = read_workspaces(body).unwrap();
        let site = Site {
            cloud_id: "42".into(),
            host: "acme.atlassian.net".into(),
        };
        let found: Vec<_> = workspaces
            .iter()
            .map(|w| (w.product.as_str(), w.site.as_ref(), w.capacity))
            .collect();
        assert_eq!(
            found,
            [
                ("jira-software", Some(&site), Some(100)),
                ("confluence", Some(&site), None),
                ("bitbucket", None, None),
                ("odd", None, None),
            ]
        );
        assert_eq!(next.as_deref(), Some("n"));
        assert_eq!(sites_of(&workspaces), [site]);
    }

    #[test]
    fn what_is_no_list_of_workspaces_is_refused() {
        for body in ["", "[]", r#"{"data":[{"id":"x"}]}"#, r#"{"links":{}}"#] {
            assert!(read_workspaces(body.as_bytes()).is_err(), "{body}");
        }
    }
}
