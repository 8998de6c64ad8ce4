//! Whoever gets an access back is told so, once (docs/decisions/0013).

use std::collections::BTreeMap;
use std::time::Duration;

use cloud::faults::{FaultKind, Faults};
use seatkeeper::app::LinkOutput;
use seatkeeper::app::admin::Command;
use seatkeeper::app::records::{GiveBack, Notices, Run, RunState};
use seatkeeper::plan::Fate;
use serde_json::{Value, json};

use crate::foreign::pass;
use crate::give_back::{self, asked_for, is_active, lost, press, words};
use crate::in_process::Kills;
use crate::scene::{Scene, USERS};
use crate::warnings::next_day;

const SUBJECT: &str = "You have your access back";

fn tell(scene: &Scene, tell_restored: bool) {
    scene.order(Command::SetNotices {
        notices: Some(Notices {
            tell_restored,
            ..words(Some(GiveBack::Restore))
        }),
    });
}

/// A scene in which a run suspended people, and one that takes it back whole is over.
fn undone(configure: impl FnOnce(&Scene)) -> (Scene, Run) {
    let scene = Scene::new(1, USERS, |_| {});
    scene.prepare();
    scene.world.cloud.borrow_mut().make_issue("LIFE", "Seats");
    configure(&scene);
    let held = scene.started("idle-contractors", false);
    scene.release(&held.id);
    scene.world.deliver_all();
    let undo = scene.undone(&held);
    assert_eq!(undo.state, RunState::Done, "{undo:?}");
    (scene, undo)
}

fn restored(scene: &Scene, undo: &Run) -> Vec<String> {
    let lines = scene.lines(undo).into_iter();
    let back = lines.filter(|line| line.person.fate == Fate::Verified);
    back.map(|line| line.person.account.0).collect()
}

/// How many such messages each person got.
fn told(scene: &Scene) -> BTreeMap<String, usize> {
    let mut told = BTreeMap::new();
    for mail in scene.world.cloud.borrow().inbox() {
        if mail.subject == SUBJECT {
            *told.entry(mail.account_id.clone()).or_default() += 1;
        }
    }
    told
}

fn some_ticks(scene: &Scene) {
    ticks(scene, 30);
}

fn ticks(scene: &Scene, count: u32) {
    for _ in 0..count {
        let clock = scene.world.cloud.borrow().clock().clone();
        clock.advance(Duration::from_secs(300));
        scene.world.tick(None);
        scene.world.deliver_all();
    }
}

/// Of each person, how many outcomes follow the intents, by their names.
fn outcomes(scene: &Scene) -> (BTreeMap<String, usize>, BTreeMap<String, Vec<String>>) {
    let (mut intents, mut outcomes) = (BTreeMap::new(), BTreeMap::<_, Vec<String>>::new());
    for entry in give_back::entries(scene, "tell-restored") {
        let entry: Value = serde_json::from_str(&entry).expect("an entry");
        let outcome = entry["outcome"].as_str().expect("an outcome").to_owned();
        if outcome == "intent" {
            for subject in entry["subjects"].as_array().expect("people") {
                let subject = subject.as_str().expect("an account").to_owned();
                *intents.entry(subject).or_default() += 1;
            }
        } else {
            let subject = entry["subject"].as_str().expect("a person").to_owned();
            outcomes.entry(subject).or_default().push(outcome);
        }
    }
    (intents, outcomes)
}

fn in_own_words(own: &[(&str, &str)]) -> Command {
    let own = own.iter();
    Command::SetNotices {
        notices: Some(Notices {
            tell_restored: true,
            restored_words: own
                .map(|(language, text)| ((*language).to_owned(), (*text).to_owned()))
                .collect(),
            ..words(Some(GiveBack::Restore))
        }),
    }
}

#[test]
fn whoever_has_own_words_for_it_tells_it_in_them() {
    let (scene, undo) = undone(|scene| {
        scene.order(in_own_words(&[(
            "default",
            "Welcome back, {name}\nBy {policy}",
        )]));
    });
    some_ticks(&scene);
    let back = restored(&scene, &undo);
    let cloud = scene.world.cloud.borrow();
    let mails: Vec<_> = cloud
        .inbox()
        .iter()
        .filter(|mail| mail.subject.starts_with("Welcome back, "))
        .collect();
    assert_eq!(mails.len(), back.len());
    for mail in mails {
        assert!(!mail.subject.contains('{'), "{mail:?}");
        assert_eq!(
            mail.text.as_deref(),
            Some("By Idle contractors"),
            "{mail:?}"
        );
    }
}

#[test]
fn own_words_that_could_not_be_sent_are_not_stored() {
    let scene = Scene::new(1, USERS, |_| {});
    scene.prepare();
    scene.world.cloud.borrow_mut().make_issue("LIFE", "Seats");
    let long = format!("Back\n{}", "a".repeat(1_996));
    for (own, why) in [
        (vec![("default", "Back\nHello {name}")], None),
        (vec![("default", long.get(..2_000).expect("a text"))], None),
        (vec![("de", "Zurück\nHallo")], Some("`default`")),
        (
            vec![("default", "Back\nHello"), ("Deutsch", "Zurück\nHallo")],
            Some("`default`"),
        ),
        (vec![("default", "Back")], Some("the subject")),
        (vec![("default", "\nHello")], Some("the subject")),
        (vec![("default", "Back\n{keepLink}")], Some("{contact}")),
        (vec![("default", long.as_str())], Some("2,000 bytes")),
    ] {
        let order = in_own_words(&own);
        match why {
            None => drop(scene.order(order)),
            Some(why) => {
                let refusal = scene.refused(&scene.first, order);
                assert!(refusal.message.contains(why), "{own:?}: {refusal:?}");
            }
        }
    }
}

#[test]
fn everybody_to_whom_an_undo_gave_something_is_told_once_and_nobody_else() {
    let (scene, undo) = undone(|scene| tell(scene, true));
    let back = restored(&scene, &undo);
    assert!(back.len() > 20, "more than one part: {}", back.len());
    assert_eq!(told(&scene), BTreeMap::new(), "not by the run itself");
    some_ticks(&scene);
    let expected: BTreeMap<String, usize> = back.iter().map(|one| (one.clone(), 1)).collect();
    assert_eq!(told(&scene), expected);
    let (intents, outcomes) = outcomes(&scene);
    assert_eq!(intents, expected);
    assert!(
        outcomes.values().all(|those| *those == ["done"]),
        "{outcomes:?}"
    );
    assert_eq!(outcomes.len(), expected.len());
}

#[test]
fn nobody_is_told_where_nobody_wants_it_or_it_comes_too_late() {
    let (scene, _) = undone(|scene| tell(scene, false));
    some_ticks(&scene);
    assert_eq!(told(&scene), BTreeMap::new());

    let (scene, _) = undone(|scene| tell(scene, true));
    let unwanted = scene.copy();
    tell(&unwanted, false);
    some_ticks(&unwanted);
    assert_eq!(told(&unwanted), BTreeMap::new(), "changed since");
    pass(&scene, 25);
    some_ticks(&scene);
    assert_eq!(told(&scene), BTreeMap::new(), "a day later");
}

#[test]
fn a_pause_of_jira_puts_it_off_and_kills_double_nothing() {
    let (first, undo) = undone(|scene| tell(scene, true));
    let back = restored(&first, &undo);

    let scene = first.copy();
    let mut faults = Faults::planned("jira.issue.notify", FaultKind::TooManyRequests);
    faults.planned[0].times = 3;
    scene.world.cloud.borrow_mut().set_faults(faults);
    some_ticks(&scene);
    let expected: BTreeMap<String, usize> = back.iter().map(|one| (one.clone(), 1)).collect();
    assert_eq!(told(&scene), expected);
    let (intents, ended) = outcomes(&scene);
    assert!(intents.values().any(|count| *count > 1), "put off");
    for (account, count) in &intents {
        assert_eq!(ended[account].len(), *count, "{account}");
    }

    let mut survived = 0;
    for awaits in (1..).step_by(3) {
        let scene = first.copy();
        scene.world.kills.set(Kills::AtAwait(awaits));
        ticks(&scene, 8);
        let (intents, ended) = outcomes(&scene);
        let told = told(&scene);
        for account in &back {
            let messages = told.get(account).copied().unwrap_or_default();
            assert!(messages <= 1, "{awaits}: {account}: {messages}");
            let last = ended[account].last().map(String::as_str);
            assert_eq!(
                ended[account].len(),
                intents[account],
                "{awaits}: {account}"
            );
            assert!(
                messages == 1 || last == Some("failed"),
                "{awaits}: {account}: {last:?}"
            );
        }
        if scene.world.killed.get() == 0 {
            break;
        }
        survived = awaits;
    }
    assert!(survived > 40, "{survived}");
}

#[test]
fn what_comes_back_stage_by_stage_is_told_once() {
    let removed = json!({"after": "7d", "do": "removeAccess"});
    let stages = [removed, json!({"after": "9d", "do": "suspend"})];
    let scene = give_back::scene(&stages, GiveBack::Restore);
    tell(&scene, true);
    let (account, token) = lost(&scene);
    while is_active(&scene, &account) {
        next_day(&scene);
    }
    assert_eq!(press(&scene, &token), LinkOutput::Restoring);
    // The schedule fires right after the first of the two runs.
    let mut fired = 0;
    scene.world.deliver_each(|| {
        let is_over = |run: &Run| run.state.is_over();
        if fired < 3 && asked_for(&scene).first().is_some_and(is_over) {
            scene.world.tick(None);
            fired += 1;
        }
    });
    assert_eq!((asked_for(&scene).len(), fired), (2, 3));
    some_ticks(&scene);
    assert_eq!(told(&scene), BTreeMap::from([(account, 1)]));
}
