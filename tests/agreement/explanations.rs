//! An explanation tells the truth: each condition in its tree is what the reference says of it.

use seatkeeper::evaluate::{Explained, Explanation};
use seatkeeper::policy::Condition;

use crate::reference::engine::{ask, read};
use crate::reference::evaluate::answer;
use crate::reference::person::Person;
use crate::reference::random::Case;

#[test]
fn every_condition_of_an_explanation_is_as_the_reference_says() {
    for seed in 0..2_000 {
        let case = Case::from_seed(seed);
        for (person, explanation) in case.world.people.iter().zip(explanations(&case)) {
            let verdict = answer(&case.policy.r#match, &case.policy, person, &case.world);
            assert_eq!(read(explanation.verdict), verdict, "seed {seed}");
            assert_eq!(explanation.account_id, person.account, "seed {seed}");
            assert!(!explanation.sentence.is_empty(), "seed {seed}");
            check(&explanation.condition, &case.policy.r#match, person, &case);
        }
    }
}

/// Of the first few people.
fn explanations(case: &Case) -> Vec<Explanation> {
    ask(&case.policy, &case.world, |compiled, snapshot| {
        let rows = snapshot.rows().take(3);
        rows.map(|row| compiled.explain(row).expect("somebody stands there"))
            .collect()
    })
    .expect("a policy that can be compiled")
}

fn check(explained: &Explained, condition: &Condition, person: &Person, case: &Case) {
    let expected = answer(condition, &case.policy, person, &case.world);
    let seed = case.seed;
    assert_eq!(
        read(explained.truth),
        expected,
        "seed {seed}: {condition:?} of {person:#?}"
    );
    assert_eq!(
        explained.inner.len(),
        condition.inner().len(),
        "seed {seed}"
    );
    for (explained, condition) in explained.inner.iter().zip(condition.inner()) {
        check(explained, condition, person, case);
    }
}
