//! Policies that keep a number of seats: that as many are freed as must be, and no more (RULES R11).

use std::collections::BTreeSet;

use cloud::organization::Standing;
use seatkeeper::app::admin::Command;
use seatkeeper::app::records::{ExemptionSubject, Run, RunState, SeatFigures};
use seatkeeper::model::AccountId;
use serde_json::{Value, json};

use crate::foreign::{read, set};
use crate::links::{press, token};
use crate::scene::{Scene, exempt};
use crate::warnings::{mail, next_day, notices};

const PRODUCT: &str = "jira-software";

fn host(scene: &Scene) -> String {
    scene.world.cloud.borrow().organization().sites[0].host()
}

/// A policy that keeps so many seats of Jira on one site. One that waits may warn first.
pub fn keeping(scene: &Scene, seats: u32, after: &str, warns: bool) -> Value {
    let (products, sites) = (json!([PRODUCT]), json!([host(scene)]));
    let takes = json!({"after": after, "do": "removeAccess", "products": products, "sites": sites});
    let warning = warns.then(|| json!({"after": "0d", "do": "warn"}));
    let stages: Vec<Value> = warning.into_iter().chain([takes]).collect();
    json!({
        "version": 1, "id": "idle-contractors", "name": "Few seats",
        "match": {"all": [
            {"status": ["active"]},
            {"any": [
                {"idle": {"longerThan": "90d", "products": products, "sites": sites}},
                {"neverActive": {"addedMoreThan": "90d", "products": products, "sites": sites}},
            ]},
        ]},
        "keep": {"product": PRODUCT, "site": host(scene), "seats": seats},
        "stages": stages,
        "limits": {"users": 1000, "percent": 50},
        "schedule": {"every": {"n": 1, "unit": "day"}, "at": "13:00"},
    })
}

/// How many seats are in use, as a dry run finds.
pub fn figures(scene: &Scene) -> SeatFigures {
    let run = scene.started("idle-contractors", true);
    assert_eq!(run.state, RunState::Previewed, "{run:?}");
    let plan = run.plan.expect("a plan");
    plan.seats.expect("figures")
}

/// A scene whose policy must free so many seats.
pub fn crowded(free: u32, after: &str, warns: bool) -> (Scene, u32) {
    let mut scene = Scene::new(31, 300, |_| {});
    let issue = scene.world.cloud.borrow_mut().make_issue("LIFE", "Seats");
    scene.policy = keeping(&scene, 1_000_000, after, warns);
    scene.prepare();
    scene.order(notices(&issue, 1_000));
    let found = figures(&scene);
    assert_eq!(found.missing, 0);
    let kept = found.in_use - free;
    keep(&scene, kept, after, warns);
    (scene, kept)
}

fn keep(scene: &Scene, seats: u32, after: &str, warns: bool) {
    scene.order(Command::SavePolicy {
        document: keeping(scene, seats, after, warns).to_string(),
        revision: None,
    });
}

/// The accounts of a plan's lines that say something.
pub fn saying(scene: &Scene, run: &Run, start: &str) -> BTreeSet<String> {
    let lines = scene.lines(run).into_iter().map(|line| line.person);
    let lines = lines.filter(|person| person.reason.starts_with(start));
    lines.map(|person| person.account.0).collect()
}

#[test]
fn as_many_seats_are_freed_as_must_be_and_no_more() {
    let (scene, kept) = crowded(5, "0d", false);
    let run = next_day(&scene);
    assert_eq!(run.state, RunState::Done, "{run:?}");
    let acted = scene.verified(&run);
    assert_eq!(acted.len(), 5, "{run:?}");
    let stay = saying(&scene, &run, "keeps the seat");
    assert!(!stay.is_empty() && acted.iter().all(|account| !stay.contains(account)));
    // What was read before shows the five still: nobody goes in their place.
    let found = figures(&scene);
    assert_eq!((found.in_use, found.missing), (kept + 5, 0));
    read(&scene);
    let found = figures(&scene);
    assert_eq!((found.in_use, found.missing), (kept, 0));
    let next = next_day(&scene);
    assert_eq!((next.counts.planned, next.counts.acted), (0, 0), "{next:?}");
}

#[test]
fn seats_that_nobody_can_be_taken_from_are_told() {
    let (scene, kept) = crowded(5, "0d", false);
    let run = scene.started("idle-contractors", true);
    let chosen = scene.planned(&run);
    let others = saying(&scene, &run, "keeps the seat");
    assert_eq!(chosen.len(), 5);
    keep(&scene, 0, "0d", false);
    let run = scene.started("idle-contractors", true);
    let found = run.plan.as_ref().and_then(|plan| plan.seats.clone());
    let found = found.expect("figures");
    // Everybody goes who may, but for whom nobody knows whether the access takes a seat: it is given by a role of their own.
    let (all, unknown) = (scene.planned(&run), saying(&scene, &run, "keeps the seat"));
    assert_eq!(all.len() + unknown.len(), chosen.len() + others.len());
    assert!(all.len() > chosen.len() && !unknown.is_empty());
    let idle = u32::try_from(all.len()).expect("few people");
    assert_eq!(found.in_use, kept + 5);
    assert_eq!(found.missing, found.in_use - idle);
}

#[test]
fn once_chosen_they_stay_chosen_until_seen_again_and_others_follow_whoever_leaves() {
    let (scene, _) = crowded(3, "7d", false);
    let first = next_day(&scene);
    let chosen = saying(&scene, &first, "waits: stage 1");
    assert_eq!(chosen.len(), 3, "{first:?}");
    // Two seats are freed without us, and one of the three is seen, another exempted.
    let others = saying(&scene, &first, "keeps the seat");
    let mut others = others.iter();
    for account in others.by_ref().take(2) {
        set(&scene, account, Standing::Suspended);
    }
    let same = next_day(&scene);
    assert_eq!(saying(&scene, &same, "waits: stage 1"), chosen);
    let mut leaving = chosen.iter();
    let (seen, spared) = (leaving.next().expect("one"), leaving.next().expect("two"));
    let mut cloud = scene.world.cloud.borrow_mut();
    cloud
        .log_in_reported_after(seen, chrono::TimeDelta::zero())
        .expect("a person");
    drop(cloud);
    let subject = ExemptionSubject::User {
        account: AccountId(spared.clone()),
    };
    scene.order(exempt(subject, "needed"));
    let mut run = next_day(&scene);
    for _ in 0..8 {
        if run.counts.planned > 0 || run.counts.acted > 0 {
            break;
        }
        run = next_day(&scene);
    }
    let acted = scene.verified(&run);
    // Of three that had to go, two seats came free without us: the third of the chosen goes all the same, and nobody else.
    let stayed = leaving.next().expect("three");
    assert_eq!(acted, std::slice::from_ref(stayed), "{run:?}");
}

#[test]
fn whoever_keeps_the_access_by_a_link_stays_and_another_is_chosen() {
    let (scene, _) = crowded(3, "7d", true);
    next_day(&scene);
    let warned: BTreeSet<String> = mail(&scene).into_keys().collect();
    assert_eq!(warned.len(), 3, "{warned:?}");
    let stays = warned.first().expect("somebody").clone();
    press(&scene, &token(&scene, &stays));
    for _ in 0..2 {
        next_day(&scene);
    }
    let (now, all) = (mail(&scene), warned.len() + 1);
    let others = now.keys().filter(|account| !warned.contains(*account));
    assert_eq!((others.count(), now.len()), (1, all), "{now:?}");
    let mut gone = BTreeSet::new();
    for _ in 0..10 {
        gone.extend(scene.verified(&next_day(&scene)));
    }
    assert!(gone.len() == 3 && !gone.contains(&stays), "{gone:?}");
}

/// "Once chosen" is of one text: under another one nobody is chosen whose seat need not come free.
#[test]
fn another_text_chooses_for_itself() {
    let (scene, kept) = crowded(5, "7d", false);
    let first = next_day(&scene);
    assert_eq!(saying(&scene, &first, "waits: stage 1").len(), 5);
    keep(&scene, kept + 5, "7d", false);
    let run = next_day(&scene);
    assert_eq!(saying(&scene, &run, "waits: stage 1"), BTreeSet::new());
    let mut gone = 0;
    for _ in 0..9 {
        gone += scene.verified(&next_day(&scene)).len();
    }
    assert_eq!(gone, 0);
}

/// Whoever kept the access for a time goes when that is over only if a seat must come free then.
#[test]
fn whoever_kept_the_access_is_not_chosen_again_where_the_seats_are_enough() {
    let (scene, _) = crowded(3, "7d", true);
    next_day(&scene);
    let warned: BTreeSet<String> = mail(&scene).into_keys().collect();
    let stays = warned.first().expect("somebody").clone();
    press(&scene, &token(&scene, &stays));
    let mut gone = BTreeSet::new();
    for _ in 0..120 {
        gone.extend(scene.verified(&next_day(&scene)));
    }
    assert!(gone.len() == 3 && !gone.contains(&stays), "{gone:?}");
}
