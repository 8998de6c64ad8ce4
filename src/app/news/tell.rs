//! Telling the news: one message about all that is new, sent at most once by each way.

use serde_json::json;

use super::book::NewsBook;
use super::change::change;
use super::look::reports_of;
use super::recipients::{named, recipients};
use super::send_report::give_up;
use super::sending::{Ended, entry, send};
use super::under_way::{WAYS, Way, is_out};
use crate::app::calls::{Asker, Calls};
use crate::app::commit::head;
use crate::app::documents::load;
use crate::app::records::{NewsItem, Settings};
use crate::app::worker::WorkError;
use crate::atlassian::{USERS_A_CALL, people_of_site, read_people_of_site};
use crate::audit::{Actor, Entry, sha256_hex};
use crate::host::{Host, StorageError};
use crate::model::AccountId;
use crate::notice::{Mail, News, news};

/// Sends what waits to be told. One way that fails keeps the other from nothing.
pub(in crate::app) async fn tell<H: Host>(host: &H) -> Result<(), WorkError> {
    give_up(host).await?;
    let book: NewsBook = load(host).await?;
    if !book.items.iter().any(is_out) {
        return Ok(());
    }
    let mut told = Ok(());
    for way in WAYS {
        told = told.and(tell_by(host, way).await);
    }
    told
}

async fn tell_by<H: Host>(host: &H, way: Way) -> Result<(), WorkError> {
    let settings: Settings = load(host).await?;
    let reports = reports_of(&settings);
    let is_told = match way {
        Way::Message => reports.tells_somebody(),
        Way::Comment => reports.as_comment,
    };
    let has_issue = settings.notices.is_some();
    let is_comment = way == Way::Comment || !reports.mails();
    change(host, &mut |book| {
        // One that was about to be sent before, and never settled, may have been sent.
        book.give_up();
        book.drop_waiting(way, &|item| match item.report {
            Some(_) => !has_issue,
            // Its comment goes by its own way, whatever was said since it was noted.
            None => {
                let has_comment = way == Way::Message && item.comment.is_some();
                !has_issue || !is_told || (has_comment && is_comment)
            }
        });
        None
    })
    .await?;
    let book: NewsBook = load(host).await?;
    let now = host.now();
    let Some(next) = book.due(way, now).next().map(|item| item.report.clone()) else {
        return Ok(());
    };
    let Some(issue) = settings.notices.map(|notices| notices.issue) else {
        return Ok(());
    };
    let calls = Calls::load(host, Asker::Job).await?;
    let to = match &next {
        Some(policy) => Some(named(&calls, policy).await?),
        None if is_comment => None,
        None => Some(recipients(&calls, &reports.groups, &reports.people).await),
    };
    // Whoever may browse the issue reads a comment: there an id must do.
    let names = match to {
        Some(_) => names(&calls, &book, way).await,
        None => Vec::new(),
    };
    let mut items = Vec::new();
    change(host, &mut |book| {
        items = book.turn(way, now, &next);
        None
    })
    .await?;
    if items.is_empty() {
        return Ok(());
    }
    let head = head(host).await?;
    let mail = mail(&items, &names, (head.seq, &head.hash));
    let ended = send(&calls, &issue, to.as_ref(), &mail).await;
    Ok(settle(host, (way, &issue, &items), &mail, &ended).await?)
}

/// What the people are called whom the news is about, as far as Jira says it: told, and stored nowhere (RULES R14).
async fn names<H: Host>(calls: &Calls<'_, H>, book: &NewsBook, way: Way) -> Vec<(String, String)> {
    let due = book.due(way, calls.host.now());
    let mut accounts: Vec<AccountId> = due.filter_map(|item| item.subject.clone()).collect();
    accounts.dedup();
    accounts.truncate(USERS_A_CALL);
    if accounts.is_empty() {
        return Vec::new();
    }
    let answer = calls.send("asking Jira for names", people_of_site(&accounts));
    let answer = answer.await.ok();
    let people = answer.and_then(|answer| read_people_of_site(&answer.body).ok());
    let people = people.unwrap_or_default().into_iter();
    let named = people.map(|person| (person.account_id.0, person.display_name));
    named.filter_map(|(id, name)| Some((id, name?))).collect()
}

/// Notes what came of a message.
async fn settle<H: Host>(
    host: &H,
    (way, issue, items): (Way, &str, &[NewsItem]),
    mail: &Mail,
    ended: &Ended,
) -> Result<(), StorageError> {
    change(host, &mut |book| {
        if !book.settle((way, host.now()), items, ended) {
            return None;
        }
        let entry = entry(host.now(), &Actor::Schedule, (issue, &mail.subject), ended);
        Some(Entry {
            after: Some(json!({"textSha256": sha256_hex(&mail.text)})),
            ..entry
        })
    })
    .await
}

/// The message about some pieces. Whoever has no name is told by the id.
pub(super) fn mail(items: &[NewsItem], names: &[(String, String)], head: (u32, &str)) -> Mail {
    let mut texts = Vec::new();
    for item in items {
        texts.push(match &item.subject {
            None => item.text.clone(),
            Some(account) => {
                let named = names.iter().find(|(id, _)| *id == account.0);
                let who =
                    named.map_or_else(|| account.0.clone(), |(id, name)| format!("{name} ({id})"));
                format!("{} Who it is about: {who}.", item.text)
            }
        });
    }
    let pieces = items.iter().zip(&texts).map(|(item, text)| News {
        title: &item.title,
        text,
    });
    news(&pieces.collect::<Vec<_>>(), head)
}
