//! One stored value: sealed with its kind, version and checksum, and named by its content.

use sha2::{Digest, Sha256};

/// The most bytes of a chunk before it is written as text (RULES R16).
pub const MAX_CHUNK_BYTES: usize = 176 * 1024;

/// The first bytes of every chunk; the last one is the version.
const MAGIC: [u8; 4] = *b"SKC1";
const CHECKSUM_BYTES: usize = 16;
/// A body never unpacks to more than this.
const MAX_UNPACKED: usize = 8 * 1024 * 1024;
/// How hard the packer tries, of 10.
const EFFORT: u8 = 6;

/// What a chunk holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// What many people share.
    Dictionary,
    /// Who the people of a block are, and what they hold.
    People,
    /// When they were seen.
    Activity,
    /// When they were seen, where that differs from before.
    Changes,
}

impl Kind {
    fn letter(self) -> u8 {
        match self {
            Kind::Dictionary => b'd',
            Kind::People => b'p',
            Kind::Activity => b'a',
            Kind::Changes => b'c',
        }
    }
}

/// Why a chunk cannot be read or written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// It is not there.
    #[error("it is not there: list the organization again")]
    Missing,
    /// Another version wrote it, or it is something else.
    #[error("it was not written by this version of seatkeeper: list the organization again")]
    Version,
    /// The checksum does not fit.
    #[error("its checksum does not fit its content: list the organization again")]
    Checksum,
    /// The checksum fits, the content does not.
    #[error("its content does not make sense: list the organization again")]
    Content,
    /// One person alone is too much for a chunk.
    #[error("a person holds too much to be stored: take them out of some groups")]
    TooLarge,
}

/// A chunk that cannot be read or written.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the chunk `{chunk}` of the snapshot cannot be used: {fault}")]
pub struct ChunkError {
    /// The chunk's name.
    pub chunk: String,
    /// What is wrong.
    pub fault: Fault,
}

/// A stored value and its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chunk {
    /// Its kind and the hash of its content.
    pub name: String,
    /// Its bytes, at most [`MAX_CHUNK_BYTES`].
    pub bytes: Vec<u8>,
}

/// Seals a body.
pub(super) fn seal(kind: Kind, body: &[u8]) -> Chunk {
    let sum = checksum(kind, body);
    let mut bytes = Vec::with_capacity(MAGIC.len() + 1 + CHECKSUM_BYTES + body.len());
    bytes.extend_from_slice(&MAGIC);
    bytes.push(kind.letter());
    bytes.extend_from_slice(&sum);
    bytes.extend_from_slice(body);
    Chunk {
        name: name(kind, &sum),
        bytes,
    }
}

/// The body of a chunk, if it is one of that kind and nothing of it has changed.
pub(super) fn open(kind: Kind, bytes: &[u8]) -> Result<&[u8], Fault> {
    let rest = bytes.strip_prefix(&MAGIC).ok_or(Fault::Version)?;
    let rest = rest.strip_prefix(&[kind.letter()]).ok_or(Fault::Version)?;
    let (sum, body) = rest
        .split_at_checked(CHECKSUM_BYTES)
        .ok_or(Fault::Checksum)?;
    if checksum(kind, body) != sum {
        return Err(Fault::Checksum);
    }
    Ok(body)
}

/// The body of the chunk of a name.
pub(super) fn open_named<'b>(kind: Kind, wanted: &str, bytes: &'b [u8]) -> Result<&'b [u8], Fault> {
    let body = open(kind, bytes)?;
    if name(kind, &checksum(kind, body)) != wanted {
        return Err(Fault::Checksum);
    }
    Ok(body)
}

fn checksum(kind: Kind, body: &[u8]) -> [u8; CHECKSUM_BYTES] {
    let mut hasher = Sha256::new();
    hasher.update([kind.letter()]);
    hasher.update(body);
    let digest = hasher.finalize();
    std::array::from_fn(|index| digest.get(index).copied().unwrap_or_default())
}

fn name(kind: Kind, sum: &[u8]) -> String {
    let mut name = String::with_capacity(2 + 2 * CHECKSUM_BYTES);
    name.push(char::from(kind.letter()));
    for byte in sum {
        for nibble in [byte >> 4, byte & 15] {
            name.push(char::from_digit(u32::from(nibble), 16).unwrap_or('0'));
        }
    }
    name
}

/// Packs bytes that repeat themselves.
pub(super) fn pack(bytes: &[u8]) -> Vec<u8> {
    miniz_oxide::deflate::compress_to_vec(bytes, EFFORT)
}

/// Unpacks what `pack` packed.
pub(super) fn unpack(bytes: &[u8]) -> Option<Vec<u8>> {
    miniz_oxide::inflate::decompress_to_vec_with_limit(bytes, MAX_UNPACKED).ok()
}
