//! Documents for the tests.

use seatkeeper::policy::{PolicyError, read};

/// A document that is right, with some fields replaced or added.
pub fn document(fields: &[(&str, &str)]) -> String {
    let mut all = vec![
        ("version", "1"),
        ("id", "\"p\""),
        ("name", "\"P\""),
        ("match", r#"{"idle":{"longerThan":"90d"}}"#),
        ("stages", r#"[{"after":"0d","do":"suspend"}]"#),
    ];
    all.retain(|(name, _)| fields.iter().all(|(other, _)| other != name));
    all.extend_from_slice(fields);
    let all: Vec<String> = all
        .iter()
        .map(|(name, value)| format!("\"{name}\":{value}"))
        .collect();
    format!("{{{}}}", all.join(","))
}

/// The mistakes in a document, as path and code.
pub fn mistakes(document: &str) -> Vec<(String, String)> {
    read(document)
        .expect_err("mistakes")
        .into_iter()
        .map(|PolicyError { path, code, .. }| (path, code))
        .collect()
}
