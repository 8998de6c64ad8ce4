//! What others do to people while the app looks on: it is shown, and whoever they restore is left alone.

use std::time::Duration;

use cloud::organization::Standing;
use seatkeeper::app::admin::{Answer, Command, NamedChange};
use seatkeeper::app::records::{ForeignAct, Run, RunState};

use crate::scene::{Scene, USERS};

pub fn pass(scene: &Scene, hours: u64) {
    let time = Duration::from_secs(hours * 3_600);
    scene.world.cloud.borrow().clock().advance(time);
}

fn start(scene: &Scene, dry: bool) -> Run {
    scene.started("idle-contractors", dry)
}

/// A run that was released and is done, and whom it acted on.
fn released(scene: &Scene) -> (Run, Vec<String>) {
    let held = start(scene, false);
    scene.release(&held.id);
    scene.world.deliver_all();
    let run = scene.run(&held.id);
    assert_eq!(run.state, RunState::Done, "{run:?}");
    let acted = scene.verified(&run);
    (run, acted)
}

/// People whom the policy would suspend.
fn meant(scene: &Scene) -> Vec<String> {
    scene.planned(&start(scene, true))
}

/// Reads the organization anew.
pub fn read(scene: &Scene) {
    pass(scene, 25);
    scene.order(Command::StartSync {});
    scene.world.deliver_all();
}

pub fn unexplained(scene: &Scene) -> Vec<NamedChange> {
    match scene.order(Command::UnexplainedChanges {}) {
        Answer::Unexplained(list) => list.changes,
        other => panic!("{other:?}"),
    }
}

fn codes(scene: &Scene) -> Vec<String> {
    match scene.order(Command::Overview {}) {
        Answer::Overview(overview) => {
            let warnings = overview.health.warnings.into_iter();
            warnings.map(|found| found.code).collect()
        }
        other => panic!("{other:?}"),
    }
}

pub fn set(scene: &Scene, account: &str, standing: Standing) {
    let mut cloud = scene.world.cloud.borrow_mut();
    cloud.set_standing(account, standing).expect("a person");
}

fn is_suspended(scene: &Scene, account: &str) -> bool {
    let users = scene.world.cloud.borrow().dump_users();
    users
        .iter()
        .any(|user| user["accountId"] == account && user["status"] == "suspended")
}

#[test]
fn what_others_do_is_shown_and_what_we_do_is_not() {
    let scene = Scene::new(1, USERS, |_| {});
    scene.prepare();
    let matching = meant(&scene);
    let [restored, suspended, ..] = matching.as_slice() else {
        panic!("nobody matches")
    };
    set(&scene, restored, Standing::Suspended);
    read(&scene);
    set(&scene, restored, Standing::Active);
    set(&scene, suspended, Standing::Suspended);
    read(&scene);
    let found = unexplained(&scene);
    let acts: Vec<(&str, ForeignAct)> = found
        .iter()
        .map(|named| (named.change.account.0.as_str(), named.change.act))
        .collect();
    assert_eq!(acts.len(), 3, "{acts:?}");
    // Newest first; the first reading saw the suspension that the second one's restoration undid.
    assert!(acts[..2].contains(&(restored, ForeignAct::Restored)));
    assert!(acts[..2].contains(&(suspended, ForeignAct::Suspended)));
    assert_eq!(acts[2], (restored.as_str(), ForeignAct::Suspended));
    assert!(found.iter().all(|named| named.name.is_some()));
    assert!(found[0].change.after < found[0].change.before);
    assert!(codes(&scene).contains(&String::from("unexplained-changes")));
    assert!(!codes(&scene).contains(&String::from("other-installation")));

    // Our own run leaves the restored person alone, and what it does is explained.
    let held = start(&scene, false);
    assert_eq!(held.state, RunState::Held, "{held:?}");
    let protected = scene.protected();
    let reason = protected.iter().find(|(account, _)| account == restored);
    let reason = &reason.expect("a protection").1;
    assert!(
        reason.starts_with("restored by somebody else on 2026-11-"),
        "{reason}"
    );
    scene.release(&held.id);
    scene.world.deliver_all();
    let done = scene.run(&held.id);
    assert_eq!(done.state, RunState::Done, "{done:?}");
    assert!(done.counts.verified > 5, "{:?}", done.counts);
    assert!(!is_suspended(&scene, restored));
    read(&scene);
    assert_eq!(unexplained(&scene).len(), 3);

    // After 30 days nobody is left alone any more, and nothing is worth a warning.
    pass(&scene, 30 * 24);
    assert!(
        !scene
            .protected()
            .iter()
            .any(|(account, _)| account == restored)
    );
    assert!(!codes(&scene).contains(&String::from("unexplained-changes")));
    // Whoever undoes what our run did is somebody else too.
    let ours = planned_before(&matching, restored, suspended);
    set(&scene, &ours, Standing::Active);
    read(&scene);
    let newest = &unexplained(&scene)[0].change;
    assert_eq!(
        (newest.account.0.as_str(), newest.act),
        (ours.as_str(), ForeignAct::Restored)
    );
}

/// Somebody else of those who matched, whom our run has suspended.
fn planned_before(matching: &[String], restored: &str, suspended: &str) -> String {
    let mut others = matching
        .iter()
        .filter(|account| *account != restored && *account != suspended);
    others.next().expect("somebody").clone()
}

#[test]
fn a_person_restored_while_a_plan_waits_is_left_alone_by_it() {
    let scene = Scene::new(2, USERS, |_| {});
    scene.prepare();
    let matching = meant(&scene);
    let restored = &matching[0];
    set(&scene, restored, Standing::Suspended);
    read(&scene);
    set(&scene, restored, Standing::Active);
    // This plan is made before anybody has seen the restoration, on a reading of its own that sees it.
    pass(&scene, 2);
    let held = start(&scene, false);
    assert_eq!(held.state, RunState::Held);
    scene.release(&held.id);
    scene.world.deliver_all();
    assert_eq!(scene.run(&held.id).state, RunState::Done);
    assert!(!is_suspended(&scene, restored));
}

/// Neither the reading before nor the one after shows that they were suspended in between.
#[test]
fn whoever_is_restored_before_the_next_reading_is_left_alone_too() {
    let scene = Scene::new(5, USERS, |_| {});
    scene.prepare();
    let (_, acted) = released(&scene);
    let restored = acted.first().expect("somebody was suspended").clone();
    assert!(is_suspended(&scene, &restored));
    set(&scene, &restored, Standing::Active);
    read(&scene);
    read(&scene);
    let found = unexplained(&scene);
    let found: Vec<_> = found
        .iter()
        .map(|named| (named.change.account.0.as_str(), named.change.act))
        .collect();
    assert_eq!(found, [(restored.as_str(), ForeignAct::Restored)]);
    let again = start(&scene, true);
    let line = scene.lines(&again).into_iter();
    let mut line = line.filter(|line| line.person.account.0 == restored);
    let reason = line.next().expect("their line").person.reason;
    assert!(reason.starts_with("restored by somebody else"), "{reason}");
}

#[test]
fn many_suspensions_by_others_look_like_another_installation() {
    let scene = Scene::new(3, USERS, |_| {});
    scene.prepare();
    let matching = meant(&scene);
    for account in &matching[..10] {
        set(&scene, account, Standing::Suspended);
    }
    read(&scene);
    assert_eq!(unexplained(&scene).len(), 10);
    assert!(codes(&scene).contains(&String::from("other-installation")));
}

#[test]
fn however_many_are_restored_nobody_of_them_is_forgotten() {
    let scene = Scene::new(4, 3_000, |_| {});
    scene.prepare();
    start(&scene, true);
    let people: Vec<String> = {
        let users = scene.world.cloud.borrow().dump_users();
        let kept = users.iter().filter(|user| {
            let is_active = user["status"] == "active";
            is_active && user["platformRoles"].as_array().is_some_and(Vec::is_empty)
        });
        let ids = kept.map(|user| user["accountId"].as_str().expect("an id").to_owned());
        ids.take(2_500).collect()
    };
    let everybody = |standing| {
        for account in &people {
            set(&scene, account, standing);
        }
        read(&scene);
    };
    everybody(Standing::Suspended);
    everybody(Standing::Active);
    // More than are kept to be shown, and more than one value holds.
    assert_eq!(unexplained(&scene).len(), 1_000);
    let left_alone = || {
        let protected = scene.protected().into_iter();
        let restored = protected.filter(|(_, reason)| reason.starts_with("restored by"));
        let mut people: Vec<String> = restored.map(|(account, _)| account).collect();
        people.sort();
        people
    };
    let all = left_alone();
    // Somebody may be exempt, or not listed as active or suspended at all; everybody else is among them.
    assert!(all.len() > 2_300, "{}", all.len());
    // One more restoration writes them all anew.
    set(&scene, &all[0], Standing::Suspended);
    read(&scene);
    set(&scene, &all[0], Standing::Active);
    read(&scene);
    assert_eq!(left_alone(), all);
}

/// How they stand now looks like what our run did, and is not.
#[test]
fn whom_others_restored_and_suspended_again_an_undo_leaves_as_they_are() {
    let scene = Scene::new(6, USERS, |_| {});
    scene.prepare();
    let (run, acted) = released(&scene);
    let [theirs, ours, ..] = acted.as_slice() else {
        panic!("nobody was suspended")
    };
    set(&scene, theirs, Standing::Active);
    read(&scene);
    set(&scene, theirs, Standing::Suspended);
    let undo = scene.undone(&run);
    assert_eq!(undo.state, RunState::Done, "{undo:?}");
    assert!(is_suspended(&scene, theirs));
    assert!(!is_suspended(&scene, ours));
    let lines = scene.lines(&undo).into_iter();
    let mut lines = lines.filter(|line| line.person.account.0 == *theirs);
    let reason = lines.next().expect("their line").person.reason;
    assert!(reason.starts_with("somebody changed it since"), "{reason}");
}

/// The run's own reading showed that it was taken back: what is done to them later is not the run's doing, whatever no reading
/// in between tells.
#[test]
fn whom_others_restored_before_it_was_seen_an_undo_leaves_as_they_are() {
    let scene = Scene::new(6, USERS, |_| {});
    scene.prepare();
    let held = start(&scene, false);
    let theirs = scene.planned(&held).swap_remove(0);
    let restored = theirs.clone();
    let mut cloud = scene.world.cloud.borrow_mut();
    cloud.after_calls("users.suspend", 0, |cloud| {
        cloud.after_calls("users.search", 0, move |cloud| {
            let known = cloud.set_standing(&restored, Standing::Active);
            known.expect("a person");
        });
    });
    drop(cloud);
    scene.release(&held.id);
    scene.world.deliver_all();
    let run = scene.run(&held.id);
    assert_eq!(run.state, RunState::DoneWithFailures, "{run:?}");
    set(&scene, &theirs, Standing::Suspended);
    let undo = scene.undone(&run);
    assert_eq!(undo.state, RunState::Done, "{undo:?}");
    assert!(is_suspended(&scene, &theirs));
}
