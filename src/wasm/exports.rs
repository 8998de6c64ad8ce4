//! What every core may be asked.

use wasm_bindgen::prelude::*;

/// A panic throws its text and place instead of `unreachable`; the host maps it to `CORE_PANIC`.
#[wasm_bindgen(start)]
fn start() {
    std::panic::set_hook(Box::new(|panic| {
        wasm_bindgen::throw_str(&panic.to_string());
    }));
}

/// The crate's version.
#[wasm_bindgen]
pub fn version() -> String {
    env!("CARGO_PKG_VERSION").to_owned()
}
