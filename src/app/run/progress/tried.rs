//! How the calls of a run went, in the order in which they were made: what decides that too many fail. What is accepted and
//! seen a batch later is a success at the place of its call; what was settled at once does not come before it.

use super::{ACTED, BROKEN, Base, FAILED, GONE, Progress, UNCLEAR, VERIFIED};

/// Of a call: accepted; or of a step without one: done.
const WENT_WELL: u8 = b'+';
/// Refused, or not seen done.
const WENT_WRONG: u8 = b'-';
/// Without a clear answer, and not settled.
const NOT_KNOWN: u8 = b'?';
/// So many failures in a row are too many, and more than so many of the last ones that were tried.
pub(in crate::app::run) const IN_A_ROW: usize = 5;
/// So many of those that were tried are looked back upon.
const LOOKED_BACK: usize = 100;

/// How a call went, before anything is read back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::app::run) enum Went {
    /// Accepted.
    Well,
    /// Clearly refused.
    Wrong,
    /// Without a clear answer.
    NotKnown,
}

impl Base {
    /// Adds a letter; answers its place, which counts all that ever were.
    fn add_tried(&mut self, letter: u8) -> u32 {
        if self.tried.len() >= LOOKED_BACK {
            self.tried.remove(0);
            self.forgotten += 1;
        }
        self.tried.push(char::from(letter));
        let kept = u32::try_from(self.tried.len()).unwrap_or(u32::MAX);
        self.forgotten.saturating_add(kept - 1)
    }

    /// Changes the letter at a place; whether it is still looked back upon.
    fn set_tried(&mut self, place: u32, letter: u8) -> bool {
        let index = place.checked_sub(self.forgotten);
        let Some(index) = index.and_then(|index| usize::try_from(index).ok()) else {
            return false;
        };
        let mut letters = std::mem::take(&mut self.tried).into_bytes();
        let found = letters.get_mut(index).map(|found| *found = letter);
        // INVARIANT: only ASCII letters are ever put in.
        self.tried = String::from_utf8(letters).unwrap_or_default();
        found.is_some()
    }
}

impl Progress {
    /// Notes how the call for a step went, whose intent is out. A call that is made again keeps the place of the first.
    pub(in crate::app::run) fn called(&mut self, step: u32, went: Went) {
        let letter = match went {
            Went::Well => WENT_WELL,
            Went::Wrong => WENT_WRONG,
            Went::NotKnown => NOT_KNOWN,
        };
        let place = self.open(step).and_then(|open| open.place);
        if place.is_some_and(|place| self.base.set_tried(place, letter)) {
            return;
        }
        let place = self.base.add_tried(letter);
        let mut open = self.base.open.iter_mut();
        if let Some((_, open)) = open.find(|(number, _)| *number == step) {
            open.place = Some(place);
        }
    }

    /// Notes how a step ended that was tried: at the place of its call, or last if none is known. To be told while its intent
    /// is out.
    pub(super) fn note_tried(&mut self, step: u32, letter: u8) {
        let (went, was_tried) = match letter {
            FAILED | UNCLEAR | BROKEN | GONE => (WENT_WRONG, true),
            VERIFIED | ACTED => (WENT_WELL, true),
            _ => (WENT_WELL, false),
        };
        match self.open(step).and_then(|open| open.place) {
            Some(place) => {
                self.base.set_tried(place, went);
            }
            None if was_tried => {
                self.base.add_tried(went);
            }
            None => {}
        }
    }

    /// How many of the last calls in a row were refused or had no clear answer.
    pub(in crate::app::run) fn bad_at_the_end(&self) -> usize {
        let tried = self.base.tried.bytes().rev();
        tried.take_while(|letter| *letter != WENT_WELL).count()
    }

    /// Whether so much went wrong that something else must be wrong: five in a row, or more than five of the last
    /// hundred, in the order of the calls.
    pub(in crate::app::run) fn is_failing(&self) -> bool {
        let tried = self.base.tried.as_bytes();
        let all = self.base.tried.bytes();
        let wrong = all.filter(|letter| *letter == WENT_WRONG).count();
        let mut rows = tried.split(|letter| *letter != WENT_WRONG);
        wrong > IN_A_ROW || rows.any(|row| row.len() >= IN_A_ROW)
    }
}
