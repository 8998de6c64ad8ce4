//! News about what lasted: a schedule that did not come, and from where on seats are told.

use std::time::Duration;

use seatkeeper::app::admin::{Answer, Command};
use seatkeeper::app::records::{NewsItem, NewsMessage, Notices, Reports, SeatThreshold};
use seatkeeper::model::Time;

use crate::give_back::words;
use crate::in_process::Ending;
use crate::news::tell;
use crate::scene::Scene;

const QUARTER: u64 = 900;

fn silences(scene: &Scene) -> Vec<NewsItem> {
    let news = scene.news().into_iter();
    news.filter(|item| item.key.starts_with("silence:"))
        .collect()
}

fn advance(scene: &Scene, hours: u64) {
    let time = Duration::from_secs(hours * 3_600);
    scene.world.cloud.borrow().clock().advance(time);
}

/// A scene whose schedule has just come, and when that was.
fn ticked() -> (Scene, Time) {
    let scene = Scene::new(31, 300, |_| {});
    scene.prepare();
    tell(&scene, "jira-users-acme", |_| {});
    for _ in 0..2 {
        scene.next_tick(QUARTER);
    }
    let now = scene.world.cloud.borrow().now().timestamp();
    (scene, Time(now - now % 900))
}

#[test]
fn an_outage_is_told_once_wherever_a_kill_comes() {
    let (scene, since) = ticked();
    advance(&scene, 30);
    let mut killed = 0;
    for awaits in 1.. {
        let copy = scene.copy();
        let ending = copy.world.tick(Some(awaits));
        for _ in 0..3 {
            copy.next_tick(QUARTER);
        }
        let told = silences(&copy);
        assert_eq!(told.len(), 1, "killed after {awaits}: {told:?}");
        let begin = format!("The schedule did not come from {since} to ");
        assert!(told[0].title.starts_with(&begin), "{}", told[0].title);
        let is_settled = matches!(told[0].message, NewsMessage::Sent | NewsMessage::Unclear);
        assert!(is_settled, "killed after {awaits}: {told:?}");
        if ending != Ending::Killed {
            break;
        }
        killed += 1;
    }
    assert!(killed > 20, "{killed}");
}

#[test]
fn each_outage_is_told_with_its_beginning_and_its_end_and_a_short_one_is_none() {
    let (scene, since) = ticked();
    advance(&scene, 25);
    scene.next_tick(QUARTER);
    assert_eq!(silences(&scene), []);
    let (scene, _) = (ticked().0, since);
    advance(&scene, 30);
    scene.next_tick(QUARTER);
    let until = silences(&scene)[0].at;
    let first = format!("The schedule did not come from {since} to {until}");
    assert_eq!(silences(&scene)[0].title, first);
    for _ in 0..3 {
        scene.next_tick(QUARTER);
    }
    advance(&scene, 40);
    scene.next_tick(QUARTER);
    let told = silences(&scene);
    assert_eq!(told.len(), 2, "{told:?}");
    let second = format!(
        "The schedule did not come from {} to {}",
        until.plus(2_700),
        told[0].at
    );
    assert_eq!((&told[0].title, &told[1].title), (&second, &first));
}

#[test]
fn from_where_on_seats_are_told_is_checked_and_goes_with_the_configuration() {
    let scene = Scene::new(31, 60, |_| {});
    scene.world.cloud.borrow_mut().make_issue("LIFE", "Seats");
    let own = |product: &str, percent, used| SeatThreshold {
        product: product.into(),
        site: "acme.atlassian.net".into(),
        percent,
        used,
    };
    let many = (0..51).map(|number| own(&format!("p{number}"), None, None));
    for (used, thresholds, is_fit) in [
        (Some(0), vec![], false),
        (Some(1_000_001), vec![], false),
        (None, vec![own("jira-software", Some(49), None)], false),
        (None, vec![own("jira-software", None, Some(0))], false),
        (None, vec![own("", Some(90), None)], false),
        (
            None,
            vec![own("a", None, None), own("a", None, None)],
            false,
        ),
        (None, many.collect(), false),
        (
            Some(400),
            vec![own("a", Some(80), Some(70)), own("b", None, None)],
            true,
        ),
    ] {
        let reports = Reports {
            seats_used: used,
            seat_thresholds: thresholds,
            seats_forecast: false,
            ..Reports::default()
        };
        let notices = Some(Notices {
            reports: Some(reports),
            ..words(None)
        });
        let command = Command::SetNotices {
            notices: notices.clone(),
        };
        if !is_fit {
            assert_eq!(scene.refused(&scene.first, command).code, "invalid");
            continue;
        }
        let Answer::Settings(settings) = scene.order(command) else {
            panic!("no settings")
        };
        assert_eq!(settings.settings.notices, notices);
    }
    let Answer::Export(export) = scene.order(Command::Export {
        part: 0,
        made: None,
    }) else {
        panic!("no export")
    };
    assert!(format!("{export:?}").contains("seatThresholds"));
}
