//! Who said that they still need their access, until when they are let be, and which links they used for it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::app::documents::{decode, load_value, set_value};
use crate::audit::sha256_hex;
use crate::host::{Host, StorageError, Write};
use crate::model::{AccountId, DAY, Time};
use crate::plan::LinkUse;
use crate::planted::{Fault, planted};

/// In so many values a policy's people lie, so that none gets too large.
const PARTS: u32 = 16;
/// For so long after its end it is remembered how often somebody used a link.
const REMEMBERED_SECONDS: i64 = 365 * DAY;

/// What is kept of one person.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Kept {
    /// When they used the last one.
    #[serde(rename = "a")]
    at: Time,
    /// Until then they are let be.
    #[serde(rename = "u")]
    until: Time,
    /// How often they used a link.
    #[serde(rename = "n")]
    times: u32,
    /// The links they used that have not expired yet, each with its end.
    #[serde(rename = "l", default, skip_serializing_if = "Vec::is_empty")]
    links: Vec<(String, Time)>,
}

/// Some people of one policy.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub(super) struct KeptPart {
    people: BTreeMap<AccountId, Kept>,
}

/// A use of a link.
#[derive(Clone, Copy, Debug)]
pub(super) struct Use<'a> {
    pub(super) account: &'a AccountId,
    /// The link's id.
    pub(super) link: &'a str,
    pub(super) expires: Time,
    pub(super) now: Time,
    /// Until then the person is let be.
    pub(super) until: Time,
    /// How often a person may use a link of the policy; as often as they like without it.
    pub(super) most: Option<u32>,
}

impl KeptPart {
    /// Forgets people; false if none of them was there.
    fn forget(&mut self, closed: &[AccountId]) -> bool {
        let people = self.people.len();
        self.people.retain(|account, _| !closed.contains(account));
        self.people.len() < people
    }

    /// Notes a use; false if the link was used before, or the person has used as many as they may.
    pub(super) fn note(&mut self, one: Use<'_>) -> bool {
        let Use {
            account, link, now, ..
        } = one;
        self.people
            .retain(|_, kept| kept.until.plus(REMEMBERED_SECONDS) > now);
        let kept = self.people.entry(account.clone()).or_default();
        kept.links.retain(|(_, expires)| *expires > now);
        let mut used = kept.links.iter();
        let was_used = used.any(|(used, _)| used == link) && !planted(Fault::LinkUsedTwice);
        if was_used || one.most.is_some_and(|most| kept.times >= most) {
            return false;
        }
        kept.links.push((link.to_owned(), one.expires));
        kept.times = kept.times.saturating_add(1);
        kept.at = now;
        kept.until = kept.until.max(one.until);
        true
    }
}

fn key(policy: &str, part: u32) -> String {
    format!("kept-{policy}-{part:x}")
}

fn keys(policy: &str) -> Vec<String> {
    (0..PARTS).map(|part| key(policy, part)).collect()
}

/// The part of a policy's people in which somebody is, under its key.
pub(super) async fn part_of(
    host: &impl Host,
    policy: &str,
    account: &AccountId,
) -> Result<(String, KeptPart), StorageError> {
    let digit = sha256_hex(account.as_str());
    let digit = digit
        .get(..1)
        .and_then(|digit| u32::from_str_radix(digit, 16).ok());
    let key = key(policy, digit.unwrap_or(0) % PARTS);
    let part = load_value(host, &key).await?.unwrap_or_default();
    Ok((key, part))
}

/// Everybody who used a link of a policy, each when last, and until when they are let be.
pub(in crate::app) async fn kept(
    host: &impl Host,
    policy: &str,
) -> Result<BTreeMap<AccountId, LinkUse>, StorageError> {
    let keys = keys(policy);
    let mut people = BTreeMap::new();
    for (key, text) in keys.iter().zip(host.get(&keys).await?) {
        let Some(text) = text else { continue };
        let part: KeptPart = decode(key, &text)?;
        for (account, kept) in part.people {
            if planted(Fault::LinkForgotten) {
                continue;
            }
            let Kept { at, until, .. } = kept;
            people.insert(account, LinkUse { at, until });
        }
    }
    Ok(people)
}

/// The writes that forget people who closed their accounts.
pub(super) async fn forgetting(
    host: &impl Host,
    policy: &str,
    closed: &[AccountId],
) -> Result<Vec<Write>, StorageError> {
    let keys = keys(policy);
    let mut writes = Vec::new();
    for (key, text) in keys.iter().zip(host.get(&keys).await?) {
        let Some(text) = text else { continue };
        let mut part: KeptPart = decode(key, &text)?;
        if part.forget(closed) {
            writes.push(set_value(key.clone(), &part)?);
        }
    }
    Ok(writes)
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAYS: i64 = 86_400;

    #[test]
    fn a_link_is_used_once_and_a_person_uses_as_many_as_they_may() {
        let mut part = KeptPart::default();
        let account = AccountId("a".into());
        let mut note = |link: &str, day: i64, most: Option<u32>| {
            part.note(Use {
                account: &account,
                link,
                expires: Time(14 * DAYS),
                now: Time(day * DAYS),
                until: Time((day + 90) * DAYS),
                most,
            })
        };
        assert!(note("one", 1, Some(2)));
        assert!(!note("one", 2, Some(2)), "used before");
        assert!(note("two", 3, Some(2)));
        assert!(!note("three", 4, Some(2)), "as many as they may");
        assert!(note("three", 4, None));
        // The longest stands.
        assert_eq!(part.people[&account].until, Time(94 * DAYS));
    }

    #[test]
    fn all_who_closed_their_accounts_are_forgotten_at_once() {
        let account = |name: &str| AccountId(name.into());
        let mut part = KeptPart::default();
        for name in ["a", "b", "c"] {
            part.people.insert(account(name), Kept::default());
        }
        assert!(part.forget(&[account("a"), account("c"), account("x")]));
        assert_eq!(part.people.keys().collect::<Vec<_>>(), [&account("b")]);
        assert!(!part.forget(&[account("a")]));
    }
}
