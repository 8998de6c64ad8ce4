//! One message to administrators on its way, and what came of it.

use crate::app::calls::Calls;
use crate::app::records::NewsMessage;
use crate::atlassian::{ApiErrorKind, Recipients, comment, notify_all};
use crate::audit::{Actor, Entry, LogAction, Outcome};
use crate::host::Host;
use crate::model::Time;
use crate::notice::Mail;

/// Why a message is not sent that would reach nobody.
const NOBODY: &str =
    "none of the people to be told is an active user of this site's Jira: choose others";

/// What came of a message, and why if it was not sent.
pub(in crate::app) struct Ended {
    pub(in crate::app) message: NewsMessage,
    pub(in crate::app) why: Option<String>,
    /// Whether it was surely not sent for something that may pass, such as outgoing mail that is switched off.
    pub(in crate::app) may_pass: bool,
}

/// Sends a message once, by mail or as a comment.
pub(super) async fn send<H: Host>(
    calls: &Calls<'_, H>,
    issue: &str,
    to: Option<&Recipients>,
    mail: &Mail,
) -> Ended {
    let request = match to {
        None => comment(issue, &format!("{}\n{}", mail.subject, mail.text)),
        Some(to) if to.is_empty() => {
            return Ended {
                message: NewsMessage::Refused,
                why: Some(NOBODY.to_owned()),
                may_pass: false,
            };
        }
        Some(to) => notify_all(issue, to, mail),
    };
    let sent = calls.send("telling administrators the news", request).await;
    let Err(error) = sent else {
        return Ended {
            message: NewsMessage::Sent,
            why: None,
            may_pass: false,
        };
    };
    let hint = match error.kind {
        ApiErrorKind::NotFound => {
            "look whether the issue is there and the app may see it, or name another one in the settings"
        }
        _ => error.hint(),
    };
    let why = format!("{error}: {hint}");
    let message = match error.kind {
        // No call was made, or it was refused for its pace: it is told later.
        ApiErrorKind::RateLimited { .. } => NewsMessage::Waiting,
        ApiErrorKind::Server | ApiErrorKind::NoAnswer | ApiErrorKind::NotUnderstood => {
            NewsMessage::Unclear
        }
        _ => NewsMessage::Refused,
    };
    Ended {
        message,
        why: Some(why),
        may_pass: matches!(
            error.kind,
            ApiErrorKind::JiraRefused | ApiErrorKind::ScopeMissing | ApiErrorKind::NotFound
        ),
    }
}

/// What the log says of a message.
pub(super) fn entry(
    now: Time,
    actor: &Actor,
    (issue, subject): (&str, &str),
    ended: &Ended,
) -> Entry {
    let (outcome, reason) = match &ended.why {
        None => (Outcome::Done, subject.to_owned()),
        Some(why) => (Outcome::Failed, format!("{subject} ({why})")),
    };
    Entry {
        subject: Some(issue.to_owned()),
        reason: Some(reason),
        ..Entry::new(now, actor, LogAction::Report, outcome)
    }
}
