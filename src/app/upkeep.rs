//! What the schedule does besides starting what is due: it notes that it came, says in the log that the key comes near its
//! end, that exemptions are over and how many calls were refused, keeps the weekly report of accounts going, notes the log's
//! head of the day, and lets go of what is older than the retention.

use serde::{Deserialize, Serialize};

use super::commit::{Change, MAX_ENTRIES, commit};
use super::documents::{ConnectionBook, Document, ExemptionBook, StoredExemption, load, set};
use super::worker::WorkError;
use super::{
    anchors, configuration, erasure, imports, lists, moves, past_policies, privacy, refusals,
    retain,
};
use crate::audit::{Actor, Entry, LogAction, Outcome};
use crate::host::Host;
use crate::model::{DAY, HOUR, Time};

/// Without a reading or a tick for so long something is wrong (RULES R18).
pub(super) const SILENCE_SECONDS: i64 = 26 * HOUR;
/// The upkeep is done at most so often: a written value costs twenty times a read one.
const EVERY_SECONDS: i64 = 890;
/// So many days before a key's end an entry says so.
const KEY_DAYS: [i64; 3] = [30, 7, 1];

/// What the schedule remembers.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct TickBook {
    /// When it came last, to a quarter of an hour.
    pub(super) last: Option<Time>,
    /// Which end of a key was spoken of in the log, and the fewest days before it of which it was.
    spoken: Option<(Time, i64)>,
    /// From when to when it last did not come for long: kept, so that a kill before it was told loses nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) silence: Option<(Time, Time)>,
}

impl Document for TickBook {
    const KEY: &'static str = "tick";
}

/// The upkeep, if it is time for it.
pub(super) async fn upkeep<H: Host>(host: &H) -> Result<(), WorkError> {
    let book: TickBook = load(host).await?;
    let now = host.now();
    if book
        .last
        .is_some_and(|last| now.since(last) < EVERY_SECONDS)
    {
        return Ok(());
    }
    note(host).await?;
    lapse(host).await?;
    // One failing must not keep the other from its work.
    let report = privacy::begin_if_due(host).await;
    let erasure = erasure::watch(host).await;
    let tidied = imports::tidy(host).await.map_err(WorkError::from);
    let counted = refusals::say_counts(host).await;
    let anchored = anchors::note(host).await;
    let published = anchors::publish(host).await;
    let retained = retain::retain(host).await;
    let moved = moves::watch(host).await;
    let swept = past_policies::sweep(host).await.map_err(WorkError::from);
    let tidied_lists = lists::tidy(host).await.map_err(WorkError::from);
    let tidied_texts = configuration::tidy(host).await.map_err(WorkError::from);
    report
        .and(erasure)
        .and(tidied)
        .and(counted)
        .and(anchored)
        .and(published)
        .and(retained)
        .and(moved)
        .and(swept)
        .and(tidied_lists)
        .and(tidied_texts)
}

/// Notes that the schedule came, and for how long it had not, and says once at each of the days that the key comes near its
/// end.
async fn note<H: Host>(host: &H) -> Result<(), WorkError> {
    commit(host, async || {
        let now = host.now();
        let mut book: TickBook = load(host).await?;
        let connection: ConnectionBook = load(host).await?;
        let mut change = Change::default();
        let connection = connection.connection.as_ref();
        if let (Some(connection), Some(last)) = (connection, book.last) {
            let since = last.max(connection.saved_at);
            if now.since(since) >= SILENCE_SECONDS {
                book.silence = Some((since, now));
            }
        }
        if let Some(expires) = connection.and_then(|found| found.expires)
            && let Some(days) = to_speak_of(&book, expires, now)
        {
            book.spoken = Some((expires, days));
            change.entries.push(Entry {
                reason: Some(format!(
                    "the organization API key expires on {}",
                    expires.date()
                )),
                ..Entry::new(now, &Actor::Schedule, LogAction::KeyExpires, Outcome::Done)
            });
        }
        book.last = Some(now);
        change.writes.push(set(&book)?);
        Ok((change, ()))
    })
    .await
}

/// Says once of each exemption that its last day is over.
async fn lapse<H: Host>(host: &H) -> Result<(), WorkError> {
    let has_lapsed =
        |exemption: &StoredExemption, now: Time| exemption.is_over(now) && !exemption.lapsed;
    let book: ExemptionBook = load(host).await?;
    let mut exemptions = book.exemptions.iter();
    if !exemptions.any(|exemption| has_lapsed(exemption, host.now())) {
        return Ok(());
    }
    commit(host, async || {
        let now = host.now();
        let mut book: ExemptionBook = load(host).await?;
        let mut change = Change::default();
        // The rest is said the next time.
        let lapsed = book
            .exemptions
            .iter_mut()
            .filter(|exemption| has_lapsed(exemption, now))
            .take(MAX_ENTRIES);
        for exemption in lapsed {
            exemption.lapsed = true;
            let last = exemption.expires.map(Time::date).unwrap_or_default();
            change.entries.push(Entry {
                subject: Some(exemption.subject.label()),
                reason: Some(format!("its last day was {last}")),
                ..Entry::new(
                    now,
                    &Actor::Schedule,
                    LogAction::ExemptionExpires,
                    Outcome::Done,
                )
            });
        }
        if !change.entries.is_empty() {
            book.version = book.version.saturating_add(1);
            change.writes.push(set(&book)?);
        }
        Ok((change, ()))
    })
    .await
}

/// Days until a key's end, rounded up; none or fewer when it is over.
pub(super) fn days_left(expires: Time, now: Time) -> i64 {
    let seconds = expires.since(now);
    seconds.div_euclid(DAY) + i64::from(seconds.rem_euclid(DAY) > 0)
}

/// Which of the days before a key's end has come and was not spoken of yet.
fn to_speak_of(book: &TickBook, expires: Time, now: Time) -> Option<i64> {
    let left = days_left(expires, now);
    let reached = KEY_DAYS.into_iter().filter(|days| left <= *days).min()?;
    let spoken = book.spoken.filter(|(end, _)| *end == expires);
    spoken
        .is_none_or(|(_, days)| reached < days)
        .then_some(reached)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_keys_end_is_spoken_of_once_at_each_of_three_days() {
        let expires = Time(100 * DAY);
        let mut book = TickBook::default();
        let mut spoken = Vec::new();
        for hour in 0..=100 * 24 {
            let now = Time(hour * 3_600);
            if let Some(days) = to_speak_of(&book, expires, now) {
                book.spoken = Some((expires, days));
                spoken.push((days, now.0.div_euclid(DAY)));
            }
        }
        assert_eq!(spoken, [(30, 70), (7, 93), (1, 99)]);
        // Another key has another end.
        let other = expires.plus(1);
        assert_eq!(to_speak_of(&book, other, Time(99 * DAY + 1)), Some(1));
    }
}
