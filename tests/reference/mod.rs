//! A second opinion: what a policy says of a person, over plain objects, as naive as it can be; random cases for it; and
//! the engine's answers to the same cases. The native and the WebAssembly harness share it.

pub mod activity;
pub mod agreement;
pub mod answer;
pub mod calendar;
pub mod engine;
pub mod evaluate;
pub mod glob;
pub mod person;
pub mod random;
