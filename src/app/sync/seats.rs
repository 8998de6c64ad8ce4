//! The seats that Jira counts on this site, beside what is counted from the people.

use super::book::StoredWorkspace;
use crate::app::calls::Calls;
use crate::app::jira_people::{ProductSeats, SiteSeats, seats};
use crate::app::worker::WorkError;
use crate::host::Host;
use crate::model::Resource;

/// How often Jira is asked before its figures stay unknown until the next reading.
const ATTEMPTS: u32 = 4;

/// What Jira says of the seats of this site. A Jira that does not answer keeps nobody from reading the organization.
pub(super) async fn said<H: Host>(calls: &Calls<'_, H>) -> SiteSeats {
    for _ in 0..ATTEMPTS {
        match seats(calls).await {
            Ok(site) => return site,
            Err(WorkError::Api(error)) if error.is_passing() => {}
            Err(_) => break,
        }
    }
    SiteSeats::default()
}

/// Notes at the products of this site what Jira says of them.
pub(super) fn note(host: &impl Host, said: SiteSeats, workspaces: &mut [StoredWorkspace]) {
    let Some(cloud_id) = host.cloud_id() else {
        return;
    };
    for product in said.products {
        let same = workspaces.iter_mut().find(|workspace| {
            workspace.product == product.product
                && workspace.resource.site() == Some(cloud_id.as_str())
        });
        if let Some(workspace) = same {
            workspace.said = product.used;
            workspace.capacity = workspace.capacity.or(product.seats);
        }
    }
}

/// The products of this site as Jira alone knows them.
pub(super) fn workspaces_of(host: &impl Host, products: Vec<ProductSeats>) -> Vec<StoredWorkspace> {
    let Some(cloud_id) = host.cloud_id() else {
        return Vec::new();
    };
    let products = products.into_iter();
    products
        .map(|product| StoredWorkspace {
            resource: Resource(format!("ari:cloud:{}::site/{cloud_id}", product.product)),
            product: product.product,
            capacity: product.seats,
            said: product.used,
        })
        .collect()
}
