//! Everybody that Jira lists, with the accesses that their groups grant.

use crate::atlassian::product_key;
use crate::model::{AccountType, Activity, GroupId, Resource};
use crate::snapshot::{Access, Row, Snapshot};

/// Puts people and memberships together. Members stand as people of directories that are their groups. Without what the
/// groups grant, nobody's accesses are known.
pub(super) fn everybody(
    people: &Snapshot,
    members: &Snapshot,
    granted: Option<&[(GroupId, Vec<String>)]>,
    cloud_id: Option<&str>,
) -> Snapshot {
    let mut snapshot = Snapshot::new();
    for row in people.rows() {
        let Some(mut person) = people.record(row) else {
            continue;
        };
        let takes_seats = match person.account_type {
            Some(AccountType::Atlassian) => Some(true),
            // Apps and customers may be in such groups, and take none.
            Some(AccountType::App | AccountType::Customer) => Some(false),
            None => None,
        };
        person.access = granted.map(|granted| {
            held(person.account.as_str(), members, granted)
                .into_iter()
                .map(|product| access(product, cloud_id, takes_seats))
                .collect()
        });
        snapshot.push(&person);
    }
    snapshot
}

/// The products, by their keys in Jira, that a person's groups grant, each once.
fn held<'g>(
    account: &str,
    members: &Snapshot,
    granted: &'g [(GroupId, Vec<String>)],
) -> Vec<&'g str> {
    let mut products: Vec<&str> = Vec::new();
    for row in members.find_all(account) {
        for product in grants_of(members, row, granted) {
            if !products.contains(&product.as_str()) {
                products.push(product);
            }
        }
    }
    products
}

fn grants_of<'g>(
    members: &Snapshot,
    row: Row,
    granted: &'g [(GroupId, Vec<String>)],
) -> &'g [String] {
    let group = members.directory(row);
    granted
        .iter()
        .find(|(id, _)| group.is_some_and(|group| group.as_str() == id.as_str()))
        .map_or(&[], |(_, products)| products)
}

/// An access to a product of this site, by its key in Jira.
fn access(product: &str, cloud_id: Option<&str>, seat: Option<bool>) -> Access {
    Access {
        resource: Resource(match cloud_id {
            Some(cloud_id) => format!("ari:cloud:{product}::site/{cloud_id}"),
            None => format!("ari:cloud:{product}"),
        }),
        product: String::from(product_key(product)),
        seat,
        activity: Activity::Unknown,
    }
}
