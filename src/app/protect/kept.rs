//! What was read of the duties on this site's Jira, kept so that neither each batch nor each invocation reads it again.

use serde::{Deserialize, Serialize};

use super::holders::{Holders, protections};
use crate::app::commit::Change;
use crate::app::documents::{Document, decode, load, set, set_value};
use crate::app::records::Protect;
use crate::app::worker::{WorkError, Worker};
use crate::host::{Host, StorageError, Write};
use crate::model::{AccountId, Time};
use crate::plan::Protections;

/// The most people in one value: ids and keys of the greatest length would still fit.
const PEOPLE_A_PART: usize = 600;
/// The most values that are read or deleted at once.
const PARTS_AT_ONCE: usize = 16;

/// Which values hold them, and what they are about.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
struct DutyBook {
    /// Two sets of values take turns: one is written whole before the other one is let go.
    second: bool,
    parts: u32,
    /// When the reading began.
    read: Option<Time>,
    /// Which duties were read.
    of: Protect,
}

impl Document for DutyBook {
    const KEY: &'static str = "duties";
}

impl DutyBook {
    fn is_of(&self, of: Protect, not_before: Time) -> bool {
        self.of == of && self.read.is_some_and(|read| read >= not_before)
    }

    fn keys(&self) -> Vec<String> {
        (0..self.parts)
            .map(|part| part_key(self.second, part))
            .collect()
    }
}

/// The protections among these that rest on a duty.
pub(super) fn duties_of(protect: Protect) -> Protect {
    Protect {
        tokens_used_within_days: None,
        ..protect
    }
}

/// Whether exactly these duties were read since then.
pub(super) async fn is_there(
    host: &impl Host,
    of: Protect,
    not_before: Time,
) -> Result<bool, StorageError> {
    let book: DutyBook = load(host).await?;
    Ok(book.is_of(of, not_before))
}

/// Who has one of these duties, if exactly they were read since then.
pub(super) async fn load_since(
    host: &impl Host,
    of: Protect,
    not_before: Time,
) -> Result<Option<Holders>, StorageError> {
    let book: DutyBook = load(host).await?;
    if book.is_of(of, not_before) {
        holders(host, &book).await
    } else {
        Ok(None)
    }
}

/// What the page shows of them: what was read last, if it was the duties that protect now.
pub(in crate::app) async fn shown(
    host: &impl Host,
    protect: Protect,
) -> Result<Protections, StorageError> {
    let holders = load_since(host, duties_of(protect), Time::default()).await?;
    Ok(holders.map(protections).unwrap_or_default())
}

/// Everybody who is kept, each with the time of the reading: their accounts are reported (RULES R18).
pub(in crate::app) async fn accounts(
    host: &impl Host,
) -> Result<Vec<(AccountId, Time)>, StorageError> {
    let book: DutyBook = load(host).await?;
    let read = book.read.unwrap_or_default();
    let holders = holders(host, &book).await?.unwrap_or_default();
    let accounts = holders.into_keys();
    Ok(accounts.map(|account| (account, read)).collect())
}

/// `None` where part of them was let go in this moment.
async fn holders(host: &impl Host, book: &DutyBook) -> Result<Option<Holders>, StorageError> {
    let mut holders = Holders::new();
    for keys in book.keys().chunks(PARTS_AT_ONCE) {
        for (key, text) in keys.iter().zip(host.get(keys).await?) {
            let Some(text) = text else {
                return Ok(None);
            };
            for (account, duty) in decode::<Vec<(AccountId, String)>>(key, &text)? {
                holders.insert(account, duty);
            }
        }
    }
    Ok(Some(holders))
}

/// Keeps what was read. Killed in between, what was kept before stays.
pub(super) async fn store<H: Host>(
    worker: &Worker<'_, H>,
    of: Protect,
    read: Time,
    holders: &Holders,
) -> Result<(), WorkError> {
    let old: DutyBook = load(worker.host).await?;
    let mut book = DutyBook {
        second: !old.second,
        parts: 0,
        read: Some(read),
        of,
    };
    let holders: Vec<(&AccountId, &String)> = holders.iter().collect();
    for some in holders.chunks(PEOPLE_A_PART) {
        let write = set_value(part_key(book.second, book.parts), &some)?;
        commit(worker, vec![write]).await?;
        book.parts += 1;
    }
    commit(worker, vec![set(&book)?]).await?;
    for keys in old.keys().chunks(PARTS_AT_ONCE) {
        commit(worker, deletions(keys)).await?;
    }
    Ok(())
}

async fn commit<H: Host>(worker: &Worker<'_, H>, writes: Vec<Write>) -> Result<(), WorkError> {
    worker
        .commit(async || {
            let change = Change {
                writes: writes.clone(),
                ..Change::default()
            };
            Ok((change, ()))
        })
        .await
}

/// Lets go of what is kept: it is read again when it is needed.
pub(in crate::app) async fn forget(host: &impl Host) -> Result<(), StorageError> {
    let book: DutyBook = load(host).await?;
    if book.read.is_none() {
        return Ok(());
    }
    for keys in book.keys().chunks(PARTS_AT_ONCE) {
        host.transact(deletions(keys)).await?;
    }
    let key = String::from(DutyBook::KEY);
    host.transact(vec![Write::Delete { key }]).await
}

fn deletions(keys: &[String]) -> Vec<Write> {
    let keys = keys.iter().cloned();
    keys.map(|key| Write::Delete { key }).collect()
}

fn part_key(second: bool, part: u32) -> String {
    let turn = if second { "b" } else { "a" };
    format!("duties:{turn}:{part}")
}
