//! A snapshot in chunks as the app stores it, laid down in a folder: what the page loads.

use std::error::Error;
use std::fs::{self, File};
use std::io::BufReader;
use std::path::Path;

use seatkeeper::model::Time;
use seatkeeper::snapshot::{Renewal, StoredSnapshot, Unseen};

use crate::pages::read_day;

/// Reads a file of pages and writes each chunk into a file of its name, and the answer to the command `snapshotParts` beside
/// them.
pub fn lay_down(pages: &str, taken: &str, folder: &str) -> Result<(), Box<dyn Error>> {
    let at = Time::parse(taken).ok_or("say when the people were read")?;
    let mut input = BufReader::new(File::open(pages)?);
    let people = read_day(&mut input)?.ok_or("there are no pages")?;
    let mut renewal = Renewal::of(StoredSnapshot::default(), at);
    renewal.see(&people, &|_| false);
    let encoded = renewal.finish(Unseen::Gone)?;
    let folder = Path::new(folder);
    fs::create_dir_all(folder)?;
    for chunk in &encoded.chunks {
        fs::write(folder.join(&chunk.name), &chunk.bytes)?;
    }
    let parts = serde_json::json!({
        "snapshot": "bench",
        "taken": taken,
        "now": taken,
        "source": "organization",
        "users": people.len(),
        "chunks": encoded.head.segments().concat(),
        "sites": [],
        "grants": null,
    });
    fs::write(folder.join("parts.json"), parts.to_string())?;
    Ok(())
}
