//! When policies are due, natively over `chrono-tz`: the table, and a naive model that walks the calendar.

#![cfg(not(target_arch = "wasm32"))]
#![expect(
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod cases;
mod database;
mod model;
mod naive;
mod ticks;

use database::Database;

#[test]
fn timetables_start_what_the_table_says() {
    cases::check_previews(&Database);
}

#[test]
fn ticks_start_what_the_table_says() {
    ticks::check_ticks(&Database);
}

#[test]
fn a_zone_that_nobody_knows_is_refused() {
    cases::check_refusals(&Database);
}

#[test]
fn the_edges_of_time_are_survived() {
    cases::check_edges(&Database);
}
