//! Telling the news: one message about all that is new, sent at most once.

use serde_json::json;

use super::book::NewsBook;
use super::change::change;
use super::look::reports_of;
use crate::app::calls::{Asker, Calls};
use crate::app::commit::head;
use crate::app::documents::load;
use crate::app::records::{NewsItem, NewsMessage, Settings};
use crate::app::worker::WorkError;
use crate::atlassian::{ApiError, ApiErrorKind, comment, notify_groups};
use crate::audit::{Actor, Entry, LogAction, Outcome, sha256_hex};
use crate::host::{Host, StorageError};
use crate::model::GroupId;
use crate::notice::{Mail, News, news};

/// The most pieces of news in one message; the rest is told at the next look.
const MOST_AT_ONCE: usize = 20;

/// Sends what waits to be told.
pub(in crate::app) async fn tell<H: Host>(host: &H) -> Result<(), WorkError> {
    let book: NewsBook = load(host).await?;
    let is_out =
        |item: &NewsItem| matches!(item.message, NewsMessage::Waiting | NewsMessage::Trying);
    if !book.items.iter().any(is_out) {
        return Ok(());
    }
    let settings: Settings = load(host).await?;
    let reports = reports_of(&settings);
    let Some(issue) = settings
        .notices
        .map(|notices| notices.issue)
        .filter(|_| reports.tells_somebody())
    else {
        return Ok(let_be(host).await?);
    };
    let items = begin(host).await?;
    if items.is_empty() {
        return Ok(());
    }
    let head = head(host).await?;
    let mail = mail(&items, (head.seq, &head.hash));
    let request = if reports.as_comment {
        comment(&issue, &format!("{}\n{}", mail.subject, mail.text))
    } else {
        let groups: Vec<&GroupId> = reports.groups.iter().map(|group| &group.id).collect();
        notify_groups(&issue, &groups, &mail)
    };
    let calls = Calls::load(host, Asker::Job).await?;
    let sent = calls.send("telling administrators the news", request).await;
    Ok(settle(host, (&issue, &items), &mail, sent.err()).await?)
}

/// Notes that a message is about to be sent, and about what. One that was about to be sent before, and never settled, may
/// have been sent.
async fn begin<H: Host>(host: &H) -> Result<Vec<NewsItem>, StorageError> {
    let mut items = Vec::new();
    change(host, &mut |book| {
        give_up(book);
        let (from, to) = (NewsMessage::Waiting, NewsMessage::Trying);
        items = book.turn(from, to, MOST_AT_ONCE, None);
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
    error: Option<ApiError>,
) -> Result<(), StorageError> {
    let (state, outcome) = match error.as_ref().map(|error| error.kind) {
        None => (NewsMessage::Sent, Some(Outcome::Done)),
        // No call was made, or it was refused for its pace: it is told later.
        Some(ApiErrorKind::RateLimited { .. }) => (NewsMessage::Waiting, None),
        Some(ApiErrorKind::Server | ApiErrorKind::NoAnswer | ApiErrorKind::NotUnderstood) => {
            (NewsMessage::Unclear, Some(Outcome::Failed))
        }
        Some(_) => (NewsMessage::Refused, Some(Outcome::Failed)),
    };
    let why = error
        .filter(|_| outcome.is_some())
        .map(|error| format!("{error}: {}", error.hint()));
    change(host, &mut |book| {
        book.settle(items, state, why.as_deref());
        let reason = match &why {
            None => mail.subject.clone(),
            Some(why) => format!("{} ({why})", mail.subject),
        };
        Some(Entry {
            subject: Some(issue.to_owned()),
            reason: Some(reason),
            after: Some(json!({"textSha256": sha256_hex(&mail.text)})),
            ..Entry::new(host.now(), &Actor::Schedule, LogAction::Report, outcome?)
        })
    })
    .await
}

/// What was about to be sent before, and never settled, may have been sent.
fn give_up(book: &mut NewsBook) {
    let lost = "the invocation that sent it ended before Jira's answer";
    let (from, to) = (NewsMessage::Trying, NewsMessage::Unclear);
    book.turn(from, to, usize::MAX, Some(lost));
}

/// Sends nothing of what waits: nobody is told any more.
async fn let_be<H: Host>(host: &H) -> Result<(), StorageError> {
    change(host, &mut |book| {
        give_up(book);
        let (from, to) = (NewsMessage::Waiting, NewsMessage::Nobody);
        book.turn(from, to, usize::MAX, None);
        None
    })
    .await
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
