//! A condition on the person itself, with its names and ages resolved.

use super::bits::{Rows, TRUE, UNKNOWN, Word};
use crate::model::{Time, Truth};
use crate::policy::{Pattern, Span};
use crate::snapshot::{NEVER, Snapshot, UNKNOWN as UNKNOWN_ACTIVITY};

/// The column that a table is looked up by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Dimension {
    Class,
    Domain,
    Profile,
    Groups,
    Accesses,
}

/// A condition decided once for each number of a column. The last entry is for rows without a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Table {
    pub(super) by: Dimension,
    pub(super) truths: Vec<u8>,
}

/// Which accesses of each set a condition looks at.
#[derive(Clone, Debug)]
pub(super) struct Selected {
    /// By the number of the set: a bit for each of its first 64 accesses.
    pub(super) by_set: Vec<u64>,
    /// By the number of the access.
    pub(super) by_access: Vec<bool>,
}

/// What the selected accesses of a person say together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Digest {
    /// Whether there is one at all.
    pub(super) any: bool,
    /// Whether one of them is not known.
    pub(super) unknown: bool,
    /// The latest time seen, in the column's code; [`NEVER`] for none.
    pub(super) latest: u32,
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
    /// Of each domain (the last entry: without one) the truth, or [`LOOK`] where the whole address decides.
    Email {
        by_domain: Vec<u8>,
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

/// Fewer rows than this of a word are looked at one by one.
const FEW: u32 = 12;

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
            Leaf::Idle { .. } | Leaf::NeverActive { .. } | Leaf::OnlyOnce { .. } => 8,
            Leaf::Email { .. } => 12,
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
                Some(digest) => code_of(digest.idle(*cutoff)),
                None => UNKNOWN,
            },
            Leaf::NeverActive { selected, added } => {
                let unused = match selected.digest(snapshot, row) {
                    Some(digest) => digest.unused(),
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
            } => match lookup(by_domain, snapshot.domain_numbers(), row) {
                LOOK => match snapshot.email_at(row) {
                    Some(email) => {
                        let fits = patterns.iter().any(|p| p.fits_ignoring_case(email));
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

impl Digest {
    /// One access seen at or after the cutoff makes it false, whatever the others are; otherwise an unknown one makes
    /// it unknown; otherwise it is true if any was ever seen.
    pub(super) fn idle(self, cutoff: Time) -> Truth {
        if self.latest != NEVER && i64::from(self.latest) >= cutoff.0 {
            Truth::False
        } else if self.unknown {
            Truth::Unknown
        } else {
            (self.latest != NEVER).into()
        }
    }

    /// At least one access, and all of them never used.
    pub(super) fn unused(self) -> Truth {
        if !self.any || self.latest != NEVER {
            Truth::False
        } else if self.unknown {
            Truth::Unknown
        } else {
            Truth::True
        }
    }
}

impl Selected {
    /// What the selected accesses of a row say; `None` where the accesses are not known.
    pub(super) fn digest(&self, snapshot: &Snapshot, row: usize) -> Option<Digest> {
        let (set, codes) = snapshot.access_codes(row)?;
        let mask = self.by_set.get(set).copied().unwrap_or(0);
        let mut digest = Digest {
            any: false,
            unknown: false,
            latest: NEVER,
        };
        for (slot, code) in codes.iter().enumerate() {
            if slot < 64 {
                if mask >> slot & 1 == 0 {
                    continue;
                }
            } else if !self.selects_far(snapshot, set, slot) {
                continue;
            }
            digest.any = true;
            if *code == UNKNOWN_ACTIVITY {
                digest.unknown = true;
            } else {
                digest.latest = digest.latest.max(*code);
            }
        }
        Some(digest)
    }

    /// Whether the access at a place past the 64th is selected: nobody has so many, but an input may.
    #[cold]
    fn selects_far(&self, snapshot: &Snapshot, set: usize, slot: usize) -> bool {
        snapshot
            .access_in_set(set, slot)
            .is_some_and(|access| self.selects(access))
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

/// The entry of a row's number; the last one for rows without a number.
fn lookup(entries: &[u8], column: &[u32], row: usize) -> u8 {
    let number = column.get(row).copied().unwrap_or(u32::MAX);
    entry(entries, number)
}

fn entry(entries: &[u8], number: u32) -> u8 {
    let last = entries.len().wrapping_sub(1);
    let index = usize::try_from(number).unwrap_or(usize::MAX).min(last);
    entries.get(index).copied().unwrap_or(0)
}

impl Table {
    pub(super) fn code(&self, snapshot: &Snapshot, row: usize) -> u8 {
        lookup(&self.truths, self.column(snapshot), row)
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
            let code = u64::from(entry(&self.truths, *number));
            decided.matched |= (code & 1) << bit;
            decided.unknown |= (code >> 1) << bit;
        }
        decided
    }
}
