//! The boundary to JavaScript: the only place that names `wasm_bindgen` and `js_sys`.
//!
//! One invocation, one instance (DESIGN §4): nothing here is kept between calls. API bodies cross as bytes, stored
//! values as JSON texts, commands and answers as plain objects.
//!
//! Four cores are built from here: the functions' with everything, the page's without the use cases over a host, the one
//! that the page loads for evidence, with the log alone, and the one that it loads to read an uploaded export.

#[cfg(any(feature = "function", feature = "page"))]
mod deciding;
#[cfg(feature = "battery")]
mod directory;
#[cfg(feature = "evidence")]
mod evidence;
#[cfg(feature = "upload")]
mod export_file;
mod exports;
#[cfg(feature = "function")]
mod function;
#[cfg(any(feature = "function", feature = "page"))]
mod intl_zones;
#[cfg(feature = "function")]
mod js_host;
#[cfg(feature = "page")]
mod preview;
#[cfg(feature = "page")]
mod roster;
mod value;
#[cfg(feature = "function")]
mod verifying;

#[cfg(any(feature = "function", feature = "page"))]
pub use deciding::check_policy;
#[cfg(feature = "function")]
pub use deciding::evaluate_users;
#[cfg(feature = "battery")]
pub use directory::{Directory, Verdicts};
#[cfg(feature = "evidence")]
pub use evidence::{
    ChainCheck, EvidenceBundle, entries_lines, entries_table, verify_bundle, verify_lines,
};
#[cfg(feature = "upload")]
pub use export_file::ExportFile;
pub use exports::version;
#[cfg(feature = "function")]
pub use function::{admin, approval, hint, link, tick, work};
#[cfg(any(feature = "function", feature = "page"))]
pub use intl_zones::IntlZones;
#[cfg(feature = "function")]
pub use js_host::HostPort;
#[cfg(feature = "page")]
pub use preview::next_runs;
#[cfg(feature = "page")]
pub use roster::{ArrivingRoster, Roster};
#[cfg(feature = "function")]
pub use verifying::verify_entries;
