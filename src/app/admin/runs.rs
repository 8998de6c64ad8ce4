//! Runs: listed, looked into, started, decided on, ended.

use std::collections::BTreeSet;

use super::error::AdminError;
use super::exemptions::reason;
use super::months::{MOST_LOOKS, Months, first_month, no_place};
use super::{Answer, Caller, Changes, NamedPerson, NamedPlanChange, People, PlanPart, Runs};
use crate::app::approval::{self, Consent, Decider, find};
use crate::app::by_hand::load_by_hand;
use crate::app::commit::{Change, commit};
use crate::app::documents::{ActiveRuns, PolicyBook, decode_run, encode, load, load_run, set};
use crate::app::newest_snapshot;
use crate::app::records::{Cause, Run, RunState, Settings};
use crate::app::run::{HELD_OUT, Progress, begin, load_changes, load_part, new_run};
use crate::app::worker::Job;
use crate::host::{EntityName, Host, Queue};
use crate::model::GroupId;
use crate::plan::{Act, Fate};
use crate::snapshot::{Site, Snapshot};

/// Runs on one page, besides those that are not over.
const PAGE: usize = 20;

/// Runs, newest first, as far back as there may be any. A page may hold fewer than its number, or none, and still lead on.
///
/// A cursor is a place in the walk over the months, after the runs that were shown before their place in it came.
pub(super) async fn runs<H: Host>(host: &H, cursor: Option<String>) -> Result<Answer, AdminError> {
    let months = Months {
        entity: EntityName::Run,
        first: host.now().month(),
        last: first_month(host).await?,
        descending: true,
        between: None,
    };
    let (shown, mut place) = match &cursor {
        Some(cursor) => {
            let (shown, place) = cursor.split_once(' ').ok_or_else(no_place)?;
            (shown.to_owned(), Some(place.to_owned()))
        }
        None => (String::new(), None),
    };
    let mut shown: BTreeSet<String> = shown.split(',').map(String::from).collect();
    // Ids begin with the time, so their order is the runs'.
    let mut ids: BTreeSet<String> = BTreeSet::new();
    let mut looks = MOST_LOOKS;
    loop {
        let room = u32::try_from(PAGE.saturating_sub(ids.len())).unwrap_or(1);
        let (page, next) = months.page(host, place, room, &mut looks).await?;
        for text in &page.values {
            let listed = decode_run(text)?;
            if !shown.contains(&listed.id) {
                ids.insert(listed.id);
            }
        }
        place = next;
        if place.is_none() || ids.len() >= PAGE || looks == 0 {
            break;
        }
    }
    // A query lags behind (RULES R5), so the runs that are not over come from their own list, and each as stored now.
    if cursor.is_none() {
        let active: ActiveRuns = load(host).await?;
        for id in active.runs {
            if ids.insert(id.clone()) {
                shown.insert(id);
            }
        }
    }
    let mut runs = Vec::new();
    for id in ids.into_iter().rev() {
        if let Some(run) = load_run(host, &id).await? {
            runs.push(with_progress(host, run).await?);
        }
    }
    let shown: Vec<String> = shown.into_iter().filter(|id| !id.is_empty()).collect();
    let cursor = place.map(|place| format!("{} {place}", shown.join(",")));
    Ok(Answer::Runs(Runs { runs, cursor }))
}

/// A run with its figures as they are now.
pub(super) async fn with_progress<H: Host>(host: &H, run: Run) -> Result<Run, AdminError> {
    if !matches!(run.state, RunState::Executing | RunState::Verifying) {
        return Ok(run);
    }
    let progress = Progress::load(host, &run.id).await?;
    Ok(Run {
        counts: progress.counts(run.counts),
        ..run
    })
}

/// One run.
pub(super) async fn run<H: Host>(host: &H, id: &str) -> Result<Answer, AdminError> {
    let run = find(host, id).await?;
    Ok(Answer::Run(Box::new(with_progress(host, run).await?)))
}

/// One part of a run's plan as it was frozen.
pub(super) async fn plan_part<H: Host>(
    host: &H,
    id: &str,
    part: u32,
) -> Result<Answer, AdminError> {
    let run = find(host, id).await?;
    if run.plan.is_none_or(|plan| part >= plan.parts) {
        return Err(AdminError::NotFound("such part of the plan"));
    }
    // Written again as it was when it was hashed: the storage keeps values, not their texts.
    let text = encode(&load_part(host, id, part).await?)?;
    Ok(Answer::PlanPart(PlanPart { text }))
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
            names: Vec::new(),
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
    let by_hand = load_by_hand(host, &run.policy.id).await?;
    let mut people = Vec::new();
    for mut person in load_part(host, id, part).await? {
        let number = (person.fate == Fate::Planned).then_some(step);
        if number.is_some() {
            person.fate = progress.fate(step);
            if let Some(note) = progress.note(step) {
                note.clone_into(&mut person.reason);
            } else if run.held_out.binary_search(&step).is_ok() {
                person.fate = Fate::Skipped;
                HELD_OUT.clone_into(&mut person.reason);
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
            new_email: by_hand.as_ref().and_then(|by_hand| {
                let mut given = person.acts.iter().filter_map(|act| match act {
                    Act::SetEmail { to, .. } => by_hand.address(&person.account, to),
                    _ => None,
                });
                given.next().map(String::from)
            }),
            step: number,
            person,
        });
    }
    let (parts, counts) = (plan.parts, progress.counts(run.counts));
    let is_over = !run.state.wants_a_job();
    Ok(Answer::People(People {
        names: newest.map_or_else(Vec::new, |(head, snapshot)| {
            names(&people, &snapshot, &head.sites())
        }),
        people,
        parts,
        counts: if is_over { run.counts } else { counts },
    }))
}

/// What the groups and sites are called that the plan's lines name by their ids.
fn names(people: &[NamedPerson], snapshot: &Snapshot, sites: &[Site]) -> Vec<(String, String)> {
    let mut named: BTreeSet<&str> = BTreeSet::new();
    for NamedPerson { person, .. } in people {
        named.extend(person.hindered_by.iter().map(GroupId::as_str));
        for act in &person.acts {
            named.extend(act.groups().iter().map(GroupId::as_str));
        }
    }
    let mut names = Vec::new();
    for site in sites {
        names.push((site.cloud_id.clone(), site.host.clone()));
    }
    for group in snapshot.all_groups() {
        if let Some(name) = &group.name
            && named.contains(group.id.as_str())
        {
            names.push((group.id.as_str().to_owned(), name.clone()));
        }
    }
    names
}

/// Nothing but dry runs is started while everything is stopped.
pub(super) async fn refuse_if_stopped<H: Host>(host: &H, dry: bool) -> Result<(), AdminError> {
    let settings: Settings = load(host).await?;
    if settings.stopped && !dry {
        let why = "everything is stopped: let it go on in the settings first";
        return Err(AdminError::WrongState(String::from(why)));
    }
    Ok(())
}

/// Starts a run of a policy.
pub(super) async fn start<H: Host>(
    host: &H,
    caller: &Caller,
    policy: &str,
    dry: bool,
) -> Result<Answer, AdminError> {
    refuse_if_stopped(host, dry).await?;
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
        let mut policies: PolicyBook = load(host).await?;
        let mut stored = policies.policies.iter_mut();
        let stored = stored.find(|stored| stored.policy.id == policy);
        // Dropped meanwhile.
        let stored = stored.ok_or(AdminError::NotFound("such policy"))?;
        stored.last_run = Some(run.id.clone());
        let mut active: ActiveRuns = load(host).await?;
        let mut change = Change::default();
        begin(&mut change, &mut active, &run)?;
        change.writes.push(set(&policies)?);
        change.writes.push(set(&active)?);
        Ok((change, ()))
    })
    .await?;
    Ok(Answer::Run(Box::new(run)))
}

/// Lets a held run go on, as far as its guards are concerned.
pub(super) async fn release<H: Host>(
    host: &H,
    caller: &Caller,
    id: &str,
    why: &str,
) -> Result<Answer, AdminError> {
    let why = reason(why)?;
    let run = approval::decide(host, decider(caller), id, &why, Consent::Release).await?;
    Ok(Answer::Run(Box::new(run)))
}

/// Approves a plan without the steps that are held out; a held one is released with it.
pub(super) async fn approve<H: Host>(
    host: &H,
    caller: &Caller,
    id: &str,
    why: &str,
    held_out: Vec<u32>,
) -> Result<Answer, AdminError> {
    let why = reason(why)?;
    let consent = Consent::Approve { held_out };
    let run = approval::decide(host, decider(caller), id, &why, consent).await?;
    Ok(Answer::Run(Box::new(run)))
}

/// Ends a run that waits for a decision without an action.
pub(super) async fn reject<H: Host>(
    host: &H,
    caller: &Caller,
    id: &str,
    why: &str,
) -> Result<Answer, AdminError> {
    let why = reason(why)?;
    let run = approval::reject(host, decider(caller), id, &why).await?;
    Ok(Answer::Run(Box::new(run)))
}

/// Ends a run at work.
pub(super) async fn abort<H: Host>(
    host: &H,
    caller: &Caller,
    id: &str,
    why: &str,
) -> Result<Answer, AdminError> {
    let why = reason(why)?;
    let run = approval::abort(host, decider(caller), id, &why).await?;
    Ok(Answer::Run(Box::new(with_progress(host, run).await?)))
}

fn decider(caller: &Caller) -> Decider<'_> {
    Decider {
        account: &caller.account_id,
        issue: None,
    }
}

/// Who came into a run's plan and who left it since the policy's last dry run.
pub(super) async fn changes<H: Host>(host: &H, id: &str) -> Result<Answer, AdminError> {
    let run = find(host, id).await?;
    let newest = newest_snapshot(host).await?;
    let mut people = Vec::new();
    for change in load_changes(host, &run.id).await? {
        let name = newest.as_ref().and_then(|(_, snapshot)| {
            let row = snapshot.find_all(change.account.as_str()).next()?;
            snapshot.name(row).map(String::from)
        });
        people.push(NamedPlanChange { change, name });
    }
    Ok(Answer::Changes(Changes { people }))
}
