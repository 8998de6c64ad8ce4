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
    let people = scene.lines(run).into_iter().map(|named| named.person);
    people
        .map(|person| (person.account.0.clone(), person))
        .collect()
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

/// The status of everybody by account, as the organization's listing shows it; nothing for whoever is not listed any more.
fn statuses(scene: &Scene, run: &Run) -> Vec<Option<String>> {
    let users = scene.world.cloud.borrow().dump_users();
    let status = |account: &String| {
        let user = users.iter().find(|user| user["accountId"] == **account)?;
        user["status"].as_str().map(String::from)
    };
    let acted = people(scene, run);
    let acted = acted.iter().filter(|(_, one)| one.fate == Fate::Verified);
    acted.map(|(account, _)| status(account)).collect()
}

/// The run of a day on which the plan is released and approved by the second administrator.
fn approved_day(scene: &Scene) -> Run {
    let run = next_day(scene);
    if run.state != RunState::AwaitingApproval {
        return run;
    }
    let approve = Command::ApproveRun {
        run: run.id.clone(),
        reason: "looked at the plan".into(),
        hold_out: vec![],
    };
    let approved = scene.world.command(&scene.second, approve);
    assert!(approved.is_ok(), "{approved:?}");
    scene.world.deliver_all();
    scene.run(&run.id)
}

#[test]
fn a_second_stage_follows_the_first_and_a_deletion_is_taken_back_within_its_grace() {
    let mut scene = Scene::new(33, 300, |_| {});
    scene.policy["match"] = json!({"all": [
        {"status": ["active"]}, {"account": "managed"}, {"idle": {"longerThan": "90d"}},
    ]});
    scene.policy["stages"] = json!([
        {"after": "0d", "do": "deactivate"}, {"after": "8d", "do": "delete"},
    ]);
    scene.policy["approval"] = json!("page");
    scene.policy["schedule"] = json!({"every": {"n": 1, "unit": "day"}, "at": "13:00"});
    scene.prepare();
    let first = approved_day(&scene);
    assert_eq!(first.state, RunState::Done, "{first:?}");
    assert!(first.counts.verified > 1, "{first:?}");
    let deactivated = statuses(&scene, &first);
    assert!(
        deactivated
            .iter()
            .all(|status| status.as_deref() == Some("deactivated"))
    );
    for day in 2..=8 {
        // Others come to be idle meanwhile.
        let run = approved_day(&scene);
        assert_eq!(run.state, RunState::Done, "day {day}: {run:?}");
        let again = people(&scene, &run);
        let again = again.iter().filter(|(_, one)| one.fate == Fate::Verified);
        let first = people(&scene, &first);
        let was_done = |account: &String| {
            let before = first.get(account);
            before.is_some_and(|one| one.fate == Fate::Verified)
        };
        let twice = again.filter(|(account, _)| was_done(account));
        assert_eq!(twice.count(), 0, "day {day}");
    }
    let second = approved_day(&scene);
    assert_eq!(second.state, RunState::Done, "{second:?}");
    assert!(second.counts.verified >= first.counts.verified);
    let deleted = statuses(&scene, &first);
    assert!(
        deleted
            .iter()
            .all(|status| status.as_deref() == Some("for_deletion")),
        "{deleted:?}"
    );
    let undo = Command::UndoRun {
        run: second.id.clone(),
        steps: vec![],
        dry: false,
        reason: "they are on leave".into(),
    };
    let Answer::Run(undo) = scene.order(undo) else {
        panic!("no run")
    };
    scene.world.deliver_all();
    let undo = scene.run(&undo.id);
    assert_eq!(undo.state, RunState::Done, "{undo:?}");
    assert_eq!(undo.counts.verified, second.counts.verified);
    let back = statuses(&scene, &second);
    assert!(
        back.iter()
            .all(|status| status.as_deref() != Some("for_deletion")),
        "{back:?}"
    );
    // Whoever got something back is left alone the next day.
    approved_day(&scene);
    assert_eq!(statuses(&scene, &second), back);
}

#[test]
fn whoever_is_removed_cannot_be_given_back_and_that_is_said() {
    let mut scene = Scene::new(34, 300, |_| {});
    scene.policy["stages"] = json!([{"after": "8d", "do": "removeFromOrganization"}]);
    scene.policy["approval"] = json!("page");
    scene.policy["schedule"] = json!({"every": {"n": 1, "unit": "day"}, "at": "13:00"});
    scene.prepare();
    for day in 1..=8 {
        let run = approved_day(&scene);
        assert_eq!(
            (run.state, run.counts.acted),
            (RunState::Done, 0),
            "day {day}: {run:?}"
        );
    }
    let removed = approved_day(&scene);
    assert_eq!(removed.state, RunState::Done, "{removed:?}");
    assert!(removed.counts.verified > 0, "{removed:?}");
    let gone = statuses(&scene, &removed);
    let is_gone = |status: &Option<String>| {
        status
            .as_deref()
            .is_none_or(|status| status == "not_invited")
    };
    assert!(gone.iter().all(is_gone), "{gone:?}");
    let undo = Command::UndoRun {
        run: removed.id.clone(),
        steps: vec![],
        dry: true,
        reason: "can they come back?".into(),
    };
    let Answer::Run(undo) = scene.order(undo) else {
        panic!("no run")
    };
    scene.world.deliver_all();
    let undo = scene.run(&undo.id);
    assert_eq!(
        (undo.state, undo.counts.planned),
        (RunState::Previewed, 0),
        "{undo:?}"
    );
    let reasons: Vec<String> = people(&scene, &undo)
        .into_values()
        .map(|one| one.reason)
        .collect();
    assert!(
        reasons
            .iter()
            .all(|reason| reason.contains("must be invited again")),
        "{reasons:?}"
    );
}

/// Switched off and on again, or written back: everybody begins anew (RULES R2), as if the text had never been there.
#[test]
fn a_text_that_comes_back_finds_nobody_in_its_chain() {
    let mut scene = Scene::new(31, 300, |_| {});
    waiting(&mut scene);
    scene.prepare();
    let first = next_day(&scene);
    assert!(
        chain(&scene)
            .values()
            .all(|person| person.entered == first.now)
    );
    let save = |document: String| {
        scene.order(Command::SavePolicy {
            document,
            revision: None,
        });
    };
    let mut off = scene.policy.clone();
    off["enabled"] = json!(false);
    save(off.to_string());
    let clock = scene.world.cloud.borrow().clock().clone();
    clock.advance(Duration::from_secs(10 * 86_400));
    save(scene.policy.to_string());
    let run = next_day(&scene);
    assert_eq!(
        (run.state, run.counts.acted),
        (RunState::Done, 0),
        "{run:?}"
    );
    let again = chain(&scene);
    assert!(again.len() > 2);
    assert!(again.values().all(|person| person.entered == run.now));
    // And they are acted on in their time.
    let mut acted = 0;
    for _ in 0..7 {
        acted += next_day(&scene).counts.acted;
    }
    assert!(acted > 0);
}

/// A run that was asked for by the old text and whose turn came after the new one's: it plans nothing, and whoever the new text
/// let into its chain stays there.
#[test]
fn a_run_whose_text_was_replaced_before_its_plan_ends_and_leaves_the_chain_alone() {
    let mut scene = Scene::new(31, 300, |_| {});
    waiting(&mut scene);
    scene.prepare();
    let start = Command::StartRun {
        policy: "idle-contractors".into(),
        dry: false,
    };
    let Answer::Run(old) = scene.order(start) else {
        panic!("no run")
    };
    let mut text = scene.policy.clone();
    text["stages"] = json!([{"after": "14d", "do": "suspend"}]);
    scene.order(Command::SavePolicy {
        document: text.to_string(),
        revision: None,
    });
    scene.world.deliver_all();
    let old = scene.run(&old.id);
    assert_eq!(old.state, RunState::Stopped, "{old:?}");
    assert_eq!(
        old.message.as_deref(),
        Some("the policy was changed: start a new run")
    );
    assert!(old.plan.is_none());
    assert_eq!(chain(&scene).len(), 0);
    // A dry run of the text in force looks all the same, and the next one lets people in.
    let dry = scene.started("idle-contractors", true);
    assert_eq!(dry.state, RunState::Previewed, "{dry:?}");
    let next = next_day(&scene);
    assert_eq!(next.state, RunState::Done, "{next:?}");
    assert!(chain(&scene).len() > 2);
}
