//! The index of a policy's chain: which parts count.

use serde::{Deserialize, Serialize};

use crate::app::documents::{load_value, set_value};
use crate::host::{Host, StorageError, Write};

/// Which parts hold a chain.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Index {
    /// Counted up at each writing: who writes another one must have read this one.
    pub(super) version: u32,
    /// The hash of the policy's text under which everybody entered.
    pub(super) hash: String,
    /// Whether the policy got another text since. One that comes back later is as new as any.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(super) is_left: bool,
    /// The names of the parts, in order.
    pub(super) parts: Vec<String>,
    /// The names of parts that count no more, and may be there still.
    pub(super) replaced: Vec<String>,
}

/// The key of a chain's index.
pub(super) fn index_key(policy: &str) -> String {
    format!("chain:{policy}")
}

/// The key of a part.
pub(super) fn part_key(policy: &str, name: &str) -> String {
    format!("chain:{policy}:{name}")
}

/// The writes that note that a policy gets another text: whoever is in its chain leaves it at the next look (RULES R2), also
/// if the old text is back by then. To be asked for within the attempt of a commit.
pub(in crate::app) async fn leave(
    host: &impl Host,
    policy: &str,
) -> Result<Vec<Write>, StorageError> {
    let mut index = Index::load(host, policy).await?;
    if index.is_left || index == Index::default() {
        return Ok(Vec::new());
    }
    index.version = index.version.saturating_add(1);
    index.is_left = true;
    Ok(vec![index.write(policy)?])
}

impl Index {
    /// Reads the index of a policy's chain.
    pub(super) async fn load(host: &impl Host, policy: &str) -> Result<Index, StorageError> {
        let index = load_value(host, &index_key(policy)).await?;
        Ok(index.unwrap_or_default())
    }

    /// The write of the index.
    pub(super) fn write(&self, policy: &str) -> Result<Write, StorageError> {
        set_value(index_key(policy), self)
    }
}
