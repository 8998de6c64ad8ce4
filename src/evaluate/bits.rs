//! Sets of rows as bits, 64 to a word.

/// The three truths of a table's entry: `True` and `Unknown` each have a bit, `False` has none.
pub(super) const TRUE: u8 = 1;
/// See [`TRUE`].
pub(super) const UNKNOWN: u8 = 2;

/// How many words one block has: 4,096 rows stay in the processor's nearest cache.
pub(super) const BLOCK_WORDS: usize = 64;

/// For whom something is true and for whom it is unknown, 64 rows at a time. No row is in both.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Word {
    pub(super) matched: u64,
    pub(super) unknown: u64,
}

impl Word {
    /// Everybody true, or unknown, or nobody.
    pub(super) fn all(truth: u8) -> Word {
        let spread = |bit: u8| if truth & bit != 0 { u64::MAX } else { 0 };
        Word {
            matched: spread(TRUE),
            unknown: spread(UNKNOWN),
        }
    }

    pub(super) fn and(self, other: Word) -> Word {
        let matched = self.matched & other.matched;
        let possible = self.possible() & other.possible();
        Word {
            matched,
            unknown: possible & !matched,
        }
    }

    pub(super) fn or(self, other: Word) -> Word {
        let matched = self.matched | other.matched;
        Word {
            matched,
            unknown: (self.unknown | other.unknown) & !matched,
        }
    }

    pub(super) fn negate(self) -> Word {
        Word {
            matched: !self.possible(),
            unknown: self.unknown,
        }
    }

    /// Whoever is not known to be out.
    pub(super) fn possible(self) -> u64 {
        self.matched | self.unknown
    }
}

/// A block of rows.
pub(super) type Block = [Word; BLOCK_WORDS];

/// A set of rows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rows {
    words: Vec<u64>,
}

impl Rows {
    /// An empty set with room for so many rows.
    pub(crate) fn with_room(rows: usize) -> Rows {
        Rows {
            words: vec![0; rows.div_ceil(64)],
        }
    }

    pub(crate) fn insert(&mut self, row: usize) {
        if let Some(word) = self.words.get_mut(row / 64) {
            *word |= 1 << (row % 64);
        }
    }

    pub(crate) fn set_word(&mut self, word: usize, bits: u64) {
        if let Some(place) = self.words.get_mut(word) {
            *place = bits;
        }
    }

    pub(crate) fn word(&self, word: usize) -> u64 {
        self.words.get(word).copied().unwrap_or(0)
    }

    /// Whether a row is in the set.
    pub(crate) fn contains(&self, row: usize) -> bool {
        self.word(row / 64) >> (row % 64) & 1 == 1
    }

    /// Takes out whoever is not in another set.
    pub fn keep(&mut self, other: &Rows) {
        for (word, bits) in self.words.iter_mut().enumerate() {
            *bits &= other.word(word);
        }
    }

    /// Takes out whoever is in another set.
    pub fn leave_out(&mut self, other: &Rows) {
        for (word, bits) in self.words.iter_mut().enumerate() {
            *bits &= !other.word(word);
        }
    }

    /// The rows, in order.
    pub fn rows(&self) -> impl Iterator<Item = usize> {
        self.words.iter().enumerate().flat_map(|(word, bits)| {
            let mut rest = *bits;
            std::iter::from_fn(move || {
                let bit = usize::try_from(rest.trailing_zeros()).unwrap_or(64);
                let has_one = rest != 0;
                rest &= rest.wrapping_sub(1);
                has_one.then_some(word * 64 + bit)
            })
        })
    }

    /// The bits, 64 rows a word, the first row in the lowest bit.
    pub fn words(&self) -> &[u64] {
        &self.words
    }

    /// How many rows there are.
    pub fn count(&self) -> u32 {
        self.words.iter().map(|word| word.count_ones()).sum()
    }
}
