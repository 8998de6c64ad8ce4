//! Sending the report of a run now, to people of somebody's choice: once for each press of the button (docs/decisions/0013).

use serde::{Deserialize, Serialize};
use serde_json::json;

use super::recipients::recipients;
use super::report::mail;
use super::sending::{Ended, entry, send};
use super::under_way::LOST;
use crate::app::calls::{Asker, Calls};
use crate::app::commit::{Change, commit, head};
use crate::app::documents::{Document, load, set};
use crate::app::records::{NewsMessage, RoleGroup, Run};
use crate::audit::{Actor, Entry, sha256_hex};
use crate::host::{Host, StorageError};
use crate::model::{AccountId, DAY, Time};

/// So many reports are remembered.
const MOST_SENT: usize = 50;
/// An invocation that sends a report is over after so many seconds, whatever became of it.
const SENDING_SECONDS: i64 = 60;

/// The reports that people sent, the newest last: each is remembered for a day, so that one press sends one.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
struct SentReports {
    sent: Vec<SentReport>,
}

impl Document for SentReports {
    const KEY: &'static str = "sent-reports";
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct SentReport {
    press: String,
    run: String,
    by: AccountId,
    at: Time,
    message: NewsMessage,
    why: Option<String>,
}

/// Somebody's press of the button.
#[derive(Clone, Debug)]
pub(in crate::app) struct Press {
    /// Which press it is: the page says the same again when it asks again.
    pub(in crate::app) id: String,
    pub(in crate::app) by: AccountId,
    /// The issue that mail is about.
    pub(in crate::app) issue: String,
    pub(in crate::app) people: Vec<AccountId>,
    pub(in crate::app) groups: Vec<RoleGroup>,
    /// A line of the sender.
    pub(in crate::app) note: Option<String>,
    /// The SHA-256 of the evidence bundle that the sender's page made.
    pub(in crate::app) bundle: Option<String>,
}

/// Sends the report of a run; nothing for one at work. Answers what came of this press, whoever asks for it again.
pub(in crate::app) async fn send_report<H: Host>(
    host: &H,
    run: &Run,
    press: &Press,
) -> Result<Option<Ended>, StorageError> {
    let head = head(host).await?;
    let said = (press.note.as_deref(), press.bundle.as_deref());
    let Some(mail) = mail(host, run, said, (head.seq, &head.hash)).await? else {
        return Ok(None);
    };
    let calls = Calls::load(host, Asker::Person).await?;
    let to = recipients(&calls, &press.groups, &press.people).await;
    if let Some(before) = begin(host, run, press).await? {
        return Ok(Some(before));
    }
    let ended = send(&calls, &press.issue, Some(&to), &mail).await;
    settle(host, &press.id, &ended, &|one| {
        let groups: Vec<_> = to.group_ids.iter().map(|id| &id.0).collect();
        let actor = Actor::Person(one.by.clone());
        Entry {
            after: Some(json!({
                "people": to.people,
                "groups": groups,
                "textSha256": sha256_hex(&mail.text),
            })),
            run: Some(run.id.clone()),
            policy: Some(run.policy.id.clone()),
            ..entry(host.now(), &actor, (&press.issue, &mail.subject), &ended)
        }
    })
    .await?;
    Ok(Some(ended))
}

/// Notes that a report is about to be sent; answers what came of it where that was noted before.
async fn begin<H: Host>(host: &H, run: &Run, press: &Press) -> Result<Option<Ended>, StorageError> {
    commit(host, async || {
        let mut book: SentReports = load(host).await?;
        let mut sent = book.sent.iter();
        if let Some(before) = sent.find(|one| one.press == press.id) {
            let ended = Ended {
                message: before.message,
                why: before.why.clone(),
                may_pass: false,
            };
            return Ok((Change::default(), Some(ended)));
        }
        let now = host.now();
        let is_kept =
            |one: &SentReport| one.message == NewsMessage::Trying || now.since(one.at) < DAY;
        book.sent.retain(is_kept);
        let surplus = (book.sent.len() + 1).saturating_sub(MOST_SENT);
        book.sent.drain(..surplus);
        book.sent.push(SentReport {
            press: press.id.clone(),
            run: run.id.clone(),
            by: press.by.clone(),
            at: now,
            message: NewsMessage::Trying,
            why: None,
        });
        let change = Change {
            writes: vec![set(&book)?],
            ..Change::default()
        };
        Ok((change, None))
    })
    .await
}

/// Notes what came of a report, once. One that was surely not sent for its pace is forgotten: it may be sent again.
async fn settle<H: Host>(
    host: &H,
    press: &str,
    ended: &Ended,
    entry: &dyn Fn(&SentReport) -> Entry,
) -> Result<(), StorageError> {
    commit(host, async || {
        let mut book: SentReports = load(host).await?;
        let mut change = Change::default();
        let mut sent = book.sent.iter_mut();
        let under_way = sent.find(|one| one.press == press && one.message == NewsMessage::Trying);
        let Some(one) = under_way else {
            return Ok((change, ()));
        };
        one.message = ended.message;
        one.why.clone_from(&ended.why);
        if ended.message == NewsMessage::Waiting {
            book.sent.retain(|one| one.press != press);
        } else {
            change.entries.push(entry(one));
        }
        change.writes.push(set(&book)?);
        Ok((change, ()))
    })
    .await
}

/// Settles reports whose invocation ended before it settled them: whether they were sent is not known.
pub(super) async fn give_up<H: Host>(host: &H) -> Result<(), StorageError> {
    let book: SentReports = load(host).await?;
    let is_lost = |one: &&SentReport| {
        one.message == NewsMessage::Trying && host.now().since(one.at) >= SENDING_SECONDS
    };
    for lost in book.sent.iter().filter(is_lost) {
        let ended = Ended {
            message: NewsMessage::Unclear,
            why: Some(LOST.to_owned()),
            may_pass: false,
        };
        settle(host, &lost.press, &ended, &|one| {
            let actor = Actor::Person(one.by.clone());
            Entry {
                run: Some(one.run.clone()),
                subject: None,
                ..entry(host.now(), &actor, ("", "Seatkeeper: report"), &ended)
            }
        })
        .await?;
    }
    Ok(())
}
