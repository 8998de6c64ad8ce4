//! Products and sites as an export writes them, and as the API does.

use crate::model::Resource;
use crate::snapshot::Site;

/// Products by the name in an export, with the key of the organization API.
const PRODUCTS: [(&str, &str); 23] = [
    ("jira", "jira-software"),
    ("jira software", "jira-software"),
    ("jira work management", "jira-core"),
    ("jira core", "jira-core"),
    ("jira service management", "jira-service-desk"),
    ("jira service desk", "jira-service-desk"),
    ("jira product discovery", "jira-product-discovery"),
    ("jira align", "jira-align"),
    ("confluence", "confluence"),
    ("confluence guest", "confluence-guest"),
    ("bitbucket", "bitbucket"),
    ("trello", "trello"),
    ("opsgenie", "opsgenie"),
    ("statuspage", "statuspage"),
    ("compass", "compass"),
    ("loom", "loom"),
    ("rovo", "rovo"),
    ("atlas", "atlas"),
    ("goals", "goals"),
    ("projects", "projects"),
    ("focus", "focus"),
    ("talent", "talent"),
    ("feedback", "feedback"),
];

/// The key of a product that is known by its name.
pub(super) fn known_key(name: &str) -> Option<&'static str> {
    let name = name.trim().to_ascii_lowercase();
    PRODUCTS
        .into_iter()
        .find(|(known, _)| *known == name)
        .map(|(_, key)| key)
}

/// The key of any product: a name that is not known in lower case with dashes, as the API builds its keys.
pub(super) fn key(name: &str) -> String {
    known_key(name).map_or_else(
        || {
            let words: Vec<&str> = name.split_whitespace().collect();
            words.join("-").to_ascii_lowercase()
        },
        String::from,
    )
}

/// The sites that an export names, found among the organization's where those are given.
#[derive(Clone, Debug, Default)]
pub(super) struct Sites {
    given: Vec<Site>,
    /// Those that are none of the given ones, in the order in which they came.
    pub(super) named: Vec<Site>,
}

impl Sites {
    pub(super) fn new(given: &[Site]) -> Sites {
        Sites {
            given: given.to_vec(),
            named: Vec::new(),
        }
    }

    /// The product on the site that an export names by its host, by the first part of it, or by its cloud id. A name
    /// that is none of the given sites' stands for itself.
    pub(super) fn resource(&mut self, product: &str, site: Option<&str>) -> Resource {
        // The organization API spells this key with a second hyphen, and the resource without (atlassian-apis §5).
        let owner = match product {
            "jira-service-desk" => "jira-servicedesk",
            other => other,
        };
        Resource(match site.map(str::trim).filter(|site| !site.is_empty()) {
            None => format!("ari:cloud:{owner}"),
            Some(workspace) if product == "bitbucket" => {
                format!("ari:cloud:bitbucket::workspace/{workspace}")
            }
            Some(site) => format!("ari:cloud:{owner}::site/{}", self.cloud_id(site)),
        })
    }

    fn cloud_id(&mut self, name: &str) -> String {
        let host = host(name);
        let found = self
            .given
            .iter()
            .chain(&self.named)
            .find(|site| site.host.eq_ignore_ascii_case(&host) || site.cloud_id == name);
        if let Some(site) = found {
            return site.cloud_id.clone();
        }
        self.named.push(Site {
            cloud_id: name.to_owned(),
            host,
        });
        name.to_owned()
    }
}

/// The host of a site: exports leave `.atlassian.net` out.
fn host(name: &str) -> String {
    if name.contains(['.', ' ']) {
        name.to_owned()
    } else {
        format!("{name}.atlassian.net")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_keys() {
        for (name, expected) in [
            ("Jira", "jira-software"),
            ("Jira Service Management", "jira-service-desk"),
            ("confluence", "confluence"),
            ("Brand New  Thing", "brand-new-thing"),
        ] {
            assert_eq!(key(name), expected);
        }
        assert_eq!(known_key("Brand New Thing"), None);
    }

    #[test]
    fn a_site_is_found_by_host_or_by_its_first_part() {
        let mut sites = Sites::new(&[Site {
            cloud_id: "42".into(),
            host: "acme.atlassian.net".into(),
        }]);
        let mut resource = |product, site| sites.resource(product, site).0;
        let acme = "ari:cloud:jira-software::site/42";
        assert_eq!(resource("jira-software", Some("acme")), acme);
        assert_eq!(resource("jira-software", Some("ACME.atlassian.net")), acme);
        assert_eq!(resource("jira-software", Some("42")), acme);
        assert_eq!(
            resource("jira-service-desk", Some("other")),
            "ari:cloud:jira-servicedesk::site/other"
        );
        assert_eq!(
            resource("confluence", Some("other.atlassian.net")),
            "ari:cloud:confluence::site/other"
        );
        assert_eq!(
            resource("bitbucket", Some("acme")),
            "ari:cloud:bitbucket::workspace/acme"
        );
        assert_eq!(resource("trello", None), "ari:cloud:trello");
        assert_eq!(
            sites.named,
            [Site {
                cloud_id: "other".into(),
                host: "other.atlassian.net".into()
            }]
        );
    }
}
