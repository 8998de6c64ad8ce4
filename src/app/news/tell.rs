//! Telling the news: one message about all that is new, sent at most once.

use serde_json::json;

use super::book::NewsBook;
use super::change::change;
use super::look::reports_of;
use super::recipients::{named, recipients};
use super::send_report::give_up;
use crate::app::calls::{Asker, Calls};
use crate::app::commit::head;
use crate::app::documents::load;
use crate::app::records::{NewsItem, NewsMessage, Settings};
use crate::app::worker::WorkError;
use crate::atlassian::{ApiErrorKind, Recipients, comment, notify_all};
use crate::audit::{Actor, Entry, LogAction, Outcome, sha256_hex};
use crate::host::{Host, StorageError};
use crate::model::Time;
use crate::notice::{Mail, News, news};

/// The most pieces of news in one message; the rest is told at the next look.
const MOST_AT_ONCE: usize = 20;
/// Why a message is not sent that would reach nobody.
const NOBODY: &str =
    "none of the people to be told is an active user of this site's Jira: choose others";

/// Sends what waits to be told.
pub(in crate::app) async fn tell<H: Host>(host: &H) -> Result<(), WorkError> {
    give_up(host).await?;
    let book: NewsBook = load(host).await?;
    let is_out =
        |item: &NewsItem| matches!(item.message, NewsMessage::Waiting | NewsMessage::Trying);
    if !book.items.iter().any(is_out) {
        return Ok(());
    }
    let next = book.next().cloned().flatten();
    let settings: Settings = load(host).await?;
    let reports = reports_of(&settings);
    let is_told = next.is_some() || reports.tells_somebody();
    let Some(issue) = settings
        .notices
        .map(|notices| notices.issue)
        .filter(|_| is_told)
    else {
        begin(host, &next, NewsMessage::Nobody, usize::MAX).await?;
        return Ok(());
    };
    let calls = Calls::load(host, Asker::Job).await?;
    let to = match &next {
        Some(policy) => Some(named(&calls, policy).await?),
        None if reports.as_comment => None,
        None => Some(recipients(&calls, &reports.groups, &reports.people).await),
    };
    let items = begin(host, &next, NewsMessage::Trying, MOST_AT_ONCE).await?;
    if items.is_empty() {
        return Ok(());
    }
    let head = head(host).await?;
    let mail = mail(&items, (head.seq, &head.hash));
    let ended = send(&calls, &issue, to.as_ref(), &mail).await;
    Ok(settle(host, (&issue, &items), &mail, &ended).await?)
}

/// What came of a message, and why if it was not sent.
pub(in crate::app) struct Ended {
    pub(in crate::app) message: NewsMessage,
    pub(in crate::app) why: Option<String>,
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
            };
        }
        Some(to) => notify_all(issue, to, mail),
    };
    let sent = calls.send("telling administrators the news", request).await;
    let Err(error) = sent else {
        return Ended {
            message: NewsMessage::Sent,
            why: None,
        };
    };
    let why = format!("{error}: {}", error.hint());
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
    }
}

/// Notes that a message is about to be sent, or never will be, and about what. One that was about to be sent before, and never
/// settled, may have been sent.
async fn begin<H: Host>(
    host: &H,
    next: &Option<String>,
    to: NewsMessage,
    most: usize,
) -> Result<Vec<NewsItem>, StorageError> {
    let mut items = Vec::new();
    change(host, &mut |book| {
        book.give_up();
        items = book.turn(next, to, most);
        None
    })
    .await?;
    Ok(items)
}

/// Notes what came of a message.
async fn settle<H: Host>(
    host: &H,
    (issue, items): (&str, &[NewsItem]),
    mail: &Mail,
    ended: &Ended,
) -> Result<(), StorageError> {
    change(host, &mut |book| {
        if ended.message == NewsMessage::Waiting {
            book.settle(items, NewsMessage::Waiting, None);
            return None;
        }
        book.settle(items, ended.message, ended.why.as_deref());
        let entry = entry(host.now(), &Actor::Schedule, (issue, &mail.subject), ended);
        Some(Entry {
            after: Some(json!({"textSha256": sha256_hex(&mail.text)})),
            ..entry
        })
    })
    .await
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

pub(super) fn mail(items: &[NewsItem], head: (u32, &str)) -> Mail {
    let pieces: Vec<News<'_>> = items
        .iter()
        .map(|item| News {
            title: &item.title,
            text: &item.text,
        })
        .collect();
    news(&pieces, head)
}
