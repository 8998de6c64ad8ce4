//! One text a row, in blocks: a column of a million names grows without ever being copied as a whole.

/// Marks a row without a text.
const ABSENT: u32 = u32::MAX;
/// How many bits of a place say where in its block a text begins.
const OFFSET_BITS: u32 = 20;
/// A block is full when the next text would begin beyond this.
const BLOCK_BYTES: usize = 1 << OFFSET_BITS;

/// A column of optional texts.
#[derive(Clone, Debug, Default)]
pub(super) struct Texts {
    blocks: Vec<String>,
    /// Block and offset of each row's text.
    places: Vec<u32>,
    lengths: Vec<u16>,
}

impl Texts {
    /// Adds a row. A text longer than 64 KiB is none that the API gives, and is left out: not known.
    pub(super) fn push(&mut self, text: Option<&str>) {
        let length = text.and_then(|text| u16::try_from(text.len()).ok());
        let (Some(text), Some(length)) = (text, length) else {
            self.places.push(ABSENT);
            self.lengths.push(0);
            return;
        };
        let place = self.append(text);
        self.places.push(place);
        self.lengths.push(length);
    }

    fn append(&mut self, text: &str) -> u32 {
        let fits = self
            .blocks
            .last()
            .is_some_and(|block| block.len() + text.len() <= BLOCK_BYTES);
        if !fits {
            // The first block stays small: most snapshots in tests and re-reads hold a few people.
            let capacity = if self.blocks.is_empty() {
                0
            } else {
                BLOCK_BYTES
            };
            self.blocks.push(String::with_capacity(capacity));
        }
        let number = self.blocks.len().saturating_sub(1);
        let Some(block) = self.blocks.last_mut() else {
            return ABSENT;
        };
        let offset = block.len();
        block.push_str(text);
        u32::try_from((number << OFFSET_BITS) | offset).unwrap_or(ABSENT)
    }

    /// The text of a row, if it has one.
    pub(super) fn get(&self, row: usize) -> Option<&str> {
        let place = *self.places.get(row)?;
        if place == ABSENT {
            return None;
        }
        let block = self
            .blocks
            .get(usize::try_from(place >> OFFSET_BITS).ok()?)?;
        let start = usize::try_from(place).ok()? & (BLOCK_BYTES - 1);
        block.get(start..start + usize::from(*self.lengths.get(row)?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_come_back_over_block_ends() {
        let long = "ä".repeat(30_000);
        let mut texts = Texts::default();
        let rows: Vec<Option<String>> = (0..100)
            .map(|row| match row % 3 {
                0 => None,
                1 => Some(format!("{row}{long}")),
                _ => Some(String::new()),
            })
            .collect();
        for row in &rows {
            texts.push(row.as_deref());
        }
        assert!(texts.blocks.len() > 1);
        for (index, row) in rows.iter().enumerate() {
            assert_eq!(texts.get(index), row.as_deref());
        }
        assert_eq!(texts.get(rows.len()), None);
    }
}
