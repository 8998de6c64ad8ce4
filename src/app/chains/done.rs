//! What a run did: noted in the chain of its policy when it ends.

use foldhash::fast::FixedState;
use hashbrown::HashMap;

use super::chain::{Chain, Unwritten};
use crate::host::{Host, StorageError};
use crate::model::{AccountId, DirectoryId, Time};

/// A stage that was done, or at whose end the person was already.
#[derive(Clone, Debug)]
pub(in crate::app) struct Done {
    /// For whom.
    pub(in crate::app) account: AccountId,
    /// In which directory.
    pub(in crate::app) directory: DirectoryId,
    /// Which stage, from 0.
    pub(in crate::app) stage: u32,
}

/// Notes what a run did. Whoever is not in the chain any more (an erased account, a policy that was changed since) is not
/// put back. Told twice, the first time stays.
pub(in crate::app) async fn note_done(
    host: &impl Host,
    policy: &str,
    hash: &str,
    run: &str,
    at: Time,
    done: &[Done],
) -> Result<Unwritten, StorageError> {
    let mut chain = Chain::load(host, policy).await?;
    if chain.index.hash != hash {
        return Ok(Unwritten::default());
    }
    let mut by_person: HashMap<(&AccountId, &DirectoryId), &Done, FixedState> = HashMap::default();
    for done in done {
        by_person.insert((&done.account, &done.directory), done);
    }
    for part in &mut chain.parts {
        for member in &mut part.members {
            if let Some(done) = by_person.get(&(&member.account, &member.directory))
                && member.link.postponed.is_none()
                && member.link.done_at(done.stage).is_none()
            {
                member.link.note_done(done.stage, at);
                part.is_changed = true;
            }
        }
    }
    chain.store(host, &format!("{run}-done"), hash).await
}
