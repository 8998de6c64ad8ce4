//! What a log-in does may be said for single policies.

use seatkeeper::app::admin::Command;
use seatkeeper::app::records::{LinkRules, Notices, OnLogIn, PolicyLinks, RunState};

use super::{ASK, LogInEvents, OFF, RESTORE, begun, later, scene, seen, suspended, try_to_log_in};
use crate::give_back::{is_active, words};

/// Says what is to happen for a policy; as for every policy without it.
fn own(policy: &str, on_log_in: Option<OnLogIn>) -> Command {
    let links = LinkRules {
        keep_days: Some(7),
        on_log_in,
        ..LinkRules::default()
    };
    let policy = policy.to_owned();
    Command::SetNotices {
        notices: Some(Notices {
            policies: vec![PolicyLinks { policy, links }],
            ..words(None)
        }),
    }
}

#[test]
fn what_is_said_of_one_policy_counts_for_whom_it_suspended() {
    const MINE: &str = "idle-contractors";
    let (first, account) = suspended(RESTORE, 0);
    first.world.cloud.borrow_mut().make_issue("LIFE", "Seats");
    for (all, policy, said, expected) in [
        (RESTORE, MINE, Some(OnLogIn::Nothing), None),
        (
            RESTORE,
            MINE,
            Some(OnLogIn::Ask),
            Some(RunState::AwaitingApproval),
        ),
        (ASK, MINE, Some(OnLogIn::Restore), Some(RunState::Done)),
        (OFF, MINE, Some(OnLogIn::Restore), Some(RunState::Done)),
        (OFF, MINE, Some(OnLogIn::Nothing), None),
        (OFF, MINE, None, None),
        // Links of its own that say nothing of it, as they were stored before.
        (RESTORE, MINE, None, Some(RunState::Done)),
        (OFF, "another", Some(OnLogIn::Restore), None),
        (
            RESTORE,
            "another",
            Some(OnLogIn::Nothing),
            Some(RunState::Done),
        ),
    ] {
        let scene = first.copy();
        let case = format!("{all:?} {policy} {said:?}");
        scene.order(own(policy, said));
        scene.order(all);
        try_to_log_in(&scene, &account);
        later(&scene, 300);
        let states: Vec<RunState> = begun(&scene).iter().map(|run| run.state).collect();
        assert_eq!(states, Vec::from_iter(expected), "{case}");
        assert_eq!(
            is_active(&scene, &account),
            expected == Some(RunState::Done)
        );
    }
}

#[test]
fn it_too_is_switched_on_only_where_such_events_were_seen() {
    let scene = scene(LogInEvents::Logged, 0);
    scene.world.cloud.borrow_mut().make_issue("LIFE", "Seats");
    let restore = || own("idle-contractors", Some(OnLogIn::Restore));
    let refusal = scene.refused(&scene.first, restore());
    assert_eq!(refusal.code, "wrong-state", "{refusal:?}");
    scene.order(own("idle-contractors", Some(OnLogIn::Nothing)));
    try_to_log_in(&scene, &scene.first);
    later(&scene, 60);
    scene.order(restore());
    // Where the events are gone the health says so, and everything else can be changed all the same.
    let switches = scene.world.cloud.borrow().switches().clone();
    let gone = cloud::switches::Switches {
        log_in_events: LogInEvents::NotListed,
        ..switches
    };
    scene.world.cloud.borrow_mut().set_switches(gone);
    later(&scene, 24 * 3_600);
    assert!(seen(&scene).1.contains(&"log-ins-missing".to_owned()));
    scene.order(restore());
    scene.order(own("idle-contractors", None));
    assert!(!seen(&scene).1.contains(&"log-ins-missing".to_owned()));
    scene.refused(&scene.first, restore());
}
