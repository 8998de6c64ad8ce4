//! `project/search`, `project/{key}/component` and `filter/search`: as much of them as the app is let in to.

use serde_json::{Value, json};

use super::error;
use super::page::Window;
use crate::cloud::Cloud;
use crate::message::{Request, Response};
use crate::organization::{Component, Filter, Project};

/// Most rows of a page.
const MOST_ROWS: usize = 100;

impl Cloud {
    /// `GET /rest/api/3/project/search`: the projects that the app may browse.
    pub(super) fn jira_projects(&self, request: &Request) -> Result<Response, Response> {
        let window = Window::of(request, MOST_ROWS)?;
        let with_lead = expands(request, "lead");
        let open = self.organization.jira.projects.iter().enumerate();
        let open: Vec<(usize, &Project)> = open.filter(|(_, project)| project.open).collect();
        let row = |(number, project): &(usize, &Project)| {
            let mut row = json!({
                "self": self.link(&format!("project/{}", 10_000 + number)),
                "id": (10_000 + number).to_string(),
                "key": project.key,
                "name": project.key,
                "projectTypeKey": "software",
                "simplified": false,
                "style": "classic",
                "isPrivate": false,
            });
            if with_lead {
                self.put_person(&mut row, "lead", Some(&project.lead));
            }
            row
        };
        let path = "/rest/api/3/project/search";
        let page = window.page(&self.jira_host(), path, &open, row);
        Ok(Response::json(200, &page))
    }

    /// `GET /rest/api/3/project/{key}/component`.
    pub(super) fn jira_components(
        &self,
        key: &str,
        request: &Request,
    ) -> Result<Response, Response> {
        let window = Window::of(request, MOST_ROWS)?;
        let mut projects = self.organization.jira.projects.iter();
        let project = projects
            .find(|project| project.open && project.key == key)
            .ok_or_else(|| error(404, "No project could be found with that key."))?;
        let components: Vec<(usize, &Component)> = project.components.iter().enumerate().collect();
        let row = |(number, component): &(usize, &Component)| {
            let kind = match component.assigns_lead {
                true => "COMPONENT_LEAD",
                false => "PROJECT_DEFAULT",
            };
            let mut row = json!({
                "self": self.link(&format!("component/{number}")),
                "id": number.to_string(),
                "name": component.name,
                "project": project.key,
                "assigneeType": kind,
                "realAssigneeType": kind,
                "isAssigneeTypeValid": true,
                "issueCount": 0,
            });
            self.put_person(&mut row, "lead", component.lead.as_ref());
            let assigned = component.lead.as_ref().filter(|_| component.assigns_lead);
            self.put_person(&mut row, "assignee", assigned);
            self.put_person(&mut row, "realAssignee", assigned.or(Some(&project.lead)));
            row
        };
        let path = format!("/rest/api/3/project/{key}/component");
        let page = window.page(&self.jira_host(), &path, &components, row);
        Ok(Response::json(200, &page))
    }

    /// `GET /rest/api/3/filter/search`: the filters that are shared with everybody.
    pub(super) fn jira_filters(&self, request: &Request) -> Result<Response, Response> {
        let window = Window::of(request, MOST_ROWS)?;
        let (with_owner, with_subscriptions) =
            (expands(request, "owner"), expands(request, "subscriptions"));
        let shared = self.organization.jira.filters.iter().enumerate();
        let shared: Vec<(usize, &Filter)> = shared.filter(|(_, filter)| filter.shared).collect();
        let row = |(number, filter): &(usize, &Filter)| {
            let mut row = json!({
                "self": self.link(&format!("filter/{}", 10_000 + number)),
                "id": (10_000 + number).to_string(),
                "name": filter.name,
            });
            if with_owner {
                self.put_person(&mut row, "owner", Some(&filter.owner));
            }
            if with_subscriptions {
                let subscriptions = filter.subscribers.iter().enumerate();
                let subscriptions = subscriptions.map(|(number, account)| {
                    let mut subscription = json!({"id": number});
                    self.put_person(&mut subscription, "user", Some(account));
                    subscription
                });
                row["subscriptions"] = subscriptions.collect();
            }
            row
        };
        let path = "/rest/api/3/filter/search";
        let page = window.page(&self.jira_host(), path, &shared, row);
        Ok(Response::json(200, &page))
    }

    fn link(&self, rest: &str) -> String {
        format!("https://{}/rest/api/3/{rest}", self.jira_host())
    }

    fn put_person(&self, row: &mut Value, field: &str, account_id: Option<&String>) {
        if let Some(user) = account_id.and_then(|id| self.organization.user(id)) {
            row[field] = self.jira_row(user);
        }
    }
}

fn expands(request: &Request, what: &str) -> bool {
    let expand = request.parameter("expand").unwrap_or_default();
    expand.split(',').any(|part| part == what)
}
