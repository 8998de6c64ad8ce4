//! What a person may do (RULES R10): by the organization's own key, and by the groups in Jira that carry a role.

use serde::{Deserialize, Serialize};

use super::api::Api;
use super::calls::{Asker, Calls};
use super::commit::{Change, commit};
use super::documents::{Document, load, load_value, set, set_value};
use super::records::{RoleGroup, Roles};
use crate::atlassian::{ApiError, groups_of_person, read_groups_of_person};
use crate::audit::{Actor, Entry, LogAction, Outcome, sha256_hex};
use crate::host::{Host, StorageError};
use crate::model::{AccountId, HOUR, Status, Time};
use crate::plan::is_organization_administrator;
use crate::snapshot::Snapshot;

/// How long a confirmed administrator may stop things without being confirmed again.
const CONFIRMED_SECONDS: i64 = 600;
/// A confirmation is written again only when it is so old: a written value costs twenty times a read one.
const WRITTEN_AGAIN_SECONDS: i64 = 300;

/// Administrators of the organization whom its key confirmed lately. Only what is safe rests on it: stopping.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(transparent)]
struct Confirmed {
    administrators: Vec<(AccountId, Time)>,
}

impl Document for Confirmed {
    const KEY: &'static str = "confirmed-administrators";
}

/// Whether the organization's own key shows a person as an active organization administrator.
pub(super) async fn is_administrator<H: Host>(
    api: &Api<'_, H>,
    person: &AccountId,
) -> Result<bool, ApiError> {
    if !person.is_plausible() {
        return Ok(false);
    }
    let people = api.people(None, std::slice::from_ref(person)).await?;
    let is_one = shows_administrator(&people, person);
    if is_one {
        // Whoever is not noted waits for the key when they want to stop something: no reason to refuse them now.
        let _ = note(api.host, person).await;
    }
    Ok(is_one)
}

/// Whether what was read of a person shows an active organization administrator.
pub(super) fn shows_administrator(people: &Snapshot, person: &AccountId) -> bool {
    people.rows().any(|row| {
        people.account(row) == Some(person.as_str())
            && people.status(row) == Some(Status::Active)
            && people.roles(row).is_some_and(is_organization_administrator)
    })
}

/// Whether the organization's key confirmed a person as an administrator within the last ten minutes. A key that is
/// limited at the moment must not keep anybody from stopping things.
pub(super) async fn was_confirmed<H: Host>(
    host: &H,
    person: &AccountId,
) -> Result<bool, StorageError> {
    let confirmed: Confirmed = load(host).await?;
    let age = confirmed.age(person, host.now());
    Ok(age.is_some_and(|age| age < CONFIRMED_SECONDS))
}

async fn note<H: Host>(host: &H, person: &AccountId) -> Result<(), StorageError> {
    let now = host.now();
    let mut confirmed: Confirmed = load(host).await?;
    let age = confirmed.age(person, now);
    if age.is_some_and(|age| age < WRITTEN_AGAIN_SECONDS) {
        return Ok(());
    }
    confirmed
        .administrators
        .retain(|(account, at)| account != person && now.since(*at) < CONFIRMED_SECONDS);
    confirmed.administrators.push((person.clone(), now));
    // Two who are confirmed at the same time: one of them is noted at their next call.
    host.transact(vec![set(&confirmed)?]).await
}

impl Confirmed {
    fn age(&self, person: &AccountId, now: Time) -> Option<i64> {
        let found = self
            .administrators
            .iter()
            .find(|(account, _)| account == person);
        found.map(|(_, at)| now.since(*at)).filter(|age| *age >= 0)
    }
}

/// Refused calls: one entry for each person and hour, and a count beside it (RULES R14).
pub(super) async fn note_refusal<H: Host>(
    host: &H,
    person: &AccountId,
    reason: &str,
) -> Result<(), StorageError> {
    let hour = host.now().0.div_euclid(HOUR);
    // Account ids may hold signs that keys may not.
    let who: String = sha256_hex(person.as_str()).chars().take(16).collect();
    let actor = Actor::Person(person.clone());
    let entry = Entry {
        reason: Some(reason.to_owned()),
        ..Entry::new(host.now(), &actor, LogAction::Refused, Outcome::NotDone)
    };
    note_refused(host, &format!("refused:{who}:{hour}"), &entry).await
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

/// Which of the groups that carry a role a person is in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct GroupRoles {
    /// The operators'.
    pub(super) operator: bool,
    /// The approvers'.
    pub(super) approver: bool,
}

/// Asks Jira, as the app, for a person's groups, if any group carries a role.
pub(super) async fn group_roles<H: Host>(
    host: &H,
    roles: &Roles,
    person: &AccountId,
) -> Result<GroupRoles, ApiError> {
    if (roles.operator.is_none() && roles.approver.is_none()) || !person.is_plausible() {
        return Ok(GroupRoles::default());
    }
    // Without what earlier calls learnt of Jira's pace, this one learns it itself.
    let learnt = Calls::load(host, Asker::Person).await;
    let calls = learnt.unwrap_or_else(|_| Calls::of_person(host));
    let operation = "asking Jira for a person's groups";
    let response = calls.send(operation, groups_of_person(person)).await?;
    let groups = read_groups_of_person(&response.body)?;
    let is_in = |group: Option<&RoleGroup>| group.is_some_and(|group| groups.contains(&group.id));
    Ok(GroupRoles {
        operator: is_in(roles.operator.as_ref()),
        approver: is_in(roles.approver.as_ref()),
    })
}
