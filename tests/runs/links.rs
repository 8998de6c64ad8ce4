//! Links in warnings: opened by whatever looks into mail, pressed once by a person, and worth nothing in any other way (RULES R17).

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use cloud::organization::{Product, User};
use seatkeeper::app::admin::Command;
use seatkeeper::app::records::{LinkRules, Notices, PolicyLinks, Run, RunState};
use seatkeeper::app::{LinkMethod, LinkOutput, LinkRequest};
use seatkeeper::plan::{Act, Fate, Person};
use serde_json::json;

use crate::give_back::words;
use crate::in_process::Ending;
use crate::scene::Scene;
use crate::warnings::{mail, next_day, notices, scene};

/// The token of the link in the newest message to a person.
pub fn token(scene: &Scene, account: &str) -> String {
    let cloud = scene.world.cloud.borrow();
    let mut mails = cloud.inbox().iter().rev();
    let mail = mails.find(|mail| mail.account_id == account).expect("mail");
    let text = mail.text.as_deref().expect("a text");
    let (_, token) = text.split_once("?t=").expect("a link");
    token.split_whitespace().next().expect("a token").to_owned()
}

fn used(scene: &Scene, method: LinkMethod, token: &str) -> LinkOutput {
    scene.world.link(&LinkRequest {
        method,
        token: token.to_owned(),
        reason: Some("back from leave in May".into()),
    })
}

pub fn press(scene: &Scene, token: &str) -> LinkOutput {
    used(scene, LinkMethod::Post, token)
}

/// A scene in which people were warned yesterday, and two of them.
fn warned() -> (Scene, String, String) {
    let scene = scene(300, |_| {});
    next_day(&scene);
    let mut accounts = mail(&scene).into_keys();
    let (one, other) = (accounts.next(), accounts.next());
    (scene, one.expect("somebody"), other.expect("another"))
}

fn suspended(scene: &Scene, days: usize) -> BTreeSet<String> {
    let mut accounts = BTreeSet::new();
    for _ in 0..days {
        let run = next_day(scene);
        assert_eq!(run.state, RunState::Done, "{run:?}");
        for line in scene.lines(&run) {
            if line.person.fate == Fate::Verified && line.person.acts == [Act::Suspend] {
                accounts.insert(line.person.account.0.clone());
            }
        }
    }
    accounts
}

fn entries(scene: &Scene, action: &str) -> Vec<String> {
    let named = format!("\"action\":\"{action}\"");
    let log = scene.log().into_iter().map(|entry| entry.entry);
    log.filter(|entry| entry.contains(&named)).collect()
}

/// The line of a run's plan for a person.
fn line_of(scene: &Scene, run: &Run, account: &str) -> Person {
    let lines = scene.lines(run).into_iter();
    let mut lines = lines.filter(|line| line.person.account.0 == account);
    lines.next().expect("in the plan").person
}

#[test]
fn whoever_presses_the_button_is_let_be_for_as_long_as_the_settings_say() {
    let (scene, kept, other) = warned();
    let token = token(&scene, &kept);
    assert_eq!(press(&scene, &token), LinkOutput::Kept);
    let said = entries(&scene, "keep-access");
    assert_eq!(said.len(), 1);
    assert!(said[0].contains(&format!("link:{kept}")), "{}", said[0]);
    assert!(said[0].contains("back from leave in May"), "{}", said[0]);
    let in_a_month = suspended(&scene, 29);
    assert!(in_a_month.contains(&other));
    assert!(!in_a_month.contains(&kept));
    // Then it all begins anew: a warning, and a week.
    let later = suspended(&scene, 12);
    assert!(later.contains(&kept));
    assert_eq!(mail(&scene)[&kept].0, 2);
}

#[test]
fn a_link_that_is_opened_does_nothing_however_often() {
    let (scene, kept, _) = warned();
    let token = token(&scene, &kept);
    for _ in 0..2 {
        assert_eq!(used(&scene, LinkMethod::Get, &token), LinkOutput::AskKeep);
    }
    assert!(entries(&scene, "keep-access").is_empty());
    assert!(suspended(&scene, 8).contains(&kept));
}

#[test]
fn expired_forged_and_unwanted_links_are_answered_alike() {
    let (scene, kept, other) = warned();
    let (mine, theirs) = (token(&scene, &kept), token(&scene, &other));
    assert_eq!(press(&scene, &mine), LinkOutput::Kept);
    let (claims, _) = theirs.split_once('.').expect("two parts");
    let (_, signature) = mine.split_once('.').expect("two parts");
    for forged in ["", "x", &format!("{claims}.{signature}"), claims] {
        assert_eq!(press(&scene, forged), LinkOutput::NotUsable, "{forged}");
    }
    scene.order(Command::SetNotices { notices: None });
    assert_eq!(press(&scene, &theirs), LinkOutput::NotUsable, "unwanted");
    let issue = scene.world.cloud.borrow_mut().make_issue("LIFE", "Again");
    scene.order(notices(&issue, 1_000));
    let clock = scene.world.cloud.borrow().clock().clone();
    clock.advance(Duration::from_secs(14 * 86_400));
    assert_eq!(press(&scene, &theirs), LinkOutput::NotUsable, "expired");
    assert_eq!(entries(&scene, "keep-access").len(), 1);
}

#[test]
fn whoever_presses_the_button_twice_is_told_the_same_and_does_it_once() {
    let (scene, kept, _) = warned();
    let token = token(&scene, &kept);
    for _ in 0..3 {
        assert_eq!(press(&scene, &token), LinkOutput::Kept);
        next_day(&scene);
    }
    assert_eq!(entries(&scene, "keep-access").len(), 1);
    assert!(entries(&scene, "refused").is_empty());
    // Also once the policy is gone: nothing takes the access any more.
    scene.order(Command::DropPolicy {
        policy: "idle-contractors".into(),
        reason: "not wanted".into(),
    });
    assert_eq!(press(&scene, &token), LinkOutput::Kept);
    let clock = scene.world.cloud.borrow().clock().clone();
    clock.advance(Duration::from_secs(14 * 86_400));
    assert_eq!(press(&scene, &token), LinkOutput::NotUsable, "expired");
}

#[test]
fn a_kill_at_any_await_keeps_the_access_once() {
    let (first, kept, _) = warned();
    let token = token(&first, &kept);
    let pressed = LinkRequest {
        method: LinkMethod::Post,
        token: token.clone(),
        reason: None,
    };
    let mut survived = 0;
    for awaits in 1.. {
        let scene = first.copy();
        let was_killed = scene.world.link_killed_at(&pressed, awaits) == Ending::Killed;
        assert_eq!(press(&scene, &token), LinkOutput::Kept, "{awaits}");
        assert_eq!(entries(&scene, "keep-access").len(), 1, "{awaits}");
        if !was_killed {
            break;
        }
        survived = awaits;
    }
    assert!(survived > 5, "{survived}");
}

#[test]
fn a_link_lives_as_long_as_the_settings_say_and_until_something_can_be_taken() {
    let only_warns = json!([{"after": "0d", "do": "warn"}]);
    let soon = json!([{"after": "0d", "do": "warn"}, {"after": "7d", "do": "suspend"}]);
    let late = json!([{"after": "0d", "do": "warn"}, {"after": "30d", "do": "suspend"}]);
    for (stages, link_days, last) in [
        (&only_warns, None, 14),
        (&only_warns, Some(1), 1),
        (&only_warns, Some(90), 90),
        (&soon, Some(3), 7),
        (&late, None, 30),
        (&late, Some(3), 30),
    ] {
        let mut scene = scene(300, |_| {});
        scene.policy["stages"] = stages.clone();
        scene.order(Command::SavePolicy {
            document: scene.policy.to_string(),
            revision: None,
        });
        scene.order(Command::SetNotices {
            notices: Some(Notices {
                link_days,
                keep_days: Some(30),
                ..words(None)
            }),
        });
        next_day(&scene);
        let (account, _) = mail(&scene).pop_first().expect("somebody");
        let token = token(&scene, &account);
        let clock = scene.world.cloud.borrow().clock().clone();
        clock.advance(Duration::from_secs(last * 86_400 - 3_600));
        let too_late = scene.copy();
        assert_eq!(press(&scene, &token), LinkOutput::Kept, "{stages} {last}");
        let clock = too_late.world.cloud.borrow().clock().clone();
        clock.advance(Duration::from_secs(7_200));
        let answer = press(&too_late, &token);
        assert_eq!(answer, LinkOutput::NotUsable, "{stages} {last}");
    }
}

#[test]
fn a_link_lives_from_a_day_to_ninety_also_that_of_one_policy() {
    let scene = scene(60, |_| {});
    for (link_days, is_right) in [(0, false), (1, true), (90, true), (91, false)] {
        let rules = LinkRules {
            link_days: Some(link_days),
            ..LinkRules::default()
        };
        let own = PolicyLinks {
            policy: "idle-contractors".into(),
            links: rules,
        };
        for notices in [
            Notices {
                link_days: Some(link_days),
                ..words(None)
            },
            Notices {
                policies: vec![own],
                ..words(None)
            },
        ] {
            let notices = Some(notices);
            let said = scene
                .world
                .command(&scene.first, Command::SetNotices { notices });
            assert_eq!(said.is_ok(), is_right, "{link_days}");
        }
    }
}

#[test]
fn a_link_ends_with_its_policy() {
    let (scene, kept, _) = warned();
    let token = token(&scene, &kept);
    scene.order(Command::DropPolicy {
        policy: "idle-contractors".into(),
        reason: "not wanted".into(),
    });
    assert_eq!(press(&scene, &token), LinkOutput::NotUsable);
}

#[test]
fn a_person_uses_as_many_links_as_the_settings_allow() {
    let (scene, kept, _) = warned();
    scene.order(Command::SetNotices {
        notices: Some(Notices {
            issue: "LIFE-1".into(),
            everybody_browses: Some(true),
            contact: None,
            most_warned: 1_000,
            link_days: None,
            keep_days: Some(1),
            keep_times: Some(1),
            give_back: None,
            reports: None,
            policies: Vec::new(),
            tell_restored: false,
            restored_words: BTreeMap::new(),
        }),
    });
    assert_eq!(press(&scene, &token(&scene, &kept)), LinkOutput::Kept);
    let messages = mail(&scene)[&kept].0;
    while mail(&scene)[&kept].0 == messages {
        next_day(&scene);
    }
    assert_eq!(press(&scene, &token(&scene, &kept)), LinkOutput::NotUsable);
}

#[test]
fn a_link_that_is_used_after_the_plan_was_frozen_counts() {
    let (scene, kept, other) = warned();
    for _ in 0..6 {
        next_day(&scene);
    }
    // The plan of the day on which both lose their access waits for its approval meanwhile.
    let clock = scene.world.cloud.borrow().clock().clone();
    clock.advance(Duration::from_secs(86_400));
    scene.order(Command::SetLimits { percent_per_day: 1 });
    scene.world.tick(None);
    scene.world.deliver_all();
    let held = scene.runs().remove(0);
    assert_eq!(held.state, RunState::Held, "{held:?}");
    assert_eq!(press(&scene, &token(&scene, &kept)), LinkOutput::Kept);
    scene.release(&held.id);
    scene.world.deliver_all();
    let run = scene.run(&held.id);
    let fate = |account: &str| line_of(&scene, &run, account);
    assert_eq!(fate(&other).fate, Fate::Verified);
    let spared = fate(&kept);
    assert_eq!(spared.fate, Fate::Skipped);
    assert!(spared.reason.contains("used a link"), "{}", spared.reason);
}

#[test]
fn a_link_also_counts_for_a_later_text_that_warns_nobody() {
    let (mut scene, kept, other) = warned();
    assert_eq!(press(&scene, &token(&scene, &kept)), LinkOutput::Kept);
    scene.policy["stages"] = json!([{"after": "0d", "do": "suspend"}]);
    scene.order(Command::SavePolicy {
        document: scene.policy.to_string(),
        revision: Some(1),
    });
    let run = next_day(&scene);
    let fate = |account: &str| line_of(&scene, &run, account);
    assert_eq!(fate(&other).fate, Fate::Verified);
    let spared = fate(&kept);
    assert_eq!(spared.fate, Fate::Protected);
    assert!(spared.reason.contains("used a link"), "{}", spared.reason);
}

#[test]
fn whoever_used_a_link_and_cannot_be_reached_any_more_is_held_like_everybody_else() {
    let (scene, kept, _) = warned();
    assert_eq!(press(&scene, &token(&scene, &kept)), LinkOutput::Kept);
    for _ in 0..29 {
        next_day(&scene);
    }
    // They keep a seat, but not in Jira, which sends the mail.
    let elsewhere = |user: &mut User| {
        for access in &mut user.accesses {
            access.product = Product::Confluence;
        }
    };
    let mut cloud = scene.world.cloud.borrow_mut();
    cloud.change_user(&kept, elsewhere).expect("a person");
    drop(cloud);
    let mut reasons = Vec::new();
    for _ in 0..4 {
        let run = next_day(&scene);
        let lines = scene.lines(&run).into_iter();
        let mut lines = lines.filter(|line| line.person.account.0 == kept);
        reasons.extend(lines.next().map(|line| line.person.reason));
    }
    let last = reasons.last().map(String::as_str).unwrap_or_default();
    assert!(
        last.contains("no warning can reach the person"),
        "{reasons:?}"
    );
}
