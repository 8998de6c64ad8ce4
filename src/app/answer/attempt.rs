//! What follows from an attempt to log in: the undo of what a policy did to the person, as by a link.

use super::back::{Asked, Wish, ask_back};
use super::taken::{entries_about, last_taken};
use crate::app::commit::AuditEntity;
use crate::app::records::Attempt;
use crate::audit::{LogAction, Outcome};
use crate::host::{Host, StorageError};
use crate::model::{AccountId, Time};
use crate::policy::is_by_hand;

/// What became of an attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::app) enum Attempted {
    /// It began an undo, or is worth nothing.
    Settled,
    /// Something passing is in the way.
    NotNow,
    /// No policy keeps the person out any more.
    NotOut,
}

/// Gives back what the suspension of a policy took from whoever tried to log in after it, or asks for it. The log only
/// tells which run it was, and when; what the run did, and what is left of it, is read from the run.
///
/// A suspension alone counts: whoever lost a product, and not the rest, logs in all the same.
pub(in crate::app) async fn attempted<H: Host>(
    host: &H,
    attempt: &Attempt,
) -> Result<Attempted, StorageError> {
    let Some((suspension, at)) = suspension(host, &attempt.account).await? else {
        return Ok(Attempted::Settled);
    };
    if attempt.at <= at {
        return Ok(Attempted::Settled);
    }
    // What was done by hand, or by a move, a person wanted of exactly this one.
    let policy = suspension.policy.filter(|policy| !is_by_hand(policy));
    let Some(policy) = policy else {
        return Ok(Attempted::NotOut);
    };
    let taken = last_taken(host, (&attempt.account, Some(&policy)), false).await?;
    let of_it = taken.filter(|taken| suspension.run.as_ref() == Some(&taken.run.id));
    let Some(taken) = of_it else {
        return Ok(Attempted::NotOut);
    };
    Ok(
        match ask_back(host, &taken, &Wish::Attempt(attempt)).await? {
            Asked::Begun(_) | Asked::Refused(_) => Attempted::Settled,
            Asked::NotNow => Attempted::NotNow,
        },
    )
}

/// The last suspension of a person by the app within 90 days, and when it was.
async fn suspension<H: Host>(
    host: &H,
    account: &AccountId,
) -> Result<Option<(AuditEntity, Time)>, StorageError> {
    for entity in entries_about(host, account).await? {
        let may_be_out = [Outcome::Done, Outcome::Failed].map(Outcome::name);
        if entity.action == LogAction::Suspend.name()
            && may_be_out.contains(&entity.outcome.as_str())
            && let Some(at) = entity.at()
        {
            return Ok(Some((entity, at)));
        }
    }
    Ok(None)
}
