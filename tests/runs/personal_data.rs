//! Events about users are hints, and the weekly report of accounts reaches everybody whatever is killed.

use std::collections::BTreeSet;
use std::time::Duration;

use cloud::organization::AccountStatus;
use seatkeeper::app::admin::{Answer, Command, Errand};
use seatkeeper::app::records::RunState;
use seatkeeper::model::AccountId;
use serde_json::{Value, json};

use crate::in_process::{Ending, Kills};
use crate::scene::{Scene, USERS};

fn event(account: &str, account_type: &str) -> Value {
    json!({
        "eventType": "avi:jira:updated:user", "selfGenerated": false,
        "user": {"accountId": account, "accountType": account_type, "active": true, "displayName": "Mia"},
    })
}

fn stored(scene: &Scene, key: &str) -> Value {
    let cloud = scene.world.cloud.borrow();
    let plain = cloud.stored().plain(cloud.now());
    let found = plain.into_iter().find(|(name, _)| name == key);
    found.map_or(Value::Null, |(_, value)| value)
}

/// Every account that is marked, in no order.
fn hinted(scene: &Scene) -> Vec<String> {
    let cloud = scene.world.cloud.borrow();
    let mut accounts = Vec::new();
    for (key, value) in cloud.stored().plain(cloud.now()) {
        if key.starts_with("hints:") {
            let list = value.as_array().expect("a list").iter();
            accounts.extend(list.map(|account| account.as_str().expect("an id").to_owned()));
        }
    }
    accounts.sort();
    accounts
}

#[test]
fn an_event_marks_its_account_once() {
    let scene = Scene::new(1, 120, |_| {});
    for (account, kind) in [
        ("712020:b", "atlassian"),
        ("712020:a", "atlassian"),
        ("712020:b", "atlassian"),
        ("557058:bot", "app"),
        ("qm:portal", "customer"),
    ] {
        assert_eq!(scene.world.event(&event(account, kind)), Ok(()));
    }
    assert_eq!(scene.world.event(&json!({"eventType": "other"})), Ok(()));
    assert_eq!(hinted(&scene), ["712020:a", "712020:b"]);
}

#[test]
fn events_without_end_fill_no_value() {
    let scene = Scene::new(2, 120, |_| {});
    for number in 0..20_000 {
        let account = format!("712020:00000000-0000-4000-8000-{number:012}");
        assert_eq!(scene.world.event(&event(&account, "atlassian")), Ok(()));
    }
    assert_eq!(hinted(&scene).len(), 32 * 500);
}

fn pass(scene: &Scene, hours: u64) {
    let time = Duration::from_secs(hours * 3_600);
    scene.world.cloud.borrow().clock().advance(time);
}

/// A scene whose organization was read.
fn read(seed: u64, users: usize) -> Scene {
    let scene = Scene::new(seed, users, |_| {});
    scene.prepare();
    let started = scene.order(Command::StartRun {
        policy: "idle-contractors".into(),
        dry: true,
    });
    let Answer::Run(run) = started else {
        panic!("{started:?}")
    };
    scene.world.deliver_all();
    assert_eq!(scene.run(&run.id).state, RunState::Previewed);
    // The policy's own start would read the organization again.
    scene.order(Command::SetStopped { stopped: true });
    scene
}

fn everybody(scene: &Scene) -> BTreeSet<String> {
    let users = scene.world.cloud.borrow().dump_users();
    let ids = users.iter().map(|user| user["accountId"].as_str());
    ids.map(|id| id.expect("an id").to_owned()).collect()
}

fn reported(scene: &Scene) -> BTreeSet<String> {
    let cloud = scene.world.cloud.borrow();
    cloud.reported().keys().cloned().collect()
}

fn closed_accounts(scene: &Scene) -> usize {
    let users = scene.world.cloud.borrow().dump_users();
    let closed = users
        .iter()
        .filter(|user| user["accountStatus"] == "closed");
    closed.count()
}

fn tick(scene: &Scene) {
    assert_eq!(scene.world.tick(None), Ending::Value(Ok(())));
    scene.world.deliver_all();
}

fn erasures(scene: &Scene) -> Vec<String> {
    let cloud = scene.world.cloud.borrow();
    let audit = cloud.stored().entity("audit", cloud.now()).into_iter();
    audit
        .filter(|(_, entry)| entry["action"] == json!("erase-accounts"))
        .map(|(_, entry)| entry["entry"].as_str().expect("a text").to_owned())
        .collect()
}

#[test]
fn every_account_is_reported_once_a_week_and_the_answers_are_obeyed() {
    let scene = read(3, USERS);
    let (closed, changed) = (scene.exempt_users[0].clone(), scene.exempt_users[1].clone());
    pass(&scene, 1);
    {
        let mut cloud = scene.world.cloud.borrow_mut();
        cloud.change_profile(&changed);
        let close = |user: &mut cloud::organization::User| {
            user.account_status = AccountStatus::Closed;
        };
        cloud.change_user(&closed, close).expect("a person");
    }
    let all = everybody(&scene);
    tick(&scene);
    assert!(all.len() > 1_800, "more than one job: {}", all.len());
    assert_eq!(reported(&scene), all);
    assert_eq!(hinted(&scene), [changed]);
    let erasures = erasures(&scene);
    let erased = erasures.iter().map(|entry| {
        let (_, count) = entry.split_once("was erased: ").expect("a count");
        let digits: String = count.chars().take_while(char::is_ascii_digit).collect();
        digits.parse::<usize>().expect("a number")
    });
    assert_eq!(
        erased.sum::<usize>(),
        closed_accounts(&scene),
        "{erasures:?}"
    );
    assert!(
        erasures.iter().all(|entry| !entry.contains(&closed)),
        "{erasures:?}"
    );
    assert_eq!(stored(&scene, "erasure")["accounts"], json!([]));

    let calls = |scene: &Scene| {
        scene
            .world
            .cloud
            .borrow()
            .meter()
            .calls_of("privacy.report")
    };
    let first = calls(&scene);
    for _ in 0..6 {
        pass(&scene, 24);
        tick(&scene);
    }
    assert_eq!(calls(&scene), first);
    pass(&scene, 24);
    tick(&scene);
    assert_eq!(calls(&scene), 2 * first);
}

#[test]
fn a_report_that_the_platform_refuses_is_tried_again_every_hour_and_shown() {
    let scene = read(4, 120);
    let manifest = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/manifest.yml"));
    let manifest: Value = serde_yaml_ng::from_str(&manifest.expect("manifest.yml")).expect("YAML");
    let mut without = manifest.clone();
    without["permissions"]["scopes"] = json!(["storage:app", "read:jira-work", "read:jira-user"]);
    let install = |manifest: &Value| {
        let mut cloud = scene.world.cloud.borrow_mut();
        cloud.install(manifest).expect("a manifest");
    };
    install(&without);
    for _ in 0..25 {
        tick(&scene);
        pass(&scene, 1);
    }
    let calls = scene
        .world
        .cloud
        .borrow()
        .meter()
        .calls_of("privacy.report");
    assert_eq!(calls, 25);
    assert!(reported(&scene).is_empty());
    let Answer::Overview(overview) = scene.order(Command::Overview {}) else {
        panic!("no overview")
    };
    let mut warnings = overview.health.warnings.iter();
    let warning = warnings.find(|found| found.code == "report-fails");
    assert!(warning.expect("a warning").text.contains("status 403"));
    install(&manifest);
    tick(&scene);
    assert_eq!(reported(&scene), everybody(&scene));
}

#[test]
fn a_report_killed_anywhere_still_reaches_everybody() {
    let mut killed = 0;
    for at in (1..160).step_by(3) {
        let scene = read(5, 120);
        let closed = scene.exempt_users[0].clone();
        {
            let mut cloud = scene.world.cloud.borrow_mut();
            let close = |user: &mut cloud::organization::User| {
                user.account_status = AccountStatus::Closed;
            };
            cloud.change_user(&closed, close).expect("a person");
        }
        scene.world.kills.set(Kills::AtAwait(at));
        for _ in 0..3 {
            tick(&scene);
            pass(&scene, 2);
        }
        killed += scene.world.killed.get();
        assert_eq!(reported(&scene), everybody(&scene), "killed at {at}");
        assert!(!erasures(&scene).is_empty(), "killed at {at}");
        assert_eq!(stored(&scene, "erasure")["accounts"], json!([]), "{at}");
    }
    assert!(killed > 10, "{killed} invocations were killed");
}

#[test]
fn whose_address_a_run_by_hand_keeps_is_reported_and_erased() {
    let scene = read(6, 120);
    // No directory lists them any more, and no exemption or chain names them.
    let account = scene.world.cloud.borrow().organization().people.ordinary[0].clone();
    let left = scene
        .world
        .cloud
        .borrow_mut()
        .change_user(&account, |user| {
            user.memberships.clear();
            user.accesses.clear();
            user.account_status = AccountStatus::Closed;
        });
    left.expect("a person");
    pass(&scene, 1);
    scene.order(Command::StartSync {});
    scene.world.deliver_all();
    scene.order(Command::ActOn {
        people: vec![AccountId(account.clone())],
        errand: Errand::SetEmail {
            emails: vec![String::from("zq7kolibri@acme.example")],
        },
        idle: None,
        even_if_active: false,
        dry: true,
        reason: String::from("married"),
    });
    scene.world.deliver_all();
    let kept = |scene: &Scene| {
        let cloud = scene.world.cloud.borrow();
        let plain = cloud.stored().plain(cloud.now());
        let mut texts = plain.iter().map(|(_, value)| value.to_string());
        texts.any(|text| text.contains("zq7kolibri"))
    };
    assert!(kept(&scene));
    pass(&scene, 1);
    tick(&scene);
    assert!(reported(&scene).contains(&account));
    assert!(
        !kept(&scene),
        "the platform says that the account is closed"
    );
}

/// What is stored of people lies in blocks, and one person who left makes none be written anew: they are reported until it is.
#[test]
fn whoever_left_is_reported_as_long_as_something_of_them_is_stored() {
    let scene = read(7, 400);
    let account = scene.world.cloud.borrow().organization().people.ordinary[0].clone();
    let mut cloud = scene.world.cloud.borrow_mut();
    let left = cloud.change_user(&account, |user| {
        user.memberships.clear();
        user.accesses.clear();
        user.account_status = AccountStatus::Closed;
    });
    left.expect("a person");
    drop(cloud);
    pass(&scene, 1);
    scene.order(Command::StartSync {});
    scene.world.deliver_all();
    let before = erasures(&scene).len();
    pass(&scene, 1);
    tick(&scene);
    let last = |scene: &Scene| scene.world.cloud.borrow().reported().get(&account).copied();
    let first = last(&scene);
    assert!(first.is_some());
    assert!(erasures(&scene).len() > before);
    // Erased, they are in no later report.
    pass(&scene, 8 * 24);
    tick(&scene);
    assert_eq!(last(&scene), first);
}
