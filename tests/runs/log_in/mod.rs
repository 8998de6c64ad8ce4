//! Attempts to log in: that whoever a policy suspended gets the access back by one, once.

mod log_of_events;
mod of_policies;

use std::time::Duration;

use cloud::organization::Standing;
use cloud::switches::LogInEvents;
use seatkeeper::app::admin::{Answer, Command};
use seatkeeper::app::records::{Cause, GiveBack, LogIns, Run, RunState};
use seatkeeper::audit::bundle::verify_bundle;
use seatkeeper::plan::Fate;
use serde_json::{Value, json};

use crate::evidence::collected;
use crate::foreign::{read, set};
use crate::give_back::is_active;
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
    let acted = scene
        .verified(&runs.next().expect("the policy's run"))
        .into_iter();
    let mut others = acted.filter(|other| other != account);
    others.next().expect("another")
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
    // Nor does it keep the queue busy: a job for a run that never begins would come again for ten minutes.
    let tomorrow = scene.copy();
    pass(&tomorrow, 25 * 3_600);
    try_to_log_in(&tomorrow, &account);
    pass(&tomorrow, 300);
    assert_eq!(tomorrow.world.tick(None), Ending::Value(Ok(())));
    let mut jobs = 0;
    tomorrow.world.deliver_each(|| jobs += 1);
    assert_eq!(begun(&tomorrow).len(), 1);
    assert!(jobs < 60, "{jobs}");
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
fn several_people_of_one_run_need_not_wait_for_each_other() {
    let (scene, account) = suspended(ASK, 0);
    let other = another(&scene, &account);
    for one in [&account, &other] {
        try_to_log_in(&scene, one);
    }
    later(&scene, 300);
    let runs = begun(&scene);
    assert_eq!(runs.len(), 2, "{runs:?}");
    for run in runs {
        assert_eq!(run.state, RunState::AwaitingApproval, "{run:?}");
        scene.order(Command::ApproveRun {
            run: run.id,
            reason: "back".into(),
            hold_out: Vec::new(),
        });
    }
    scene.world.deliver_all();
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
fn what_was_in_the_way_for_two_days_is_let_go() {
    let (scene, account) = suspended(RESTORE, 0);
    scene.order(Command::SetStopped { stopped: true });
    try_to_log_in(&scene, &account);
    later(&scene, 300);
    later(&scene, 2 * 86_400);
    later(&scene, 300);
    scene.order(Command::SetStopped { stopped: false });
    later(&scene, 300);
    assert!(begun(&scene).is_empty());
    assert!(!is_active(&scene, &account));
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
