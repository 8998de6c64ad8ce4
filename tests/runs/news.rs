//! What administrators are told without asking: once each, in one message, and nothing is lost if mail is.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use cloud::faults::{FaultKind, Faults};
use seatkeeper::app::admin::Command;
use seatkeeper::app::records::{NewsMessage, Notices, Reports, RoleGroup, Run, RunState};
use seatkeeper::model::GroupId;
use seatkeeper::policy::ReportWhen;

use crate::in_process::Ending;
use crate::scene::{Scene, group_ids};

/// A quarter of an hour, in seconds.
const QUARTER: u64 = 900;

/// A scene in which a policy is due, and a group of administrators is to be told.
fn scene(change: impl FnOnce(&mut Reports)) -> Scene {
    let scene = Scene::new(31, 300, |_| {});
    scene.prepare();
    tell(&scene, "jira-users-acme", change);
    scene
}

pub fn tell(scene: &Scene, group: &str, change: impl FnOnce(&mut Reports)) {
    let groups = group_ids(&scene.world.cloud.borrow());
    let (name, id) = groups
        .into_iter()
        .find(|(name, _)| name == group)
        .expect("the group");
    let mut reports = Reports {
        groups: vec![RoleGroup {
            id: GroupId(id),
            name,
        }],
        seats_percent: None,
        ..Reports::default()
    };
    change(&mut reports);
    let issue = scene.world.cloud.borrow_mut().make_issue("LIFE", "Seats");
    scene.order(Command::SetNotices {
        notices: Some(Notices {
            issue,
            everybody_browses: Some(true),
            contact: None,
            most_warned: 1_000,
            link_days: None,
            keep_days: None,
            keep_times: None,
            give_back: None,
            reports: Some(reports),
            policies: Vec::new(),
            tell_restored: false,
            restored_words: BTreeMap::new(),
        }),
    });
}

fn titles(scene: &Scene) -> Vec<String> {
    scene.news().into_iter().map(|item| item.title).collect()
}

/// The subjects that went out, each once however many people got it.
pub fn subjects(scene: &Scene) -> Vec<String> {
    let cloud = scene.world.cloud.borrow();
    let mut subjects: Vec<String> = Vec::new();
    for mail in cloud.inbox() {
        if subjects.last() != Some(&mail.subject) {
            subjects.push(mail.subject.clone());
        }
    }
    subjects
}

/// The first run of the policy, which is held until somebody releases it.
fn held(scene: &Scene) -> Run {
    assert_eq!(scene.world.tick(None), Ending::Value(Ok(())));
    scene.world.deliver_all();
    let run = scene.only_run();
    assert_eq!(run.state, RunState::Held, "{run:?}");
    run
}

#[test]
fn a_run_that_waits_and_its_end_are_told_once_each() {
    let scene = scene(|_| {});
    let run = held(&scene);
    for _ in 0..3 {
        scene.next_tick(QUARTER);
    }
    let people = run.counts.planned;
    let waits = format!("Idle contractors: held, {people} people planned");
    assert_eq!(titles(&scene), [waits.as_str()]);
    assert_eq!(subjects(&scene), [format!("Seatkeeper: {waits}")]);
    scene.release(&run.id);
    scene.world.deliver_all();
    for _ in 0..3 {
        scene.next_tick(QUARTER);
    }
    let done = scene.run(&run.id);
    let over = format!("Idle contractors: done, {} people", done.counts.acted);
    assert_eq!(titles(&scene), [over.as_str(), waits.as_str()]);
    assert_eq!(
        subjects(&scene),
        [waits, over].map(|title| format!("Seatkeeper: {title}"))
    );
    assert!(
        scene
            .news()
            .iter()
            .all(|item| item.message == NewsMessage::Sent && item.run.as_ref() == Some(&run.id))
    );
    let log = scene.log();
    let told = log
        .iter()
        .filter(|entry| entry.entry.contains(r#""action":"report""#));
    assert_eq!(told.count(), 2);
    // Whoever keeps the message can tell whether the log was cut.
    let cloud = scene.world.cloud.borrow();
    let text = cloud.inbox()[0].text.clone().expect("a text");
    let (_, head) = text.rsplit_once(": ").expect("the log's head");
    let (number, hash) = head.split_once(':').expect("a number and a hash");
    let number: usize = number.parse().expect("a number");
    assert_eq!(log[number - 1].hash, hash);
}

#[test]
fn of_runs_that_ended_those_are_told_that_somebody_wants_to_know_of() {
    for (when, expected) in [
        (ReportWhen::Problems, false),
        (ReportWhen::Changes, true),
        (ReportWhen::Always, true),
    ] {
        let scene = scene(|reports| reports.runs = when);
        let run = held(&scene);
        scene.release(&run.id);
        scene.world.deliver_all();
        let dry = scene.started("idle-contractors", true);
        scene.world.deliver_all();
        assert_eq!(scene.run(&dry.id).state, RunState::Previewed);
        scene.next_tick(QUARTER);
        let titles = titles(&scene);
        let is_over = |title: &&String| title.contains(": done");
        assert_eq!(titles.iter().any(|title| is_over(&title)), expected);
        let is_dry = |title: &&String| title.contains("dry run");
        assert_eq!(
            titles.iter().any(|title| is_dry(&title)),
            when == ReportWhen::Always
        );
    }
}

#[test]
fn the_page_shows_all_where_nobody_is_written_to() {
    let scene = Scene::new(31, 300, |_| {});
    scene.prepare();
    held(&scene);
    scene.next_tick(QUARTER);
    let items = scene.news();
    assert_eq!(items.len(), 1, "{items:?}");
    assert_eq!(items[0].message, NewsMessage::Nobody);
    assert_eq!(subjects(&scene), Vec::<String>::new());
}

#[test]
fn what_jira_refused_is_sent_later_and_what_it_may_have_sent_is_not_sent_again() {
    for (fault, message, sent) in [
        // What was surely not sent is tried again, an hour later.
        (FaultKind::Forbidden, NewsMessage::Sent, 1),
        (FaultKind::CutAfter, NewsMessage::Unclear, 1),
        (FaultKind::ServerErrorBefore, NewsMessage::Unclear, 0),
        // It is known not to have been sent, and told as soon as Jira lets it.
        (FaultKind::TooManyRequests, NewsMessage::Sent, 1),
    ] {
        let scene = scene(|_| {});
        held(&scene);
        scene
            .world
            .cloud
            .borrow_mut()
            .set_faults(Faults::planned("jira.issue.notify", fault));
        for _ in 0..6 {
            scene.next_tick(QUARTER);
        }
        let items = scene.news();
        assert_eq!(items[0].message, message, "{fault:?}: {items:?}");
        assert_eq!(items[0].why.is_some(), message != NewsMessage::Sent);
        assert_eq!(subjects(&scene).len(), sent, "{fault:?}");
    }
}

#[test]
fn a_kill_at_any_await_tells_nothing_twice_and_forgets_nothing() {
    let scene = scene(|_| {});
    held(&scene);
    let clock = scene.world.cloud.borrow().clock().clone();
    clock.advance(Duration::from_secs(900));
    let mut fates = BTreeSet::new();
    for awaits in 1.. {
        let copy = scene.copy();
        let ending = copy.world.tick(Some(awaits));
        for _ in 0..3 {
            copy.next_tick(QUARTER);
        }
        let items = copy.news();
        assert_eq!(items.len(), 1, "killed after {awaits}: {items:?}");
        let sent = subjects(&copy).len();
        match items[0].message {
            NewsMessage::Sent => assert_eq!(sent, 1, "killed after {awaits}"),
            NewsMessage::Unclear => assert!(sent <= 1, "killed after {awaits}"),
            other => panic!("killed after {awaits}: {other:?}"),
        }
        fates.insert(format!("{:?} {sent}", items[0].message));
        if ending != Ending::Killed {
            break;
        }
    }
    let expected = ["Sent 1", "Unclear 0", "Unclear 1"];
    assert_eq!(fates, expected.map(str::to_owned).into());
}

#[test]
fn it_can_be_said_in_a_comment_instead() {
    let scene = scene(|reports| {
        reports.as_comment = true;
        reports.groups.clear();
    });
    held(&scene);
    scene.next_tick(QUARTER);
    assert_eq!(scene.news()[0].message, NewsMessage::Sent);
    assert_eq!(subjects(&scene), Vec::<String>::new());
    let comments = crate::anchors::comments(&scene);
    assert_eq!(comments.len(), 1, "{comments:?}");
    assert!(comments[0].contains("Idle contractors: held"));
}
