//! Is the engine right in WebAssembly too? The same random cases as in `agreement`, which says what they are. A case that
//! fails names its seed; `SEED=n` at build time runs it alone.

#![cfg(target_arch = "wasm32")]
#![expect(
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod reference;

use std::ops::Range;

use reference::agreement::agreement;
use reference::random::Case;
use wasm_bindgen_test::wasm_bindgen_test;

fn check(seeds: Range<u64>) {
    let only: Option<u64> = option_env!("SEED").map(|seed| seed.parse().expect("a number"));
    for seed in seeds.filter(|seed| only.is_none_or(|only| only == *seed)) {
        if let Err(difference) = agreement(&Case::from_seed(seed)) {
            panic!("{difference}");
        }
    }
}

#[wasm_bindgen_test]
fn engine_and_reference_agree_on_the_first_quarter() {
    check(0..5_000);
}

#[wasm_bindgen_test]
fn engine_and_reference_agree_on_the_second_quarter() {
    check(5_000..10_000);
}

#[wasm_bindgen_test]
fn engine_and_reference_agree_on_the_third_quarter() {
    check(10_000..15_000);
}

#[wasm_bindgen_test]
fn engine_and_reference_agree_on_the_last_quarter() {
    check(15_000..20_000);
}
