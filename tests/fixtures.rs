//! The golden fixtures, natively. The same folders are read through the built wasm (`tests/forge`).

use std::fs;
use std::path::Path;

use seatkeeper::app::offline::evaluate_users;
use serde_json::Value;

const NOW: &str = "2026-11-21T12:00:00Z";

#[test]
fn every_fixture_is_decided_as_it_says() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    let mut count = 0;
    for case in fs::read_dir(folder).expect("the fixtures") {
        let case = case.expect("a fixture").path();
        let text = |name: &str| fs::read_to_string(case.join(name)).expect("a file of the fixture");
        let found = evaluate_users(&text("policy.json"), text("users.json").as_bytes(), NOW)
            .expect("an evaluation");
        let expected: Value = serde_json::from_str(&text("expected.json")).expect("JSON");
        let found = serde_json::to_value(found).expect("JSON");
        assert_eq!(found, expected, "{}", case.display());
        count += 1;
    }
    assert!(count >= 4, "only {count} fixtures");
}
