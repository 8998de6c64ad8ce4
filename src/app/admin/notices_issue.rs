//! The issue that messages are sent from: made in a project of the administrator's choice, and tried.

use serde::Serialize;
use serde_json::{Value, json};

use super::error::AdminError;
use super::settings_asked::issue_types;
use super::settings_mistakes::{is_issue_key, is_project_key};
use super::webhook::note;
use super::{Answer, Caller, ReportSent};
use crate::app::calls::{Asker, Calls};
use crate::app::commit::head;
use crate::app::records::NewsMessage;
use crate::atlassian::{
    ApiError, ApiErrorKind, IssueType, NewIssue, create_issue, notify, read_created_issue,
};
use crate::audit::{Actor, Entry, LogAction, Outcome, sha256_hex};
use crate::host::Host;
use crate::notice::{News, news};

/// An issue that was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct NoticesIssue {
    /// Its key.
    pub issue: String,
}

/// The type whose issues ask for nothing that the app could not fill in, where a project has one.
const USUAL_TYPE: &str = "Task";
/// The one that groups others, and wants a name of its own in some projects. Most languages call it so.
const GROUPING_TYPE: &str = "Epic";

const LABEL: &str = "seatkeeper-messages";
const SUMMARY: &str = "Seatkeeper: messages to people are sent from this issue";
const TEXT: [&str; 3] = [
    "Seatkeeper tells people before it takes an access that they no longer use, and tells administrators what is new. An app has no mail service of its own, so Jira sends the mail: as notifications of this issue.",
    "Everybody who is written to should be able to browse this issue. Keep it, and keep it in a project that these people may browse: messages may not reach them otherwise.",
    "Which issue messages are sent from is said in Seatkeeper's settings, under Messages.",
];

/// Creates the issue, and answers its key: it is in use once the settings name it.
///
/// A kill between the creation and the answer leaves an issue that no settings name, perhaps without an entry in the log. It
/// does nothing and can be deleted. Nothing is created again by itself: another issue comes from another press only.
pub(super) async fn create<H: Host>(
    host: &H,
    caller: &Caller,
    project: &str,
) -> Result<Answer, AdminError> {
    if !is_project_key(project) {
        let why = "say the key of one project, such as LIFE";
        return Err(AdminError::Invalid(String::from(why)));
    }
    let calls = Calls::load(host, Asker::Person).await?;
    let types = issue_types(&calls, project, "$.project").await??;
    let Some(issue_type) = usual(&types) else {
        let why = format!(
            "the project {project} has no type of issues for this: name another project, or create an issue by hand and enter its key"
        );
        return Err(AdminError::Invalid(why));
    };
    let request = create_issue(&NewIssue {
        project,
        issue_type: &issue_type.id,
        summary: SUMMARY,
        paragraphs: &TEXT.map(String::from),
        label: LABEL,
        property: json!({"messages": true}),
    });
    let answer = calls.send("creating the issue for messages", request).await;
    let made = answer.and_then(|answer| read_created_issue(&answer.body));
    let (subject, failure) = match &made {
        Ok(issue) => (issue.key.as_str(), None),
        Err(error) if is_unclear(error) => (
            project,
            Some(format!(
                "whether the issue was created is not known ({error}): look into the project {project} before you try again"
            )),
        ),
        Err(error) if error.is_refused_for_good() => {
            let why = format!(
                "jira created no issue in the project {project} ({}): let the app create issues there, name another project, or create an issue by hand and enter its key",
                error.detail
            );
            return Err(AdminError::Invalid(why));
        }
        Err(error) => return Err(AdminError::from(error.clone())),
    };
    let action = LogAction::CreateNoticesIssue;
    let after = json!({ "project": project });
    note(
        host,
        entry(host, caller, action, subject, (after, &failure)),
        None,
    )
    .await?;
    match (made, failure) {
        (Ok(issue), _) => Ok(Answer::NoticesIssue(NoticesIssue { issue: issue.key })),
        (Err(_), failure) => Err(AdminError::WrongState(failure.unwrap_or_default())),
    }
}

/// The type of which the issue becomes one.
fn usual(types: &[IssueType]) -> Option<&IssueType> {
    let alone = || types.iter().filter(|one| !one.subtask);
    let named = alone().find(|one| one.name == USUAL_TYPE);
    named.or_else(|| alone().find(|one| one.name != GROUPING_TYPE))
}

/// Sends the caller a message over an issue, as a warning would be sent: whether it is in use or not.
pub(super) async fn test<H: Host>(
    host: &H,
    caller: &Caller,
    issue: &str,
) -> Result<Answer, AdminError> {
    if !is_issue_key(issue) {
        let why = "an issue is named by its key, such as LIFE-1";
        return Err(AdminError::Invalid(String::from(why)));
    }
    let head = head(host).await?;
    let piece = News {
        title: "This is a test",
        text: "You asked for it in the settings. Warnings to people are sent in the same way, over the same issue.",
    };
    let mail = news(&[piece], (head.seq, &head.hash));
    let calls = Calls::load(host, Asker::Person).await?;
    let request = notify(issue, &caller.account_id, &mail);
    let sent = calls.send("sending you a test message", request).await;
    let failure = sent.err().map(|error| not_sent(issue, &error));
    let action = LogAction::Report;
    let after = json!({"textSha256": sha256_hex(&mail.text)});
    note(
        host,
        entry(host, caller, action, issue, (after, &failure)),
        None,
    )
    .await?;
    match failure {
        Some(why) => Err(AdminError::WrongState(why)),
        None => Ok(Answer::ReportSent(ReportSent {
            message: NewsMessage::Sent,
            why: None,
        })),
    }
}

/// What Jira's answer to a test message means, and what to do.
fn not_sent(issue: &str, error: &ApiError) -> String {
    let detail = &error.detail;
    match error.http {
        Some(403) => format!(
            "jira sends no mail ({detail}): outgoing mail is off, so switch it on in jira's system settings"
        ),
        Some(404) => format!(
            "jira shows the app no issue {issue} ({detail}): correct the key, or let the app browse its project"
        ),
        Some(400) => format!(
            "jira sends you nothing over {issue} ({detail}): see whether you are an active user of this site who may browse it"
        ),
        _ if is_unclear(error) => format!(
            "whether the message was sent is not known ({error}): look into your mailbox before you send another one"
        ),
        _ => format!("the message was not sent: {error}: {}", error.hint()),
    }
}

/// Whether something may have been done by a call that failed.
fn is_unclear(error: &ApiError) -> bool {
    matches!(
        error.kind,
        ApiErrorKind::Server | ApiErrorKind::NoAnswer | ApiErrorKind::NotUnderstood
    )
}

fn entry<H: Host>(
    host: &H,
    caller: &Caller,
    action: LogAction,
    subject: &str,
    (after, failure): (Value, &Option<String>),
) -> Entry {
    let actor = Actor::Person(caller.account_id.clone());
    let outcome = match failure {
        None => Outcome::Done,
        Some(_) => Outcome::Failed,
    };
    Entry {
        subject: Some(subject.to_owned()),
        reason: failure.clone(),
        after: Some(after),
        ..Entry::new(host.now(), &actor, action, outcome)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_type_is_one_that_stands_alone() {
        let types = |names: &[(&str, bool)]| -> Vec<IssueType> {
            let of = |(name, subtask): &(&str, bool)| IssueType {
                id: (*name).to_owned(),
                name: (*name).to_owned(),
                subtask: *subtask,
                statuses: Vec::new(),
            };
            names.iter().map(of).collect()
        };
        for (names, expected) in [
            (
                &[("Sub-task", true), ("Bug", false), ("Task", false)][..],
                Some("Task"),
            ),
            (&[("Epic", false), ("Aufgabe", false)], Some("Aufgabe")),
            (&[("Task", true), ("Vorfall", false)], Some("Vorfall")),
            (&[("Epic", false), ("Unteraufgabe", true)], None),
            (&[], None),
        ] {
            let types = types(names);
            assert_eq!(usual(&types).map(|one| one.id.as_str()), expected);
        }
    }
}
