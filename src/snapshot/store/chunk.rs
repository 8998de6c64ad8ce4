//! One stored value: sealed with its kind, version and checksum, and named by its content.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

/// The most bytes of a chunk before it is written as text (RULES R16).
pub const MAX_CHUNK_BYTES: usize = 176 * 1024;

/// The first bytes of every chunk; the last one is the version.
const MAGIC: [u8; 4] = *b"SKC2";
const CHECKSUM_BYTES: usize = 16;
/// When a chunk was written, in seconds: chunks of two readings never have one name, so that what one of them leaves behind
/// can be deleted while the other one goes on.
const STAMP_BYTES: usize = 4;
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
    /// When they were seen and who is not there any more, where that differs from before.
    Changes,
    /// What a reading under way has learnt.
    Journal,
    /// Which chunks make a snapshot; no chunk of its own.
    Head,
}

impl Kind {
    fn letter(self) -> u8 {
        match self {
            Kind::Dictionary => b'd',
            Kind::People => b'p',
            Kind::Activity => b'a',
            Kind::Changes => b'c',
            Kind::Journal => b'j',
            Kind::Head => b'h',
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

/// Seals a body that a reading writes which began at some second.
pub(super) fn seal(kind: Kind, stamp: u32, body: &[u8]) -> Chunk {
    let stamp = stamp.to_le_bytes();
    let sum = checksum(kind, &stamp, body);
    let mut bytes = Vec::with_capacity(MAGIC.len() + 1 + CHECKSUM_BYTES + STAMP_BYTES + body.len());
    bytes.extend_from_slice(&MAGIC);
    bytes.push(kind.letter());
    bytes.extend_from_slice(&sum);
    bytes.extend_from_slice(&stamp);
    bytes.extend_from_slice(body);
    Chunk {
        name: name(kind, &sum),
        bytes,
    }
}

/// The body of a chunk, if it is one of that kind and nothing of it has changed.
pub(super) fn open(kind: Kind, bytes: &[u8]) -> Result<&[u8], Fault> {
    open_sum(kind, bytes).map(|(_, body)| body)
}

/// The body of the chunk of a name.
pub(super) fn open_named<'b>(kind: Kind, wanted: &str, bytes: &'b [u8]) -> Result<&'b [u8], Fault> {
    let (sum, body) = open_sum(kind, bytes)?;
    if name(kind, sum) != wanted {
        return Err(Fault::Checksum);
    }
    Ok(body)
}

fn open_sum(kind: Kind, bytes: &[u8]) -> Result<(&[u8], &[u8]), Fault> {
    let rest = bytes.strip_prefix(&MAGIC).ok_or(Fault::Version)?;
    let rest = rest.strip_prefix(&[kind.letter()]).ok_or(Fault::Version)?;
    let parts = rest.split_at_checked(CHECKSUM_BYTES);
    let (sum, rest) = parts.ok_or(Fault::Checksum)?;
    let (stamp, body) = rest.split_at_checked(STAMP_BYTES).ok_or(Fault::Checksum)?;
    if checksum(kind, stamp, body) != sum {
        return Err(Fault::Checksum);
    }
    Ok((sum, body))
}

/// The name of what is not stored as a chunk: it follows from the content.
pub(super) fn name_of(kind: Kind, content: &[u8]) -> String {
    name(kind, &checksum(kind, &[], content))
}

fn checksum(kind: Kind, stamp: &[u8], body: &[u8]) -> [u8; CHECKSUM_BYTES] {
    let mut hasher = Sha256::new();
    hasher.update([kind.letter()]);
    hasher.update(stamp);
    hasher.update(body);
    let digest = hasher.finalize();
    std::array::from_fn(|index| digest.get(index).copied().unwrap_or_default())
}

/// A letter and 22 signs that any key may have.
fn name(kind: Kind, sum: &[u8]) -> String {
    let mut name = String::from(char::from(kind.letter()));
    URL_SAFE_NO_PAD.encode_string(sum, &mut name);
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
