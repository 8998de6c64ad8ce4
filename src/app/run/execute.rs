//! Executing a plan: batch by batch, each read again just before, logged before and after, and read back.
//!
//! A batch is at most 100 people of one directory. Whatever kills an invocation, the next one begins a batch by reading
//! its people: an intent that is out is settled by what is seen, not by guessing.

use crate::app::records::{Run, RunState, Settings};
use crate::app::worker::{Flow, Job, WorkError, Worker};
use std::collections::BTreeMap;

use super::ground::taken_recently;
use super::parts::load_steps;
use super::progress::Progress;
use super::steps::{Settled, Steps, call, intend, settle};
use crate::app::api::{Api, connected};
use crate::app::commit::{Change, MAX_ENTRIES};
use crate::app::documents::{
    ConnectionBook, ExemptionBook, PolicyBook, load, load_run, load_value, policy_revision_key,
    set_run,
};
use crate::app::left_alone::left_alone;
use crate::app::sync::{SnapshotHead, newest_head, people_now};
use crate::atlassian::{ApiError, ApiErrorKind, PAGE_SIZE};
use crate::audit::Outcome;
use crate::evaluate::{CompileError, Compiled, Context, compile};
use crate::host::Host;
use crate::model::{AccountId, DirectoryId, Status, Time};
use crate::plan::{Exempted, Fate, Ground, Person, Protections, Verdict, decide};
use crate::planted::{Fault, planted};
use crate::policy::Policy;
use crate::snapshot::{Row, Site, Snapshot};

/// The oldest reading that an action may rest on, with room for the action itself (RULES R6: 120 s).
const READING_SECONDS: i64 = 110;
/// A batch is begun only if so much is left of the invocation.
const BATCH_MILLISECONDS: u32 = 90_000;
/// A group of actions is begun only if so much is left.
const GROUP_MILLISECONDS: u32 = 30_000;
/// How long an accepted action may take to be seen.
const VISIBLE_SECONDS: i64 = 120;
/// How long an action whose call had no clear answer may take to be seen, before it is called again.
const UNCLEAR_SECONDS: i64 = 30;
/// The pause before another look at what was accepted and is not seen yet.
const LOOK_AGAIN_SECONDS: u32 = 3;
/// So many refusals or missing answers in a row end a batch; what is settled then decides whether the run goes on.
const BAD_IN_A_ROW: u32 = 5;
/// How often a call without a clear answer is made.
const ATTEMPTS: u32 = 3;

/// Executes a run's plan as far as the time allows.
pub(in crate::app) async fn execute<H: Host>(
    worker: &Worker<'_, H>,
    job: &Job,
    id: &str,
) -> Result<Flow, WorkError> {
    let host = worker.host;
    let Some(run) = load_run(host, id).await? else {
        return Ok(Flow::Over);
    };
    match run.state {
        RunState::Ready | RunState::Executing => {}
        RunState::Planning | RunState::Held if worker.is_young(job) => {
            return Ok(Flow::Again { seconds: 5 });
        }
        _ => return Ok(Flow::Over),
    }
    let run = mark_executing(worker, run).await?;
    let parts = run.plan.as_ref().map_or(0, |plan| plan.parts);
    let people = load_steps(host, id, parts).await?;
    let steps = Steps {
        run: &run,
        people: &people,
    };
    let Some(api) = connected(host).await? else {
        super::end::stop_runs(worker, &[id.to_owned()], "no organization is connected").await?;
        return Ok(Flow::Over);
    };
    let mut progress = Progress::load(host, id).await?;
    if planted(Fault::IntentsForgotten) {
        progress.open.clear();
    }
    let taken = taken_recently(worker, Some(id)).await?;
    loop {
        let mut batch = next_batch(&steps, &progress);
        if batch.is_empty() {
            return finish(worker, &run, &progress).await;
        }
        if host.time_left() < BATCH_MILLISECONDS {
            return Ok(Flow::Next);
        }
        let gate = gate(worker, &run, &taken, progress.is_failing()).await?;
        if let Some(why) = gate.stop {
            if progress.open.is_empty() {
                super::end::stop_runs(worker, &[id.to_owned()], why).await?;
                return Ok(Flow::Over);
            }
            batch.retain(|step| progress.open.contains_key(step));
        }
        let mut executor = Executor {
            worker,
            api: &api,
            steps: &steps,
            gate: &gate,
            resumed: progress.open.keys().copied().collect(),
            progress: &mut progress,
        };
        let flow = executor.batch(&batch).await?;
        if let Some(flow) = flow {
            return Ok(flow);
        }
    }
}

async fn mark_executing<H: Host>(worker: &Worker<'_, H>, run: Run) -> Result<Run, WorkError> {
    if run.state == RunState::Executing && run.message.is_none() {
        return Ok(run);
    }
    let executing = Run {
        state: RunState::Executing,
        since: if run.state == RunState::Executing {
            run.since
        } else {
            worker.host.now()
        },
        message: None,
        ..run
    };
    worker
        .commit(async || {
            let writes = vec![set_run(&executing)?];
            let change = Change {
                writes,
                ..Change::default()
            };
            Ok((change, ()))
        })
        .await?;
    Ok(executing)
}

async fn finish<H: Host>(
    worker: &Worker<'_, H>,
    run: &Run,
    progress: &Progress,
) -> Result<Flow, WorkError> {
    let counts = progress.counts(run.counts);
    let state = if counts.failed == 0 {
        RunState::Done
    } else {
        RunState::DoneWithFailures
    };
    let message = (counts.failed > 0).then(|| {
        format!(
            "{} of {} actions failed",
            counts.failed,
            counts.failed + counts.acted
        )
    });
    super::end::end(worker, run, progress, state, message).await?;
    Ok(Flow::Over)
}

/// The next people: those with an intent out first, then those not begun, all of one directory.
fn next_batch(steps: &Steps<'_>, progress: &Progress) -> Vec<u32> {
    let count = u32::try_from(steps.people.len()).unwrap_or(u32::MAX);
    let open = progress.open.keys().copied();
    let fresh = progress
        .unsettled(count)
        .filter(|step| !progress.open.contains_key(step));
    let mut candidates = open.chain(fresh).peekable();
    let directory = candidates
        .peek()
        .and_then(|step| steps.person(*step))
        .map(|person| person.directory.clone());
    candidates
        .filter(|step| steps.person(*step).map(|person| &person.directory) == directory.as_ref())
        .take(PAGE_SIZE)
        .collect()
}

/// What is read again before every batch (RULES R15), and what decides on each person.
struct Gate {
    /// Why nobody else is to be acted on, if so: only intents that are out are settled then.
    stop: Option<&'static str>,
    policy: Policy,
    sites: Vec<Site>,
    exempted: Exempted,
    protections: Protections,
    taken: BTreeMap<AccountId, String>,
}

async fn gate<H: Host>(
    worker: &Worker<'_, H>,
    run: &Run,
    taken: &BTreeMap<AccountId, String>,
    is_failing: bool,
) -> Result<Gate, WorkError> {
    let host = worker.host;
    if !worker.lease.is_held(host).await? {
        return Err(WorkError::LeaseLost);
    }
    let settings: Settings = load(host).await?;
    let exemptions: ExemptionBook = load(host).await?;
    let connection: ConnectionBook = load(host).await?;
    let newest = newest_head(host).await?;
    let key = policy_revision_key(&run.policy.id, run.policy.revision);
    let policy = load_value(host, &key).await?.ok_or_else(|| {
        crate::host::StorageError::Failed(format!("the policy's text `{key}` is gone"))
    })?;
    let mut protections = left_alone(host).await?;
    if let Some(connection) = &connection.connection {
        let own = super::ground::protections(connection, Some(&run.cause));
        protections.people.extend(own.people);
    }
    let policies: PolicyBook = load(host).await?;
    let stored = policies.get(&run.policy.id);
    let stop = if settings.stopped && !planted(Fault::StopIgnored) {
        Some("an administrator stopped everything")
    } else if stored.is_none_or(|stored| stored.hash != run.policy.hash)
        && !planted(Fault::OldTextExecuted)
    {
        Some("the policy was changed: start a new run")
    } else if newest.as_ref().is_some_and(SnapshotHead::is_suspect) {
        Some(
            "the newest reading of the organization is suspect: see what is known, then start a new run",
        )
    } else if is_failing {
        Some("too many actions failed: look at the failed ones before another run")
    } else {
        None
    };
    Ok(Gate {
        stop,
        policy,
        sites: newest.map(|head| head.sites()).unwrap_or_default(),
        exempted: if planted(Fault::ExemptionsForgotten) {
            Exempted::default()
        } else {
            exemptions.exempted()
        },
        protections,
        taken: taken.clone(),
    })
}

/// What the reading before the action says of one step.
enum Reading {
    /// Act on them.
    Act,
    /// The step is over.
    Settle(Settled),
    /// Look again later.
    Wait,
}

/// How far a group's calls came.
enum Acted {
    /// To the end.
    All,
    /// Until Atlassian limited the calls.
    Limited {
        /// How long to wait.
        wait_seconds: u32,
    },
    /// Until too many in a row were refused or without an answer, the reading was too old, or time ran out.
    Ended,
}

struct Executor<'a, 'h, H> {
    worker: &'a Worker<'h, H>,
    api: &'a Api<'h, H>,
    steps: &'a Steps<'a>,
    gate: &'a Gate,
    progress: &'a mut Progress,
    /// Steps whose intent was out when the batch began: a call may have been made for them.
    resumed: Vec<u32>,
}

impl<H: Host> Executor<'_, '_, H> {
    /// Reads, decides, acts and reads back one batch. Answers where to go if not to the next batch.
    async fn batch(&mut self, batch: &[u32]) -> Result<Option<Flow>, WorkError> {
        let read_at = self.worker.host.now();
        let (people, read) = self.read_all(batch).await?;
        // Whoever was not read is in the next batch.
        let batch = batch.get(..read).unwrap_or(batch);
        let gate = self.gate;
        let compiled = compile(
            &gate.policy,
            &people,
            Context {
                sites: &gate.sites,
                ..Context::at(self.steps.run.now)
            },
        );
        let (mut act, mut over, mut wait) = (Vec::new(), Vec::new(), false);
        for step in batch {
            if planted(Fault::NotReadAgain) {
                act.push(*step);
                continue;
            }
            if planted(Fault::SomePassedOver) && step % 3 == 2 {
                self.progress.settle(*step, Fate::Skipped, None);
                continue;
            }
            match self.judge(*step, &people, &compiled) {
                Some(Reading::Act) => act.push(*step),
                Some(Reading::Settle(settled)) => over.push(settled),
                Some(Reading::Wait) => wait = true,
                None => {}
            }
        }
        settle(self.worker, self.steps.run, self.progress, &over).await?;
        let mut flow = wait.then_some(Flow::Again {
            seconds: LOOK_AGAIN_SECONDS,
        });
        let mut refused = BTreeMap::new();
        let mut tried = Vec::new();
        for group in act.chunks(MAX_ENTRIES) {
            if self.is_late(read_at) {
                break;
            }
            if !planted(Fault::IntentAfterwards) {
                intend(self.worker, self.steps, self.progress, group).await?;
            }
            match self.act(group, read_at, &mut tried, &mut refused).await? {
                Acted::All => {}
                Acted::Limited { wait_seconds } => {
                    flow = Some(Flow::Again {
                        seconds: wait_seconds,
                    });
                    break;
                }
                Acted::Ended => break,
            }
        }
        if planted(Fault::IntentAfterwards) {
            intend(self.worker, self.steps, self.progress, &tried).await?;
        }
        if !tried.is_empty() {
            // What the answers said must not be lost if the reading back fails.
            self.remember_open().await?;
            let pending = self.read_back(&tried, &refused).await?;
            flow = flow.or(pending);
        }
        Ok(flow)
    }

    /// Reads people with everything that decides on them, and how many of the batch they are.
    async fn read_all(&self, batch: &[u32]) -> Result<(Snapshot, usize), WorkError> {
        let (directory, accounts) = self.accounts(batch);
        people_now(self.api, directory, &accounts).await
    }

    /// Reads people for their status alone.
    async fn read(&self, batch: &[u32]) -> Result<Snapshot, WorkError> {
        let (directory, accounts) = self.accounts(batch);
        Ok(self.api.people(directory, &accounts).await?)
    }

    /// The accounts of some steps, and the directory that they are all in.
    fn accounts(&self, batch: &[u32]) -> (Option<&DirectoryId>, Vec<AccountId>) {
        let people: Vec<&Person> = batch
            .iter()
            .filter_map(|step| self.steps.person(*step))
            .collect();
        let accounts = people.iter().map(|person| person.account.clone());
        let directory = people.first().map(|person| &person.directory);
        (directory, accounts.collect())
    }

    /// Decides again on what was just read (RULES R6).
    fn judge(
        &self,
        step: u32,
        people: &Snapshot,
        compiled: &Result<Compiled<'_>, CompileError>,
    ) -> Option<Reading> {
        let person = self.steps.person(step)?;
        let row = people.find(&person.account, &person.directory);
        let status = row.and_then(|row| people.status(row));
        let open = self.progress.open.get(&step);
        let is_open = open.is_some();
        let over = |fate, outcome, reason: String| {
            Some(Reading::Settle(Settled {
                step,
                account: person.account.clone(),
                fate,
                outcome,
                reason,
                before: person.before.status,
                after: status,
            }))
        };
        // Without an intent nothing of ours can have happened yet.
        let let_be = if is_open {
            Outcome::NotDone
        } else {
            Outcome::Skipped
        };
        if let Some(open) = open {
            if status == Some(Status::Suspended) {
                return over(Fate::Verified, Outcome::Done, person.reason.clone());
            }
            if let Some(accepted) = open.accepted {
                let waited = self.worker.host.now().since(accepted);
                if waited < VISIBLE_SECONDS {
                    return Some(Reading::Wait);
                }
                let reason = format!("accepted by atlassian, and not seen after {waited} seconds");
                return over(Fate::Failed, Outcome::Failed, reason);
            }
            if let Some(called) = open.called
                && self.worker.host.now().since(called) < UNCLEAR_SECONDS
            {
                return Some(Reading::Wait);
            }
            if open.attempts >= ATTEMPTS {
                let reason = format!("no clear answer to {ATTEMPTS} calls, and not done");
                return over(Fate::Failed, Outcome::Failed, reason);
            }
        }
        if let Some(why) = self.gate.stop {
            return over(Fate::Skipped, let_be, why.to_owned());
        }
        let Some(row) = row else {
            let reason = String::from("the directory does not list the person any more");
            return over(Fate::Skipped, let_be, reason);
        };
        match self.verdict(people, row, compiled) {
            Some(Verdict {
                fate: Fate::Planned,
                ..
            }) => Some(Reading::Act),
            Some(verdict) => over(
                Fate::Skipped,
                let_be,
                format!("on reading again: {}", verdict.reason),
            ),
            None => {
                let reason = String::from("on reading again: the policy does not match any more");
                over(Fate::Skipped, let_be, reason)
            }
        }
    }

    fn verdict(
        &self,
        people: &Snapshot,
        row: Row,
        compiled: &Result<Compiled<'_>, CompileError>,
    ) -> Option<Verdict> {
        let gate = self.gate;
        let compiled = match compiled {
            Ok(compiled) => compiled,
            Err(error) => {
                return Some(Verdict {
                    fate: Fate::Unknown,
                    reason: error.to_string(),
                });
            }
        };
        let ground = Ground {
            exempted: &gate.exempted,
            protections: &gate.protections,
            taken: &gate.taken,
        };
        decide(compiled, people, row, &ground)
    }

    /// Whether the reading is too old to act on, or too little time is left.
    fn is_late(&self, read_at: Time) -> bool {
        let age = self.worker.host.now().since(read_at);
        age > READING_SECONDS || self.worker.host.time_left() < GROUP_MILLISECONDS
    }

    /// Makes the calls of a group whose intents are logged, until something speaks against it.
    async fn act(
        &mut self,
        group: &[u32],
        read_at: Time,
        tried: &mut Vec<u32>,
        refused: &mut BTreeMap<u32, ApiError>,
    ) -> Result<Acted, WorkError> {
        let mut in_a_row = 0;
        for step in group {
            if self.is_late(read_at) {
                return Ok(Acted::Ended);
            }
            let Some(person) = self.steps.person(*step) else {
                continue;
            };
            let answer = call(self.api, self.steps.run, person).await;
            tried.push(*step);
            let open = self.progress.open.entry(*step).or_default();
            match answer {
                Ok(()) => {
                    in_a_row = 0;
                    open.accepted = Some(self.worker.host.now());
                }
                Err(error) => match error.kind {
                    ApiErrorKind::Unauthorized => {
                        self.remember_open().await?;
                        return Err(error.into());
                    }
                    ApiErrorKind::RateLimited { wait_seconds } => {
                        return Ok(Acted::Limited { wait_seconds });
                    }
                    ApiErrorKind::Server | ApiErrorKind::NoAnswer
                        if planted(Fault::UnclearTakenForDone) =>
                    {
                        open.accepted = Some(self.worker.host.now());
                    }
                    ApiErrorKind::Server | ApiErrorKind::NoAnswer | ApiErrorKind::NotUnderstood => {
                        open.attempts += 1;
                        open.called = Some(self.worker.host.now());
                        in_a_row += 1;
                        if in_a_row >= BAD_IN_A_ROW {
                            return Ok(Acted::Ended);
                        }
                    }
                    // An earlier call of ours, whose answer was lost, may be what it conflicts with.
                    ApiErrorKind::Conflict | ApiErrorKind::Already
                        if self.resumed.contains(step) =>
                    {
                        open.accepted = Some(self.worker.host.now());
                    }
                    ApiErrorKind::Forbidden
                    | ApiErrorKind::JiraRefused
                    | ApiErrorKind::ScopeMissing
                    | ApiErrorKind::NotFound
                    | ApiErrorKind::Conflict
                    | ApiErrorKind::Already
                    | ApiErrorKind::LicenceLimit
                    | ApiErrorKind::Inactive
                    | ApiErrorKind::CursorRefused
                    | ApiErrorKind::Refused(_) => {
                        refused.insert(*step, error);
                        in_a_row += 1;
                        if in_a_row >= BAD_IN_A_ROW {
                            return Ok(Acted::Ended);
                        }
                    }
                },
            }
        }
        Ok(Acted::All)
    }

    /// Reads back whom calls were made for, and settles what can be. Answers where to go if some must be looked at again.
    async fn read_back(
        &mut self,
        tried: &[u32],
        refused: &BTreeMap<u32, ApiError>,
    ) -> Result<Option<Flow>, WorkError> {
        let people = self.read(tried).await?;
        let mut over = Vec::new();
        for step in tried {
            if let Some(settled) = self.seen(*step, &people, refused.get(step)) {
                over.push(settled);
            }
        }
        let all = over.len() == tried.len();
        settle(self.worker, self.steps.run, self.progress, &over).await?;
        if all {
            return Ok(None);
        }
        Ok(Some(Flow::Again {
            seconds: LOOK_AGAIN_SECONDS,
        }))
    }

    /// How a step that was tried ended, if what was read back says so.
    fn seen(&self, step: u32, people: &Snapshot, refused: Option<&ApiError>) -> Option<Settled> {
        let person = self.steps.person(step)?;
        let row = people.find(&person.account, &person.directory);
        let status = row.and_then(|row| people.status(row));
        let is_suspended = status == Some(Status::Suspended);
        let (fate, outcome, reason) = match refused {
            None if is_suspended || planted(Fault::UnclearTakenForDone) => {
                (Fate::Verified, Outcome::Done, person.reason.clone())
            }
            None => return None,
            Some(error) if is_suspended => (
                Fate::Skipped,
                Outcome::Already,
                format!("somebody else had done it ({error})"),
            ),
            Some(error) => (Fate::Failed, Outcome::Failed, error.to_string()),
        };
        Some(Settled {
            step,
            account: person.account.clone(),
            fate,
            outcome,
            reason,
            before: person.before.status,
            after: status,
        })
    }

    /// Keeps what is known of open steps for the next invocation.
    async fn remember_open(&self) -> Result<(), WorkError> {
        let progress = &*self.progress;
        self.worker
            .commit(async || {
                let change = Change {
                    writes: vec![progress.write(&self.steps.run.id)?],
                    ..Change::default()
                };
                Ok((change, ()))
            })
            .await
    }
}
