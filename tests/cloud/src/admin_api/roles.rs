//! `role-assignments` of groups and of users: which group gives what, and what a person holds where.

use serde_json::{Map, Value, json};

use super::body::{self, Field, Kind};
use super::cursor::{self, Cursor};
use super::errors::{bad_cursor, bad_request, no_group, no_user};
use super::users::{Place, ROLES};
use crate::message::Response;
use crate::organization::{Assignment, Group, Standing, User};

const FIELDS: [Field; 6] = [
    ("cursor", Kind::Text),
    ("limit", Kind::UpTo(100)),
    ("directoryIds", Kind::Texts(10)),
    ("resourceOwners", Kind::Texts(10)),
    ("resourceIds", Kind::Texts(20)),
    ("roleIds", Kind::Choices(10, &ROLES)),
];

const DEFAULT_LIMIT: usize = 20;

/// What a row of role assignments is about, for the filters.
struct About<'a> {
    directory: Option<usize>,
    resource: &'a str,
    owner: &'a str,
    roles: &'a [&'a str],
}

impl Place<'_> {
    /// `GET …/groups/{groupId}/role-assignments`.
    pub fn group_roles(&self, group: &str, query: &[(String, String)]) -> Response {
        let Some(group) = self.group(group) else {
            return no_group();
        };
        paged(&format!("roles of group {}", group.id), query, |filters| {
            self.group_role_rows(group, filters)
        })
    }

    /// `GET …/users/{accountId}/role-assignments`.
    pub fn user_roles(&self, account_id: &str, query: &[(String, String)]) -> Response {
        let found = self.organization.user(account_id);
        let Some(user) = found.filter(|user| self.lists(user)) else {
            return no_user();
        };
        let listing = format!("roles of user {account_id}");
        paged(&listing, query, |filters| {
            self.user_role_rows(user, filters)
        })
    }

    /// The group that an id names, if it is in the directory looked at.
    pub(super) fn group(&self, id: &str) -> Option<&Group> {
        let id = id.strip_prefix(Group::ARI_PREFIX).unwrap_or(id);
        let found = self.organization.groups.iter().find(|group| group.id == id);
        found.filter(|group| self.directory.is_none_or(|only| only == group.directory))
    }

    fn group_role_rows(&self, group: &Group, filters: &Map<String, Value>) -> Vec<Value> {
        let mut rows = Vec::new();
        for grant in &group.grants {
            let resource = self.organization.sites[grant.site].ari(grant.product);
            let role = grant.role.name();
            let about = About {
                directory: Some(group.directory),
                resource: &resource,
                owner: grant.product.resource_owner(),
                roles: &[role],
            };
            if self.takes(filters, &about) {
                rows.push(json!({
                    "resourceId": resource,
                    "resourceOwner": about.owner,
                    "roles": [role],
                    "defaultRole": grant.default.then_some(role),
                }));
            }
        }
        rows
    }

    fn user_role_rows(&self, user: &User, filters: &Map<String, Value>) -> Vec<Value> {
        let mut rows = Vec::new();
        let platform = self.organization.platform_assignments(user);
        if !platform.is_empty() {
            let resource = format!("ari:cloud:platform::org/{}", self.organization.id);
            rows.extend(self.role_row(user, None, &resource, "platform", &platform, filters));
        }
        for access in &user.accesses {
            let site = &self.organization.sites[access.site];
            if self.directory.is_some_and(|only| only != site.directory) {
                continue;
            }
            let held = self.organization.assignments(user, access);
            rows.extend(self.role_row(
                user,
                Some(site.directory),
                &site.ari(access.product),
                access.product.resource_owner(),
                &held,
                filters,
            ));
        }
        rows
    }

    fn role_row(
        &self,
        user: &User,
        directory: Option<usize>,
        resource: &str,
        owner: &str,
        held: &[Assignment],
        filters: &Map<String, Value>,
    ) -> Option<Value> {
        let roles: Vec<&str> = held.iter().map(|assignment| assignment.role).collect();
        let about = About {
            directory,
            resource,
            owner,
            roles: &roles,
        };
        self.takes(filters, &about).then(|| {
            let assignments: Vec<Value> = held.iter().map(assignment_row).collect();
            json!({
                "directoryId": directory.map(|at| &self.organization.directories[at].id),
                "resourceId": resource,
                "resourceOwner": owner,
                "userDirectoryStatus": self.directory_status(user, directory),
                "roles": roles,
                "roleAssignments": assignments,
            })
        })
    }

    /// The standing in the directory from which the access comes; of the platform, the one over all directories.
    fn directory_status(&self, user: &User, directory: Option<usize>) -> &'static str {
        let Some(directory) = directory else {
            return user.membership_status(self.now);
        };
        let found = user
            .memberships
            .iter()
            .find(|membership| membership.directory == directory);
        match found.map(|membership| membership.shown(self.now)) {
            Some(Standing::Active) => "active",
            Some(Standing::Suspended) => "suspended",
            None => "no_membership",
        }
    }

    fn takes(&self, filters: &Map<String, Value>, about: &About<'_>) -> bool {
        let among = |name: &str, fits: &dyn Fn(&str) -> bool| {
            !filters.contains_key(name) || body::texts(filters, name).iter().any(|text| fits(text))
        };
        let directory = about
            .directory
            .map(|at| &self.organization.directories[at].id);
        among("directoryIds", &|id| directory.is_some_and(|own| own == id))
            && among("resourceOwners", &|owner| owner == about.owner)
            && among("resourceIds", &|id| id == about.resource)
            && among("roleIds", &|role| about.roles.contains(&role))
    }
}

fn assignment_row(assignment: &Assignment) -> Value {
    let methods: Vec<&str> = assignment.methods.iter().map(|way| way.name()).collect();
    json!({"role": assignment.role, "roleAssignmentMethods": methods})
}

/// One page of rows; a cursor makes all other parameters count for nothing.
fn paged(
    listing: &str,
    query: &[(String, String)],
    rows: impl FnOnce(&Map<String, Value>) -> Vec<Value>,
) -> Response {
    let filters = match body::parameters(query, &FIELDS) {
        Ok(filters) => filters,
        Err(detail) => return bad_request(&detail),
    };
    let (filters, start) = match body::text(&filters, "cursor") {
        None => (filters, 0),
        Some(text) => {
            let Some(cursor) = Cursor::decode(text, listing) else {
                return bad_cursor();
            };
            let Some(start) = cursor.start() else {
                return bad_cursor();
            };
            (cursor.query.as_object().cloned().unwrap_or_default(), start)
        }
    };
    let limit = body::limit(&filters, DEFAULT_LIMIT);
    let all = rows(&filters);
    let more = start + limit < all.len();
    let data: Vec<Value> = all.into_iter().skip(start).take(limit).collect();
    let mut links = json!({});
    if more {
        links["next"] = json!(cursor::at(listing, start + limit, Value::Object(filters)).encode());
    }
    Response::json(200, &json!({"data": data, "links": links}))
}
