//! What the page loads when somebody verifies the log, exports it or makes an evidence bundle.

use wasm_bindgen::prelude::*;

use super::value::{failure, from_js, to_js};
use crate::audit::{self, LogHead, StoredEntry, bundle};
use crate::model::Time;

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r#"
import type { BundleVerification, LogHead, LogVerification, StoredEntry } from './types';
export interface ChainCheck {
  /** The next entries, in order. */
  take(entries: StoredEntry[]): void;
  /** What was found so far. */
  verdict(): LogVerification;
}
/** A run as the app answered it, the revision of its policy, its coverage, and whom it meant if it was by hand, as they came. */
export interface RunFacts {
  run?: unknown;
  policy?: unknown;
  coverage?: unknown;
  chosen?: unknown;
}
/** What a bundle is about: a run, or a period with its runs. */
export interface BundleFacts extends RunFacts {
  made: string;
  covers: { from: string; to: string };
  head: LogHead;
  anchors: LogHead[];
  runs?: RunFacts[];
  leftOut?: { run: string; why: 'tooMany' | 'gone' | 'cut' }[];
}
export interface EvidenceBundle {
  /** The next entries of the log, without a gap. */
  addEntries(entries: StoredEntry[]): void;
  addNames(people: { account: string; name: string | null; email: string | null }[]): void;
  /** What the verification says of the entries so far. */
  verdict(): LogVerification;
}
/** Verifies a bundle; throws an `Error` with a `code` for what is none. */
export function verifyBundle(archive: Uint8Array, anchors: LogHead[]): BundleVerification;
/** Verifies a file of entries, one a line. */
export function verifyLines(lines: Uint8Array, anchors: LogHead[]): LogVerification;
/** The runs that were decided on, planned or at work between two moments, as entries tell. */
export function runsAtWork(entries: StoredEntry[], from: string, to: string): string[];
/** Rows for a spreadsheet, with the heading's row before the first. */
export function entriesTable(entries: StoredEntry[], head: boolean): string;
/** Lines that can be verified. */
export function entriesLines(entries: StoredEntry[]): string;
"#;

/// A verification of the log that takes its entries as they come.
#[wasm_bindgen]
pub struct ChainCheck {
    check: audit::ChainCheck,
}

#[wasm_bindgen]
impl ChainCheck {
    /// Begins at the beginning of the log.
    #[wasm_bindgen(constructor)]
    pub fn new() -> ChainCheck {
        ChainCheck::default()
    }

    /// Takes the next entries.
    ///
    /// # Errors
    /// Values that are no entries.
    #[wasm_bindgen(skip_typescript)]
    pub fn take(&mut self, entries: JsValue) -> Result<(), JsValue> {
        let entries: Vec<StoredEntry> = from_js(&entries)?;
        for entry in &entries {
            self.check.take(entry);
        }
        Ok(())
    }

    /// What was found so far.
    ///
    /// # Errors
    /// None that a verification has.
    #[wasm_bindgen(skip_typescript)]
    pub fn verdict(&self) -> Result<JsValue, JsValue> {
        to_js(&self.check.verdict())
    }
}

impl Default for ChainCheck {
    fn default() -> ChainCheck {
        ChainCheck {
            check: audit::ChainCheck::of_log(Vec::new()),
        }
    }
}

/// An evidence bundle that is being made.
#[wasm_bindgen]
pub struct EvidenceBundle {
    bundle: bundle::Bundle,
}

#[wasm_bindgen]
impl EvidenceBundle {
    /// Begins a bundle with `BundleFacts`, as JSON text.
    ///
    /// # Errors
    /// A text that holds no facts.
    #[wasm_bindgen(constructor)]
    pub fn new(facts: &str) -> Result<EvidenceBundle, JsValue> {
        let facts =
            crate::json::read(facts).map_err(|error| failure("BAD_VALUE", &error.to_string()))?;
        Ok(EvidenceBundle {
            bundle: bundle::Bundle::new(facts),
        })
    }

    /// Takes the next entries.
    ///
    /// # Errors
    /// Values that are no entries.
    #[wasm_bindgen(js_name = addEntries, skip_typescript)]
    pub fn add_entries(&mut self, entries: JsValue) -> Result<(), JsValue> {
        let entries: Vec<StoredEntry> = from_js(&entries)?;
        self.bundle.add_entries(&entries);
        Ok(())
    }

    /// Takes the next part of a run's frozen plan.
    ///
    /// # Errors
    /// A text that is no part of a plan.
    #[wasm_bindgen(js_name = addPlanPart)]
    pub fn add_plan_part(&mut self, run: &str, part: &str) -> Result<(), JsValue> {
        if self.bundle.add_plan_part(run, part) {
            Ok(())
        } else {
            Err(failure("BAD_VALUE", "this is no part of a plan"))
        }
    }

    /// Takes names of accounts.
    ///
    /// # Errors
    /// Values that are no named accounts.
    #[wasm_bindgen(js_name = addNames, skip_typescript)]
    pub fn add_names(&mut self, people: JsValue) -> Result<(), JsValue> {
        let people: Vec<bundle::NamedAccount> = from_js(&people)?;
        self.bundle.add_names(&people);
        Ok(())
    }

    /// What the verification says of the entries so far.
    ///
    /// # Errors
    /// None that a verification has.
    #[wasm_bindgen(skip_typescript)]
    pub fn verdict(&self) -> Result<JsValue, JsValue> {
        to_js(&self.bundle.verdict())
    }

    /// Ends the bundle: the archive.
    pub fn finish(self) -> Vec<u8> {
        self.bundle.finish()
    }
}

/// Verifies a bundle.
#[wasm_bindgen(js_name = verifyBundle, skip_typescript)]
pub fn verify_bundle(archive: &[u8], anchors: JsValue) -> Result<JsValue, JsValue> {
    let anchors: Vec<LogHead> = from_js(&anchors)?;
    match bundle::verify_bundle(archive, anchors) {
        Ok(found) => to_js(&found),
        Err(error) => Err(failure("NOT_A_BUNDLE", &error.to_string())),
    }
}

/// Verifies a file of entries, one a line.
#[wasm_bindgen(js_name = verifyLines, skip_typescript)]
pub fn verify_lines(lines: &[u8], anchors: JsValue) -> Result<JsValue, JsValue> {
    let anchors: Vec<LogHead> = from_js(&anchors)?;
    to_js(&bundle::verify_lines(lines, anchors))
}

/// The runs that were decided on, planned or at work between two moments.
#[wasm_bindgen(js_name = runsAtWork, skip_typescript)]
pub fn runs_at_work(entries: JsValue, from: &str, to: &str) -> Result<JsValue, JsValue> {
    let entries: Vec<StoredEntry> = from_js(&entries)?;
    let (Some(from), Some(to)) = (Time::parse(from), Time::parse(to)) else {
        return Err(failure("BAD_VALUE", "these are no two moments"));
    };
    to_js(&bundle::runs_at_work(&entries, from, to))
}

/// Rows for a spreadsheet.
#[wasm_bindgen(js_name = entriesTable, skip_typescript)]
pub fn entries_table(entries: JsValue, head: bool) -> Result<String, JsValue> {
    let entries: Vec<StoredEntry> = from_js(&entries)?;
    let mut table = String::new();
    if head {
        audit::table_head(&mut table);
    }
    for entry in &entries {
        audit::table_row(&mut table, entry);
    }
    Ok(table)
}

/// Lines that can be verified.
#[wasm_bindgen(js_name = entriesLines, skip_typescript)]
pub fn entries_lines(entries: JsValue) -> Result<String, JsValue> {
    let entries: Vec<StoredEntry> = from_js(&entries)?;
    Ok(entries
        .iter()
        .map(|entry| audit::line(entry) + "\n")
        .collect())
}
