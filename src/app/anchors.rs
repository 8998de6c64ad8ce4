//! A head of the log for each day: what an auditor compares with the values that were written down outside of the app. One
//! place outside is a Jira issue of the administrator's choice, on which each day's head is a comment.

use serde::{Deserialize, Serialize};

use super::calls::{Asker, Calls};
use super::commit::{Change, commit, head};
use super::documents::{Document, load, set};
use super::records::{Anchor, Settings, Warning};
use super::worker::WorkError;
use crate::atlassian::comment;
use crate::audit::{Actor, Entry, LogAction, Outcome};
use crate::host::Host;
use crate::model::{DAY, Time};

/// For so many days the heads are kept: an audit looks back on a year.
const DAYS: usize = 400;
/// The heads of so many days are written down at once, the newest ones; each of them proves all that is before it.
const DAYS_AT_ONCE: usize = 30;
/// A head that is not written down for so many days is worth a warning.
const LATE_DAYS: i64 = 2;

/// The heads, oldest first.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct AnchorBook {
    pub(super) anchors: Vec<Anchor>,
    /// The newest day whose head is written down on an issue.
    #[serde(default)]
    published: Option<String>,
    /// The newest day before there was an issue: later heads are to be written down, however long that takes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    before_issue: Option<String>,
    /// The newest day on which Jira refused it, and on which issue.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    refused: Option<(String, String)>,
}

impl AnchorBook {
    /// The heads that are to be written down, the oldest first.
    fn unpublished(&self) -> Vec<&Anchor> {
        let done = self.published.as_ref().max(self.before_issue.as_ref());
        let is_left = |anchor: &&Anchor| done.is_none_or(|day| anchor.day > *day);
        let left: Vec<&Anchor> = self.anchors.iter().filter(is_left).collect();
        let superfluous = left.len().saturating_sub(DAYS_AT_ONCE);
        left.into_iter().skip(superfluous).collect()
    }

    /// Up to which entry a head proves the log: one that is noted, or where there is a place outside, one that is written
    /// down there.
    pub(super) fn proven(&self, is_outside: bool) -> u32 {
        let is_there = |anchor: &&Anchor| {
            let published = self.published.as_ref();
            !is_outside || published.is_some_and(|day| anchor.day <= *day)
        };
        let mut anchors = self.anchors.iter().rev();
        anchors.find(is_there).map_or(0, |anchor| anchor.seq)
    }

    /// That heads are not written down for days.
    pub(super) fn warning(&self, issue: Option<&str>, now: Time) -> Option<Warning> {
        let issue = issue?;
        let first = &self.unpublished().first()?.day;
        let since = Time::parse(&format!("{first}T00:00:00Z"))?;
        (now.since(since) >= LATE_DAYS * DAY).then(|| Warning {
            code: String::from("anchor-late"),
            text: format!("the log's head is not written down on {issue} since {first}"),
            hint: String::from(
                "look whether the issue is there and the app may comment on it: it is tried each day, and what is missing is written then",
            ),
        })
    }
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

/// Writes the heads down on the issue, if there is one, that are not there yet. What passes is tried again at the next
/// upkeep, what Jira refuses the next day; a comment that was written twice, because a kill came in between, says the same
/// twice.
pub(super) async fn publish<H: Host>(host: &H) -> Result<(), WorkError> {
    let settings: Settings = load(host).await?;
    let mut book: AnchorBook = load(host).await?;
    let Some(issue) = settings.anchor_issue else {
        return Ok(());
    };
    if book.published.is_none() && book.before_issue.is_none() {
        book = begin(host).await?;
    }
    let left = book.unpublished();
    let Some(newest) = left.last() else {
        return Ok(());
    };
    let try_of_today = (newest.day.clone(), issue.clone());
    if book.refused.as_ref() == Some(&try_of_today) {
        return Ok(());
    }
    let mut lines = Vec::new();
    for Anchor { day, seq, hash } in &left {
        lines.push(format!(
            "Seatkeeper: the newest entry of the log on {day} is {seq}:{hash}"
        ));
    }
    let place = match left.len() {
        1 => format!("{}:{}", newest.seq, newest.hash),
        days => format!(
            "{}:{}, and the heads of {} days before",
            newest.seq,
            newest.hash,
            days - 1
        ),
    };
    let calls = Calls::load(host, Asker::Job).await?;
    let sent = calls
        .send(
            "writing down the log's head",
            comment(&issue, &lines.join("\n")),
        )
        .await;
    let refused = match sent {
        Ok(_) => None,
        Err(error) if error.is_passing() => return Ok(()),
        Err(error) => Some(format!("{place} was not written: {error}")),
    };
    commit(host, async || {
        let mut book: AnchorBook = load(host).await?;
        let outcome = match refused {
            None => {
                book.published = Some(try_of_today.0.clone());
                Outcome::Done
            }
            Some(_) => {
                book.refused = Some(try_of_today.clone());
                Outcome::Failed
            }
        };
        let entry = Entry {
            subject: Some(issue.clone()),
            reason: refused.clone().or_else(|| Some(place.clone())),
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

/// Notes from which day on heads are to be written down: from the newest one on.
async fn begin<H: Host>(host: &H) -> Result<AnchorBook, WorkError> {
    commit(host, async || {
        let mut book: AnchorBook = load(host).await?;
        let before = book.anchors.iter().rev().nth(1);
        book.before_issue = Some(before.map(|anchor| anchor.day.clone()).unwrap_or_default());
        let change = Change {
            writes: vec![set(&book)?],
            ..Change::default()
        };
        Ok((change, book))
    })
    .await
}

#[cfg(test)]
mod tests {
    use super::*;

    fn book(published: Option<&str>, before_issue: Option<&str>) -> AnchorBook {
        let anchors = (1..=40u32).map(|number| Anchor {
            day: Time(i64::from(number) * DAY).date(),
            seq: number * 10,
            hash: "h".into(),
        });
        AnchorBook {
            anchors: anchors.collect(),
            published: published.map(String::from),
            before_issue: before_issue.map(String::from),
            refused: None,
        }
    }

    #[test]
    fn what_is_missing_is_written_down_and_proves_only_once_it_is() {
        for (published, before, left, first, proven) in [
            (None, Some(""), 30, "1970-01-12", 0),
            (None, Some("1970-02-08"), 2, "1970-02-09", 0),
            (Some("1970-02-07"), Some(""), 3, "1970-02-08", 370),
            (Some("1970-01-05"), None, 30, "1970-01-12", 40),
            (Some("1970-02-10"), Some(""), 0, "", 400),
        ] {
            let book = book(published, before);
            let days = book.unpublished();
            assert_eq!(days.len(), left, "{published:?}");
            let found = days.first().map_or("", |anchor| anchor.day.as_str());
            assert_eq!(found, first);
            assert_eq!((book.proven(true), book.proven(false)), (proven, 400));
        }
    }

    #[test]
    fn a_head_that_is_late_for_two_days_is_warned_of() {
        let book = book(Some("1970-02-09"), None);
        for (issue, hours, expected) in [
            (Some("AUDIT-7"), 47, false),
            (Some("AUDIT-7"), 48, true),
            (None, 48, false),
        ] {
            let now = Time(40 * DAY + hours * crate::model::HOUR);
            assert_eq!(book.warning(issue, now).is_some(), expected, "{hours}");
        }
    }
}
