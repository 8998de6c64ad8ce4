//! What was taken back of a run.

use std::collections::BTreeSet;

use super::parts::load_steps;
use super::progress::Progress;
use crate::app::documents::load_run;
use crate::app::records::Run;
use crate::host::{Host, StorageError};
use crate::model::{AccountId, DirectoryId};
use crate::plan::{CHANGED_SINCE, Fate};

/// Of which people nothing is left to take back of a run.
#[derive(Clone, Debug, Default)]
pub(in crate::app) struct TakenBack {
    /// Who got everything back.
    pub(in crate::app) whole: BTreeSet<(AccountId, DirectoryId)>,
    /// Who was found changed by somebody else: what was done to them since is somebody else's.
    pub(in crate::app) changed: BTreeSet<(AccountId, DirectoryId)>,
}

/// What other runs took back of a run, besides one of them.
pub(in crate::app) async fn taken_back(
    host: &impl Host,
    run: &Run,
    besides: Option<&str>,
) -> Result<TakenBack, StorageError> {
    let mut back = TakenBack::default();
    for id in run
        .undone_by
        .iter()
        .filter(|id| besides != Some(id.as_str()))
    {
        let Some(plan) = load_run(host, id).await?.and_then(|run| run.plan) else {
            continue;
        };
        let progress = Progress::load(host, id).await?;
        for (step, person) in (0u32..).zip(load_steps(host, id, plan.parts).await?) {
            let note = progress.note(step);
            if progress.fate(step) == Fate::Verified {
                back.whole.insert((person.account, person.directory));
            } else if note.is_some_and(|note| note.starts_with(CHANGED_SINCE)) {
                back.changed.insert((person.account, person.directory));
            }
        }
    }
    Ok(back)
}
