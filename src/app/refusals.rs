//! Refused calls (RULES R14): counted for each person and hour. The first of an hour is in the log at once; if more came,
//! one entry says after the hour how many there were. So nobody fills the log, and nobody hides behind the first.

use serde::{Deserialize, Serialize};
use serde_json::json;

use super::commit::{Change, commit};
use super::documents::{Document, load, load_value, set, set_value};
use super::worker::WorkError;
use crate::audit::{Actor, Entry, LogAction, Outcome, sha256_hex};
use crate::host::{Host, StorageError, Write};
use crate::model::{AccountId, HOUR, Time};

/// So many people's hours are counted each by themselves until the schedule has said them; those of others together.
const MOST_HOURS: usize = 2_000;
/// So many different things that were refused are named.
const MOST_NAMED: usize = 5;
/// Counts that are said in one transaction: with their deletions, the book and the head they are 22 of 25 operations.
const AT_ONCE: usize = 10;
/// Nothing more is begun when less is left of the invocation.
const STOP_AT_MILLISECONDS: u32 = 10_000;

/// Whose hours are counted.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
struct RefusalBook {
    /// Each the hour and the mark of the person, as in the key of the count.
    hours: Vec<(i64, String)>,
    /// How many calls of further people were refused, and the hour of the first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    others: Option<(i64, u32)>,
}

impl Document for RefusalBook {
    const KEY: &'static str = "refusals";
}

/// What was refused to one person within one hour.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Refused {
    account: AccountId,
    count: u32,
    /// Why the first ones were, each once.
    reasons: Vec<String>,
}

fn key(hour: i64, who: &str) -> String {
    format!("refusals:{who}:{hour}")
}

fn hour_of(time: Time) -> i64 {
    time.0.div_euclid(HOUR)
}

/// Counts a refused call.
pub(super) async fn note<H: Host>(
    host: &H,
    person: &AccountId,
    reason: &str,
) -> Result<(), StorageError> {
    // Account ids may hold signs that keys may not.
    let who: String = sha256_hex(person.as_str()).chars().take(16).collect();
    commit(host, async || {
        let now = host.now();
        let hour = hour_of(now);
        let mut change = Change::default();
        let counted: Option<Refused> = load_value(host, &key(hour, &who)).await?;
        let is_first = counted.is_none();
        let mut refused = counted.unwrap_or_else(|| Refused {
            account: person.clone(),
            count: 0,
            reasons: Vec::new(),
        });
        refused.count = refused.count.saturating_add(1);
        if refused.reasons.len() < MOST_NAMED && !refused.reasons.iter().any(|one| one == reason) {
            refused.reasons.push(reason.to_owned());
        }
        if is_first {
            let mut book: RefusalBook = load(host).await?;
            if book.hours.len() >= MOST_HOURS {
                let (since, count) = book.others.unwrap_or((hour, 0));
                book.others = Some((since, count.saturating_add(1)));
                change.writes.push(set(&book)?);
                return Ok((change, ()));
            }
            book.hours.push((hour, who.clone()));
            change.writes.push(set(&book)?);
            change.entries.push(Entry {
                reason: Some(reason.to_owned()),
                ..entry(now, &Actor::Person(person.clone()))
            });
        }
        change.writes.push(set_value(key(hour, &who), &refused)?);
        Ok((change, ()))
    })
    .await
}

/// Notes one of the refusals that count as one, under a key of theirs: the first is an entry, all of them a count beside it.
pub(super) async fn note_refused<H: Host>(
    host: &H,
    key: &str,
    entry: &Entry,
) -> Result<(), StorageError> {
    commit(host, async || {
        let count: u32 = load_value(host, key).await?.unwrap_or_default();
        let mut change = Change {
            writes: vec![set_value(key.to_owned(), &count.saturating_add(1))?],
            ..Change::default()
        };
        if count == 0 {
            change.entries.push(entry.clone());
        }
        Ok((change, ()))
    })
    .await
}

/// Says of each hour that is over how many calls were refused in it, if more than the first were, and forgets the counts.
pub(super) async fn say_counts<H: Host>(host: &H) -> Result<(), WorkError> {
    let is_over = |hour: i64, now: Time| hour < hour_of(now);
    loop {
        let book: RefusalBook = load(host).await?;
        let now = host.now();
        let is_any = book.hours.iter().any(|(hour, _)| is_over(*hour, now));
        let others = book.others.is_some_and(|(hour, _)| is_over(hour, now));
        if !(is_any || others) || host.time_left() < STOP_AT_MILLISECONDS {
            return Ok(());
        }
        commit::<_, WorkError>(host, async || {
            let now = host.now();
            let mut book: RefusalBook = load(host).await?;
            let mut change = Change::default();
            let over = book.hours.iter().filter(|(hour, _)| is_over(*hour, now));
            let over: Vec<(i64, String)> = over.take(AT_ONCE).cloned().collect();
            for (hour, who) in &over {
                let key = key(*hour, who);
                if let Some(refused) = load_value::<Refused>(host, &key).await?
                    && refused.count > 1
                {
                    change.entries.push(said(now, *hour, &refused));
                }
                change.writes.push(Write::Delete { key });
            }
            book.hours.retain(|one| !over.contains(one));
            if let Some((hour, count)) = book.others.filter(|(hour, _)| is_over(*hour, now)) {
                let since = Time(hour.saturating_mul(HOUR));
                change.entries.push(Entry {
                    reason: Some(format!(
                        "{count} calls of people who are not named were refused since {since}: more than {MOST_HOURS} people asked"
                    )),
                    after: Some(json!({ "count": count, "since": since })),
                    ..entry(now, &Actor::Schedule)
                });
                book.others = None;
            }
            change.writes.push(set(&book)?);
            Ok((change, ()))
        })
        .await?;
    }
}

fn entry(now: Time, actor: &Actor) -> Entry {
    Entry::new(now, actor, LogAction::Refused, Outcome::NotDone)
}

fn said(now: Time, hour: i64, refused: &Refused) -> Entry {
    let from = Time(hour.saturating_mul(HOUR));
    let count = refused.count;
    Entry {
        reason: Some(format!(
            "refused {count} times in the hour from {from}: {}",
            refused.reasons.join("; ")
        )),
        after: Some(json!({ "count": count, "hour": from })),
        ..entry(now, &Actor::Person(refused.account.clone()))
    }
}
