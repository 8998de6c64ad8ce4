//! What was taken back of a run.

use std::collections::{BTreeMap, BTreeSet};

use super::parts::load_steps;
use super::progress::Progress;
use crate::app::documents::load_run;
use crate::app::records::Run;
use crate::host::{Host, StorageError};
use crate::model::{AccountId, DirectoryId};
use crate::plan::{Act, CHANGED_SINCE, Fate};

/// Of which people nothing is left to take back of a run, or not everything.
#[derive(Clone, Debug, Default)]
pub(in crate::app) struct TakenBack {
    /// Who got everything back.
    pub(in crate::app) whole: BTreeSet<(AccountId, DirectoryId)>,
    /// Who was found changed by somebody else: what was done to them since is somebody else's.
    pub(in crate::app) changed: BTreeSet<(AccountId, DirectoryId)>,
    /// Of the others, the acts that came back before another one was let be: whatever of it is gone again, somebody else took.
    acts: BTreeMap<(AccountId, DirectoryId), Vec<Act>>,
}

impl TakenBack {
    /// Whether an act of an undo came back to a person, or was found changed by somebody else.
    pub(super) fn is_dealt_with(&self, whose: &(AccountId, DirectoryId), act: &Act) -> bool {
        let acts = self.acts.get(whose);
        acts.is_some_and(|acts| acts.contains(act))
    }
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
            let whose = (person.account, person.directory);
            if progress.fate(step) == Fate::Verified {
                back.whole.insert(whose);
            } else if note.is_some_and(|note| note.starts_with(CHANGED_SINCE)) {
                back.changed.insert(whose);
            } else {
                let acts = back.acts.entry(whose).or_default();
                let places = progress.acts_for_good(step);
                acts.extend(places.filter_map(|place| person.acts.get(place).cloned()));
            }
        }
    }
    Ok(back)
}
