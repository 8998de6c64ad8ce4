//! What settings name in Jira, looked for when they are saved. A clear no refuses them; no answer keeps nobody from saving,
//! and is said.

use std::collections::BTreeSet;

use super::error::AdminError;
use crate::app::calls::{Asker, Calls};
use crate::app::records::Requests;
use crate::atlassian::{
    ApiError, IssueType, issue_itself, project_statuses, read_project_statuses,
};
use crate::host::Host;

/// The most statuses that an error names.
const MOST_NAMED: usize = 40;

/// Looks for the issue that messages are to be sent from, as the app. Answers in words what is not certain about it. One
/// that is known already is not refused any more: whoever changes something else must not be kept from it.
pub(super) async fn look_for_issue<H: Host>(
    host: &H,
    issue: &str,
    is_known: bool,
) -> Result<Option<String>, AdminError> {
    let calls = Calls::load(host, Asker::Person).await?;
    let operation = "looking for the issue that messages are sent from";
    let Err(error) = calls.send(operation, issue_itself(issue)).await else {
        return Ok(None);
    };
    if !error.is_refused_for_good() {
        return Ok(Some(error.to_string()));
    }
    let why = format!(
        "jira shows the app no issue {issue} ({}): correct the key, let the app browse its project, or have an issue created",
        error.detail
    );
    if is_known {
        return Ok(Some(why));
    }
    let path = "$.notices.issue";
    Err(AdminError::Setting { path, why })
}

/// Looks for the status that approves requests. Answers in words why nobody knows whether it is there.
pub(super) async fn look_for_status<H: Host>(
    host: &H,
    requests: &Requests,
) -> Result<Option<String>, AdminError> {
    let Requests {
        project,
        approved_status: wanted,
        ..
    } = requests;
    let calls = Calls::load(host, Asker::Person).await?;
    let types = match issue_types(&calls, project, "$.requests.project").await? {
        Ok(types) => types,
        Err(error) => return Ok(Some(error.to_string())),
    };
    let statuses = types.iter().flat_map(|one| &one.statuses);
    let names: BTreeSet<&str> = statuses.map(|status| status.name.as_str()).collect();
    if names.contains(wanted.as_str()) {
        return Ok(None);
    }
    if names.is_empty() {
        let why = format!("jira names no status of the project {project}");
        return Ok(Some(why));
    }
    let names: Vec<&str> = names.into_iter().take(MOST_NAMED).collect();
    Err(AdminError::Setting {
        path: "$.requests.approvedStatus",
        why: format!(
            "the project {project} has no status `{wanted}`: choose one of those that it has, which are {}",
            names.join(", ")
        ),
    })
}

/// The types of a project's issues, or why there was no answer. A project that Jira does not show the app is refused.
pub(super) async fn issue_types<H: Host>(
    calls: &Calls<'_, H>,
    project: &str,
    path: &'static str,
) -> Result<Result<Vec<IssueType>, ApiError>, AdminError> {
    let operation = "asking Jira for a project's statuses";
    let answer = calls.send(operation, project_statuses(project)).await;
    match answer.and_then(|answer| read_project_statuses(&answer.body)) {
        Err(error) if error.is_refused_for_good() => Err(AdminError::Setting {
            path,
            why: format!(
                "jira shows the app no project {project} ({}): correct the key, or let the app browse the project",
                error.detail
            ),
        }),
        answer => Ok(answer),
    }
}
