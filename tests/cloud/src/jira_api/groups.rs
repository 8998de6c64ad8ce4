//! `group/bulk`, `group/member` and `user/groups`.

use serde_json::{Value, json};

use super::error;
use super::page::Window;
use crate::cloud::Cloud;
use crate::message::{Request, Response};
use crate::organization::{Group, Product, Role, User};

/// Most groups of a page.
const MOST_GROUPS: usize = 1_000;
/// Most members of a page.
const MOST_MEMBERS: usize = 50;

impl Cloud {
    /// `GET /rest/api/3/group/bulk`.
    pub(super) fn jira_groups(&self, request: &Request) -> Result<Response, Response> {
        let window = Window::of(request, MOST_GROUPS)?;
        let access = request.parameter("accessType");
        if access.is_some_and(|kind| !matches!(kind, "site-admin" | "admin" | "user")) {
            return Err(error(400, "accessType must be site-admin, admin or user."));
        }
        for name in ["groupId", "groupName"] {
            let mut given: Vec<&str> = request.parameters(name).collect();
            let count = given.len();
            given.sort_unstable();
            given.dedup();
            if given.len() < count {
                return Err(error(400, &format!("{name} must not repeat itself.")));
            }
        }
        let listed = |name: &str, own: &str| {
            let mut wanted = request.parameters(name).peekable();
            wanted.peek().is_none() || wanted.any(|value| value == own)
        };
        let found: Vec<&Group> = self
            .jira_site_groups()
            .filter(|group| listed("groupId", &group.id) && listed("groupName", &group.name))
            .filter(|group| gives(group, access, request.parameter("applicationKey")))
            .collect();
        let row = |group: &&Group| json!({"groupId": group.id, "name": group.name});
        let path = "/rest/api/3/group/bulk";
        Ok(Response::json(
            200,
            &window.page(&self.jira_host(), path, &found, row),
        ))
    }

    /// `GET /rest/api/3/group/member`: at most 50 members a page.
    pub(super) fn jira_members(&self, request: &Request) -> Result<Response, Response> {
        let window = Window::of(request, MOST_MEMBERS)?;
        let inactive = match request.parameter("includeInactiveUsers") {
            None | Some("false") => false,
            Some("true") => true,
            Some(_) => return Err(error(400, "includeInactiveUsers must be true or false.")),
        };
        let wanted = match (request.parameter("groupId"), request.parameter("groupname")) {
            (Some(text), None) | (None, Some(text)) => text,
            _ => return Err(error(400, "Give either groupId or groupname.")),
        };
        let by_id = request.parameter("groupId").is_some();
        let group = self
            .jira_site_groups()
            .find(|group| wanted == if by_id { &group.id } else { &group.name })
            .ok_or_else(|| error(404, "The group was not found."))?;
        let at = self.organization.group_position(&group.id);
        let members: Vec<&User> = self
            .jira_users_of_site()
            .filter(|user| at.is_some_and(|at| user.groups.contains(&at)))
            .filter(|user| inactive || self.is_active_in_jira(user))
            .collect();
        let row = |user: &&User| {
            let mut row = self.jira_row(user);
            if let Value::Object(fields) = &mut row {
                // Members are shown with fewer fields than users.
                fields.remove("locale");
            }
            row
        };
        let path = "/rest/api/3/group/member";
        Ok(Response::json(
            200,
            &window.page(&self.jira_host(), path, &members, row),
        ))
    }

    /// `GET /rest/api/3/user/groups`: a plain array.
    pub(super) fn jira_groups_of(&self, request: &Request) -> Result<Response, Response> {
        let account = request
            .parameter("accountId")
            .filter(|id| !id.is_empty())
            .ok_or_else(|| error(404, "The accountId query parameter is required."))?;
        let user = self
            .jira_users_of_site()
            .find(|user| user.account_id == account)
            .ok_or_else(|| error(404, "The user does not exist."))?;
        let groups: Vec<Value> = user
            .groups
            .iter()
            .map(|&at| &self.organization.groups[at])
            .filter(|group| group.directory == self.organization.sites[0].directory)
            .map(|group| self.group_name(group))
            .collect();
        Ok(Response::json(200, &Value::Array(groups)))
    }

    /// A group as Jira names it in lists.
    pub(super) fn group_name(&self, group: &Group) -> Value {
        let host = self.jira_host();
        json!({
            "groupId": group.id,
            "name": group.name,
            "self": format!("https://{host}/rest/api/3/group?groupId={}", group.id),
        })
    }

    /// The groups of the directory from which the site takes its people.
    pub(super) fn jira_site_groups(&self) -> impl Iterator<Item = &Group> {
        let directory = self.organization.sites[0].directory;
        let groups = self.organization.groups.iter();
        groups.filter(move |group| group.directory == directory)
    }
}

/// Whether a group gives this kind of access to a product of the site; site administration is no product's.
fn gives(group: &Group, access: Option<&str>, application: Option<&str>) -> bool {
    if access == Some("site-admin") {
        return group.name == "site-admins";
    }
    if access.is_none() && application.is_none() {
        return true;
    }
    let jira = [Product::JiraSoftware, Product::ServiceManagement];
    group.grants.iter().any(|grant| {
        grant.site == 0
            && jira.contains(&grant.product)
            && application.is_none_or(|key| key == grant.product.resource_owner())
            && match access {
                Some("admin") => grant.role == Role::Admin,
                Some(_) => grant.role == Role::User,
                None => true,
            }
    })
}
