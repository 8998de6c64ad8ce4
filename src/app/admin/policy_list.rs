//! The list of policies: their order, and what is dropped from it.

use super::error::AdminError;
use super::exemptions::reason;
use super::policies::policies;
use super::{Answer, Caller};
use crate::app::chains;
use crate::app::commit::{Change, commit};
use crate::app::documents::{ActiveRuns, PolicyBook, StoredPolicy, load, load_run, set};
use crate::app::past_policies::{self, DroppedBook};
use crate::audit::{Actor, Entry, LogAction, Outcome};
use crate::host::Host;

fn entry<H: Host>(host: &H, caller: &Caller, action: LogAction, stored: &StoredPolicy) -> Entry {
    Entry {
        policy: Some(stored.policy.id.clone()),
        policy_hash: Some(stored.hash.clone()),
        ..Entry::new(
            host.now(),
            &Actor::Person(caller.account_id.clone()),
            action,
            Outcome::Done,
        )
    }
}

/// Puts a policy before another one, or at the end: where two are due, a person goes to the first (RULES R7).
pub(super) async fn move_policy<H: Host>(
    host: &H,
    caller: &Caller,
    policy: &str,
    before: Option<&str>,
) -> Result<Answer, AdminError> {
    commit::<_, AdminError>(host, async || {
        let mut book: PolicyBook = load(host).await?;
        let place = place_of(&book, policy)?;
        if before == Some(policy) {
            let why = "a policy cannot be put before itself";
            return Err(AdminError::Invalid(String::from(why)));
        }
        let moved = book.policies.remove(place);
        let to = match before {
            Some(before) => place_of(&book, before)?,
            None => book.policies.len(),
        };
        let said = match before {
            Some(before) => format!("put before the policy {before}"),
            None => String::from("put at the end"),
        };
        let mut change = Change::default();
        if to != place {
            change.entries.push(Entry {
                reason: Some(said),
                before: Some(serde_json::json!({ "place": place + 1 })),
                after: Some(serde_json::json!({ "place": to + 1 })),
                ..entry(host, caller, LogAction::MovePolicy, &moved)
            });
            book.policies.insert(to, moved);
            change.writes.push(set(&book)?);
        }
        Ok((change, ()))
    })
    .await?;
    policies(host).await
}

fn place_of(book: &PolicyBook, id: &str) -> Result<usize, AdminError> {
    let mut policies = book.policies.iter();
    policies
        .position(|stored| stored.policy.id == id)
        .ok_or(AdminError::NotFound("such policy"))
}

/// Drops a policy: nothing starts it any more, and whoever was in its chain has left it. Its runs, its texts and its entries
/// stay.
pub(super) async fn drop_policy<H: Host>(
    host: &H,
    caller: &Caller,
    policy: &str,
    why: &str,
) -> Result<Answer, AdminError> {
    let why = reason(why)?;
    commit::<_, AdminError>(host, async || {
        refuse_if_active(host, policy).await?;
        let mut book: PolicyBook = load(host).await?;
        let place = place_of(&book, policy)?;
        let dropped = book.policies.remove(place);
        let mut past: DroppedBook = load(host).await?;
        past.remember(policy, dropped.revision);
        let (mut writes, people) = chains::abandon(host, policy).await?;
        writes.push(set(&book)?);
        writes.push(set(&past)?);
        let left = match people {
            0 => String::new(),
            people => format!("; {people} in its chain of stages left it"),
        };
        let entry = Entry {
            reason: Some(format!("{}: {why}{left}", dropped.policy.name)),
            before: Some(serde_json::json!({
                "hash": dropped.hash, "revision": dropped.revision, "place": place + 1
            })),
            ..entry(host, caller, LogAction::DropPolicy, &dropped)
        };
        let change = Change {
            entries: vec![entry],
            writes,
        };
        Ok((change, ()))
    })
    .await?;
    // The schedule does it too, should this be the end.
    past_policies::sweep(host).await?;
    policies(host).await
}

/// A run that is under way or waits for a decision keeps its policy.
async fn refuse_if_active<H: Host>(host: &H, policy: &str) -> Result<(), AdminError> {
    let active: ActiveRuns = load(host).await?;
    for id in active.runs {
        let Some(run) = load_run(host, &id).await? else {
            continue;
        };
        if run.policy.id == policy {
            return Err(AdminError::WrongState(format!(
                "the run {id} of this policy is not over ({}): reject or abort it first",
                run.state.name()
            )));
        }
    }
    Ok(())
}
