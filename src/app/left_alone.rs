//! People whom somebody else restored: no policy touches them for 30 days (RULES R18).
//!
//! However many there are, nobody of them may be forgotten early, so they lie in as many values as they need. They are read
//! at plan time and before every batch, and are nobody at all on most days.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::boxed::Boxed;
use super::documents::{Document, decode, load, set, set_value};
use super::lease::Lease;
use crate::host::{Host, StorageError, Write};
use crate::model::{AccountId, DAY, Time};
use crate::plan::Protections;

/// How long a person is left alone after somebody else restored them.
const DAYS: i64 = 30;
/// The most people in one value: ids of the greatest length would still fit.
const PEOPLE_A_PART: usize = 1_200;
/// The most values that are read or written at once.
const PARTS_AT_ONCE: usize = 16;

/// Which values hold them, and how many there are.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
struct LeftAloneBook {
    /// Two sets of values take turns: one is written whole before the other one is let go.
    second: bool,
    parts: u32,
}

impl Document for LeftAloneBook {
    const KEY: &'static str = "left-alone";
}

/// The people who are left alone now, each with the time at which they were seen restored.
async fn people(
    host: &impl Host,
    book: &LeftAloneBook,
) -> Result<BTreeMap<AccountId, Time>, StorageError> {
    let keys: Vec<String> = (0..book.parts)
        .map(|part| part_key(book.second, part))
        .collect();
    let mut people = BTreeMap::new();
    for keys in keys.chunks(PARTS_AT_ONCE) {
        for (key, text) in keys.iter().zip(host.get(keys).await?) {
            let Some(text) = text else {
                return Err(StorageError::Failed(format!("the part `{key}` is gone")));
            };
            people.extend(decode::<Vec<(AccountId, Time)>>(key, &text)?);
        }
    }
    let now = host.now();
    let mut left_alone = BTreeMap::new();
    for (account, restored) in people {
        if now.since(restored) < DAYS * DAY {
            left_alone.insert(account, restored);
        }
    }
    Ok(left_alone)
}

/// Everybody whom somebody else restored, each with the reason to leave them alone. Boxed, so that its code is there once.
pub(super) fn left_alone<H: Host>(host: &H) -> Boxed<'_, Protections> {
    Box::pin(async move {
        let book: LeftAloneBook = load(host).await?;
        let mut protections = Protections::default();
        for (account, restored) in people(host, &book).await? {
            let until = restored.plus(DAYS * DAY);
            let reason = format!(
                "restored by somebody else on {}: left alone until {}",
                restored.date(),
                until.date()
            );
            protections.people.insert(account, Cow::Owned(reason));
        }
        Ok(protections)
    })
}

/// Adds people who were seen restored; one who is there already is left alone from the later time on.
///
/// A kill in between leaves what was there before, and the same call again adds the rest.
pub(super) async fn add(
    (host, lease): (&impl Host, &Lease),
    restored: &[AccountId],
    seen: Time,
) -> Result<(), StorageError> {
    let old: LeftAloneBook = load(host).await?;
    let mut people = people(host, &old).await?;
    for account in restored {
        people.insert(account.clone(), seen);
    }
    let people: Vec<(AccountId, Time)> = people.into_iter().collect();
    let mut writes: Vec<Write> = Vec::new();
    let mut book = LeftAloneBook {
        second: !old.second,
        parts: 0,
    };
    for some in people.chunks(PEOPLE_A_PART) {
        writes.push(set_value(part_key(book.second, book.parts), &some)?);
        book.parts += 1;
        if writes.len() == PARTS_AT_ONCE {
            let some = std::mem::take(&mut writes);
            lease.transact(host, some).await?;
        }
    }
    writes.push(set(&book)?);
    lease.transact(host, writes).await
}

fn part_key(second: bool, part: u32) -> String {
    let turn = if second { "b" } else { "a" };
    format!("left-alone:{turn}:{part}")
}
