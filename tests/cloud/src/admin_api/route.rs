//! Which operation a request of the organization API asks for.

use crate::message::Request;

/// An operation of the organization API, with what its path names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Route {
    /// `GET /v1/orgs`.
    Organizations,
    /// `GET /v1/orgs/{orgId}`.
    Organization,
    /// `GET /v1/orgs/{orgId}/directory/users/{accountId}/last-active-dates`.
    LastActiveDates(String),
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
    /// `POST /v2/orgs/{orgId}/workspaces`.
    Workspaces,
    /// An endpoint that was switched off in June 2026.
    Dead,
    /// A known path with another method.
    WrongMethod,
    /// Nothing the simulation knows.
    Unknown,
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
            ["admin", "v1", "orgs"] => (get, None, Route::Organizations),
            ["admin", "v1", "orgs", org] => (get, Some(own(org)), Route::Organization),
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
                let (expected, route) = in_directory(own(directory), rest, get, post);
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
            Route::LastActiveDates(_) => "users.lastActiveDates",
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
            | Route::Directories
            | Route::Workspaces
            | Route::UsersStats(_)
            | Route::UserRoles(..)
            | Route::GroupRoles(..) => Some(true),
            // It answers for itself, in words of its own.
            Route::Manageability(_) => Some(true),
            Route::LastActiveDates(_) | Route::Suspend(..) | Route::Restore(..) => Some(false),
            _ => None,
        }
    }
}

fn in_directory(directory: String, rest: &[&str], get: bool, post: bool) -> (bool, Route) {
    match rest {
        ["users", "search"] => (post, Route::UsersSearch(directory)),
        ["users", "count"] => (get, Route::UsersCount(directory)),
        ["users", "stats"] => (get, Route::UsersStats(directory)),
        ["users", account, "role-assignments"] => {
            (get, Route::UserRoles(directory, (*account).to_owned()))
        }
        ["users", account] => (get, Route::User(directory, (*account).to_owned())),
        ["users", account, "suspend"] => (post, Route::Suspend(directory, (*account).to_owned())),
        ["users", account, "restore"] => (post, Route::Restore(directory, (*account).to_owned())),
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
