//! What is read again before every batch of a run (RULES R15), and why nobody else is to be acted on, if so.

use std::collections::BTreeMap;

use super::ground::protections;
use super::heard::let_be;
use super::leave_alone::left_alone_by_now;
use super::progress::Progress;
use crate::app::api::Api;
use crate::app::by_hand::{ByHand, load_by_hand};
use crate::app::documents::{
    ConnectionBook, ExemptionBook, PolicyBook, load, load_run, load_value, policy_revision_key,
};
use crate::app::links;
use crate::app::own_names::OwnNames;
use crate::app::protect;
use crate::app::records::{Protect, Run, RunState, Settings};
use crate::app::sync::{SnapshotHead, newest_head};
use crate::app::worker::{WorkError, Worker};
use crate::host::{Host, StorageError};
use crate::model::{AccountId, DirectoryId, Time};
use crate::plan::{Act, Exempted, Exempting, LinkUse, Person, Protections};
use crate::planted::{Fault, planted};
use crate::policy::Policy;
use crate::snapshot::{Site, Snapshot};

const STOPPED: &str = "an administrator stopped everything";
/// What is said of a run whose policy has another text now.
pub(super) const CHANGED: &str = "the policy was changed: start a new run";
const SUSPECT: &str =
    "the newest reading of the organization is suspect: see what is known, then start a new run";
const FAILING: &str = "too many actions failed: look at the failed ones before another run";

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
    /// Before anything of it was read: an invocation that slept since must not act on it.
    pub(super) read_at: Time,
    pub(super) policy: Policy,
    pub(super) sites: Vec<Site>,
    /// The lists and fields that the policy names.
    pub(super) names: OwnNames,
    by_hand: Option<ByHand>,
    /// Every directory of the organization.
    pub(super) directories: Vec<DirectoryId>,
    /// Who is protected besides those who always are.
    pub(super) protect: Protect,
    /// Who used a link (RULES R2).
    pub(super) kept: BTreeMap<AccountId, LinkUse>,
    exempted: Exempted,
    pub(super) protections: Protections,
}

impl Gate {
    /// The address that an act gives a person, as long as it is kept.
    pub(super) fn address(&self, person: &Person, act: &Act) -> Option<&str> {
        let Act::SetEmail { to, .. } = act else {
            return None;
        };
        self.by_hand.as_ref()?.address(&person.account, to)
    }

    /// The exemptions, made ready for a reading.
    pub(super) fn exempting(&self, people: &Snapshot) -> Exempting<'_> {
        self.exempted.on(people)
    }
}

/// Reads it.
pub(super) async fn gate<H: Host>(
    worker: &Worker<'_, H>,
    api: &Api<'_, H>,
    run: &Run,
    progress: &Progress,
) -> Result<Gate, WorkError> {
    let host = worker.host;
    // First, because it may take many calls: what follows must be fresh when the batch acts.
    let Settings { protect, .. } = load(host).await?;
    let duties = protect::duties(worker, api, protect).await?;
    let read_at = host.now();
    if !worker.lease.is_held(host).await? {
        return Err(WorkError::LeaseLost);
    }
    let exemptions: ExemptionBook = load(host).await?;
    let connection: ConnectionBook = load(host).await?;
    let newest = newest_head(host).await?;
    let key = policy_revision_key(&run.policy.id, run.policy.revision);
    let policy: Policy = load_value(host, &key)
        .await?
        .ok_or_else(|| StorageError::Failed(format!("the policy's text `{key}` is gone")))?;
    let mut sheltered = left_alone_by_now(host, Some(&run.id)).await?;
    if let Some(connection) = &connection.connection {
        let own = protections(connection, Some(&run.cause));
        sheltered.people.extend(own.people);
    }
    let settings: Settings = load(host).await?;
    sheltered.add(duties);
    let kept = links::kept(host, &run.policy.id).await?;
    if run.undoes.is_none() {
        let_be(&mut sheltered, &kept, (run.now, read_at));
    }
    let by_hand = load_by_hand(host, &run.policy.id).await?;
    Ok(Gate {
        read_at,
        names: OwnNames::load(host, &policy, by_hand.as_ref(), run.now).await?,
        by_hand,
        stop: stop(host, &settings, run, newest.as_ref(), progress).await?,
        kept,
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
        protect,
    })
}

async fn stop<H: Host>(
    host: &H,
    settings: &Settings,
    run: &Run,
    newest: Option<&SnapshotHead>,
    progress: &Progress,
) -> Result<Option<Stop>, WorkError> {
    let policies: PolicyBook = load(host).await?;
    let stored = load_run(host, &run.id).await?;
    let order = stored.and_then(|stored| stored.abort);
    if let Some(order) = order.filter(|_| !planted(Fault::AbortIgnored)) {
        return Ok(Some(Stop {
            why: format!("aborted: {}", order.reason),
            state: RunState::Aborted,
        }));
    }
    let is_changed = policies.has_changed(&run.policy);
    let is_suspect = newest.is_some_and(SnapshotHead::is_suspect);
    // What gives back rests neither on the policy's text nor on the reading of everybody. The undo of an addition takes.
    let is_of_policy = run.undoes.is_none();
    let takes = is_of_policy || run.plan.as_ref().is_some_and(|plan| plan.takes > 0);
    let why = if settings.stopped && !planted(Fault::StopIgnored) {
        Some(STOPPED)
    } else if is_of_policy && is_changed && !planted(Fault::OldTextExecuted) {
        Some(CHANGED)
    } else if takes && is_suspect {
        Some(SUSPECT)
    } else if progress.is_failing() {
        Some(FAILING)
    } else {
        // Whoever was let be because of a stop is not in what goes on when it is over: the run ends with it.
        let whys = [STOPPED, CHANGED, SUSPECT, FAILING];
        whys.into_iter().find(|why| progress.says(why))
    };
    Ok(why.map(|why| Stop {
        why: String::from(why),
        state: RunState::Stopped,
    }))
}
