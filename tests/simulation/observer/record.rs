//! What a separate script can check the promises with (`scripts/simulation/check.py` does): five files of JSON lines in
//! `target/simulation/<seed>/`.
//!
//! - `population.jsonl`: a line for each change of a person: `at`, `account`, `active`, `sheltered` (why nobody may act on them,
//!   or null), `lastUsed`, `groups` (ids), `administrator`, `emailDomain`, `directories` (how many list them), `silent`
//!   (whether the API leaves out something that decides), `accountType`, and `accesses`, each with `product`, `site`, `role` and
//!   `lastUsed`.
//! - `effects.jsonl`: a line for each change that the organization API made: `at`, `what`, `accountId`, `directoryId`, and
//!   `keyOwner`, which is null for another administrator's change.
//! - `readings.jsonl`: for each effect of the app what it had read of the person right before: `at`, `run`, `text` (the name of
//!   the policy's text), `action`, `account`, `readAt`, `lastUsed` (the latest use that the cloud showed then), `active`.
//! - `policies.jsonl`: the texts that administrators wrote: `name` and `document`.
//! - `log.jsonl`: the app's log: `entry`, whose canonical text is what the next one's `previous` is the hash of.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use serde_json::Value;

/// The lines so far, if they are recorded.
#[derive(Debug, Default)]
pub struct Record {
    lines: Option<[Vec<String>; 5]>,
}

const FILES: [&str; 5] = [
    "population.jsonl",
    "effects.jsonl",
    "log.jsonl",
    "readings.jsonl",
    "policies.jsonl",
];

impl Record {
    /// One that records, or one that does not.
    pub fn new(is_kept: bool) -> Record {
        Record {
            lines: is_kept.then(Default::default),
        }
    }

    pub fn person(&mut self, line: impl FnOnce() -> Value) {
        self.put(0, line);
    }

    pub fn effect(&mut self, line: impl FnOnce() -> Value) {
        self.put(1, line);
    }

    pub fn entry(&mut self, line: impl FnOnce() -> Value) {
        self.put(2, line);
    }

    pub fn reading(&mut self, line: impl FnOnce() -> Value) {
        self.put(3, line);
    }

    pub fn policy(&mut self, line: impl FnOnce() -> Value) {
        self.put(4, line);
    }

    fn put(&mut self, file: usize, line: impl FnOnce() -> Value) {
        if let Some(lines) = &mut self.lines {
            lines[file].push(line().to_string());
        }
    }

    /// Writes the files into a folder.
    pub fn write(&self, folder: &Path) -> io::Result<()> {
        fs::create_dir_all(folder)?;
        for (name, lines) in FILES.iter().zip(self.lines.iter().flatten()) {
            let mut file = io::BufWriter::new(fs::File::create(folder.join(name))?);
            for line in lines {
                writeln!(file, "{line}")?;
            }
            file.flush()?;
        }
        Ok(())
    }
}
