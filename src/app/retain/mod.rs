//! What is older than the retention goes (RULES R14): the oldest entries of the log, of which a checkpoint entry keeps number
//! and hash, and the plans of old runs.
//!
//! It is done by the schedule, some at a time. The checkpoint is committed before the first entry is deleted, so whatever
//! kills the deletion, the log verifies: its readers begin after the checkpoint's cut. And it is deleted only once a head of
//! the log is noted that covers the checkpoint, outside of the app where there is a place for that: else nobody could tell
//! a cut by the app from one by somebody else.

mod cut;
mod runs;

use serde::{Deserialize, Serialize};

use super::anchors::AnchorBook;
use super::commit::{AuditEntity, audit_key};
use super::documents::{Document, decode, load};
use super::records::Settings;
use super::worker::WorkError;
use crate::audit::LogHead;
use crate::host::{EntityName, Host, StorageError};
use crate::model::{DAY, Time};

/// Nothing more is begun when less is left of the invocation.
const STOP_AT_MILLISECONDS: u32 = 10_000;

/// What the retention has done.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct RetentionBook {
    /// The last entry that was cut.
    pub(super) cut: Option<LogHead>,
    /// The number of the checkpoint entry that says so.
    #[serde(default)]
    checkpoint: u32,
    /// Up to which entry the cut ones are deleted.
    deleted: u32,
    /// When it was last looked for something to cut.
    looked: Option<Time>,
    /// The month whose old runs are deleted next.
    runs: Option<String>,
    /// When there were no more old runs.
    swept: Option<Time>,
}

impl Document for RetentionBook {
    const KEY: &'static str = "retention";
}

impl RetentionBook {
    /// The number of the last entry that was cut; 0 while none was.
    pub(super) fn cut_seq(&self) -> u32 {
        self.cut.as_ref().map_or(0, |cut| cut.seq)
    }

    /// Whether entries that were cut are still there.
    fn is_left(&self) -> bool {
        self.deleted < self.cut_seq()
    }
}

/// The first entry of the log that is left.
pub(super) async fn first_entry<H: Host>(host: &H) -> Result<Option<AuditEntity>, StorageError> {
    let book: RetentionBook = load(host).await?;
    entry(host, book.cut_seq().saturating_add(1)).await
}

async fn entry<H: Host>(host: &H, seq: u32) -> Result<Option<AuditEntity>, StorageError> {
    match host.get_entity(EntityName::Audit, &audit_key(seq)).await? {
        Some(text) => decode("audit", &text).map(Some),
        None => Ok(None),
    }
}

/// Cuts and deletes what is older than the retention, as much as there is time for.
pub(super) async fn retain<H: Host>(host: &H) -> Result<(), WorkError> {
    let settings: Settings = load(host).await?;
    let book: RetentionBook = load(host).await?;
    // What was cut is deleted even if the setting was taken back since.
    if book.is_left() {
        let anchors: AnchorBook = load(host).await?;
        if anchors.proven(settings.anchor_issue.is_some()) >= book.checkpoint {
            cut::delete(host, book).await?;
        }
    }
    let Some(days) = settings.retention_days else {
        return Ok(());
    };
    let limit = host.now().plus(-i64::from(days) * DAY);
    runs::sweep(host, days, limit).await?;
    // Without time for one month of runs nothing is cut: where they begin is known by the first entry.
    let swept: RetentionBook = load(host).await?;
    if swept.runs.is_none() {
        return Ok(());
    }
    cut::cut(host, days, limit).await
}

/// Whether something that is done once a day is due.
fn is_due(last: Option<Time>, now: Time) -> bool {
    last.is_none_or(|last| now.since(last) >= DAY)
}
