//! The app lives for weeks and years in a seeded simulation of its cloud, on a virtual clock, and an observer who knows the truth
//! looks whether every promise is kept after every step.
//!
//! `SEEDS=20000 FIRST_SEED=1` lives that many; `KEEP=1` keeps what every seed leaves in `target/simulation/<seed>/`, which a
//! failing seed always does (`observer/record.rs` describes the files, and `scripts/simulation/check.py` checks promises by
//! them alone). A failing seed becomes a fixture in `fixtures/`.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unreachable,
    reason = "a test fails by panicking"
)]

mod administrators;
mod deeds;
mod fixtures;
#[expect(
    dead_code,
    unused_imports,
    reason = "the tests of single runs use the rest"
)]
#[path = "../runs/in_process/mod.rs"]
mod in_process;
mod invocation;
mod life;
mod mail_links;
mod observer;
#[cfg(feature = "planted-faults")]
mod planted;
mod policies;
mod seeds;
mod shape;
mod simulation;
mod trace;

#[test]
fn no_seed_breaks_a_promise() {
    let sum = seeds::live_all();
    assert!(sum.failing.is_empty(), "{:#?}", sum.failing);
}

#[test]
fn a_seed_lives_the_same_life_twice() {
    let shape = shape::Shape::from_seed(11);
    let (once, twice) = (
        simulation::live(&shape, false),
        simulation::live(&shape, true),
    );
    assert_eq!(once.counted, twice.counted);
    assert!(once.counted.steps > 1_000, "{:?}", once.counted);
}
