//! Erasing what was read of people who closed their accounts (RULES R18). The log keeps their ids, and nothing else of them.
//!
//! It is done on the queue of long jobs, one at a time, so that no reading of the organization is under way meanwhile.

use serde::{Deserialize, Serialize};

use super::commit::Change;
use super::documents::{Document, load, set};
use super::links;
use super::sync::forget;
use super::worker::{Flow, Job, WorkError, Worker};
use super::{
    by_hand, chains, configuration, hints, lists, moves, newest_snapshot, news, own_fields, protect,
};
use crate::audit::{Actor, Entry, LogAction, Outcome};
use crate::host::{Host, Queue};
use crate::model::{AccountId, HOUR, Time};

/// Accounts that wait for so long get a new job.
const WATCH_SECONDS: i64 = HOUR;

/// Accounts whose data is to be erased.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
struct ErasureBook {
    accounts: Vec<AccountId>,
    /// When a job was last asked for.
    asked: Time,
}

impl Document for ErasureBook {
    const KEY: &'static str = "erasure";
}

/// Has accounts erased soon. A job that is lost on the way is asked for again by [`watch`].
pub(super) async fn ask_for<H: Host>(
    worker: &Worker<'_, H>,
    closed: &[AccountId],
) -> Result<(), WorkError> {
    worker
        .commit(async || {
            let mut book: ErasureBook = load(worker.host).await?;
            for account in closed {
                if !book.accounts.contains(account) {
                    book.accounts.push(account.clone());
                }
            }
            book.asked = worker.host.now();
            let change = Change {
                writes: vec![set(&book)?],
                ..Change::default()
            };
            Ok((change, ()))
        })
        .await?;
    worker.push(&Job::erase(worker.host), 0).await
}

/// Gives accounts that wait for too long a new job.
pub(super) async fn watch<H: Host>(host: &H) -> Result<(), WorkError> {
    let mut book: ErasureBook = load(host).await?;
    if book.accounts.is_empty() || host.now().since(book.asked) < WATCH_SECONDS {
        return Ok(());
    }
    host.push(Queue::Work, Job::erase(host).text()?, 0).await?;
    book.asked = host.now();
    Ok(host.transact(vec![set(&book)?]).await?)
}

/// The ids of accounts, and their addresses as far as they are known still.
async fn names_of<H: Host>(host: &H, accounts: &[AccountId]) -> Result<Vec<String>, WorkError> {
    let newest = newest_snapshot(host).await?;
    let mut names = Vec::new();
    for account in accounts {
        names.push(account.0.clone());
        if let Some((_, snapshot)) = &newest {
            let rows = snapshot.find_all(account.as_str());
            names.extend(rows.filter_map(|row| snapshot.email(row).map(String::from)));
        }
    }
    Ok(names)
}

/// Erases the accounts that wait for it, and says in the log how many.
pub(super) async fn erase<H: Host>(worker: &Worker<'_, H>) -> Result<Flow, WorkError> {
    let host = worker.host;
    let waiting: ErasureBook = load(host).await?;
    if waiting.accounts.is_empty() {
        return Ok(Flow::Over);
    }
    lists::forget(host, &names_of(host, &waiting.accounts).await?).await?;
    own_fields::forget(host, &waiting.accounts).await?;
    // Whoever may be in it sends it again.
    configuration::sweep(host).await?;
    forget(worker, &waiting.accounts).await?;
    hints::clear(host, &waiting.accounts).await?;
    chains::forget(worker, &waiting.accounts).await?;
    links::forget(host, &waiting.accounts).await?;
    by_hand::forget_people(worker, &waiting.accounts).await?;
    moves::forget(worker, &waiting.accounts).await?;
    news::forget(host, &waiting.accounts).await?;
    protect::forget(host).await?;
    worker
        .commit(async || {
            let mut book: ErasureBook = load(host).await?;
            book.accounts
                .retain(|account| !waiting.accounts.contains(account));
            let entry = Entry {
                reason: Some(format!(
                    "closed accounts, of which everything but the id was erased: {}",
                    waiting.accounts.len()
                )),
                ..Entry::new(
                    host.now(),
                    &Actor::Schedule,
                    LogAction::EraseAccounts,
                    Outcome::Done,
                )
            };
            let change = Change {
                entries: vec![entry],
                writes: vec![set(&book)?],
            };
            Ok((change, ()))
        })
        .await?;
    Ok(Flow::Over)
}
