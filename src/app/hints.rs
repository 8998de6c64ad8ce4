//! Hints: accounts of which Jira said that something changed, to be read again before the next daily reading.
//!
//! A hint is only a hint. Events come late, twice or not at all, and two that come together may write over each other:
//! the daily reading is the truth, and a hint that is lost costs a day at most.

use serde::Deserialize;

use super::documents::{decode, load_value, set_value};
use crate::host::{Host, StorageError, Write};
use crate::json;
use crate::model::AccountId;

/// So many documents share the hints, so that events that come together seldom meet in one.
const BUCKETS: u32 = 32;
/// The most accounts in one of them: whoever comes later waits for the daily reading.
const MAX_ACCOUNTS: usize = 500;
/// The most documents in one transaction.
const WRITES_AT_ONCE: usize = 16;

/// What is read of an event `avi:jira:{created,updated,deleted}:user`.
#[derive(Deserialize)]
struct UserEvent {
    user: Option<EventUser>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct EventUser {
    account_id: Option<AccountId>,
    account_type: Option<String>,
}

/// Takes an event about a user, as JSON text. Anything else, and app and customer accounts, are passed over.
///
/// # Errors
/// In words, when the app's storage fails. The platform may deliver the event again; nothing depends on it.
pub async fn hint<H: Host>(host: &H, event: &str) -> Result<(), String> {
    let Some(account) = account_of(event) else {
        return Ok(());
    };
    mark(host, &[account])
        .await
        .map_err(|error| error.to_string())
}

fn account_of(event: &str) -> Option<AccountId> {
    let user = json::read::<UserEvent>(event).ok()?.user?;
    let takes_no_seat = matches!(user.account_type.as_deref(), Some("app" | "customer"));
    user.account_id
        .filter(|account| !takes_no_seat && account.is_plausible())
}

/// Marks accounts for another reading.
pub(super) async fn mark(host: &impl Host, accounts: &[AccountId]) -> Result<(), StorageError> {
    change(host, accounts, &|known, account| {
        let is_new = !known.contains(account) && known.len() < MAX_ACCOUNTS;
        if is_new {
            known.push(account.clone());
        }
        is_new
    })
    .await
}

/// The accounts to read again. They stay marked until [`clear`].
pub(super) async fn take(host: &impl Host) -> Result<Vec<AccountId>, StorageError> {
    let keys: Vec<String> = (0..BUCKETS).map(key).collect();
    let mut accounts = Vec::new();
    for (key, text) in keys.iter().zip(host.get(&keys).await?) {
        if let Some(text) = text {
            accounts.extend(decode::<Vec<AccountId>>(key, &text)?);
        }
    }
    Ok(accounts)
}

/// Whether any account is marked.
pub(super) async fn are_there(host: &impl Host) -> Result<bool, StorageError> {
    Ok(!take(host).await?.is_empty())
}

/// Forgets accounts that were read again.
pub(super) async fn clear(host: &impl Host, accounts: &[AccountId]) -> Result<(), StorageError> {
    change(host, accounts, &|known, account| {
        let before = known.len();
        known.retain(|other| other != account);
        known.len() < before
    })
    .await
}

/// Changes the documents of some accounts; only those that `apply` says it changed are written.
async fn change(
    host: &impl Host,
    accounts: &[AccountId],
    apply: &dyn Fn(&mut Vec<AccountId>, &AccountId) -> bool,
) -> Result<(), StorageError> {
    let mut writes: Vec<Write> = Vec::new();
    for bucket in 0..BUCKETS {
        let mut own = accounts
            .iter()
            .filter(|account| bucket_of(account) == bucket)
            .peekable();
        if own.peek().is_none() {
            continue;
        }
        let mut known: Vec<AccountId> = load_value(host, &key(bucket)).await?.unwrap_or_default();
        let mut is_changed = false;
        for account in own {
            is_changed |= apply(&mut known, account);
        }
        if is_changed {
            writes.push(set_value(key(bucket), &known)?);
        }
        if writes.len() == WRITES_AT_ONCE {
            host.transact(std::mem::take(&mut writes)).await?;
        }
    }
    if writes.is_empty() {
        return Ok(());
    }
    host.transact(writes).await
}

fn key(bucket: u32) -> String {
    format!("hints:{bucket}")
}

fn bucket_of(account: &AccountId) -> u32 {
    share_of(account, BUCKETS)
}

/// Which of some equal shares an account falls into, always the same one.
pub(super) fn share_of(account: &AccountId, shares: u32) -> u32 {
    let hash = account
        .as_str()
        .bytes()
        .fold(2_166_136_261_u32, |hash, byte| {
            (hash ^ u32::from(byte)).wrapping_mul(16_777_619)
        });
    // The low bits of this hash follow the last letters closely; the high ones are folded in.
    (hash ^ (hash >> 15))
        .checked_rem(shares)
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn account(text: &str) -> Option<String> {
        account_of(text).map(|account| account.0)
    }

    #[test]
    fn an_event_names_its_account_unless_it_takes_no_seat() {
        let event =
            |user: &str| format!(r#"{{"eventType":"avi:jira:updated:user","user":{user}}}"#);
        let known = r#"{"accountId":"712020:a-b","accountType":"atlassian","active":false}"#;
        assert_eq!(account(&event(known)).as_deref(), Some("712020:a-b"));
        let deleted = r#"{"accountId":"712020:a-b"}"#;
        assert_eq!(account(&event(deleted)).as_deref(), Some("712020:a-b"));
        for nobody in [
            r#"{"accountId":"557058:bot","accountType":"app"}"#,
            r#"{"accountId":"qm:x","accountType":"customer"}"#,
            r#"{"accountId":"../x","accountType":"atlassian"}"#,
            r#"{"displayName":"Mia"}"#,
            "null",
            "7",
        ] {
            assert_eq!(account(&event(nobody)), None, "{nobody}");
        }
        assert_eq!(account("not json"), None);
        assert_eq!(account("{}"), None);
    }

    #[test]
    fn accounts_spread_over_the_shares() {
        let mut counts = [0_u32; 32];
        for number in 0..32_000 {
            let account = AccountId(format!("712020:00000000-0000-4000-8000-{number:012}"));
            counts[share_of(&account, 32) as usize] += 1;
        }
        for count in counts {
            assert!((800..1_200).contains(&count), "{counts:?}");
        }
    }
}
