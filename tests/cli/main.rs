//! The command line as its users see it: what stands on the standard output and error, and how it exits.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod documents;
mod evaluations;
mod explanations;
mod exports;
mod run;
mod timetables;
mod verifications;
