//! Who said that they still need their access, until when they are let be, and which links people used.

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
/// Why a link is refused.
const TOO_OFTEN: &str = "the person has used as many links of the policy as the settings allow";
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
    /// How often they used a link to keep the access.
    #[serde(rename = "n")]
    times: u32,
    /// The links they used that have not expired yet, each with its end.
    #[serde(rename = "l", default, skip_serializing_if = "Vec::is_empty")]
    links: Vec<(String, Time)>,
    /// Those of them that kept the access: whoever presses one twice is told the same again.
    #[serde(rename = "k", default, skip_serializing_if = "Vec::is_empty")]
    kept_by: Vec<String>,
}

/// Some people of one policy.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub(in crate::app) struct KeptPart {
    people: BTreeMap<AccountId, Kept>,
}

/// A use of a link that keeps an access.
#[derive(Clone, Copy, Debug)]
pub(in crate::app) struct KeepUse<'a> {
    pub(in crate::app) account: &'a AccountId,
    /// The link's id.
    pub(in crate::app) link: &'a str,
    pub(in crate::app) expires: Time,
    pub(in crate::app) now: Time,
    /// Until then the person is let be.
    pub(in crate::app) until: Time,
    /// How often a person may use a link of the policy; as often as they like without it.
    pub(in crate::app) most: Option<u32>,
}

impl KeptPart {
    /// Forgets people; false if none of them was there.
    fn forget(&mut self, closed: &[AccountId]) -> bool {
        let people = self.people.len();
        self.people.retain(|account, _| !closed.contains(account));
        self.people.len() < people
    }

    /// Whether a link kept the access of a person.
    pub(in crate::app) fn was_kept_by(&self, account: &AccountId, link: &str) -> bool {
        let kept = self.people.get(account);
        kept.is_some_and(|kept| kept.kept_by.iter().any(|used| used == link))
            && !planted(Fault::LinkUsedTwice)
    }

    /// Notes a use.
    ///
    /// # Errors
    /// That the person has used as many as they may; nothing in words where the link was used before.
    pub(in crate::app) fn note(&mut self, one: KeepUse<'_>) -> Result<(), Option<&'static str>> {
        let kept = self.of(one.account, one.now);
        if one.most.is_some_and(|most| kept.times >= most) {
            return Err(Some(TOO_OFTEN));
        }
        if !kept.spend(one.link, one.expires) {
            return Err(None);
        }
        kept.kept_by.push(one.link.to_owned());
        kept.times = kept.times.saturating_add(1);
        kept.at = one.now;
        kept.until = kept.until.max(one.until);
        Ok(())
    }

    /// Notes the use of a link that gives an access back; false if it was used before.
    pub(in crate::app) fn note_back(
        &mut self,
        account: &AccountId,
        (link, expires): (&str, Time),
        now: Time,
    ) -> bool {
        self.of(account, now).spend(link, expires)
    }

    /// What is kept of a person, without links that are worth nothing any more.
    fn of(&mut self, account: &AccountId, now: Time) -> &mut Kept {
        self.people.retain(|_, kept| {
            kept.links.retain(|(_, expires)| *expires > now);
            let links = &kept.links;
            kept.kept_by
                .retain(|used| links.iter().any(|(link, _)| link == used));
            kept.until.plus(REMEMBERED_SECONDS) > now || !kept.links.is_empty()
        });
        self.people.entry(account.clone()).or_default()
    }
}

impl Kept {
    /// Notes that a link was used; false if it was used before.
    fn spend(&mut self, link: &str, expires: Time) -> bool {
        let mut used = self.links.iter();
        if used.any(|(used, _)| used == link) && !planted(Fault::LinkUsedTwice) {
            return false;
        }
        self.links.push((link.to_owned(), expires));
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
pub(in crate::app) async fn part_of(
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

/// Everybody who used a link of a policy to keep the access, each when last, and until when they are let be.
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
            if kept.times == 0 || planted(Fault::LinkForgotten) {
                continue;
            }
            let Kept { at, until, .. } = kept;
            people.insert(account, LinkUse { at, until });
        }
    }
    Ok(people)
}

/// The writes that forget people who closed their accounts.
pub(in crate::app) async fn forgetting(
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
            part.note(KeepUse {
                account: &account,
                link,
                expires: Time(14 * DAYS),
                now: Time(day * DAYS),
                until: Time((day + 90) * DAYS),
                most,
            })
        };
        assert_eq!(note("one", 1, Some(2)), Ok(()));
        assert_eq!(note("one", 2, Some(2)), Err(None), "used before");
        assert_eq!(note("two", 3, Some(2)), Ok(()));
        assert_eq!(note("three", 4, Some(2)), Err(Some(TOO_OFTEN)));
        assert_eq!(note("three", 4, None), Ok(()));
        for (link, expected) in [("one", true), ("three", true), ("four", false)] {
            assert_eq!(part.was_kept_by(&account, link), expected, "{link}");
        }
        // The longest stands.
        assert_eq!(part.people[&account].until, Time(94 * DAYS));
    }

    #[test]
    fn a_link_that_gives_back_is_used_once_and_keeps_nobody() {
        let account = AccountId("a".into());
        let note = |part: &mut KeptPart, link: &str, day: i64| {
            let link = (link, Time(100 * DAYS));
            part.note_back(&account, link, Time(day * DAYS))
        };
        let mut part = KeptPart::default();
        assert!(note(&mut part, "one", 1));
        assert!(!note(&mut part, "one", 99), "used before");
        assert!(note(&mut part, "two", 99));
        let kept = &part.people[&account];
        assert_eq!((kept.times, kept.until), (0, Time(0)));
        assert!(note(&mut part, "three", 101));
        assert_eq!(part.people[&account].links.len(), 1, "the others expired");
        assert!(!part.was_kept_by(&account, "three"));
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
