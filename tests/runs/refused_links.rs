//! Links that are ours and give nothing: administrators learn of each once, and of forged ones never.

use std::time::Duration;

use cloud::organization::Standing;
use seatkeeper::app::LinkOutput;
use seatkeeper::app::admin::Command;
use seatkeeper::app::records::{GiveBack, Notices};

use crate::foreign::{read, set};
use crate::give_back::{self, entries, lost, words};
use crate::late_links::notices;
use crate::links::{press, token};
use crate::scene::Scene;
use crate::warnings::{mail, next_day, scene};

/// What happens before a link is pressed.
type Deed<'d> = &'d dyn Fn(&Scene);

/// Presses a link three times, all for nothing; what the log says of it.
fn refused(scene: &Scene, token: &str) -> String {
    let before = entries(scene, "refused").len();
    for _ in 0..3 {
        assert_eq!(press(scene, token), LinkOutput::NotUsable);
    }
    let mut said = entries(scene, "refused");
    assert_eq!(said.len(), before + 1, "{said:?}");
    said.pop().expect("an entry")
}

fn days(scene: &Scene, days: u64) {
    let clock = scene.world.cloud.borrow().clock().clone();
    clock.advance(Duration::from_secs(days * 86_400));
}

#[test]
fn whoever_may_not_keep_the_access_is_in_the_log_once_for_each_link() {
    let first = scene(300, |_| {});
    next_day(&first);
    let mut accounts = mail(&first).into_keys();
    let (one, other) = (
        accounts.next().expect("somebody"),
        accounts.next().expect("another"),
    );
    let (mine, theirs) = (token(&first, &one), token(&first, &other));
    let drop = |scene: &Scene| {
        scene.order(Command::DropPolicy {
            policy: "idle-contractors".into(),
            reason: "not wanted".into(),
        });
    };
    let unwanted = |scene: &Scene| {
        scene.order(notices(None, Some(GiveBack::Restore)));
    };
    let expired = |scene: &Scene| days(scene, 14);
    let cases: [(Deed<'_>, &str); 3] = [
        (&drop, "its policy is gone"),
        (&unwanted, "the settings want no such link any more"),
        (&expired, "it has expired"),
    ];
    for (change, why) in cases {
        let scene = first.copy();
        change(&scene);
        for (account, token) in [(&one, &mine), (&other, &theirs)] {
            let said = refused(&scene, token);
            assert!(said.contains(why), "{why}: {said}");
            assert!(said.contains(&format!("link:{account}")), "{said}");
            assert!(said.contains("\"outcome\":\"not-done\""), "{said}");
        }
    }
}

#[test]
fn so_is_whoever_has_used_as_many_as_they_may() {
    let scene = scene(300, |_| {});
    scene.order(Command::SetNotices {
        notices: Some(Notices {
            keep_days: Some(1),
            keep_times: Some(1),
            ..words(None)
        }),
    });
    next_day(&scene);
    let account = mail(&scene).into_keys().next().expect("somebody");
    assert_eq!(press(&scene, &token(&scene, &account)), LinkOutput::Kept);
    while mail(&scene)[&account].0 == 1 {
        next_day(&scene);
    }
    let said = refused(&scene, &token(&scene, &account));
    assert!(said.contains("as many links"), "{said}");
}

#[test]
fn so_is_whoever_gets_nothing_back() {
    let scene = give_back::scene(
        &[serde_json::json!({"after": "7d", "do": "suspend"})],
        GiveBack::Restore,
    );
    next_day(&scene);
    let early = mail(&scene).into_keys().next().expect("somebody");
    let said = refused(&scene, &token(&scene, &early));
    assert!(said.contains("nothing is there"), "{said}");
    let (account, token) = lost(&scene);
    set(&scene, &account, Standing::Active);
    read(&scene);
    set(&scene, &account, Standing::Suspended);
    read(&scene);
    if account != early {
        let said = refused(&scene, &token);
        assert!(said.contains("get the access back"), "{said}");
        assert!(said.contains("somebody else"), "{said}");
    }
}

#[test]
fn forged_links_leave_no_trace_however_many_there_are() {
    let scene = scene(300, |_| {});
    next_day(&scene);
    let account = mail(&scene).into_keys().next().expect("somebody");
    let token = token(&scene, &account);
    let (claims, signature) = token.split_once('.').expect("two parts");
    for forged in [
        "",
        "x",
        claims,
        &format!("{claims}A.{signature}"),
        &format!("{claims}.{}", signature.get(1..).unwrap_or_default()),
    ] {
        assert_eq!(press(&scene, forged), LinkOutput::NotUsable, "{forged}");
    }
    assert!(entries(&scene, "refused").is_empty());
}
