//! "Keep my access", pressed when the access was taken already: nobody is told that they keep what they lost.

use std::collections::BTreeMap;
use std::time::Duration;

use cloud::organization::Standing;
use seatkeeper::app::admin::Command;
use seatkeeper::app::records::{GiveBack, Notices, RunState};
use seatkeeper::app::{LinkMethod, LinkOutput, LinkRequest};
use seatkeeper::plan::Act;
use serde_json::json;

use crate::foreign::{read, set};
use crate::give_back::{self, asked_for, entries, is_active, lost, press, words};
use crate::in_process::Ending;
use crate::scene::Scene;
use crate::warnings::{self, next_day};

pub fn notices(keep_days: Option<u32>, give_back: Option<GiveBack>) -> Command {
    Command::SetNotices {
        notices: Some(Notices {
            keep_days,
            ..words(give_back)
        }),
    }
}

/// The tokens of the links that keep an access in every message to each person, the oldest first.
fn tokens(scene: &Scene) -> BTreeMap<String, Vec<String>> {
    let cloud = scene.world.cloud.borrow();
    let mut tokens: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for mail in cloud.inbox() {
        let text = mail.text.as_deref().expect("a text");
        let mut lines = text.lines().filter(|line| !line.contains("90 days"));
        let line = lines
            .find_map(|line| line.split_once("?t="))
            .expect("a link");
        let of = tokens.entry(mail.account_id.clone()).or_default();
        of.push(line.1.trim().to_owned());
    }
    tokens
}

/// Somebody whom the policy suspends from now on at some time, once that is done.
fn suspended(scene: &Scene, among: &BTreeMap<String, Vec<String>>) -> String {
    for _ in 0..40 {
        let run = next_day(scene);
        assert_eq!(run.state, RunState::Done, "{run:?}");
        let lines = scene.lines(&run).into_iter().map(|line| line.person);
        let mut taken = lines.filter(|person| person.acts.contains(&Act::Suspend));
        let taken = taken.find(|person| among.contains_key(&person.account.0));
        if let Some(person) = taken {
            return person.account.0;
        }
    }
    panic!("nobody was suspended")
}

/// A scene in which somebody was warned and suspended a week later, with the link that would have kept the access.
fn late(give_back: Option<GiveBack>) -> (Scene, String, String) {
    let scene = warnings::scene(300, |_| {});
    scene.order(notices(Some(30), give_back));
    next_day(&scene);
    let tokens = tokens(&scene);
    let account = suspended(&scene, &tokens);
    assert!(!is_active(&scene, &account));
    let token = tokens[&account][0].clone();
    (scene, account, token)
}

fn request(token: &str) -> LinkRequest {
    LinkRequest {
        method: LinkMethod::Post,
        token: token.to_owned(),
        reason: None,
    }
}

#[test]
fn what_was_taken_is_given_back_by_the_link_that_would_have_kept_it_once() {
    let (scene, account, token) = late(Some(GiveBack::Restore));
    scene.order(Command::SetStopped { stopped: true });
    assert_eq!(press(&scene, &token), LinkOutput::TryLater, "stopped");
    scene.order(Command::SetStopped { stopped: false });
    assert_eq!(press(&scene, &token), LinkOutput::Restoring);
    assert_eq!(press(&scene, &token), LinkOutput::NotUsable, "used before");
    scene.world.deliver_all();
    assert!(is_active(&scene, &account));
    assert_eq!(asked_for(&scene).len(), 1);
    assert_eq!(press(&scene, &token), LinkOutput::NotUsable, "used before");
    assert!(entries(&scene, "keep-access").is_empty());
    assert_eq!(entries(&scene, "ask-back").len(), 1);
    assert!(entries(&scene, "refused").is_empty(), "the log has its use");
}

#[test]
fn a_second_person_is_asked_where_the_link_that_gives_back_asks_one() {
    let (scene, account, token) = late(Some(GiveBack::Ask));
    assert_eq!(press(&scene, &token), LinkOutput::Asked);
    scene.world.deliver_all();
    let run = asked_for(&scene).remove(0);
    assert_eq!(run.state, RunState::AwaitingApproval, "{run:?}");
    assert!(!is_active(&scene, &account));
    assert_eq!(press(&scene, &token), LinkOutput::NotUsable, "used before");
}

#[test]
fn where_nothing_is_given_back_by_links_it_is_not_spent_and_the_log_tells_of_it_once() {
    let (scene, account, token) = late(None);
    for _ in 0..3 {
        assert_eq!(press(&scene, &token), LinkOutput::NotUsable);
    }
    assert!(entries(&scene, "keep-access").is_empty());
    let said = entries(&scene, "refused");
    assert_eq!(said.len(), 1, "{said:?}");
    assert!(said[0].contains(&format!("link:{account}")), "{}", said[0]);
    assert!(said[0].contains("keep the access"), "{}", said[0]);
    scene.order(notices(Some(30), Some(GiveBack::Restore)));
    assert_eq!(press(&scene, &token), LinkOutput::Restoring);
}

#[test]
fn whom_an_administrator_restored_keeps_the_access() {
    for give_back in [None, Some(GiveBack::Restore)] {
        let (scene, account, token) = late(give_back);
        set(&scene, &account, Standing::Active);
        read(&scene);
        assert_eq!(press(&scene, &token), LinkOutput::Kept, "{give_back:?}");
        assert_eq!(entries(&scene, "keep-access").len(), 1);
        assert!(asked_for(&scene).is_empty());
    }
}

#[test]
fn and_whom_an_administrator_suspended_again_does_not() {
    let (scene, account, token) = late(Some(GiveBack::Restore));
    set(&scene, &account, Standing::Active);
    read(&scene);
    set(&scene, &account, Standing::Suspended);
    read(&scene);
    assert_eq!(press(&scene, &token), LinkOutput::NotUsable);
    let said = entries(&scene, "refused");
    assert!(said[0].contains("somebody else"), "{said:?}");
    assert!(entries(&scene, "keep-access").is_empty());
}

#[test]
fn whom_others_suspended_and_restored_has_not_the_product_back_that_was_taken() {
    let stages = [json!({"after": "7d", "do": "removeAccess"})];
    let scene = give_back::scene(&stages, GiveBack::Restore);
    scene.order(notices(Some(30), Some(GiveBack::Restore)));
    let (account, _) = lost(&scene);
    let token = tokens(&scene)[&account][0].clone();
    for standing in [Standing::Suspended, Standing::Active] {
        set(&scene, &account, standing);
        read(&scene);
    }
    assert_eq!(press(&scene, &token), LinkOutput::NotUsable);
    assert!(entries(&scene, "keep-access").is_empty());
}

#[test]
fn a_link_that_kept_the_access_for_its_time_gives_nothing_back_later() {
    let scene = warnings::scene(300, |_| {});
    scene.order(notices(Some(1), Some(GiveBack::Restore)));
    next_day(&scene);
    let first = tokens(&scene);
    let (account, tokens_of) = first.first_key_value().expect("somebody");
    assert_eq!(press(&scene, &tokens_of[0]), LinkOutput::Kept);
    let mut days = 0;
    while is_active(&scene, account) {
        next_day(&scene);
        days += 1;
    }
    assert!((8..14).contains(&days), "{days}");
    for _ in 0..2 {
        assert_eq!(press(&scene, &tokens_of[0]), LinkOutput::NotUsable);
    }
    let said = entries(&scene, "refused");
    assert_eq!(said.len(), 1, "{said:?}");
    assert!(said[0].contains("kept the access before"), "{said:?}");
    // That of the second warning was not used.
    let second = tokens(&scene)[account][1].clone();
    assert_eq!(press(&scene, &second), LinkOutput::Restoring);
}

#[test]
fn what_was_taken_before_the_warning_is_not_what_its_link_is_about() {
    let mut scene = warnings::scene(600, |_| {});
    let host = scene.world.cloud.borrow().organization().sites[0].host();
    scene.policy["stages"] = json!([
        {"after": "0d", "do": "warn"},
        {"after": "2d", "do": "removeAccess", "products": ["confluence"], "sites": [host]},
        {"after": "4d", "do": "warn"},
        {"after": "20d", "do": "suspend"},
    ]);
    scene.order(Command::SavePolicy {
        document: scene.policy.to_string(),
        revision: None,
    });
    scene.order(notices(Some(30), Some(GiveBack::Restore)));
    let mut lost = Vec::new();
    let twice = |scene: &Scene| -> BTreeMap<String, Vec<String>> {
        let tokens = tokens(scene).into_iter();
        tokens.filter(|(_, of)| of.len() == 2).collect()
    };
    while twice(&scene).is_empty() {
        let run = next_day(&scene);
        let lines = scene.lines(&run).into_iter().map(|line| line.person);
        let took = lines.filter(|one| one.acts.iter().any(Act::takes_access));
        lost.extend(took.map(|one| one.account.0));
    }
    let twice = twice(&scene);
    let both = twice.iter().find(|(account, _)| lost.contains(account));
    let (_, of) = both.expect("somebody who lost a product and was warned again");
    let copy = scene.copy();
    assert_eq!(press(&copy, &of[1]), LinkOutput::Kept);
    assert!(asked_for(&copy).is_empty());
    assert_eq!(press(&scene, &of[0]), LinkOutput::Restoring);
    assert!(entries(&scene, "keep-access").is_empty());
}

#[test]
fn a_kill_at_any_await_neither_loses_the_wish_nor_doubles_it() {
    let (first, account, token) = late(Some(GiveBack::Restore));
    let mut survived = 0;
    for awaits in 1.. {
        let scene = first.copy();
        let was_killed = scene.world.link_killed_at(&request(&token), awaits) == Ending::Killed;
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
        assert!(entries(&scene, "keep-access").is_empty(), "{awaits}");
        if !was_killed {
            break;
        }
        survived = awaits;
    }
    assert!(survived > 5, "{survived}");
}

#[test]
fn a_refusal_that_is_killed_at_any_await_is_in_the_log_once() {
    let (first, _, token) = late(None);
    let mut survived = 0;
    for awaits in 1.. {
        let scene = first.copy();
        let was_killed = scene.world.link_killed_at(&request(&token), awaits) == Ending::Killed;
        assert_eq!(press(&scene, &token), LinkOutput::NotUsable, "{awaits}");
        assert_eq!(entries(&scene, "refused").len(), 1, "{awaits}");
        if !was_killed {
            break;
        }
        survived = awaits;
    }
    assert!(survived > 5, "{survived}");
}

/// Once the way back is over, the link that kept nothing is over, too.
#[test]
fn it_ends_when_it_ends_whatever_was_taken() {
    let (scene, _, token) = late(Some(GiveBack::Restore));
    let clock = scene.world.cloud.borrow().clock().clone();
    clock.advance(Duration::from_secs(14 * 86_400));
    assert_eq!(press(&scene, &token), LinkOutput::NotUsable);
    let said = entries(&scene, "refused");
    assert!(said[0].contains("has expired"), "{said:?}");
}
