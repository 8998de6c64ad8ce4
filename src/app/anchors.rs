//! A head of the log for each day: what an auditor compares with the values that were written down outside of the app.

use serde::{Deserialize, Serialize};

use super::commit::{Change, commit, head};
use super::documents::{Document, load, set};
use super::records::Anchor;
use super::worker::WorkError;
use crate::host::Host;

/// For so many days the heads are kept: an audit looks back on a year.
const DAYS: usize = 400;

/// The heads, oldest first.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct AnchorBook {
    pub(super) anchors: Vec<Anchor>,
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
