//! The core of Seatkeeper: it decides who no longer uses a Jira Cloud licence, plans what happens to them, carries the
//! plan out through a [`host::Host`], and proves every step.
//!
//! Read it from the bottom up; every module uses only those before it:
//!
//! - [`json`]: texts in and out, with one kind of code for each type.
//! - [`model`]: ids, time, activity, and Kleene's three-valued logic.
//! - [`snapshot`]: the directory as columns.
//! - [`policy`]: the policy document.
//! - [`notice`]: what people are told, in words.
//! - [`evaluate`]: a policy on a snapshot: who matches, who is not known, and why.
//! - [`schedule`]: when a policy is due. [`insights`]: seats in figures. [`atlassian`]: the remote APIs without I/O.
//!   `csv`: tables out and, behind a feature, the exports of admin.atlassian.com in.
//! - [`plan`]: exemptions, protections, reach, caps.
//! - `roster`, behind a feature: everybody as the page shows them, filtered and put in order in the browser.
//! - [`audit`]: the log's entries and their chain.
//! - [`host`]: the one door to the outside.
//! - [`app`]: the use cases, async over a host.
//! - `wasm`: the boundary to JavaScript, compiled for `wasm32` only.

pub mod app;
pub mod atlassian;
pub mod audit;
pub mod csv;
pub mod evaluate;
pub mod host;
mod html;
pub mod insights;
pub mod json;
pub mod model;
pub mod notice;
pub mod plan;
#[cfg(feature = "planted-faults")]
pub mod planted;
#[cfg(not(feature = "planted-faults"))]
mod planted;
pub mod policy;
#[cfg(feature = "page")]
pub mod roster;
pub mod schedule;
pub mod snapshot;

#[cfg(target_arch = "wasm32")]
pub mod wasm;

#[cfg(all(feature = "planted-faults", target_arch = "wasm32"))]
compile_error!("planted faults are for the simulation alone: no core that ships may hold them");
