//! What a directory takes in storage, and what each day adds.

use std::collections::HashMap;
use std::error::Error;
use std::io::{self, Write};

use seatkeeper::model::{DAY, Time};
use seatkeeper::snapshot::{Chunk, Renewal, Snapshot, StoredSnapshot, Unseen};

use crate::pages::read_day;

/// What a page of the API holds.
const PAGE: usize = 100;
/// A reading is kept whenever so many pages have come together.
const PAGES_A_CHECKPOINT: usize = 30;
/// Of so many people…
const SHARE: u64 = 10_000;
/// … so many join and so many leave each day…
const COMING_AND_GOING: u64 = 10;
/// … for so many days from the first, …
const DAYS: u64 = 28;
/// … and so many change.
const CHANGING: u64 = 15;

/// Reads one day after the other from the standard input, from `taken` on, and answers each with one line of JSON: what
/// is written for it, of that what holds activities, and how many people and accesses there are.
pub fn store_days(taken: &str) -> Result<(), Box<dyn Error>> {
    let mut taken = Time::parse(taken).ok_or("say when the first day is")?;
    let mut input = io::stdin().lock();
    let mut stored = Stored::default();
    let mut before = StoredSnapshot::default();
    let mut day = 0;
    while let Some(snapshot) = read_day(&mut input)? {
        (stored.written, stored.activity) = (0, 0);
        let pages = pages_of(&snapshot, day);
        let mut renewal = Renewal::of(before, taken);
        for pages in pages.chunks(PAGES_A_CHECKPOINT) {
            for page in pages {
                renewal.see(page, &|_| false);
            }
            let checkpoint = renewal.checkpoint()?;
            stored.take(checkpoint.chunks);
            stored.written += serde_json::to_string(&checkpoint.journal)?.len();
        }
        let encoded = renewal.finish(Unseen::Gone)?;
        stored.take(encoded.chunks);
        stored.written += serde_json::to_string(&encoded.head)?.len();
        for name in &encoded.unused {
            stored.chunks.remove(name);
        }
        before = StoredSnapshot::decode(encoded.head, |name| stored.chunks.get(name).cloned())?;
        let line = serde_json::json!({
            "users": before.people().len(),
            "accesses": accesses(before.people()),
            "written": stored.written,
            "activity": stored.activity,
        });
        writeln!(io::stdout(), "{line}")?;
        taken = taken.plus(DAY);
        day += 1;
    }
    Ok(())
}

/// The chunks that are stored, and what was written for the day.
#[derive(Default)]
struct Stored {
    chunks: HashMap<String, Vec<u8>>,
    written: usize,
    /// Of it, what holds activities.
    activity: usize,
}

impl Stored {
    fn take(&mut self, chunks: Vec<Chunk>) {
        for chunk in chunks {
            let bytes = stored_bytes(&chunk);
            self.written += bytes;
            if chunk.name.starts_with(['a', 'c']) {
                self.activity += bytes;
            }
            self.chunks.insert(chunk.name, chunk.bytes);
        }
    }
}

/// The day's pages. Days that come in differ in activities; here some people join, leave and change as well: who and when
/// follows from their accounts.
fn pages_of(snapshot: &Snapshot, day: u64) -> Vec<Snapshot> {
    let mut pages = vec![Snapshot::new()];
    for row in snapshot.rows() {
        let Some(mut record) = snapshot.record(row) else {
            continue;
        };
        let bytes = record.account.as_str().bytes();
        let mark = bytes.fold(7, |mark: u64, byte| {
            mark.wrapping_mul(31).wrapping_add(byte.into())
        });
        let mark = mark % SHARE;
        let first_leaver = SHARE / 4;
        let first_changing = SHARE / 2;
        let is_coming = mark < first_leaver && mark >= day * COMING_AND_GOING;
        let joins_later = is_coming && mark < DAYS * COMING_AND_GOING;
        let is_gone = mark >= first_leaver && mark < first_leaver + day * COMING_AND_GOING;
        if joins_later || is_gone {
            continue;
        }
        if mark >= first_changing && mark < first_changing + day * CHANGING {
            record.name = record.name.map(|name| format!("{name}-{}", name.len()));
        }
        if pages.last().is_some_and(|page| page.len() == PAGE) {
            pages.push(Snapshot::new());
        }
        if let Some(page) = pages.last_mut() {
            page.push(&record);
        }
    }
    pages
}

/// A stored value is JSON (RULES R16): bytes are written in base64, four signs for three, between two quotation marks.
fn stored_bytes(chunk: &Chunk) -> usize {
    chunk.bytes.len().div_ceil(3) * 4 + 2
}

fn accesses(snapshot: &Snapshot) -> usize {
    snapshot
        .rows()
        .filter_map(|row| snapshot.activities(row))
        .map(Iterator::count)
        .sum()
}
