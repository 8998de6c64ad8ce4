//! Issues of Jira, as the app: created, commented on, looked at with their history, found again.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::error::ApiError;
use super::escape::segment;
use super::request::jira;
use crate::host::{Method, Request, Service};
use crate::model::AccountId;

/// The key of the property that an issue of this app carries.
pub const ISSUE_PROPERTY: &str = "seatkeeper";

/// A new issue.
#[derive(Clone, Debug)]
pub struct NewIssue<'a> {
    /// The key of the project.
    pub project: &'a str,
    /// The id of the issue's type.
    pub issue_type: &'a str,
    /// One line of at most 255 characters.
    pub summary: &'a str,
    /// Paragraphs of the description.
    pub paragraphs: &'a [String],
    /// A label by which it is found again.
    pub label: &'a str,
    /// The value of [`ISSUE_PROPERTY`].
    pub property: Value,
}

/// `POST /rest/api/3/issue` as the app.
pub fn create_issue(issue: &NewIssue<'_>) -> Request {
    let body = json!({
        "fields": {
            "project": {"key": issue.project},
            "issuetype": {"id": issue.issue_type},
            "summary": issue.summary,
            "description": document(issue.paragraphs),
            "labels": [issue.label],
        },
        "properties": [{"key": ISSUE_PROPERTY, "value": issue.property}],
    });
    posted(String::from("/rest/api/3/issue"), &body)
}

/// `POST /rest/api/3/issue/{id}/comment` as the app.
pub fn comment(issue: &str, text: &str) -> Request {
    let lines: Vec<String> = text
        .lines()
        .filter(|line| !line.is_empty())
        .map(str::to_owned)
        .collect();
    let body = json!({"body": document(&lines)});
    let issue = segment(issue);
    posted(format!("/rest/api/3/issue/{issue}/comment"), &body)
}

/// `POST /rest/api/3/issue/{id}/attachments` as the app: one file of text. The boundary must not occur in the text.
pub fn attach(issue: &str, name: &str, text: &str, boundary: String) -> Request {
    let issue = segment(issue);
    let body = [
        "--",
        &boundary,
        "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"",
        name,
        "\"\r\nContent-Type: text/csv; charset=utf-8\r\n\r\n",
        text,
        "\r\n--",
        &boundary,
        "--\r\n",
    ];
    Request {
        method: Method::Post,
        body: Some(body.concat()),
        boundary: Some(boundary),
        ..jira(
            Service::JiraAsApp,
            format!("/rest/api/3/issue/{issue}/attachments"),
        )
    }
}

fn posted(path: String, body: &Value) -> Request {
    Request {
        method: Method::Post,
        body: Some(body.to_string()),
        ..jira(Service::JiraAsApp, path)
    }
}

/// Paragraphs in Atlassian's document format.
fn document(paragraphs: &[String]) -> Value {
    let mut content = Vec::new();
    for text in paragraphs {
        content.push(json!({"type": "paragraph", "content": [{"type": "text", "text": text}]}));
    }
    json!({"type": "doc", "version": 1, "content": content})
}

/// An issue by its id and key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct IssueName {
    /// Its id, which never changes.
    pub id: String,
    /// Its key, which changes when it is moved.
    pub key: String,
}

/// The issue that was created.
///
/// # Errors
/// An answer that is not what the API documents.
pub fn read_created_issue(body: &[u8]) -> Result<IssueName, ApiError> {
    ApiError::read("creating an issue", body)
}

/// `GET /rest/api/3/search/jql` as the app: the issues with a label.
pub fn issues_labelled(label: &str) -> Request {
    let jql = segment(&format!("labels = \"{label}\""));
    jira(
        Service::JiraAsApp,
        format!("/rest/api/3/search/jql?jql={jql}&fields=key&maxResults=2"),
    )
}

/// `GET /rest/api/3/search/jql` as the app: the issues of a project that came to a status within the last hour and are in it.
pub fn issues_moved_to(project: &str, status: &str) -> Request {
    let jql = segment(&format!(
        "project = \"{project}\" AND status = \"{status}\" AND status CHANGED AFTER \"-1h\""
    ));
    jira(
        Service::JiraAsApp,
        format!("/rest/api/3/search/jql?jql={jql}&fields=key&maxResults=20"),
    )
}

/// The issues that were found.
///
/// # Errors
/// An answer that is not what the API documents.
pub fn read_found_issues(body: &[u8]) -> Result<Vec<IssueName>, ApiError> {
    #[derive(Deserialize)]
    struct Answer {
        #[serde(default)]
        issues: Vec<IssueName>,
    }
    let answer: Answer = ApiError::read("searching an issue", body)?;
    Ok(answer.issues)
}

/// `GET /rest/api/3/issue/{id}` as the app: hardly more than whether it is there and the app may browse it.
pub fn issue_itself(issue: &str) -> Request {
    let issue = segment(issue);
    jira(
        Service::JiraAsApp,
        format!("/rest/api/3/issue/{issue}?fields=project"),
    )
}

/// `GET /rest/api/3/issue/{id}` as the app: status, history, the app's own property, and other fields by their ids.
pub fn issue_with_history(issue: &str, fields: &str) -> Request {
    let issue = segment(issue);
    jira(
        Service::JiraAsApp,
        format!(
            "/rest/api/3/issue/{issue}?fields=status,{fields}&properties={ISSUE_PROPERTY}&expand=changelog"
        ),
    )
}

/// What an issue shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IssueState {
    /// The name of its status.
    pub status: String,
    /// Whether the status counts as done.
    pub is_done: bool,
    /// The run that its property names.
    pub run: Option<String>,
    /// The hash of the plan that its property names.
    pub plan: Option<String>,
    /// The names of the files that are attached to it.
    pub files: Vec<String>,
    /// The last change of its status: the change's id, and who made it.
    pub moved: Option<(String, AccountId)>,
}

/// Reads an issue.
///
/// # Errors
/// An answer that is not what the API documents.
pub fn read_issue(body: &[u8]) -> Result<IssueState, ApiError> {
    #[derive(Deserialize)]
    struct Answer {
        fields: Fields,
        #[serde(default)]
        properties: Properties,
        #[serde(default)]
        changelog: Changelog,
    }
    #[derive(Deserialize)]
    struct Fields {
        status: Status,
        #[serde(default)]
        attachment: Vec<File>,
    }
    #[derive(Deserialize)]
    struct File {
        filename: String,
    }
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Status {
        name: String,
        status_category: Category,
    }
    #[derive(Deserialize)]
    struct Category {
        key: String,
    }
    #[derive(Default, Deserialize)]
    struct Properties {
        seatkeeper: Option<Property>,
    }
    #[derive(Deserialize)]
    struct Property {
        run: Option<String>,
        plan: Option<String>,
    }
    #[derive(Default, Deserialize)]
    struct Changelog {
        #[serde(default)]
        histories: Vec<Change>,
    }
    #[derive(Deserialize)]
    struct Change {
        id: String,
        author: Option<Author>,
        #[serde(default)]
        items: Vec<Item>,
    }
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Author {
        account_id: Option<String>,
    }
    #[derive(Deserialize)]
    struct Item {
        field: String,
    }
    let answer: Answer = ApiError::read("reading an approval issue", body)?;
    // The newest change has the greatest id, in whatever order they come.
    let mut moved: Option<(u64, String, AccountId)> = None;
    for change in answer.changelog.histories {
        let number = change.id.parse().unwrap_or(0);
        let is_newer = moved.as_ref().is_none_or(|(newest, ..)| number > *newest);
        if !is_newer || change.items.iter().all(|item| item.field != "status") {
            continue;
        }
        let author = change.author.and_then(|author| author.account_id);
        moved = Some((number, change.id, AccountId(author.unwrap_or_default())));
    }
    let files = answer.fields.attachment.into_iter();
    let property = answer.properties.seatkeeper;
    let (run, plan) = property.map_or((None, None), |found| (found.run, found.plan));
    Ok(IssueState {
        status: answer.fields.status.name,
        is_done: answer.fields.status.status_category.key == "done",
        run,
        plan,
        files: files.map(|file| file.filename).collect(),
        moved: moved.map(|(_, id, author)| (id, author)),
    })
}

/// `GET /rest/api/3/user` as the app: one account.
pub fn jira_user(account: &AccountId) -> Request {
    let account = segment(account.as_str());
    jira(
        Service::JiraAsApp,
        format!("/rest/api/3/user?accountId={account}"),
    )
}

/// Whether the account is an active person's, not an app's or a customer's.
///
/// # Errors
/// An answer that is not what the API documents.
pub fn read_is_person(body: &[u8]) -> Result<bool, ApiError> {
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Answer {
        account_type: Option<String>,
        active: Option<bool>,
    }
    let answer: Answer = ApiError::read("asking Jira who decided", body)?;
    Ok(answer.account_type.as_deref() == Some("atlassian") && answer.active == Some(true))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_change_of_the_status_decides_who_did_it() {
        let body = br#"{
            "fields": {"status": {"name": "Approved", "statusCategory": {"key": "done"}}},
            "properties": {"seatkeeper": {"run": "r", "plan": "h"}},
            "changelog": {"histories": [
                {"id": "9", "author": {"accountId": "old"}, "items": [{"field": "status"}]},
                {"id": "10", "author": {"accountId": "new"}, "items": [{"field": "status"}]},
                {"id": "11", "author": {"accountId": "else"}, "items": [{"field": "summary"}]}
            ]}
        }"#;
        let state = read_issue(body).unwrap();
        assert_eq!(state.moved, Some(("10".into(), AccountId("new".into()))));
        assert!(state.is_done);
        assert_eq!(state.run.as_deref(), Some("r"));
        assert_eq!(state.plan.as_deref(), Some("h"));
        assert!(read_issue(b"{}").is_err());
    }
}
