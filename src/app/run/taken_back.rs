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
    /// These acts of undos, and not others: whatever of it is gone again, somebody else took.
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

    /// What is left of an act of an undo after what came back to a person, or was found changed by somebody else.
    pub(super) fn rest(&self, whose: &Whose, act: Act) -> Option<Act> {
        let Some(Back::Some(acts)) = self.0.get(whose) else {
            return Some(act);
        };
        acts.iter().try_fold(act, |act, given| act.after(given))
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
            let came = came_back(&progress, step, &person.acts);
            back.add((person.account, person.directory), came);
        }
    }
    Ok(back)
}

/// What an undo gave back to the person of one of its steps.
fn came_back(progress: &Progress, step: u32, acts: &[Act]) -> Back {
    let is_verified = progress.fate(step) == Fate::Verified;
    let note = progress.note(step);
    let is_changed = note.is_some_and(|note| note.starts_with(CHANGED_SINCE));
    let last = usize::try_from(progress.acts_done(step)).unwrap_or(usize::MAX);
    let done = progress.acts_for_good(step);
    let done: Vec<usize> = done
        .chain((is_verified || is_changed).then_some(last))
        .collect();
    if !acts.is_empty() && done.len() >= acts.len() {
        return if is_verified {
            Back::Whole
        } else {
            Back::Changed
        };
    }
    let mut came: Vec<Act> = done
        .into_iter()
        .filter_map(|place| acts.get(place).cloned())
        .collect();
    // Of several changes those before the one that was refused.
    let untouched = progress.untouched(step);
    if !untouched.is_empty() {
        let partly = acts.get(last).cloned();
        came.extend(partly.and_then(|act| act.without(untouched)));
    }
    Back::Some(came)
}
