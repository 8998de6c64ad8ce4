//! The organization API, `https://api.atlassian.com/admin`.

mod body;
mod cursor;
mod directories;
mod effect;
mod errors;
mod event_log;
mod groups;
mod invite;
mod keys;
mod lifecycle;
mod manage;
mod membership;
mod own_roles;
mod page;
mod profile;
mod rate;
mod removal;
mod roles;
mod route;
mod stats;
mod suspend;
mod user_filter;
mod user_row;
mod users;
mod workspace_query;
mod workspaces;

pub use effect::Effect;
pub(crate) use event_log::Event;
pub(crate) use invite::Invitation;
pub use keys::{ApiKey, KeyKind};
pub(crate) use lifecycle::Lifecycle;
pub(crate) use user_row::{EXPANSIONS, Row, View};

use errors::{application_error, no_directory, no_organization, proxy_error};
use route::{Managed, Route};
use users::Place;

use crate::cloud::Cloud;
use crate::faults::Refusals;
use crate::message::{Answer, Request, Response};
use crate::organization::Standing;
use crate::switches::ServerErrorBody;

impl Cloud {
    /// Answers a request to `https://api.atlassian.com`; the path begins with `/admin/`, or with `/users/` for the User management API.
    pub fn admin_api(&mut self, request: &Request) -> Answer {
        let (route, organization) = Route::of(request);
        let operation = route.operation();
        let refusals = Refusals {
            too_many_requests: self.admin_too_many_requests(&route),
            forbidden: forbidden(),
            cursor_expired: errors::bad_cursor(),
            server_error: match self.switches.server_error_body {
                ServerErrorBody::Html => html_error,
                ServerErrorBody::Empty => Response::empty,
                ServerErrorBody::Json => json_error,
            },
        };
        let path = request.path.clone();
        self.call(operation, &path, request.body.len(), refusals, |cloud| {
            let mut answer = cloud.admin_answer(&route, organization.as_deref(), request);
            cloud.named_requests += 1;
            let id = format!("request-{}", cloud.named_requests);
            answer.headers.push(("x-request-id".to_owned(), id));
            answer
        })
    }

    fn admin_answer(
        &mut self,
        route: &Route,
        organization: Option<&str>,
        request: &Request,
    ) -> Response {
        if !self.admits(route) {
            return self.admin_too_many_requests(route);
        }
        let response = self.admitted_answer(route, organization, request);
        self.with_rate(route, response)
    }

    fn admitted_answer(
        &mut self,
        route: &Route,
        organization: Option<&str>,
        request: &Request,
    ) -> Response {
        let Some(key) = self.key_of(request).cloned() else {
            return unauthorized(route);
        };
        if organization.is_some_and(|id| id != self.organization.id) {
            return no_organization();
        }
        let scoped = key.kind == KeyKind::Scoped;
        let allowed = route
            .documented_for_scoped_keys()
            .unwrap_or(self.switches.scoped_key_searches);
        if scoped && !allowed {
            return forbidden();
        }
        if matches!(request.method.as_str(), "POST" | "PUT" | "PATCH") && !request.is_json() {
            return application_error(
                415,
                "ADMIN-UAM-415-1",
                "Send Content-Type: application/json",
            );
        }
        self.dispatch(route, request, &key)
    }

    fn dispatch(&mut self, route: &Route, request: &Request, key: &ApiKey) -> Response {
        match route {
            Route::Organizations => self.place(None).organizations(key.kind == KeyKind::Scoped),
            Route::Organization => self.place(None).organization(),
            Route::Domains => self.place(None).domains(),
            Route::EventsStream => self.events_stream(request),
            Route::EventActions => self.event_actions(),
            Route::Directories => self.place(None).directories(&request.query),
            Route::Workspaces => self.place(None).workspaces(&request.body),
            Route::LastActiveDates(account) => self.place(None).last_active_dates(account),
            Route::UsersSearch(directory) => {
                self.reading(directory, |place| place.search(&request.body))
            }
            Route::UsersCount(directory) => {
                self.reading(directory, |place| place.count(&request.query))
            }
            Route::User(directory, account) => {
                self.reading(directory, |place| place.single(account))
            }
            Route::GroupsSearch(directory) => {
                self.reading(directory, |place| place.groups(&request.body))
            }
            Route::UsersStats(directory) => self.reading(directory, |place| place.user_stats()),
            Route::UserRoles(directory, account) => {
                self.reading(directory, |place| place.user_roles(account, &request.query))
            }
            Route::GroupsCount(directory) => {
                self.reading(directory, |place| place.group_count(&request.query))
            }
            Route::GroupsStats(directory) => self.reading(directory, |place| place.group_stats()),
            Route::Group(directory, group) => {
                self.reading(directory, |place| place.single_group(group))
            }
            Route::GroupRoles(directory, group) => {
                self.reading(directory, |place| place.group_roles(group, &request.query))
            }
            Route::Manageability(account) => {
                self.place(None)
                    .manageability(account, &request.query, key.kind, &key.owner)
            }
            Route::Suspend(directory, account) => {
                self.writing(directory, account, Standing::Suspended, request, key)
            }
            Route::Restore(directory, account) => {
                self.writing(directory, account, Standing::Active, request, key)
            }
            Route::RemoveUser(directory, account) => {
                self.remove_user(directory, account, &key.owner)
            }
            Route::AddMember(directory, group) => {
                self.add_member(directory, group, &request.body, &key.owner)
            }
            Route::RemoveMember(directory, group, account) => {
                self.remove_member(directory, group, account, &key.owner)
            }
            Route::AssignRole(account) => self.assign_role(account, &request.body, &key.owner),
            Route::Invite => self.invite(&request.body, &key.owner),
            Route::RevokeRole(account) => self.revoke_role(account, &request.body, &key.owner),
            Route::Managed(account, managed) => {
                self.dispatch_managed(account, managed, &request.body, key)
            }
            Route::Dead => application_error(
                self.switches.dead_endpoint_status,
                "ADMIN-404-1",
                "This endpoint was removed",
            ),
            Route::WrongMethod => {
                application_error(405, "ADMIN-405-1", "The method is not allowed here")
            }
            Route::Unknown => application_error(404, "ADMIN-404-1", "There is no such resource"),
        }
    }

    fn dispatch_managed(
        &mut self,
        account: &str,
        managed: &Managed,
        body: &[u8],
        key: &ApiKey,
    ) -> Response {
        match managed {
            Managed::Profile => self.place(None).profile(account, key),
            Managed::Tokens => self.place(None).tokens(account, key),
            Managed::ChangeProfile => self.patch_profile(account, body, key),
            Managed::SetEmail => self.set_email(account, body, key),
            Managed::DeleteToken(token) => self.delete_token(account, token, key),
            Managed::Live(call) => self.live(account, *call, body, key),
        }
    }

    /// Reads accept `-` for all directories.
    fn reading(&self, directory: &str, read: impl FnOnce(Place<'_>) -> Response) -> Response {
        if directory == "-" {
            return read(self.place(None));
        }
        match self.organization.directory_position(directory) {
            Some(directory) => read(self.place(Some(directory))),
            None => no_directory(),
        }
    }

    /// Writes need a real directory id. Their body is not documented; `{}` is known to work.
    fn writing(
        &mut self,
        directory: &str,
        account_id: &str,
        standing: Standing,
        request: &Request,
        key: &ApiKey,
    ) -> Response {
        if let Err(detail) = body::parse(&request.body, &[]) {
            return errors::bad_request(&detail);
        }
        if directory == "-" && self.switches.writes_everywhere {
            return self.change_standing_everywhere(account_id, standing, &key.owner);
        }
        match self.organization.directory_position(directory) {
            Some(directory) => {
                self.change_standing(directory, account_id, standing, Some(&key.owner))
            }
            None => no_directory(),
        }
    }

    fn place(&self, directory: Option<usize>) -> Place<'_> {
        Place {
            organization: &self.organization,
            switches: &self.switches,
            now: self.clock.now(),
            directory,
        }
    }
}

/// The gateway answers for v1, the service itself for v2.
fn unauthorized(route: &Route) -> Response {
    let by_gateway = matches!(
        route,
        Route::Organizations
            | Route::Organization
            | Route::Domains
            | Route::LastActiveDates(_)
            | Route::EventsStream
            | Route::EventActions
            | Route::Workspaces
            | Route::AssignRole(_)
            | Route::RevokeRole(_)
    );
    if matches!(route, Route::Manageability(_) | Route::Managed(..)) {
        manage::unauthorized()
    } else if by_gateway {
        proxy_error(401, "Unauthorized")
    } else {
        application_error(
            401,
            "ADMIN-UAM-401-1",
            "The API key is missing or not valid",
        )
    }
}

fn forbidden() -> Response {
    application_error(
        403,
        "ADMIN-UAM-403-1",
        "The API key may not perform this request",
    )
}

fn html_error(status: u16) -> Response {
    let page =
        format!("<html><head><title>{status}</title></head><body>upstream error</body></html>");
    Response {
        status,
        headers: vec![("content-type".to_owned(), "text/html".to_owned())],
        body: page.into_bytes(),
    }
}

fn json_error(status: u16) -> Response {
    application_error(status, "ADMIN-500-1", "An unexpected error occurred")
}
