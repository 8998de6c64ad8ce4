//! Deleting old runs with their plans.

use super::{RetentionBook, STOP_AT_MILLISECONDS, first_entry, is_due};
use crate::app::commit::{Change, commit};
use crate::app::documents::{ActiveRuns, decode_run, load, load_run, set};
use crate::app::run::forget;
use crate::app::worker::WorkError;
use crate::audit::{Actor, Entry, LogAction, Outcome};
use crate::host::{EntityName, Host, Query};
use crate::model::Time;

/// Runs looked at in one go.
const PAGE: u32 = 20;

/// Deletes runs that were asked for before a time and are over, month by month, once a day.
pub(super) async fn sweep<H: Host>(host: &H, days: u32, limit: Time) -> Result<(), WorkError> {
    let book: RetentionBook = load(host).await?;
    if !is_due(book.swept, host.now()) {
        return Ok(());
    }
    let mut month = match book.runs {
        Some(month) => month,
        // No run is older than the first entry of the log.
        None => match first_entry(host).await? {
            Some(entity) => entity.month,
            None => return Ok(()),
        },
    };
    let mut cursor = None;
    while host.time_left() >= STOP_AT_MILLISECONDS {
        let page = host
            .query(Query {
                entity: EntityName::Run,
                index: "by-month",
                partition: vec![month.clone()],
                between: Some((String::from("0"), limit.to_string())),
                descending: false,
                limit: PAGE,
                cursor: cursor.take(),
            })
            .await?;
        let mut forgotten: u32 = 0;
        for text in &page.values {
            if forget_if_old(host, &decode_run(text)?.id, limit).await? {
                forgotten = forgotten.saturating_add(1);
            }
        }
        cursor = page.cursor;
        let is_through = cursor.is_none();
        let is_last = month >= limit.month();
        if is_through && !is_last {
            month = month_after(&month);
        }
        note(host, days, forgotten, &month, is_through && is_last).await?;
        if is_through && is_last {
            break;
        }
    }
    Ok(())
}

/// Whether a run was deleted now: a query lags behind, so the run is read again (RULES R5).
async fn forget_if_old<H: Host>(host: &H, id: &str, limit: Time) -> Result<bool, WorkError> {
    let active: ActiveRuns = load(host).await?;
    let is_active = active.runs.iter().any(|run| run == id);
    match load_run(host, id).await? {
        Some(run) if run.now < limit && !is_active => {
            forget(host, &run).await?;
            Ok(true)
        }
        _ => Ok(false),
    }
}

/// Keeps how far it came, and says in the log how many runs went.
async fn note<H: Host>(
    host: &H,
    days: u32,
    forgotten: u32,
    month: &str,
    is_over: bool,
) -> Result<(), WorkError> {
    commit(host, async || {
        let mut book: RetentionBook = load(host).await?;
        let now = host.now();
        let mut change = Change::default();
        book.runs = Some(month.to_owned());
        if is_over {
            book.swept = Some(now);
        }
        if forgotten > 0 {
            change.entries.push(Entry {
                reason: Some(format!(
                    "runs older than {days} days, deleted with their plans: {forgotten}"
                )),
                ..Entry::new(now, &Actor::Schedule, LogAction::Retention, Outcome::Done)
            });
        }
        change.writes.push(set(&book)?);
        Ok((change, ()))
    })
    .await
}

/// The month after another, as the index names it.
fn month_after(month: &str) -> String {
    let first = Time::parse(&format!("{month}-01T00:00:00Z"));
    // From any first of a month, 31 days later is in the next one.
    first.map_or_else(
        || month.to_owned(),
        |first| first.plus(31 * crate::model::DAY).month(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_follow_each_other() {
        for (month, after) in [
            ("2026-01", "2026-02"),
            ("2026-02", "2026-03"),
            ("2026-11", "2026-12"),
            ("2026-12", "2027-01"),
            ("2028-02", "2028-03"),
        ] {
            assert_eq!(month_after(month), after);
        }
    }
}
