//! Directories, sites and the products on them.

/// One user directory.
#[derive(Clone, Debug)]
pub struct Directory {
    /// Its id.
    pub id: String,
    /// Its display name.
    pub name: String,
}

/// One site, such as `acme.atlassian.net`.
#[derive(Clone, Debug)]
pub struct Site {
    /// The first label of the host name.
    pub name: String,
    /// The site's UUID, with which the resource identifiers of its products end.
    pub cloud_id: String,
    /// Which of the organization's directories its users come from.
    pub directory: usize,
    /// The licensed seats of each product, in the order of [`Product::ALL`]; absent where no licence is known.
    pub capacity: [Option<u32>; Product::ALL.len()],
}

/// A product.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Product {
    /// Jira.
    JiraSoftware,
    /// Jira Service Management.
    ServiceManagement,
    /// Confluence.
    Confluence,
}

impl Site {
    /// The host name.
    pub fn host(&self) -> String {
        format!("{}.atlassian.net", self.name)
    }

    /// The resource identifier of a product here.
    pub fn ari(&self, product: Product) -> String {
        format!(
            "ari:cloud:{}::site/{}",
            product.resource_owner(),
            self.cloud_id
        )
    }
}

impl Product {
    /// All products of a site.
    pub const ALL: [Product; 3] = [
        Product::JiraSoftware,
        Product::ServiceManagement,
        Product::Confluence,
    ];

    /// The key in `productAccess` and `last-active-dates`.
    pub fn key(self) -> &'static str {
        match self {
            Product::JiraSoftware => "jira-software",
            // The organization API spells this one with a second hyphen; resource identifiers and Jira REST do not.
            Product::ServiceManagement => "jira-service-desk",
            Product::Confluence => "confluence",
        }
    }

    /// The owner part of its resource identifiers, and the workspaces' `typeKey`.
    pub fn resource_owner(self) -> &'static str {
        match self {
            Product::ServiceManagement => "jira-servicedesk",
            other => other.key(),
        }
    }

    /// The name for people.
    pub fn title(self) -> &'static str {
        match self {
            Product::JiraSoftware => "Jira",
            Product::ServiceManagement => "Jira Service Management",
            Product::Confluence => "Confluence",
        }
    }
}
