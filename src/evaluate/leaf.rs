//! A condition on the person itself, with its names and ages resolved.

use super::bits::{Rows, TRUE, UNKNOWN, Word};
use crate::model::{Time, Truth};
use crate::policy::{Pattern, Span};
use crate::snapshot::{Digest, NEVER, Snapshot};

/// The column that a table is looked up by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Dimension {
    Class,
    Domain,
    Profile,
    Groups,
    Accesses,
}

/// A condition decided once for each number of a column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Table {
    pub(super) by: Dimension,
    pub(super) truths: Entries,
}

/// One entry for each number of a column.
// INVARIANT: there are as many as a power of two, more than there are numbers, and the last one is for rows without a
// number: a number, and the mark of none (all bits set), finds its entry by its lowest bits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Entries(Vec<u8>);

impl Entries {
    pub(super) fn new(mut entries: Vec<u8>, without: u8) -> Entries {
        let length = (entries.len() + 1).next_power_of_two();
        entries.resize(length, without);
        Entries(entries)
    }

    #[inline]
    fn at(&self, number: u32) -> u8 {
        let mask = self.0.len().wrapping_sub(1);
        let index = usize::try_from(number).unwrap_or(usize::MAX) & mask;
        self.0.get(index).copied().unwrap_or(0)
    }

    fn at_row(&self, column: &[u32], row: usize) -> u8 {
        self.at(column.get(row).copied().unwrap_or(u32::MAX))
    }

    pub(super) fn iter_mut(&mut self) -> impl Iterator<Item = &mut u8> {
        self.0.iter_mut()
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &u8> {
        self.0.iter()
    }
}

/// Which accesses of each set a condition looks at.
#[derive(Clone, Debug)]
pub(super) struct Selected {
    /// Whether it looks at all of them: what they say together is known without looking.
    pub(super) is_everything: bool,
    /// By the number of the set: a bit for each of its first 64 accesses.
    pub(super) by_set: Vec<u64>,
    /// By the number of the access.
    pub(super) by_access: Vec<bool>,
}

/// A limit on a column of times: before this (exclusive), and after that (exclusive).
#[derive(Clone, Copy, Debug)]
pub(super) struct Window {
    pub(super) before: Option<Time>,
    pub(super) after: Option<Time>,
}

/// A condition on the person itself.
#[derive(Clone, Debug)]
pub(super) enum Leaf {
    /// The same for everybody.
    Same(u8),
    Table(Table),
    /// Seen in the selected accesses, before the cutoff.
    Idle {
        selected: Selected,
        cutoff: Time,
    },
    /// Never seen in them, and added in the window.
    NeverActive {
        selected: Selected,
        added: Window,
    },
    /// Seen in them no later than this after joining, and added in the window.
    OnlyOnce {
        selected: Selected,
        within: Span,
        added: Window,
    },
    Added(Window),
    /// Of each domain the truth, or [`LOOK`] where the whole address decides.
    Email {
        by_domain: Entries,
        patterns: Vec<Pattern>,
    },
    /// The rows for which it is true, and those for which it is unknown.
    Rows {
        matched: Rows,
        unknown: Rows,
    },
}

/// The mark of a domain whose addresses must be looked at one by one.
pub(super) const LOOK: u8 = 4;

/// No more rows of a word than this are looked at one by one where looking is cheap…
const FEW: u32 = 12;
/// … and where it is dear.
const MANY: u32 = 32;

pub(super) fn truth_of(code: u8) -> Truth {
    match code {
        TRUE => Truth::True,
        UNKNOWN => Truth::Unknown,
        _ => Truth::False,
    }
}

pub(super) fn code_of(truth: Truth) -> u8 {
    match truth {
        Truth::True => TRUE,
        Truth::Unknown => UNKNOWN,
        Truth::False => 0,
    }
}

impl Leaf {
    /// What a row costs, in table lookups.
    pub(super) fn cost(&self) -> u64 {
        match self {
            Leaf::Same(_) => 0,
            Leaf::Table(_) | Leaf::Rows { .. } => 2,
            Leaf::Added(_) => 2,
            Leaf::Idle { selected, .. }
            | Leaf::NeverActive { selected, .. }
            | Leaf::OnlyOnce { selected, .. } => {
                if selected.is_everything {
                    4
                } else {
                    12
                }
            }
            Leaf::Email { .. } => 40,
        }
    }

    /// Whether it asks when an access was used.
    pub(super) fn selects(&self, access: u32) -> bool {
        match self {
            Leaf::Idle { selected, .. }
            | Leaf::NeverActive { selected, .. }
            | Leaf::OnlyOnce { selected, .. } => {
                let access = usize::try_from(access).ok();
                access.and_then(|access| selected.by_access.get(access)) == Some(&true)
            }
            _ => false,
        }
    }

    /// Decides for the 64 rows of a word, at least for those in `need`.
    pub(super) fn word(&self, snapshot: &Snapshot, word: usize, need: u64) -> Word {
        match self {
            Leaf::Same(code) => return Word::all(*code),
            Leaf::Rows { matched, unknown } => {
                return Word {
                    matched: matched.word(word),
                    unknown: unknown.word(word),
                };
            }
            Leaf::Table(table) if need.count_ones() > FEW => {
                return table.word(snapshot, word);
            }
            Leaf::Idle { selected, cutoff } if need.count_ones() > MANY => {
                return selected.idle_word(snapshot, word, *cutoff);
            }
            _ => {}
        }
        let mut decided = Word::default();
        let mut rest = need;
        while rest != 0 {
            let bit = rest.trailing_zeros();
            rest &= rest - 1;
            let code = self.code(snapshot, word * 64 + usize::try_from(bit).unwrap_or(0));
            decided.matched |= u64::from(code & TRUE) << bit;
            decided.unknown |= u64::from(code >> 1 & 1) << bit;
        }
        decided
    }

    /// Decides for one row.
    pub(super) fn code(&self, snapshot: &Snapshot, row: usize) -> u8 {
        match self {
            Leaf::Same(code) => *code,
            Leaf::Table(table) => table.code(snapshot, row),
            Leaf::Idle { selected, cutoff } => match selected.digest(snapshot, row) {
                Some(digest) => idle(digest, *cutoff),
                None => UNKNOWN,
            },
            Leaf::NeverActive { selected, added } => {
                let unused = match selected.digest(snapshot, row) {
                    Some(digest) => unused(digest),
                    None => Truth::Unknown,
                };
                if unused == Truth::False {
                    return 0;
                }
                code_of(unused.and(added.holds(snapshot.added_at(row))))
            }
            Leaf::OnlyOnce {
                selected,
                within,
                added,
            } => code_of(only_once(
                selected.digest(snapshot, row),
                snapshot.added_at(row),
                *within,
                *added,
            )),
            Leaf::Added(window) => code_of(window.holds(snapshot.added_at(row))),
            Leaf::Email {
                by_domain,
                patterns,
            } => match by_domain.at_row(snapshot.domain_numbers(), row) {
                LOOK => match snapshot.email_at(row) {
                    Some(email) => {
                        let fits = patterns.iter().any(|p| p.prepared().fits(email));
                        code_of(fits.into())
                    }
                    None => UNKNOWN,
                },
                code => code,
            },
            Leaf::Rows { matched, unknown } => {
                u8::from(matched.contains(row)) | u8::from(unknown.contains(row)) << 1
            }
        }
    }
}

/// RULES R11: latest activity ≤ date added + within, and added longer ago than the limit; date absent or any access
/// unknown → unknown; never seen → false.
fn only_once(digest: Option<Digest>, added: Option<Time>, within: Span, window: Window) -> Truth {
    let Some(digest) = digest else {
        return Truth::Unknown;
    };
    if !digest.any {
        return Truth::False;
    }
    let Some(added) = added.filter(|_| !digest.unknown) else {
        return Truth::Unknown;
    };
    if digest.latest == NEVER || window.holds(Some(added)) != Truth::True {
        return Truth::False;
    }
    (i64::from(digest.latest) <= within.after(added).0).into()
}

/// One access seen at or after the cutoff makes it false, whatever the others are; otherwise an unknown one makes it
/// unknown; otherwise it is true if any was ever seen.
#[inline]
fn idle(digest: Digest, cutoff: Time) -> u8 {
    let is_seen = digest.latest != NEVER;
    if is_seen & (i64::from(digest.latest) >= cutoff.0) {
        0
    } else if digest.unknown {
        UNKNOWN
    } else {
        u8::from(is_seen)
    }
}

/// At least one access, and all of them never used.
fn unused(digest: Digest) -> Truth {
    if !digest.any || digest.latest != NEVER {
        Truth::False
    } else if digest.unknown {
        Truth::Unknown
    } else {
        Truth::True
    }
}

impl Selected {
    /// What the selected accesses of a row say together; `None` where the accesses are not known.
    #[inline]
    pub(super) fn digest(&self, snapshot: &Snapshot, row: usize) -> Option<Digest> {
        if self.is_everything {
            return snapshot.digest(row);
        }
        let (set, codes) = snapshot.access_codes(row)?;
        let mask = self.by_set.get(set).copied().unwrap_or(0);
        if codes.len() > 64 {
            return Some(self.far_digest(snapshot, set, codes));
        }
        Some(Digest::of(codes, mask))
    }

    /// Decides idleness for all rows of a word.
    fn idle_word(&self, snapshot: &Snapshot, word: usize, cutoff: Time) -> Word {
        let start = (word * 64).min(snapshot.len());
        let end = (start + 64).min(snapshot.len());
        let mut decided = Word::default();
        for (bit, row) in (start..end).enumerate() {
            let code = match self.digest(snapshot, row) {
                Some(digest) => idle(digest, cutoff),
                None => UNKNOWN,
            };
            decided.matched |= u64::from(code & 1) << bit;
            decided.unknown |= u64::from(code >> 1) << bit;
        }
        decided
    }

    /// The same past the 64th access: nobody has so many, but an input may.
    #[cold]
    fn far_digest(&self, snapshot: &Snapshot, set: usize, codes: &[u32]) -> Digest {
        let mut digest = Digest::of(&[], 0);
        for (slot, code) in codes.iter().enumerate() {
            let access = snapshot.access_in_set(set, slot);
            if access.is_some_and(|access| self.selects(access)) {
                digest = digest.and(*code);
            }
        }
        digest
    }

    /// Whether the access of a number is selected.
    pub(super) fn selects(&self, access: u32) -> bool {
        usize::try_from(access)
            .ok()
            .and_then(|index| self.by_access.get(index).copied())
            .unwrap_or(false)
    }
}

impl Window {
    /// Whether a time lies in the window, both ends excluded; unknown without a time.
    pub(super) fn holds(self, time: Option<Time>) -> Truth {
        let Some(time) = time else {
            return Truth::Unknown;
        };
        (self.before.is_none_or(|limit| time < limit)
            && self.after.is_none_or(|limit| time > limit))
        .into()
    }
}

impl Table {
    pub(super) fn code(&self, snapshot: &Snapshot, row: usize) -> u8 {
        self.truths.at_row(self.column(snapshot), row)
    }

    fn column<'s>(&self, snapshot: &'s Snapshot) -> &'s [u32] {
        match self.by {
            Dimension::Class => snapshot.class_numbers(),
            Dimension::Domain => snapshot.domain_numbers(),
            Dimension::Profile => snapshot.profile_numbers(),
            Dimension::Groups => snapshot.group_set_numbers(),
            Dimension::Accesses => snapshot.access_set_numbers(),
        }
    }

    fn word(&self, snapshot: &Snapshot, word: usize) -> Word {
        let column = self.column(snapshot);
        let start = (word * 64).min(column.len());
        let end = (start + 64).min(column.len());
        let mut decided = Word::default();
        for (bit, number) in column.get(start..end).into_iter().flatten().enumerate() {
            let code = u64::from(self.truths.at(*number));
            decided.matched |= (code & 1) << bit;
            decided.unknown |= (code >> 1) << bit;
        }
        decided
    }
}
