//! From a run that was asked for to a frozen plan: read the organization, decide, store, guard.

use crate::app::records::{Cause, Connection, PlanReference, Run, RunState, Settings};
use crate::app::worker::{Flow, Job, WorkError, Worker};
use std::collections::BTreeMap;

use super::parts::{load_steps, store_parts};
use super::progress::Progress;
use crate::app::api::{Api, connected};
use crate::app::commit::Change;
use crate::app::documents::{
    ActiveRuns, ConnectionBook, ExemptionBook, PolicyBook, RecentRun, RecentRuns, StoredPolicy,
    load, load_run, load_value, policy_revision_key, set, set_run,
};
use crate::app::left_alone::left_alone;
use crate::app::sync::{SnapshotHead, load_snapshot, newest_head, ready_to_act, sync};
use crate::atlassian::{IDS_A_CALL, group_search, read_groups};
use crate::audit::{Actor, Entry, LogAction, Outcome};
use crate::evaluate::{Context, compile};
use crate::host::{Host, Queue};
use crate::model::{AccountId, DAY, GroupId, HOUR, Time};
use crate::plan::{
    Fate, Ground, Guard, GuardCode, Lever, Person, Protections, cap, organization_cap, plan,
    population,
};
use crate::policy::Policy;
use crate::snapshot::{Group, Snapshot};

/// The oldest snapshot that a run may be planned on: that of the daily reading, which may be a little late. Everybody is
/// read again right before their action (RULES R6).
const SNAPSHOT_SECONDS: i64 = DAY + 2 * HOUR;

/// Prepares runs that were asked for together: the policies that are due in one tick are planned in the
/// administrator's order, and each person goes to the first (RULES R7).
pub(in crate::app) async fn prepare<H: Host>(
    worker: &Worker<'_, H>,
    job: &Job,
    ids: &[String],
) -> Result<Flow, WorkError> {
    let host = worker.host;
    let mut runs = Vec::new();
    for id in ids {
        match load_run(host, id).await? {
            Some(run) if run.state == RunState::Planning => runs.push(run),
            Some(_) => {}
            None if worker.is_young(job) => return Ok(Flow::Again { seconds: 5 }),
            None => {}
        }
    }
    if runs.is_empty() {
        return Ok(Flow::Over);
    }
    let Some(api) = connected(host).await? else {
        for run in runs {
            let why = "no organization is connected: save an organization API key, then start the run again";
            super::end::stop(worker, run, why).await?;
        }
        return Ok(Flow::Over);
    };
    let only_dry = runs.iter().all(|run| run.dry);
    let not_before = host.now().plus(-SNAPSHOT_SECONDS);
    let is_there = crate::app::sync::is_fresh(host, not_before).await?;
    if worker.queue == Queue::Answer && !is_there {
        // A listing is long work and belongs to the other queue.
        return Ok(Flow::Elsewhere { queue: Queue::Work });
    }
    let is_read = sync(&api, &worker.lease, not_before).await?;
    if !is_read || (!only_dry && !ready_to_act(worker, &api).await?) {
        return Ok(Flow::Next);
    }
    if let Some(head) = newest_head(host).await? {
        plan_all(worker, &api, runs, &head).await?;
    }
    Ok(Flow::Over)
}

/// What the planning of all runs of a job rests on.
struct Basis<'a> {
    head: &'a SnapshotHead,
    snapshot: &'a Snapshot,
    population: u32,
    exemptions: &'a ExemptionBook,
    exempt_groups_gone: Vec<String>,
    connection: Connection,
    left_alone: Protections,
}

async fn plan_all<H: Host>(
    worker: &Worker<'_, H>,
    api: &Api<'_, H>,
    runs: Vec<Run>,
    head: &SnapshotHead,
) -> Result<(), WorkError> {
    let host = worker.host;
    let snapshot = load_snapshot(host, head).await?;
    let exemptions: ExemptionBook = load(host).await?;
    let book: ConnectionBook = load(host).await?;
    let Some(connection) = book.connection else {
        return Ok(());
    };
    let basis = Basis {
        left_alone: left_alone(host).await?,
        head,
        snapshot: &snapshot,
        population: population(&snapshot),
        exempt_groups_gone: groups_gone(api, &exemptions).await?,
        exemptions: &exemptions,
        connection,
    };
    let mut taken = taken_recently(worker, None).await?;
    for run in runs {
        let (name, dry) = (run.policy.name.clone(), run.dry);
        let planned = plan_one(worker, &basis, run, &taken).await?;
        if dry {
            continue;
        }
        for account in planned {
            taken.insert(account, format!("belongs to the run of the policy {name}"));
        }
    }
    Ok(())
}

/// Exempt groups that the organization does not have any more (RULES R4).
async fn groups_gone<H: Host>(
    api: &Api<'_, H>,
    exemptions: &ExemptionBook,
) -> Result<Vec<String>, WorkError> {
    let exempt: Vec<GroupId> = exemptions.exempted().groups.into_iter().collect();
    let mut gone = Vec::new();
    for ids in exempt.chunks(IDS_A_CALL) {
        let request = group_search(&api.organization, None, ids, &api.key);
        let response = api.call("reading the exempt groups", request).await?;
        let there: Vec<Group> = read_groups(&response.body)?;
        gone.extend(
            ids.iter()
                .filter(|id| !there.iter().any(|group| group.id == **id))
                .map(|id| id.0.clone()),
        );
    }
    Ok(gone)
}

/// People from whom another run took access within the last 24 hours, or may be about to (RULES R7).
pub(super) async fn taken_recently<H: Host>(
    worker: &Worker<'_, H>,
    besides: Option<&str>,
) -> Result<BTreeMap<AccountId, String>, WorkError> {
    let host = worker.host;
    let mut recent: RecentRuns = load(host).await?;
    recent.prune(host.now());
    let mut taken = BTreeMap::new();
    for id in recent.runs.keys().filter(|id| Some(id.as_str()) != besides) {
        let Some(run) = load_run(host, id).await? else {
            continue;
        };
        let Some(plan) = &run.plan else { continue };
        let progress = Progress::load(host, id).await?;
        let steps = load_steps(host, id, plan.parts).await?;
        for (number, person) in (0u32..).zip(steps) {
            if !matches!(progress.fate(number), Fate::Skipped | Fate::Failed) {
                let why = format!("the policy {} acted within 24 hours", run.policy.name);
                taken.insert(person.account, why);
            }
        }
    }
    Ok(taken)
}

/// The protections that follow from who is who to this app (RULES R10).
pub(in crate::app) fn protections(connection: &Connection, cause: Option<&Cause>) -> Protections {
    let mut people = BTreeMap::new();
    if let Some(Cause::Person { account }) = cause {
        people.insert(account.clone(), "asked for this run".into());
    }
    people.insert(
        connection.saved_by.clone(),
        "saved the organization API key".into(),
    );
    people.insert(
        connection.owner.clone(),
        "owner of the organization API key".into(),
    );
    Protections { people }
}

/// Plans one run; answers the accounts that it would act on.
async fn plan_one<H: Host>(
    worker: &Worker<'_, H>,
    basis: &Basis<'_>,
    run: Run,
    taken: &BTreeMap<AccountId, String>,
) -> Result<Vec<AccountId>, WorkError> {
    let host = worker.host;
    let key = policy_revision_key(&run.policy.id, run.policy.revision);
    let Some(policy) = load_value::<Policy>(host, &key).await? else {
        super::end::stop(
            worker,
            run,
            "the policy's text is gone: save the policy again",
        )
        .await?;
        return Ok(Vec::new());
    };
    let Ok(lever) = Lever::of(&policy) else {
        let why = "the policy asks for more than this release can run: save it again to see what";
        super::end::stop(worker, run, why).await?;
        return Ok(Vec::new());
    };
    let sites = basis.head.sites();
    let context = Context {
        sites: &sites,
        ..Context::at(run.now)
    };
    let compiled = match compile(&policy, basis.snapshot, context) {
        Ok(compiled) => compiled,
        Err(error) => {
            let why = format!("{error}: correct the policy, then start the run again");
            super::end::stop(worker, run, &why).await?;
            return Ok(Vec::new());
        }
    };
    let exempted = basis.exemptions.exempted();
    let mut sheltered = basis.left_alone.clone();
    let own = protections(&basis.connection, Some(&run.cause));
    sheltered.people.extend(own.people);
    let ground = Ground {
        exempted: &exempted,
        protections: &sheltered,
        taken,
    };
    let (people, counts) = plan(&compiled, basis.snapshot, &ground);
    let (parts, hash) = store_parts(host, &run.id, &people).await?;
    let planned = Run {
        counts,
        plan: Some(PlanReference {
            hash,
            snapshot: basis.head.id.clone(),
            snapshot_taken: basis.head.taken,
            parts,
            people: u32::try_from(people.len()).unwrap_or(u32::MAX),
            steps: counts.planned,
            population: basis.population,
            action: lever,
        }),
        ..run
    };
    freeze(worker, basis, &policy, &planned).await?;
    Ok(planned_accounts(people))
}

fn planned_accounts(people: Vec<Person>) -> Vec<AccountId> {
    people
        .into_iter()
        .filter(|person| person.fate == Fate::Planned)
        .map(|person| person.account)
        .collect()
}

/// Freezes a plan: previewed, held by its guards, or ready with its execution on the queue.
async fn freeze<H: Host>(
    worker: &Worker<'_, H>,
    basis: &Basis<'_>,
    policy: &Policy,
    planned: &Run,
) -> Result<(), WorkError> {
    let host = worker.host;
    worker
        .commit(async || {
            let mut run = planned.clone();
            let mut change = Change::default();
            if run.dry {
                run.state = RunState::Previewed;
                let mut active: ActiveRuns = load(host).await?;
                active.remove(&run.id);
                change.writes.push(set(&active)?);
            } else {
                let mut recent: RecentRuns = load(host).await?;
                recent.prune(host.now());
                let policies: PolicyBook = load(host).await?;
                let settings: Settings = load(host).await?;
                run.guards = guards(
                    basis,
                    policy,
                    &run,
                    policies.get(&run.policy.id),
                    &recent,
                    &settings,
                );
                run.state = if run.guards.is_empty() {
                    RunState::Ready
                } else {
                    RunState::Held
                };
                if run.state == RunState::Ready {
                    // Before the commit: a job that comes too early waits, a missing one would be missing for ever.
                    worker.push(&Job::execute(host, &run.id), 0).await?;
                    reserve(&mut recent, &run, host.now());
                    change.writes.push(set(&recent)?);
                }
            }
            run.since = host.now();
            run.message = None;
            change.writes.push(set_run(&run)?);
            change.entries.push(frozen_entry(host.now(), &run));
            Ok((change, ()))
        })
        .await
}

/// Counts a run's people against the day's cap from now on.
pub(in crate::app) fn reserve(recent: &mut RecentRuns, run: &Run, now: Time) {
    let people = run.counts.planned;
    recent.runs.insert(
        run.id.clone(),
        RecentRun {
            at: now,
            people,
            over: false,
        },
    );
}

fn frozen_entry(now: Time, run: &Run) -> Entry {
    let figures = run.counts;
    let plan = run.plan.as_ref();
    Entry {
        run: Some(run.id.clone()),
        policy: Some(run.policy.id.clone()),
        policy_hash: Some(run.policy.hash.clone()),
        reason: Some(match run.guards.as_slice() {
            [] => run.state.name().to_owned(),
            guards => {
                let texts: Vec<&str> = guards.iter().map(|guard| guard.text.as_str()).collect();
                format!("held: {}", texts.join("; "))
            }
        }),
        after: Some(serde_json::json!({
            "plan": plan.map(|plan| &plan.hash),
            "snapshot": plan.map(|plan| &plan.snapshot),
            "users": figures.users,
            "matched": figures.matched,
            "unknown": figures.unknown,
            "exempt": figures.exempt,
            "protected": figures.protected,
            "planned": figures.planned,
            "skipped": figures.skipped,
        })),
        ..Entry::new(now, &Actor::Schedule, LogAction::FreezePlan, Outcome::Done)
    }
}

fn guards(
    basis: &Basis<'_>,
    policy: &Policy,
    run: &Run,
    stored: Option<&StoredPolicy>,
    recent: &RecentRuns,
    settings: &Settings,
) -> Vec<Guard> {
    let planned = run.counts.planned;
    if planned == 0 {
        return Vec::new();
    }
    let mut guards = Vec::new();
    let hold = |code, text| Guard { code, text };
    let released = stored
        .and_then(|stored| stored.released.as_ref())
        .is_some_and(|released| released.hash == run.policy.hash);
    if !released {
        let text = String::from("this text of the policy runs for the first time");
        guards.push(hold(GuardCode::FirstRun, text));
    }
    let share = cap(policy.limits.percent, basis.population);
    if planned > policy.limits.users || planned > share.people {
        let text = format!(
            "{planned} people to {}; the policy allows {} people and {} % of {} = {}",
            run.plan
                .as_ref()
                .map_or("act on", |plan| plan.action.name()),
            policy.limits.users,
            policy.limits.percent,
            share.population,
            share.people
        );
        guards.push(hold(GuardCode::PolicyLimit, text));
    }
    let others = recent.people_besides(&run.id);
    guards.extend(organization_cap(
        planned,
        others,
        settings.percent_per_day,
        basis.population,
    ));
    if basis.head.is_suspect() {
        let suspicions = basis.head.suspicions.iter();
        let texts: Vec<&str> = suspicions
            .map(|suspicion| suspicion.text.as_str())
            .collect();
        guards.push(hold(GuardCode::SuspectSnapshot, texts.join("; ")));
    }
    if !basis.exempt_groups_gone.is_empty() {
        let text = format!(
            "exempt groups that do not exist any more: {}",
            basis.exempt_groups_gone.join(", ")
        );
        guards.push(hold(GuardCode::ExemptGroupGone, text));
    }
    guards
}
