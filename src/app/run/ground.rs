//! What a plan rests on besides the policy and the snapshot: who is protected, and who belongs to another run.

use std::collections::BTreeMap;

use super::parts::load_steps;
use super::progress::Progress;
use super::steps::Steps;
use crate::app::api::Api;
use crate::app::documents::{ExemptionBook, RecentRuns, load, load_run};
use crate::app::records::{Cause, Connection};
use crate::app::worker::{WorkError, Worker};
use crate::app::{moves, newest_snapshot};
use crate::atlassian::{IDS_A_CALL, Seats, group_search, read_groups};
use crate::host::Host;
use crate::model::{AccountId, GroupId};
use crate::plan::{
    Act, Counts, Fate, Protections, leaves_administrators, spare_last_administrators,
};
use crate::planted::{Fault, planted};
use crate::snapshot::Group;

/// Groups that are exempt now and that the organization does not have any more (RULES R4).
pub(super) async fn groups_gone<H: Host>(
    api: &Api<'_, H>,
    exemptions: &ExemptionBook,
) -> Result<Vec<String>, WorkError> {
    let exempt: Vec<GroupId> = exemptions
        .exempted_anywhere(api.host.now())
        .groups
        .into_iter()
        .collect();
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
pub(in crate::app) async fn taken_recently<H: Host>(
    worker: &Worker<'_, H>,
    besides: Option<&str>,
) -> Result<BTreeMap<AccountId, String>, WorkError> {
    let host = worker.host;
    let mut recent: RecentRuns = load(host).await?;
    recent.prune(host.now());
    if planted(Fault::OtherRunsIgnored) {
        recent.runs.clear();
    }
    if let Some(own) = besides {
        recent.forget(own);
    }
    let mut taken = BTreeMap::new();
    taken.extend(moves::taken_by(host, &recent).await?);
    for id in recent.runs.keys() {
        let Some(run) = load_run(host, id).await? else {
            continue;
        };
        let Some(plan) = &run.plan else { continue };
        let progress = Progress::load(host, id).await?;
        let steps = load_steps(host, id, plan.parts).await?;
        for (number, person) in (0u32..).zip(steps) {
            // What failed may have been done all the same, and undone by somebody else before it was seen. What was clearly
            // refused was not: it may be tried again at once.
            let is_not_taken = match progress.fate(number) {
                Fate::Skipped | Fate::Failed => !progress.may_have_acted(number),
                _ => !person.acts.iter().any(Act::takes_access),
            };
            if !is_not_taken {
                let why = format!("the policy {} acted within 24 hours", run.policy.name);
                taken.insert(person.account, why);
            }
        }
    }
    Ok(taken)
}

/// Protects at the time of the action, too, whoever is the last active member of a group of administrators: much may have
/// changed since the plan was made. What the newest reading of everybody knows decides; it is loaded only where such a member
/// is in the plan. It tells nobody apart, so whoever is in several directories is none that stays. Whom it concerns is added
/// to `taken`.
pub(super) async fn keep_last_administrators<H: Host>(
    worker: &Worker<'_, H>,
    steps: &Steps<'_>,
    progress: &Progress,
    seats: &Seats,
    taken: &mut BTreeMap<AccountId, String>,
) -> Result<(), WorkError> {
    let mut people = Vec::new();
    let mut gone = taken.clone();
    for (step, person) in (0u32..).zip(steps.people) {
        if !leaves_administrators(person, seats) {
            continue;
        }
        match progress.fate(step) {
            Fate::Planned => people.push(person.clone()),
            // They stay what they are.
            _ if !progress.may_have_acted(step) => {}
            _ => {
                gone.insert(person.account.clone(), String::new());
            }
        }
    }
    if people.is_empty() {
        return Ok(());
    }
    let Some((_, snapshot)) = newest_snapshot(worker.host).await? else {
        for person in people {
            let why = "undecided: who else is in the administrators' groups is not known";
            taken.insert(person.account, why.to_owned());
        }
        return Ok(());
    };
    let mut counts = Counts::default();
    let known = (seats, &Protections::default());
    spare_last_administrators(&mut people, &mut counts, &snapshot, known, &gone);
    for person in people {
        if person.fate == Fate::Protected {
            taken.insert(person.account, person.reason);
        }
    }
    Ok(())
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
    Protections {
        people,
        ..Protections::default()
    }
}
