//! What Jira says of this site's seats.

use crate::app::calls::Calls;
use crate::app::worker::WorkError;
use crate::atlassian::{
    ApiErrorKind, ApplicationRole, application_roles, licence_count, product_key,
    read_application_roles, read_licence_count,
};
use crate::host::{Host, Request, Response};

/// The products that Jira counts licences of, by their keys there.
const COUNTED: [&str; 4] = [
    "jira-software",
    "jira-servicedesk",
    "jira-core",
    "jira-product-discovery",
];

/// A product of this site. What Jira does not say is not known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::app) struct ProductSeats {
    /// The product's key, as the organization API spells it.
    pub(in crate::app) product: String,
    /// How many seats there are.
    pub(in crate::app) seats: Option<u32>,
    /// How many are taken.
    pub(in crate::app) used: Option<u32>,
    /// How many are left.
    pub(in crate::app) remaining: Option<u32>,
}

/// The seats of this site.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::app) struct SiteSeats {
    /// Each product that Jira names.
    pub(in crate::app) products: Vec<ProductSeats>,
    /// What Jira refused to say, in one sentence.
    pub(in crate::app) refused: Option<String>,
}

/// Asks Jira for the seats of this site: the products with their seats, and licence counts where those say no number.
///
/// # Errors
/// A call that failed and may succeed later. A refusal is an answer: it is not known then.
pub(in crate::app) async fn seats<H: Host>(calls: &Calls<'_, H>) -> Result<SiteSeats, WorkError> {
    let mut site = SiteSeats::default();
    let operation = "reading the seats from Jira";
    match ask(calls, operation, application_roles(), &mut site).await? {
        Some(response) => {
            let roles = read_application_roles(&response.body)?;
            site.products = roles.into_iter().map(of_role).collect();
        }
        None => site.products = COUNTED.into_iter().map(not_known).collect(),
    }
    let operation = "reading the number of licences from Jira";
    let mut products = std::mem::take(&mut site.products);
    for product in &mut products {
        let counted = COUNTED
            .into_iter()
            .find(|key| product_key(key) == product.product);
        let Some(key) = counted.filter(|_| product.used.is_none()) else {
            continue;
        };
        let asked = ask(calls, operation, licence_count(Some(key)), &mut site);
        if let Some(response) = asked.await? {
            product.used = Some(read_licence_count(&response.body)?);
        }
    }
    products.retain(|product| product.seats.or(product.used).is_some());
    site.products = products;
    Ok(site)
}

/// Asks; nothing where Jira refuses for good.
async fn ask<H: Host>(
    calls: &Calls<'_, H>,
    operation: &'static str,
    request: Request,
    site: &mut SiteSeats,
) -> Result<Option<Response>, WorkError> {
    match calls.send(operation, request).await {
        Ok(response) => Ok(Some(response)),
        Err(error) if error.is_passing() => Err(error.into()),
        // A product that is not there has no licences.
        Err(error) if error.kind == ApiErrorKind::NotFound => Ok(None),
        Err(error) => {
            site.refused = Some(error.to_string());
            Ok(None)
        }
    }
}

fn of_role(role: ApplicationRole) -> ProductSeats {
    ProductSeats {
        product: String::from(product_key(&role.key)),
        seats: role.seats,
        used: role.used,
        remaining: role.remaining,
    }
}

fn not_known(product: &str) -> ProductSeats {
    ProductSeats {
        product: String::from(product_key(product)),
        seats: None,
        used: None,
        remaining: None,
    }
}
