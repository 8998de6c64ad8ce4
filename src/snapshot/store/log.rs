//! What is different in some blocks: activities, and people who are not there any more.

use super::activity;
use super::bytes::{BitReader, BitWriter, Reader, Writer};
use super::chunk::{pack, unpack};

/// A chunk of changes has no more of them than this, unless one block alone has; so it stays below its limit.
pub(super) const MANY_CHANGES: usize = 16_384;

/// What is different in a block.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Section {
    /// The number of the block.
    pub(super) block: u32,
    /// The places of people who are not there any more, in order.
    pub(super) dead: Vec<u32>,
    /// How many activities the people of the block have together.
    pub(super) codes: usize,
    /// Which of them are different, in order, and their codes.
    pub(super) changed: Vec<(u32, u32)>,
}

/// Writes numbers that grow.
pub(super) fn write_growing(numbers: &[u32], out: &mut Writer) {
    out.length(numbers.len());
    let mut before = 0;
    for number in numbers {
        out.number(number.wrapping_sub(before));
        before = *number;
    }
}

/// Reads numbers that grow.
pub(super) fn read_growing(reader: &mut Reader<'_>) -> Option<Vec<u32>> {
    let (count, mut number) = (reader.count()?, 0_u32);
    let mut numbers = Vec::with_capacity(count);
    for _ in 0..count {
        number = number.checked_add(reader.number()?)?;
        numbers.push(number);
    }
    Some(numbers)
}

/// Encodes the sections of a chunk with its number.
pub(super) fn encode(number: u32, sections: &[Section]) -> Vec<u8> {
    let (mut index, mut which) = (Writer::default(), BitWriter::default());
    let mut codes = Vec::new();
    for section in sections {
        index.number(section.block);
        write_growing(&section.dead, &mut index);
        let length = if section.changed.is_empty() {
            0
        } else {
            section.codes
        };
        index.length(length);
        let mut changed = section.changed.iter().peekable();
        for place in (0..).take(length) {
            let here = changed.next_if(|(known, _)| *known == place);
            which.bits(u128::from(here.is_some()), 1);
            codes.extend(here.map(|(_, code)| *code));
        }
    }
    let mut out = Writer::default();
    out.number(number);
    out.length(sections.len());
    out.part(&pack(&index.bytes));
    out.part(&pack(&which.bytes));
    activity::encode(&codes, &mut out);
    out.bytes
}

/// Decodes the sections of the chunk of a number.
pub(super) fn decode(wanted: u32, body: &[u8]) -> Option<Vec<Section>> {
    let mut reader = Reader::new(body);
    if reader.number()? != wanted {
        return None;
    }
    let count = reader.length()?;
    let index = unpack(reader.part()?.rest())?;
    let which = unpack(reader.part()?.rest())?;
    let mut codes = activity::decode(&mut reader)?.into_iter();
    let (mut index, mut which) = (Reader::new(&index), BitReader::new(&which));
    let mut sections = Vec::new();
    for _ in 0..count {
        let mut section = Section {
            block: index.number()?,
            dead: read_growing(&mut index)?,
            codes: index.length()?,
            changed: Vec::new(),
        };
        for place in (0..).take(section.codes) {
            if which.bits(1)? == 1 {
                section.changed.push((place, codes.next()?));
            }
        }
        sections.push(section);
    }
    let is_done = reader.is_done() && index.is_done() && which.is_done() && codes.next().is_none();
    is_done.then_some(sections)
}
