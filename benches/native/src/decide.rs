//! Policies decided when the battery says so.

use std::error::Error;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Write};
use std::time::Duration;

use rustix::time::{ClockId, clock_gettime};
use seatkeeper::evaluate::{Context, compile};
use seatkeeper::model::{Time, Truth};
use seatkeeper::policy;
use seatkeeper::snapshot::Snapshot;

use crate::pages::read_day;

/// Reads a file of pages and says `ready`, then answers every line `<now> <policy file>` with one line of JSON: how long
/// it took and what came out.
pub fn decide_as_told(pages: &str) -> Result<(), Box<dyn Error>> {
    let mut input = BufReader::new(File::open(pages)?);
    let snapshot = read_day(&mut input)?.ok_or("the file holds nobody")?;
    let mut out = io::stdout().lock();
    writeln!(out, "ready")?;
    out.flush()?;
    for line in io::stdin().lock().lines() {
        let line = line?;
        let (now, file) = line
            .split_once(' ')
            .ok_or("a line is `<now> <policy file>`")?;
        let now = Time::parse(now).ok_or("the first word is a time")?;
        let document = std::fs::read_to_string(file)?;
        writeln!(out, "{}", answer(&snapshot, &document, now)?)?;
        out.flush()?;
    }
    Ok(())
}

/// Reads, compiles and decides a policy, all of it timed, as it is in wasm.
fn answer(snapshot: &Snapshot, document: &str, now: Time) -> Result<String, Box<dyn Error>> {
    let start = processor_time()?;
    let policy = policy::read(document).map_err(|errors| format!("{errors:?}"))?;
    let compiled = compile(&policy, snapshot, Context::at(now))?;
    let verdicts = compiled.verdicts();
    let elapsed = processor_time()? - start;
    let mut fingerprint = Fingerprint::default();
    let (mut matched, mut unknown) = (0, 0);
    for row in snapshot.rows() {
        let truth = verdicts.truth(row);
        matched += u32::from(truth == Truth::True);
        unknown += u32::from(truth == Truth::Unknown);
        fingerprint.add(truth);
    }
    Ok(serde_json::json!({
        "ms": elapsed.as_secs_f64() * 1000.0,
        "matched": matched,
        "unknown": unknown,
        "fingerprint": fingerprint.0,
    })
    .to_string())
}

/// Of this thread alone: the battery measures its own engines so, and what else the machine does is not counted.
fn processor_time() -> Result<Duration, Box<dyn Error>> {
    let time = clock_gettime(ClockId::ThreadCPUTime);
    let seconds = Duration::from_secs(u64::try_from(time.tv_sec)?);
    Ok(seconds + Duration::from_nanos(u64::try_from(time.tv_nsec)?))
}

/// Of all verdicts in order, FNV-1a in 32 bits: the battery computes the same of every engine's.
struct Fingerprint(u32);

impl Default for Fingerprint {
    fn default() -> Fingerprint {
        Fingerprint(0x811c_9dc5)
    }
}

impl Fingerprint {
    fn add(&mut self, truth: Truth) {
        let sign = match truth {
            Truth::False => 0,
            Truth::True => 1,
            Truth::Unknown => 2,
        };
        self.0 = (self.0 ^ sign).wrapping_mul(0x0100_0193);
    }
}
