//! When actions may not rest on a snapshot, at the exact boundary, and what that holds back.

use cloud::faults::{FaultKind, Faults};
use cloud::organization::{Missing, Seen};
use seatkeeper::app::admin::{Answer, Command};
use seatkeeper::app::records::{CoverageLimits, Run, RunState, Share, SuspicionCode};
use seatkeeper::plan::GuardCode;
use serde_json::{Value, json};

use super::{enable_idle_policy, one_directory, pass_hours, read, shown, suspicions, tick};
use crate::scene::Scene;

/// Atlassian says that there are so many people, whoever is listed.
fn count(scene: &Scene, people: u32) {
    let answer = cloud::Response::json(200, &json!({ "count": people }));
    let mut staged = scene.world.staged.borrow_mut();
    staged.retain(|(end, _)| end != "/users/count");
    staged.push((String::from("/users/count"), answer));
}

fn set_limits(scene: &Scene, change: impl FnOnce(&mut CoverageLimits)) {
    let mut limits = CoverageLimits::default();
    change(&mut limits);
    scene.order(Command::SetCoverageLimits { limits });
}

#[test]
fn fewer_people_than_atlassian_counts_are_suspect_below_99_percent_exactly() {
    let scene = one_directory(71, 300);
    read(&scene);
    let listed = shown(&scene).users;
    assert_eq!(suspicions(&scene), []);
    let most = listed * 100 / 99;
    for (counted, expected) in [
        (most, &[][..]),
        (most + 1, &[SuspicionCode::Users]),
        // More than are counted: the count is a moment older than the listing.
        (listed - 1, &[]),
    ] {
        count(&scene, counted);
        pass_hours(&scene, 1);
        read(&scene);
        assert_eq!(suspicions(&scene), expected, "{listed} of {counted}");
        let directory = &shown(&scene).coverage.directories[0];
        assert_eq!(
            (directory.listed, directory.counted),
            (listed, Some(counted))
        );
    }
    count(&scene, most + 1);
    pass_hours(&scene, 1);
    read(&scene);
    let text = &shown(&scene).suspicions[0].text;
    assert!(
        text.contains(&format!("{listed} of {} people", most + 1)),
        "{text}"
    );
    let read_before = shown(&scene).taken;
    set_limits(&scene, |limits| limits.users_percent = 98);
    tick(&scene);
    assert_eq!(suspicions(&scene), []);
    assert_eq!(shown(&scene).taken, read_before, "nothing was read again");
}

#[test]
fn an_activity_that_decides_and_is_not_known_is_suspect_below_the_limit_exactly() {
    let scene = Scene::new(72, 300, |options| {
        options.switches.never_used = cloud::switches::NeverUsed::WithoutTimestamp;
    });
    enable_idle_policy(&scene);
    let mut faults = Faults::planned("users.lastActiveDates", FaultKind::Forbidden);
    faults.planned[0].times = u32::MAX;
    scene.world.cloud.borrow_mut().set_faults(faults);
    read(&scene);
    let Share { part, of } = shown(&scene).coverage.deciding;
    let percent = part * 100 / of;
    assert!(part > 0 && (50..95).contains(&percent), "{part} of {of}");
    assert_eq!(suspicions(&scene), [SuspicionCode::Activity]);
    for (limit, expected) in [
        (percent, &[][..]),
        (percent + 1, &[SuspicionCode::Activity]),
    ] {
        set_limits(&scene, |limits| limits.activity_percent = limit);
        tick(&scene);
        assert_eq!(suspicions(&scene), expected, "{part} of {of}, {limit} %");
    }
}

/// An organization of a hundred people who used everything yesterday.
pub fn hundred(seed: u64) -> (Scene, Vec<String>) {
    let scene = one_directory(seed, 300);
    let mut chosen = Vec::new();
    let ids: Vec<String> = {
        let cloud = scene.world.cloud.borrow();
        let users = cloud.organization().users.iter();
        users.map(|user| user.account_id.clone()).collect()
    };
    for id in ids {
        let mut cloud = scene.world.cloud.borrow_mut();
        let now = cloud.now();
        let user = cloud.organization().user(&id).expect("a user");
        let is_active = user.status(now) == cloud::organization::Status::Active;
        let takes_part = is_active && !user.accesses.is_empty() && chosen.len() < 100;
        let yesterday = Seen::with_digits(now - chrono::TimeDelta::days(1), 3);
        let change = |user: &mut cloud::organization::User| {
            user.missing = Missing::default();
            if takes_part {
                for access in &mut user.accesses {
                    access.seen = Some(yesterday);
                }
            } else {
                user.accesses.clear();
            }
        };
        cloud.change_user(&id, change).expect("a user");
        if takes_part {
            chosen.push(id);
        }
    }
    assert_eq!(chosen.len(), 100);
    (scene, chosen)
}

/// People who were not seen for forty days.
pub fn stay_away(scene: &Scene, people: &[String]) {
    let mut cloud = scene.world.cloud.borrow_mut();
    let long_ago = Seen::with_digits(cloud.now() - chrono::TimeDelta::days(40), 3);
    for person in people {
        let change = |user: &mut cloud::organization::User| {
            for access in &mut user.accesses {
                access.seen = Some(long_ago);
            }
        };
        cloud.change_user(person, change).expect("a person");
    }
}

/// Reads a day later; answers how many people are idle, of how many.
pub fn read_later(scene: &Scene) -> (u32, u32) {
    pass_hours(scene, 24);
    read(scene);
    let idle = shown(scene).coverage.idle;
    (idle.part, idle.of)
}

#[test]
fn idle_people_jump_above_ten_points_and_not_at_ten() {
    let (scene, people) = hundred(73);
    assert_eq!(read_later(&scene), (0, 100));
    stay_away(&scene, &people[..10]);
    assert_eq!(read_later(&scene), (10, 100));
    assert_eq!(suspicions(&scene), [], "ten points are allowed");
    // Twenty of ninety-nine are a fifth of a point more than ten above ten of a hundred.
    stay_away(&scene, &people[..20]);
    let gone = people[99].clone();
    let leave = |user: &mut cloud::organization::User| user.accesses.clear();
    scene
        .world
        .cloud
        .borrow_mut()
        .change_user(&gone, leave)
        .expect("a person");
    assert_eq!(read_later(&scene), (20, 99));
    assert_eq!(suspicions(&scene), [SuspicionCode::Jump]);
    // A suspect reading is nothing to compare with: the next one is as far from the one before it.
    assert_eq!(read_later(&scene), (20, 99));
    assert_eq!(suspicions(&scene), [SuspicionCode::Jump]);
    set_limits(&scene, |limits| limits.jump_points = 11);
    tick(&scene);
    assert_eq!(suspicions(&scene), []);
    set_limits(&scene, |limits| limits.jump_points = 10);
    tick(&scene);
    assert_eq!(
        suspicions(&scene),
        [SuspicionCode::Jump],
        "compared with itself"
    );
    // Fewer idle people are no jump.
    stay_away(&scene, &[]);
    let back = Seen::with_digits(scene.world.cloud.borrow().now(), 3);
    for person in &people[..20] {
        let come_back = |user: &mut cloud::organization::User| {
            user.accesses
                .iter_mut()
                .for_each(|access| access.seen = Some(back));
        };
        scene
            .world
            .cloud
            .borrow_mut()
            .change_user(person, come_back)
            .expect("a person");
    }
    assert_eq!(read_later(&scene), (0, 99));
    assert_eq!(suspicions(&scene), []);
}

pub fn start(scene: &Scene, dry: bool) -> Run {
    let started = scene.order(Command::StartRun {
        policy: "idle-contractors".into(),
        dry,
    });
    let Answer::Run(run) = started else {
        panic!("{started:?}")
    };
    scene.world.deliver_all();
    scene.run(&run.id)
}

fn is_held_as_suspect(run: &Run) -> bool {
    let mut guards = run.guards.iter();
    guards.any(|guard| guard.code == GuardCode::SuspectSnapshot)
}

#[test]
fn a_run_on_a_suspect_snapshot_waits_for_ever_and_a_dry_run_goes() {
    let scene = Scene::new(74, 300, |_| {});
    scene.prepare();
    count(&scene, 400);
    read(&scene);
    let before = scene.world.cloud.borrow().dump_users();
    let preview = start(&scene, true);
    assert_eq!(preview.state, RunState::Previewed, "{preview:?}");
    assert!(preview.counts.planned > 0);
    let held = start(&scene, false);
    assert_eq!(held.state, RunState::Held);
    assert!(is_held_as_suspect(&held), "{:?}", held.guards);
    let release = Command::ReleaseRun {
        run: held.id.clone(),
        reason: "looked at the plan".into(),
    };
    let refusal = scene.refused(&scene.second, release);
    assert_eq!(refusal.code, "wrong-state");
    assert!(refusal.message.contains("suspect"), "{}", refusal.message);
    // People who were not listed cannot be accepted.
    let accept = Command::AcceptSnapshot {
        snapshot: shown(&scene).id,
        reason: "we know".into(),
    };
    assert_eq!(scene.refused(&scene.first, accept).code, "wrong-state");
    scene.world.deliver_all();
    assert_eq!(scene.run(&held.id).state, RunState::Held);
    assert!(
        scene.world.cloud.borrow().dump_users() == before,
        "somebody was touched"
    );
}

fn accept(scene: &Scene) -> Answer {
    scene.order(Command::AcceptSnapshot {
        snapshot: shown(scene).id,
        reason: "the plant is closed".into(),
    })
}

#[test]
fn an_accepted_jump_lets_runs_go_is_in_the_log_and_ends_with_the_next_reading() {
    let (scene, people) = hundred(75);
    read_later(&scene);
    stay_away(&scene, &people[..30]);
    read_later(&scene);
    enable_idle_policy_for_all(&scene);
    tick(&scene);
    assert_eq!(suspicions(&scene), [SuspicionCode::Jump]);
    assert!(is_held_as_suspect(&start(&scene, false)));
    let other = Command::AcceptSnapshot {
        snapshot: "another".into(),
        reason: "the plant is closed".into(),
    };
    assert_eq!(scene.refused(&scene.first, other).code, "wrong-state");
    accept(&scene);
    let accepted = shown(&scene).accepted.expect("an acceptance");
    assert_eq!(accepted.edit.by.0, scene.first);
    let logged: Vec<Value> = scene
        .log()
        .iter()
        .map(|entry| serde_json::from_str(&entry.entry).expect("JSON"))
        .filter(|entry: &Value| entry["action"] == "accept-snapshot")
        .collect();
    assert_eq!(logged.len(), 1);
    assert_eq!(logged[0]["reason"], "the plant is closed");
    assert_eq!(logged[0]["after"]["snapshot"], json!(shown(&scene).id));
    scene.world.deliver_all();
    let run = start(&scene, false);
    assert!(!is_held_as_suspect(&run), "{:?}", run.guards);
    // What was accepted is what the next reading is compared with; another jump is another question.
    read_later(&scene);
    assert_eq!((suspicions(&scene), shown(&scene).accepted), (vec![], None));
    stay_away(&scene, &people[..60]);
    read_later(&scene);
    assert_eq!(suspicions(&scene), [SuspicionCode::Jump]);
    assert_eq!(shown(&scene).accepted, None);
    assert!(is_held_as_suspect(&start(&scene, false)));
}

#[test]
fn many_small_jumps_within_a_day_are_one() {
    let (scene, people) = hundred(76);
    read_later(&scene);
    for (away, expected) in [(9, vec![]), (18, vec![SuspicionCode::Jump])] {
        stay_away(&scene, &people[..away]);
        pass_hours(&scene, 2);
        read(&scene);
        assert_eq!(suspicions(&scene), expected, "{away} people");
    }
    accept(&scene);
    pass_hours(&scene, 2);
    read(&scene);
    assert_eq!(suspicions(&scene), [], "what was accepted is right");
}

/// A policy whose people are those who stay away.
pub fn enable_idle_policy_for_all(scene: &Scene) {
    let document = json!({
        "version": 1, "id": "idle-contractors", "name": "Idle people",
        "match": {"all": [{"status": ["active"]}, {"idle": {"longerThan": "35d"}}]},
        "stages": [{"after": "0d", "do": "suspend"}],
        "limits": {"users": 1000, "percent": 50},
    });
    scene.order(Command::SavePolicy {
        document: document.to_string(),
        revision: None,
    });
}

#[test]
fn accepting_a_jump_lifts_no_other_suspicion() {
    let (scene, people) = hundred(76);
    read_later(&scene);
    stay_away(&scene, &people[..30]);
    count(&scene, 1_000);
    read_later(&scene);
    enable_idle_policy_for_all(&scene);
    tick(&scene);
    assert_eq!(
        suspicions(&scene),
        [SuspicionCode::Users, SuspicionCode::Jump]
    );
    accept(&scene);
    assert!(is_held_as_suspect(&start(&scene, false)));
}

#[test]
fn a_plan_made_before_is_not_released_on_a_suspect_reading() {
    let (scene, people) = hundred(77);
    read_later(&scene);
    stay_away(&scene, &people[..8]);
    read_later(&scene);
    enable_idle_policy_for_all(&scene);
    tick(&scene);
    let held = start(&scene, false);
    assert_eq!(held.state, RunState::Held, "{held:?}");
    assert!(!is_held_as_suspect(&held), "{:?}", held.guards);
    // The feed loses sight of everybody.
    stay_away(&scene, &people);
    read_later(&scene);
    assert_eq!(suspicions(&scene), [SuspicionCode::Jump]);
    let before = scene.world.cloud.borrow().dump_users();
    let release = Command::ReleaseRun {
        run: held.id.clone(),
        reason: "looked at the plan".into(),
    };
    let refusal = scene.refused(&scene.second, release.clone());
    assert_eq!(refusal.code, "wrong-state");
    assert!(refusal.message.contains("suspect"), "{}", refusal.message);
    scene.world.deliver_all();
    assert!(scene.world.cloud.borrow().dump_users() == before);
}
