//! Mail that Jira sends for the app, and whom it reaches.

use serde::Deserialize;
use serde_json::{Value, json};

use super::error::ApiError;
use super::escape::segment;
use super::jira::users_by_ids;
use super::request::jira;
use crate::host::{Method, Request, Service};
use crate::model::{AccountId, GroupId};
use crate::notice::Mail;

/// `POST /rest/api/3/issue/{key}/notify` as the app: Jira sends a mail about the issue to one person. 204 says that it was
/// queued. Whoever is not active on the site gets nothing, and Jira does not say so: ask [`people_of_site`] before.
pub fn notify(issue: &str, account: &AccountId, mail: &Mail) -> Request {
    mail_to(issue, mail, &json!({"users": [{"accountId": account}]}))
}

/// To whom a mail goes that several get.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Recipients {
    /// Groups by id.
    pub group_ids: Vec<GroupId>,
    /// Groups by name.
    pub group_names: Vec<String>,
    /// People.
    pub people: Vec<AccountId>,
}

impl Recipients {
    /// Whether it goes to nobody.
    pub fn is_empty(&self) -> bool {
        self.group_ids.is_empty() && self.group_names.is_empty() && self.people.is_empty()
    }
}

/// The same to people and to the members of some groups. 400 when nobody of them can get it, or a group is not there.
pub fn notify_all(issue: &str, to: &Recipients, mail: &Mail) -> Request {
    let each = |field: &str, value: &str| json!({ field: value });
    let names = to.group_names.iter().map(|name| each("name", name));
    let people = to.people.iter().map(|one| each("accountId", one.as_str()));
    let to = json!({
        "groupIds": to.group_ids,
        "groups": names.collect::<Vec<_>>(),
        "users": people.collect::<Vec<_>>(),
    });
    mail_to(issue, mail, &to)
}

fn mail_to(issue: &str, mail: &Mail, to: &Value) -> Request {
    let body = json!({
        "subject": mail.subject,
        "textBody": mail.text,
        "htmlBody": mail.html,
        "to": to,
    });
    let issue = segment(issue);
    Request {
        method: Method::Post,
        body: Some(body.to_string()),
        ..jira(
            Service::JiraAsApp,
            format!("/rest/api/3/issue/{issue}/notify"),
        )
    }
}

/// `GET /rest/api/3/user/bulk` as the app: who of some people is a user of this site, and active.
pub fn people_of_site(accounts: &[AccountId]) -> Request {
    users_by_ids(Service::JiraAsApp, accounts)
}

/// A user of the site.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PersonOfSite {
    /// Who.
    pub account_id: AccountId,
    /// Whether they can use the site: whoever cannot gets no mail of it.
    #[serde(default)]
    pub active: bool,
    /// The name as others see it.
    #[serde(default)]
    pub display_name: Option<String>,
    /// The language of the person's profile, such as `de_DE`.
    #[serde(default)]
    pub locale: Option<String>,
}

/// The users of the site among those who were asked for; whoever is none is not named.
///
/// # Errors
/// An answer that is not what the API documents.
pub fn read_people_of_site(body: &[u8]) -> Result<Vec<PersonOfSite>, ApiError> {
    #[derive(Deserialize)]
    struct Page {
        values: Vec<PersonOfSite>,
    }
    let page: Page = ApiError::read("asking Jira who can get mail", body)?;
    Ok(page.values)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mail_goes_to_one_person_about_an_issue() {
        let mail = Mail {
            subject: "Subject".into(),
            text: "Text".into(),
            html: "<p>Text</p>".into(),
        };
        let request = notify("LIFE-1", &AccountId("557058:a".into()), &mail);
        assert_eq!(request.service, Service::JiraAsApp);
        assert_eq!(request.method, Method::Post);
        assert_eq!(request.path, "/rest/api/3/issue/LIFE-1/notify");
        let body: serde_json::Value = serde_json::from_str(&request.body.unwrap()).unwrap();
        assert_eq!(
            body,
            json!({"subject": "Subject", "textBody": "Text", "htmlBody": "<p>Text</p>",
                "to": {"users": [{"accountId": "557058:a"}]}})
        );
        let to = Recipients {
            group_ids: vec![GroupId("g-1".into())],
            group_names: vec!["it-admins".into()],
            people: vec![AccountId("557058:b".into())],
        };
        let request = notify_all("LIFE-1", &to, &mail);
        let body: serde_json::Value = serde_json::from_str(&request.body.unwrap()).unwrap();
        assert_eq!(
            body["to"],
            json!({"groupIds": ["g-1"], "groups": [{"name": "it-admins"}], "users": [{"accountId": "557058:b"}]})
        );
    }

    #[test]
    fn only_who_is_said_to_be_active_is_active() {
        let request = people_of_site(&[AccountId("a:1".into()), AccountId("b".into())]);
        assert_eq!(
            request.path,
            "/rest/api/3/user/bulk?maxResults=50&accountId=a%3A1&accountId=b"
        );
        for (body, expected) in [
            (
                r#"{"values":[{"accountId":"a","active":true,"displayName":"Ada","locale":"de_DE"},{"accountId":"b","active":false},{"accountId":"c"}]}"#,
                Some(vec![("a", true), ("b", false), ("c", false)]),
            ),
            (r#"{"values":[]}"#, Some(Vec::new())),
            ("[]", None),
        ] {
            let read = read_people_of_site(body.as_bytes()).ok();
            let read: Option<Vec<_>> = read.as_ref().map(|people| {
                let pairs = people.iter();
                pairs
                    .map(|person| (person.account_id.as_str(), person.active))
                    .collect()
            });
            assert_eq!(read, expected, "{body}");
        }
    }
}
