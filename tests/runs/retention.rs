//! What is older than the retention goes, wherever the deletion is killed, and the log that is left verifies.

use std::time::Duration;

use seatkeeper::app::admin::{Anchors, Answer, Command, Errand, LogFilter};
use seatkeeper::app::records::RunState;
use seatkeeper::audit::{LogHead, StoredEntry, verify};
use seatkeeper::model::{AccountId, DAY, Time};
use serde_json::Value;

use crate::anchors::{is_warned, issue, name};
use crate::by_hand::{act_on, if_idle, suspend};
use crate::in_process::Ending;
use crate::scene::Scene;

const RETENTION: u32 = 180;

fn now(scene: &Scene) -> Time {
    Time(scene.world.cloud.borrow().now().timestamp())
}

fn advance(scene: &Scene, hours: u64) {
    let time = Duration::from_secs(hours * 3_600);
    scene.world.cloud.borrow().clock().advance(time);
}

fn tick(scene: &Scene) {
    assert_eq!(scene.world.tick(None), Ending::Value(Ok(())));
}

/// Stops everything and lets it go on: two entries.
fn two_entries(scene: &Scene) {
    for stopped in [true, false] {
        scene.order(Command::SetStopped { stopped });
    }
}

/// A year with a dry run at its beginning and an entry now and then.
fn year() -> Scene {
    let scene = Scene::new(5, 60, |_| {});
    scene.prepare();
    scene.order(Command::StartRun {
        policy: "idle-contractors".into(),
        dry: true,
    });
    scene.world.deliver_all();
    for _ in 0..36 {
        advance(&scene, 240);
        two_entries(&scene);
        tick(&scene);
    }
    scene
}

fn anchors(scene: &Scene) -> Anchors {
    match scene.order(Command::Anchors {}) {
        Answer::Anchors(anchors) => anchors,
        other => panic!("{other:?}"),
    }
}

/// The numbers of the entries that are stored, whether they are part of the log or not.
fn stored(scene: &Scene) -> Vec<u64> {
    let cloud = scene.world.cloud.borrow();
    let entities = cloud.stored().entity("audit", cloud.now());
    let mut seqs: Vec<u64> = entities
        .into_iter()
        .map(|(_, entity)| entity["seq"].as_u64().expect("a number"))
        .collect();
    seqs.sort_unstable();
    seqs
}

fn time_of(stored: &StoredEntry) -> Time {
    let entry: Value = serde_json::from_str(&stored.entry).expect("JSON");
    Time::parse(entry["time"].as_str().expect("a time")).expect("a time")
}

fn keys_about(scene: &Scene, part: &str) -> usize {
    let cloud = scene.world.cloud.borrow();
    let plain = cloud.stored().plain(cloud.now());
    plain.iter().filter(|(key, _)| key.contains(part)).count()
}

/// The schedule comes on so many days: what was cut on one is deleted when the next one's head covers it.
fn days(scene: &Scene, days: u64) {
    for _ in 0..days {
        advance(scene, 24);
        tick(scene);
    }
}

fn retain(scene: &Scene) {
    scene.order(Command::SetRetention {
        days: Some(RETENTION),
    });
}

#[test]
fn what_is_old_goes_and_what_is_left_verifies() {
    let scene = year();
    let before = scene.log();
    let run = scene.stored_runs()[0]["id"]
        .as_str()
        .expect("an id")
        .to_owned();
    assert!(keys_about(&scene, &run) > 0);
    retain(&scene);
    days(&scene, 4);
    // `log` verifies, with the head as anchor.
    let after = scene.log();
    let oldest = now(&scene).plus(-i64::from(RETENTION) * DAY);
    assert!(after[0].seq > 1 && time_of(&after[0]) >= oldest.plus(-5 * DAY));
    let kept = before.iter().filter(|entry| entry.seq >= after[0].seq);
    assert!(kept.zip(&after).all(|(before, after)| before == after));
    assert_eq!(stored(&scene)[0], u64::from(after[0].seq));
    // The checkpoint tells the entry before the first, and the page too.
    let cut = anchors(&scene).cut.expect("a cut");
    let last_cut = &before[usize::try_from(cut.seq).expect("small") - 1];
    assert_eq!((cut.seq + 1, &cut.hash), (after[0].seq, &last_cut.hash));
    // Without its checkpoint the rest would not be a log.
    let without: Vec<StoredEntry> = after
        .iter()
        .take_while(|entry| !entry.entry.contains("\"action\":\"checkpoint\""))
        .cloned()
        .collect();
    assert_eq!(verify(&without, None).first_misfit, Some(after[0].seq));
    // The run went with its plan.
    assert!(scene.stored_runs().is_empty());
    assert_eq!(keys_about(&scene, &run), 0);
    assert!(
        after
            .iter()
            .any(|entry| entry.entry.contains("deleted with their plans: 1"))
    );
    // A day later a little more goes.
    advance(&scene, 24 * 30);
    tick(&scene);
    advance(&scene, 1);
    tick(&scene);
    assert!(scene.log()[0].seq > after[0].seq);
}

#[test]
fn a_cut_that_is_killed_anywhere_leaves_a_log_that_verifies() {
    let scene = year();
    retain(&scene);
    advance(&scene, 1);
    let mut killed = 0;
    for awaits in (1..).step_by(3) {
        let copy = scene.copy();
        let ended = copy.world.tick(Some(awaits));
        // Whatever was done so far: what is left is a log.
        copy.log();
        if ended != Ending::Killed {
            break;
        }
        killed += 1;
        // The schedule comes again, and everything is as if nothing had happened.
        days(&copy, 4);
        let log = copy.log();
        assert!(log[0].seq > 1, "killed at {awaits}");
        assert_eq!(
            stored(&copy)[0],
            u64::from(log[0].seq),
            "killed at {awaits}"
        );
        assert!(copy.stored_runs().is_empty(), "killed at {awaits}");
        let checkpoints = log
            .iter()
            .filter(|entry| entry.entry.contains("\"action\":\"checkpoint\""));
        assert_eq!(checkpoints.count(), 1, "killed at {awaits}");
    }
    assert!(killed > 20, "{killed}");
}

/// The number of the newest checkpoint.
fn checkpoint(scene: &Scene) -> u32 {
    let log = scene.log();
    let mut entries = log.iter().rev();
    let found = entries.find(|entry| entry.entry.contains("\"action\":\"checkpoint\""));
    found.expect("a checkpoint").seq
}

/// A year of which the oldest part was just cut, and nothing deleted.
fn cut() -> Scene {
    let scene = year();
    retain(&scene);
    advance(&scene, 24);
    tick(&scene);
    assert!(anchors(&scene).cut.is_some());
    assert_eq!(stored(&scene)[0], 1);
    scene
}

#[test]
fn nothing_is_deleted_before_a_head_covers_the_checkpoint_wherever_a_kill_comes() {
    let scene = cut();
    // The day's head was noted before.
    tick(&scene);
    advance(&scene, 1);
    tick(&scene);
    assert_eq!(stored(&scene)[0], 1);
    advance(&scene, 23);
    let checkpoint = checkpoint(&scene);
    let mut both = [0, 0];
    for awaits in (1..).step_by(2) {
        let copy = scene.copy();
        let ended = copy.world.tick(Some(awaits));
        let is_covered = anchors(&copy).anchors.last().expect("a head").seq >= checkpoint;
        let is_deleted = stored(&copy)[0] > 1;
        assert!(is_covered || !is_deleted, "killed at {awaits}");
        both[usize::from(is_covered)] += 1;
        if ended != Ending::Killed {
            assert!(is_deleted);
            break;
        }
    }
    assert!(both.iter().all(|kills| *kills > 5), "{both:?}");
}

#[test]
fn where_heads_go_to_an_issue_nothing_is_deleted_before_they_are_there() {
    let scene = year();
    name(&scene, "NOWHERE-1");
    retain(&scene);
    days(&scene, 3);
    assert!(anchors(&scene).cut.is_some() && is_warned(&scene));
    assert_eq!(stored(&scene)[0], 1);
    let issue = issue(&scene);
    name(&scene, &issue);
    advance(&scene, 1);
    tick(&scene);
    assert_eq!(stored(&scene)[0], u64::from(scene.log()[0].seq));
}

#[test]
fn nothing_goes_without_the_setting_and_no_setting_is_too_short() {
    let scene = year();
    advance(&scene, 1);
    tick(&scene);
    assert_eq!(stored(&scene)[0], 1);
    assert_eq!(anchors(&scene).cut, None);
    for days in [0, 179, 100_000] {
        let refusal = scene.refused(&scene.first, Command::SetRetention { days: Some(days) });
        assert_eq!(refusal.code, "invalid");
    }
}

#[test]
fn the_head_of_each_day_is_noted_once() {
    let scene = year();
    let log = scene.log();
    let anchors = anchors(&scene).anchors;
    // The year's ticks came on 36 days, and those of the beginning's jobs on none.
    assert_eq!(anchors.len(), 36);
    for anchor in anchors {
        let place = LogHead {
            seq: anchor.seq,
            hash: anchor.hash,
        };
        assert!(verify(&log, Some(place)).valid, "{}", anchor.day);
    }
}

#[test]
fn a_filter_agrees_in_everything_that_it_names() {
    let scene = year();
    scene.wait_for_queries();
    let all = scene.log();
    let found = |filter: LogFilter| {
        let (mut found, mut cursor) = (Vec::new(), None);
        loop {
            let command = Command::Log {
                filter: Some(filter.clone()),
                cursor,
            };
            let Answer::Log(page) = scene.order(command) else {
                panic!("no log")
            };
            found.extend(page.entries);
            cursor = page.cursor;
            if cursor.is_none() {
                found.reverse();
                return found;
            }
        }
    };
    let expected = |agrees: &dyn Fn(&Value, Time) -> bool| -> Vec<StoredEntry> {
        let entries = all.iter().filter(|stored| {
            let entry = serde_json::from_str(&stored.entry).expect("JSON");
            agrees(&entry, time_of(stored))
        });
        entries.cloned().collect()
    };
    let actor = format!("person:{}", scene.first);
    let (from, to) = (now(&scene).plus(-100 * DAY), now(&scene).plus(-20 * DAY));
    let whole = LogFilter::default();
    assert_eq!(found(whole.clone()), all);
    let period = LogFilter {
        from: Some(from),
        to: Some(to),
        ..whole.clone()
    };
    let in_period = |time: Time| from <= time && time <= to;
    let some = expected(&|_, time| in_period(time));
    assert!(some.len() > 10 && some.len() < all.len());
    assert_eq!(found(period.clone()), some);
    let stops = LogFilter {
        action: Some("set-stopped".into()),
        actor: Some(actor.clone()),
        outcome: Some("done".into()),
        ..period
    };
    let expected_stops = expected(&|entry, time| {
        in_period(time)
            && entry["action"] == "set-stopped"
            && entry["actor"] == actor.as_str()
            && entry["outcome"] == "done"
    });
    assert!(!expected_stops.is_empty());
    assert_eq!(found(stops.clone()), expected_stops);
    let nobody = LogFilter {
        subject: Some("nobody".into()),
        ..stops
    };
    assert!(found(nobody).is_empty());
}

#[test]
fn a_run_by_hand_goes_with_whom_it_named() {
    let scene = Scene::new(6, 60, |_| {});
    scene.prepare();
    let account = scene.world.cloud.borrow().organization().people.ordinary[0].clone();
    scene.order(Command::ActOn {
        people: vec![AccountId(account)],
        errand: Errand::SetEmail {
            emails: vec![String::from("mia@globex.example")],
        },
        idle: None,
        even_if_active: false,
        dry: true,
        reason: String::from("married"),
    });
    scene.world.deliver_all();
    let book = |scene: &Scene| {
        let cloud = scene.world.cloud.borrow();
        let plain = cloud.stored().plain(cloud.now());
        let book = plain.iter().find(|(key, _)| key == "chosen-addresses");
        book.expect("the list").1.as_array().expect("a list").len()
    };
    // The policy's text, and whom it means.
    assert_eq!((keys_about(&scene, ":by-hand-"), book(&scene)), (2, 1));
    retain(&scene);
    advance(&scene, 200 * 24);
    for _ in 0..3 {
        advance(&scene, 1);
        tick(&scene);
    }
    assert!(scene.stored_runs().is_empty());
    assert_eq!((keys_about(&scene, ":by-hand-"), book(&scene)), (0, 0));
}

/// A younger run that takes one back rests on whom that meant, and shows it.
#[test]
fn whom_a_run_by_hand_named_stays_as_long_as_a_run_that_takes_it_back() {
    let scene = Scene::new(6, 60, |_| {});
    scene.prepare();
    let idle = scene.started("idle-contractors", true);
    let person = scene.planned(&idle).swap_remove(0);
    scene.order(if_idle(act_on(&[person], suspend()), "90d"));
    scene.world.deliver_all();
    let run = scene.runs().remove(0);
    let approve = Command::ApproveRun {
        run: run.id.clone(),
        reason: String::from("asked around"),
        hold_out: Vec::new(),
    };
    let approved = scene.world.command(&scene.second, approve);
    approved.expect("an approval");
    scene.world.deliver_all();
    let run = scene.run(&run.id);
    assert_eq!(run.state, RunState::Done, "{run:?}");
    advance(&scene, 100 * 24);
    tick(&scene);
    scene.world.deliver_all();
    let undo = scene.undone(&run);
    retain(&scene);
    for (days, runs, kept) in [(100, 1, 2), (100, 0, 0)] {
        advance(&scene, days * 24);
        for _ in 0..3 {
            advance(&scene, 1);
            tick(&scene);
        }
        let stored = scene.stored_runs();
        assert_eq!(stored.len(), runs, "{stored:?}");
        assert_eq!(keys_about(&scene, ":by-hand-"), kept);
        if runs > 0 {
            scene.lines(&undo);
        }
    }
}
