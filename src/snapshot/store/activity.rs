//! Activities as bytes: days and codes packed, seconds of the day as tightly as they go.

use super::bytes::{BitReader, BitWriter, Reader, Writer};
use super::chunk::{pack, unpack};
use crate::snapshot::activity::{NEVER, UNKNOWN};

const DAY: u32 = 86_400;
/// So many seconds of the day share the bits that they need together: 115 instead of 119.
const SHARE: usize = 7;

/// The symbols of a day: not known, never, and from here on so many days before the latest.
const FIRST_DAY: u32 = 2;
/// More days before the latest than one symbol can say: the number follows elsewhere.
const FAR: u8 = u8::MAX;

/// Encodes a list of activity codes.
pub(super) fn encode(codes: &[u32], out: &mut Writer) {
    let seen = || codes.iter().filter(|code| is_seen(**code));
    let latest = seen().map(|code| code / DAY).max().unwrap_or(0);
    let (mut symbols, mut far) = (Vec::with_capacity(codes.len()), Writer::default());
    for code in codes {
        let symbol = match *code {
            UNKNOWN => 0,
            NEVER => 1,
            seconds => latest - seconds / DAY + FIRST_DAY,
        };
        match u8::try_from(symbol) {
            Ok(symbol) if symbol < FAR => symbols.push(symbol),
            _ => {
                symbols.push(FAR);
                far.number(symbol);
            }
        }
    }
    let seconds: Vec<u32> = seen().map(|code| code % DAY).collect();
    let mut bits = BitWriter::default();
    for share in seconds.chunks(SHARE) {
        let (mut value, mut range) = (0_u128, 1_u128);
        for second in share {
            value += u128::from(*second) * range;
            range *= u128::from(DAY);
        }
        bits.bits(value, width(share.len()));
    }
    out.length(codes.len());
    out.number(latest);
    out.part(&pack(&symbols));
    out.part(&pack(&far.bytes));
    out.part(&bits.bytes);
}

/// Decodes a list of activity codes.
pub(super) fn decode(reader: &mut Reader<'_>) -> Option<Vec<u32>> {
    let count = reader.length()?;
    let latest = reader.number()?;
    let symbols = unpack(reader.part()?.rest())?;
    let far = unpack(reader.part()?.rest())?;
    let mut far = Reader::new(&far);
    let mut bits = BitReader::new(reader.part()?.rest());
    if symbols.len() != count {
        return None;
    }
    let mut codes = Vec::with_capacity(count);
    // Where the days of people who were seen stand, waiting for their seconds.
    let mut seen = Vec::new();
    for symbol in symbols {
        let symbol = match symbol {
            FAR => far.number()?,
            symbol => u32::from(symbol),
        };
        codes.push(match symbol.checked_sub(FIRST_DAY) {
            None if symbol == 0 => UNKNOWN,
            None => NEVER,
            Some(days) => {
                seen.push(codes.len());
                latest.checked_sub(days)?.checked_mul(DAY)?
            }
        });
    }
    for share in seen.chunks(SHARE) {
        let mut value = bits.bits(width(share.len()))?;
        for place in share {
            let second = u32::try_from(value % u128::from(DAY)).ok()?;
            value /= u128::from(DAY);
            let code = codes.get_mut(*place)?;
            *code = code.checked_add(second).filter(|code| is_seen(*code))?;
        }
        if value != 0 {
            return None;
        }
    }
    (far.is_done() && bits.is_done()).then_some(codes)
}

/// How many bits so many seconds of the day need together.
fn width(seconds: usize) -> u32 {
    let range = (0..seconds).fold(1_u128, |range, _| range * u128::from(DAY));
    128 - (range - 1).leading_zeros()
}

fn is_seen(code: u32) -> bool {
    code != UNKNOWN && code != NEVER
}

#[cfg(test)]
mod tests {
    use super::*;

    fn round_trip(codes: &[u32]) {
        let mut writer = Writer::default();
        encode(codes, &mut writer);
        let mut reader = Reader::new(&writer.bytes);
        assert_eq!(decode(&mut reader).as_deref(), Some(codes));
        assert!(reader.is_done());
    }

    #[test]
    fn every_activity_comes_back_to_the_second() {
        let latest = 1_795_262_400;
        round_trip(&[]);
        round_trip(&[UNKNOWN, NEVER]);
        for count in 1..20 {
            let codes: Vec<u32> = (0..count).map(|place| latest - place * 86_399).collect();
            round_trip(&codes);
        }
        round_trip(&[1, latest, NEVER, latest - 300 * DAY, u32::MAX - 1, UNKNOWN]);
    }
}
