//! Stages that wait: who enters, waits, leaves and is acted on, over two weeks of daily runs.

use std::collections::BTreeMap;
use std::time::Duration;

use seatkeeper::app::admin::{Answer, ChainPerson, Command};
use seatkeeper::app::records::{Run, RunState};
use seatkeeper::model::{DAY, Time};
use seatkeeper::plan::{Fate, Person};
use serde_json::json;

use crate::in_process::Ending;
use crate::scene::Scene;

/// Suspends after a week in the chain, of which two readings are a day apart.
fn waiting(scene: &mut Scene) {
    scene.policy["stages"] = json!([{"after": "7d", "do": "suspend"}]);
    scene.policy["confirm"] = json!({"readings": 2, "apart": "24h"});
    scene.policy["schedule"] = json!({"every": {"n": 1, "unit": "day"}, "at": "13:00"});
}

/// The next day's run, released if it is held.
fn next_day(scene: &Scene) -> Run {
    let clock = scene.world.cloud.borrow().clock().clone();
    clock.advance(Duration::from_secs(86_400));
    assert_eq!(scene.world.tick(None), Ending::Value(Ok(())));
    scene.world.deliver_all();
    let run = scene.runs().remove(0);
    if run.state == RunState::Held {
        scene.release(&run.id);
        scene.world.deliver_all();
    }
    scene.run(&run.id)
}

fn people(scene: &Scene, run: &Run) -> BTreeMap<String, Person> {
    let mut people = BTreeMap::new();
    for part in 0..run.plan.as_ref().expect("a plan").parts {
        let Answer::People(page) = scene.order(Command::RunPeople {
            run: run.id.clone(),
            part,
        }) else {
            panic!("no people")
        };
        for named in page.people {
            people.insert(named.person.account.0.clone(), named.person);
        }
    }
    people
}

fn chain(scene: &Scene) -> BTreeMap<String, ChainPerson> {
    let mut people = BTreeMap::new();
    for part in 0.. {
        let command = Command::Chain {
            policy: "idle-contractors".into(),
            part,
        };
        let Answer::Chain(page) = scene.order(command) else {
            panic!("no chain")
        };
        for person in page.people {
            people.insert(person.account.0.clone(), person);
        }
        if part + 1 >= page.parts {
            return people;
        }
    }
    unreachable!()
}

fn log_in(scene: &Scene, account: &str) {
    let mut cloud = scene.world.cloud.borrow_mut();
    cloud
        .log_in_reported_after(account, chrono::TimeDelta::zero())
        .expect("a person");
}

#[test]
fn stages_wait_for_their_day_and_end_with_a_login() {
    let mut scene = Scene::new(31, 300, |_| {});
    waiting(&mut scene);
    scene.prepare();
    let first = next_day(&scene);
    assert_eq!(first.state, RunState::Done, "{first:?}");
    assert_eq!((first.counts.planned, first.counts.acted), (0, 0));
    let entered = chain(&scene);
    assert!(entered.len() > 2, "{first:?}");
    let due = Time(first.now.0 + 7 * DAY);
    for person in entered.values() {
        assert_eq!(
            (person.entered, person.due),
            (first.now, Some(due)),
            "{person:?}"
        );
        assert_eq!(person.standing, format!("waits: stage 1 on {}", due.date()));
    }
    let waits: Vec<Person> = people(&scene, &first).into_values().collect();
    let waits: Vec<&Person> = waits
        .iter()
        .filter(|person| person.fate == Fate::Skipped)
        .collect();
    assert_eq!(waits.len(), entered.len());
    assert!(
        waits[0].reason.starts_with("waits: stage 1 on "),
        "{:?}",
        waits[0]
    );
    // One of them comes back on the third day.
    let returned = entered.keys().next().expect("somebody").clone();
    let mut left = None;
    for day in 2..=7 {
        if day == 3 {
            log_in(&scene, &returned);
        }
        let run = next_day(&scene);
        assert_eq!(
            (run.state, run.counts.acted),
            (RunState::Done, 0),
            "day {day}: {run:?}"
        );
        let found = people(&scene, &run).remove(&returned);
        left = left.or(found.filter(|person| person.reason.starts_with("left the chain")));
    }
    let left = left.expect("the plan that says so");
    assert!(left.reason.contains("seen on"), "{left:?}");
    assert!(!chain(&scene).contains_key(&returned));
    let run = next_day(&scene);
    assert_eq!(run.state, RunState::Done, "{run:?}");
    assert!(run.now >= due);
    let acted = usize::try_from(run.counts.verified).expect("a number");
    assert_eq!(acted, entered.len() - 1, "{run:?}");
    // Who was suspended is in the chain still, judged as they were, and not listed again; who began to match later is later.
    let check = || {
        let now = chain(&scene);
        for account in entered.keys().filter(|account| **account != returned) {
            let person = &now[account];
            assert_eq!((person.done.len(), person.next), (1, None), "{person:?}");
            assert_eq!(person.standing, "every stage was done");
        }
    };
    check();
    let after = next_day(&scene);
    let again = people(&scene, &after);
    let of_the_first = |account: &String| entered.contains_key(account) && *account != returned;
    assert!(!again.keys().any(of_the_first), "{again:?}");
    check();
}
