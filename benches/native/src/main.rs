//! The engine without wasm, beside the battery's process.
//!
//! - `native decide <pages>`: decides policies on a file of pages as the battery says.
//! - `native store <now>`: stores the days that the battery sends.
//! - `native chunks <pages> <now> <folder>`: lays a snapshot down as the page loads it.

mod chunks;
mod decide;
mod pages;
mod store;

use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.as_slice() {
        [what, pages] if what == "decide" => decide::decide_as_told(pages),
        [what, now] if what == "store" => store::store_days(now),
        [what, pages, now, folder] if what == "chunks" => chunks::lay_down(pages, now, folder),
        _ => Err("say `decide <pages>`, `store <now>` or `chunks <pages> <now> <folder>`".into()),
    }
}
