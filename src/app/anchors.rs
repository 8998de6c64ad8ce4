//! A head of the log for each day: what an auditor compares with the values that were written down outside of the app. One
//! place outside is a Jira issue of the administrator's choice, on which each day's head is a comment.

use serde::{Deserialize, Serialize};

use super::calls::{Asker, Calls};
use super::commit::{Change, commit, head};
use super::documents::{Document, load, set};
use super::records::{Anchor, Settings};
use super::worker::WorkError;
use crate::atlassian::comment;
use crate::audit::{Actor, Entry, LogAction, Outcome};
use crate::host::Host;

/// For so many days the heads are kept: an audit looks back on a year.
const DAYS: usize = 400;

/// The heads, oldest first.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct AnchorBook {
    pub(super) anchors: Vec<Anchor>,
    /// The newest day whose head is written down on an issue, or could not be.
    #[serde(default)]
    published: Option<String>,
}

impl Document for AnchorBook {
    const KEY: &'static str = "anchors";
}

/// Notes the head of the log, once a day.
pub(super) async fn note<H: Host>(host: &H) -> Result<(), WorkError> {
    let day = host.now().date();
    let book: AnchorBook = load(host).await?;
    if book.anchors.last().is_some_and(|last| last.day == day) {
        return Ok(());
    }
    commit(host, async || {
        let mut book: AnchorBook = load(host).await?;
        let mut change = Change::default();
        // The commit fails if the head has moved since, so what is noted is the head.
        let head = head(host).await?;
        let is_noted = book.anchors.last().is_some_and(|last| last.day == day);
        if head.seq > 0 && !is_noted {
            book.anchors.push(Anchor {
                day: day.clone(),
                seq: head.seq,
                hash: head.hash,
            });
            let superfluous = book.anchors.len().saturating_sub(DAYS);
            book.anchors.drain(..superfluous);
            change.writes.push(set(&book)?);
        }
        Ok((change, ()))
    })
    .await
}

/// Writes the newest head down on the issue, if there is one and it is not there yet. What passes is tried again at the
/// next upkeep; a comment that was written twice, because a kill came in between, says the same twice.
pub(super) async fn publish<H: Host>(host: &H) -> Result<(), WorkError> {
    let settings: Settings = load(host).await?;
    let book: AnchorBook = load(host).await?;
    let (Some(issue), Some(anchor)) = (settings.anchor_issue, book.anchors.last()) else {
        return Ok(());
    };
    if book.published.as_ref() == Some(&anchor.day) {
        return Ok(());
    }
    let place = format!("{}:{}", anchor.seq, anchor.hash);
    let text = format!(
        "Seatkeeper: the newest entry of the log on {} is {place}",
        anchor.day
    );
    let calls = Calls::load(host, Asker::Job).await?;
    let sent = calls
        .send("writing down the log's head", comment(&issue, &text))
        .await;
    let (outcome, reason) = match sent {
        Ok(_) => (Outcome::Done, place),
        Err(error) if error.is_passing() => return Ok(()),
        Err(error) => (Outcome::Failed, format!("{place} was not written: {error}")),
    };
    commit(host, async || {
        let mut book: AnchorBook = load(host).await?;
        book.published = Some(anchor.day.clone());
        let entry = Entry {
            subject: Some(issue.clone()),
            reason: Some(reason.clone()),
            ..Entry::new(host.now(), &Actor::Schedule, LogAction::Anchor, outcome)
        };
        let change = Change {
            entries: vec![entry],
            writes: vec![set(&book)?],
        };
        Ok((change, ()))
    })
    .await
}
