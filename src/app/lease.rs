//! Leases: one worker for each queue (RULES R15). Atlassian checks no fencing token, so a lease outlives the longest
//! invocation before anybody else may take it; our own storage checks the token at every commit.

use serde::{Deserialize, Serialize};

use super::documents::{decode, encode};
use crate::host::{Condition, EntityName, Host, Queue, StorageError, Write};
use crate::model::Time;
use crate::planted::{Fault, planted};

/// How much longer than the declared timeout a lease lives.
const GRACE_SECONDS: i64 = 180;

/// The timeouts that the manifest declares for the consumers, in seconds.
fn declared_timeout(queue: Queue) -> i64 {
    match queue {
        Queue::Work => 900,
        Queue::Answer => 55,
    }
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct Stored {
    fence: i32,
    holder: String,
    expires: String,
}

/// A lease that this invocation holds.
#[derive(Clone, Debug)]
pub(super) struct Lease {
    queue: Queue,
    fence: i32,
}

/// What came of asking for a lease.
#[derive(Debug)]
pub(super) enum Asked {
    /// It is ours.
    Granted(Lease),
    /// Another invocation holds it for so many seconds more, at most.
    Held {
        /// Until it expires by itself.
        seconds: i64,
    },
}

/// Asks for the lease of a queue.
pub(super) async fn ask(host: &impl Host, queue: Queue) -> Result<Asked, StorageError> {
    let now = host.now();
    let stored = read(host, queue).await?;
    if let Some(stored) = &stored {
        let seconds = expiry(stored).since(now);
        if seconds > 0 && !planted(Fault::LeaseIgnored) {
            return Ok(Asked::Held { seconds });
        }
    }
    let fence = stored
        .as_ref()
        .map_or(1, |stored| stored.fence.wrapping_add(1).max(1));
    let condition = match &stored {
        None => Condition::Absent("fence"),
        Some(stored) => Condition::Equals("fence", stored.fence),
    };
    let grace = if planted(Fault::GraceGivenUp) {
        0
    } else {
        GRACE_SECONDS
    };
    let expires = now.plus(declared_timeout(queue) + grace);
    let write = write(queue, fence, "held", expires, Some(condition))?;
    match host.transact(vec![write]).await {
        Ok(()) => Ok(Asked::Granted(Lease { queue, fence })),
        Err(StorageError::Conflict) => Ok(Asked::Held { seconds: 1 }),
        Err(error) => Err(error),
    }
}

/// How long the lease of a queue has been free, in seconds: negative while it is held, `None` if it never was.
pub(super) async fn free_for(host: &impl Host, queue: Queue) -> Result<Option<i64>, StorageError> {
    let stored = read(host, queue).await?;
    Ok(stored.map(|stored| host.now().since(expiry(&stored))))
}

impl Lease {
    /// A lease that was granted before a test begins.
    #[cfg(test)]
    pub(super) const fn granted(queue: Queue, fence: i32) -> Lease {
        Lease { queue, fence }
    }

    /// The operation that makes a transaction fail once the lease is somebody else's.
    pub(super) fn check(&self) -> Write {
        Write::Check {
            entity: EntityName::Lease,
            key: self.queue.name().to_owned(),
            condition: Condition::Equals("fence", self.fence),
        }
    }

    /// Writes all or nothing, if it is still ours; a conflict if it is not. For what is stored under a name that somebody who
    /// took over may write as well.
    pub(super) async fn transact(
        &self,
        host: &impl Host,
        mut writes: Vec<Write>,
    ) -> Result<(), StorageError> {
        writes.push(self.check());
        host.transact(writes).await
    }

    /// Whether it is still ours: the token fits and it has not expired.
    pub(super) async fn is_held(&self, host: &impl Host) -> Result<bool, StorageError> {
        let stored = read(host, self.queue).await?;
        Ok(stored.is_some_and(|stored| stored.fence == self.fence && expiry(&stored) > host.now()))
    }

    /// Gives it back. A lease that was lost meanwhile stays as it is.
    pub(super) async fn give_back(self, host: &impl Host) -> Result<(), StorageError> {
        let condition = Some(Condition::Equals("fence", self.fence));
        let write = write(self.queue, self.fence, "free", host.now(), condition)?;
        match host.transact(vec![write]).await {
            Ok(()) | Err(StorageError::Conflict) => Ok(()),
            Err(error) => Err(error),
        }
    }
}

async fn read(host: &impl Host, queue: Queue) -> Result<Option<Stored>, StorageError> {
    match host.get_entity(EntityName::Lease, queue.name()).await? {
        Some(text) => decode("lease", &text).map(Some),
        None => Ok(None),
    }
}

fn expiry(stored: &Stored) -> Time {
    Time::parse(&stored.expires).unwrap_or_default()
}

fn write(
    queue: Queue,
    fence: i32,
    holder: &str,
    expires: Time,
    condition: Option<Condition>,
) -> Result<Write, StorageError> {
    let stored = Stored {
        fence,
        holder: holder.to_owned(),
        expires: expires.to_string(),
    };
    Ok(Write::SetEntity {
        entity: EntityName::Lease,
        key: queue.name().to_owned(),
        value: encode(&stored)?,
        condition,
    })
}
