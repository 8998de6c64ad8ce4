//! Texts to search in: one behind the other, so that everybody is looked through in one go.

use std::ops::Range;

use super::fold::{fold_into, folded};
use super::{count, index};
use crate::evaluate::Rows;

/// So many places are looked at together: the compiler does it in lanes.
const LANES: usize = 64;
/// Where so few of all people are left, each is looked at alone.
const FEW: u32 = 16;
/// A shorter word finds an account id by its beginning only: the signs of an id are 0-9 and a-f, and `ada` stands in the middle
/// of one in a hundred of them.
const INNER_ID: usize = 6;

/// The texts of every row as they are compared, each with an end of line behind it.
#[derive(Debug)]
pub(super) struct Haystack {
    text: String,
    /// Where each row begins, and where the last one ends.
    starts: Vec<u32>,
}

/// How far a search has come.
struct Walk {
    /// The row of the last place that was found.
    row: usize,
    /// Places before this are in rows that are found already.
    from: usize,
}

impl Haystack {
    pub(super) fn with_room(rows: usize) -> Haystack {
        let mut starts = Vec::with_capacity(rows + 1);
        starts.push(0);
        Haystack {
            text: String::with_capacity(rows * 40),
            starts,
        }
    }

    /// Adds a row.
    pub(super) fn push(&mut self, texts: &[Option<&str>]) {
        for text in texts {
            fold_into(&mut self.text, text.unwrap_or_default());
            self.text.push('\n');
        }
        self.starts.push(count(self.text.len()));
    }

    /// The texts of a row.
    pub(super) fn row(&self, row: usize) -> &str {
        let range = self.starts.get(row).zip(self.starts.get(row + 1));
        let text = range.and_then(|(start, end)| self.text.get(index(*start)..index(*end)));
        text.unwrap_or_default()
    }

    /// Adds the rows in which a word stands. It has no end of line.
    fn find_inside(&self, word: &str, found: &mut Rows) {
        let (text, word) = (self.text.as_bytes(), word.as_bytes());
        let (Some(first), Some(last)) = (word.first(), word.last()) else {
            return;
        };
        // Beside each place where the word may begin, the one where it would end.
        let Some(ends) = text.get(word.len() - 1..) else {
            return;
        };
        let mut walk = Walk { row: 0, from: 0 };
        let lanes = text.as_chunks::<LANES>().0.iter();
        let lanes = lanes.zip(ends.as_chunks::<LANES>().0);
        let mut looked = 0;
        for (begins, ends) in lanes {
            let pairs = begins.iter().zip(ends);
            let hit = pairs.fold(0, |hit, (begin, end)| {
                hit | (u8::from(begin == first) & u8::from(end == last))
            });
            if hit != 0 {
                self.look(looked..looked + LANES, word, &mut walk, found);
            }
            looked += LANES;
        }
        self.look(looked..ends.len(), word, &mut walk, found);
    }

    /// Adds the rows in which a word begins at one of some places.
    fn look(&self, places: Range<usize>, word: &[u8], walk: &mut Walk, found: &mut Rows) {
        let text = self.text.as_bytes();
        let end_of = |row: usize| self.starts.get(row + 1).map(|end| index(*end));
        for at in places {
            if at < walk.from || text.get(at) != word.first() {
                continue;
            }
            if text.get(at..at + word.len()) != Some(word) {
                continue;
            }
            while end_of(walk.row).is_some_and(|end| end <= at) {
                walk.row += 1;
            }
            found.insert(walk.row);
            walk.from = end_of(walk.row).unwrap_or(at);
        }
    }

    /// Adds the rows that begin with a word.
    fn find_beginning(&self, word: &str, found: &mut Rows) {
        let (text, word) = (self.text.as_bytes(), word.as_bytes());
        for (row, start) in self.starts.iter().enumerate() {
            let start = index(*start);
            if text.get(start..start + word.len()) == Some(word) {
                found.insert(row);
            }
        }
    }
}

/// Of some rows those in which every word of a text stands: in the name or e-mail address, or in the account id.
pub(super) fn find(text: &str, texts: &Haystack, accounts: &Haystack, among: &Rows) -> Rows {
    let mut left = among.clone();
    for word in folded(text).split_whitespace() {
        let is_inner = word.len() >= INNER_ID;
        let rows = texts.starts.len().saturating_sub(1);
        let mut found = Rows::with_room(rows);
        if left.count() < count(rows) / FEW {
            for row in left.rows() {
                let account = accounts.row(row);
                if texts.row(row).contains(word)
                    || account.starts_with(word)
                    || is_inner && account.contains(word)
                {
                    found.insert(row);
                }
            }
        } else {
            texts.find_inside(word, &mut found);
            if is_inner {
                accounts.find_inside(word, &mut found);
            } else {
                accounts.find_beginning(word, &mut found);
            }
            found.keep(&left);
        }
        left = found;
    }
    left
}

/// Whether a text can only find people whom another one finds too: it goes on where that one ended, and the word at that place did
/// not become long enough to be looked for inside of account ids.
pub(super) fn narrows(before: &str, now: &str) -> bool {
    let (before, now) = (folded(before), folded(now));
    let Some(more) = now.strip_prefix(&before) else {
        return false;
    };
    let word = before
        .rsplit(char::is_whitespace)
        .next()
        .unwrap_or_default();
    let grown = more.split(char::is_whitespace).next().unwrap_or_default();
    word.is_empty() || word.len() >= INNER_ID || word.len() + grown.len() < INNER_ID
}
