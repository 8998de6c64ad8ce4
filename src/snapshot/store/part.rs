//! Some people in one stored value, with everything that they refer to: for a listing under way.

use super::activity;
use super::bytes::{Reader, Writer};
use super::chunk::{Chunk, Fault, Kind, MAX_CHUNK_BYTES, open, seal};
use super::dictionary::{
    Known, Mark, Used, adopt, adopt_used, decode as decode_dictionary, encode_since,
};
use super::people::{Block, MAX_PEOPLE, codes_of, encode as encode_people};
use crate::snapshot::Snapshot;
use crate::snapshot::dictionary::Dictionary;

/// Encodes a snapshot into parts of at most [`MAX_CHUNK_BYTES`] each, in its order.
///
/// # Errors
/// [`Fault::TooLarge`] for a person who alone is too much.
pub fn encode_parts(snapshot: &Snapshot) -> Result<Vec<Vec<u8>>, Fault> {
    let rows: Vec<usize> = (0..snapshot.len()).collect();
    let mut parts = Vec::new();
    if !rows.is_empty() {
        encode_rows(snapshot, &rows, &mut parts)?;
    }
    Ok(parts)
}

fn encode_rows(snapshot: &Snapshot, rows: &[usize], parts: &mut Vec<Vec<u8>>) -> Result<(), Fault> {
    // More people than a reader takes are not even tried.
    if rows.len() <= MAX_PEOPLE {
        let bytes = encode_part(snapshot, rows);
        if bytes.len() <= MAX_CHUNK_BYTES {
            parts.push(bytes);
            return Ok(());
        }
    }
    if rows.len() < 2 {
        return Err(Fault::TooLarge);
    }
    let (first, second) = rows.split_at(rows.len() / 2);
    encode_rows(snapshot, first, parts)?;
    encode_rows(snapshot, second, parts)
}

/// Some people, and of what people share only what these refer to: half of the people then need a smaller part.
fn encode_part(snapshot: &Snapshot, rows: &[usize]) -> Vec<u8> {
    let mut shared = Dictionary::default();
    let numbers = adopt_used(&snapshot.shared, &Used::by(snapshot, rows), &mut shared);
    let codes = codes_of(snapshot, rows, &numbers);
    let mut activities = Writer::default();
    activity::encode(&codes, &mut activities);
    let mut body = Writer::default();
    let entries = encode_since(&Mark::default(), &shared);
    body.length(entries.len());
    for entries in &entries {
        body.part(entries);
    }
    body.part(&encode_people(snapshot, rows, &numbers));
    body.part(&activities.bytes);
    let Chunk { bytes, .. } = seal(Kind::People, 0, &body.bytes);
    bytes
}

/// Reads a part and adds its people to a snapshot.
///
/// # Errors
/// Damaged bytes: see [`Fault`]. Some of the part's people may be in the snapshot then, so use none of it.
pub fn decode_part(bytes: &[u8], snapshot: &mut Snapshot) -> Result<(), Fault> {
    let body = open(Kind::People, bytes)?;
    read_part(body, snapshot).ok_or(Fault::Content)
}

fn read_part(body: &[u8], snapshot: &mut Snapshot) -> Option<()> {
    let mut reader = Reader::new(body);
    let mut dictionary = Dictionary::default();
    for _ in 0..reader.count()? {
        decode_dictionary(reader.part()?.rest(), &mut dictionary, Known::Refused)?;
    }
    let (people, activities) = (reader.part()?, reader.part()?);
    let numbers = adopt(&dictionary, &mut snapshot.shared);
    let codes = activity::decode(&mut Reader::new(activities.rest()))?;
    Block::unpack(people.rest())?.decode(
        &dictionary,
        &numbers,
        &codes,
        snapshot,
        &mut |snapshot, person| {
            snapshot.arrive(person);
            Some(())
        },
    )?;
    reader.is_done().then_some(())
}
