//! Who may be suspended by the app: a mark for each account, made from our own log, so that one read of the storage tells
//! for a whole page of events whom to look up.
//!
//! A mark is a number that several accounts may share. It only says who is worth a look; what was done to a person is read
//! from the runs themselves (RULES R5).

use super::book::AttemptBook;
use crate::app::answer::BACK_SECONDS;
use crate::app::commit::AuditEntity;
use crate::app::documents::{decode, set_value};
use crate::app::hints::share_of;
use crate::audit::{LogAction, Outcome};
use crate::host::{EntityName, Host, Query, StorageError};
use crate::model::AccountId;

/// In so many values the marks lie, so that none gets too large.
const PARTS: u32 = 16;
/// So many pages of the log are read by one tick.
const PAGES: u32 = 20;
/// Entries on one of them.
const ENTRIES: u32 = 100;
/// The index of the log may show an entry so much later.
const LAG_SECONDS: i64 = 600;

/// Some accounts' marks in their parts.
type Parts = Vec<Vec<u32>>;

fn mark_of(account: &AccountId) -> u32 {
    share_of(account, u32::MAX)
}

fn keys() -> Vec<String> {
    (0..PARTS).map(|part| format!("out-{part:x}")).collect()
}

async fn parts(host: &impl Host) -> Result<Parts, StorageError> {
    let keys = keys();
    let mut parts = Vec::new();
    for (key, text) in keys.iter().zip(host.get(&keys).await?) {
        parts.push(text.map_or(Ok(Vec::new()), |text| decode(key, &text))?);
    }
    Ok(parts)
}

/// The part of a mark.
fn part_of(parts: &mut Parts, mark: u32) -> Option<&mut Vec<u32>> {
    parts.get_mut(usize::try_from(mark % PARTS).unwrap_or_default())
}

/// Changes the marks of some accounts, and stores what is changed by it.
async fn change(
    host: &impl Host,
    accounts: &[AccountId],
    is_out: bool,
) -> Result<(), StorageError> {
    if accounts.is_empty() {
        return Ok(());
    }
    let before = parts(host).await?;
    let mut after = before.clone();
    for mark in accounts.iter().map(mark_of) {
        if let Some(part) = part_of(&mut after, mark) {
            let is_known = part.contains(&mark);
            if is_known && !is_out {
                part.retain(|other| *other != mark);
            } else if is_out && !is_known {
                part.push(mark);
            }
        }
    }
    let mut writes = Vec::new();
    for (key, (before, after)) in keys().into_iter().zip(before.iter().zip(&after)) {
        if before != after {
            writes.push(set_value(key, after)?);
        }
    }
    if writes.is_empty() {
        return Ok(());
    }
    host.transact(writes).await
}

/// Takes the marks of accounts away from which nothing is taken any more.
pub(super) async fn forget(host: &impl Host, accounts: &[AccountId]) -> Result<(), StorageError> {
    change(host, accounts, false).await
}

/// Which of some accounts have a mark.
pub(super) async fn among(
    host: &impl Host,
    accounts: impl Iterator<Item = &AccountId>,
) -> Result<Vec<bool>, StorageError> {
    let mut parts = parts(host).await?;
    Ok(accounts
        .map(mark_of)
        .map(|mark| part_of(&mut parts, mark).is_some_and(|part| part.contains(&mark)))
        .collect())
}

/// Marks whoever our log says was suspended since it was read last; false where more of it is left.
pub(super) async fn catch_up(
    host: &impl Host,
    book: &mut AttemptBook,
) -> Result<bool, StorageError> {
    let now = host.now();
    let oldest = now.plus(-BACK_SECONDS);
    let since = book.known_out.unwrap_or(oldest).max(oldest);
    let mut accounts = Vec::new();
    let mut cursor = None;
    for _ in 0..PAGES {
        let page = host
            .query(Query {
                entity: EntityName::Audit,
                index: "by-action",
                partition: vec![LogAction::Suspend.name().to_owned()],
                between: Some((since.to_string(), format!("{now} ~"))),
                descending: false,
                limit: ENTRIES,
                cursor: cursor.take(),
            })
            .await?;
        for text in &page.values {
            let entity: AuditEntity = decode("audit", text)?;
            let may_be_out = [Outcome::Done, Outcome::Failed].map(Outcome::name);
            book.known_out = entity.at().or(book.known_out);
            if may_be_out.contains(&entity.outcome.as_str()) {
                accounts.extend(entity.subject.map(AccountId));
            }
        }
        cursor = page.cursor;
        if cursor.is_none() {
            break;
        }
    }
    change(host, &accounts, true).await?;
    if cursor.is_none() {
        book.known_out = Some(now.plus(-LAG_SECONDS));
    }
    Ok(cursor.is_none())
}
