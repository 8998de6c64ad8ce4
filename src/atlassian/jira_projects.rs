//! What a project of Jira is made of: the types of its issues, and the statuses of each.

use serde::Deserialize;

use super::error::ApiError;
use super::escape::segment;
use super::request::jira;
use crate::host::{Request, Service};

/// A type of a project's issues.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct IssueType {
    /// Its id.
    pub id: String,
    /// Its name, in the language of whoever named it.
    pub name: String,
    /// Whether its issues are part of others.
    pub subtask: bool,
    /// The statuses that its issues can have.
    pub statuses: Vec<IssueStatus>,
}

/// A status of issues.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct IssueStatus {
    /// Its name.
    #[serde(default)]
    pub name: String,
}

/// `GET /rest/api/3/project/{key}/statuses` as the app: 404 where there is no such project, or none that it may browse.
pub fn project_statuses(project: &str) -> Request {
    let project = segment(project);
    jira(
        Service::JiraAsApp,
        format!("/rest/api/3/project/{project}/statuses"),
    )
}

/// The types of a project's issues, with their statuses.
///
/// # Errors
/// An answer that is not what the API documents.
pub fn read_project_statuses(body: &[u8]) -> Result<Vec<IssueType>, ApiError> {
    ApiError::read("asking Jira for a project's statuses", body)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_come_with_their_statuses() {
        let request = project_statuses("HELP");
        assert_eq!(request.service, Service::JiraAsApp);
        assert_eq!(request.path, "/rest/api/3/project/HELP/statuses");
        // As the document's example has it, shortened.
        let body = br#"[{"id":"3","name":"Task","self":"https://x.example/3","subtask":false,
            "statuses":[{"id":"10000","name":"In Progress"},{"id":"5"}]}]"#;
        let [task] = &read_project_statuses(body).unwrap()[..] else {
            panic!("one type")
        };
        assert_eq!((task.id.as_str(), task.subtask), ("3", false));
        let names: Vec<&str> = task.statuses.iter().map(|one| one.name.as_str()).collect();
        assert_eq!(names, ["In Progress", ""]);
        assert!(read_project_statuses(b"{}").is_err());
    }
}
