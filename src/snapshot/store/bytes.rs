//! Bytes out and in: whole numbers of any length, texts, bits.

/// Writes into a growing list.
#[derive(Debug, Default)]
pub(super) struct Writer {
    pub(super) bytes: Vec<u8>,
}

impl Writer {
    pub(super) fn byte(&mut self, byte: u8) {
        self.bytes.push(byte);
    }

    /// Seven bits a byte, the lowest first; the eighth bit says that more follow.
    pub(super) fn number(&mut self, mut number: u32) {
        while number >= 128 {
            self.bytes.push(low_byte(number) | 128);
            number >>= 7;
        }
        self.bytes.push(low_byte(number));
    }

    pub(super) fn length(&mut self, length: usize) {
        self.number(u32::try_from(length).unwrap_or(u32::MAX));
    }

    pub(super) fn text(&mut self, text: &str) {
        self.length(text.len());
        self.bytes.extend_from_slice(text.as_bytes());
    }

    /// A text that may be absent.
    pub(super) fn maybe(&mut self, text: Option<&str>) {
        match text {
            None => self.number(0),
            Some(text) => {
                self.length(text.len() + 1);
                self.bytes.extend_from_slice(text.as_bytes());
            }
        }
    }

    /// Other bytes, with their length before them.
    pub(super) fn part(&mut self, bytes: &[u8]) {
        self.length(bytes.len());
        self.bytes.extend_from_slice(bytes);
    }
}

fn low_byte(number: u32) -> u8 {
    number.to_le_bytes()[0]
}

/// Reads what a [`Writer`] wrote; `None` where the bytes end too soon or make no sense.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reader<'a> {
    bytes: &'a [u8],
}

impl<'a> Reader<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Reader<'a> {
        Reader { bytes }
    }

    pub(super) fn is_done(&self) -> bool {
        self.bytes.is_empty()
    }

    /// Everything not read yet.
    pub(super) fn rest(&self) -> &'a [u8] {
        self.bytes
    }

    pub(super) fn byte(&mut self) -> Option<u8> {
        let (first, rest) = self.bytes.split_first()?;
        self.bytes = rest;
        Some(*first)
    }

    pub(super) fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.bytes.split_at_checked(count)?;
        self.bytes = rest;
        Some(taken)
    }

    pub(super) fn number(&mut self) -> Option<u32> {
        let mut number = 0_u64;
        for place in 0..5 {
            let byte = self.byte()?;
            number |= u64::from(byte & 127) << (7 * place);
            if byte < 128 {
                return u32::try_from(number).ok();
            }
        }
        None
    }

    pub(super) fn length(&mut self) -> Option<usize> {
        usize::try_from(self.number()?).ok()
    }

    /// A number of things of which each takes at least a byte: more than there are bytes cannot be.
    pub(super) fn count(&mut self) -> Option<usize> {
        self.length().filter(|count| *count <= self.bytes.len())
    }

    pub(super) fn text(&mut self) -> Option<&'a str> {
        let length = self.length()?;
        std::str::from_utf8(self.take(length)?).ok()
    }

    pub(super) fn maybe(&mut self) -> Option<Option<&'a str>> {
        match self.length()?.checked_sub(1) {
            None => Some(None),
            Some(length) => std::str::from_utf8(self.take(length)?).ok().map(Some),
        }
    }

    pub(super) fn part(&mut self) -> Option<Reader<'a>> {
        let length = self.length()?;
        self.take(length).map(Reader::new)
    }
}

/// Writes numbers of some bits each, the lowest bit first.
#[derive(Debug, Default)]
pub(super) struct BitWriter {
    pub(super) bytes: Vec<u8>,
    used: u32,
}

impl BitWriter {
    pub(super) fn bits(&mut self, mut value: u128, mut count: u32) {
        while count > 0 {
            if self.used == 0 {
                self.bytes.push(0);
            }
            let room = (8 - self.used).min(count);
            let low = value & ((1 << room) - 1);
            if let (Some(last), Ok(low)) = (self.bytes.last_mut(), u8::try_from(low)) {
                *last |= low << self.used;
            }
            value >>= room;
            count -= room;
            self.used = (self.used + room) % 8;
        }
    }
}

/// Reads what a [`BitWriter`] wrote.
#[derive(Debug)]
pub(super) struct BitReader<'a> {
    bytes: &'a [u8],
    position: usize,
}

impl<'a> BitReader<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> BitReader<'a> {
        BitReader { bytes, position: 0 }
    }

    pub(super) fn bits(&mut self, count: u32) -> Option<u128> {
        let (mut value, mut have) = (0_u128, 0);
        while have < count {
            let byte = u32::from(*self.bytes.get(self.position / 8)?);
            let used = u32::try_from(self.position % 8).ok()?;
            let take = (8 - used).min(count - have);
            let low = byte >> used & ((1 << take) - 1);
            value |= u128::from(low) << have;
            have += take;
            self.position += usize::try_from(take).ok()?;
        }
        Some(value)
    }

    /// Whether no more than the rest of a byte is left.
    pub(super) fn is_done(&self) -> bool {
        self.position.div_ceil(8) == self.bytes.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_texts_and_bits_come_back() {
        let mut writer = Writer::default();
        let numbers = [0, 1, 127, 128, 300, u32::MAX];
        for number in numbers {
            writer.number(number);
        }
        writer.text("ä");
        writer.maybe(None);
        writer.maybe(Some(""));
        let mut reader = Reader::new(&writer.bytes);
        for number in numbers {
            assert_eq!(reader.number(), Some(number));
        }
        assert_eq!(reader.text(), Some("ä"));
        assert_eq!(reader.maybe(), Some(None));
        assert_eq!(reader.maybe(), Some(Some("")));
        assert!(reader.is_done());
        assert_eq!(reader.byte(), None);

        let mut bits = BitWriter::default();
        let values = [(5, 3), (u128::from(u64::MAX), 115), (0, 1), (1, 17)];
        for (value, count) in values {
            bits.bits(value, count);
        }
        let mut reader = BitReader::new(&bits.bytes);
        for (value, count) in values {
            assert_eq!(reader.bits(count), Some(value));
        }
        assert!(reader.is_done());
        assert_eq!(reader.bits(9), None);
    }
}
