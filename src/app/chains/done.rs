//! What a run did: noted in the chain of its policy when it ends.

use foldhash::fast::FixedState;
use hashbrown::HashMap;

use super::chain::{Chain, Unwritten};
use crate::app::lease::Lease;
use crate::host::{Host, StorageError};
use crate::model::{AccountId, DirectoryId, Time};
use crate::plan::Link;

/// What was done of a stage.
#[derive(Clone, Debug)]
pub(in crate::app) struct Done {
    /// For whom.
    pub(in crate::app) account: AccountId,
    /// In which directory.
    pub(in crate::app) directory: DirectoryId,
    /// Which stage, from 0.
    pub(in crate::app) stage: u32,
    /// How many of its acts.
    pub(in crate::app) acts: usize,
    /// Whether that is all of it.
    pub(in crate::app) is_all: bool,
}

/// Notes what a run did. Whoever is not in the chain any more (an erased account, a policy that was changed since) is not
/// put back. Told twice, the first time stays.
pub(in crate::app) async fn note_done(
    (host, lease): (&impl Host, &Lease),
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
            {
                part.is_changed |= note(&mut member.link, done, at);
            }
        }
    }
    chain.store(host, lease, &format!("{run}-done"), hash).await
}

/// Whether there was something to note.
fn note(link: &mut Link, done: &Done, at: Time) -> bool {
    let before = link.clone();
    if done.is_all {
        link.note_done(done.stage, at);
    } else {
        link.note_acts(done.stage, done.acts);
    }
    *link != before
}
