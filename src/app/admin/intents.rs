//! Intents that name a person: one may be of everybody to whom the same is done, so that no index leads from a person to it.
//! It is found by its outcome, which is filed under the person: it stands shortly before it, in the same run.

use super::LogFilter;
use super::error::AdminError;
use crate::app::commit::AuditEntity;
use crate::app::documents::decode;
use crate::audit::Outcome;
use crate::host::{EntityName, Host, Query};
use crate::json;

/// Intents that are read at a time. Each is of up to twenty people.
const PAGE: u32 = 50;
/// So many pages before an outcome hold its intent: no act waits longer for what became of it.
const MOST_PAGES: u32 = 3;
/// Whoever has more to look up than this takes another page of the log for it.
const MOST_QUERIES: u32 = 24;

/// Whether an intent names a person among others.
pub(super) fn names(entity: &AuditEntity, person: &str) -> bool {
    entity.outcome == Outcome::Intent.name()
        && json::parse(&entity.entry).is_ok_and(|entry| {
            let subjects = entry.get("subjects").and_then(|all| all.as_array());
            subjects.is_some_and(|all| all.iter().any(|one| *one == *person))
        })
}

/// A search for what belongs to the entries that are filed under a person.
pub(super) struct Intents<'f> {
    person: &'f str,
    from: String,
    queries: u32,
}

impl<'f> Intents<'f> {
    /// A search for a filter that names a person and lets intents through; none where an index leads to them anyway.
    pub(super) fn of(filter: &'f LogFilter) -> Option<Intents<'f>> {
        let person = filter.subject.as_deref()?;
        let outcome = filter.outcome.as_deref();
        let lets_through = outcome.is_none_or(|outcome| outcome == Outcome::Intent.name());
        (lets_through && filter.run.is_none()).then(|| Intents {
            person,
            from: filter
                .from
                .map_or_else(|| String::from("0"), |from| from.to_string()),
            queries: 0,
        })
    }

    /// Whether it asked as much as it may for one page of the log.
    pub(super) fn is_spent(&self) -> bool {
        self.queries >= MOST_QUERIES
    }

    /// The newest of them: what is begun just now has no outcome yet that would lead to it.
    pub(super) async fn newest<H: Host>(
        &mut self,
        host: &H,
        upto: String,
    ) -> Result<Vec<AuditEntity>, AdminError> {
        self.before(host, upto, usize::MAX, &|_| true).await
    }

    /// The intents of entries that are filed under the person, newest first.
    pub(super) async fn belonging_to<H: Host>(
        &mut self,
        host: &H,
        filed: &[AuditEntity],
    ) -> Result<Vec<AuditEntity>, AdminError> {
        let mut found = Vec::new();
        for (place, entity) in filed.iter().enumerate() {
            let is_like = |other: &AuditEntity| {
                other.run == entity.run && other.action == entity.action && has_intent(other)
            };
            let newer = filed.get(..place).unwrap_or_default();
            if !is_like(entity) || newer.iter().any(is_like) {
                continue;
            }
            let most = filed.iter().filter(|other| is_like(other)).count();
            let upto = entity.time.clone();
            let of_it =
                |intent: &AuditEntity| intent.run == entity.run && intent.action == entity.action;
            found.append(&mut self.before(host, upto, most, &of_it).await?);
        }
        Ok(found)
    }

    async fn before<H: Host>(
        &mut self,
        host: &H,
        upto: String,
        most: usize,
        is_it: &dyn Fn(&AuditEntity) -> bool,
    ) -> Result<Vec<AuditEntity>, AdminError> {
        let (mut found, mut cursor) = (Vec::new(), None);
        for _ in 0..MOST_PAGES {
            self.queries = self.queries.saturating_add(1);
            let page = host
                .query(Query {
                    entity: EntityName::Audit,
                    index: "by-outcome",
                    partition: vec![Outcome::Intent.name().to_owned()],
                    between: Some((self.from.clone(), upto.clone())),
                    descending: true,
                    limit: PAGE,
                    cursor,
                })
                .await?;
            for text in &page.values {
                let entity: AuditEntity = decode("audit", text)?;
                if is_it(&entity) && names(&entity, self.person) && found.len() < most {
                    found.push(entity);
                }
            }
            cursor = page.cursor;
            if cursor.is_none() || found.len() >= most {
                break;
            }
        }
        Ok(found)
    }
}

/// Whether an entry tells how an act of a run ended that had an intent.
fn has_intent(entity: &AuditEntity) -> bool {
    let outcomes = [
        Outcome::Done,
        Outcome::Already,
        Outcome::NotDone,
        Outcome::Failed,
    ];
    entity.run.is_some() && outcomes.iter().any(|one| one.name() == entity.outcome)
}
