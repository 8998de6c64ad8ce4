//! What is known of the organization, and what a person can do about it.

use super::error::AdminError;
use super::{Answer, Caller, Reading, SnapshotSummary};
use crate::app::commit::{Change, commit};
use crate::app::documents::{edit, set};
use crate::app::records::{Acceptance, SuspicionCode};
use crate::app::sync::{Accepted, AcceptedBook, ask_for_reading, newest_head, progress};
use crate::audit::{Actor, Entry, LogAction, Outcome};
use crate::host::{Host, StorageError};

/// The newest snapshot in figures, and the reading under way.
pub(super) async fn reading<H: Host>(host: &H) -> Result<Reading, StorageError> {
    let snapshot = newest_head(host).await?.map(|head| SnapshotSummary {
        id: head.id,
        source: head.source,
        coverage: head.coverage,
        suspicions: head.suspicions,
        accepted: head.accepted,
        taken: head.taken,
        users: head.users,
        products: head.products,
    });
    let progress = progress(host).await?;
    Ok(Reading { snapshot, progress })
}

/// Puts a whole reading on the queue.
pub(super) async fn start<H: Host>(host: &H) -> Result<Answer, AdminError> {
    ask_for_reading(host, true).await?;
    Ok(Answer::Reading(reading(host).await?))
}

/// Takes a jump of idle people for true. What is missing cannot be accepted: it must be read. Whoever does so is a requester
/// of the runs that rest on it, and each policy's first one is held (RULES R9).
pub(super) async fn accept<H: Host>(
    host: &H,
    caller: &Caller,
    snapshot: &str,
    reason: &str,
) -> Result<Answer, AdminError> {
    let reason = super::exemptions::reason(reason)?;
    commit::<_, AdminError>(host, async || {
        let now = host.now();
        let newest = newest_head(host).await?;
        let head = newest.filter(|head| head.id == snapshot).ok_or_else(|| {
            let why = "another reading is the newest now: look at it first";
            AdminError::WrongState(String::from(why))
        })?;
        let is_jump = |code| code == SuspicionCode::Jump;
        if !head
            .suspicions
            .iter()
            .any(|suspicion| is_jump(suspicion.code))
        {
            let why = "only a jump of idle people can be accepted: what was not read must be read";
            return Err(AdminError::WrongState(String::from(why)));
        }
        let book = AcceptedBook {
            accepted: Some(Accepted {
                taken: head.taken,
                idle: head.coverage.idle,
                acceptance: Acceptance {
                    edit: edit(&caller.account_id, now),
                    reason: reason.clone(),
                },
            }),
        };
        let after = serde_json::json!({
            "snapshot": head.id,
            "readFrom": head.taken,
            "idle": head.coverage.idle,
        });
        let entry = Entry {
            reason: Some(reason.clone()),
            after: Some(after),
            ..Entry::new(
                now,
                &Actor::Person(caller.account_id.clone()),
                LogAction::AcceptSnapshot,
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
    Ok(Answer::Reading(reading(host).await?))
}
