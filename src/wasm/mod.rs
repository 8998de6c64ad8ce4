//! The boundary to JavaScript: the only place that names `wasm_bindgen` and `js_sys`.
//!
//! One invocation, one instance (DESIGN §4): nothing here is kept between calls. API bodies cross as bytes, stored
//! values as JSON texts, commands and answers as plain objects.

mod exports;
mod js_host;
mod value;
