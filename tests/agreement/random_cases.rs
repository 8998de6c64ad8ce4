//! Random policies on random organizations: engine and reference agree on every person.

use std::collections::HashMap;
use std::env;
use std::thread;

use seatkeeper::policy::Condition;

use crate::reference::agreement::agreement;
use crate::reference::answer::Answer;
use crate::reference::evaluate::answer;
use crate::reference::random::Case;

const CASES: u64 = 20_000;

fn number(variable: &str) -> Option<u64> {
    let text = env::var(variable).ok()?;
    Some(
        text.parse()
            .unwrap_or_else(|_| panic!("{variable} must be a number")),
    )
}

#[test]
fn engine_and_reference_agree() {
    if let Some(seed) = number("SEED") {
        check(seed);
        return;
    }
    let cases = number("CASES").unwrap_or(CASES);
    let workers = thread::available_parallelism().map_or(1, |count| count.get() as u64);
    thread::scope(|scope| {
        for worker in 0..workers {
            scope.spawn(move || (worker..cases).step_by(workers as usize).for_each(check));
        }
    });
}

fn check(seed: u64) {
    if let Err(difference) = agreement(&Case::from_seed(seed)) {
        panic!("{difference}");
    }
}

/// Agreement says little if the cases ask little: each condition must often be yes, no and unknown, and so must policies.
#[test]
fn the_random_cases_ask_everything() {
    let mut tally: HashMap<String, HashMap<&str, u32>> = HashMap::new();
    for seed in 0..1_500 {
        let case = Case::from_seed(seed);
        for condition in parts(&case.policy.r#match) {
            for person in case.world.people.iter().take(5) {
                let found = answer(condition, &case.policy, person, &case.world);
                *tally
                    .entry(name(condition))
                    .or_default()
                    .entry(word(found))
                    .or_default() += 1;
            }
        }
    }
    assert_eq!(tally.len(), 21, "{tally:#?}");
    for (condition, answers) in &tally {
        for word in ["yes", "no", "unknown"] {
            let count = answers.get(word).copied().unwrap_or_default();
            assert!(
                count >= 100,
                "{condition} was {word} {count} times: {answers:?}"
            );
        }
    }
}

/// A condition and all that it is made of.
fn parts(condition: &Condition) -> Vec<&Condition> {
    let mut all = vec![condition];
    all.extend(condition.inner().iter().flat_map(parts));
    all
}

fn word(answer: Answer) -> &'static str {
    match answer {
        Answer::Yes => "yes",
        Answer::No => "no",
        Answer::Unknown => "unknown",
    }
}

/// The condition's name in a policy.
fn name(condition: &Condition) -> String {
    let json = serde_json::to_value(condition).expect("JSON");
    let names = json.as_object().expect("an object").keys();
    names.cloned().collect()
}
