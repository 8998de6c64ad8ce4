//! Closed accounts: who is in a chain, and taking people out of all of them (RULES R18).

use super::chain::Chain;
use super::index::{Index, index_key, part_key};
use crate::app::commit::Change;
use crate::app::documents::{PolicyBook, decode, load};
use crate::app::random_suffix;
use crate::app::worker::{WorkError, Worker};
use crate::host::{Host, StorageError, Write};
use crate::model::{AccountId, Time};

/// Every policy's chain, of those that have one.
async fn chains(host: &impl Host) -> Result<Vec<Chain>, StorageError> {
    let policies: PolicyBook = load(host).await?;
    let mut keys = Vec::new();
    for stored in &policies.policies {
        keys.push(index_key(&stored.policy.id));
    }
    let mut chains = Vec::new();
    for ((key, stored), text) in keys
        .iter()
        .zip(&policies.policies)
        .zip(host.get(&keys).await?)
    {
        let Some(text) = text else { continue };
        let index: Index = decode(key, &text)?;
        if !index.parts.is_empty() || !index.replaced.is_empty() {
            chains.push(Chain::load(host, &stored.policy.id).await?);
        }
    }
    Ok(chains)
}

/// Everybody in a chain, each with the time at which the oldest of what is stored of them was read.
pub(in crate::app) async fn accounts(
    host: &impl Host,
) -> Result<Vec<(AccountId, Time)>, StorageError> {
    let mut accounts = Vec::new();
    for chain in chains(host).await? {
        for member in chain.members() {
            accounts.push((member.account.clone(), member.link.entered));
        }
    }
    Ok(accounts)
}

/// Takes people out of every chain, and out of what was replaced before.
pub(in crate::app) async fn forget<H: Host>(
    worker: &Worker<'_, H>,
    closed: &[AccountId],
) -> Result<(), WorkError> {
    let host = worker.host;
    for mut chain in chains(host).await? {
        for part in &mut chain.parts {
            let people = part.members.len();
            part.members
                .retain(|member| !closed.contains(&member.account));
            part.is_changed = part.members.len() < people;
        }
        let policy = chain.policy.clone();
        let hash = chain.index.hash.clone();
        let writer = format!("erased-{}", random_suffix(host));
        let unwritten = chain.store(host, &worker.lease, &writer, &hash).await?;
        worker
            .commit(async || {
                let change = Change {
                    writes: unwritten.writes(host).await?,
                    ..Change::default()
                };
                Ok((change, ()))
            })
            .await?;
        delete_replaced(host, &policy).await?;
    }
    Ok(())
}

/// Deletes what counts no more, now: closed accounts may be in it.
pub(super) async fn delete_replaced(host: &impl Host, policy: &str) -> Result<(), StorageError> {
    let index = Index::load(host, policy).await?;
    for name in &index.replaced {
        let key = part_key(policy, name);
        host.transact(vec![Write::Delete { key }]).await?;
    }
    Ok(())
}
