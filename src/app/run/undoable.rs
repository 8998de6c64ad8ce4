//! Whether a run can be taken back at all, before anybody asks for it.

use super::progress::Progress;
use crate::app::documents::{ActiveRuns, load_run};
use crate::app::records::{Run, RunState};
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

/// The run that takes a run back and is not over, if there is one.
pub(in crate::app) async fn undone_now(
    host: &impl Host,
    active: &ActiveRuns,
    undone: &str,
) -> Result<Option<String>, StorageError> {
    for id in &active.runs {
        let other = load_run(host, id).await?;
        let undoes = other
            .filter(|other| !other.dry)
            .and_then(|other| other.undoes);
        if undoes.is_some_and(|undoes| undoes.run == undone) {
            return Ok(Some(id.clone()));
        }
    }
    Ok(None)
}
