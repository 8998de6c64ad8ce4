//! What is kept of policies besides their present text: who saved which revision, and which policies are no more.

use serde::{Deserialize, Serialize};

use super::chains;
use super::commit::{Change, commit};
use super::documents::{
    Document, PolicyBook, StoredPolicy, encode, load, load_value, set, set_value,
};
use super::records::Edit;
use crate::host::{Host, StorageError, Write};

/// The most revisions of one policy that are listed. The texts of all of them are kept.
const MAX_LISTED: usize = 500;
/// The most bytes that they may take together (RULES R16).
const MAX_LISTED_BYTES: usize = 176 * 1024;
/// The most policies that are remembered after they were dropped.
const MAX_DROPPED: usize = 1_000;

/// One revision of a policy: its text is kept under a key of its own.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Revision {
    pub(super) revision: u32,
    pub(super) name: String,
    pub(super) hash: String,
    pub(super) edited: Edit,
}

fn revisions_key(policy: &str) -> String {
    format!("policy-revisions:{policy}")
}

/// The revisions of a policy that are listed, the oldest first.
pub(super) async fn revisions(
    host: &impl Host,
    policy: &str,
) -> Result<Vec<Revision>, StorageError> {
    let listed: Option<Vec<Revision>> = load_value(host, &revisions_key(policy)).await?;
    Ok(listed.unwrap_or_default())
}

/// The write that lists a revision; to be asked for within the attempt of a commit.
pub(super) async fn list_revision(
    host: &impl Host,
    stored: &StoredPolicy,
) -> Result<Write, StorageError> {
    let policy = &stored.policy;
    let mut listed = revisions(host, &policy.id).await?;
    listed.push(Revision {
        revision: stored.revision,
        name: policy.name.clone(),
        hash: stored.hash.clone(),
        edited: stored.edited.clone(),
    });
    while listed.len() > MAX_LISTED
        || (listed.len() > 1 && encode(&listed)?.len() > MAX_LISTED_BYTES)
    {
        listed.remove(0);
    }
    set_value(revisions_key(&policy.id), &listed)
}

/// The policies that were dropped.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct DroppedBook {
    /// Each with its last revision: runs refer to its texts, so that another policy of the same id goes on counting.
    pub(super) policies: Vec<(String, u32)>,
    /// Those whose chain was left and is still stored.
    pub(super) chains: Vec<String>,
}

impl Document for DroppedBook {
    const KEY: &'static str = "dropped-policies";
}

impl DroppedBook {
    /// The last revision of a policy that was dropped; 0 if there was none.
    pub(super) fn last_revision(&self, id: &str) -> u32 {
        let mut known = self.policies.iter();
        known
            .find(|(known, _)| known == id)
            .map_or(0, |last| last.1)
    }

    /// Remembers a policy that is dropped.
    pub(super) fn remember(&mut self, id: &str, revision: u32) {
        self.policies.retain(|(known, _)| known != id);
        self.policies.push((id.to_owned(), revision));
        if self.policies.len() > MAX_DROPPED {
            self.policies.remove(0);
        }
        if !self.chains.iter().any(|known| known == id) {
            self.chains.push(id.to_owned());
        }
    }
}

/// Deletes what is stored of chains whose policies were dropped. Killed at any point, the next call does the rest.
pub(super) async fn sweep(host: &impl Host) -> Result<(), StorageError> {
    let book: DroppedBook = load(host).await?;
    for policy in &book.chains {
        chains::sweep(host, policy).await?;
        commit::<_, StorageError>(host, async || {
            let mut book: DroppedBook = load(host).await?;
            book.chains.retain(|known| known != policy);
            let mut writes = vec![set(&book)?];
            let policies: PolicyBook = load(host).await?;
            if policies.get(policy).is_none() {
                writes.extend(chains::index_deletion(host, policy).await?);
            }
            let change = Change {
                writes,
                ..Change::default()
            };
            Ok((change, ()))
        })
        .await?;
    }
    Ok(())
}
