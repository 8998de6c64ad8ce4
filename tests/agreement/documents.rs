//! The policies that the cases hold the engine to are policies that an administrator could write.

use seatkeeper::policy::read;

use crate::reference::random::Case;

#[test]
fn every_random_policy_is_read_as_it_is_written() {
    for seed in 0..3_000 {
        let policy = Case::from_seed(seed).policy;
        let document = serde_json::to_string(&policy).expect("JSON");
        assert_eq!(read(&document), Ok(policy), "seed {seed}: {document}");
    }
}
