//! Keeping an access: a sign of life of somebody who was warned, which is no activity and is not taken for one.

use serde_json::json;

use super::Pressed;
use super::back::give;
use super::request::LinkOutput;
use super::taken::{TakenBy, taken_since_made};
use crate::app::commit::{Change, commit};
use crate::app::documents::{PolicyBook, load, set_value};
use crate::app::links::{KeepUse, Token, part_of};
use crate::app::records::Settings;
use crate::audit::{Actor, Entry, LogAction, Outcome};
use crate::host::{Host, StorageError};
use crate::model::DAY;

/// What whoever presses the button finds.
enum Found {
    /// The access is there still.
    Answered(Pressed),
    /// The policy took it meanwhile.
    Taken(Box<TakenBy>),
}

/// Lets a person be, if the link was not used before and links are still wanted. Its policy must be there still. Whoever comes
/// too late is answered as by the link that gives back what was taken.
pub(super) async fn keep<H: Host>(
    host: &H,
    token: &Token,
    id: &str,
    reason: Option<&str>,
) -> Result<Pressed, StorageError> {
    // In the attempt: whatever a run begins to take meanwhile is an entry, and makes the commit fail.
    let found = commit::<_, StorageError>(host, async || {
        let mut change = Change::default();
        let refused = |why| Ok((Change::default(), Found::Answered(Err(Some(why)))));
        let (key, mut part) = part_of(host, &token.policy, &token.account).await?;
        let was_kept = part.was_kept_by(&token.account, id);
        match taken_since_made(host, token).await? {
            Some(_) if was_kept => return refused("it kept the access before, for its time"),
            Some(taken) => return Ok((change, Found::Taken(Box::new(taken)))),
            None if was_kept => return Ok((change, Found::Answered(Ok(LinkOutput::Kept)))),
            None => {}
        }
        let settings: Settings = load(host).await?;
        let policies: PolicyBook = load(host).await?;
        let notices = settings.notices.as_ref();
        let rules = notices.map(|notices| notices.links_of(&token.policy));
        let Some((rules, days)) = rules.and_then(|rules| Some((rules, rules.keep_days?))) else {
            return refused("the settings want no such link any more");
        };
        let Some(stored) = policies.get(&token.policy) else {
            return refused("its policy is gone");
        };
        let now = host.now();
        let until = now.plus(i64::from(days) * DAY);
        let one = KeepUse {
            account: &token.account,
            link: id,
            expires: token.expires,
            now,
            until,
            most: rules.keep_times,
        };
        if let Err(why) = part.note(one) {
            return Ok((change, Found::Answered(Err(why))));
        }
        change.writes.push(set_value(key, &part)?);
        change.entries.push(Entry {
            subject: Some(token.account.0.clone()),
            policy: Some(token.policy.clone()),
            policy_hash: Some(stored.hash.clone()),
            reason: reason.map(str::to_owned),
            after: Some(json!({"keptUntil": until, "stage": token.stage})),
            ..Entry::new(
                now,
                &Actor::Link(token.account.clone()),
                LogAction::KeepAccess,
                Outcome::Done,
            )
        });
        Ok((change, Found::Answered(Ok(LinkOutput::Kept))))
    })
    .await?;
    match found {
        Found::Answered(pressed) => Ok(pressed),
        Found::Taken(taken) => give(host, &taken, token, id).await,
    }
}
