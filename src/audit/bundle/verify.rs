//! The verification of a bundle, without the app and without a network.

use serde::Serialize;
use serde_json::Value;

use super::acts::Acts;
use super::agreement::{Side, Texts, compare};
use super::archive::{ArchiveError, unpack};
use super::period::{Period, folder};
use super::told::Told;
use super::{FORMAT, VERSION, name};
use crate::audit::{ChainCheck, LogHead, LogVerification, read_line, sha256_hex};
use crate::json;

/// What was found in a bundle.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct BundleVerification {
    /// Whether everything fits.
    pub valid: bool,
    /// The entries.
    pub log: LogVerification,
    /// What does not fit besides the entries, one sentence each.
    pub faults: Vec<String>,
    /// What else there is to know, one sentence each.
    pub remarks: Vec<String>,
}

/// Verifies a bundle: every file against the manifest, every entry, the plan against the entry that froze it, every act of the
/// entries against the plan, and what was derived from the run against its entries.
///
/// # Errors
/// Bytes that are no archive, or a damaged one.
pub fn verify_bundle(
    archive: &[u8],
    anchors: Vec<LogHead>,
) -> Result<BundleVerification, ArchiveError> {
    let files = Files(unpack(archive)?);
    let mut faults = Vec::new();
    let mut remarks = Vec::new();
    let entries = files.get(name::ENTRIES).unwrap_or_default();
    let manifest = files.manifest();
    let covers = manifest.as_ref().ok().and_then(|it| it.get("covers"));
    let run = covers.and_then(|covers| covers.get("run")?.as_str());
    let texts = |folder: &str| {
        let text = |name: &str| {
            let bytes = files.get(&[folder, name].concat())?;
            std::str::from_utf8(bytes).ok()
        };
        Texts {
            policy: text(name::POLICY),
            order: text(name::ORDER),
            population: text(name::POPULATION).unwrap_or_default(),
            approvals: text(name::APPROVALS).unwrap_or_default(),
            plan: text(name::PLAN).unwrap_or_default(),
        }
    };
    let mut reading = Reading::new(anchors, Told::of(run));
    reading
        .acts
        .extend(run.map(|run| Acts::new("", run, texts("").plan)));
    reading.period = manifest.as_ref().map(Period::of).unwrap_or_default();
    for (run, _) in &reading.period.runs {
        let folder = folder(run);
        reading
            .acts
            .push(Acts::new(&folder, run, texts(&folder).plan));
        reading.runs.push(Told::of(Some(run)));
    }
    reading.lines(entries);
    let log = reading.check.verdict();
    match &manifest {
        Ok(manifest) => {
            check_files(&files, manifest, &mut faults, &mut remarks);
            check_ends(&reading.check, &log, manifest, &mut faults);
            for acts in reading.acts {
                acts.finish(&mut faults, &mut remarks);
            }
            reading.period.finish(&mut faults, &mut remarks);
            let whole = Side {
                covers: covers.unwrap_or(&Value::Null),
                texts: texts(""),
                told: reading.told,
            };
            let runs = reading.period.runs.iter().zip(reading.runs);
            let runs = runs.map(|((run, covers), told)| Side {
                covers,
                texts: texts(&folder(run)),
                told,
            });
            let summary = files.get(name::SUMMARY).unwrap_or_default();
            let summary = std::str::from_utf8(summary).unwrap_or_default();
            let mut found = compare(whole, runs.collect(), summary, manifest, &reading.check);
            faults.append(&mut found.faults);
            remarks.append(&mut found.remarks);
        }
        Err(why) => faults.push((*why).to_owned()),
    }
    Ok(BundleVerification {
        valid: log.valid && faults.is_empty(),
        log,
        faults,
        remarks,
    })
}

/// Verifies lines of entries alone: a whole log or a part of one.
pub fn verify_lines(lines: &[u8], anchors: Vec<LogHead>) -> LogVerification {
    let mut reading = Reading::new(anchors, Told::default());
    reading.lines(lines);
    reading.check.verdict()
}

/// The files of an archive.
struct Files(Vec<(String, Vec<u8>)>);

impl Files {
    fn get(&self, wanted: &str) -> Option<&[u8]> {
        let found = self.0.iter().find(|(name, _)| name == wanted);
        found.map(|(_, bytes)| bytes.as_slice())
    }

    fn manifest(&self) -> Result<Value, &'static str> {
        let bytes = self.get(name::MANIFEST).ok_or("manifest.json is missing")?;
        let text = std::str::from_utf8(bytes).map_err(|_| "manifest.json is not UTF-8")?;
        let value = json::parse(text).map_err(|_| "manifest.json is not JSON")?;
        let is_ours = value.get("format").and_then(Value::as_str) == Some(FORMAT)
            && value.get("version").and_then(Value::as_u64) == Some(VERSION);
        if is_ours {
            Ok(value)
        } else {
            Err("manifest.json is not of a bundle that this version knows: use a newer one")
        }
    }
}

/// Entries that are being read, and what is remembered of them.
struct Reading {
    check: ChainCheck,
    /// The plans that they are held against.
    acts: Vec<Acts>,
    /// What they tell of the run, or of every run of a period.
    told: Told,
    /// What they tell of each run of a period.
    runs: Vec<Told>,
    period: Period,
}

impl Reading {
    fn new(anchors: Vec<LogHead>, told: Told) -> Reading {
        Reading {
            told,
            check: ChainCheck::of_part(anchors),
            acts: Vec::new(),
            runs: Vec::new(),
            period: Period::default(),
        }
    }

    fn lines(&mut self, bytes: &[u8]) {
        let bytes = bytes.strip_suffix(b"\n").unwrap_or(bytes);
        if bytes.is_empty() {
            return;
        }
        for line in bytes.split(|byte| *byte == b'\n') {
            let read = std::str::from_utf8(line)
                .map_err(|_| "its line is not UTF-8")
                .and_then(read_line);
            match read {
                Ok(stored) => {
                    self.check.take(&stored);
                    self.remember(&stored.entry);
                }
                Err(why) => self.check.refuse(why),
            }
        }
    }

    fn remember(&mut self, entry: &str) {
        let Ok(value) = json::parse(entry) else {
            return;
        };
        self.told.take(&value);
        self.period.take(&value);
        for told in &mut self.runs {
            told.take_own(&value);
        }
        let run = value.get("run").and_then(Value::as_str);
        let mut acts = self.acts.iter_mut();
        if let Some(acts) = acts.find(|acts| Some(acts.run()) == run) {
            acts.take(&value);
        }
    }
}

/// Every file as the manifest tells it, and none besides.
fn check_files(
    files: &Files,
    manifest: &Value,
    faults: &mut Vec<String>,
    remarks: &mut Vec<String>,
) {
    let listed = manifest.get("files").and_then(Value::as_array);
    let listed: Vec<(&str, &str)> = listed
        .into_iter()
        .flatten()
        .filter_map(|file| {
            let text = |name: &str| file.get(name).and_then(Value::as_str);
            Some((text("name")?, text("sha256")?))
        })
        .collect();
    for (name, hash) in &listed {
        match files.get(name) {
            Some(bytes) if sha256_of(bytes) == *hash => {}
            Some(_) => faults.push(format!(
                "{name} was changed: its hash is not the manifest's"
            )),
            None if *name == name::NAMES => {
                remarks.push(format!(
                    "{name} was taken out: who the accounts are is not told"
                ));
            }
            None => faults.push(format!("{name} is missing")),
        }
    }
    for needed in [
        name::ENTRIES,
        name::POPULATION,
        name::APPROVALS,
        name::SUMMARY,
    ] {
        if !listed.iter().any(|(name, _)| *name == needed) {
            faults.push(format!("the manifest does not list {needed}"));
        }
    }
    for (name, _) in &files.0 {
        if name != name::MANIFEST && !listed.iter().any(|(listed, _)| listed == name) {
            faults.push(format!("{name} is not in the manifest"));
        }
        if files.0.iter().filter(|(other, _)| other == name).count() > 1 {
            faults.push(format!("{name} is there twice"));
        }
    }
}

fn sha256_of(bytes: &[u8]) -> String {
    // Every file of a bundle is text; one that is none has no hash that a manifest could tell.
    std::str::from_utf8(bytes).map_or_else(|_| String::new(), sha256_hex)
}

/// The entries begin and end where the manifest says.
fn check_ends(
    check: &ChainCheck,
    log: &LogVerification,
    manifest: &Value,
    faults: &mut Vec<String>,
) {
    let said = |name: &str| {
        let value = manifest.get("entries")?.get(name)?;
        value.as_str()
    };
    let end = format!("{}:{}", log.last, log.head);
    let before = check.before().map(LogHead::to_string);
    if log.valid && (said("end") != Some(&end) || said("before") != before.as_deref()) {
        faults.push(String::from(
            "the entries do not begin and end where the manifest says",
        ));
    }
}
