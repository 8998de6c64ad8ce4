//! `applicationrole` and `license`: seats that are there and seats that are taken, on the app's site.

use std::collections::BTreeMap;

use chrono::TimeDelta;
use serde_json::{Value, json};

use super::error;
use crate::clock::Time;
use crate::cloud::Cloud;
use crate::message::Response;
use crate::organization::{Product, User};

/// The products that Jira itself counts.
const PRODUCTS: [Product; 2] = [Product::JiraSoftware, Product::ServiceManagement];
/// For how long a licence count is not counted again, in days.
const COUNT_KEPT_DAYS: i64 = 7;

/// Licence counts by product key, each with the time of its counting.
pub(crate) type LicenseCounts = BTreeMap<String, (Time, usize)>;

impl Cloud {
    /// `GET /rest/api/3/applicationrole`.
    pub(super) fn application_roles(&self) -> Response {
        let rows: Vec<Value> = PRODUCTS
            .iter()
            .map(|product| self.application_row(*product))
            .collect();
        Response::json(200, &Value::Array(rows))
    }

    /// `GET /rest/api/3/applicationrole/{key}`.
    pub(super) fn application_role(&self, key: &str) -> Result<Response, Response> {
        let product = PRODUCTS
            .into_iter()
            .find(|product| product.resource_owner() == key)
            .ok_or_else(|| error(404, "The application role was not found."))?;
        Ok(Response::json(200, &self.application_row(product)))
    }

    /// `GET /rest/api/3/license/approximateLicenseCount` and `…/product/{applicationKey}`: up to seven days old.
    pub(super) fn license_count(&mut self, product: Option<&str>) -> Result<Response, Response> {
        let now = self.clock.now();
        let key = product.unwrap_or("license").to_owned();
        let known = self.license_counts.get(&key);
        let fresh = known.filter(|(at, _)| now - *at < TimeDelta::days(COUNT_KEPT_DAYS));
        let count = match fresh {
            Some((_, count)) => *count,
            None => {
                let count = self.count_licenses(product)?;
                self.license_counts.insert(key.clone(), (now, count));
                count
            }
        };
        // The count is a text on the wire.
        Ok(Response::json(
            200,
            &json!({"key": key, "value": count.to_string()}),
        ))
    }

    /// `GET /rest/api/3/instance/license`.
    pub(super) fn instance_license(&self) -> Response {
        let applications: Vec<Value> = PRODUCTS
            .iter()
            .map(|product| json!({"id": product.resource_owner(), "plan": "PAID"}))
            .collect();
        Response::json(200, &json!({"applications": applications}))
    }

    fn count_licenses(&self, product: Option<&str>) -> Result<usize, Response> {
        let now = self.clock.now();
        match product {
            Some("jira-software") => Ok(self.seats_used_here(Product::JiraSoftware)),
            Some("jira-servicedesk") => Ok(self.seats_used_here(Product::ServiceManagement)),
            Some("jira-core" | "jira-product-discovery") => Ok(0),
            Some(_) => Err(error(403, "The application key is not known.")),
            None => {
                let directory = self.organization.sites[0].directory;
                let holds = |user: &&User| {
                    user.is_active_in(directory, now)
                        && user.accesses.iter().any(|access| {
                            access.site == 0
                                && PRODUCTS.contains(&access.product)
                                && access.role.takes_seat()
                        })
                };
                Ok(self.organization.users.iter().filter(holds).count())
            }
        }
    }

    fn seats_used_here(&self, product: Product) -> usize {
        self.organization.seats_used(0, product, self.clock.now())
    }

    fn application_row(&self, product: Product) -> Value {
        let used = self.seats_used_here(product);
        let seats = self.organization.sites[0].capacity[product as usize]
            .map_or(0, |seats| usize::try_from(seats).unwrap_or(usize::MAX));
        let unit = match product {
            Product::ServiceManagement => "agents",
            _ => "users",
        };
        let giving = self.jira_site_groups().filter(|group| {
            let role = group.grants(0, product);
            role.is_some_and(crate::organization::Role::takes_seat)
        });
        let mut row = json!({
            "key": product.resource_owner(),
            "name": product.title(),
            "groups": [],
            "groupDetails": [],
            "defaultGroups": [],
            "defaultGroupsDetails": [],
            "selectedByDefault": product == Product::JiraSoftware,
            "defined": true,
            "numberOfSeats": seats,
            "remainingSeats": seats.saturating_sub(used),
            "userCount": used,
            "userCountDescription": format!("{used} {unit}"),
            "hasUnlimitedSeats": false,
            "platform": false,
        });
        for group in giving {
            let default = group.grants.iter().any(|grant| grant.default);
            let mut put = |list: &str, value: Value| {
                if let Some(list) = row[list].as_array_mut() {
                    list.push(value);
                }
            };
            put("groups", json!(group.name));
            put("groupDetails", self.group_name(group));
            if default {
                put("defaultGroups", json!(group.name));
                put("defaultGroupsDetails", self.group_name(group));
            }
        }
        row
    }
}
