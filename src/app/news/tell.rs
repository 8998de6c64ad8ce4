//! Telling the news: one message about all that is new, sent at most once.

use serde_json::json;

use super::book::NewsBook;
use super::change::change;
use super::look::reports_of;
use super::recipients::{named, recipients};
use super::send_report::give_up;
use super::sending::{Ended, entry, send};
use crate::app::calls::{Asker, Calls};
use crate::app::commit::head;
use crate::app::documents::load;
use crate::app::records::{NewsItem, NewsMessage, Settings};
use crate::app::worker::WorkError;
use crate::audit::{Actor, Entry, sha256_hex};
use crate::host::{Host, StorageError};
use crate::notice::{Mail, News, news};

/// The most pieces of news in one message; the rest is told at the next look.
const MOST_AT_ONCE: usize = 20;

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
