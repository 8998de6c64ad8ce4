//! The log: pages of what a filter names, newest first, and all of it in order.

use serde::{Deserialize, Serialize};

use super::error::AdminError;
use super::intents::{Intents, names};
use super::months::{MOST_LOOKS, Months, first_month};
use super::{Answer, LogPage};
use crate::app::anchors::AnchorBook;
use crate::app::commit::{AuditEntity, head, stored_entry};
use crate::app::documents::{decode, load};
use crate::app::records::Anchor;
use crate::app::retain::RetentionBook;
use crate::audit::{LogHead, StoredEntry, verify, verify_from};
use crate::host::{EntityName, Host, Query, QueryPage};
use crate::model::Time;

/// Entries that are looked at for one page of a filter, at a time.
const PAGE: u32 = 50;
/// The same where each of them may have to be looked up besides.
const FEWER: u32 = 12;
/// How often another page is looked at for one that has too little to show.
const LOOKS: u32 = 5;
/// Enough to show.
const ENOUGH: usize = 25;
/// Entries on one page of the whole log.
const SLICE: u32 = 100;

/// Which entries of the log: those that agree in everything that is given.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(
    feature = "types",
    derive(ts_rs::TS),
    ts(optional_fields = nullable)
)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct LogFilter {
    /// Not before this time.
    #[cfg_attr(feature = "types", ts(optional, type = "string"))]
    pub from: Option<Time>,
    /// Not after this time.
    #[cfg_attr(feature = "types", ts(optional, type = "string"))]
    pub to: Option<Time>,
    /// The account or group that was acted on.
    pub subject: Option<String>,
    /// The run.
    pub run: Option<String>,
    /// Who did it.
    pub actor: Option<String>,
    /// What was done.
    pub action: Option<String>,
    /// How it ended.
    pub outcome: Option<String>,
    /// Under which policy.
    pub policy: Option<String>,
}

/// Newest entries that agree with a filter. The narrowest index that it names is read, and the rest of it is compared with
/// what comes from there; so a page may hold few entries, or none, and still lead on. An intent that names a person beside
/// others comes on the page of its outcome.
pub(super) async fn page<H: Host>(
    host: &H,
    filter: Option<LogFilter>,
    cursor: Option<String>,
) -> Result<Answer, AdminError> {
    let filter = filter.unwrap_or_default();
    let mut intents = Intents::of(&filter);
    let mut begun = match &mut intents {
        Some(intents) if cursor.is_none() => {
            let (_, upto) = range(None, filter.to);
            intents.newest(host, upto).await?
        }
        _ => Vec::new(),
    };
    let mut entries: Vec<StoredEntry> = Vec::new();
    let mut cursor = cursor;
    for _ in 0..LOOKS {
        let (page, next) = look(host, &filter, cursor.take(), intents.is_some()).await?;
        let mut looked_at = Vec::with_capacity(page.values.len());
        for text in &page.values {
            looked_at.push(decode::<AuditEntity>("audit", text)?);
        }
        if let Some(intents) = &mut intents {
            // What is older than this page comes with its outcome, on another one.
            let oldest = match &next {
                Some(_) => looked_at.last().map_or(0, |last| last.seq),
                None => 0,
            };
            let mut more = intents.belonging_to(host, &looked_at).await?;
            begun.retain(|intent| intent.seq > oldest);
            more.append(&mut begun);
            looked_at.append(&mut more);
        }
        looked_at.retain(|entity| agrees(&filter, entity));
        entries.extend(looked_at.into_iter().map(stored_entry));
        cursor = next;
        let is_spent = intents.as_ref().is_some_and(Intents::is_spent);
        if cursor.is_none() || entries.len() >= ENOUGH || is_spent {
            break;
        }
    }
    if intents.is_some() {
        entries.sort_unstable_by_key(|entry| std::cmp::Reverse(entry.seq));
        entries.dedup_by_key(|entry| entry.seq);
    }
    answer(host, entries, cursor).await
}

/// The next page of the index that a filter is looked up in.
async fn look<H: Host>(
    host: &H,
    filter: &LogFilter,
    cursor: Option<String>,
    with_intents: bool,
) -> Result<(QueryPage, Option<String>), AdminError> {
    let between = match (filter.from, filter.to) {
        (None, None) => None,
        (from, to) => Some(range(from, to)),
    };
    let Some((index, value)) = index(filter) else {
        let newest = filter.to.unwrap_or_else(|| host.now()).min(host.now());
        let oldest = match filter.from {
            Some(from) => from.month().max(first_month(host).await?),
            None => first_month(host).await?,
        };
        let months = Months {
            entity: EntityName::Audit,
            first: newest.month(),
            last: oldest,
            descending: true,
            between,
        };
        return months
            .page(host, cursor, PAGE, &mut MOST_LOOKS.clone())
            .await;
    };
    let page = host
        .query(Query {
            entity: EntityName::Audit,
            index,
            partition: vec![value.clone()],
            between,
            descending: true,
            limit: if with_intents { FEWER } else { PAGE },
            cursor,
        })
        .await?;
    let next = page.cursor.clone();
    Ok((page, next))
}

/// The index that a filter is looked up in: the one that names the fewest entries, as far as can be said beforehand.
fn index(filter: &LogFilter) -> Option<(&'static str, &String)> {
    let indexes = [
        ("by-run", &filter.run),
        ("by-subject", &filter.subject),
        ("by-policy", &filter.policy),
        ("by-actor", &filter.actor),
        ("by-action", &filter.action),
        ("by-outcome", &filter.outcome),
    ];
    indexes
        .into_iter()
        .find_map(|(index, value)| Some((index, value.as_ref()?)))
}

fn agrees(filter: &LogFilter, entity: &AuditEntity) -> bool {
    let may_lack = [(&filter.run, &entity.run), (&filter.policy, &entity.policy)];
    let has = [
        (&filter.actor, &entity.actor),
        (&filter.action, &entity.action),
        (&filter.outcome, &entity.outcome),
    ];
    let is_on = |wanted: &String| entity.subject.as_ref() == Some(wanted) || names(entity, wanted);
    filter.subject.as_ref().is_none_or(is_on)
        && may_lack
            .iter()
            .all(|(wanted, value)| wanted.is_none() || wanted == value)
        && has
            .iter()
            .all(|(wanted, value)| wanted.as_ref().is_none_or(|wanted| wanted == *value))
}

/// What lies between two times, as the indexes order it: by time and number.
fn range(from: Option<Time>, to: Option<Time>) -> (String, String) {
    let from = from.map_or_else(|| String::from("0"), |from| from.to_string());
    let to = to.map_or_else(|| String::from("~"), |to| format!("{to} ~"));
    (from, to)
}

/// The log from its first entry on, or from a time on.
pub(super) async fn slice<H: Host>(
    host: &H,
    from: Option<Time>,
    cursor: Option<String>,
) -> Result<Answer, AdminError> {
    let first = first_month(host).await?;
    let months = Months {
        entity: EntityName::Audit,
        first: from.map_or_else(|| first.clone(), |from| from.month().max(first.clone())),
        last: host.now().month(),
        descending: false,
        between: from.map(|from| range(Some(from), None)),
    };
    let book: RetentionBook = load(host).await?;
    let (page, next) = months
        .page(host, cursor, SLICE, &mut MOST_LOOKS.clone())
        .await?;
    let mut entries = Vec::new();
    for text in &page.values {
        let entity: AuditEntity = decode("audit", text)?;
        // What was cut is no part of the log any more, though it may take a while until it is deleted.
        if entity.seq > book.cut_seq() {
            entries.push(stored_entry(entity));
        }
    }
    answer(host, entries, next).await
}

async fn answer<H: Host>(
    host: &H,
    entries: Vec<StoredEntry>,
    cursor: Option<String>,
) -> Result<Answer, AdminError> {
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

/// The heads of the log by day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Anchors {
    /// Newest last, of at most the last 400 days.
    pub anchors: Vec<Anchor>,
    /// What the retention has cut from the log, if it has.
    pub cut: Option<LogHead>,
}

/// The heads of the last days.
pub(super) async fn anchors<H: Host>(host: &H) -> Result<Answer, AdminError> {
    let book: AnchorBook = load(host).await?;
    let retention: RetentionBook = load(host).await?;
    Ok(Answer::Anchors(Anchors {
        anchors: book.anchors,
        cut: retention.cut,
    }))
}

/// Verifies entries, for a page that cannot do it itself.
pub(super) fn verify_entries(after: Option<LogHead>, entries: &[StoredEntry]) -> Answer {
    Answer::Verification(match after {
        Some(place) => verify_from(place, entries),
        None => verify(entries, None),
    })
}
