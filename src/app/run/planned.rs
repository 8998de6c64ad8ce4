//! A run with its plan: stored, and told in figures.

use super::parts::store_parts;
use crate::app::records::{ActCount, PlanReference, Run};
use crate::app::sync::SnapshotHead;
use crate::app::worker::{WorkError, Worker};
use crate::host::Host;
use crate::plan::{Act, Counts, Person};

/// The run with its plan stored.
pub(super) async fn with_plan<H: Host>(
    worker: &Worker<'_, H>,
    run: Run,
    head: &SnapshotHead,
    people: &[Person],
    counts: Counts,
    population: u32,
) -> Result<Run, WorkError> {
    let (parts, hash) = store_parts(worker, &run.id, people).await?;
    Ok(Run {
        counts,
        plan: Some(PlanReference {
            hash,
            snapshot: head.id.clone(),
            snapshot_taken: head.taken,
            parts,
            people: u32::try_from(people.len()).unwrap_or(u32::MAX),
            steps: counts.planned,
            population,
            acts: act_counts(people),
            takes: takes(people),
            told: told(people),
            coverage: Some(head.coverage.clone()),
            seats: None,
        }),
        ..run
    })
}

fn act_counts(people: &[Person]) -> Vec<ActCount> {
    let mut counts: Vec<ActCount> = Vec::new();
    for act in people.iter().flat_map(|person| &person.acts) {
        match counts.iter_mut().find(|count| count.act == act.name()) {
            Some(count) => count.people += 1,
            None => counts.push(ActCount {
                act: act.name().to_owned(),
                people: 1,
            }),
        }
    }
    counts
}

fn told(people: &[Person]) -> u32 {
    let only_told = people
        .iter()
        .filter(|person| !person.acts.is_empty() && person.acts.iter().all(Act::is_message));
    u32::try_from(only_told.count()).unwrap_or(u32::MAX)
}

fn takes(people: &[Person]) -> u32 {
    let taken_from = people
        .iter()
        .filter(|person| person.acts.iter().any(Act::takes_access));
    u32::try_from(taken_from.count()).unwrap_or(u32::MAX)
}
