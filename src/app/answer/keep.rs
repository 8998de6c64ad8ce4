//! Keeping an access: a sign of life of somebody who was warned, which is no activity and is not taken for one.

use serde_json::json;

use crate::app::commit::{Change, commit};
use crate::app::documents::{PolicyBook, load, set_value};
use crate::app::links::{KeepUse, Token, part_of};
use crate::app::records::Settings;
use crate::audit::{Actor, Entry, LogAction, Outcome};
use crate::host::{Host, StorageError};
use crate::model::DAY;

/// Lets a person be, if the link was not used before and links are still wanted. Its policy must be there still.
pub(super) async fn keep<H: Host>(
    host: &H,
    token: &Token,
    id: &str,
    reason: Option<&str>,
) -> Result<bool, StorageError> {
    commit::<_, StorageError>(host, async || {
        let settings: Settings = load(host).await?;
        let policies: PolicyBook = load(host).await?;
        let mut change = Change::default();
        let notices = settings.notices.as_ref();
        let rules = notices.map(|notices| notices.links_of(&token.policy));
        let Some((rules, days)) = rules.and_then(|rules| Some((rules, rules.keep_days?))) else {
            return Ok((change, false));
        };
        let Some(stored) = policies.get(&token.policy) else {
            return Ok((change, false));
        };
        let (key, mut part) = part_of(host, &token.policy, &token.account).await?;
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
        if !part.note(one) {
            return Ok((change, false));
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
        Ok((change, true))
    })
    .await
}
