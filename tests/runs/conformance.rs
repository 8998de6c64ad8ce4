//! Every request of the app, and every answer it builds on, held against Atlassian's OpenAPI documents.

use std::collections::BTreeSet;

use cloud::conformance::Validator;

use crate::in_process::Kills;
use crate::main_job::main_job;

#[test]
fn every_request_and_answer_keeps_to_the_document() {
    let validator = match Validator::load() {
        Ok(validator) => validator,
        Err(why) => {
            println!("skipped: {why}");
            return;
        }
    };
    let mut paths = BTreeSet::new();
    for seed in 1..=4 {
        let world = main_job(seed, 400, Kills::None);
        for (request, response) in world.traffic.borrow().iter() {
            let violations = validator.check(request, response);
            assert!(violations.is_empty(), "{}: {violations:?}", request.path);
            let requested = validator.check_request(request);
            assert!(requested.is_empty(), "{}: {requested:?}", request.path);
            let last = request.path.rsplit('/').next().unwrap_or_default();
            paths.insert(last.to_owned());
        }
    }
    for path in [
        "directories",
        "workspaces",
        "search",
        "suspend",
        "mypermissions",
    ] {
        assert!(
            paths.contains(path),
            "no call of {path} was held against the document"
        );
    }
}
