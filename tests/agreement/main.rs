//! Is the engine right? Its answers against a naive reference's on random cases, against literal answers at every
//! boundary, and against the laws of three-valued logic. `wasm_agreement.rs` asks the same of the core in WebAssembly.
//!
//! `SEED=n` runs one random case, `CASES=n` more or fewer of them than usual.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

#[path = "../reference/mod.rs"]
mod reference;

mod activity_tables;
mod boundaries;
mod documents;
mod explanations;
mod kleene;
mod knowledge;
mod pages;
mod random_cases;
mod scene;
mod tables;
