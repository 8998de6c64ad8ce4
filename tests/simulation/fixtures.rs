//! Seeds that once broke a promise, lived again with exactly the shape that they had then.

use std::fs;
use std::path::Path;

use crate::seeds::{explain, try_live};
use crate::shape::Shape;

#[test]
fn what_once_broke_a_promise_keeps_them_all() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/simulation/fixtures");
    for entry in fs::read_dir(folder).expect("the fixtures") {
        let path = entry.expect("an entry").path();
        if path.extension().is_none_or(|extension| extension != "json") {
            continue;
        }
        let text = fs::read_to_string(&path).expect("a fixture");
        let shape: Shape = serde_json::from_str(&text).expect("a shape");
        let violations = try_live(&shape, false).map(|lived| lived.violations);
        let broken = violations.as_ref().map_or_else(Some, |all| all.first());
        if let Some(broken) = broken {
            explain(&shape, broken);
        }
        assert_eq!(violations, Ok(Vec::new()), "{}", path.display());
    }
}
