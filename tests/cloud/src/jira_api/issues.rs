//! Issues: created, read with their history, commented on, found by a label, and moved by people.

use chrono::TimeDelta;
use serde_json::{Value, json};

use super::error;
use crate::clock::Time;
use crate::cloud::Cloud;
use crate::message::{Request, Response};

/// How long a new issue may be missing from a search.
const INDEX_SECONDS: i64 = 5;

/// The issues of the first site.
#[derive(Clone, Debug, Default)]
pub(crate) struct Issues {
    pub(super) issues: Vec<Issue>,
    changes: u32,
}

#[derive(Clone, Debug)]
pub(super) struct Issue {
    id: String,
    pub(super) key: String,
    created: Time,
    pub(super) fields: Value,
    status: (String, &'static str),
    properties: Value,
    comments: Vec<Value>,
    attachments: Vec<Attachment>,
    histories: Vec<Value>,
    /// When its status was changed last.
    moved: Option<Time>,
    pub(super) shown_to: ShownTo,
}

/// Who may browse an issue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ShownTo {
    /// Everybody who has Jira on the site, and the app.
    Everybody,
    /// Those of them who are in a group, by its name, and the app.
    Group(String),
    /// Everybody who has Jira on the site, but not the app.
    PeopleOnly,
}

#[derive(Clone, Debug)]
struct Attachment {
    id: String,
    name: String,
    kind: String,
    text: String,
    created: Time,
}

impl Attachment {
    fn row(&self) -> Value {
        json!({
            "id": self.id,
            "filename": self.name,
            "mimeType": self.kind,
            "size": self.text.len(),
            "created": self.created.format("%Y-%m-%dT%H:%M:%S%.3f+0000").to_string(),
        })
    }
}

impl Issues {
    /// An issue that the app may browse.
    pub(super) fn find(&self, id_or_key: &str) -> Result<&Issue, Response> {
        let is_it = |issue: &&Issue| {
            (issue.id == id_or_key || issue.key == id_or_key)
                && issue.shown_to != ShownTo::PeopleOnly
        };
        let found = self.issues.iter().find(is_it);
        found.ok_or_else(|| {
            error(
                404,
                "Issue does not exist or you do not have permission to see it.",
            )
        })
    }
}

impl Cloud {
    /// `POST /rest/api/3/issue`.
    pub(super) fn create_issue(&mut self, request: &Request) -> Result<Response, Response> {
        let body: Value = serde_json::from_slice(&request.body)
            .map_err(|_| error(400, "The body is no JSON."))?;
        let fields = &body["fields"];
        let project = fields["project"]["key"].as_str().unwrap_or_default();
        if !self.has_project(project) {
            return Err(error(400, "valid project is required"));
        }
        let Some(issue_type) = fields["issuetype"]["id"].as_str() else {
            return Err(error(400, "Specify an issue type"));
        };
        if let Some(missing) = Self::wants_more(issue_type) {
            return Err(error(400, missing));
        }
        let summary = fields["summary"].as_str().unwrap_or_default();
        if summary.is_empty() || summary.chars().count() > 255 || summary.contains('\n') {
            return Err(error(
                400,
                "Summary must be one line of at most 255 characters.",
            ));
        }
        if fields["description"]["type"] != "doc" || fields["description"]["version"] != 1 {
            return Err(error(400, "Operation value must be an Atlassian Document"));
        }
        let mut properties = json!({});
        for property in body["properties"].as_array().into_iter().flatten() {
            let key = property["key"].as_str().unwrap_or_default();
            properties[key] = property["value"].clone();
        }
        let (id, key) = self.put_issue(project, fields.clone(), properties);
        let host = self.organization.sites[0].host();
        let made = json!({
            "id": id,
            "key": key,
            "self": format!("https://{host}/rest/api/3/issue/{id}"),
        });
        Ok(Response::json(201, &made))
    }

    /// A person makes an issue in any project; its key.
    pub fn make_issue(&mut self, project: &str, summary: &str) -> String {
        let fields = json!({"project": {"key": project}, "summary": summary});
        self.put_issue(project, fields, json!({})).1
    }

    /// A person makes an issue of which a field names people, by their account ids; its id and key. A customer of the help
    /// desk or an app can be named too.
    pub fn make_request(
        &mut self,
        project: &str,
        field: &str,
        people: &[&str],
    ) -> (String, String) {
        let mut fields = json!({"project": {"key": project}, "summary": "Access, please"});
        fields[field] = self.named(people);
        self.put_issue(project, fields, json!({}))
    }

    /// What a field holds that names people: a field for one person holds it alone.
    fn named(&self, people: &[&str]) -> Value {
        let mut rows: Vec<Value> = people.iter().map(|id| self.jira_row_of(id)).collect();
        match rows.len() {
            0 => Value::Null,
            1 => rows.remove(0),
            _ => Value::Array(rows),
        }
    }

    /// Somebody who may edit an issue names other people in a field of it.
    pub fn name_in_issue(&mut self, key: &str, account: &str, field: &str, people: &[&str]) {
        let named = self.named(people);
        let item = json!({"field": field, "fieldId": field});
        self.note_change(key, account, &item);
        for issue in &mut self.issues.issues {
            if issue.key == key {
                issue.fields[field] = named.clone();
            }
        }
    }

    /// Adds a change to an issue's history.
    fn note_change(&mut self, key: &str, account: &str, item: &Value) {
        let created = self.clock.now().format("%Y-%m-%dT%H:%M:%S%.3f+0000");
        self.issues.changes += 1;
        let id = self.issues.changes.to_string();
        for issue in &mut self.issues.issues {
            if issue.key == key {
                issue.histories.push(json!({
                    "id": id,
                    "author": {"accountId": account, "accountType": "atlassian"},
                    "created": created.to_string(),
                    "items": [item],
                }));
            }
        }
    }

    fn put_issue(&mut self, project: &str, fields: Value, properties: Value) -> (String, String) {
        let number = self.issues.issues.len() + 1;
        let issue = Issue {
            id: (10_000 + number).to_string(),
            key: format!("{project}-{number}"),
            created: self.clock.now(),
            fields,
            status: ("Open".to_owned(), "new"),
            properties,
            comments: Vec::new(),
            attachments: Vec::new(),
            histories: Vec::new(),
            moved: None,
            shown_to: ShownTo::Everybody,
        };
        let made = (issue.id.clone(), issue.key.clone());
        self.issues.issues.push(issue);
        made
    }

    /// `GET /rest/api/3/issue/{issue}`: status, history and properties.
    pub(super) fn read_issue(&self, id: &str) -> Result<Response, Response> {
        let issue = self.issues.find(id)?;
        let (status, category) = &issue.status;
        let mut fields = issue.fields.clone();
        fields["status"] = json!({"name": status, "statusCategory": {"key": category}});
        let attachments = issue.attachments.iter().map(Attachment::row);
        fields["attachment"] = attachments.collect();
        let histories: Vec<&Value> = issue.histories.iter().rev().collect();
        Ok(Response::json(
            200,
            &json!({
                "id": issue.id,
                "key": issue.key,
                "fields": fields,
                "properties": issue.properties,
                "changelog": {
                    "startAt": 0,
                    "maxResults": 100,
                    "total": histories.len(),
                    "histories": histories,
                },
            }),
        ))
    }

    /// `POST /rest/api/3/issue/{issue}/comment`.
    pub(super) fn comment_on_issue(
        &mut self,
        id: &str,
        request: &Request,
    ) -> Result<Response, Response> {
        let body: Value = serde_json::from_slice(&request.body)
            .map_err(|_| error(400, "The body is no JSON."))?;
        if body["body"]["type"] != "doc" {
            return Err(error(400, "Comment body is not valid!"));
        }
        let key = self.issues.find(id)?.key.clone();
        for issue in &mut self.issues.issues {
            if issue.key == key {
                issue.comments.push(body["body"].clone());
            }
        }
        Ok(Response::json(201, &json!({"id": "1"})))
    }

    /// `POST /rest/api/3/issue/{issue}/attachments`: one file of text, as a form.
    pub(super) fn attach_to_issue(
        &mut self,
        id: &str,
        request: &Request,
    ) -> Result<Response, Response> {
        if request.header("x-atlassian-token") != Some("no-check") {
            return Err(error(403, "XSRF check failed"));
        }
        let (name, kind, text) =
            file_of(request).ok_or_else(|| error(400, "The form has no part `file`."))?;
        let key = self.issues.find(id)?.key.clone();
        let created = self.clock.now();
        self.issues.changes += 1;
        let attachment = Attachment {
            id: (20_000 + self.issues.changes).to_string(),
            name,
            kind,
            text,
            created,
        };
        let row = attachment.row();
        for issue in &mut self.issues.issues {
            if issue.key == key {
                issue.attachments.push(attachment.clone());
            }
        }
        Ok(Response::json(200, &json!([row])))
    }

    /// `GET /rest/api/3/search/jql`, for one label, or for those that came to a status within the last hour. What was
    /// created just now is not found yet.
    pub(super) fn search_issues(&self, request: &Request) -> Result<Response, Response> {
        let now = self.clock.now();
        let search = request.parameter("jql").and_then(Search::read);
        let search = search.ok_or_else(|| error(400, "Such a search is not simulated."))?;
        if let Search::MovedTo { status, .. } = &search
            && !Self::is_status(status)
        {
            let message = format!("The value '{status}' does not exist for the field 'status'.");
            return Err(error(400, &message));
        }
        let indexed = now - TimeDelta::seconds(INDEX_SECONDS);
        let has_it = |issue: &&Issue| {
            search.finds(issue, now)
                && issue.created <= indexed
                && issue.shown_to != ShownTo::PeopleOnly
        };
        let found: Vec<Value> = self
            .issues
            .issues
            .iter()
            .filter(has_it)
            .map(|issue| json!({"id": issue.id, "key": issue.key}))
            .collect();
        Ok(Response::json(
            200,
            &json!({"issues": found, "isLast": true}),
        ))
    }

    /// `GET /rest/api/3/user`.
    pub(super) fn jira_user(&self, request: &Request) -> Result<Response, Response> {
        let account = request.parameter("accountId").unwrap_or_default();
        let user = self
            .jira_users_of_site()
            .find(|user| user.account_id == account)
            .ok_or_else(|| {
                error(
                    404,
                    "Specified user does not exist or you do not have permission.",
                )
            })?;
        Ok(Response::json(200, &self.jira_row(user)))
    }

    /// The project in which approval issues can be made.
    pub const APPROVALS_PROJECT: &'static str = "APPROVE";

    /// A person moves an issue to another status. The post function of the transition is the caller's to fire, or to lose.
    pub fn move_issue(&mut self, key: &str, account: &str, status: &str, category: &'static str) {
        let now = self.clock.now();
        let item = {
            let from = self.issues.find(key).ok().map(|issue| &issue.status.0);
            json!({"field": "status", "fieldId": "status", "fromString": from, "toString": status})
        };
        self.note_change(key, account, &item);
        for issue in &mut self.issues.issues {
            if issue.key == key {
                issue.status = (status.to_owned(), category);
                issue.moved = Some(now);
            }
        }
    }

    /// An administrator changes who may browse an issue.
    pub fn show_issue_to(&mut self, key: &str, shown_to: &ShownTo) {
        for issue in &mut self.issues.issues {
            if issue.key == key {
                issue.shown_to = shown_to.clone();
            }
        }
    }

    /// Somebody who may edit an issue changes one of its properties.
    pub fn set_issue_property(&mut self, key: &str, property: &str, value: Value) {
        for issue in &mut self.issues.issues {
            if issue.key == key {
                issue.properties[property] = value.clone();
            }
        }
    }

    /// All issues: id, key, fields, properties and comments.
    pub fn dump_issues(&self) -> Vec<Value> {
        let dump = |issue: &Issue| {
            json!({
                "id": issue.id,
                "key": issue.key,
                "fields": issue.fields,
                "properties": issue.properties,
                "comments": issue.comments,
                "attachments": issue.attachments.iter().map(|file| {
                    json!({"name": file.name, "kind": file.kind, "text": file.text})
                }).collect::<Vec<_>>(),
            })
        };
        self.issues.issues.iter().map(dump).collect()
    }
}

/// What is searched for.
enum Search<'a> {
    Label(&'a str),
    MovedTo { project: &'a str, status: &'a str },
}

impl<'a> Search<'a> {
    fn read(jql: &'a str) -> Option<Search<'a>> {
        if let Some(rest) = jql.strip_prefix("labels = \"") {
            return rest.strip_suffix('"').map(Search::Label);
        }
        let rest = jql.strip_prefix("project = \"")?;
        let rest = rest.strip_suffix("\" AND status CHANGED AFTER \"-1h\"")?;
        let (project, status) = rest.split_once("\" AND status = \"")?;
        Some(Search::MovedTo { project, status })
    }

    fn finds(&self, issue: &Issue, now: Time) -> bool {
        match self {
            Search::Label(label) => {
                let labels = issue.fields["labels"].as_array();
                labels.is_some_and(|labels| labels.iter().any(|own| own == label))
            }
            Search::MovedTo { project, status } => {
                let since = now - TimeDelta::hours(1);
                issue.fields["project"]["key"] == *project
                    && issue.status.0 == *status
                    && issue.moved.is_some_and(|moved| moved > since)
            }
        }
    }
}

/// Name, content type and text of the one part of a form, which must be called `file` (RFC 7578).
fn file_of(request: &Request) -> Option<(String, String, String)> {
    let boundary = request
        .header("content-type")?
        .strip_prefix("multipart/form-data; boundary=")?;
    let body = std::str::from_utf8(&request.body).ok()?;
    let part = body
        .strip_prefix(&format!("--{boundary}\r\n"))?
        .strip_suffix(&format!("\r\n--{boundary}--\r\n"))?;
    let (head, text) = part.split_once("\r\n\r\n")?;
    if text.contains(&format!("--{boundary}")) {
        return None;
    }
    let mut name = None;
    let mut kind = String::from("application/octet-stream");
    for line in head.split("\r\n") {
        if let Some(disposition) =
            line.strip_prefix("Content-Disposition: form-data; name=\"file\"; ")
        {
            name = disposition.strip_prefix("filename=\"")?.strip_suffix('"');
        } else if let Some(value) = line.strip_prefix("Content-Type: ") {
            value.clone_into(&mut kind);
        }
    }
    Some((name?.to_owned(), kind, text.to_owned()))
}
