//! Whole runs of the core over the simulated cloud, in one process and on a virtual clock.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unreachable,
    reason = "a test fails by panicking"
)]

mod conformance;
mod failures;
mod guards;
mod in_process;
mod main_job;
mod naive;
mod pace;
mod refusals;
mod scene;
mod schedule;
