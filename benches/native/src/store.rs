//! What a directory takes in storage, and what each day adds.

use std::collections::HashMap;
use std::error::Error;
use std::io::{self, Write};

use seatkeeper::model::{DAY, Time};
use seatkeeper::snapshot::{Chunk, Head, Renewal, Snapshot, StoredSnapshot, Unseen};

use crate::pages::read_day;

/// Reads one day after the other from the standard input, from `taken` on, and answers each with one line of JSON: what
/// is written for it, of that what holds activities, and how many people and accesses there are.
pub fn store_days(taken: &str) -> Result<(), Box<dyn Error>> {
    let mut taken = Time::parse(taken).ok_or("say when the first day is")?;
    let mut input = io::stdin().lock();
    let mut before = StoredSnapshot::default();
    let mut stored: HashMap<String, Vec<u8>> = HashMap::new();
    while let Some(snapshot) = read_day(&mut input)? {
        let mut renewal = Renewal::of(before, taken);
        renewal.see(&snapshot, &|_| false);
        let encoded = renewal.finish(Unseen::Gone)?;
        let chunks: usize = encoded.chunks.iter().map(stored_bytes).sum();
        let activity = encoded
            .chunks
            .iter()
            .filter(|chunk| chunk.name.starts_with(['a', 'c']))
            .map(stored_bytes)
            .sum::<usize>();
        let written = chunks + head_bytes(&encoded.head)?;
        let line = serde_json::json!({
            "users": snapshot.len(),
            "accesses": accesses(&snapshot),
            "written": written,
            "activity": activity,
        });
        writeln!(io::stdout(), "{line}")?;
        stored.extend(
            encoded
                .chunks
                .into_iter()
                .map(|chunk| (chunk.name, chunk.bytes)),
        );
        for name in &encoded.unused {
            stored.remove(name);
        }
        before = StoredSnapshot::decode(encoded.head, |name| stored.get(name).cloned())?;
        taken = taken.plus(DAY);
    }
    Ok(())
}

/// A stored value is JSON (RULES R16): bytes are written in base64, four signs for three, between two quotation marks.
fn stored_bytes(chunk: &Chunk) -> usize {
    chunk.bytes.len().div_ceil(3) * 4 + 2
}

fn head_bytes(head: &Head) -> Result<usize, serde_json::Error> {
    Ok(serde_json::to_string(head)?.len())
}

fn accesses(snapshot: &Snapshot) -> usize {
    snapshot
        .rows()
        .filter_map(|row| snapshot.activities(row))
        .map(Iterator::count)
        .sum()
}
