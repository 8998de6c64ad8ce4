//! What changed in a policy's plan since its last dry run: who came, who left, and why.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::parts::load_steps;
use crate::app::documents::{PolicyBook, load, load_run, load_value, set_value};
use crate::app::records::{Run, RunState, SincePreview};
use crate::app::worker::WorkError;
use crate::host::{Host, StorageError, Write};
use crate::model::{AccountId, DirectoryId};
use crate::plan::{Fate, Person};

/// So many changes are listed; the counts say how many there are.
const MAX_LISTED: usize = 500;
/// So many people of two plans are compared: beyond that the counts of the two runs must do.
const MAX_COMPARED: u32 = 20_000;

/// Somebody who is in one of the two plans and not in the other.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct PlanChange {
    /// Who.
    pub account: AccountId,
    /// Planned now and not then; else the reverse.
    pub came: bool,
    /// Why.
    pub reason: String,
}

/// The comparison, and the write that keeps its list.
#[derive(Debug)]
pub(super) struct Compared {
    pub(super) since: SincePreview,
    pub(super) write: Write,
}

fn key(run: &str) -> String {
    format!("run:{run}:changes")
}

/// Compares a real run's plan with the policy's last dry run of the same text, if there was one.
pub(super) async fn compare(
    host: &impl Host,
    run: &Run,
    people: &[Person],
) -> Result<Option<Compared>, WorkError> {
    let policies: PolicyBook = load(host).await?;
    let preview = policies
        .get(&run.policy.id)
        .and_then(|stored| stored.preview.clone());
    let Some(id) = preview.filter(|_| !run.dry) else {
        return Ok(None);
    };
    let Some(preview) = load_run(host, &id).await? else {
        return Ok(None);
    };
    let (Some(plan), true, true) = (
        &preview.plan,
        preview.state == RunState::Previewed,
        preview.policy.hash == run.policy.hash,
    ) else {
        return Ok(None);
    };
    if plan.steps > MAX_COMPARED || run.counts.planned > MAX_COMPARED {
        return Ok(None);
    }
    let then = load_steps(host, &id, plan.parts).await?;
    let changes = changes(&then, people);
    let count = |came| {
        let of_kind = changes.iter().filter(|change| change.came == came);
        u32::try_from(of_kind.count()).unwrap_or(u32::MAX)
    };
    let since = SincePreview {
        preview: id,
        came: count(true),
        left: count(false),
    };
    let listed: Vec<&PlanChange> = changes.iter().take(MAX_LISTED).collect();
    let write = set_value(key(&run.id), &listed)?;
    Ok(Some(Compared { since, write }))
}

/// Who came and who left, in the plans' orders.
fn changes(then: &[Person], now: &[Person]) -> Vec<PlanChange> {
    type Place<'p> = (&'p AccountId, &'p DirectoryId);
    fn place(person: &Person) -> Place<'_> {
        (&person.account, &person.directory)
    }
    let planned_then: BTreeMap<Place<'_>, &Person> =
        then.iter().map(|person| (place(person), person)).collect();
    let listed_now: BTreeMap<Place<'_>, &Person> =
        now.iter().map(|person| (place(person), person)).collect();
    let mut changes = Vec::new();
    for person in now.iter().filter(|person| person.fate == Fate::Planned) {
        if !planned_then.contains_key(&place(person)) {
            changes.push(PlanChange {
                account: person.account.clone(),
                came: true,
                reason: person.reason.clone(),
            });
        }
    }
    for person in then {
        let reason = match listed_now.get(&place(person)) {
            Some(now) if now.fate == Fate::Planned => continue,
            Some(now) => now.reason.clone(),
            None => String::from("the policy does not match any more"),
        };
        changes.push(PlanChange {
            account: person.account.clone(),
            came: false,
            reason,
        });
    }
    changes
}

/// The list of a run's comparison; nothing where there was none.
pub(in crate::app) async fn load_changes(
    host: &impl Host,
    run: &str,
) -> Result<Vec<PlanChange>, StorageError> {
    Ok(load_value(host, &key(run)).await?.unwrap_or_default())
}

/// The deletion of the list.
pub(super) fn forget_changes(run: &str) -> Write {
    Write::Delete { key: key(run) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(account: &str, fate: Fate, reason: &str) -> Person {
        let (account, directory) = (AccountId(account.into()), DirectoryId("d".into()));
        Person::new(account, directory, fate, reason.into())
    }

    #[test]
    fn who_came_and_who_left_and_why() {
        let then = [
            person("stays", Fate::Planned, "idle"),
            person("comes back", Fate::Planned, "idle"),
            person("gets exempt", Fate::Planned, "idle"),
        ];
        let now = [
            person("stays", Fate::Planned, "idle"),
            person("gets exempt", Fate::Exempt, "exempt by name"),
            person("new", Fate::Planned, "idle since May"),
            person("unknown", Fate::Unknown, "not known"),
        ];
        let found: Vec<(String, bool, String)> = changes(&then, &now)
            .into_iter()
            .map(|change| (change.account.0, change.came, change.reason))
            .collect();
        let expected = [
            ("new", true, "idle since May"),
            ("comes back", false, "the policy does not match any more"),
            ("gets exempt", false, "exempt by name"),
        ];
        let expected = expected.map(|(who, came, why)| (who.into(), came, why.into()));
        assert_eq!(found, expected);
    }
}
