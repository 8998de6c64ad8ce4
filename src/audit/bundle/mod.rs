//! Evidence bundles: everything about a run or a period in one file, which proves itself without the app.
//!
//! A bundle is a zip archive. `manifest.json` holds the hash of every other file; `entries.jsonl` a piece of the log without
//! a gap; `plan.jsonl` the plan as it was frozen, so that its hash can be computed again. Only `names.csv` holds names: it may
//! be deleted from a bundle, which then still verifies (RULES R14). A bundle of a period holds the same of each of its runs, in a
//! folder for each, or says which of them it leaves out.

mod acts;
mod agreement;
mod archive;
mod files;
mod material;
mod period;
mod plan;
mod summary;
mod told;
mod verify;

#[cfg(test)]
mod tests;

pub use archive::{ArchiveError, pack, unpack};
pub use material::{Bundle, Covers, Facts, LeftOut, NamedAccount, RunFacts};
pub use period::runs_at_work;
pub use verify::{BundleVerification, verify_bundle, verify_lines};

/// The files of a bundle.
mod name {
    pub(super) const MANIFEST: &str = "manifest.json";
    pub(super) const ENTRIES: &str = "entries.jsonl";
    pub(super) const PLAN: &str = "plan.jsonl";
    pub(super) const POLICY: &str = "policy.json";
    pub(super) const POPULATION: &str = "population.json";
    pub(super) const APPROVALS: &str = "approvals.json";
    /// Of a run by hand: what was asked for, and by whom.
    pub(super) const ORDER: &str = "order.json";
    pub(super) const SUMMARY: &str = "index.html";
    /// The only one with names and addresses of people, and the only one that may be missing.
    pub(super) const NAMES: &str = "names.csv";
}

/// What `manifest.json` says it is.
const FORMAT: &str = "seatkeeper-evidence";
/// The version of the form that is written, and the only one that is read.
const VERSION: u64 = 1;
/// The form of `index.html`, to be counted up whenever the page is written otherwise: a verification writes the page again
/// and compares, and can do so only for the form that it knows.
const SUMMARY_FORM: u64 = 1;
/// The form of the page of a period that tells of its runs.
const PERIOD_FORM: u64 = 2;
