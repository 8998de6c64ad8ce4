//! Cutting the oldest entries of the log.

use serde_json::json;

use super::{RetentionBook, STOP_AT_MILLISECONDS, entry, is_due};
use crate::app::commit::{AuditEntity, Change, audit_key, commit, head};
use crate::app::documents::{load, set};
use crate::app::worker::WorkError;
use crate::audit::{Actor, Entry, LogAction, LogHead, Outcome};
use crate::host::{EntityName, Host, StorageError, Write};
use crate::model::Time;

/// Entries deleted in one transaction: 25 operations, less the book and the check of the head.
const AT_ONCE: u32 = 20;

/// Cuts what is older than a time, once a day: a checkpoint says up to where, and with which hash. Nothing more is cut while
/// what was cut before is still there: a new checkpoint would have to wait for an anchor of its own.
pub(super) async fn cut<H: Host>(host: &H, days: u32, limit: Time) -> Result<(), WorkError> {
    let book: RetentionBook = load(host).await?;
    if book.is_left() || !is_due(book.looked, host.now()) {
        return Ok(());
    }
    let last = last_before(host, &book, limit).await?;
    commit(host, async || {
        let mut book: RetentionBook = load(host).await?;
        let now = host.now();
        let mut change = Change::default();
        book.looked = Some(now);
        if let Some(last) = &last
            && last.seq > book.cut_seq()
            && !book.is_left()
        {
            // The commit fails if the head has moved since, so the next entry is the checkpoint.
            book.checkpoint = head(host).await?.seq.saturating_add(1);
            change.entries.push(Entry {
                reason: Some(format!(
                    "entries up to {} are older than {days} days and were cut",
                    last.seq
                )),
                after: Some(json!({ "seq": last.seq, "hash": last.hash })),
                ..Entry::new(now, &Actor::Schedule, LogAction::Checkpoint, Outcome::Done)
            });
            book.cut = Some(LogHead {
                seq: last.seq,
                hash: last.hash.clone(),
            });
        }
        change.writes.push(set(&book)?);
        Ok((change, ()))
    })
    .await
}

/// The last entry before a time, never the newest of all. Entries never go back in time, so it is found by halving.
async fn last_before<H: Host>(
    host: &H,
    book: &RetentionBook,
    limit: Time,
) -> Result<Option<AuditEntity>, StorageError> {
    let limit = limit.to_string();
    let mut found = None;
    let (mut low, mut high) = (
        book.cut_seq().saturating_add(1),
        head(host).await?.seq.saturating_sub(1),
    );
    while low <= high {
        let middle = low + (high - low) / 2;
        let entity = entry(host, middle).await?.ok_or_else(|| {
            StorageError::Failed(format!("entry {middle} of the log is not there"))
        })?;
        if entity.time < limit {
            found = Some(entity);
            low = middle + 1;
        } else {
            high = middle - 1;
        }
    }
    Ok(found)
}

/// Deletes what was cut.
pub(super) async fn delete<H: Host>(host: &H, book: RetentionBook) -> Result<(), WorkError> {
    let cut = book.cut_seq();
    let mut deleted = book.deleted;
    while deleted < cut && host.time_left() >= STOP_AT_MILLISECONDS {
        deleted = commit::<_, WorkError>(host, async || {
            let mut book: RetentionBook = load(host).await?;
            // What somebody else has cut meanwhile waits for its own anchor.
            let upto = book.deleted.saturating_add(AT_ONCE).min(cut);
            let gone = book.deleted.saturating_add(1)..=upto;
            let mut writes: Vec<Write> = gone
                .map(|seq| Write::DeleteEntity {
                    entity: EntityName::Audit,
                    key: audit_key(seq),
                })
                .collect();
            book.deleted = book.deleted.max(upto);
            let deleted = book.deleted;
            writes.push(set(&book)?);
            let change = Change {
                writes,
                ..Change::default()
            };
            Ok((change, deleted))
        })
        .await?;
    }
    Ok(())
}
