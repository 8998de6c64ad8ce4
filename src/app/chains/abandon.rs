//! Leaving a chain whose policy is no more (RULES R2: a change of the policy ends it).

use super::chain::Chain;
use super::forget::delete_replaced;
use super::index::{Index, index_key};
use crate::host::{Host, StorageError, Write};

/// The writes that make everybody leave a policy's chain, to be asked for within the attempt of a commit, and how many
/// they are. What the parts held is deleted by [`sweep`].
pub(in crate::app) async fn abandon(
    host: &impl Host,
    policy: &str,
) -> Result<(Vec<Write>, usize), StorageError> {
    let chain = Chain::load(host, policy).await?;
    let people = chain.members().count();
    let mut index = chain.index;
    if index == Index::default() {
        return Ok((Vec::new(), 0));
    }
    index.version = index.version.saturating_add(1);
    index.hash.clear();
    let parts = std::mem::take(&mut index.parts);
    index.replaced.extend(parts);
    Ok((vec![index.write(policy)?], people))
}

/// Deletes what an abandoned chain held; the names are kept, so that it can be done again.
pub(in crate::app) async fn sweep(host: &impl Host, policy: &str) -> Result<(), StorageError> {
    delete_replaced(host, policy).await
}

/// The deletion of an abandoned chain's index, once nobody needs its names; nothing where somebody entered anew.
pub(in crate::app) async fn index_deletion(
    host: &impl Host,
    policy: &str,
) -> Result<Option<Write>, StorageError> {
    let index = Index::load(host, policy).await?;
    let is_left = index.parts.is_empty() && index != Index::default();
    Ok(is_left.then(|| Write::Delete {
        key: index_key(policy),
    }))
}
