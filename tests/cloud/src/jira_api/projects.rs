//! `project/{key}/statuses`: the types of a project's issues and their statuses.

use serde_json::{Value, json};

use super::error;
use crate::cloud::Cloud;
use crate::message::Response;

/// The types of issues, the same in every project: id, name and whether they are part of others.
const TYPES: [(&str, &str, bool); 3] = [
    ("10003", "Sub-task", true),
    ("10000", "Epic", false),
    ("10001", "Task", false),
];
/// The statuses, the same for every type but parts of others.
const STATUSES: [&str; 8] = [
    "Open",
    "Submitted",
    "In Progress",
    "Wartet auf Prüfung",
    "Approved",
    "Declined",
    "Rejected",
    "Done",
];

impl Cloud {
    /// The project of the help desk, in which people ask for accesses.
    pub const HELP_PROJECT: &'static str = "HELP";
    /// A project that everybody may browse, and the app.
    pub const OPEN_PROJECT: &'static str = "LIFE";

    /// Whether there is such a project, and the app may browse it.
    pub(super) fn has_project(&self, key: &str) -> bool {
        let mut projects = self.organization.jira.projects.iter();
        let known = [
            Self::APPROVALS_PROJECT,
            Self::HELP_PROJECT,
            Self::OPEN_PROJECT,
        ];
        known.contains(&key) || projects.any(|project| project.open && project.key == key)
    }

    /// `GET /rest/api/3/project/{key}/statuses`: a plain array.
    pub(super) fn jira_statuses(&self, key: &str) -> Result<Response, Response> {
        if !self.has_project(key) {
            let message = format!("No project could be found with key '{key}'.");
            return Err(error(404, &message));
        }
        let link = |rest: String| format!("https://{}/rest/api/3/{rest}", self.jira_host());
        let status = |(number, name): (usize, &str)| {
            json!({
                "self": link(format!("status/{number}")),
                "description": "",
                "iconUrl": link(String::from("images/status.png")),
                "name": name,
                "id": number.to_string(),
            })
        };
        let of_type = |(id, name, is_part): (&str, &str, bool)| {
            let known = if is_part { &STATUSES[..1] } else { &STATUSES };
            let statuses = known.iter().copied().enumerate().map(status);
            json!({
                "self": link(format!("issuetype/{id}")),
                "id": id,
                "name": name,
                "subtask": is_part,
                "statuses": statuses.collect::<Value>(),
            })
        };
        let types: Value = TYPES.into_iter().map(of_type).collect();
        Ok(Response::json(200, &types))
    }

    /// Why no issue of a type can be made out of a project, a summary and a description alone.
    pub(super) fn wants_more(issue_type: &str) -> Option<&'static str> {
        match issue_type {
            "10003" => Some("Issue type is a sub-task but parent issue key or id not specified."),
            "10000" => Some("Epic Name is required."),
            _ => None,
        }
    }

    /// Whether issues can have a status at all: a search for another one is refused.
    pub(super) fn is_status(name: &str) -> bool {
        STATUSES.contains(&name)
    }
}
