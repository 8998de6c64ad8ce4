//! The policy language: what is read, what is refused, and that what is written is read again.

#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod documents;
mod mistakes;
mod presets;
mod reference;
mod round_trip;
mod schema;
mod seat_pool;
mod words;
mod written;
