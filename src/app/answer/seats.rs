//! Whether a seat is free for somebody who is to get an access back: by the newest reading, and by what our own runs gave
//! back since, of which no reading knows yet.

use std::collections::{BTreeMap, BTreeSet};

use super::taken::TakenBy;
use crate::app::documents::load_run;
use crate::app::records::{ProductFigures, Run, RunState};
use crate::app::run::{Progress, load_steps, runs_since};
use crate::app::sync::newest_head;
use crate::host::{Host, StorageError};
use crate::model::{AccountId, HOUR, Resource, Time};
use crate::plan::{Act, Held, Person};

/// Seats are counted before the first page of a reading is read, and Atlassian's own count may be a little old.
const COUNTED_SECONDS: i64 = HOUR;

/// A product of which the person would take the seat that is not there, if one is known. Where Atlassian did not say how many
/// seats there are, its own answer decides.
pub(super) async fn full<H: Host>(
    host: &H,
    taken: &TakenBy,
    account: &AccountId,
) -> Result<Option<String>, StorageError> {
    let Some(head) = newest_head(host).await? else {
        return Ok(None);
    };
    let sites = head.sites();
    let mut given = None;
    for held in taken.steps.iter().flat_map(|(_, person)| lost(person)) {
        let Some(cloud_id) = held.resource.site() else {
            continue;
        };
        let mut known = sites.iter();
        let host_name = known
            .find(|site| site.cloud_id == cloud_id)
            .map(|site| site.host.as_str());
        let mut figures = head.products.iter();
        let place = figures.find(|place| {
            place.product == held.resource.product()
                && (place.site == cloud_id || host_name == Some(place.site.as_str()))
        });
        let Some((place, free)) = place.and_then(|place| Some((place, free(place)?))) else {
            continue;
        };
        if given.is_none() {
            let since = head.taken.plus(-COUNTED_SECONDS);
            given = Some(given_since(host, since, account).await?);
        }
        let others = given.iter().flatten();
        let others = others.filter(|(_, resource)| *resource == held.resource);
        if others.count() >= free {
            return Ok(Some(format!("{} on {}", place.product, place.site)));
        }
    }
    Ok(None)
}

/// How many seats of a product a reading shows as free, if Atlassian said how many there are.
fn free(place: &ProductFigures) -> Option<usize> {
    let seats = place.seats_said.unwrap_or(place.seats);
    usize::try_from(place.capacity?.saturating_sub(seats)).ok()
}

/// The accesses that a person lost by what was done to them: products that were taken by their names, else every one.
fn lost(person: &Person) -> impl Iterator<Item = &Held> {
    let mut named = Vec::new();
    let mut is_all = false;
    for act in person.acts.iter().filter(|act| act.takes_access()) {
        match act {
            Act::RemoveAccess { resources, .. } => named.extend(resources),
            _ => is_all = true,
        }
    }
    let held = person.before.access.iter().flatten();
    held.filter(move |held| is_all || named.contains(&&held.resource))
}

/// To whom else runs gave accesses back since, or are about to: each person and access once.
async fn given_since<H: Host>(
    host: &H,
    since: Time,
    besides: &AccountId,
) -> Result<BTreeSet<(AccountId, Resource)>, StorageError> {
    let mut undone: BTreeMap<String, Vec<Vec<u32>>> = BTreeMap::new();
    for (run, _) in runs_since(host, since).await? {
        if let Some(undoes) = run.undoes.as_ref().filter(|_| gives(&run)) {
            let of = undone.entry(undoes.run.clone()).or_default();
            of.push(undoes.steps.clone());
        }
    }
    let mut given = BTreeSet::new();
    for (id, wanted) in undone {
        let Some(plan) = load_run(host, &id).await?.and_then(|run| run.plan) else {
            continue;
        };
        let progress = Progress::load(host, &id).await?;
        for (step, person) in (0u32..).zip(load_steps(host, &id, plan.parts).await?) {
            let mut wanted = wanted.iter();
            let is_meant = wanted.any(|steps| steps.is_empty() || steps.contains(&step))
                && progress.acts_perhaps_done(step, person.acts.len()) > 0
                && person.account != *besides;
            for held in lost(&person).filter(|_| is_meant) {
                given.insert((person.account.clone(), held.resource.clone()));
            }
        }
    }
    Ok(given)
}

/// Whether a run gave something, or will if nobody stops it. One that waits for a person who decides gives nothing yet.
fn gives(run: &Run) -> bool {
    let waits = run.state.wants_a_decision()
        || (run.state == RunState::Planning && run.approval_wanted.is_some());
    !run.dry && !waits
}
