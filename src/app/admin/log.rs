//! The log: pages by index, and all of it in order.

use super::error::AdminError;
use super::{Answer, LogFilter, LogHead, LogIndex, LogPage};
use crate::app::commit::{AuditEntity, audit_key, head};
use crate::app::documents::decode;
use crate::audit::{StoredEntry, verify};
use crate::host::{EntityName, Host, Query, QueryPage};

/// Entries on one page of an index.
const PAGE: u32 = 50;
/// Entries on one page of the whole log.
const SLICE: u32 = 100;

/// Newest entries of an index's value; of this month without a filter.
pub(super) async fn page<H: Host>(
    host: &H,
    filter: Option<LogFilter>,
    cursor: Option<String>,
) -> Result<Answer, AdminError> {
    let filter = filter.unwrap_or_else(|| LogFilter {
        by: LogIndex::Month,
        value: host.now().month(),
    });
    let page = host
        .query(Query {
            entity: EntityName::Audit,
            index: index_name(filter.by),
            partition: vec![filter.value],
            descending: true,
            limit: PAGE,
            cursor,
        })
        .await?;
    let cursor = page.cursor.clone();
    answer(host, page, cursor).await
}

fn index_name(index: LogIndex) -> &'static str {
    match index {
        LogIndex::Subject => "by-subject",
        LogIndex::Run => "by-run",
        LogIndex::Actor => "by-actor",
        LogIndex::Action => "by-action",
        LogIndex::Outcome => "by-outcome",
        LogIndex::Policy => "by-policy",
        LogIndex::Month => "by-month",
    }
}

/// The log from its first entry on, month by month. The cursor is the month, and the platform's cursor within it.
pub(super) async fn slice<H: Host>(host: &H, cursor: Option<String>) -> Result<Answer, AdminError> {
    let (mut month, mut within) = match &cursor {
        Some(cursor) => match cursor.split_once(' ') {
            Some((month, "")) => (month.to_owned(), None),
            Some((month, within)) => (month.to_owned(), Some(within.to_owned())),
            None => {
                return Err(AdminError::Invalid(String::from(
                    "this is no place in the log",
                )));
            }
        },
        None => (first_month(host).await?, None),
    };
    let this_month = host.now().month();
    loop {
        let page = host
            .query(Query {
                entity: EntityName::Audit,
                index: index_name(LogIndex::Month),
                partition: vec![month.clone()],
                descending: false,
                limit: SLICE,
                cursor: within.take(),
            })
            .await?;
        let next = match &page.cursor {
            Some(within) => Some(format!("{month} {within}")),
            None if month < this_month => Some(format!("{} ", month_after(&month)?)),
            None => None,
        };
        match next {
            Some(next) if page.values.is_empty() => {
                let (later, rest) = next.split_once(' ').unwrap_or((next.as_str(), ""));
                within = Some(rest.to_owned()).filter(|rest| !rest.is_empty());
                month = later.to_owned();
            }
            next => return answer(host, page, next).await,
        }
    }
}

/// The month of the first entry.
async fn first_month<H: Host>(host: &H) -> Result<String, AdminError> {
    match host.get_entity(EntityName::Audit, &audit_key(1)).await? {
        Some(text) => {
            let stored: AuditEntity = decode("audit", &text)?;
            Ok(stored.month)
        }
        None => Ok(host.now().month()),
    }
}

fn month_after(month: &str) -> Result<String, AdminError> {
    let wrong = || AdminError::Invalid(String::from("this is no place in the log"));
    let (year, number) = month.split_once('-').ok_or_else(wrong)?;
    let year: u32 = year.parse().map_err(|_| wrong())?;
    let number: u32 = number.parse().map_err(|_| wrong())?;
    if year > 9_998 || !(1..=12).contains(&number) {
        return Err(wrong());
    }
    Ok(if number == 12 {
        format!("{:04}-01", year + 1)
    } else {
        format!("{year:04}-{:02}", number + 1)
    })
}

async fn answer<H: Host>(
    host: &H,
    page: QueryPage,
    cursor: Option<String>,
) -> Result<Answer, AdminError> {
    let entries = page
        .values
        .iter()
        .map(|text| {
            let stored: AuditEntity = decode("audit", text)?;
            Ok(StoredEntry {
                seq: stored.seq,
                entry: stored.entry,
                hash: stored.hash,
            })
        })
        .collect::<Result<_, AdminError>>()?;
    let head = head(host).await?;
    Ok(Answer::Log(LogPage {
        entries,
        cursor,
        head: LogHead {
            seq: head.seq,
            hash: head.hash,
        },
    }))
}

/// Verifies entries, for a page that cannot do it itself.
pub(super) fn verify_entries(entries: &[StoredEntry]) -> Answer {
    Answer::Verification(verify(entries, None))
}
