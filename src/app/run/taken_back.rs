//! What was taken back of a run.

use std::collections::BTreeMap;

use super::parts::load_steps;
use super::progress::Progress;
use crate::app::documents::load_run;
use crate::app::records::Run;
use crate::host::{Host, StorageError};
use crate::model::{AccountId, DirectoryId};
use crate::plan::{Act, CHANGED_SINCE, Fate};

/// A person, as a directory lists them.
type Whose = (AccountId, DirectoryId);

/// What came back of a run, by the people.
#[derive(Clone, Debug, Default)]
pub(in crate::app) struct TakenBack(BTreeMap<Whose, Back>);

/// What came back to one person.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Back {
    /// Everything.
    Whole,
    /// They were found changed by somebody else: what was done to them since is somebody else's.
    Changed,
    /// These acts of an undo, before another one was let be: whatever of it is gone again, somebody else took.
    Some(Vec<Act>),
}

impl TakenBack {
    /// Whether everything came back to a person.
    pub(in crate::app) fn is_whole(&self, whose: &Whose) -> bool {
        self.0.get(whose) == Some(&Back::Whole)
    }

    /// Whether nothing is left to take back of a person.
    pub(in crate::app) fn is_over(&self, whose: &Whose) -> bool {
        matches!(self.0.get(whose), Some(Back::Whole | Back::Changed))
    }

    /// Whether an act of an undo came back to a person, or was found changed by somebody else.
    pub(super) fn is_dealt_with(&self, whose: &Whose, act: &Act) -> bool {
        match self.0.get(whose) {
            Some(Back::Some(acts)) => acts.contains(act),
            _ => false,
        }
    }

    /// Adds what one undo more gave back to a person.
    fn add(&mut self, whose: Whose, back: Back) {
        match (self.0.get_mut(&whose), back) {
            (Some(Back::Whole), _) | (Some(Back::Changed), Back::Some(_)) => {}
            (Some(Back::Some(acts)), Back::Some(more)) => acts.extend(more),
            (_, back) => {
                self.0.insert(whose, back);
            }
        }
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
            let came = if progress.fate(step) == Fate::Verified {
                Back::Whole
            } else if note.is_some_and(|note| note.starts_with(CHANGED_SINCE)) {
                Back::Changed
            } else {
                let places = progress.acts_for_good(step);
                Back::Some(
                    places
                        .filter_map(|place| person.acts.get(place).cloned())
                        .collect(),
                )
            };
            back.add((person.account, person.directory), came);
        }
    }
    Ok(back)
}
