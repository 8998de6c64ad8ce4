//! How far a run has come: a small value beside the immutable plan.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::app::documents::{load_value, set_value};
use crate::host::{Host, StorageError, Write};
use crate::model::Time;
use crate::plan::{Counts, Fate};

/// How far a run has come. A step is known by its place among the plan's steps.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(in crate::app) struct Progress {
    /// One letter for each settled step, in the steps' order.
    settled: String,
    /// What there is to say about some of them, each text once.
    texts: Vec<String>,
    notes: BTreeMap<u32, usize>,
    /// Steps whose intent is in the log and whose outcome is not.
    pub(super) open: BTreeMap<u32, Open>,
}

/// A step between intent and outcome.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Open {
    /// When the call was accepted, if it was.
    pub(super) accepted: Option<Time>,
    /// How often the call was made without a clear answer.
    pub(super) attempts: u32,
    /// When that was, last.
    #[serde(default)]
    pub(super) called: Option<Time>,
}

const VERIFIED: u8 = b'v';
const ACTED: u8 = b'a';
const SKIPPED: u8 = b's';
const FAILED: u8 = b'f';
const UNSETTLED: u8 = b'.';

impl Progress {
    /// Reads a run's progress.
    pub(in crate::app) async fn load(
        host: &impl Host,
        run: &str,
    ) -> Result<Progress, StorageError> {
        Ok(load_value(host, &key(run)).await?.unwrap_or_default())
    }

    /// The write of a run's progress.
    pub(super) fn write(&self, run: &str) -> Result<Write, StorageError> {
        set_value(key(run), self)
    }

    /// Where a step ended; `Planned` while it has not.
    pub(in crate::app) fn fate(&self, step: u32) -> Fate {
        let letter = usize::try_from(step)
            .ok()
            .and_then(|index| self.settled.as_bytes().get(index));
        match letter {
            Some(&VERIFIED) => Fate::Verified,
            Some(&ACTED) => Fate::Acted,
            Some(&SKIPPED) => Fate::Skipped,
            Some(&FAILED) => Fate::Failed,
            _ => Fate::Planned,
        }
    }

    /// Whether a step was done, or a call may have been made for it.
    pub(super) fn may_have_acted(&self, step: u32) -> bool {
        let fate = self.fate(step);
        matches!(fate, Fate::Verified | Fate::Acted | Fate::Failed) || self.open.contains_key(&step)
    }

    /// What there is to say about a step.
    pub(in crate::app) fn note(&self, step: u32) -> Option<&str> {
        let text = self.texts.get(*self.notes.get(&step)?)?;
        Some(text)
    }

    /// Notes where a step ended.
    pub(super) fn settle(&mut self, step: u32, fate: Fate, note: Option<String>) {
        let letter = match fate {
            Fate::Verified => VERIFIED,
            Fate::Acted => ACTED,
            Fate::Skipped => SKIPPED,
            Fate::Failed => FAILED,
            Fate::Unknown | Fate::Exempt | Fate::Protected | Fate::Planned => return,
        };
        let Ok(index) = usize::try_from(step) else {
            return;
        };
        let mut letters = std::mem::take(&mut self.settled).into_bytes();
        if letters.len() <= index {
            letters.resize(index + 1, UNSETTLED);
        }
        if let Some(place) = letters.get_mut(index) {
            *place = letter;
        }
        // INVARIANT: only ASCII letters are ever put in.
        self.settled = String::from_utf8(letters).unwrap_or_default();
        // Put together anew, like every map here: to take something out of one costs the core 3 KB for each kind of map.
        for (other, open) in std::mem::take(&mut self.open) {
            if other != step {
                self.open.insert(other, open);
            }
        }
        if let Some(note) = note {
            let known = self.texts.iter().position(|text| *text == note);
            let number = known.unwrap_or(self.texts.len());
            if known.is_none() {
                self.texts.push(note);
            }
            self.notes.insert(step, number);
        }
    }

    /// The steps that are not settled, in order.
    pub(super) fn unsettled(&self, steps: u32) -> impl Iterator<Item = u32> {
        (0..steps).filter(|step| self.fate(*step) == Fate::Planned)
    }

    /// A plan's counts with what has become of its steps.
    pub(in crate::app) fn counts(&self, planned: Counts) -> Counts {
        let mut counts = planned;
        for letter in self.settled.bytes() {
            let counter = match letter {
                VERIFIED => {
                    counts.verified += 1;
                    &mut counts.acted
                }
                ACTED => &mut counts.acted,
                SKIPPED => &mut counts.skipped,
                FAILED => &mut counts.failed,
                _ => continue,
            };
            *counter += 1;
            counts.planned = counts.planned.saturating_sub(1);
        }
        counts
    }

    /// Whether so much went wrong that something else must be wrong: five in a row, or more than five of the last
    /// hundred settled ones that were tried.
    pub(super) fn is_failing(&self) -> bool {
        let tried = self
            .settled
            .bytes()
            .rev()
            .filter(|letter| matches!(*letter, VERIFIED | ACTED | FAILED));
        let in_a_row = tried
            .clone()
            .take(5)
            .filter(|letter| *letter == FAILED)
            .count();
        let of_the_last_hundred = tried.take(100).filter(|letter| *letter == FAILED).count();
        in_a_row == 5 || of_the_last_hundred > 5
    }
}

pub(super) fn key(run: &str) -> String {
    format!("run:{run}:progress")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn progress(letters: &str) -> Progress {
        Progress {
            settled: letters.to_owned(),
            ..Progress::default()
        }
    }

    #[test]
    fn a_step_is_settled_in_any_order() {
        let mut progress = Progress::default();
        progress.settle(2, Fate::Verified, None);
        progress.settle(0, Fate::Skipped, Some("why".into()));
        assert_eq!(progress.settled, "s.v");
        assert_eq!(progress.unsettled(4).collect::<Vec<_>>(), [1, 3]);
        let planned = Counts {
            matched: 4,
            planned: 4,
            ..Counts::default()
        };
        let counts = progress.counts(planned);
        assert_eq!(
            (
                counts.planned,
                counts.skipped,
                counts.acted,
                counts.verified
            ),
            (2, 1, 1, 1)
        );
    }

    #[test]
    fn five_in_a_row_or_six_of_a_hundred_are_too_many() {
        assert!(!progress("ffff").is_failing());
        assert!(progress("fffff").is_failing());
        assert!(progress("vfsfsffsf").is_failing());
        assert!(!progress("fvfvfvfvfv").is_failing());
        assert!(progress("fvfvfvfvfvfv").is_failing());
        assert!(!progress(&format!("fvfvfvfvfvfv{}", "v".repeat(100))).is_failing());
    }
}
