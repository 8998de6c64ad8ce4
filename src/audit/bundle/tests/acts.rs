//! What entries tell of people, against the plan: one bundle for each lie.

use super::*;

/// Every lie is sealed as the app would seal it, so that only the plan speaks against it.
#[test]
fn an_act_that_the_plan_does_not_hold_is_found_and_named() {
    use LogAction as A;
    use Outcome as O;
    let pair = |action, account: &str| {
        [
            intent(action, &[account]),
            entry(action, O::Done, Some(account)),
        ]
    };
    type Lie = Box<dyn Fn(&mut Vec<Entry>)>;
    // Before the run's end, which is the tenth entry.
    let more = |entries: Vec<Entry>| -> Lie {
        Box::new(move |log| {
            log.splice(9..9, entries.clone());
        })
    };
    let lies: [(&str, Lie, u32, &str); 12] = [
        (
            "of whom the plan calls exempt",
            more(pair(A::Suspend, "712020:3").to_vec()),
            10,
            "intent, of 712020:3, whom the plan calls exempt",
        ),
        (
            "done alone to whom the plan calls exempt",
            more(vec![entry(A::Suspend, O::Done, Some("712020:3"))]),
            10,
            "done, of 712020:3, whom the plan calls exempt",
        ),
        (
            "somebody else",
            more(vec![intent(A::Suspend, &["712020:1", "712020:9"])]),
            10,
            "712020:1, more often",
        ),
        (
            "somebody who is nowhere",
            more(vec![entry(A::Suspend, O::Skipped, Some("712020:9"))]),
            10,
            "712020:9, who is not in the plan",
        ),
        (
            "another act",
            more(pair(A::RemoveAccess, "712020:1").to_vec()),
            10,
            "`removeAccess`, intent, of 712020:1, for whom the plan says nothing but `suspend`",
        ),
        (
            "held out",
            Box::new(|log| {
                log.splice(
                    8..9,
                    [
                        intent(A::Suspend, &["712020:2"]),
                        entry(A::Suspend, O::Done, Some("712020:2")),
                    ],
                );
            }),
            9,
            "712020:2, who was held out",
        ),
        (
            "an outcome without an intent",
            Box::new(|log| {
                log.remove(6);
            }),
            7,
            "no such intent is out",
        ),
        (
            "two outcomes",
            more(vec![entry(A::Suspend, O::Failed, Some("712020:1"))]),
            10,
            "no such intent is out",
        ),
        (
            "no outcome",
            Box::new(|log| {
                log.remove(7);
            }),
            7,
            "no entry tells how that ended",
        ),
        (
            "before the plan",
            Box::new(|log| {
                let early = log.remove(6);
                log.insert(2, early);
            }),
            3,
            "before a plan was frozen",
        ),
        (
            "in a dry run",
            Box::new(|log| log[2].reason = Some("previewed".into())),
            7,
            "in a dry run",
        ),
        (
            "let be and done",
            more(pair(A::Suspend, "712020:2").to_vec()),
            10,
            "712020:2, more often",
        ),
    ];
    for (lie, change, seq, why) in lies {
        let mut entries = entries();
        change(&mut entries);
        let found = verify_bundle(&bundle(&sealed(entries)).finish(), vec![]).unwrap();
        assert!(!found.valid && found.log.valid, "{lie}: {found:?}");
        let named = found
            .faults
            .iter()
            .find(|fault| fault.contains(why))
            .unwrap_or_else(|| panic!("{lie}: {found:?}"));
        assert!(
            named.starts_with(&format!(
                "entry {seq} does not fit the plan of the run {RUN}"
            )),
            "{lie}: {named}"
        );
    }
}

#[test]
fn a_plan_of_which_the_log_does_not_say_that_it_was_frozen_is_found() {
    type Lie = fn(&mut Vec<Entry>);
    let lies: [(Lie, &str); 2] = [
        (
            |log| drop(log.remove(2)),
            "no entry says that plan.jsonl was frozen",
        ),
        (
            |log| log[2].after = Some(json!({"plan": "0".repeat(64)})),
            "plan.jsonl is not the plan that the log says was frozen",
        ),
    ];
    for (change, why) in lies {
        let mut entries = entries();
        change(&mut entries);
        let found = verify_bundle(&bundle(&sealed(entries)).finish(), vec![]).unwrap();
        assert!(!found.valid && found.log.valid, "{why}: {found:?}");
        let mut faults = found.faults.iter();
        assert!(faults.any(|fault| fault.contains(why)), "{why}: {found:?}");
    }
}

#[test]
fn an_intent_of_a_run_under_way_may_wait_for_its_outcome() {
    let mut entries = entries();
    // Neither its outcome nor the run's end.
    entries.remove(9);
    entries.remove(7);
    let mut bundle = bundle(&sealed(entries));
    bundle.facts.run.as_mut().unwrap()["state"] = json!("executing");
    let found = verify_bundle(&bundle.finish(), vec![]).unwrap();
    assert!(found.valid, "{found:?}");
    let said = found.remarks.join("\n");
    assert!(said.contains("1 intents of the run"), "{said}");
}
