//! Whether a run can be taken back at all, before anybody asks for it.

use super::begin::begin;
use super::progress::Progress;
use crate::app::commit::Change;
use crate::app::documents::{ActiveRuns, load, load_run, set, set_run};
use crate::app::records::{Run, RunState, Undoes};
use crate::host::{Host, StorageError};

/// Why a run cannot be taken back, if so.
pub(in crate::app) async fn not_undoable(
    host: &impl Host,
    run: &Run,
) -> Result<Option<&'static str>, StorageError> {
    if !run.state.is_over() {
        return Ok(Some("the run is not over: abort it first"));
    }
    if run.undoes.is_some() {
        let why = "the run took another one back: start a run of the policy instead";
        return Ok(Some(why));
    }
    let has_acted = match run
        .plan
        .as_ref()
        .filter(|_| run.state != RunState::Previewed)
    {
        Some(plan) => {
            let progress = Progress::load(host, &run.id).await?;
            (0..plan.steps).any(|step| progress.may_have_acted(step))
        }
        None => false,
    };
    Ok((!has_acted).then_some("the run did nothing that could be taken back"))
}

/// Adds to a change what begins a run that takes another one back. Answers the run that does so already, if there is one:
/// two of the same people at the same time would get into each other's way, and then nothing is added.
pub(in crate::app) async fn begin_undo(
    host: &impl Host,
    change: &mut Change,
    run: &Run,
    mut undone: Run,
) -> Result<Option<String>, StorageError> {
    let mut active: ActiveRuns = load(host).await?;
    if !run.dry {
        if let Some(id) = undone_now(host, &active, run).await? {
            return Ok(Some(id));
        }
        undone.undone_by.push(run.id.clone());
        change.writes.push(set_run(&undone)?);
    }
    begin(change, &mut active, run)?;
    change.writes.push(set(&active)?);
    Ok(None)
}

/// Whether a run that is not over takes back the same as one that is to begin.
pub(in crate::app) async fn is_undone_now(
    host: &impl Host,
    run: &Run,
) -> Result<bool, StorageError> {
    let active: ActiveRuns = load(host).await?;
    Ok(undone_now(host, &active, run).await?.is_some())
}

/// The run that takes back the same of a run and is not over, if there is one.
async fn undone_now(
    host: &impl Host,
    active: &ActiveRuns,
    run: &Run,
) -> Result<Option<String>, StorageError> {
    for id in &active.runs {
        let other = load_run(host, id).await?;
        let undoes = other
            .filter(|other| !other.dry)
            .and_then(|other| other.undoes);
        let is_same = |other: &Undoes| run.undoes.as_ref().is_some_and(|one| one.meets(other));
        if undoes.as_ref().is_some_and(is_same) {
            return Ok(Some(id.clone()));
        }
    }
    Ok(None)
}
