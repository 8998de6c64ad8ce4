//! The log of events itself: when attempts can be answered at all, what is done where it fails, and what it costs.

use cloud::faults::{FaultKind, Faults};
use cloud::switches::LogInEvents;
use serde_json::{Value, json};

use super::{
    ASK, OFF, RESTORE, another, begun, entries, is_active, later, pass, scene, seen, suspended,
    try_to_log_in,
};
use crate::in_process::Ending;
use crate::scene::Scene;

/// How often the kinds of events and the log were asked for since the last time.
fn asked(scene: &Scene) -> (u64, u64) {
    let mut cloud = scene.world.cloud.borrow_mut();
    let calls = ["events.actions", "events.stream"].map(|name| cloud.meter().calls_of(name));
    cloud.reset_meter();
    (calls[0], calls[1])
}

/// Changes what is stored of the log of events.
fn change_book(scene: &Scene, change: impl Fn(&mut Value)) {
    let mut cloud = scene.world.cloud.borrow_mut();
    let now = cloud.now();
    let stored = cloud.stored().plain_value("attempts", now);
    let mut book = stored.cloned().expect("the book");
    change(&mut book);
    let body = json!({"set": [{"key": "attempts", "value": book}]});
    let answer = cloud
        .storage("/api/v1/transaction", &body)
        .expect("an answer");
    assert!(answer.status < 300, "{answer:?}");
}

#[test]
fn without_such_events_it_is_not_offered_and_the_log_is_not_read() {
    let scene = scene(LogInEvents::NotListed, 0);
    assert_eq!(seen(&scene).0.listed, None, "not asked yet");
    asked(&scene);
    for _ in 0..12 {
        try_to_log_in(&scene, &scene.first);
        later(&scene, 300);
    }
    assert_eq!(asked(&scene), (1, 0));
    later(&scene, 24 * 3_600);
    assert_eq!(asked(&scene), (1, 0), "once a day");
    let (log_ins, _) = seen(&scene);
    assert!(log_ins.listed.is_some() && log_ins.actions.is_empty());
    let refusal = scene.refused(&scene.first, RESTORE);
    assert_eq!(refusal.code, "wrong-state");
    assert!(refusal.message.contains("guard"), "{refusal:?}");
    // Off is what it is already.
    scene.order(OFF);
}

#[test]
fn where_none_was_seen_yet_it_is_looked_for_one_page_at_a_time() {
    let scene = scene(LogInEvents::ListedOnly, 0);
    asked(&scene);
    for _ in 0..12 {
        try_to_log_in(&scene, &scene.first);
        later(&scene, 300);
    }
    assert_eq!(asked(&scene), (1, 12));
    let (log_ins, _) = seen(&scene);
    assert_eq!(log_ins.actions, ["user_logged_in"]);
    assert_eq!(log_ins.seen, None);
    let refusal = scene.refused(&scene.first, RESTORE);
    assert!(refusal.message.contains("was seen yet"), "{refusal:?}");
}

#[test]
fn once_one_was_seen_it_is_offered_with_its_delay_and_nothing_is_read_while_it_is_off() {
    let scene = scene(LogInEvents::Logged, 3_600);
    try_to_log_in(&scene, &scene.first);
    later(&scene, 300);
    assert_eq!(seen(&scene).0.seen, None, "not processed yet");
    later(&scene, 3_540);
    let (log_ins, _) = seen(&scene);
    assert!(log_ins.seen.is_some());
    let delay = log_ins.delay_seconds.expect("a delay");
    assert!((3_840..3_900).contains(&delay), "{delay}");
    asked(&scene);
    for _ in 0..12 {
        later(&scene, 300);
    }
    assert_eq!(asked(&scene), (0, 0));
    scene.order(RESTORE);
    for _ in 0..3 {
        later(&scene, 300);
    }
    assert_eq!(
        asked(&scene),
        (0, 3),
        "one call a tick where nothing is new"
    );
    scene.order(OFF);
    later(&scene, 300);
    assert_eq!(asked(&scene), (0, 0));
    let said = entries(&scene, "set-notices");
    assert_eq!(said[0]["after"]["onLogIn"], "restore", "{said:?}");
    assert_eq!(said[1]["before"]["onLogIn"], "restore", "{said:?}");
}

#[test]
fn with_a_cursor_that_is_refused_the_last_day_is_read_again_and_nothing_is_done_twice() {
    let (scene, account) = suspended(ASK, 0);
    try_to_log_in(&scene, &account);
    later(&scene, 300);
    assert_eq!(begun(&scene).len(), 1);
    for _ in 0..3 {
        change_book(&scene, |book| book["cursor"] = json!("no-such-cursor"));
        // Refused, then begun anew.
        later(&scene, 300);
        later(&scene, 300);
        assert_eq!(begun(&scene).len(), 1, "the same event again");
    }
    // What happened while the cursor was worth nothing is found.
    let other = another(&scene, &account);
    change_book(&scene, |book| book["cursor"] = json!("no-such-cursor"));
    try_to_log_in(&scene, &other);
    later(&scene, 300);
    later(&scene, 300);
    assert_eq!(begun(&scene).len(), 2);
}

#[test]
fn a_log_that_fails_is_read_when_it_answers() {
    for kind in [
        FaultKind::ServerErrorBefore,
        FaultKind::CutAfter,
        FaultKind::TooManyRequests,
    ] {
        let (scene, account) = suspended(RESTORE, 0);
        try_to_log_in(&scene, &account);
        let faults = Faults::planned("events.stream", kind);
        scene.world.cloud.borrow_mut().set_faults(faults);
        later(&scene, 300);
        assert_eq!(seen(&scene).0.failure, None, "it passes");
        assert!(!is_active(&scene, &account));
        later(&scene, 300);
        assert!(is_active(&scene, &account), "{kind:?}");
    }
}

#[test]
fn a_log_that_is_forbidden_is_said_and_tried_again_every_hour() {
    let (scene, account) = suspended(RESTORE, 0);
    try_to_log_in(&scene, &account);
    let mut faults = Faults::planned("events.stream", FaultKind::Forbidden);
    faults.planned[0].times = 2;
    scene.world.cloud.borrow_mut().set_faults(faults);
    asked(&scene);
    for _ in 0..12 {
        later(&scene, 300);
    }
    assert_eq!(asked(&scene), (0, 1));
    let (log_ins, codes) = seen(&scene);
    assert!(log_ins.failure.is_some() && codes.contains(&"log-ins-missing".to_owned()));
    for _ in 0..13 {
        later(&scene, 300);
    }
    assert!(is_active(&scene, &account));
    assert_eq!(seen(&scene).0.failure, None);
}

#[test]
fn where_the_events_are_gone_the_health_says_so() {
    let (scene, _) = suspended(RESTORE, 0);
    assert!(!seen(&scene).1.contains(&"log-ins-missing".to_owned()));
    let switches = scene.world.cloud.borrow().switches().clone();
    let gone = cloud::switches::Switches {
        log_in_events: LogInEvents::NotListed,
        ..switches
    };
    scene.world.cloud.borrow_mut().set_switches(gone);
    later(&scene, 24 * 3_600);
    assert!(seen(&scene).1.contains(&"log-ins-missing".to_owned()));
    scene.order(OFF);
    assert!(!seen(&scene).1.contains(&"log-ins-missing".to_owned()));
}

#[test]
fn what_everybody_does_costs_a_call_for_five_hundred_and_no_look_at_anybody() {
    let (scene, account) = suspended(RESTORE, 0);
    let users = scene.world.cloud.borrow().dump_users();
    let active = users.iter().filter(|user| user["status"] == "active");
    let active: Vec<&str> = active
        .filter_map(|user| user["accountId"].as_str())
        .collect();
    let quiet = queries_of_a_tick(&scene);
    for one in active.iter().cycle().take(20_000) {
        try_to_log_in(&scene, one);
    }
    asked(&scene);
    for tick in 1..=4 {
        assert_eq!(queries_of_a_tick(&scene), quiet, "{tick}");
        assert_eq!(asked(&scene), (0, 10), "{tick}");
    }
    try_to_log_in(&scene, &account);
    later(&scene, 300);
    assert_eq!(asked(&scene), (0, 1));
    assert_eq!(begun(&scene).len(), 1);
    assert!(is_active(&scene, &account));
}

fn queries_of_a_tick(scene: &Scene) -> u64 {
    let queries = || {
        let cloud = scene.world.cloud.borrow();
        cloud.meter().calls_of("storage.entity.query")
    };
    let before = queries();
    pass(scene, 300);
    assert_eq!(scene.world.tick(None), Ending::Value(Ok(())));
    queries() - before
}
