//! What is read again before every batch of a run (RULES R15), and why nobody else is to be acted on, if so.

use std::collections::BTreeMap;

use super::facts::Facts;
use super::ground::protections;
use crate::app::documents::{
    ConnectionBook, ExemptionBook, PolicyBook, load, load_run, load_value, policy_revision_key,
};
use crate::app::left_alone::left_alone;
use crate::app::records::{Run, RunState, Settings};
use crate::app::sync::{SnapshotHead, newest_head};
use crate::app::worker::{WorkError, Worker};
use crate::host::{Host, StorageError};
use crate::model::{AccountId, DirectoryId};
use crate::plan::{Exempted, Exempting, Ground, Protections};
use crate::planted::{Fault, planted};
use crate::policy::Policy;
use crate::snapshot::{Site, Snapshot};

/// Why a run ends before its plan is done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Stop {
    /// In words, with what to do.
    pub(super) why: String,
    /// As what it ends.
    pub(super) state: RunState,
}

/// What decides on each person of a batch.
#[derive(Debug)]
pub(super) struct Gate {
    /// Why nobody else is to be acted on, if so: only intents that are out are settled then.
    pub(super) stop: Option<Stop>,
    pub(super) policy: Policy,
    pub(super) sites: Vec<Site>,
    /// Every directory of the organization.
    pub(super) directories: Vec<DirectoryId>,
    exempted: Exempted,
    protections: Protections,
}

impl Gate {
    /// The exemptions, made ready for a reading.
    pub(super) fn exempting(&self, people: &Snapshot) -> Exempting<'_> {
        self.exempted.on(people)
    }

    /// What decisions rest on besides the policy and the reading.
    pub(super) fn ground<'a>(
        &'a self,
        exempting: &'a Exempting<'a>,
        taken: &'a BTreeMap<AccountId, String>,
        facts: &'a Facts,
    ) -> Ground<'a> {
        Ground {
            exempted: exempting,
            protections: &self.protections,
            taken,
            groups: facts.of(),
        }
    }
}

/// Reads it.
pub(super) async fn gate<H: Host>(
    worker: &Worker<'_, H>,
    run: &Run,
    is_failing: bool,
) -> Result<Gate, WorkError> {
    let host = worker.host;
    if !worker.lease.is_held(host).await? {
        return Err(WorkError::LeaseLost);
    }
    let exemptions: ExemptionBook = load(host).await?;
    let connection: ConnectionBook = load(host).await?;
    let newest = newest_head(host).await?;
    let key = policy_revision_key(&run.policy.id, run.policy.revision);
    let policy = load_value(host, &key)
        .await?
        .ok_or_else(|| StorageError::Failed(format!("the policy's text `{key}` is gone")))?;
    let mut sheltered = left_alone(host).await?;
    if let Some(connection) = &connection.connection {
        let own = protections(connection, Some(&run.cause));
        sheltered.people.extend(own.people);
    }
    Ok(Gate {
        stop: stop(host, run, newest.as_ref(), is_failing).await?,
        policy,
        directories: newest
            .iter()
            .flat_map(|head| &head.coverage.directories)
            .map(|directory| directory.id.clone())
            .collect(),
        sites: newest.map(|head| head.sites()).unwrap_or_default(),
        exempted: if planted(Fault::ExemptionsForgotten) {
            Exempted::default()
        } else {
            exemptions.exempted(&run.policy.id, host.now())
        },
        protections: sheltered,
    })
}

async fn stop<H: Host>(
    host: &H,
    run: &Run,
    newest: Option<&SnapshotHead>,
    is_failing: bool,
) -> Result<Option<Stop>, WorkError> {
    let settings: Settings = load(host).await?;
    let policies: PolicyBook = load(host).await?;
    let stored = load_run(host, &run.id).await?;
    let order = stored.and_then(|stored| stored.abort);
    if let Some(order) = order.filter(|_| !planted(Fault::AbortIgnored)) {
        return Ok(Some(Stop {
            why: format!("aborted: {}", order.reason),
            state: RunState::Aborted,
        }));
    }
    let is_changed = policies
        .get(&run.policy.id)
        .is_none_or(|stored| stored.hash != run.policy.hash);
    let is_suspect = newest.is_some_and(SnapshotHead::is_suspect);
    // What gives back rests neither on the policy's text nor on the reading of everybody.
    let takes = run.undoes.is_none();
    let why = if settings.stopped && !planted(Fault::StopIgnored) {
        "an administrator stopped everything"
    } else if takes && is_changed && !planted(Fault::OldTextExecuted) {
        "the policy was changed: start a new run"
    } else if takes && is_suspect {
        "the newest reading of the organization is suspect: see what is known, then start a new run"
    } else if is_failing {
        "too many actions failed: look at the failed ones before another run"
    } else {
        return Ok(None);
    };
    Ok(Some(Stop {
        why: String::from(why),
        state: RunState::Stopped,
    }))
}
