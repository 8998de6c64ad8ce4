//! Zip archives, as far as bundles need them: files with sizes of 32 bits, stored or deflated, nothing encrypted.
//! The form is PKWARE's application note, sections 4.3.6 to 4.3.16.

use miniz_oxide::deflate::compress_to_vec;
use miniz_oxide::inflate::decompress_to_vec_with_limit;

const LOCAL: u32 = 0x0403_4b50;
const CENTRAL: u32 = 0x0201_4b50;
const END: u32 = 0x0605_4b50;
const END_BYTES: usize = 22;
/// The longest comment that may follow the end record.
const MOST_COMMENT: usize = 65_535;
const DEFLATED: u16 = 8;
const STORED: u16 = 0;
/// Names are UTF-8.
const UTF8: u16 = 1 << 11;
/// The first of January 1980, the same in every bundle: its times are in its manifest.
const DATE: u16 = 0x21;
const EFFORT: u8 = 6;
/// No file of a bundle is larger once it is unpacked; an archive that says so is not unpacked.
const MOST_BYTES: usize = 1 << 29;

/// Why an archive cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ArchiveError {
    /// Something else than a zip archive, or a part of one.
    #[error("this is no whole zip archive")]
    NotOne,
    /// A method, a size or a name that no bundle has.
    #[error(
        "the archive uses what no bundle has: pack it again without encryption, as a plain zip"
    )]
    Foreign,
    /// A file does not have the bytes that the archive says.
    #[error("the archive is damaged")]
    Damaged,
}

/// Packs files, each a name and a text.
pub fn pack(files: &[(impl AsRef<str>, String)]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut directory = Vec::new();
    for (name, text) in files {
        let name = name.as_ref();
        let bytes = text.as_bytes();
        let packed = compress_to_vec(bytes, EFFORT);
        let offset = size(out.len());
        let mut about = Vec::new();
        for field in [20, UTF8, DEFLATED, 0, DATE] {
            put16(&mut about, field);
        }
        for field in [crc32(bytes), size(packed.len()), size(bytes.len())] {
            put32(&mut about, field);
        }
        put16(&mut about, u16::try_from(name.len()).unwrap_or(u16::MAX));
        put16(&mut about, 0);
        put32(&mut out, LOCAL);
        out.extend_from_slice(&about);
        out.extend_from_slice(name.as_bytes());
        out.extend_from_slice(&packed);
        put32(&mut directory, CENTRAL);
        put16(&mut directory, 20);
        directory.extend_from_slice(&about);
        for field in [0, 0, 0] {
            put16(&mut directory, field);
        }
        put32(&mut directory, 0);
        put32(&mut directory, offset);
        directory.extend_from_slice(name.as_bytes());
    }
    let count = u16::try_from(files.len()).unwrap_or(u16::MAX);
    let (start, length) = (size(out.len()), size(directory.len()));
    out.append(&mut directory);
    put32(&mut out, END);
    for field in [0, 0, count, count] {
        put16(&mut out, field);
    }
    put32(&mut out, length);
    put32(&mut out, start);
    put16(&mut out, 0);
    out
}

/// Unpacks an archive: names and bytes in its order.
///
/// # Errors
/// Bytes that are no archive, one that was damaged, and one that uses what no bundle has.
pub fn unpack(archive: &[u8]) -> Result<Vec<(String, Vec<u8>)>, ArchiveError> {
    let end = end_of(archive).ok_or(ArchiveError::NotOne)?;
    let count = end.u16(10)?;
    let mut place = usize::try_from(end.u32(16)?).map_err(|_| ArchiveError::NotOne)?;
    let mut files = Vec::new();
    for _ in 0..count {
        let record = Bytes(archive.get(place..).ok_or(ArchiveError::NotOne)?);
        if record.u32(0)? != CENTRAL {
            return Err(ArchiveError::NotOne);
        }
        let lengths = [record.u16(28)?, record.u16(30)?, record.u16(32)?];
        let [name, extra, comment] = lengths.map(usize::from);
        files.push(file(archive, &record, name)?);
        place += 46 + name + extra + comment;
    }
    Ok(files)
}

/// Unpacks the file of a directory's record.
fn file(
    archive: &[u8],
    record: &Bytes<'_>,
    name: usize,
) -> Result<(String, Vec<u8>), ArchiveError> {
    let (flags, method) = (record.u16(8)?, record.u16(10)?);
    let (packed, whole) = (record.length(20)?, record.length(24)?);
    if flags & 1 == 1 || whole > MOST_BYTES {
        return Err(ArchiveError::Foreign);
    }
    let text = record.slice(46, name)?;
    let text = std::str::from_utf8(text).map_err(|_| ArchiveError::Foreign)?;
    let offset = record.length(42)?;
    let local = Bytes(archive.get(offset..).ok_or(ArchiveError::NotOne)?);
    if local.u32(0)? != LOCAL {
        return Err(ArchiveError::NotOne);
    }
    let start = 30 + usize::from(local.u16(26)?) + usize::from(local.u16(28)?);
    let bytes = local.slice(start, packed)?;
    let bytes = match method {
        STORED => bytes.to_vec(),
        DEFLATED => {
            decompress_to_vec_with_limit(bytes, whole).map_err(|_| ArchiveError::Damaged)?
        }
        _ => return Err(ArchiveError::Foreign),
    };
    if bytes.len() != whole || crc32(&bytes) != record.u32(16)? {
        return Err(ArchiveError::Damaged);
    }
    Ok((text.to_owned(), bytes))
}

/// The record at an archive's end, behind which only a comment stands.
fn end_of(archive: &[u8]) -> Option<Bytes<'_>> {
    let last = archive.len().checked_sub(END_BYTES)?;
    (last.saturating_sub(MOST_COMMENT)..=last)
        .rev()
        .filter_map(|place| archive.get(place..).map(Bytes))
        .find(|bytes| bytes.u32(0) == Ok(END))
}

/// Bytes of an archive, from some place on.
struct Bytes<'a>(&'a [u8]);

impl<'a> Bytes<'a> {
    fn slice(&self, from: usize, length: usize) -> Result<&'a [u8], ArchiveError> {
        let to = from.checked_add(length).ok_or(ArchiveError::NotOne)?;
        self.0.get(from..to).ok_or(ArchiveError::NotOne)
    }

    fn number<const N: usize>(&self, from: usize) -> Result<[u8; N], ArchiveError> {
        <[u8; N]>::try_from(self.slice(from, N)?).map_err(|_| ArchiveError::NotOne)
    }

    fn u16(&self, from: usize) -> Result<u16, ArchiveError> {
        self.number(from).map(u16::from_le_bytes)
    }

    fn u32(&self, from: usize) -> Result<u32, ArchiveError> {
        self.number(from).map(u32::from_le_bytes)
    }

    fn length(&self, from: usize) -> Result<usize, ArchiveError> {
        usize::try_from(self.u32(from)?).map_err(|_| ArchiveError::Foreign)
    }
}

/// A length as the archive holds it. A bundle of four gigabytes does not fit into any memory that makes one.
fn size(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

fn put16(out: &mut Vec<u8>, value: u16) {
    out.extend_from_slice(&value.to_le_bytes());
}

fn put32(out: &mut Vec<u8>, value: u32) {
    out.extend_from_slice(&value.to_le_bytes());
}

/// The checksum of zip (reflected polynomial 0xEDB88320).
fn crc32(bytes: &[u8]) -> u32 {
    let mut crc = u32::MAX;
    for byte in bytes {
        crc ^= u32::from(*byte);
        for _ in 0..8 {
            let low = crc & 1;
            crc = (crc >> 1) ^ (0xEDB8_8320 * low);
        }
    }
    !crc
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_packed_is_unpacked() {
        assert_eq!(crc32(b"123456789"), 0xCBF4_3926);
        let files = [
            ("a.txt", String::from("one\n").repeat(1_000)),
            ("\u{e4}/b", String::new()),
        ];
        let archive = pack(&files);
        let unpacked = unpack(&archive).unwrap();
        let expected = files.map(|(name, text)| (name.to_owned(), text.into_bytes()));
        assert_eq!(unpacked, expected);
        let mut commented = archive.clone();
        commented.extend_from_slice(b"PK a comment");
        assert_eq!(unpack(&commented).unwrap().len(), 2);
    }

    #[test]
    fn no_damage_is_taken_for_a_file() {
        let archive = pack(&[("a", String::from("something to pack, to pack, to pack"))]);
        let whole = unpack(&archive).unwrap();
        for cut in 0..archive.len() {
            assert!(unpack(&archive[..cut]).is_err(), "{cut}");
        }
        let mut harmless = 0;
        for place in 0..archive.len() {
            for bit in 0..8 {
                let mut broken = archive.clone();
                broken[place] ^= 1 << bit;
                match unpack(&broken) {
                    // Dates, versions and the like, and the name, which a manifest tells.
                    Ok(files) if files.is_empty() || files[0].1 == whole[0].1 => harmless += 1,
                    Ok(_) => panic!("another content at {place}"),
                    Err(_) => {}
                }
            }
        }
        assert!(harmless > 0);
    }

    #[test]
    fn an_archive_that_swells_is_not_unpacked() {
        let mut archive = pack(&[("a", "0".repeat(1_000_000))]);
        let central = archive.len() - END_BYTES - 47;
        // It says that the file is small, and then that it is larger than any.
        for (size, expected) in [
            (10_u32, ArchiveError::Damaged),
            (u32::MAX, ArchiveError::Foreign),
        ] {
            archive[central + 24..central + 28].copy_from_slice(&size.to_le_bytes());
            assert_eq!(unpack(&archive), Err(expected));
        }
    }
}
