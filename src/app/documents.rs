//! The stored documents: their keys, their shapes, and how they are read and written.

use crate::app::records::{
    Connection, CoverageLimits, Edit, ExemptionSubject, Experiments, PolicyReference, Protect,
    Roles, Run, Settings,
};
use std::collections::BTreeMap;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::boxed::Boxed;
use crate::audit::{canonical, sha256_hex};
use crate::host::{EntityName, Host, StorageError, Write};
use crate::json;
use crate::model::{AccountId, Time};
use crate::policy::{OrganizationBlackOuts, Policy, is_by_hand};
use crate::schedule::Past;

/// The most ended runs that are remembered as news, if nobody looks for long.
const MOST_ENDED: usize = 200;
/// The organization's cap of a fresh installation (RULES R8).
const DEFAULT_PERCENT_PER_DAY: u32 = 5;

/// A document under a key of its own, with a value for "not there yet".
pub(super) trait Document: Serialize + DeserializeOwned + Default {
    /// Its key.
    const KEY: &'static str;
}

impl Document for Settings {
    const KEY: &'static str = "settings";
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            percent_per_day: DEFAULT_PERCENT_PER_DAY,
            stopped: false,
            limits_edited: None,
            roles_edited: None,
            fields_edited: None,
            coverage: CoverageLimits::default(),
            roles: Roles::default(),
            approval_issues: None,
            requests: None,
            retention_days: None,
            anchor_issue: None,
            notices: None,
            on_log_in: None,
            experiments: Experiments::default(),
            protect: Protect::default(),
            prices: Vec::new(),
            fields: Vec::new(),
            black_outs: OrganizationBlackOuts::default(),
        }
    }
}

/// The connection, if there is one, and which secret holds its key.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct ConnectionBook {
    /// The connection.
    pub(super) connection: Option<Connection>,
    /// The name of the secret; a new one for every saved key.
    pub(super) secret: String,
}

impl Document for ConnectionBook {
    const KEY: &'static str = "connection";
}

/// All policies in the administrator's order.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct PolicyBook {
    pub(super) policies: Vec<StoredPolicy>,
}

impl Document for PolicyBook {
    const KEY: &'static str = "policies";
}

impl PolicyBook {
    /// The policy of an id.
    pub(super) fn get(&self, id: &str) -> Option<&StoredPolicy> {
        self.policies.iter().find(|stored| stored.policy.id == id)
    }

    /// Whether a policy has another text than a run was planned by, or is gone. One that exists for a run by hand has but
    /// one text.
    pub(super) fn has_changed(&self, reference: &PolicyReference) -> bool {
        !is_by_hand(&reference.id)
            && self
                .get(&reference.id)
                .is_none_or(|stored| stored.hash != reference.hash)
    }
}

/// A policy with what happened to it.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct StoredPolicy {
    pub(super) policy: Policy,
    pub(super) revision: u32,
    pub(super) hash: String,
    pub(super) edited: Edit,
    /// The text that a second person has let run, and when that run ended.
    pub(super) released: Option<ReleasedPolicy>,
    /// Names in it that matched nothing when it was saved.
    pub(super) warnings: Vec<String>,
    /// The start that its schedule handed out last.
    pub(super) last_due: Option<Time>,
    /// From how many people its last runs that came to their end took something, at most ten, the newest last.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) usual: Vec<u32>,
    /// Its last dry run.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) preview: Option<String>,
    /// Its last run, dry or not, however that ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) last_run: Option<String>,
}

/// Which text of a policy was released, and the reference time of its last released run: what was edited later than that
/// has not been looked at by a second person.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct ReleasedPolicy {
    pub(super) hash: String,
    pub(super) at: Time,
}

impl StoredPolicy {
    /// What its schedule must know of it.
    pub(super) fn past(&self) -> Past {
        Past {
            last_due: self.last_due,
            edited: self.edited.at,
        }
    }

    /// The reference that runs and entries carry.
    pub(super) fn reference(&self) -> PolicyReference {
        PolicyReference {
            id: self.policy.id.clone(),
            name: self.policy.name.clone(),
            revision: self.revision,
            hash: self.hash.clone(),
            saved_by: self.edited.by.clone(),
        }
    }
}

/// The hash of a policy's exact text.
pub(super) fn policy_hash(policy: &Policy) -> Result<String, StorageError> {
    let value = json::value(policy).map_err(|error| StorageError::Failed(error.to_string()))?;
    Ok(sha256_hex(&canonical(&value)))
}

/// The key under which every revision of a policy is kept.
pub(super) fn policy_revision_key(id: &str, revision: u32) -> String {
    format!("policy:{id}:{revision}")
}

/// The exemptions: one versioned document (RULES R5).
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ExemptionBook {
    pub(super) version: u32,
    pub(super) exemptions: Vec<StoredExemption>,
    pub(super) last_removal: Option<Edit>,
}

impl Document for ExemptionBook {
    const KEY: &'static str = "exemptions";
}

/// One exemption. A group's name is kept beside its id; a person's is looked up when shown (RULES R14).
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct StoredExemption {
    pub(super) subject: ExemptionSubject,
    pub(super) group_name: Option<String>,
    pub(super) reason: String,
    pub(super) added: Edit,
    /// Who answers for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) owner: Option<AccountId>,
    /// The last second, in UTC, in which it shelters; without one it shelters until it is taken back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) expires: Option<Time>,
    /// The policies from which it shelters, by id; all of them if none is named.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) policies: Vec<String>,
    /// Whether the log says that it is over.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(super) lapsed: bool,
}

impl StoredExemption {
    /// Who answers for it: whoever added it, where nobody was named.
    pub(super) fn owner(&self) -> &AccountId {
        self.owner.as_ref().unwrap_or(&self.added.by)
    }
}

/// Runs that are not over: the strongly consistent list that the tick and the page rest on.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct ActiveRuns {
    pub(super) runs: Vec<String>,
    /// Those that ended since somebody looked for news.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) ended: Vec<String>,
}

impl Document for ActiveRuns {
    const KEY: &'static str = "active-runs";
}

impl ActiveRuns {
    /// Takes a run off that ended, and notes that it is news.
    pub(super) fn remove(&mut self, run: &str) {
        let before = self.runs.len();
        self.runs.retain(|id| id != run);
        if self.runs.len() < before && self.ended.len() < MOST_ENDED {
            self.ended.push(run.to_owned());
        }
    }
}

/// Runs that took access within the last 24 hours, or may be about to (RULES R7, R8).
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct RecentRuns {
    /// By run.
    pub(super) runs: BTreeMap<String, RecentRun>,
}

impl Document for RecentRuns {
    const KEY: &'static str = "recent-runs";
}

/// One of them: when it last took something, and from how many people at most.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct RecentRun {
    pub(super) at: Time,
    pub(super) people: u32,
    pub(super) over: bool,
}

impl RecentRuns {
    /// Forgets runs that were over 24 hours ago.
    pub(super) fn prune(&mut self, now: Time) {
        for (id, run) in std::mem::take(&mut self.runs) {
            if !run.over || now.since(run.at) < crate::model::DAY {
                self.runs.insert(id, run);
            }
        }
    }

    /// Forgets a run that took nothing and will not.
    pub(super) fn forget(&mut self, run: &str) {
        for (id, recent) in std::mem::take(&mut self.runs) {
            if id != run {
                self.runs.insert(id, recent);
            }
        }
    }

    /// How many people other runs took, or may be about to take.
    pub(super) fn people_besides(&self, run: &str) -> u32 {
        self.runs
            .iter()
            .filter(|(id, _)| id.as_str() != run)
            .fold(0, |sum, (_, recent)| sum.saturating_add(recent.people))
    }
}

/// Reads a document; one that is not there yet is the default.
pub(super) async fn load<D: Document>(host: &impl Host) -> Result<D, StorageError> {
    Ok(load_value(host, D::KEY).await?.unwrap_or_default())
}

/// Reads any value.
pub(super) async fn load_value<T: DeserializeOwned>(
    host: &impl Host,
    key: &str,
) -> Result<Option<T>, StorageError> {
    match load_text(host, key).await? {
        Some(text) => decode(key, &text).map(Some),
        None => Ok(None),
    }
}

/// Reads any value as text. Not generic in the value, and boxed, so that its code is there once.
fn load_text<'h>(host: &'h impl Host, key: &str) -> Boxed<'h, Option<String>> {
    let keys = [key.to_owned()];
    Box::pin(async move { Ok(host.get(&keys).await?.into_iter().next().flatten()) })
}

/// Reads a stored text.
pub(super) fn decode<T: DeserializeOwned>(key: &str, text: &str) -> Result<T, StorageError> {
    json::read(text).map_err(|error| unreadable(key, &error))
}

fn unreadable(key: &str, error: &serde_json::Error) -> StorageError {
    StorageError::Failed(format!(
        "what is stored under `{key}` cannot be read: {error}"
    ))
}

/// The write of any value.
pub(super) fn set_value<T: Serialize>(
    key: impl Into<String>,
    value: &T,
) -> Result<Write, StorageError> {
    Ok(Write::Set {
        key: key.into(),
        value: encode(value)?,
    })
}

/// The write of a document.
pub(super) fn set<D: Document>(document: &D) -> Result<Write, StorageError> {
    set_value(D::KEY, document)
}

/// A value as JSON text.
pub(super) fn encode<T: Serialize>(value: &T) -> Result<String, StorageError> {
    serde_json::to_string(value).map_err(|error| StorageError::Failed(error.to_string()))
}

/// A run as an entity: the attributes that indexes need, and the record.
#[derive(Serialize, Deserialize)]
struct RunEntity {
    policy: String,
    state: String,
    month: String,
    time: String,
    record: String,
}

/// Reads a run.
pub(super) fn load_run<'h>(host: &'h impl Host, id: &str) -> Boxed<'h, Option<Run>> {
    let id = id.to_owned();
    Box::pin(async move {
        match host.get_entity(EntityName::Run, &id).await? {
            Some(text) => decode_run(&text).map(Some),
            None => Ok(None),
        }
    })
}

/// Reads a run from its entity's text.
pub(super) fn decode_run(text: &str) -> Result<Run, StorageError> {
    let entity: RunEntity = decode("run", text)?;
    decode("run", &entity.record)
}

/// The write of a run.
pub(super) fn set_run(run: &Run) -> Result<Write, StorageError> {
    let entity = RunEntity {
        policy: run.policy.id.clone(),
        state: run.state.name().to_owned(),
        month: run.now.month(),
        time: format!("{} {}", run.now, run.id),
        record: encode(run)?,
    };
    Ok(Write::SetEntity {
        entity: EntityName::Run,
        key: run.id.clone(),
        value: encode(&entity)?,
        condition: None,
    })
}

/// An edit now.
pub(super) fn edit(by: &AccountId, at: Time) -> Edit {
    Edit { by: by.clone(), at }
}
