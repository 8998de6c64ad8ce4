//! Attempts to log in: when they can be answered at all, and that whoever a policy suspended gets the access back by one, once.

use std::time::Duration;

use cloud::faults::{FaultKind, Faults};
use cloud::organization::Standing;
use cloud::switches::LogInEvents;
use seatkeeper::app::admin::{Answer, Command};
use seatkeeper::app::records::{Cause, GiveBack, LogIns, Run, RunState};
use seatkeeper::audit::bundle::verify_bundle;
use seatkeeper::plan::Fate;
use serde_json::{Value, json};

use crate::evidence::collected;
use crate::foreign::{read, set};
use crate::in_process::Ending;
use crate::scene::Scene;
use crate::warnings::next_day;
use crate::{by_hand, several_directories};

const RESTORE: Command = Command::SetOnLogIn {
    give_back: Some(GiveBack::Restore),
};
const ASK: Command = Command::SetOnLogIn {
    give_back: Some(GiveBack::Ask),
};
const OFF: Command = Command::SetOnLogIn { give_back: None };

/// A scene with some answer to what the log knows of people who log in.
fn scene(log_in_events: LogInEvents, delay: u32) -> Scene {
    let scene = Scene::new(31, 300, |options| {
        options.switches.log_in_events = log_in_events;
        options.switches.event_delay_seconds = delay;
    });
    scene.prepare();
    scene
}

/// A scene in which people were suspended by the policy, such an event was seen, and attempts are answered in a way.
fn suspended(way: Command, delay: u32) -> (Scene, String) {
    let scene = scene(LogInEvents::Logged, delay);
    try_to_log_in(&scene, &scene.first);
    later(&scene, delay + 60);
    scene.order(way);
    let account = suspend(&scene);
    (scene, account)
}

/// Lets the policy run; somebody whom it suspended.
fn suspend(scene: &Scene) -> String {
    scene.wait_for_queries();
    let run = scene.runs().remove(0);
    assert_eq!(run.state, RunState::Held, "{run:?}");
    let account = scene.planned(&run).remove(0);
    scene.release(&run.id);
    scene.world.deliver_all();
    assert_eq!(scene.run(&run.id).state, RunState::Done);
    assert!(!is_active(scene, &account));
    // A minute after it the log's index shows it.
    later(scene, 60);
    account
}

/// Somebody else whom the policy suspended.
fn another(scene: &Scene, account: &str) -> String {
    let runs = scene.runs().into_iter();
    let mut runs = runs.filter(|run| matches!(run.cause, Cause::Schedule { .. }));
    let lines = scene.lines(&runs.next().expect("the policy's run"));
    let others = lines.into_iter().map(|line| line.person);
    let mut others =
        others.filter(|other| other.fate == Fate::Verified && other.account.0 != account);
    others.next().expect("another").account.0
}

fn try_to_log_in(scene: &Scene, account: &str) {
    let mut cloud = scene.world.cloud.borrow_mut();
    cloud.try_to_log_in(account).expect("a person");
}

fn pass(scene: &Scene, seconds: u32) {
    let time = Duration::from_secs(seconds.into());
    scene.world.cloud.borrow().clock().advance(time);
}

/// Some time later the schedule comes, and its jobs are done.
fn later(scene: &Scene, seconds: u32) {
    pass(scene, seconds);
    assert_eq!(scene.world.tick(None), Ending::Value(Ok(())));
    scene.world.deliver_all();
}

fn is_active(scene: &Scene, account: &str) -> bool {
    let users = scene.world.cloud.borrow().dump_users();
    let mut users = users.iter();
    users.any(|user| user["accountId"] == account && user["status"] == "active")
}

/// The runs that attempts began.
fn begun(scene: &Scene) -> Vec<Run> {
    let runs = scene.runs().into_iter();
    runs.filter(|run| matches!(run.cause, Cause::LogIn { .. }))
        .collect()
}

fn entries(scene: &Scene, action: &str) -> Vec<Value> {
    let log = scene.log().into_iter();
    let entries = log.map(|stored| serde_json::from_str(&stored.entry).expect("JSON"));
    entries
        .filter(|entry: &Value| entry["action"] == action)
        .collect()
}

fn seen(scene: &Scene) -> (LogIns, Vec<String>) {
    match scene.order(Command::Overview {}) {
        Answer::Overview(overview) => {
            let warnings = overview.health.warnings.into_iter();
            let codes = warnings.map(|warning| warning.code).collect();
            (overview.health.log_ins, codes)
        }
        other => panic!("{other:?}"),
    }
}

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
fn whoever_was_suspended_and_tries_to_log_in_gets_the_access_back_once() {
    let (scene, account) = suspended(RESTORE, 60);
    try_to_log_in(&scene, &account);
    later(&scene, 300);
    let runs = begun(&scene);
    assert_eq!(runs.len(), 1, "{runs:?}");
    assert_eq!(runs[0].state, RunState::Done, "{runs:?}");
    assert!(is_active(&scene, &account));
    let said = entries(&scene, "ask-back");
    assert_eq!(said.len(), 1, "{said:?}");
    let actor = format!("log-in:{account}");
    assert_eq!(said[0]["actor"], actor.as_str());
    let Cause::LogIn { event, .. } = &runs[0].cause else {
        panic!("{runs:?}")
    };
    assert_eq!(said[0]["after"]["event"], event.as_str());
    let undo = entries(&scene, "undo-run");
    assert_eq!(undo[0]["actor"], actor.as_str());
    let restored = entries(&scene, "restore");
    assert!(
        restored
            .iter()
            .all(|entry| entry["onBehalfOf"] == account.as_str())
    );
    // The evidence of it tells the same cause.
    let bundle = collected(&scene, &runs[0].id);
    let found = verify_bundle(&bundle, vec![]).expect("an archive");
    assert!(found.valid, "{found:?}");
    // Everybody else stays suspended, and this one logs in from now on like anybody.
    for _ in 0..3 {
        try_to_log_in(&scene, &account);
        later(&scene, 300);
    }
    assert_eq!(begun(&scene).len(), 1);
}

#[test]
fn nothing_happens_while_it_is_off() {
    let (scene, account) = suspended(RESTORE, 0);
    scene.order(OFF);
    try_to_log_in(&scene, &account);
    later(&scene, 300);
    assert!(begun(&scene).is_empty());
    assert!(!is_active(&scene, &account));
}

#[test]
fn a_second_person_approves_where_the_settings_say_so_and_is_not_asked_again_after_a_no() {
    let (scene, account) = suspended(ASK, 0);
    try_to_log_in(&scene, &account);
    later(&scene, 300);
    let run = begun(&scene).remove(0);
    assert_eq!(run.state, RunState::AwaitingApproval, "{run:?}");
    for _ in 0..3 {
        try_to_log_in(&scene, &account);
        later(&scene, 300);
    }
    assert_eq!(begun(&scene).len(), 1, "it waits already");
    let rejected = scene.copy();
    scene.order(Command::ApproveRun {
        run: run.id.clone(),
        reason: "back from leave".into(),
        hold_out: Vec::new(),
    });
    scene.world.deliver_all();
    assert_eq!(scene.run(&run.id).state, RunState::Done);
    assert!(is_active(&scene, &account));
    rejected.order(Command::RejectRun {
        run: run.id,
        reason: "has left".into(),
    });
    for hours in [1, 30] {
        pass(&rejected, hours * 3_600);
        try_to_log_in(&rejected, &account);
        later(&rejected, 300);
    }
    assert_eq!(begun(&rejected).len(), 1);
    assert!(!is_active(&rejected, &account));
}

#[test]
fn of_several_people_of_one_run_the_next_waits_until_the_one_before_is_decided() {
    let (scene, account) = suspended(ASK, 0);
    let other = another(&scene, &account);
    for one in [&account, &other] {
        try_to_log_in(&scene, one);
    }
    later(&scene, 300);
    for count in 1..=2 {
        let runs = begun(&scene);
        assert_eq!(runs.len(), count, "{runs:?}");
        let mut waiting = runs
            .into_iter()
            .filter(|run| run.state == RunState::AwaitingApproval);
        let run = waiting.next().expect("one that waits");
        scene.order(Command::ApproveRun {
            run: run.id,
            reason: "back".into(),
            hold_out: Vec::new(),
        });
        scene.world.deliver_all();
        later(&scene, 300);
    }
    assert!(is_active(&scene, &account) && is_active(&scene, &other));
}

#[test]
fn an_administrators_own_suspension_wins() {
    let (scene, account) = suspended(RESTORE, 0);
    set(&scene, &account, Standing::Active);
    read(&scene);
    set(&scene, &account, Standing::Suspended);
    try_to_log_in(&scene, &account);
    later(&scene, 300);
    assert!(begun(&scene).is_empty());
    assert!(!is_active(&scene, &account));
}

#[test]
fn neither_does_one_by_hand_give_way() {
    let (scene, _) = suspended(RESTORE, 0);
    let people = by_hand::plain(&scene, |_| true);
    let chosen = by_hand::act_on(&people[..1], by_hand::suspend());
    let asked = by_hand::begun(&scene, by_hand::even_if_active(chosen));
    let run = by_hand::approve(&scene, &asked);
    assert_eq!(run.state, RunState::Done, "{run:?}");
    assert!(!is_active(&scene, &people[0]));
    later(&scene, 60);
    try_to_log_in(&scene, &people[0]);
    later(&scene, 300);
    assert!(begun(&scene).is_empty());
    assert!(!is_active(&scene, &people[0]));
}

/// A scene in which attempts are answered, and a policy does something each day at one in the afternoon.
fn daily(stages: &[Value]) -> Scene {
    let mut scene = Scene::new(31, 300, |options| {
        options.switches.log_in_events = LogInEvents::Logged;
        options.switches.event_delay_seconds = 0;
    });
    let site = scene.world.cloud.borrow().organization().sites[0].host();
    let mut stages = stages.to_vec();
    stages[0]["products"] = json!(["jira-software"]);
    stages[0]["sites"] = json!([site]);
    scene.policy["stages"] = Value::Array(stages);
    scene.policy["schedule"] = json!({"every": {"n": 1, "unit": "day"}, "at": "13:00"});
    scene.prepare();
    try_to_log_in(&scene, &scene.first);
    later(&scene, 60);
    scene.order(RESTORE);
    scene
}

/// Somebody from whom the policy took something, or nobody.
fn acted_on(scene: &Scene, run: &Run) -> Option<String> {
    let lines = scene.lines(run).into_iter().map(|line| line.person);
    let mut done = lines.filter(|person| person.fate == Fate::Verified);
    done.next().map(|person| person.account.0)
}

#[test]
fn whoever_lost_a_product_and_not_the_rest_logs_in_like_anybody() {
    let scene = daily(&[json!({"after": "0d", "do": "removeAccess"})]);
    let run = next_day(&scene);
    let account = acted_on(&scene, &run).expect("somebody");
    later(&scene, 60);
    try_to_log_in(&scene, &account);
    later(&scene, 300);
    assert!(is_active(&scene, &account));
    assert!(begun(&scene).is_empty());
}

#[test]
fn what_earlier_stages_took_comes_back_behind_the_suspension() {
    let scene = daily(&[
        json!({"after": "0d", "do": "removeAccess"}),
        json!({"after": "2d", "do": "suspend"}),
    ]);
    let first = next_day(&scene);
    let account = acted_on(&scene, &first).expect("somebody");
    for _ in 0..9 {
        if !is_active(&scene, &account) {
            break;
        }
        next_day(&scene);
    }
    later(&scene, 60);
    try_to_log_in(&scene, &account);
    later(&scene, 300);
    let runs = begun(&scene);
    let undone = runs.iter().filter_map(|run| run.undoes.as_ref());
    let undone: Vec<&str> = undone.map(|undoes| undoes.run.as_str()).collect();
    assert_eq!(undone.len(), 2, "{runs:?}");
    assert_eq!(undone[0], first.id, "the newest run is listed first");
    assert!(
        runs.iter().all(|run| run.state == RunState::Done),
        "{runs:?}"
    );
    assert!(is_active(&scene, &account));
    assert_eq!(entries(&scene, "ask-back").len(), 1, "one wish");
}

#[test]
fn an_event_from_before_the_suspension_gives_nothing_however_late_it_comes() {
    let scene = scene(LogInEvents::Logged, 0);
    try_to_log_in(&scene, &scene.first);
    later(&scene, 60);
    scene.order(RESTORE);
    let switches = scene.world.cloud.borrow().switches().clone();
    let late = cloud::switches::Switches {
        event_delay_seconds: 7_200,
        ..switches
    };
    scene.world.cloud.borrow_mut().set_switches(late);
    let run = scene.runs().remove(0);
    let account = scene.planned(&run).remove(0);
    // Atlassian reports what they did a day later, so that they look idle still.
    let mut cloud = scene.world.cloud.borrow_mut();
    let reported = chrono::TimeDelta::days(1);
    cloud
        .log_in_reported_after(&account, reported)
        .expect("a person");
    drop(cloud);
    assert_eq!(suspend(&scene), account);
    later(&scene, 7_200);
    assert!(begun(&scene).is_empty());
    assert!(!is_active(&scene, &account));
    try_to_log_in(&scene, &account);
    later(&scene, 7_500);
    assert_eq!(begun(&scene).len(), 1);
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
fn what_is_passing_is_waited_for() {
    let (scene, account) = suspended(RESTORE, 0);
    scene.order(Command::SetStopped { stopped: true });
    try_to_log_in(&scene, &account);
    later(&scene, 300);
    assert!(begun(&scene).is_empty(), "stopped");
    scene.order(Command::SetStopped { stopped: false });
    later(&scene, 300);
    assert_eq!(begun(&scene).len(), 1);
    assert!(is_active(&scene, &account));
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
fn in_one_of_several_directories_a_second_person_is_asked() {
    let out = [
        (0, several_directories::ACTIVE, 200),
        (1, several_directories::ACTIVE, 200),
    ];
    let stage = json!({"after": "0d", "do": "suspend"});
    let scene = several_directories::scene(2, &stage, &[("both", &out)]);
    let switches = scene.world.cloud.borrow().switches().clone();
    let logged = cloud::switches::Switches {
        log_in_events: LogInEvents::Logged,
        event_delay_seconds: 0,
        ..switches
    };
    scene.world.cloud.borrow_mut().set_switches(logged);
    try_to_log_in(&scene, &scene.first);
    later(&scene, 60);
    scene.order(RESTORE);
    let account = suspend(&scene);
    try_to_log_in(&scene, &account);
    later(&scene, 300);
    let run = begun(&scene).remove(0);
    assert_eq!(run.state, RunState::AwaitingApproval, "{run:?}");
}

#[test]
fn a_kill_at_any_await_neither_loses_the_attempt_nor_doubles_it() {
    let (first, account) = suspended(RESTORE, 0);
    try_to_log_in(&first, &account);
    pass(&first, 300);
    let mut survived = 0;
    for awaits in 1.. {
        let scene = first.copy();
        let was_killed = scene.world.tick(Some(awaits)) == Ending::Killed;
        later(&scene, 300);
        later(&scene, 300);
        assert_eq!(begun(&scene).len(), 1, "{awaits}");
        assert!(is_active(&scene, &account), "{awaits}");
        assert_eq!(entries(&scene, "ask-back").len(), 1, "{awaits}");
        if !was_killed {
            break;
        }
        survived = awaits;
    }
    assert!(survived > 50, "{survived}");
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
