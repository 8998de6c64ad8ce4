//! What is settled of some steps: a letter for each, and what there is to say about some.

use serde::{Deserialize, Serialize};

use super::UNSETTLED;
use crate::model::GroupId;
use crate::plan::DirectRole;

/// What is settled of some steps.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Window {
    /// One letter for each step.
    pub(super) settled: String,
    /// What there is to say about some of them, each text once.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) texts: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) notes: Vec<(u32, u32)>,
    /// Of steps with several acts, how many are done; absent for none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) acts_done: Vec<(u32, u32)>,
    /// Which of these there was nothing to do for, a bit for each; absent for none.
    #[serde(rename = "passed", default, skip_serializing_if = "Vec::is_empty")]
    pub(super) acts_passed: Vec<(u32, u32)>,
    /// Which of these somebody else had changed since.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) acts_changed_since: Vec<(u32, u32)>,
    /// Groups that the last act of a step left as they were, of which others may be changed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) untouched: Vec<(u32, Vec<GroupId>)>,
    /// Direct roles that a step took, found just before.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) roles: Vec<(u32, Vec<DirectRole>)>,
}

pub(super) fn counted(counts: &[(u32, u32)], place: u32) -> u32 {
    let mut counts = counts.iter();
    let found = counts.find(|(number, _)| *number == place);
    found.map_or(0, |(_, count)| *count)
}

pub(super) fn count_up(counts: &mut Vec<(u32, u32)>, place: u32) {
    let count = counted(counts, place) + 1;
    counts.retain(|(number, _)| *number != place);
    counts.push((place, count));
}

/// Sets the bit of an act of a step.
pub(super) fn mark(bits: &mut Vec<(u32, u32)>, place: u32, act: u32) {
    let marked = counted(bits, place) | 1_u32.checked_shl(act).unwrap_or_default();
    bits.retain(|(number, _)| *number != place);
    bits.push((place, marked));
}

impl Window {
    pub(super) fn letter(&self, place: u32) -> Option<u8> {
        let index = usize::try_from(place).ok()?;
        self.settled.as_bytes().get(index).copied()
    }

    pub(super) fn note(&self, place: u32) -> Option<&str> {
        let (_, text) = self.notes.iter().find(|(step, _)| *step == place)?;
        let text = self.texts.get(usize::try_from(*text).ok()?)?;
        Some(text)
    }

    pub(super) fn settle(&mut self, place: u32, letter: u8, note: Option<String>) {
        let Ok(index) = usize::try_from(place) else {
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
        let Some(note) = note else { return };
        let known = self.texts.iter().position(|text| *text == note);
        let number = known.unwrap_or(self.texts.len());
        if known.is_none() {
            self.texts.push(note);
        }
        self.notes.retain(|(step, _)| *step != place);
        self.notes
            .push((place, u32::try_from(number).unwrap_or(u32::MAX)));
    }
}
