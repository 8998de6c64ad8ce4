//! What a policy says of one person, and of everybody at once.

use super::bits::{BLOCK_WORDS, Rows, Word};
use super::compile::Compiled;
use super::leaf::truth_of;
use super::program::live;
use crate::model::{Activity, Time, Truth};
use crate::snapshot::{AccessKind, Row, Snapshot};

/// Whether everything that an action would take is known to be unused (RULES R1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// There is no access to take.
    Nothing,
    /// Every access within reach is unused.
    Unused,
    /// One of them is in use: seen at that time.
    InUse(Time),
    /// One of them is not known.
    Unknown,
}

impl Reach {
    /// Of two parts of what is taken: one in use decides, and one that is not known leaves all of it open.
    pub fn and(self, other: Reach) -> Reach {
        match (self, other) {
            (Reach::InUse(_), _) | (_, Reach::Nothing) => self,
            (_, Reach::InUse(_)) | (Reach::Nothing, _) => other,
            (Reach::Unknown, _) | (_, Reach::Unknown) => Reach::Unknown,
            (Reach::Unused, Reach::Unused) => Reach::Unused,
        }
    }
}

/// A policy's verdict on everybody in a snapshot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdicts {
    /// For whom it is true.
    pub matched: Rows,
    /// For whom it is not decided.
    pub unknown: Rows,
}

impl Verdicts {
    /// The verdict on the person at a position.
    pub fn truth(&self, row: Row) -> Truth {
        if self.matched.contains(row.0) {
            Truth::True
        } else if self.unknown.contains(row.0) {
            Truth::Unknown
        } else {
            Truth::False
        }
    }

    /// The positions of everybody who is not known to be out, in order.
    pub fn possible(&self) -> impl Iterator<Item = Row> {
        let words = self.matched.words().iter().zip(self.unknown.words());
        words.enumerate().flat_map(|(word, (matched, unknown))| {
            let bits = matched | unknown;
            (0..64)
                .filter(move |bit| bits >> bit & 1 == 1)
                .map(move |bit| Row(word * 64 + bit))
        })
    }
}

impl Compiled<'_> {
    /// The policy's verdict on the person at a position.
    pub fn verdict(&self, row: Row) -> Truth {
        truth_of(self.program.code(self.snapshot, row.0))
    }

    /// The policy's verdict on everybody.
    pub fn verdicts(&self) -> Verdicts {
        let rows = self.snapshot.len();
        let mut matched = Rows::with_room(rows);
        let mut unknown = Rows::with_room(rows);
        for first in (0..rows.div_ceil(64)).step_by(BLOCK_WORDS) {
            let mut need = [0; BLOCK_WORDS];
            for (offset, place) in need.iter_mut().enumerate() {
                *place = live(rows, first + offset);
            }
            let mut block = [Word::default(); BLOCK_WORDS];
            self.program.block(self.snapshot, first, &need, &mut block);
            for (offset, (word, need)) in block.iter().zip(&need).enumerate() {
                matched.set_word(first + offset, word.matched & need);
                unknown.set_word(first + offset, word.unknown & need);
            }
        }
        Verdicts { matched, unknown }
    }

    /// Whether an action that takes some of the accesses of the directory reaches no further than the evidence.
    pub fn reach(&self, row: Row, takes: &dyn Fn(&AccessKind) -> bool) -> Reach {
        self.reach_in(self.snapshot, row, takes)
    }

    /// The same of a row in another snapshot.
    pub fn reach_in(
        &self,
        snapshot: &Snapshot,
        row: Row,
        takes: &dyn Fn(&AccessKind) -> bool,
    ) -> Reach {
        let Some(activities) = snapshot.activities(row) else {
            return Reach::Unknown;
        };
        let mut reach = Reach::Nothing;
        for (access, activity) in activities {
            let kind = usize::try_from(access).ok();
            let kind = kind.and_then(|access| snapshot.accesses().get(access));
            if kind.is_some_and(|kind| !takes(kind)) {
                continue;
            }
            if reach == Reach::Nothing {
                reach = Reach::Unused;
            }
            match activity {
                Activity::Seen(time) if time >= self.in_use_from => return Reach::InUse(time),
                Activity::Unknown => reach = Reach::Unknown,
                Activity::Seen(_) | Activity::Never => {}
            }
        }
        reach
    }

    /// The latest activity that is known over all of a person's accesses.
    pub fn last_seen(&self, row: Row) -> Option<Time> {
        self.snapshot
            .activities(row)?
            .filter_map(|(_, activity)| match activity {
                Activity::Seen(time) => Some(time),
                Activity::Never | Activity::Unknown => None,
            })
            .max()
    }

    /// The latest activity that is known in the accesses of whose disuse the policy speaks: what takes a person out of a
    /// chain (RULES R2). A policy that does not ask for disuse is left by no activity.
    pub fn last_use(&self, row: Row) -> Option<Time> {
        let activities = self.snapshot.activities(row)?;
        let mut last = None;
        for (access, activity) in activities {
            if let Activity::Seen(time) = activity
                && Some(time) > last
                && self.tree.rests_on_disuse_of(access)
            {
                last = Some(time);
            }
        }
        last
    }
}
