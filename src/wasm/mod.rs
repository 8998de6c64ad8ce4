//! The boundary to JavaScript: the only place that names `wasm_bindgen` and `js_sys`.
//!
//! One invocation, one instance (DESIGN §4): nothing here is kept between calls. API bodies cross as bytes, stored
//! values as JSON texts, commands and answers as plain objects.
//!
//! Two cores are built from here: the functions' with everything, the page's without the use cases over a host.

#[cfg(feature = "page")]
mod directory;
#[cfg(feature = "page")]
mod export_file;
mod exports;
#[cfg(feature = "function")]
mod function;
mod intl_zones;
#[cfg(feature = "function")]
mod js_host;
#[cfg(feature = "page")]
mod preview;
mod value;

#[cfg(feature = "page")]
pub use directory::{Directory, Verdicts};
#[cfg(feature = "page")]
pub use export_file::ExportFile;
pub use exports::{check_policy, evaluate_users, verify_entries, version};
#[cfg(feature = "function")]
pub use function::{admin, approval, hint, tick, work};
pub use intl_zones::IntlZones;
#[cfg(feature = "function")]
pub use js_host::HostPort;
#[cfg(feature = "page")]
pub use preview::next_runs;
