//! Inviting a person to a product: the only call that brings somebody into another directory, since people come into the
//! directories of the products to which they are invited (atlassian-apis §2.2).

use serde::Deserialize;
use serde_json::json;

use super::error::ApiError;
use super::error_body::shortened;
use super::escape::segment;
use super::request::post;
use crate::host::{Request, Secret};
use crate::model::{GroupId, Resource};

/// The word for what was not done.
const ERROR: &str = "ERROR";
/// What stands in the mail: without a text none is sent.
const MAIL: &str = "An administrator moves you to another directory of your organization. Use this invitation within 30 days: your present access ends after you have come in.";

/// Who is invited to what.
#[derive(Clone, Copy, Debug)]
pub struct Invitation<'a> {
    /// The person's e-mail address.
    pub email: &'a str,
    /// The product on a site.
    pub resource: &'a Resource,
    /// The role there, such as `atlassian/user`.
    pub role: &'a str,
    /// Groups that the person is to be in besides.
    pub groups: &'a [GroupId],
}

/// `POST /v2/orgs/{organization}/users/invite`: one person, with a mail that says so. Success is 200, or 206 where a part
/// failed; 402 without a paid subscription, 409 without a seat left.
pub fn invite(organization: &str, invitation: &Invitation<'_>, key: &Secret) -> Request {
    let mut body = json!({
        "emails": [invitation.email],
        "permissionRules": [{ "resource": invitation.resource, "role": invitation.role }],
        "sendNotification": true,
        "notificationText": MAIL,
    });
    if let Some(fields) = body
        .as_object_mut()
        .filter(|_| !invitation.groups.is_empty())
    {
        fields.insert(String::from("additionalGroups"), json!(invitation.groups));
    }
    let path = format!("/admin/v2/orgs/{}/users/invite", segment(organization));
    post(path, body.to_string(), key)
}

/// What became of an invitation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Invited {
    /// Why the person was not invited to the product, if so.
    pub refused: Option<String>,
    /// What failed besides, in words: groups.
    pub failed: Vec<String>,
}

#[derive(Deserialize)]
struct Body {
    data: Vec<Person>,
}

#[derive(Deserialize)]
struct Person {
    results: Option<Vec<Results>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Results {
    role_assignment_result: Option<Vec<Part>>,
    group_assignment_result: Option<Vec<Part>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Part {
    group: Option<String>,
    status: Option<String>,
    status_reason: Option<String>,
}

impl Part {
    fn failure(&self) -> Option<String> {
        let why = self.status_reason.as_deref().unwrap_or("no reason given");
        (self.status.as_deref() == Some(ERROR)).then(|| shortened(why))
    }
}

/// Reads the answer to the invitation of one person to one product. An answer of which a part failed (206), and that does not
/// say that the role was given, is a refusal.
///
/// # Errors
/// An answer that is not what the API documents.
pub fn read_invited(status: u16, body: &[u8]) -> Result<Invited, ApiError> {
    let body: Body = ApiError::read("inviting a person", body)?;
    let mut invited = Invited::default();
    let mut was_told = false;
    for results in body
        .data
        .iter()
        .filter_map(|one| one.results.as_ref())
        .flatten()
    {
        for part in results.role_assignment_result.iter().flatten() {
            was_told = true;
            invited.refused = part.failure().or(invited.refused);
        }
        for part in results.group_assignment_result.iter().flatten() {
            if let Some(why) = part.failure() {
                let group = part.group.as_deref().unwrap_or_default();
                invited
                    .failed
                    .push(format!("the group {}: {why}", shortened(group)));
            }
        }
    }
    if status == 206 && !was_told {
        invited.refused = Some(String::from("a part failed, and it was not said which"));
    }
    Ok(invited)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::host::Method;

    #[test]
    fn an_invitation_is_the_documented_request() {
        let (jira, key) = (
            Resource("ari:cloud:jira-software::site/1".into()),
            Secret("k".into()),
        );
        let groups = [GroupId("g".into())];
        let mut invitation = Invitation {
            email: "a@acme.example",
            resource: &jira,
            role: "atlassian/user",
            groups: &groups,
        };
        let request = invite("o/", &invitation, &key);
        assert_eq!(request.method, Method::Post);
        assert_eq!(request.path, "/admin/v2/orgs/o%2F/users/invite");
        let body: serde_json::Value = serde_json::from_str(&request.body.unwrap()).unwrap();
        assert_eq!(
            body,
            json!({
                "emails": ["a@acme.example"],
                "permissionRules": [{"resource": "ari:cloud:jira-software::site/1", "role": "atlassian/user"}],
                "additionalGroups": ["g"],
                "sendNotification": true,
                "notificationText": MAIL,
            })
        );
        invitation.groups = &[];
        let body = invite("o", &invitation, &key).body.unwrap();
        assert!(!body.contains("additionalGroups"), "{body}");
    }

    #[test]
    fn what_failed_is_told_apart() {
        let answer = |role: &str, group: &str| {
            format!(
                r#"{{"data":[{{"id":"1","email":"a@acme.example","results":[
                {{"roleAssignmentResult":[{role}],"groupAssignmentResult":[{group}]}}]}}]}}"#
            )
        };
        let done = r#"{"status":"INVITED","statusReason":null}"#;
        let full = r#"{"status":"ERROR","statusReason":"no seat"}"#;
        let silent = r#"{"status":"ERROR"}"#;
        let group = r#"{"group":"g","status":"ERROR","statusReason":"synced"}"#;
        let nobody = r#"{"data":[]}"#.to_owned();
        for (status, body, refused, failed) in [
            (200, answer(done, done), None, 0),
            (206, answer(full, done), Some("no seat"), 0),
            (200, answer(silent, ""), Some("no reason given"), 0),
            (206, answer(done, group), None, 1),
            (200, answer("", ""), None, 0),
            (
                206,
                answer("", ""),
                Some("a part failed, and it was not said which"),
                0,
            ),
            (200, nobody.clone(), None, 0),
            (
                206,
                nobody,
                Some("a part failed, and it was not said which"),
                0,
            ),
        ] {
            let invited = read_invited(status, body.as_bytes()).unwrap();
            assert_eq!(invited.refused.as_deref(), refused, "{status} {body}");
            assert_eq!(invited.failed.len(), failed, "{status} {body}");
        }
        assert!(read_invited(200, b"{").is_err());
    }
}
