//! Pages of the log by a filter: what they show is what the whole log holds of it.

use std::collections::BTreeSet;

use seatkeeper::app::admin::{Answer, Command, LogFilter};
use seatkeeper::app::records::ExemptionSubject;
use seatkeeper::audit::StoredEntry;
use seatkeeper::model::AccountId;
use serde_json::Value;

use crate::in_process::Kills;
use crate::scene::{Scene, exempt};

/// Every entry that a filter shows, page by page.
fn shown(scene: &Scene, filter: &LogFilter) -> Vec<u32> {
    let (mut entries, mut cursor) = (Vec::new(), None);
    loop {
        let filter = Some(filter.clone());
        let Answer::Log(page) = scene.order(Command::Log { filter, cursor }) else {
            panic!("no log")
        };
        let numbers: Vec<u32> = page.entries.iter().map(|stored| stored.seq).collect();
        assert!(
            numbers.is_sorted_by(|newer, older| newer > older),
            "{numbers:?}"
        );
        entries.extend(numbers);
        cursor = page.cursor;
        if cursor.is_none() {
            return entries;
        }
    }
}

fn parsed(stored: &StoredEntry) -> Value {
    serde_json::from_str(&stored.entry).expect("JSON")
}

fn is_on(entry: &Value, person: &str) -> bool {
    let subjects = entry["subjects"].as_array();
    entry["subject"] == *person || subjects.is_some_and(|all| all.iter().any(|one| one == person))
}

/// What a filter must show of a person, newest first.
fn told(log: &[StoredEntry], person: &str, is_it: &dyn Fn(&Value) -> bool) -> Vec<u32> {
    let entries = log.iter().rev().filter(|stored| {
        let entry = parsed(stored);
        is_on(&entry, person) && is_it(&entry)
    });
    entries.map(|stored| stored.seq).collect()
}

fn of(person: &str) -> LogFilter {
    LogFilter {
        subject: Some(person.to_owned()),
        ..LogFilter::default()
    }
}

#[test]
fn a_persons_page_shows_the_intents_that_name_them_beside_others() {
    let scene = Scene::new(3, 400, |_| {});
    scene.prepare();
    let held = scene.tick_until_held();
    scene.release(&held.id);
    scene.world.deliver_all();
    let run = scene.run(&held.id);
    // What was taken comes back, so that there is another run over the same people.
    scene.undone(&run);
    let log = scene.log();
    scene.wait_for_queries();
    let people = scene.verified(&run);
    assert!(people.len() > 20, "more than one intent names");
    for person in &people {
        let all = told(&log, person, &|_| true);
        assert_eq!(shown(&scene, &of(person)), all, "{person}");
        assert!(all.len() >= 4, "two intents and two outcomes: {all:?}");
        for outcome in ["intent", "done"] {
            let filter = LogFilter {
                outcome: Some(outcome.to_owned()),
                ..of(person)
            };
            let expected = told(&log, person, &|entry| entry["outcome"] == outcome);
            assert_eq!(shown(&scene, &filter), expected, "{person} {outcome}");
        }
        let in_run = LogFilter {
            run: Some(run.id.clone()),
            ..of(person)
        };
        let expected = told(&log, person, &|entry| entry["run"] == *run.id);
        assert_eq!(shown(&scene, &in_run), expected, "{person}");
        let until = log
            .iter()
            .map(parsed)
            .find(|entry| entry["outcome"] == "done" && is_on(entry, person))
            .expect("an outcome");
        let until: seatkeeper::model::Time =
            serde_json::from_value(until["time"].clone()).expect("a time");
        let earlier = LogFilter {
            to: Some(until),
            ..of(person)
        };
        let expected = told(&log, person, &|entry| {
            let at: seatkeeper::model::Time =
                serde_json::from_value(entry["time"].clone()).expect("a time");
            at <= until
        });
        assert_eq!(shown(&scene, &earlier), expected, "{person}");
    }
}

/// However much stands in the log since: an intent comes on the page of its outcome.
#[test]
fn what_was_begun_long_ago_is_shown_behind_many_later_entries() {
    let scene = Scene::new(3, 400, |_| {});
    scene.prepare();
    let held = scene.tick_until_held();
    scene.release(&held.id);
    scene.world.deliver_all();
    let person = scene.verified(&scene.run(&held.id)).swap_remove(0);
    for _ in 0..60 {
        let subject = ExemptionSubject::User {
            account: AccountId(person.clone()),
        };
        scene.order(exempt(subject.clone(), "back and forth"));
        scene.order(Command::RemoveExemption { subject });
    }
    let log = scene.log();
    scene.wait_for_queries();
    let all = told(&log, &person, &|_| true);
    assert!(all.len() > 120, "{}", all.len());
    assert_eq!(shown(&scene, &of(&person)), all);
}

#[test]
fn an_intent_without_an_outcome_yet_is_shown_too() {
    let scene = Scene::new(3, 400, |_| {});
    scene.prepare();
    let held = scene.tick_until_held();
    scene.release(&held.id);
    let mut seen_open = 0;
    for awaits in (20..400).step_by(60) {
        let copy = scene.copy();
        copy.world.kills.set(Kills::AtAwait(awaits));
        let delivery = copy.world.cloud.borrow_mut().next_delivery();
        let delivery = delivery.expect("a job");
        copy.world.deliver(&delivery.invocation);
        let log = copy.log();
        copy.wait_for_queries();
        let entries: Vec<Value> = log.iter().map(parsed).collect();
        let settled: BTreeSet<&str> = entries
            .iter()
            .filter(|entry| entry["outcome"] != "intent" && !entry["run"].is_null())
            .filter_map(|entry| entry["subject"].as_str())
            .collect();
        let begun = entries.iter().filter(|entry| entry["outcome"] == "intent");
        let begun =
            begun.flat_map(|entry| entry["subjects"].as_array().cloned().unwrap_or_default());
        for person in begun {
            let person = person.as_str().expect("an account");
            if !settled.contains(person) {
                seen_open += 1;
                assert_eq!(shown(&copy, &of(person)), told(&log, person, &|_| true));
            }
        }
    }
    assert!(seen_open > 0);
}
