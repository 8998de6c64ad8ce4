//! Runs: listed, looked into, started, released, rejected.

use crate::app::records::{Cause, Edit, Release, Run, RunState, Settings};
use crate::app::sync::{SnapshotHead, newest_head};
use crate::app::worker::Job;
use std::collections::BTreeSet;

use super::error::AdminError;
use super::exemptions::reason;
use super::{Answer, Caller, NamedPerson, People, Runs};
use crate::app::commit::{Change, commit};
use crate::app::documents::{
    ActiveRuns, ConnectionBook, ExemptionBook, PolicyBook, RecentRuns, decode_run, load, load_run,
    set, set_run,
};
use crate::app::newest_snapshot;
use crate::app::run::{Progress, begin, load_part, new_run, reserve};
use crate::audit::{Actor, Entry, LogAction, Outcome};
use crate::host::{EntityName, Host, Query, Queue};
use crate::model::{DAY, Status, Time};
use crate::plan::{Fate, Guard, GuardCode, is_organization_administrator, organization_cap};
use crate::planted::{Fault, planted};

/// Runs on one page.
const PAGE: u32 = 20;

/// The newest runs of this month and the one before it.
pub(super) async fn runs<H: Host>(host: &H, cursor: Option<String>) -> Result<Answer, AdminError> {
    let now = host.now();
    let (month, within) = match cursor.as_deref().and_then(|cursor| cursor.split_once(' ')) {
        Some((month, within)) => (
            month.to_owned(),
            Some(within.to_owned()).filter(|w| !w.is_empty()),
        ),
        None => (now.month(), None),
    };
    let page = host
        .query(Query {
            entity: EntityName::Run,
            index: "by-month",
            partition: vec![month.clone()],
            descending: true,
            limit: PAGE,
            cursor: within,
        })
        .await?;
    // A query lags behind (RULES R5), so the runs that are not over come from their own list, and each as stored now.
    // Ids begin with the time, so their order is the runs'.
    let mut ids: BTreeSet<String> = BTreeSet::new();
    if cursor.is_none() {
        let active: ActiveRuns = load(host).await?;
        for id in active.runs {
            ids.insert(id);
        }
    }
    for text in &page.values {
        let listed = decode_run(text)?;
        ids.insert(listed.id);
    }
    let mut runs = Vec::new();
    for id in ids.into_iter().rev() {
        if let Some(run) = load_run(host, &id).await? {
            runs.push(with_progress(host, run).await?);
        }
    }
    let last_month = now.plus(-31 * DAY).month();
    let cursor = match page.cursor {
        Some(within) => Some(format!("{month} {within}")),
        None if month == now.month() && last_month != month => Some(format!("{last_month} ")),
        None => None,
    };
    Ok(Answer::Runs(Runs { runs, cursor }))
}

/// A run with its figures as they are now.
pub(super) async fn with_progress<H: Host>(host: &H, run: Run) -> Result<Run, AdminError> {
    if run.state != RunState::Executing {
        return Ok(run);
    }
    let progress = Progress::load(host, &run.id).await?;
    Ok(Run {
        counts: progress.counts(run.counts),
        ..run
    })
}

async fn find<H: Host>(host: &H, id: &str) -> Result<Run, AdminError> {
    let is_plausible = !id.is_empty()
        && id.len() <= 60
        && id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    if !is_plausible {
        return Err(AdminError::NotFound("such run"));
    }
    load_run(host, id)
        .await?
        .ok_or(AdminError::NotFound("such run"))
}

/// One run.
pub(super) async fn run<H: Host>(host: &H, id: &str) -> Result<Answer, AdminError> {
    let run = find(host, id).await?;
    Ok(Answer::Run(Box::new(with_progress(host, run).await?)))
}

/// One part of a run's plan with what became of its people and with their names.
pub(super) async fn people<H: Host>(host: &H, id: &str, part: u32) -> Result<Answer, AdminError> {
    let run = find(host, id).await?;
    let Some(plan) = &run.plan else {
        return Err(AdminError::WrongState(String::from(
            "the run has no plan yet",
        )));
    };
    if part >= plan.parts {
        return Ok(Answer::People(People {
            people: Vec::new(),
            parts: plan.parts,
            counts: run.counts,
        }));
    }
    let progress = Progress::load(host, id).await?;
    let mut step: u32 = 0;
    for earlier in 0..part {
        let people = load_part(host, id, earlier).await?;
        let steps = people
            .iter()
            .filter(|person| person.fate == Fate::Planned)
            .count();
        step = step.saturating_add(u32::try_from(steps).unwrap_or(u32::MAX));
    }
    let newest = newest_snapshot(host).await?;
    let mut people = Vec::new();
    for mut person in load_part(host, id, part).await? {
        if person.fate == Fate::Planned {
            person.fate = progress.fate(step);
            if let Some(note) = progress.note(step) {
                note.clone_into(&mut person.reason);
            }
            step = step.saturating_add(1);
        }
        let (name, email) = match &newest {
            Some((_, snapshot)) => match snapshot.find(&person.account, &person.directory) {
                Some(row) => (snapshot.name(row), snapshot.email(row)),
                None => (None, None),
            },
            None => (None, None),
        };
        people.push(NamedPerson {
            name: name.map(String::from),
            email: email.map(String::from),
            person,
        });
    }
    let (parts, counts) = (plan.parts, progress.counts(run.counts));
    let is_over = !run.state.wants_a_job();
    Ok(Answer::People(People {
        people,
        parts,
        counts: if is_over { run.counts } else { counts },
    }))
}

/// Starts a run of a policy.
pub(super) async fn start<H: Host>(
    host: &H,
    caller: &Caller,
    policy: &str,
    dry: bool,
) -> Result<Answer, AdminError> {
    let settings: Settings = load(host).await?;
    if settings.stopped && !dry {
        let why = "everything is stopped: let it go on in the settings first";
        return Err(AdminError::WrongState(String::from(why)));
    }
    let policies: PolicyBook = load(host).await?;
    let stored = policies
        .get(policy)
        .ok_or(AdminError::NotFound("such policy"))?;
    let cause = Cause::Person {
        account: caller.account_id.clone(),
    };
    let run = new_run(host, stored, cause, dry);
    let queue = if dry { Queue::Answer } else { Queue::Work };
    let job = Job::prepare(host, vec![run.id.clone()]).text()?;
    // Before the commit: a job that comes too early waits, a missing one would be missing for ever.
    host.push(queue, job, 0).await?;
    commit::<_, AdminError>(host, async || {
        let mut active: ActiveRuns = load(host).await?;
        let mut change = Change::default();
        begin(&mut change, &mut active, &run)?;
        change.writes.push(set(&active)?);
        Ok((change, ()))
    })
    .await?;
    Ok(Answer::Run(Box::new(run)))
}

/// Lets a held run go on. The one who asked for it cannot (RULES R9).
pub(super) async fn release<H: Host>(
    host: &H,
    caller: &Caller,
    id: &str,
    why: &str,
) -> Result<Answer, AdminError> {
    let why = reason(why)?;
    let held = find(host, id).await?;
    let single_handed = four_eyes(host, caller, &held).await?;
    let released = commit::<_, AdminError>(host, async || {
        let mut run = find(host, id).await?;
        if run.state != RunState::Held {
            return Err(AdminError::WrongState(format!(
                "the run is not held, it is {}",
                run.state.name()
            )));
        }
        let policies: PolicyBook = load(host).await?;
        if policies
            .get(&run.policy.id)
            .is_none_or(|stored| stored.hash != run.policy.hash)
        {
            let why =
                "the policy was changed since this plan was made: reject it and start a new run";
            return Err(AdminError::WrongState(String::from(why)));
        }
        let is_suspect = |guard: &Guard| guard.code == GuardCode::SuspectSnapshot;
        let newest = newest_head(host).await?;
        if run.guards.iter().any(is_suspect)
            || newest.as_ref().is_some_and(SnapshotHead::is_suspect)
        {
            let why =
                "the reading that it rests on, or the newest one, is suspect: see what is known, then start a new run";
            return Err(AdminError::WrongState(String::from(why)));
        }
        let now = host.now();
        if let Some(guard) = cap_reached(host, &run).await? {
            // Released are only the guards that were shown: this one is new, and is shown now.
            run.guards.push(guard);
            let change = Change {
                writes: vec![set_run(&run)?],
                ..Change::default()
            };
            return Ok((change, run));
        }
        run.state = RunState::Ready;
        run.since = now;
        run.release = Some(Release {
            by: caller.account_id.clone(),
            at: now,
            reason: why.clone(),
            single_handed,
        });
        let mut recent: RecentRuns = load(host).await?;
        recent.prune(now);
        reserve(&mut recent, &run, now);
        host.push(Queue::Work, Job::execute(host, id).text()?, 0)
            .await?;
        let held_by: Vec<&str> = run.guards.iter().map(|guard| guard.text.as_str()).collect();
        let handed = if single_handed { "single-handed, " } else { "" };
        let text = format!("{handed}{why}; had been held: {}", held_by.join("; "));
        let change = Change {
            entries: vec![decision(&run, caller, now, LogAction::ReleaseRun, text)],
            writes: vec![set_run(&run)?, set(&recent)?],
        };
        Ok((change, run))
    })
    .await?;
    if released.state == RunState::Held {
        let figures = released
            .guards
            .last()
            .map_or("", |guard| guard.text.as_str());
        return Err(AdminError::WrongState(format!(
            "other runs have used the day's cap since this plan was made: {figures}; release it again if that is meant"
        )));
    }
    Ok(Answer::Run(Box::new(released)))
}

/// The organization's cap as a guard, if the run would break it now and did not when it was planned (RULES R8).
async fn cap_reached<H: Host>(host: &H, run: &Run) -> Result<Option<Guard>, AdminError> {
    let is_shown = run
        .guards
        .iter()
        .any(|guard| guard.code == GuardCode::OrganizationCap);
    let Some(plan) = run.plan.as_ref().filter(|_| !is_shown) else {
        return Ok(None);
    };
    let settings: Settings = load(host).await?;
    let mut recent: RecentRuns = load(host).await?;
    recent.prune(host.now());
    let others = recent.people_besides(&run.id);
    Ok(organization_cap(
        plan.steps,
        others,
        settings.percent_per_day,
        plan.population,
    ))
}

/// Ends a held run without an action.
pub(super) async fn reject<H: Host>(
    host: &H,
    caller: &Caller,
    id: &str,
    why: &str,
) -> Result<Answer, AdminError> {
    let why = reason(why)?;
    let rejected = commit::<_, AdminError>(host, async || {
        let mut run = find(host, id).await?;
        if run.state != RunState::Held {
            return Err(AdminError::WrongState(format!(
                "the run is not held, it is {}",
                run.state.name()
            )));
        }
        let now = host.now();
        run.state = RunState::Rejected;
        run.since = now;
        run.message = Some(format!("rejected: {why}"));
        run.counts.skipped = run.counts.skipped.saturating_add(run.counts.planned);
        run.counts.planned = 0;
        let mut active: ActiveRuns = load(host).await?;
        active.remove(id);
        let change = Change {
            entries: vec![decision(
                &run,
                caller,
                now,
                LogAction::RejectRun,
                why.clone(),
            )],
            writes: vec![set_run(&run)?, set(&active)?],
        };
        Ok((change, run))
    })
    .await?;
    Ok(Answer::Run(Box::new(rejected)))
}

fn decision(run: &Run, caller: &Caller, now: Time, action: LogAction, reason: String) -> Entry {
    Entry {
        run: Some(run.id.clone()),
        policy: Some(run.policy.id.clone()),
        policy_hash: Some(run.policy.hash.clone()),
        reason: Some(reason),
        after: run
            .plan
            .as_ref()
            .map(|plan| serde_json::json!({ "plan": plan.hash })),
        ..Entry::new(
            now,
            &Actor::Person(caller.account_id.clone()),
            action,
            Outcome::Done,
        )
    }
}

/// Whether the caller may release the run; true in the answer means single-handed.
async fn four_eyes<H: Host>(host: &H, caller: &Caller, run: &Run) -> Result<bool, AdminError> {
    let role = requester_role(host, caller, run).await?;
    let Some(role) = role.filter(|_| !planted(Fault::OwnReleaseAllowed)) else {
        return Ok(false);
    };
    let others = other_administrators(host, caller).await?;
    let waited = host.now().since(run.since);
    match others {
        Some(0) if waited >= DAY => Ok(true),
        Some(0) => Err(AdminError::FourEyes {
            why: format!(
                "you {role}; as the only administrator you may release it 24 hours after it was held"
            ),
        }),
        _ => Err(AdminError::FourEyes {
            why: format!("you {role}; another administrator of the organization must release it"),
        }),
    }
}

/// What makes the caller a requester of the run, if anything does: they pressed the button, or since the policy's last
/// released run they edited it, a limit, or took an exemption back.
async fn requester_role<H: Host>(
    host: &H,
    caller: &Caller,
    run: &Run,
) -> Result<Option<&'static str>, AdminError> {
    if matches!(&run.cause, Cause::Person { account } if *account == caller.account_id) {
        return Ok(Some("asked for this run"));
    }
    let policies: PolicyBook = load(host).await?;
    let settings: Settings = load(host).await?;
    let exemptions: ExemptionBook = load(host).await?;
    let stored = policies.get(&run.policy.id);
    let last_release = stored
        .and_then(|stored| stored.released.as_ref())
        .map(|released| released.at);
    let is_callers = |edit: Option<&Edit>| {
        edit.is_some_and(|edit| {
            edit.by == caller.account_id && last_release.is_none_or(|release| edit.at >= release)
        })
    };
    let was_released = stored
        .and_then(|stored| stored.released.as_ref())
        .is_some_and(|released| released.hash == run.policy.hash);
    Ok(
        if run.policy.saved_by == caller.account_id && !was_released {
            Some("saved this text of the policy")
        } else if is_callers(settings.limits_edited.as_ref()) {
            Some("changed a limit last")
        } else if is_callers(exemptions.last_removal.as_ref()) {
            Some("took an exemption back last")
        } else {
            None
        },
    )
}

/// How many other active organization administrators the newest snapshot knows; `None` without a snapshot.
async fn other_administrators<H: Host>(
    host: &H,
    caller: &Caller,
) -> Result<Option<usize>, AdminError> {
    let connection: ConnectionBook = load(host).await?;
    if connection.connection.is_none() {
        return Err(AdminError::NotConnected);
    }
    let Some((_, snapshot)) = newest_snapshot(host).await? else {
        return Ok(None);
    };
    let administrators = snapshot
        .rows()
        // Whoever may be one counts as one.
        .filter(|row| matches!(snapshot.status(*row), Some(Status::Active) | None))
        .filter(|row| {
            snapshot
                .roles(*row)
                .is_none_or(is_organization_administrator)
        })
        .filter_map(|row| snapshot.account(row))
        .filter(|account| *account != caller.account_id.as_str());
    let mut others: BTreeSet<String> = BTreeSet::new();
    for account in administrators {
        others.insert(account.to_owned());
    }
    Ok(Some(others.len()))
}
