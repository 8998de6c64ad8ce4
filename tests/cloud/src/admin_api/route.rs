//! Which operation a request of the organization API asks for.

use super::lifecycle::Lifecycle;
use crate::message::Request;

/// An operation of the organization API, with what its path names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Route {
    /// `GET /v1/orgs`.
    Organizations,
    /// `GET /v1/orgs/{orgId}`.
    Organization,
    /// `GET /v1/orgs/{orgId}/domains`.
    Domains,
    /// `GET /v1/orgs/{orgId}/directory/users/{accountId}/last-active-dates`.
    LastActiveDates(String),
    /// `GET /v1/orgs/{orgId}/events-stream`.
    EventsStream,
    /// `GET /v1/orgs/{orgId}/event-actions`.
    EventActions,
    /// `GET /v2/orgs/{orgId}/directories`.
    Directories,
    /// `POST …/users/search`.
    UsersSearch(String),
    /// `GET …/users/count`.
    UsersCount(String),
    /// `GET …/users/{accountId}`.
    User(String, String),
    /// `POST …/users/{accountId}/suspend`.
    Suspend(String, String),
    /// `POST …/users/{accountId}/restore`.
    Restore(String, String),
    /// `POST …/groups/search`.
    GroupsSearch(String),
    /// `GET …/users/stats`.
    UsersStats(String),
    /// `GET …/users/{accountId}/role-assignments`.
    UserRoles(String, String),
    /// `GET …/groups/count`.
    GroupsCount(String),
    /// `GET …/groups/stats`.
    GroupsStats(String),
    /// `GET …/groups/{groupId}`.
    Group(String, String),
    /// `GET …/groups/{groupId}/role-assignments`.
    GroupRoles(String, String),
    /// `GET /users/{accountId}/manage` of the User management API.
    Manageability(String),
    /// `DELETE …/users/{accountId}`.
    RemoveUser(String, String),
    /// `POST …/groups/{groupId}/memberships`.
    AddMember(String, String),
    /// `DELETE …/groups/{groupId}/memberships/{accountId}`.
    RemoveMember(String, String, String),
    /// `POST /v1/orgs/{orgId}/users/{userId}/roles/assign`.
    AssignRole(String),
    /// `POST /v1/orgs/{orgId}/users/{userId}/roles/revoke`.
    RevokeRole(String),
    /// `POST /v2/orgs/{orgId}/users/invite`.
    Invite,
    /// Everything else below `/users/{accountId}/manage`.
    Managed(String, Managed),
    /// `POST /v2/orgs/{orgId}/workspaces`.
    Workspaces,
    /// An endpoint that was switched off in June 2026.
    Dead,
    /// A known path with another method.
    WrongMethod,
    /// Nothing the simulation knows.
    Unknown,
}

/// A call about a managed account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Managed {
    /// `GET …/profile`.
    Profile,
    /// `PATCH …/profile`.
    ChangeProfile,
    /// `PUT …/email`.
    SetEmail,
    /// `GET …/api-tokens`.
    Tokens,
    /// `DELETE …/api-tokens/{tokenId}`.
    DeleteToken(String),
    /// `POST …/lifecycle/…`.
    Live(Lifecycle),
}

impl Managed {
    fn of(method: &str, rest: &[&str]) -> (bool, Option<Managed>) {
        match rest {
            ["profile"] if method == "PATCH" => (true, Some(Managed::ChangeProfile)),
            ["profile"] => (method == "GET", Some(Managed::Profile)),
            ["email"] => (method == "PUT", Some(Managed::SetEmail)),
            ["api-tokens"] => (method == "GET", Some(Managed::Tokens)),
            ["api-tokens", id] => (
                method == "DELETE",
                Some(Managed::DeleteToken((*id).to_owned())),
            ),
            ["lifecycle", word] => (method == "POST", Lifecycle::named(word).map(Managed::Live)),
            _ => (true, None),
        }
    }

    fn operation(&self) -> &'static str {
        match self {
            Managed::Profile => "accounts.profile",
            Managed::ChangeProfile => "accounts.rename",
            Managed::SetEmail => "accounts.setEmail",
            Managed::Tokens => "accounts.tokens",
            Managed::DeleteToken(_) => "accounts.deleteToken",
            Managed::Live(Lifecycle::Disable) => "accounts.disable",
            Managed::Live(Lifecycle::Enable) => "accounts.enable",
            Managed::Live(Lifecycle::Delete) => "accounts.delete",
            Managed::Live(Lifecycle::CancelDelete) => "accounts.cancelDelete",
        }
    }
}

impl Route {
    /// Reads a request; the second value is the organization that the path names.
    pub fn of(request: &Request) -> (Route, Option<String>) {
        let segments = request.segments();
        let segments: Vec<&str> = segments.iter().map(String::as_str).collect();
        let get = request.method == "GET";
        let post = request.method == "POST";
        let own = |text: &str| text.to_owned();
        let (expected, organization, route) = match segments.as_slice() {
            ["users", account, "manage"] => (get, None, Route::Manageability(own(account))),
            ["users", account, "manage", rest @ ..] => {
                let (expected, managed) = Managed::of(&request.method, rest);
                let route = managed.map(|managed| Route::Managed(own(account), managed));
                (expected, None, route.unwrap_or(Route::Unknown))
            }
            ["admin", "v1", "orgs"] => (get, None, Route::Organizations),
            ["admin", "v1", "orgs", org] => (get, Some(own(org)), Route::Organization),
            ["admin", "v1", "orgs", org, "domains"] => (get, Some(own(org)), Route::Domains),
            ["admin", "v1", "orgs", org, "events-stream"] => {
                (get, Some(own(org)), Route::EventsStream)
            }
            ["admin", "v1", "orgs", org, "event-actions"] => {
                (get, Some(own(org)), Route::EventActions)
            }
            [
                "admin",
                "v1",
                "orgs",
                org,
                "directory",
                "users",
                account,
                "last-active-dates",
            ] => (get, Some(own(org)), Route::LastActiveDates(own(account))),
            [
                "admin",
                "v1",
                "orgs",
                org,
                "directory",
                "users",
                _,
                "suspend-access" | "restore-access",
            ] => (true, Some(own(org)), Route::Dead),
            ["admin", "v1", "orgs", org, "users" | "groups", "search"] => {
                (true, Some(own(org)), Route::Dead)
            }
            [
                "admin",
                "v1",
                "orgs",
                org,
                "users",
                account,
                "roles",
                "assign",
            ] => (post, Some(own(org)), Route::AssignRole(own(account))),
            [
                "admin",
                "v1",
                "orgs",
                org,
                "users",
                account,
                "roles",
                "revoke",
            ] => (post, Some(own(org)), Route::RevokeRole(own(account))),
            ["admin", "v2", "orgs", org, "users", "invite"] => {
                (post, Some(own(org)), Route::Invite)
            }
            ["admin", "v2", "orgs", org, "directories"] => {
                (get, Some(own(org)), Route::Directories)
            }
            ["admin", "v2", "orgs", org, "workspaces"] => (post, Some(own(org)), Route::Workspaces),
            [
                "admin",
                "v2",
                "orgs",
                org,
                "directories",
                directory,
                rest @ ..,
            ] => {
                let (expected, route) = in_directory(own(directory), rest, &request.method);
                (expected, Some(own(org)), route)
            }
            _ => (true, None, Route::Unknown),
        };
        if expected {
            (route, organization)
        } else {
            (Route::WrongMethod, organization)
        }
    }

    /// The stable name for the meter and the faults.
    pub fn operation(&self) -> &'static str {
        match self {
            Route::Organizations => "orgs.list",
            Route::Organization => "orgs.get",
            Route::Domains => "orgs.domains",
            Route::LastActiveDates(_) => "users.lastActiveDates",
            Route::EventsStream => "events.stream",
            Route::EventActions => "events.actions",
            Route::Directories => "directories.list",
            Route::UsersSearch(_) => "users.search",
            Route::UsersCount(_) => "users.count",
            Route::User(..) => "users.get",
            Route::Suspend(..) => "users.suspend",
            Route::Restore(..) => "users.restore",
            Route::GroupsSearch(_) => "groups.search",
            Route::UsersStats(_) => "users.stats",
            Route::UserRoles(..) => "users.roleAssignments",
            Route::GroupsCount(_) => "groups.count",
            Route::GroupsStats(_) => "groups.stats",
            Route::Group(..) => "groups.get",
            Route::GroupRoles(..) => "groups.roleAssignments",
            Route::Manageability(_) => "users.manage",
            Route::RemoveUser(..) => "users.remove",
            Route::AddMember(..) => "groups.addMember",
            Route::RemoveMember(..) => "groups.removeMember",
            Route::AssignRole(_) => "users.assignRole",
            Route::RevokeRole(_) => "users.revokeRole",
            Route::Invite => "users.invite",
            Route::Managed(_, managed) => managed.operation(),
            Route::Workspaces => "workspaces.search",
            Route::Dead => "admin.dead",
            Route::WrongMethod | Route::Unknown => "admin.unknown",
        }
    }

    /// Whether a key with read scopes may call it: `None` where no scope is documented.
    pub fn documented_for_scoped_keys(&self) -> Option<bool> {
        match self {
            Route::Organizations
            | Route::Organization
            | Route::Domains
            | Route::EventsStream
            | Route::EventActions
            | Route::Directories
            | Route::Workspaces
            | Route::UsersStats(_)
            | Route::UserRoles(..)
            | Route::GroupRoles(..) => Some(true),
            // It answers for itself, in words of its own.
            Route::Manageability(_) | Route::Managed(..) => Some(true),
            Route::LastActiveDates(_)
            | Route::Suspend(..)
            | Route::Restore(..)
            | Route::RemoveUser(..)
            | Route::AddMember(..)
            | Route::RemoveMember(..)
            | Route::AssignRole(_)
            | Route::RevokeRole(_)
            | Route::Invite => Some(false),
            _ => None,
        }
    }
}

fn in_directory(directory: String, rest: &[&str], method: &str) -> (bool, Route) {
    let (get, post, delete) = (method == "GET", method == "POST", method == "DELETE");
    match rest {
        ["users", "search"] => (post, Route::UsersSearch(directory)),
        ["users", "count"] => (get, Route::UsersCount(directory)),
        ["users", "stats"] => (get, Route::UsersStats(directory)),
        ["users", account, "role-assignments"] => {
            (get, Route::UserRoles(directory, (*account).to_owned()))
        }
        ["users", account] if delete => (true, Route::RemoveUser(directory, (*account).to_owned())),
        ["users", account] => (get, Route::User(directory, (*account).to_owned())),
        ["users", account, "suspend"] => (post, Route::Suspend(directory, (*account).to_owned())),
        ["users", account, "restore"] => (post, Route::Restore(directory, (*account).to_owned())),
        ["groups", group, "memberships"] => {
            (post, Route::AddMember(directory, (*group).to_owned()))
        }
        ["groups", group, "memberships", account] => (
            delete,
            Route::RemoveMember(directory, (*group).to_owned(), (*account).to_owned()),
        ),
        ["groups", "search"] => (post, Route::GroupsSearch(directory)),
        ["groups", "count"] => (get, Route::GroupsCount(directory)),
        ["groups", "stats"] => (get, Route::GroupsStats(directory)),
        ["groups", group] => (get, Route::Group(directory, (*group).to_owned())),
        ["groups", group, "role-assignments"] => {
            (get, Route::GroupRoles(directory, (*group).to_owned()))
        }
        _ => (true, Route::Unknown),
    }
}
