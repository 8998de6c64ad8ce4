//! By which ways news goes: mail that is refused for a while, mail and a comment, and approvers where nothing was said.

use std::collections::BTreeSet;

use seatkeeper::app::admin::Command;
use seatkeeper::app::records::{NewsItem, NewsMessage, Reports, Roles};

use crate::anchors::comments;
use crate::approval::users_of_jira;
use crate::in_process::Ending;
use crate::news::{subjects, tell};
use crate::reports;
use crate::scene::Scene;

const QUARTER: u64 = 900;
const HOUR: u64 = 3_600;

/// A scene in which a run is held of which nothing is told yet.
fn scene(change: impl FnOnce(&mut Reports)) -> Scene {
    let scene = reports::scene(|_| {});
    tell(&scene, "jira-users-acme", change);
    reports::held(&scene);
    scene
}

/// The piece that says that the run is held.
fn waiting(scene: &Scene) -> NewsItem {
    let mut news = scene.news().into_iter();
    news.find(|item| item.key.ends_with(":held"))
        .expect("the news of a run that is held")
}

/// How often that was told by mail.
fn mailed(scene: &Scene) -> usize {
    let subjects = subjects(scene).into_iter();
    subjects
        .filter(|subject| subject.contains(": held"))
        .count()
}

#[test]
fn outgoing_mail_that_is_off_is_waited_for_up_to_a_week() {
    for (hours, expected, sent) in [(3, NewsMessage::Sent, 1), (9 * 24, NewsMessage::Refused, 0)] {
        let scene = scene(|_| {});
        scene.world.cloud.borrow_mut().set_outgoing_mail(false);
        scene.next_tick(QUARTER);
        for _ in 0..hours {
            scene.next_tick(HOUR);
        }
        let item = waiting(&scene);
        let why = item.why.expect("why it is not sent");
        assert!(why.contains("403"), "{why}");
        if sent > 0 {
            assert_eq!(item.message, NewsMessage::Waiting);
        }
        scene.world.cloud.borrow_mut().set_outgoing_mail(true);
        for _ in 0..30 {
            scene.next_tick(HOUR);
        }
        assert_eq!(waiting(&scene).message, expected);
        assert_eq!(mailed(&scene), sent);
        let said = reports::reported(&scene).into_iter().filter(|entry| {
            let reason = entry["reason"].as_str().expect("a reason");
            reason.contains(": held")
        });
        assert_eq!(said.count(), 2, "the first attempt and the last");
    }
}

#[test]
fn mail_and_a_comment_are_each_told_once_and_neither_waits_for_the_other() {
    for is_on in [true, false] {
        let scene = scene(|reports| (reports.as_comment, reports.also_mail) = (true, true));
        scene.world.cloud.borrow_mut().set_outgoing_mail(is_on);
        for _ in 0..3 {
            scene.next_tick(QUARTER);
        }
        let item = waiting(&scene);
        let comment = item.comment.expect("a comment");
        assert_eq!(comment.message, NewsMessage::Sent);
        assert_eq!(comments(&scene).len(), 1);
        let (message, sent) = match is_on {
            true => (NewsMessage::Sent, 1),
            false => (NewsMessage::Waiting, 0),
        };
        assert_eq!((item.message, mailed(&scene)), (message, sent));
        // Only a comment is wanted from now on, and there is one.
        if !is_on {
            scene.world.cloud.borrow_mut().set_outgoing_mail(true);
            scene.order(Command::SetNotices {
                notices: Some(seatkeeper::app::records::Notices {
                    reports: Some(Reports {
                        as_comment: true,
                        ..Reports::default()
                    }),
                    ..crate::give_back::words(None)
                }),
            });
            for _ in 0..3 {
                scene.next_tick(HOUR);
            }
            assert_eq!((comments(&scene).len(), mailed(&scene)), (1, 0));
            assert_eq!(waiting(&scene).message, NewsMessage::Nobody);
        }
    }
}

#[test]
fn a_kill_at_any_await_tells_nothing_twice_by_either_way() {
    let scene = scene(|reports| (reports.as_comment, reports.also_mail) = (true, true));
    let mut fates = BTreeSet::new();
    for awaits in 1.. {
        let copy = scene.copy();
        let ending = copy.world.tick(Some(awaits));
        for _ in 0..3 {
            copy.next_tick(QUARTER);
        }
        let item = waiting(&copy);
        let comment = item.comment.expect("a comment");
        for (way, message, sent) in [
            ("mail", item.message, mailed(&copy)),
            ("comment", comment.message, comments(&copy).len()),
        ] {
            match message {
                NewsMessage::Sent => assert_eq!(sent, 1, "{way}, killed after {awaits}"),
                NewsMessage::Unclear => assert!(sent <= 1, "{way}, killed after {awaits}"),
                other => panic!("{way}, killed after {awaits}: {other:?}"),
            }
            fates.insert(format!("{way} {message:?} {sent}"));
        }
        if ending != Ending::Killed {
            break;
        }
    }
    assert_eq!(fates.len(), 6, "{fates:?}");
}

#[test]
fn where_nothing_was_said_approvers_are_told_what_waits_for_them() {
    let nobody = Reports::default();
    for (said, has_approvers, is_told) in [
        (None, true, true),
        (None, false, false),
        (Some(nobody), true, false),
    ] {
        let scene = reports::scene(|_| {});
        let approver = has_approvers.then(|| users_of_jira(&scene));
        scene.order(Command::SetRoles {
            roles: Roles {
                operator: None,
                approver,
            },
        });
        reports::tell(&scene, said);
        let run = reports::held(&scene);
        scene.next_tick(QUARTER);
        assert_eq!(mailed(&scene), usize::from(is_told));
        scene.order(Command::RejectRun {
            run: run.id,
            reason: "not now".into(),
        });
        for _ in 0..3 {
            scene.next_tick(QUARTER);
        }
        // Of nothing else they are told.
        let news = scene.news();
        let over = news.iter().find(|item| item.key.ends_with(":over"));
        assert_eq!(over.expect("its end").message, NewsMessage::Nobody);
        assert_eq!(subjects(&scene).len(), usize::from(is_told));
    }
}
