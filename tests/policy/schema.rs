//! The checked-in schema and the reader agree: it takes whatever `read` takes, and refuses what is misshapen. That the
//! file is what the types say, `make lint` checks.

use std::fs;
use std::path::Path;

use jsonschema::Validator;
use proptest::prelude::*;
use seatkeeper::policy::{PRESETS, read};
use serde_json::Value;

use crate::documents::any_document;
use crate::mistakes::{BEYOND_STRUCTURE, STRUCTURAL, mistakes_in};
use crate::written::document;

fn schema() -> Validator {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/policy.schema.json");
    let text = fs::read_to_string(path).expect("the schema");
    let schema: Value = serde_json::from_str(&text).expect("JSON");
    jsonschema::validator_for(&schema).expect("a schema")
}

fn value(document: &str) -> Value {
    serde_json::from_str(document).expect("JSON")
}

/// In one function, because the schema is compiled once.
#[test]
fn what_the_reader_takes_fits_the_schema() {
    let schema = schema();
    let config = ProptestConfig {
        cases: 2_000,
        failure_persistence: None,
        ..ProptestConfig::default()
    };
    proptest!(config, |(document in any_document())| {
        let policy = read(&document.to_string()).expect("a policy");
        let written = serde_json::to_value(policy).expect("JSON");
        for document in [document, written] {
            if let Err(error) = schema.validate(&document) {
                return Err(TestCaseError::fail(format!("{}: {error}", error.instance_path())));
            }
        }
    });
}

#[test]
fn what_is_misshapen_is_refused_by_both() {
    let schema = schema();
    for mistake in mistakes_in(STRUCTURAL) {
        let document = mistake.document();
        assert!(read(&document).is_err(), "read: {document}");
        assert!(!schema.is_valid(&value(&document)), "schema: {document}");
    }
    for name in ["version", "id", "name", "match", "stages"] {
        let mut document = value(&document(&[]));
        document.as_object_mut().expect("an object").remove(name);
        assert!(read(&document.to_string()).is_err(), "read: without {name}");
        assert!(!schema.is_valid(&document), "schema: without {name}");
    }
    assert!(schema.is_valid(&value(&document(&[]))));
    for preset in PRESETS {
        assert!(schema.is_valid(&value(preset.document)), "{}", preset.id);
    }
}

/// Else such a mistake would belong to those that both refuse.
#[test]
fn what_fields_mean_for_each_other_only_the_reader_sees() {
    let schema = schema();
    for mistake in mistakes_in(BEYOND_STRUCTURE) {
        let document = mistake.document();
        assert!(schema.is_valid(&value(&document)), "{document}");
    }
}
