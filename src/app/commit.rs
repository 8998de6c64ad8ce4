//! Commits: documents and the log's entries about them, all or nothing, and only if nothing was committed in between.

use serde::{Deserialize, Serialize};

use super::boxed::Boxed;
use super::documents::{decode, encode};
use super::lease::Lease;
use crate::audit::{Entry, StoredEntry, genesis, seal};
use crate::host::{Condition, EntityName, Host, StorageError, Write};
use crate::model::Time;
use crate::planted::{Fault, planted};

/// The key of the chain's head.
const HEAD: &str = "head";
/// How often a commit is tried again after somebody else came first.
const ATTEMPTS: u32 = 12;
/// The most entries in one transaction (RULES R14).
pub(super) const MAX_ENTRIES: usize = 20;

/// The head of the log's chain.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Head {
    /// The newest entry's number; 0 when there is none.
    pub(super) seq: u32,
    /// Its hash.
    pub(super) hash: String,
    /// Its time. Entries never go back in time, or an index by time would show them out of order.
    #[serde(default)]
    pub(super) time: Time,
    /// Counted up by every commit, also by those without an entry: no two of them overlook each other.
    #[serde(default)]
    pub(super) commits: i32,
}

/// What one commit writes.
#[derive(Debug, Default)]
pub(super) struct Change {
    /// Entries for the log.
    pub(super) entries: Vec<Entry>,
    /// Everything else.
    pub(super) writes: Vec<Write>,
}

/// Reads the head. Boxed, like everything that many commits share, so that its code is there once.
pub(super) fn head<H: Host>(host: &H) -> Boxed<'_, Head> {
    Box::pin(async move {
        match host.get_entity(EntityName::Chain, HEAD).await? {
            Some(text) => decode("chain", &text),
            None => Ok(Head {
                seq: 0,
                hash: genesis(),
                time: Time::default(),
                commits: 0,
            }),
        }
    })
}

/// Writes a change after a head, if there is anything to write; false when somebody else came first.
fn write<'h, H: Host>(host: &'h H, head: Head, change: Change) -> Boxed<'h, bool> {
    Box::pin(async move {
        if change.entries.is_empty() && change.writes.is_empty() {
            return Ok(true);
        }
        match host.transact(transaction(&head, change)?).await {
            Ok(()) => Ok(true),
            Err(StorageError::Conflict) => Ok(false),
            Err(error) => Err(error),
        }
    })
}

/// Computes a change from what is stored now and commits it, again and again until nobody else came in between.
///
/// `attempt` must read every document that it changes: the head is read before, so whatever was committed after that
/// makes the commit fail and the attempt run again.
pub(super) async fn commit<T, E: From<StorageError>>(
    host: &impl Host,
    mut attempt: impl AsyncFnMut() -> Result<(Change, T), E>,
) -> Result<T, E> {
    for _ in 0..ATTEMPTS {
        let head = head(host).await?;
        let (change, value) = attempt().await?;
        if write(host, head, change).await? {
            return Ok(value);
        }
    }
    Err(StorageError::Conflict.into())
}

/// The head, if the lease is held.
fn head_if_held<'h, H: Host>(host: &'h H, lease: &'h Lease) -> Boxed<'h, Option<Head>> {
    Box::pin(async move {
        let head = head(host).await?;
        let is_held = lease.is_held(host).await? || planted(Fault::FenceDropped);
        Ok(is_held.then_some(head))
    })
}

/// Commits like [`commit`], as long as a lease is held; `None` as soon as it is not.
pub(super) async fn commit_leased<T, E: From<StorageError>>(
    host: &impl Host,
    lease: &Lease,
    mut attempt: impl AsyncFnMut() -> Result<(Change, T), E>,
) -> Result<Option<T>, E> {
    for _ in 0..ATTEMPTS {
        let Some(head) = head_if_held(host, lease).await? else {
            return Ok(None);
        };
        let (mut change, value) = attempt().await?;
        if !planted(Fault::FenceDropped) {
            change.writes.push(lease.check());
        }
        if write(host, head, change).await? {
            return Ok(Some(value));
        }
    }
    Err(StorageError::Conflict.into())
}

fn transaction(head: &Head, change: Change) -> Result<Vec<Write>, StorageError> {
    if i32::try_from(head.seq).is_err() {
        return Err(StorageError::Failed(String::from("the log is full")));
    }
    let unchanged = match head.commits {
        // The counter alone would keep two workers apart.
        _ if planted(Fault::FenceDropped) => match i32::try_from(head.seq) {
            Ok(0) | Err(_) => Condition::Absent("seq"),
            Ok(seq) => Condition::Equals("seq", seq),
        },
        0 => Condition::Absent("commits"),
        commits => Condition::Equals("commits", commits),
    };
    let mut writes = change.writes;
    let mut newest = head.clone();
    for mut entry in change.entries {
        entry.time = entry.time.max(newest.time);
        let previous = if planted(Fault::ChainBroken) {
            &head.hash
        } else {
            &newest.hash
        };
        let stored = seal(&entry, newest.seq.saturating_add(1), previous);
        writes.push(audit_write(&entry, &stored)?);
        newest = Head {
            seq: stored.seq,
            hash: stored.hash,
            time: entry.time,
            commits: 0,
        };
    }
    // It begins anew long before it is full: who would read the same number again has waited for two thousand million commits.
    newest.commits = head.commits.checked_add(1).unwrap_or(1);
    writes.push(Write::SetEntity {
        entity: EntityName::Chain,
        key: HEAD.to_owned(),
        value: encode(&newest)?,
        condition: Some(unchanged),
    });
    Ok(writes)
}

/// An entry as an entity: an attribute for each index, and the canonical text.
#[derive(Serialize, Deserialize)]
pub(super) struct AuditEntity {
    pub(super) seq: u32,
    /// The time and, so that entries of one second keep their order, the number.
    pub(super) time: String,
    pub(super) actor: String,
    pub(super) action: String,
    pub(super) outcome: String,
    pub(super) month: String,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(super) subject: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(super) run: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(super) policy: Option<String>,
    pub(super) entry: String,
    pub(super) hash: String,
}

impl AuditEntity {
    /// The entry's time.
    pub(super) fn at(&self) -> Option<Time> {
        Time::parse(self.time.split_once(' ')?.0)
    }
}

/// The key of an entry.
pub(super) fn audit_key(seq: u32) -> String {
    format!("{seq:010}")
}

/// The entry in an entity.
pub(super) fn stored_entry(entity: AuditEntity) -> StoredEntry {
    StoredEntry {
        seq: entity.seq,
        entry: entity.entry,
        hash: entity.hash,
    }
}

fn audit_write(entry: &Entry, stored: &StoredEntry) -> Result<Write, StorageError> {
    let entity = AuditEntity {
        seq: stored.seq,
        time: format!("{} {}", entry.time, audit_key(stored.seq)),
        actor: entry.actor.clone(),
        action: entry.action.clone(),
        outcome: entry.outcome.clone(),
        month: entry.time.month(),
        subject: entry.subject.clone(),
        run: entry.run.clone(),
        policy: entry.policy.clone(),
        entry: stored.entry.clone(),
        hash: stored.hash.clone(),
    };
    Ok(Write::SetEntity {
        entity: EntityName::Audit,
        key: audit_key(stored.seq),
        value: encode(&entity)?,
        condition: None,
    })
}
