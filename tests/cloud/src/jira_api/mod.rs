//! The operations of Jira's REST API that the app calls, on the first site.

mod duties;
mod groups;
mod issues;
mod notify;
mod page;
mod projects;
mod rate;
mod seats;
mod users;

pub(crate) use issues::Issues;
pub use issues::ShownTo;
pub(crate) use seats::LicenseCounts;

use serde_json::{Value, json};

use crate::cloud::Cloud;
use crate::faults::Refusals;
use crate::message::{Answer, Request, Response};
use crate::organization::Status;

/// On whose behalf a request of Jira's API is made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Caller {
    /// The app itself.
    App,
    /// A person, by account id.
    User(String),
}

/// An operation with its name for the meter and the scopes of which one set must be declared whole.
struct Operation {
    name: &'static str,
    scopes: &'static [&'static [&'static str]],
}

const MY_PERMISSIONS: Operation = Operation {
    name: "jira.mypermissions",
    scopes: &[&["read:jira-work"], &["read:permission:jira"]],
};
const USERS_SEARCH: Operation = Operation {
    name: "jira.users.search",
    scopes: &[
        &["read:jira-user"],
        &[
            "read:user:jira",
            "read:application-role:jira",
            "read:avatar:jira",
            "read:group:jira",
        ],
    ],
};
const USER_BULK: Operation = Operation {
    name: "jira.user.bulk",
    scopes: USERS_SEARCH.scopes,
};
const GROUP_BULK: Operation = Operation {
    name: "jira.group.bulk",
    scopes: &[&["read:jira-user"], &["read:group:jira"]],
};
const GROUP_MEMBER: Operation = Operation {
    name: "jira.group.member",
    scopes: &[
        &["manage:jira-configuration"],
        &["read:group:jira", "read:user:jira", "read:avatar:jira"],
    ],
};
const USER_GROUPS: Operation = Operation {
    name: "jira.user.groups",
    scopes: GROUP_BULK.scopes,
};
const APPLICATION_ROLE: Operation = Operation {
    name: "jira.applicationrole",
    scopes: &[
        &["manage:jira-configuration"],
        &["read:application-role:jira"],
    ],
};
const LICENSE_COUNT: Operation = Operation {
    name: "jira.license.count",
    scopes: &[&["manage:jira-configuration"], &["read:license:jira"]],
};
const INSTANCE_LICENSE: Operation = Operation {
    name: "jira.instance.license",
    scopes: LICENSE_COUNT.scopes,
};
const MYSELF: Operation = Operation {
    name: "jira.myself",
    scopes: USERS_SEARCH.scopes,
};
const SERVER_INFO: Operation = Operation {
    name: "jira.serverInfo",
    scopes: &[],
};
const CREATE_ISSUE: Operation = Operation {
    name: "jira.issue.create",
    scopes: &[&["write:jira-work"]],
};
const READ_ISSUE: Operation = Operation {
    name: "jira.issue",
    scopes: &[&["read:jira-work"]],
};
const COMMENT_ISSUE: Operation = Operation {
    name: "jira.issue.comment",
    scopes: &[&["write:jira-work"]],
};
const NOTIFY: Operation = Operation {
    name: "jira.issue.notify",
    scopes: &[&["write:jira-work"], &["send:notification:jira"]],
};
const ATTACH_TO_ISSUE: Operation = Operation {
    name: "jira.issue.attach",
    scopes: &[&["write:jira-work"]],
};
const SEARCH_ISSUES: Operation = Operation {
    name: "jira.search.jql",
    scopes: &[&["read:jira-work"]],
};
const USER: Operation = Operation {
    name: "jira.user",
    scopes: &[&["read:jira-user"]],
};
const PROJECT_SEARCH: Operation = Operation {
    name: "jira.project.search",
    scopes: &[&["read:jira-work"]],
};
const PROJECT_COMPONENT: Operation = Operation {
    name: "jira.project.component",
    scopes: &[&["read:jira-work"]],
};
const PROJECT_STATUSES: Operation = Operation {
    name: "jira.project.statuses",
    scopes: &[
        &["read:jira-work"],
        &[
            "read:issue-status:jira",
            "read:issue-type:jira",
            "read:status:jira",
        ],
    ],
};
const FILTER_SEARCH: Operation = Operation {
    name: "jira.filter.search",
    scopes: &[&["read:jira-work"]],
};
const UNKNOWN: Operation = Operation {
    name: "jira.unknown",
    scopes: &[],
};

impl Cloud {
    /// Answers a request to Jira's REST API of the site on which the app is installed.
    pub fn jira_api(&mut self, caller: &Caller, request: &Request) -> Answer {
        let operation = operation(request);
        let refusals = Refusals {
            too_many_requests: self.jira_too_many_requests(self.switches.jira_too_many_requests),
            forbidden: error(403, "You do not have permission to do this."),
            cursor_expired: error(400, "There is no such page."),
            server_error: |status| Response::empty(status),
        };
        let path = request.path.clone();
        let delivered = self.inbox.len();
        let answer = self.call(
            operation.name,
            &path,
            request.body.len(),
            refusals,
            |cloud| {
                if let Some(refusal) = cloud.jira_limit(operation.name) {
                    return refusal;
                }
                let response = cloud.jira_answer(&operation, caller, request);
                cloud.charge(operation.name, &response);
                cloud.with_quota(response)
            },
        );
        if answer.as_ref().map_or(true, |answer| answer.status >= 400) {
            self.inbox.lose_answer(delivered);
        }
        answer
    }

    fn jira_answer(
        &mut self,
        operation: &Operation,
        caller: &Caller,
        request: &Request,
    ) -> Response {
        let now = self.clock.now();
        if let Caller::User(account_id) = caller {
            let user = self.organization.user(account_id);
            if user.is_none_or(|user| user.status(now) != Status::Active) {
                return Response::json(401, &json!({"code": 401, "message": "Unauthorized"}));
            }
        }
        if !self.declares(operation) {
            let message = "Unauthorized; scope does not match";
            return Response::json(401, &json!({"code": 401, "message": message}));
        }
        let administers = match caller {
            Caller::App => self.switches.seats_as_app,
            Caller::User(account_id) => self.organization.administers_jira(account_id, 0, now),
        };
        if !administers
            && matches!(
                operation.name,
                "jira.applicationrole" | "jira.license.count"
            )
        {
            return error(403, "Only administrators of Jira may do this.");
        }
        self.dispatch_jira(operation.name, caller, request)
            .unwrap_or_else(|refusal| refusal)
    }

    fn dispatch_jira(
        &mut self,
        operation: &str,
        caller: &Caller,
        request: &Request,
    ) -> Result<Response, Response> {
        let rest = request
            .path
            .strip_prefix("/rest/api/3/")
            .unwrap_or_default();
        match operation {
            "jira.mypermissions" => Ok(self.my_permissions(caller, request)),
            "jira.users.search" => self.jira_users(request),
            "jira.user.bulk" => self.jira_users_named(request),
            "jira.group.bulk" => self.jira_groups(request),
            "jira.group.member" => self.jira_members(request),
            "jira.user.groups" => self.jira_groups_of(request),
            "jira.applicationrole" => match rest.split_once('/') {
                Some((_, key)) => self.application_role(key),
                None => Ok(self.application_roles()),
            },
            "jira.license.count" => {
                let product = rest.rsplit_once("/product/").map(|(_, product)| product);
                self.license_count(product)
            }
            "jira.instance.license" => Ok(self.instance_license()),
            "jira.myself" => Ok(self.myself(caller)),
            "jira.serverInfo" => Ok(self.server_info()),
            "jira.issue.create" => self.create_issue(request),
            "jira.issue" => self.read_issue(rest.trim_start_matches("issue/")),
            "jira.issue.comment" => {
                let id = rest.trim_start_matches("issue/");
                self.comment_on_issue(id.trim_end_matches("/comment"), request)
            }
            "jira.issue.attach" => {
                let id = rest.trim_start_matches("issue/");
                self.attach_to_issue(id.trim_end_matches("/attachments"), request)
            }
            "jira.issue.notify" => {
                let id = rest.trim_start_matches("issue/");
                self.notify(id.trim_end_matches("/notify"), caller, request)
            }
            "jira.search.jql" => self.search_issues(request),
            "jira.user" => self.jira_user(request),
            "jira.project.search" => self.jira_projects(request),
            "jira.project.component" => {
                let key = rest.trim_start_matches("project/");
                self.jira_components(key.trim_end_matches("/component"), request)
            }
            "jira.project.statuses" => {
                let key = rest.trim_start_matches("project/");
                self.jira_statuses(key.trim_end_matches("/statuses"))
            }
            "jira.filter.search" => self.jira_filters(request),
            _ => Err(error(404, "There is no such resource.")),
        }
    }

    fn declares(&self, operation: &Operation) -> bool {
        operation.scopes.is_empty()
            || operation
                .scopes
                .iter()
                .any(|set| set.iter().all(|scope| self.forge.manifest.has_scope(scope)))
    }

    /// `GET /rest/api/3/mypermissions`: the permissions of the caller, for the keys asked for.
    fn my_permissions(&self, caller: &Caller, request: &Request) -> Response {
        let Some(keys) = request
            .parameter("permissions")
            .filter(|keys| !keys.is_empty())
        else {
            return error(400, "The 'permissions' query parameter is required.");
        };
        let mut permissions = json!({});
        for key in keys.split(',') {
            let (id, name) = match key {
                "ADMINISTER" => ("0", "Administer Jira"),
                "SYSTEM_ADMIN" => ("44", "System administrator"),
                "USER_PICKER" => ("27", "Browse users and groups"),
                other => return error(400, &format!("Unrecognized permission: {other}")),
            };
            let has = match caller {
                Caller::App => key == "USER_PICKER",
                Caller::User(account_id) => {
                    key == "USER_PICKER"
                        || self
                            .organization
                            .administers_jira(account_id, 0, self.clock.now())
                }
            };
            permissions[key] = json!({
                "id": id,
                "key": key,
                "name": name,
                "type": "GLOBAL",
                "description": name,
                "havePermission": has,
            });
        }
        Response::json(200, &json!({"permissions": permissions}))
    }

    /// `GET /rest/api/3/serverInfo`.
    fn server_info(&self) -> Response {
        let site = &self.organization.sites[0];
        let base = format!("https://{}", site.host());
        let now = self.clock.now();
        let info: Value = json!({
            "baseUrl": base,
            "displayUrl": base,
            "version": "1001.0.0-SNAPSHOT",
            "versionNumbers": [1001, 0, 0],
            "deploymentType": "Cloud",
            "buildNumber": 100_300,
            // Jira writes the offset without a colon.
            "buildDate": now.format("%Y-%m-%dT00:00:00.000+0000").to_string(),
            "serverTime": now.format("%Y-%m-%dT%H:%M:%S%.3f+0000").to_string(),
            "scmInfo": "simulated",
            "serverTitle": "Jira",
            "serverTimeZone": "Etc/UTC",
        });
        Response::json(200, &info)
    }
}

fn operation(request: &Request) -> Operation {
    if request.method == "POST" {
        return match request.path.as_str() {
            "/rest/api/3/issue" => CREATE_ISSUE,
            path if path.starts_with("/rest/api/3/issue/") && path.ends_with("/comment") => {
                COMMENT_ISSUE
            }
            path if path.starts_with("/rest/api/3/issue/") && path.ends_with("/notify") => NOTIFY,
            path if path.starts_with("/rest/api/3/issue/") && path.ends_with("/attachments") => {
                ATTACH_TO_ISSUE
            }
            _ => UNKNOWN,
        };
    }
    if request.method != "GET" {
        return UNKNOWN;
    }
    match request.path.as_str() {
        "/rest/api/3/mypermissions" => MY_PERMISSIONS,
        "/rest/api/3/users/search" | "/rest/api/3/users" => USERS_SEARCH,
        "/rest/api/3/user/bulk" => USER_BULK,
        "/rest/api/3/group/bulk" => GROUP_BULK,
        "/rest/api/3/group/member" => GROUP_MEMBER,
        "/rest/api/3/user/groups" => USER_GROUPS,
        "/rest/api/3/license/approximateLicenseCount" => LICENSE_COUNT,
        "/rest/api/3/instance/license" => INSTANCE_LICENSE,
        "/rest/api/3/applicationrole" => APPLICATION_ROLE,
        path if path.starts_with("/rest/api/3/applicationrole/") => APPLICATION_ROLE,
        path if path.starts_with("/rest/api/3/license/approximateLicenseCount/product/") => {
            LICENSE_COUNT
        }
        "/rest/api/3/myself" => MYSELF,
        "/rest/api/3/serverInfo" => SERVER_INFO,
        "/rest/api/3/user" => USER,
        "/rest/api/3/search/jql" => SEARCH_ISSUES,
        "/rest/api/3/project/search" => PROJECT_SEARCH,
        "/rest/api/3/filter/search" => FILTER_SEARCH,
        path if path.starts_with("/rest/api/3/project/") && path.ends_with("/component") => {
            PROJECT_COMPONENT
        }
        path if path.starts_with("/rest/api/3/project/") && path.ends_with("/statuses") => {
            PROJECT_STATUSES
        }
        path if path.starts_with("/rest/api/3/issue/") => READ_ISSUE,
        _ => UNKNOWN,
    }
}

fn error(status: u16, message: &str) -> Response {
    Response::json(status, &json!({"errorMessages": [message], "errors": {}}))
}
