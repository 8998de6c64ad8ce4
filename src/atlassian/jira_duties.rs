//! What people answer for on a site of Jira: its projects and their components, and filters that others are subscribed to.
//!
//! All of it is read as the app with `read:jira-work`, and as far as the app is let in: a project that it may not browse,
//! and a filter that is shared with nobody it belongs to, are in none of these lists.

use serde::Deserialize;

use super::error::ApiError;
use super::escape::segment;
use super::request::jira;
use crate::host::{Request, Service};
use crate::model::AccountId;

/// How many rows a page is asked for. It may hold fewer: the next one begins after those that came.
const ROWS_A_PAGE: u32 = 50;

/// A page of Jira, whose next one begins so many rows later as it has.
#[derive(Debug)]
pub struct JiraPage<T> {
    /// The rows.
    pub rows: Vec<T>,
    /// Whether it says that it is the last one. Where it does not say, only an empty page is.
    pub is_last: bool,
    /// How many rows there are on all pages, where it says so.
    pub total: Option<u32>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Listed {
    is_last: Option<bool>,
    total: Option<u32>,
    values: Vec<Row>,
}

/// A row of any of these lists, each of which has some of it: one type for all of them takes a third of the code.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Row {
    id: Option<String>,
    key: Option<String>,
    lead: Option<Named>,
    assignee_type: Option<String>,
    assignee: Option<Named>,
    real_assignee: Option<Named>,
    owner: Option<Named>,
    subscriptions: Option<Vec<Subscription>>,
}

/// A group's subscription names no person, and is taken for others'.
#[derive(Deserialize)]
struct Subscription {
    user: Option<Named>,
}

/// Reads a page; a row of which `make` can make nothing is not what the API documents.
fn read_page<T>(
    operation: &'static str,
    body: &[u8],
    make: fn(Row) -> Option<T>,
) -> Result<JiraPage<T>, ApiError> {
    let listed: Listed = ApiError::read(operation, body)?;
    let is_last = listed.is_last.unwrap_or(listed.values.is_empty());
    let mut rows = Vec::new();
    for row in listed.values {
        let Some(made) = make(row) else {
            return Err(ApiError::not_understood(operation));
        };
        rows.push(made);
    }
    Ok(JiraPage {
        rows,
        is_last,
        total: listed.total,
    })
}

/// A person as these lists name one.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Named {
    account_id: Option<String>,
}

fn account(named: Option<Named>) -> Option<AccountId> {
    named?.account_id.map(AccountId)
}

/// A project.
#[derive(Debug, PartialEq, Eq)]
pub struct JiraProject {
    /// Its key, such as `OPS`.
    pub key: String,
    /// Who leads it, if it says so.
    pub lead: Option<AccountId>,
    /// Whether its issues are assigned to the lead unless somebody says otherwise. Lists seldom say; then they may be.
    pub assigns_lead: Option<bool>,
}

/// `GET /rest/api/3/project/search` as the app: live projects with their leads, from one on.
pub fn projects_page(start: u32) -> Request {
    let path = format!(
        "/rest/api/3/project/search?expand=lead&orderBy=key&startAt={start}&maxResults={ROWS_A_PAGE}"
    );
    jira(Service::JiraAsApp, path)
}

/// The projects of a page.
///
/// # Errors
/// An answer that is not what the API documents.
pub fn read_projects(body: &[u8]) -> Result<JiraPage<JiraProject>, ApiError> {
    read_page("reading Jira's projects", body, |project| {
        Some(JiraProject {
            key: project.key?,
            lead: account(project.lead),
            assigns_lead: project.assignee_type.map(|kind| kind != "UNASSIGNED"),
        })
    })
}

/// `GET /rest/api/3/project/{key}/component` as the app, from one on.
pub fn components_page(project: &str, start: u32) -> Request {
    let project = segment(project);
    let path =
        format!("/rest/api/3/project/{project}/component?startAt={start}&maxResults={ROWS_A_PAGE}");
    jira(Service::JiraAsApp, path)
}

/// The people whom each component of a page names: its lead, and whoever gets its issues.
///
/// # Errors
/// An answer that is not what the API documents.
pub fn read_components(body: &[u8]) -> Result<JiraPage<Vec<AccountId>>, ApiError> {
    read_page("reading a project's components", body, |component| {
        let named = [component.lead, component.assignee, component.real_assignee];
        Some(named.into_iter().filter_map(account).collect())
    })
}

/// A filter that the app can see.
#[derive(Debug, PartialEq, Eq)]
pub struct JiraFilter {
    /// Its id.
    pub id: String,
    /// Whose it is, if it says so.
    pub owner: Option<AccountId>,
    /// Whether anybody but the owner is subscribed; `None` where it does not say.
    pub has_others: Option<bool>,
}

/// `GET /rest/api/3/filter/search` as the app: filters with their owners and subscriptions, from one on.
pub fn filters_page(start: u32) -> Request {
    let path = format!(
        "/rest/api/3/filter/search?expand=owner,subscriptions&orderBy=id&startAt={start}&maxResults={ROWS_A_PAGE}"
    );
    jira(Service::JiraAsApp, path)
}

/// The filters of a page.
///
/// # Errors
/// An answer that is not what the API documents.
pub fn read_filters(body: &[u8]) -> Result<JiraPage<JiraFilter>, ApiError> {
    read_page("reading Jira's filters", body, |filter| {
        let owner = account(filter.owner);
        let is_owners = |subscription: Subscription| {
            let user = account(subscription.user);
            user.is_some() && user == owner
        };
        Some(JiraFilter {
            has_others: filter
                .subscriptions
                .map(|found| !found.into_iter().all(is_owners)),
            id: filter.id?,
            owner,
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(account: &str) -> AccountId {
        AccountId(account.into())
    }

    #[test]
    fn pages_are_asked_for_as_the_app() {
        let paths = [
            (
                projects_page(50),
                "/rest/api/3/project/search?expand=lead&orderBy=key&startAt=50&maxResults=50",
            ),
            (
                components_page("A B", 0),
                "/rest/api/3/project/A%20B/component?startAt=0&maxResults=50",
            ),
            (
                filters_page(7),
                "/rest/api/3/filter/search?expand=owner,subscriptions&orderBy=id&startAt=7&maxResults=50",
            ),
        ];
        for (request, path) in paths {
            assert_eq!(request.service, Service::JiraAsApp);
            assert_eq!(request.path, path);
        }
    }

    #[test]
    fn projects_name_their_leads_and_seldom_who_gets_their_issues() {
        let body = br#"{"isLast":false,"total":4,"values":[{"key":"A","lead":{"accountId":"a"}},
            {"key":"B","lead":{"accountId":"b"},"assigneeType":"UNASSIGNED"},
            {"key":"C","lead":{"displayName":"x"},"assigneeType":"PROJECT_LEAD"},{"key":"D"}]}"#;
        let page = read_projects(body).unwrap();
        assert_eq!((page.is_last, page.total), (false, Some(4)));
        let found: Vec<_> = page
            .rows
            .into_iter()
            .map(|row| (row.lead, row.assigns_lead))
            .collect();
        assert_eq!(
            found,
            [
                (Some(id("a")), None),
                (Some(id("b")), Some(false)),
                (None, Some(true)),
                (None, None),
            ]
        );
        for body in ["", "[]", r#"{"values":[{"id":"1"}]}"#, r#"{"isLast":true}"#] {
            assert!(read_projects(body.as_bytes()).is_err(), "{body}");
        }
    }

    #[test]
    fn a_component_names_its_lead_and_whoever_gets_its_issues() {
        let body = br#"{"isLast":true,"values":[{"id":"1","lead":{"accountId":"a"},"assignee":{"accountId":"b"},
            "realAssignee":{"accountId":"c"}},{"id":"2","assigneeType":"UNASSIGNED"}]}"#;
        let page = read_components(body).unwrap();
        assert!(page.is_last);
        assert_eq!(page.rows, [vec![id("a"), id("b"), id("c")], vec![]]);
    }

    #[test]
    fn others_are_whoever_is_subscribed_besides_the_owner() {
        let filter = |subscriptions: &str| {
            let body = format!(
                r#"{{"values":[{{"id":"1","owner":{{"accountId":"a"}}{subscriptions}}}]}}"#
            );
            let page = read_filters(body.as_bytes()).unwrap();
            // Nothing says that it is the last page, and it is not empty.
            assert!(!page.is_last);
            page.rows.into_iter().next().unwrap().has_others
        };
        for (subscriptions, expected) in [
            ("", None),
            (r#","subscriptions":[]"#, Some(false)),
            (
                r#","subscriptions":[{"id":1,"user":{"accountId":"a"}}]"#,
                Some(false),
            ),
            (
                r#","subscriptions":[{"id":1,"user":{"accountId":"a"}},{"id":2,"user":{"accountId":"b"}}]"#,
                Some(true),
            ),
            (
                r#","subscriptions":[{"id":1,"group":{"name":"g"}}]"#,
                Some(true),
            ),
        ] {
            assert_eq!(filter(subscriptions), expected, "{subscriptions}");
        }
        assert!(read_filters(br#"{"values":[]}"#).unwrap().is_last);
        for body in ["", "[]", r#"{"values":[{"key":"A"}]}"#] {
            assert!(read_filters(body.as_bytes()).is_err(), "{body}");
        }
    }
}
