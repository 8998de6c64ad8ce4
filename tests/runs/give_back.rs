//! The way back: a link in the last warning that gives back what was taken (RULES R3, R17).

use std::collections::BTreeMap;

use cloud::organization::{Product, Standing};
use seatkeeper::app::admin::Command;
use seatkeeper::app::records::{Cause, GiveBack, LinkRules, Notices, PolicyLinks, Run, RunState};
use seatkeeper::app::{LinkMethod, LinkOutput, LinkRequest};
use seatkeeper::plan::Fate;
use serde_json::{Value, json};

use crate::foreign::{pass, read, set};
use crate::in_process::Ending;
use crate::scene::Scene;
use crate::warnings::next_day;

pub fn words(give_back: Option<GiveBack>) -> Notices {
    Notices {
        issue: "LIFE-1".into(),
        everybody_browses: Some(true),
        contact: None,
        most_warned: 1_000,
        link_days: None,
        keep_days: None,
        keep_times: None,
        give_back,
        reports: None,
        policies: Vec::new(),
        tell_restored: false,
        restored_words: BTreeMap::new(),
    }
}

pub fn notices(give_back: Option<GiveBack>) -> Command {
    Command::SetNotices {
        notices: Some(words(give_back)),
    }
}

/// A scene whose policy warns, and takes something later.
pub fn scene(later: &[Value], give_back: GiveBack) -> Scene {
    let mut scene = Scene::new(31, 300, |_| {});
    let site = scene.world.cloud.borrow().organization().sites[0].host();
    let mut stages = vec![json!({"after": "0d", "do": "warn"})];
    for stage in later {
        let mut stage = stage.clone();
        if stage["do"] == "removeAccess" {
            stage["products"] = json!(["jira-software"]);
            stage["sites"] = json!([site]);
        }
        stages.push(stage);
    }
    scene.policy["stages"] = Value::Array(stages);
    scene.policy["schedule"] = json!({"every": {"n": 1, "unit": "day"}, "at": "13:00"});
    scene.prepare();
    scene.world.cloud.borrow_mut().make_issue("LIFE", "Seats");
    scene.order(notices(Some(give_back)));
    scene
}

fn suspending(give_back: GiveBack) -> Scene {
    scene(&[json!({"after": "7d", "do": "suspend"})], give_back)
}

/// The token of the link in the only message to each person.
pub fn tokens(scene: &Scene) -> BTreeMap<String, String> {
    let cloud = scene.world.cloud.borrow();
    let mut tokens = BTreeMap::new();
    for mail in cloud.inbox() {
        let text = mail.text.as_deref().expect("a text");
        let (_, token) = text.split_once("?t=").expect("a link");
        let token = token.split_whitespace().next().expect("a token");
        tokens.insert(mail.account_id.clone(), token.to_owned());
    }
    tokens
}

fn used(scene: &Scene, method: LinkMethod, token: &str) -> LinkOutput {
    scene.world.link(&request(method, token))
}

pub fn request(method: LinkMethod, token: &str) -> LinkRequest {
    LinkRequest {
        method,
        token: token.to_owned(),
        reason: None,
    }
}

pub fn press(scene: &Scene, token: &str) -> LinkOutput {
    used(scene, LinkMethod::Post, token)
}

/// Somebody who lost something since their warning, with their link.
pub fn lost(scene: &Scene) -> (String, String) {
    next_day(scene);
    let tokens = tokens(scene);
    loop {
        let run = next_day(scene);
        assert_eq!(run.state, RunState::Done, "{run:?}");
        for line in scene.lines(&run) {
            let account = &line.person.account.0;
            let took = line.person.fate == Fate::Verified
                && run.plan.as_ref().is_some_and(|plan| plan.takes > 0);
            if let Some(token) = tokens.get(account).filter(|_| took) {
                return (account.clone(), token.clone());
            }
        }
    }
}

/// A person as the organization has them.
fn person(scene: &Scene, account: &str) -> Value {
    let users = scene.world.cloud.borrow().dump_users();
    let mut users = users.into_iter();
    let mut user = users
        .find(|user| user["accountId"] == account)
        .expect("a person");
    for list in ["groups", "productAccess"] {
        if let Some(list) = user[list].as_array_mut() {
            list.sort_by_key(|one| one["id"].to_string());
        }
    }
    user
}

pub fn is_active(scene: &Scene, account: &str) -> bool {
    person(scene, account)["status"] == "active"
}

pub fn entries(scene: &Scene, action: &str) -> Vec<String> {
    let named = format!("\"action\":\"{action}\"");
    let log = scene.log().into_iter().map(|entry| entry.entry);
    log.filter(|entry| entry.contains(&named)).collect()
}

/// The runs that links asked for.
pub fn asked_for(scene: &Scene) -> Vec<Run> {
    let runs = scene.runs().into_iter();
    runs.filter(|run| matches!(run.cause, Cause::Link { .. }))
        .collect()
}

#[test]
fn whoever_lost_the_access_gets_it_back_by_the_link_of_the_last_warning_once() {
    let scene = suspending(GiveBack::Restore);
    let before = next_day_is_warned(&scene);
    let (account, token) = lost(&scene);
    assert!(!is_active(&scene, &account));
    for _ in 0..2 {
        assert_eq!(used(&scene, LinkMethod::Get, &token), LinkOutput::AskBack);
    }
    assert!(asked_for(&scene).is_empty(), "to open it changes nothing");
    assert_eq!(press(&scene, &token), LinkOutput::Restoring);
    scene.world.deliver_all();
    let runs = asked_for(&scene);
    assert_eq!(runs.len(), 1, "{runs:?}");
    assert_eq!(runs[0].state, RunState::Done, "{runs:?}");
    assert!(is_active(&scene, &account));
    assert_eq!(
        person(&scene, &account)["groups"],
        before[&account]["groups"]
    );
    assert_eq!(press(&scene, &token), LinkOutput::NotUsable, "used before");
    let said = entries(&scene, "ask-back");
    assert_eq!(said.len(), 1);
    assert!(said[0].contains(&format!("link:{account}")), "{}", said[0]);
    assert!(entries(&scene, "undo-run")[0].contains(&format!("link:{account}")));
    // Nobody takes it again the next day.
    for _ in 0..10 {
        next_day(&scene);
    }
    assert!(is_active(&scene, &account));
}

/// Everybody as they are before anything is done.
fn next_day_is_warned(scene: &Scene) -> BTreeMap<String, Value> {
    let users = scene.world.cloud.borrow().dump_users();
    let accounts = users
        .iter()
        .map(|user| user["accountId"].as_str().expect("an id").to_owned());
    accounts
        .map(|account| (account.clone(), person(scene, &account)))
        .collect()
}

#[test]
fn before_anything_was_taken_it_gives_nothing_and_is_not_spent() {
    let scene = suspending(GiveBack::Restore);
    next_day(&scene);
    for token in tokens(&scene).values() {
        assert_eq!(press(&scene, token), LinkOutput::NotUsable);
    }
    let (_, token) = lost(&scene);
    assert_eq!(press(&scene, &token), LinkOutput::Restoring);
}

#[test]
fn a_second_person_is_asked_where_the_settings_say_so() {
    let scene = suspending(GiveBack::Ask);
    let (account, token) = lost(&scene);
    assert_eq!(press(&scene, &token), LinkOutput::Asked);
    scene.world.deliver_all();
    let run = asked_for(&scene).remove(0);
    assert_eq!(run.state, RunState::AwaitingApproval, "{run:?}");
    assert!(!is_active(&scene, &account));
    assert_eq!(
        press(&scene, &token),
        LinkOutput::NotUsable,
        "asked for already"
    );
    scene.order(Command::ApproveRun {
        run: run.id.clone(),
        reason: "back from leave".into(),
        hold_out: Vec::new(),
    });
    scene.world.deliver_all();
    assert_eq!(scene.run(&run.id).state, RunState::Done);
    assert!(is_active(&scene, &account));
}

#[test]
fn a_second_person_is_asked_where_every_seat_is_taken() {
    let scene = suspending(GiveBack::Restore);
    let (account, token) = lost(&scene);
    for product in Product::ALL {
        scene
            .world
            .cloud
            .borrow_mut()
            .set_seats(0, product, Some(1));
    }
    read(&scene);
    assert_eq!(press(&scene, &token), LinkOutput::Asked);
    scene.world.deliver_all();
    let run = asked_for(&scene).remove(0);
    assert_eq!(run.state, RunState::AwaitingApproval, "{run:?}");
    let why = run.undoes.expect("a run that is taken back").reason;
    assert!(why.contains("every seat is taken"), "{why}");
    assert!(!is_active(&scene, &account));
}

#[test]
fn it_is_worth_ninety_days_after_the_action_and_nothing_without_the_setting() {
    let scene = suspending(GiveBack::Restore);
    let (_, token) = lost(&scene);
    scene.order(notices(None));
    assert_eq!(press(&scene, &token), LinkOutput::NotUsable, "not wanted");
    scene.order(notices(Some(GiveBack::Restore)));
    scene.order(Command::SetStopped { stopped: true });
    assert_eq!(press(&scene, &token), LinkOutput::TryLater, "stopped");
    scene.order(Command::SetStopped { stopped: false });
    let late = scene.copy();
    pass(&scene, 24 * 90 - 2);
    assert_eq!(press(&scene, &token), LinkOutput::Restoring);
    pass(&late, 24 * 90 + 2);
    assert_eq!(press(&late, &token), LinkOutput::NotUsable, "too late");
}

#[test]
fn the_suspension_of_somebody_else_wins() {
    let scene = suspending(GiveBack::Restore);
    let (account, token) = lost(&scene);
    set(&scene, &account, Standing::Active);
    read(&scene);
    set(&scene, &account, Standing::Suspended);
    assert_eq!(press(&scene, &token), LinkOutput::NotUsable);
    scene.world.deliver_all();
    assert!(asked_for(&scene).is_empty());
    assert!(!is_active(&scene, &account));
}

#[test]
fn also_one_that_no_reading_has_shown_yet() {
    let scene = scene(
        &[json!({"after": "7d", "do": "removeAccess"})],
        GiveBack::Restore,
    );
    let (account, token) = lost(&scene);
    set(&scene, &account, Standing::Suspended);
    pass(&scene, 1);
    let before = person(&scene, &account);
    assert_eq!(press(&scene, &token), LinkOutput::Restoring);
    scene.world.deliver_all();
    let run = asked_for(&scene).remove(0);
    let lines = scene.lines(&run);
    let spared = &lines[0].person;
    assert_eq!(spared.fate, Fate::Skipped, "{spared:?}");
    assert!(spared.reason.contains("not active"), "{}", spared.reason);
    assert_eq!(person(&scene, &account), before);
}

#[test]
fn what_several_stages_took_comes_back_stage_by_stage() {
    let removed = json!({"after": "7d", "do": "removeAccess"});
    let scene = scene(
        &[removed, json!({"after": "9d", "do": "suspend"})],
        GiveBack::Restore,
    );
    let before = next_day_is_warned(&scene);
    let (account, token) = lost(&scene);
    while is_active(&scene, &account) {
        next_day(&scene);
    }
    assert_eq!(press(&scene, &token), LinkOutput::Restoring);
    scene.world.deliver_all();
    let runs = asked_for(&scene);
    assert_eq!(runs.len(), 2, "{runs:?}");
    let now = person(&scene, &account);
    assert_eq!(now["status"], "active");
    assert_eq!(now["groups"], before[&account]["groups"]);
}

#[test]
fn a_kill_at_any_await_neither_loses_the_wish_nor_doubles_it() {
    let first = suspending(GiveBack::Restore);
    let (account, token) = lost(&first);
    let mut survived = 0;
    for awaits in 1.. {
        let scene = first.copy();
        let pressed = request(LinkMethod::Post, &token);
        let was_killed = scene.world.link_killed_at(&pressed, awaits) == Ending::Killed;
        let again = press(&scene, &token);
        assert!(
            matches!(
                again,
                LinkOutput::Restoring | LinkOutput::NotUsable | LinkOutput::TryLater
            ),
            "{awaits}: {again:?}"
        );
        scene.world.deliver_all();
        assert_eq!(asked_for(&scene).len(), 1, "{awaits}");
        assert!(is_active(&scene, &account), "{awaits}");
        if !was_killed {
            break;
        }
        survived = awaits;
    }
    assert!(survived > 5, "{survived}");
}

/// One policy may have links of its own.
#[test]
fn what_is_said_of_one_policy_counts_for_its_links() {
    let scene = suspending(GiveBack::Restore);
    let (_, token) = lost(&scene);
    let own = |policy: &str, give_back: Option<GiveBack>| {
        let links = LinkRules {
            give_back,
            ..LinkRules::default()
        };
        let policy = policy.to_owned();
        scene.order(Command::SetNotices {
            notices: Some(Notices {
                policies: vec![PolicyLinks { policy, links }],
                ..words(Some(GiveBack::Restore))
            }),
        });
    };
    own("idle-contractors", None);
    assert_eq!(press(&scene, &token), LinkOutput::NotUsable, "not wanted");
    own("idle-contractors", Some(GiveBack::Ask));
    let copy = scene.copy();
    assert_eq!(press(&copy, &token), LinkOutput::Asked);
    own("another", Some(GiveBack::Ask));
    assert_eq!(press(&scene, &token), LinkOutput::Restoring);
}
