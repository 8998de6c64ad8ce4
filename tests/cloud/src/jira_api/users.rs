//! `users/search`, `user/bulk` and `myself`.

use serde_json::{Value, json};

use super::page::Window;
use super::{Caller, error};
use crate::cloud::Cloud;
use crate::message::{Request, Response};
use crate::organization::{JiraOnlyAccount, Standing, Status, User};

/// Most users of a page.
const MOST_RESULTS: usize = 1_000;
/// Most users of a page of those asked for by their ids; the document names no number.
const MOST_NAMED: usize = 200;
/// So many of them where the request names no number.
const DEFAULT_NAMED: usize = 10;

impl Cloud {
    /// `GET /rest/api/3/users/search`: a plain array of active, inactive and former users, apps and customers.
    pub(super) fn jira_users(&self, request: &Request) -> Result<Response, Response> {
        let window = Window::of(request, MOST_RESULTS)?;
        let others = self.organization.jira_only.iter();
        let users = self.jira_users_of_site();
        let page: Vec<Value> = others
            .map(|account| self.other_row(account))
            .chain(users.map(|user| self.jira_row(user)))
            .skip(window.start)
            .take(window.most)
            .collect();
        Ok(Response::json(200, &Value::Array(page)))
    }

    /// `GET /rest/api/3/user/bulk`: users by their ids. Those that nobody has are left out.
    pub(super) fn jira_users_named(&self, request: &Request) -> Result<Response, Response> {
        const PATH: &str = "/rest/api/3/user/bulk";
        let window = Window::with_default(request, DEFAULT_NAMED, MOST_NAMED)?;
        let ids: Vec<&str> = request.parameters("accountId").collect();
        if ids.is_empty() {
            return Err(error(400, "The accountId query parameter is required."));
        }
        let others = self.organization.jira_only.iter();
        let others = others.filter(|account| ids.contains(&account.account_id.as_str()));
        let users = self.jira_users_of_site();
        let users = users.filter(|user| ids.contains(&user.account_id.as_str()));
        let found: Vec<Value> = others
            .map(|account| self.other_row(account))
            .chain(users.map(|user| self.jira_row(user)))
            .collect();
        let page = window.page(&self.jira_host(), PATH, &found, Value::clone);
        Ok(Response::json(200, &page))
    }

    /// The people of the directory from which the site takes them, those who were taken out of it, and those who are in none.
    pub(super) fn jira_users_of_site(&self) -> impl Iterator<Item = &User> {
        let directory = self.organization.sites[0].directory;
        let users = self.organization.users.iter();
        users.filter(move |user| {
            user.is_in(directory) || user.was_in(directory) || user.memberships.is_empty()
        })
    }

    /// Whether the site shows a person as active: neither suspended in its directory, nor taken out of it, nor deactivated.
    pub(super) fn is_active_in_jira(&self, user: &User) -> bool {
        let now = self.clock.now();
        let directory = self.organization.sites[0].directory;
        let mut memberships = user.shown_memberships(now).iter();
        user.status(now) == Status::Active
            && memberships.any(|membership| {
                membership.directory == directory && membership.shown(now) == Standing::Active
            })
    }

    /// The host name of the app's site.
    pub(super) fn jira_host(&self) -> String {
        self.organization.sites[0].host()
    }

    /// `GET /rest/api/3/myself`.
    pub(super) fn myself(&self, caller: &Caller) -> Response {
        let row = match caller {
            Caller::User(account_id) => self
                .organization
                .user(account_id)
                .map(|user| self.jira_row(user)),
            Caller::App => Some(self.other_row(&JiraOnlyAccount {
                account_id: self.app_account(),
                account_type: "app",
                name: "Seatkeeper".to_owned(),
            })),
        };
        match row {
            Some(row) => Response::json(200, &row),
            None => error(404, "The user does not exist."),
        }
    }

    /// The account id of the app's own user.
    pub(super) fn app_account(&self) -> String {
        format!("557058:{}", self.forge.installation)
    }

    /// A person as Jira shows one.
    pub(super) fn jira_row(&self, user: &User) -> Value {
        let active = self.is_active_in_jira(user);
        let mut row = self.row(&user.account_id, "atlassian", &user.name, active);
        row["timeZone"] = json!(user.time_zone);
        row["locale"] = json!("en_US");
        // Profile visibility: a hidden address is an absent field.
        if user.managed || !user.email_hidden {
            row["emailAddress"] = json!(user.email);
        }
        row
    }

    /// Any account as Jira shows it; null for one that nobody has.
    pub(super) fn jira_row_of(&self, account_id: &str) -> Value {
        let mut others = self.organization.jira_only.iter();
        match self.organization.user(account_id) {
            Some(user) => self.jira_row(user),
            None => others
                .find(|other| other.account_id == account_id)
                .map_or(Value::Null, |other| self.other_row(other)),
        }
    }

    fn other_row(&self, account: &JiraOnlyAccount) -> Value {
        self.row(
            &account.account_id,
            account.account_type,
            &account.name,
            true,
        )
    }

    fn row(&self, account_id: &str, account_type: &str, name: &str, active: bool) -> Value {
        let host = self.jira_host();
        json!({
            "self": format!("https://{host}/rest/api/3/user?accountId={account_id}"),
            "accountId": account_id,
            "accountType": account_type,
            "active": active,
            "displayName": name,
            "avatarUrls": {},
        })
    }
}
