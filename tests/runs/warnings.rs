//! Warnings: who gets one, how often, and that nobody loses anything without one and the whole grace (RULES R3).

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use cloud::faults::{FaultKind, Faults};
use seatkeeper::app::admin::Command;
use seatkeeper::app::records::{Notices, Run, RunState};
use seatkeeper::plan::{Act, Fate};
use serde_json::{Value, json};

use crate::in_process::Ending;
use crate::scene::Scene;
use crate::several_directories::{self, ACTIVE, There};

const HOUR: u64 = 3_600;
const AGAIN: &str = "You may have had this message before.";

pub fn notices(issue: &str, most_warned: u32) -> Command {
    Command::SetNotices {
        notices: Some(Notices {
            issue: issue.into(),
            everybody_browses: Some(true),
            contact: Some("it@acme.example".into()),
            most_warned,
            link_days: None,
            keep_days: Some(30),
            keep_times: Some(2),
            give_back: None,
            reports: None,
            policies: Vec::new(),
            tell_restored: false,
            restored_words: BTreeMap::new(),
        }),
    }
}

/// A scene whose policy warns, and suspends a week later.
pub fn scene(users: usize, configure: impl FnOnce(&mut cloud::Options)) -> Scene {
    let stages = json!([{"after": "0d", "do": "warn"}, {"after": "7d", "do": "suspend"}]);
    scene_of(stages, users, configure)
}

/// A scene of a policy with these stages.
fn scene_of(stages: Value, users: usize, configure: impl FnOnce(&mut cloud::Options)) -> Scene {
    let mut scene = Scene::new(31, users, configure);
    scene.policy["stages"] = stages;
    scene.policy["schedule"] = json!({"every": {"n": 1, "unit": "day"}, "at": "13:00"});
    scene.prepare();
    let issue = scene.world.cloud.borrow_mut().make_issue("LIFE", "Seats");
    scene.order(notices(&issue, 1_000));
    scene
}

/// The run of the next day, let go on if it waits for somebody.
pub fn next_day(scene: &Scene) -> Run {
    let clock = scene.world.cloud.borrow().clock().clone();
    clock.advance(Duration::from_secs(24 * HOUR));
    assert_eq!(scene.world.tick(None), Ending::Value(Ok(())));
    scene.world.deliver_all();
    let run = scene.runs().remove(0);
    if run.state == RunState::Held {
        scene.release(&run.id);
        scene.world.deliver_all();
    }
    scene.run(&run.id)
}

/// How many messages each person got, and how many of them say that they may be a repetition.
pub fn mail(scene: &Scene) -> BTreeMap<String, (usize, usize)> {
    let cloud = scene.world.cloud.borrow();
    let mut counted = BTreeMap::new();
    for mail in cloud.inbox() {
        let count: &mut (usize, usize) = counted.entry(mail.account_id.clone()).or_default();
        count.0 += 1;
        let text = mail.text.as_deref().unwrap_or_default();
        count.1 += usize::from(text.starts_with(AGAIN));
    }
    counted
}

/// Whom a run told something, or acted on, by what it says of them.
fn with_fate(scene: &Scene, run: &Run, fate: Fate) -> BTreeSet<String> {
    let lines = scene.lines(run).into_iter();
    lines
        .filter(|line| line.person.fate == fate)
        .map(|line| line.person.account.0.clone())
        .collect()
}

#[test]
fn nobody_is_suspended_without_a_warning_and_a_week() {
    let scene = scene(300, |_| {});
    let first = next_day(&scene);
    assert_eq!(first.state, RunState::Done, "{first:?}");
    let warned = with_fate(&scene, &first, Fate::Verified);
    assert!(warned.len() > 2, "{first:?}");
    let expected = warned.iter().map(|account| (account.clone(), (1, 0)));
    assert_eq!(mail(&scene), expected.collect());
    for line in scene.lines(&first) {
        if line.person.fate == Fate::Verified {
            assert_eq!(line.person.acts, [Act::Warn]);
        }
    }
    for day in 2..=7 {
        let run = next_day(&scene);
        assert_eq!(run.state, RunState::Done, "day {day}: {run:?}");
        // Others come to match meanwhile.
        let others = with_fate(&scene, &run, Fate::Verified);
        assert!(others.is_disjoint(&warned), "day {day}");
        assert_eq!(run.plan.expect("a plan").takes, 0, "day {day}");
    }
    let last = next_day(&scene);
    assert_eq!(last.state, RunState::Done, "{last:?}");
    let taken: BTreeSet<String> = scene
        .lines(&last)
        .into_iter()
        .filter(|line| line.person.acts == [Act::Suspend])
        .map(|line| line.person.account.0.clone())
        .collect();
    assert_eq!(taken, warned);
    assert!(mail(&scene).values().all(|count| *count == (1, 0)));
}

#[test]
fn a_message_says_what_comes_when_and_whom_to_ask() {
    let scene = scene(300, |_| {});
    next_day(&scene);
    let cloud = scene.world.cloud.borrow();
    let mail = cloud.inbox().first().expect("a message");
    let text = mail.text.as_deref().unwrap_or_default();
    assert!(text.contains("your access is suspended"), "{text}");
    assert!(text.contains("it@acme.example"), "{text}");
    assert!(text.contains(&mail.name), "{text}");
    assert!(
        mail.html
            .as_deref()
            .unwrap_or_default()
            .starts_with("<p>Hello ")
    );
}

#[test]
fn who_cannot_be_reached_goes_on_only_if_the_policy_says_so() {
    let stages = json!([{"after": "0d", "do": "warn"}, {"after": "7d", "do": "suspend"}]);
    for (unreachable, goes_on) in [("hold", false), ("proceed", true)] {
        // Jira of the first directory's site sends the mail.
        let people: [(&str, &[There]); 2] = [
            ("here", &[(0, ACTIVE, 200)]),
            ("elsewhere", &[(1, ACTIVE, 200)]),
        ];
        let mut scene = several_directories::scene(2, &stages, &people);
        scene.policy["unreachable"] = json!(unreachable);
        scene.policy["schedule"] = json!({"every": {"n": 1, "unit": "day"}, "at": "13:00"});
        scene.order(Command::SavePolicy {
            document: scene.policy.to_string(),
            revision: None,
        });
        let issue = scene.world.cloud.borrow_mut().make_issue("LIFE", "Seats");
        scene.order(notices(&issue, 1_000));
        let account = |name: &str| {
            let cloud = scene.world.cloud.borrow();
            let mut users = cloud.organization().users.iter();
            let user = users.find(|user| user.email.starts_with(&format!("{name}@")));
            user.expect("a person").account_id.clone()
        };
        let (here, elsewhere) = (account("here"), account("elsewhere"));
        let first = next_day(&scene);
        let lines = scene.lines(&first);
        let line = lines.iter().find(|line| line.person.account.0 == elsewhere);
        let reason = &line.expect("the person is in the plan").person.reason;
        let expected = if goes_on {
            "waits: stage 2"
        } else {
            "no warning can reach"
        };
        assert!(reason.contains(expected), "{reason}");
        let mut suspended = BTreeSet::new();
        for _ in 0..8 {
            let run = next_day(&scene);
            suspended.append(&mut with_fate(&scene, &run, Fate::Verified));
        }
        assert!(suspended.contains(&here));
        assert_eq!(suspended.contains(&elsewhere), goes_on, "{unreachable}");
        assert_eq!(mail(&scene).into_keys().collect::<Vec<_>>(), [here]);
    }
}

#[test]
fn more_warnings_than_allowed_are_held_and_take_nothing_of_the_other_limits() {
    let mut scene = scene(300, |_| {});
    scene.policy["limits"] = json!({"users": 1, "percent": 1});
    scene.order(Command::SavePolicy {
        document: scene.policy.to_string(),
        revision: None,
    });
    let issue = scene.world.cloud.borrow_mut().make_issue("LIFE", "More");
    scene.order(notices(&issue, 1));
    let clock = scene.world.cloud.borrow().clock().clone();
    clock.advance(Duration::from_secs(24 * HOUR));
    assert_eq!(scene.world.tick(None), Ending::Value(Ok(())));
    scene.world.deliver_all();
    let held = scene.runs().remove(0);
    assert_eq!(held.state, RunState::Held);
    let guards: Vec<String> = held.guards.iter().map(|guard| guard.text.clone()).collect();
    let text = guards.join("; ");
    assert!(
        text.contains("people to warn; the organization allows 1 in one run"),
        "{text}"
    );
    assert!(!text.contains("the policy allows"), "{text}");
    assert!(mail(&scene).is_empty());
}

#[test]
fn without_an_issue_nobody_is_warned_and_the_run_says_so() {
    let scene = scene(300, |_| {});
    scene.order(Command::SetNotices { notices: None });
    let run = next_day(&scene);
    assert_eq!(run.state, RunState::Stopped);
    let message = run.message.expect("why");
    assert!(message.contains("no issue is chosen"), "{message}");
}

#[test]
fn mail_that_is_refused_warns_nobody_and_is_tried_again_the_next_day() {
    let scene = scene(300, |_| {});
    scene.world.cloud.borrow_mut().set_outgoing_mail(false);
    let run = next_day(&scene);
    assert_eq!(run.counts.acted, 0, "{run:?}");
    assert!(run.counts.failed > 0, "{run:?}");
    scene.world.cloud.borrow_mut().set_outgoing_mail(true);
    let run = next_day(&scene);
    assert_eq!(run.state, RunState::Done, "{run:?}");
    let warned = with_fate(&scene, &run, Fate::Verified);
    // A refusal is clear: nobody had the message before.
    let expected = warned.iter().map(|account| (account.clone(), (1, 0)));
    assert_eq!(mail(&scene), expected.collect());
}

#[test]
fn a_message_whose_answer_was_lost_counts_for_nothing_and_is_marked_when_it_is_repeated() {
    let scene = scene(300, |_| {});
    let first_day = {
        let mut faults = Faults::planned("jira.issue.notify", FaultKind::CutAfter);
        faults.planned[0].times = 1_000;
        scene.world.cloud.borrow_mut().set_faults(faults);
        let run = next_day(&scene);
        scene.world.cloud.borrow_mut().set_faults(Faults::default());
        run
    };
    assert_eq!(first_day.counts.acted, 0, "{first_day:?}");
    let told: BTreeSet<String> = mail(&scene).into_keys().collect();
    assert!(!told.is_empty());
    let mut warned_on = BTreeMap::new();
    for day in 2..=12 {
        let run = next_day(&scene);
        for line in scene.lines(&run) {
            if line.person.fate != Fate::Verified {
                continue;
            }
            let account = line.person.account.0.clone();
            match line.person.acts.as_slice() {
                [Act::Warn] => drop(warned_on.insert(account, day)),
                [Act::Suspend] => {
                    let warned: u32 = *warned_on.get(&account).expect("a warning before");
                    assert!(
                        day >= warned + 7,
                        "{account}: warned on {warned}, taken on {day}"
                    );
                }
                other => panic!("{other:?}"),
            }
        }
    }
    for (account, (messages, repeated)) in mail(&scene) {
        let expected = usize::from(told.contains(&account));
        assert_eq!((messages, repeated), (1 + expected, expected), "{account}");
    }
}

#[test]
fn whoever_two_policies_warn_gets_one_message_a_day() {
    let scene = scene(300, |_| {});
    let mut other = scene.policy.clone();
    other["id"] = json!("other");
    other["name"] = json!("Other");
    scene.order(Command::SavePolicy {
        document: other.to_string(),
        revision: None,
    });
    let next_day = || {
        next_day(&scene);
        for run in scene.runs() {
            if run.state == RunState::Held {
                scene.release(&run.id);
                scene.world.deliver_all();
            }
        }
    };
    next_day();
    let counted = mail(&scene);
    assert!(!counted.is_empty());
    assert!(
        counted.values().all(|count| *count == (1, 0)),
        "{counted:?}"
    );
    let first = counted;
    for _ in 0..2 {
        next_day();
    }
    let counted = mail(&scene);
    let twice = first.keys().all(|account| counted[account] == (2, 0));
    assert!(twice, "{counted:?}");
}

#[test]
fn after_a_pause_over_several_reminders_one_is_sent_and_its_day_is_kept() {
    let stages = json!([
        {"after": "0d", "do": "warn"},
        {"after": "2d", "do": "warn"},
        {"after": "4d", "do": "warn"},
        {"after": "6d", "do": "warn", "template": {"default": "Tomorrow\nHello {name}, {step}, {date}.", "de": "Morgen\n{step}"}},
        {"after": "7d", "do": "suspend"},
    ]);
    let scene = scene_of(stages, 300, |_| {});
    let first = next_day(&scene);
    let warned = with_fate(&scene, &first, Fate::Verified);
    assert!(warned.len() > 2, "{first:?}");
    let clock = scene.world.cloud.borrow().clock().clone();
    clock.advance(Duration::from_secs(7 * 24 * HOUR));
    let reminded = next_day(&scene);
    let again = with_fate(&scene, &reminded, Fate::Verified);
    assert!(again.is_superset(&warned), "{reminded:?}");
    let of_first = |scene: &Scene| {
        let mut counts = mail(scene);
        counts.retain(|account, _| warned.contains(account));
        counts.into_values().collect::<BTreeSet<_>>()
    };
    assert_eq!(of_first(&scene), BTreeSet::from([(2, 0)]));
    let subjects: BTreeSet<String> = {
        let cloud = scene.world.cloud.borrow();
        let inbox = cloud.inbox().iter().rev().take(again.len());
        inbox.map(|mail| mail.subject.clone()).collect()
    };
    assert!(subjects.contains("Tomorrow"), "{subjects:?}");
    let last = next_day(&scene);
    let taken = with_fate(&scene, &last, Fate::Verified);
    assert!(taken.is_superset(&warned), "{last:?}");
    assert_eq!(of_first(&scene), BTreeSet::from([(2, 0)]));
}
