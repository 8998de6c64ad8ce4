//! Roles on products that are given to people themselves.

use super::body::{self, Field, Kind};
use super::errors::{application_error, bad_request, licence_limit};
use crate::cloud::Cloud;
use crate::message::Response;
use crate::organization::{AccountStatus, Product, Role};
use crate::switches::{RepeatedWrite, RevokeWithoutOwnRole};

/// The roles that may be assigned and revoked.
const NAMES: [&str; 10] = [
    "atlassian/user",
    "atlassian/user-access-admin",
    "atlassian/admin",
    "atlassian/guest",
    "atlassian/contributor",
    "atlassian/customer",
    "atlassian/basic",
    "atlassian/stakeholder",
    "atlassian/site-admin",
    "atlassian/org-admin",
];

const FIELDS: [Field; 2] = [("role", Kind::Choice(&NAMES)), ("resource", Kind::Text)];

/// A person, a product on a site, and a role there.
struct Wanted {
    at: usize,
    site: usize,
    product: Product,
    role: Role,
}

impl Cloud {
    /// `POST …/roles/assign`.
    pub(super) fn assign_role(
        &mut self,
        account_id: &str,
        body: &[u8],
        key_owner: &str,
    ) -> Response {
        let wanted = match self.wanted_role(account_id, body) {
            Ok(wanted) => wanted,
            Err(refusal) => return refusal,
        };
        let organization = &self.organization;
        let user = &organization.users[wanted.at];
        if user.account_status != AccountStatus::Active {
            return application_error(400, "ADMIN-UAM-400-2", "The user is inactive");
        }
        if self.has_own(&wanted) {
            return match self.switches.repeated_write {
                RepeatedWrite::NoContent => Response::empty(204),
                RepeatedWrite::Conflict => {
                    application_error(409, "ADMIN-UAM-409-2", "The user already has this role")
                }
            };
        }
        let Wanted { site, product, .. } = wanted;
        let now = self.clock.now();
        if wanted.role.takes_seat() && organization.lacks_seat(user, site, product, now) {
            return licence_limit("ADMIN-UAM-409-3");
        }
        self.change_role(&wanted, true, Some(key_owner));
        Response::empty(204)
    }

    /// `POST …/roles/revoke`.
    pub(super) fn revoke_role(
        &mut self,
        account_id: &str,
        body: &[u8],
        key_owner: &str,
    ) -> Response {
        let wanted = match self.wanted_role(account_id, body) {
            Ok(wanted) => wanted,
            Err(refusal) => return refusal,
        };
        if self.has_own(&wanted) {
            self.change_role(&wanted, false, Some(key_owner));
            return Response::empty(204);
        }
        match self.switches.revoke_without_own_role {
            RevokeWithoutOwnRole::NoContent => Response::empty(204),
            RevokeWithoutOwnRole::NotFound => not_found("The user does not have this role"),
            RevokeWithoutOwnRole::BadRequest => not_valid("The user does not have this role"),
        }
    }

    /// Another administrator gives or takes a role, unless it is so already.
    pub(crate) fn set_role_of(
        &mut self,
        at: usize,
        (site, product, role): (usize, Product, Role),
        assigned: bool,
    ) {
        let wanted = Wanted {
            at,
            site,
            product,
            role,
        };
        if self.has_own(&wanted) != assigned {
            self.change_role(&wanted, assigned, None);
        }
    }

    fn change_role(&mut self, wanted: &Wanted, assigned: bool, key_owner: Option<&str>) {
        let &Wanted {
            at,
            site,
            product,
            role,
        } = wanted;
        let (now, until) = (self.clock.now(), self.visible_from());
        let organization = &mut self.organization;
        if until > now {
            organization.users[at].hold_groups(now, until);
        }
        let what = if assigned {
            organization.assign(at, site, product, role);
            "roleAssigned"
        } else {
            organization.revoke(at, site, product, role);
            "roleRevoked"
        };
        let found = &organization.sites[site];
        let object = format!("{}@{}", role.name(), found.ari(product));
        let directory = found.directory;
        let account_id = organization.users[at].account_id.clone();
        self.record(what, &account_id, Some(directory), Some(object), key_owner);
    }

    fn has_own(&self, wanted: &Wanted) -> bool {
        let user = &self.organization.users[wanted.at];
        let accesses = user.accesses.iter();
        let mut of_product = accesses
            .filter(|access| (access.site, access.product) == (wanted.site, wanted.product));
        of_product.any(|access| {
            let own = self.organization.own_roles(user, access);
            own.contains(wanted.role)
        })
    }

    fn wanted_role(&self, account_id: &str, body: &[u8]) -> Result<Wanted, Response> {
        let body = body::parse(body, &FIELDS).map_err(|detail| bad_request(&detail))?;
        let role = body::text(&body, "role").ok_or_else(|| bad_request("role is required"))?;
        let resource = body::text(&body, "resource")
            .ok_or_else(|| not_valid("resource is required for this role"))?;
        let organization = &self.organization;
        let found = organization.position(account_id).ok();
        let at = found.ok_or_else(|| not_found("The user was not found"))?;
        let (site, product) = self
            .product_of(resource)
            .ok_or_else(|| not_found("The resource was not found"))?;
        let role = Role::ALL.into_iter().find(|known| known.name() == role);
        let role = role
            .filter(|role| role.fits(product))
            .ok_or_else(|| not_valid("The role is not valid for the resource"))?;
        if !organization.users[at].is_in(organization.sites[site].directory) {
            return Err(not_found("The user was not found"));
        }
        Ok(Wanted {
            at,
            site,
            product,
            role,
        })
    }

    /// The product on a site that a resource names.
    pub(super) fn product_of(&self, resource: &str) -> Option<(usize, Product)> {
        let sites = self.organization.sites.iter().enumerate();
        let mut all = sites.flat_map(|(at, site)| Product::ALL.map(|product| (at, site, product)));
        all.find(|(_, site, product)| site.ari(*product) == resource)
            .map(|(at, _, product)| (at, product))
    }
}

fn not_found(detail: &str) -> Response {
    application_error(404, "ADMIN-UAM-404-3", detail)
}

fn not_valid(detail: &str) -> Response {
    application_error(400, "ADMIN-UAM-400-3", detail)
}
