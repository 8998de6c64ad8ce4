//! The news on its way to a webhook: signed, again until it arrives, and never by more of its address than the host.

use std::collections::BTreeSet;
use std::time::Duration;

use cloud::faults::{FaultKind, Faults};
use cloud::forge::{Answering, Received};
use seatkeeper::app::admin::{Answer, Command, WebhookAnswer};
use seatkeeper::app::records::{HookDelivery, HookState, NewsMessage, Webhook};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::configuration::exported;
use crate::in_process::Ending;
use crate::news::{subjects, tell};
use crate::scene::Scene;

/// The schedule's interval, in seconds.
const TICK: u64 = 300;

const HOST: &str = "hooks.chat.example";
const HIDDEN: &str = "quite-hidden";
const URL: &str = "https://hooks.chat.example/services/T0/quite-hidden/abcd";

/// A scene in which a policy is due.
fn scene() -> Scene {
    let scene = Scene::new(31, 300, |_| {});
    scene.prepare();
    scene
}

fn allow(scene: &Scene) {
    let configured = json!([{"domain": format!("https://{HOST}"), "type": ["FETCH_BACKEND_SIDE"]}]);
    let egress = json!({"key": "webhook", "description": "Reports", "configured": configured});
    let asked = json!({ "egresses": [egress] });
    let answer = scene.world.cloud.borrow_mut().set_egress(&asked);
    assert_eq!(answer.status, 201);
}

fn answer_of(scene: &Scene, command: Command) -> WebhookAnswer {
    match scene.order(command) {
        Answer::Webhook(answer) => answer,
        other => panic!("{other:?}"),
    }
}

/// Enters the address; the key.
fn enter(scene: &Scene) -> String {
    let url = Some(URL.to_owned());
    let answer = answer_of(scene, Command::SetWebhook { url });
    answer.key.expect("a key")
}

fn answering(scene: &Scene, status: u16) {
    let answers = Answering {
        status,
        ..Answering::default()
    };
    scene.world.cloud.borrow_mut().set_receiver(answers);
}

/// A scene whose webhook is set and allowed, and its key.
fn hooked() -> (Scene, String) {
    let scene = scene();
    allow(&scene);
    let key = enter(&scene);
    (scene, key)
}

/// How far the one piece of news has come.
fn delivery(scene: &Scene) -> HookDelivery {
    let items = scene.news();
    assert_eq!(items.len(), 1, "{items:?}");
    items[0].hook.clone().expect("a webhook")
}

fn received(scene: &Scene) -> Vec<Received> {
    scene.world.cloud.borrow().received().to_vec()
}

fn header<'a>(received: &'a Received, name: &str) -> &'a str {
    let mut headers = received.headers.iter();
    let found = headers.find(|(known, _)| known == name);
    &found.expect("the header").1
}

/// HMAC-SHA-256 as RFC 2104 has it, for keys of at most 64 bytes: nothing of the app's.
fn hmac(key: &str, text: &str) -> String {
    let mut block = key.as_bytes().to_vec();
    block.resize(64, 0);
    let masked = |mask: u8| -> Vec<u8> { block.iter().map(|byte| byte ^ mask).collect() };
    let inner = Sha256::digest([masked(0x36), text.as_bytes().to_vec()].concat());
    let outer = Sha256::digest([masked(0x5c), inner.to_vec()].concat());
    outer.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Whether a receiver with this key believes a message, as the operations manual tells it to look.
fn is_signed(received: &Received, key: &str) -> bool {
    let signature = header(received, "x-seatkeeper-signature");
    let (time, signature) = signature
        .split_once(",v1=")
        .expect("a time and a signature");
    let time = time.strip_prefix("t=").expect("a time");
    let seconds: i64 = time.parse().expect("seconds");
    (seconds - received.at.timestamp()).abs() < 300
        && signature == hmac(key, &format!("{time}.{}", received.body))
}

#[test]
fn it_is_off_until_somebody_enters_an_address() {
    let scene = scene();
    allow(&scene);
    for _ in 0..3 {
        scene.next_tick(TICK);
    }
    assert_eq!(scene.news().len(), 1);
    assert!(scene.news().iter().all(|item| item.hook.is_none()));
    assert_eq!(received(&scene), []);
}

#[test]
fn what_arrives_is_signed_and_says_what_is_new() {
    let (scene, key) = hooked();
    for _ in 0..3 {
        scene.next_tick(TICK);
    }
    let received = received(&scene);
    assert_eq!(received.len(), 1, "{received:?}");
    assert_eq!(received[0].url, URL);
    assert!(is_signed(&received[0], &key));
    assert!(!is_signed(&received[0], "another"));
    let body: Value = serde_json::from_str(&received[0].body).expect("JSON");
    let item = &scene.news()[0];
    let delivery = delivery(&scene);
    assert_eq!(delivery.state, HookState::Delivered);
    assert_eq!(delivery.id, header(&received[0], "x-seatkeeper-delivery"));
    assert_eq!(body["id"], delivery.id.as_str());
    let text = body["text"].as_str().expect("a text");
    assert!(
        text.starts_with("Seatkeeper: Idle contractors: held"),
        "{text}"
    );
    let piece = json!({
        "key": item.key, "at": item.at, "title": item.title, "text": item.text, "run": item.run,
    });
    assert_eq!(body["items"], json!([piece]));
    // Whoever keeps it can tell whether the log was cut.
    let number = usize::try_from(body["head"]["seq"].as_u64().expect("a number")).expect("small");
    assert_eq!(body["head"]["hash"], scene.log()[number - 1].hash.as_str());
}

#[test]
fn what_is_not_taken_is_tried_again_at_its_times_under_the_same_id_and_given_up_at_last() {
    let ends = [
        (
            Answering {
                status: 500,
                ..Answering::default()
            },
            "status 500",
        ),
        (
            Answering {
                status: 302,
                ..Answering::default()
            },
            "redirects",
        ),
        (
            Answering {
                hangs: true,
                ..Answering::default()
            },
            "no answer",
        ),
    ];
    for (answers, why) in ends {
        let (scene, key) = hooked();
        scene.world.cloud.borrow_mut().set_receiver(answers);
        for _ in 0..12 * 12 {
            scene.next_tick(TICK);
        }
        let received = received(&scene);
        let first = received[0].at;
        let minutes = received
            .iter()
            .map(|one| ((one.at - first).num_seconds() + 60).div_euclid(300) * 5);
        assert_eq!(
            minutes.collect::<Vec<_>>(),
            [0, 5, 10, 40, 160, 520],
            "{why}"
        );
        let ids: BTreeSet<&str> = received
            .iter()
            .map(|one| header(one, "x-seatkeeper-delivery"))
            .collect();
        assert_eq!(ids.len(), 1);
        assert!(received.iter().all(|one| is_signed(one, &key)));
        let delivery = delivery(&scene);
        assert_eq!(delivery.state, HookState::GivenUp);
        assert_eq!(delivery.attempts, 6);
        assert!(
            delivery.why.as_ref().is_some_and(|said| said.contains(why)),
            "{delivery:?}"
        );
        // One entry tells the end of it.
        let log = scene.log();
        let told: Vec<&str> = log
            .iter()
            .map(|entry| entry.entry.as_str())
            .filter(|entry| entry.contains(r#""action":"report""#))
            .collect();
        assert_eq!(told.len(), 1, "{told:?}");
        assert!(told[0].contains(r#""outcome":"failed""#) && told[0].contains(HOST));
    }
}

#[test]
fn what_arrives_late_is_delivered_once_and_no_more() {
    let (scene, _) = hooked();
    answering(&scene, 500);
    for _ in 0..3 {
        scene.next_tick(TICK);
    }
    let waiting = delivery(&scene);
    assert_eq!((waiting.state, waiting.attempts), (HookState::Waiting, 2));
    answering(&scene, 202);
    for _ in 0..12 {
        scene.next_tick(TICK);
    }
    assert_eq!(received(&scene).len(), 3);
    assert_eq!(delivery(&scene).state, HookState::Delivered);
}

#[test]
fn a_receiver_that_is_gone_is_not_asked_again() {
    for status in [404, 410] {
        let (scene, _) = hooked();
        answering(&scene, status);
        for _ in 0..12 {
            scene.next_tick(TICK);
        }
        assert_eq!(received(&scene).len(), 1, "{status}");
        assert_eq!(delivery(&scene).state, HookState::GivenUp);
    }
}

#[test]
fn a_receiver_that_wants_time_gets_it() {
    let (scene, _) = hooked();
    scene.world.cloud.borrow_mut().set_receiver(Answering {
        status: 429,
        retry_after: Some(3_000),
        ..Answering::default()
    });
    for _ in 0..14 {
        scene.next_tick(TICK);
    }
    let received = received(&scene);
    assert_eq!(received.len(), 2, "{received:?}");
    assert!((received[1].at - received[0].at).num_seconds() >= 3_000);
}

#[test]
fn an_address_that_nobody_allowed_is_not_reached_until_somebody_does() {
    let scene = scene();
    enter(&scene);
    scene.next_tick(TICK);
    scene.next_tick(TICK);
    let waiting = delivery(&scene);
    let why = waiting.why.expect("a reason");
    assert!(
        why.contains("does not let the app send to this address"),
        "{why}"
    );
    assert_eq!(
        scene.refused(&scene.first, Command::TestWebhook {}).code,
        "webhook-failed"
    );
    assert_eq!(received(&scene), []);
    allow(&scene);
    scene.next_tick(TICK);
    assert_eq!(received(&scene).len(), 1);
    assert_eq!(delivery(&scene).state, HookState::Delivered);
}

#[test]
fn a_kill_at_any_await_loses_nothing_and_what_comes_twice_has_one_id() {
    let (scene, key) = hooked();
    // The run is held, and not yet told.
    assert_eq!(scene.world.tick(None), Ending::Value(Ok(())));
    scene.world.deliver_all();
    assert_eq!(received(&scene), []);
    let clock = scene.world.cloud.borrow().clock().clone();
    clock.advance(Duration::from_secs(300));
    let mut times = BTreeSet::new();
    for awaits in 1.. {
        let copy = scene.copy();
        let ending = copy.world.tick(Some(awaits));
        for _ in 0..4 {
            copy.next_tick(TICK);
        }
        let received = received(&copy);
        assert!(
            (1..=2).contains(&received.len()),
            "killed after {awaits}: {received:?}"
        );
        assert!(received.iter().all(|one| is_signed(one, &key)));
        let ids = received
            .iter()
            .map(|one| header(one, "x-seatkeeper-delivery"));
        assert_eq!(
            ids.collect::<BTreeSet<_>>().len(),
            1,
            "killed after {awaits}"
        );
        assert_eq!(delivery(&copy).state, HookState::Delivered);
        times.insert(received.len());
        if ending != Ending::Killed {
            break;
        }
    }
    assert_eq!(times, BTreeSet::from([1, 2]));
}

#[test]
fn a_kill_while_an_address_is_entered_leaves_the_old_one_or_the_new_one_whole() {
    let (scene, _) = hooked();
    let other = "https://other.chat.example/hook";
    for awaits in 1.. {
        let copy = scene.copy();
        let command = Command::SetWebhook {
            url: Some(other.into()),
        };
        let was_killed = copy.world.command_killed_at(&copy.first, command, awaits);
        // Whichever it is, it has an address and a key that are there.
        let renewed = answer_of(&copy, Command::RenewWebhookKey {});
        assert!(renewed.key.is_some());
        let host = renewed.webhook.expect("a webhook").host;
        assert!([HOST, "other.chat.example"].contains(&host.as_str()));
        if !was_killed {
            assert_eq!(host, "other.chat.example");
            break;
        }
    }
}

#[test]
fn mail_and_webhook_go_their_own_ways() {
    // Mail is refused for now, and the webhook gets it.
    let (scene, _) = hooked();
    tell(&scene, "jira-users-acme", |_| {});
    let refused = Faults::planned("jira.issue.notify", FaultKind::Forbidden);
    scene.world.cloud.borrow_mut().set_faults(refused);
    scene.next_tick(TICK);
    scene.next_tick(TICK);
    let item = &scene.news()[0];
    assert_eq!(item.message, NewsMessage::Waiting);
    assert!(item.why.is_some());
    assert_eq!(delivery(&scene).state, HookState::Delivered);
    // The webhook hangs, and mail goes out.
    let (scene, _) = hooked();
    tell(&scene, "jira-users-acme", |_| {});
    scene.world.cloud.borrow_mut().set_receiver(Answering {
        hangs: true,
        ..Answering::default()
    });
    scene.next_tick(TICK);
    scene.next_tick(TICK);
    assert_eq!(scene.news()[0].message, NewsMessage::Sent);
    assert_eq!(subjects(&scene).len(), 1);
    assert_eq!(delivery(&scene).state, HookState::Waiting);
}

#[test]
fn whoever_gives_it_up_gets_nothing_of_what_waits_not_even_after_entering_another() {
    let (scene, _) = hooked();
    answering(&scene, 500);
    scene.next_tick(TICK);
    scene.next_tick(TICK);
    assert_eq!(received(&scene).len(), 1);
    let none = answer_of(&scene, Command::SetWebhook { url: None });
    assert_eq!((none.webhook, none.key), (None, None));
    for _ in 0..12 {
        scene.next_tick(TICK);
    }
    assert!(scene.news()[0].hook.is_none());
    enter(&scene);
    for _ in 0..12 {
        scene.next_tick(TICK);
    }
    assert_eq!(received(&scene).len(), 1);
    assert_eq!(
        scene.refused(&scene.first, Command::TestWebhook {}).code,
        "webhook-failed"
    );
    answer_of(&scene, Command::SetWebhook { url: None });
    for command in [Command::TestWebhook {}, Command::RenewWebhookKey {}] {
        assert_eq!(scene.refused(&scene.first, command).code, "not-found");
    }
}

#[test]
fn a_test_says_whether_it_arrives_and_a_new_key_takes_the_place_of_the_old_one() {
    let (scene, key) = hooked();
    assert_eq!(answer_of(&scene, Command::TestWebhook {}).key, None);
    let renewed = answer_of(&scene, Command::RenewWebhookKey {});
    let new = renewed.key.expect("a key");
    assert_ne!(new, key);
    assert!(answer_of(&scene, Command::TestWebhook {}).webhook.is_some());
    let received = received(&scene);
    let believed =
        |key: &str| -> Vec<bool> { received.iter().map(|one| is_signed(one, key)).collect() };
    assert_eq!(
        (believed(&key), believed(&new)),
        (vec![true, false], vec![false, true])
    );
    assert!(received.iter().all(|one| one.url == URL));
    answering(&scene, 400);
    let refusal = scene.refused(&scene.first, Command::TestWebhook {});
    assert_eq!(refusal.message, "the receiver answered with status 400");
    assert!(refusal.hint.is_some());
    let url = Some("https://127.0.0.1/x".into());
    let refusal = scene.refused(&scene.first, Command::SetWebhook { url });
    assert_eq!(refusal.code, "invalid");
}

#[test]
fn neither_address_nor_key_is_in_the_log_in_storage_in_an_export_or_in_an_answer() {
    let (scene, key) = hooked();
    answering(&scene, 500);
    scene.refused(&scene.first, Command::TestWebhook {});
    scene.next_tick(TICK);
    answering(&scene, 200);
    answer_of(&scene, Command::TestWebhook {});
    for _ in 0..4 {
        scene.next_tick(TICK);
    }
    let Answer::Overview(overview) = scene.order(Command::Overview {}) else {
        panic!("no overview")
    };
    let Some(Webhook { host, ending, .. }) = &overview.webhook else {
        panic!("no webhook")
    };
    assert_eq!((host.as_str(), ending.as_str()), (HOST, "abcd"));
    let texts: Vec<String> = {
        let cloud = scene.world.cloud.borrow();
        let values = cloud.stored().plain(cloud.now());
        values
            .into_iter()
            .map(|(_, value)| value.to_string())
            .collect()
    };
    let log: Vec<String> = scene.log().into_iter().map(|entry| entry.entry).collect();
    assert!(
        log.iter()
            .any(|entry| entry.contains(r#""action":"set-webhook""#))
    );
    let shown = [
        exported(&scene).to_string(),
        format!("{overview:?}"),
        format!("{:?}", scene.news()),
        format!("{:?}", answer_of(&scene, Command::TestWebhook {})),
    ];
    for text in texts.iter().chain(&log).chain(&shown) {
        assert!(!text.contains(HIDDEN) && !text.contains(&key), "{text}");
    }
}

/// What was noted for one receiver is for that one, also while it waits for its next attempt.
#[test]
fn another_address_gets_nothing_of_what_waited_for_the_first_and_another_key_all_of_it() {
    let (scene, _) = hooked();
    answering(&scene, 500);
    scene.next_tick(TICK);
    scene.next_tick(TICK);
    assert_eq!(received(&scene).len(), 1);
    answering(&scene, 200);
    let renewed = scene.copy();
    renewed.order(Command::RenewWebhookKey {});
    let none = scene.copy();
    none.order(Command::SetWebhook { url: None });
    enter(&none);
    let url = format!("https://{HOST}/services/another");
    scene.order(Command::SetWebhook { url: Some(url) });
    for (scene, more) in [(&scene, 0), (&none, 0), (&renewed, 1)] {
        for _ in 0..30 {
            scene.next_tick(TICK);
        }
        assert_eq!(received(scene).len(), 1 + more);
    }
}
