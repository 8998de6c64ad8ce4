//! Whatever goes wrong on the way to Atlassian, a reading ends in what it would have ended in, or in words.

use cloud::faults::{FaultKind, Faults, PlannedFault};
use cloud::limits::Latency;
use seatkeeper::app::admin::{Answer, Command};
use serde_json::json;

use super::stored::{Known, assert_same, known, values};
use super::{calls, enable_idle_policy, organization, pass_day, pass_hours, read, shown};
use crate::scene::Scene;

/// Large enough for two pages in a directory.
const USERS: usize = 250;
/// The organization API's operations.
const ORGANIZATION: [&str; 4] = ["directories.", "workspaces.", "users.", "groups."];

/// One in ten calls of the organization API goes wrong in one way.
fn one_in_ten(seed: u64, kind: FaultKind) -> Faults {
    let mut faults = Faults {
        seed,
        operations: ORGANIZATION.map(String::from).to_vec(),
        ..Faults::default()
    };
    let chance = match kind {
        FaultKind::TooManyRequests => &mut faults.too_many_requests,
        FaultKind::ServerErrorBefore => &mut faults.server_error_before,
        FaultKind::ServerErrorAfter => &mut faults.server_error_after,
        FaultKind::CutBefore => &mut faults.cut_before,
        FaultKind::CutAfter => &mut faults.cut_after,
        FaultKind::TimeoutBefore => &mut faults.timeout_before,
        FaultKind::TimeoutAfter => &mut faults.timeout_after,
        FaultKind::Truncated => &mut faults.truncated,
        FaultKind::Forbidden | FaultKind::CursorExpired => panic!("no passing fault"),
    };
    *chance = 0.1;
    faults
}

const PASSING: [FaultKind; 8] = [
    FaultKind::TooManyRequests,
    FaultKind::ServerErrorBefore,
    FaultKind::ServerErrorAfter,
    FaultKind::CutBefore,
    FaultKind::CutAfter,
    FaultKind::TimeoutBefore,
    FaultKind::TimeoutAfter,
    FaultKind::Truncated,
];

/// A scene before its second day's reading.
fn before(seed: u64) -> Scene {
    let scene = organization(seed, USERS);
    enable_idle_policy(&scene);
    read(&scene);
    pass_day(&scene);
    scene
}

/// What a reading of a copy ends in, with the scene after it.
fn read_with(before: &Scene, faults: Faults) -> (Scene, Known) {
    let scene = before.copy();
    scene.order(Command::StartSync {});
    scene.world.cloud.borrow_mut().set_faults(faults);
    scene.world.deliver_all();
    scene.world.cloud.borrow_mut().set_faults(Faults::default());
    let known = known(&scene.world);
    (scene, known)
}

#[test]
fn one_fault_in_ten_of_any_kind_changes_nothing_about_the_snapshot() {
    for seed in 41..=43 {
        let before = before(seed);
        let (_, expected) = read_with(&before, Faults::default());
        for kind in PASSING {
            let which = format!("seed {seed}, {kind:?}");
            let (scene, found) = read_with(&before, one_in_ten(seed, kind));
            assert_same(&found, &expected, &which);
            let cloud = scene.world.cloud.borrow();
            let answers = &cloud.meter().answers;
            let of = |status: &str| -> u64 {
                let all = answers.iter();
                let ours = all.filter(|(name, _)| ORGANIZATION.iter().any(|o| name.starts_with(o)));
                ours.filter_map(|(_, by_status)| by_status.get(status))
                    .sum()
            };
            let went_wrong = of("429") + of("502") + of("503") + of("lost");
            assert!(went_wrong > 3 || kind == FaultKind::Truncated, "{which}");
        }
    }
}

/// The cursor of one call of an operation has expired, after so many calls that went well.
fn expired(operation: &str, after: u32, times: u32) -> Faults {
    Faults {
        planned: vec![PlannedFault {
            operation: operation.to_owned(),
            containing: String::new(),
            after,
            times,
            kind: FaultKind::CursorExpired,
        }],
        ..Faults::default()
    }
}

#[test]
fn a_cursor_that_expires_among_the_users_loses_nobody() {
    let before = before(44);
    let (undisturbed, expected) = read_with(&before, Faults::default());
    let pages = calls(&undisturbed, "users.search") - calls(&before, "users.search");
    let mut restarted = 0;
    for after in 1..u32::try_from(pages).expect("few") {
        let scene = before.copy();
        let faults = expired("users.search", after, 1);
        scene.world.cloud.borrow_mut().set_faults(faults);
        read(&scene);
        if message(&scene).is_some() {
            // It was the first page of the second directory, which has no cursor: the next reading goes on.
            read(&scene);
        } else {
            restarted += 1;
        }
        assert_same(&known(&scene.world), &expected, &format!("page {after}"));
    }
    assert!(restarted > 1, "{restarted} listings were begun anew");
}

/// What the page says of a reading that failed.
fn message(scene: &Scene) -> Option<String> {
    match scene.order(Command::Overview {}) {
        Answer::Overview(overview) => {
            let mut warnings = overview.health.warnings.into_iter();
            let failed = warnings.find(|warning| warning.code == "reading-fails");
            failed.map(|warning| warning.text)
        }
        other => panic!("{other:?}"),
    }
}

/// So many sites that the groups that grant something do not fit on a page.
fn many_groups(seed: u64) -> Scene {
    Scene::new(seed, 120, |options| options.sites = 16)
}

#[test]
fn a_cursor_that_expires_among_the_groups_loses_no_seat() {
    let before = many_groups(45);
    let (undisturbed, expected) = read_with(&before, Faults::default());
    assert!(calls(&undisturbed, "groups.search") >= 2);
    let seats = |known: &Known| -> u64 {
        let products = known.figures["products"].as_array().expect("products");
        let seats = products.iter().map(|product| product["seats"].as_u64());
        seats.map(|seats| seats.expect("a number")).sum()
    };
    assert!(seats(&expected) > 50, "{}", expected.figures["products"]);
    let (scene, found) = read_with(&before, expired("groups.search", 1, 1));
    assert_eq!(
        calls(&scene, "groups.search"),
        calls(&undisturbed, "groups.search") + 2,
        "one call is refused and the first page is read again"
    );
    assert_same(&found, &expected, "groups");
}

/// Every cursor is too old by the time that it is used.
fn slow(scene: &Scene) {
    let mut cloud = scene.world.cloud.borrow_mut();
    let mut switches = cloud.switches().clone();
    switches.cursor_minutes = 1;
    cloud.set_switches(switches);
    cloud.set_latency(Latency::Api(61_000));
}

#[test]
fn a_users_cursor_that_is_always_refused_ends_in_words() {
    let scene = organization(46, USERS);
    slow(&scene);
    read(&scene);
    let searches = calls(&scene, "users.search");
    assert!((8..=16).contains(&searches), "{searches} searches");
    let message = message(&scene).expect("a message");
    assert!(message.contains("lost the place in its list"), "{message}");
    assert!(!values(&scene.world).contains_key("snapshot"));
    // However often that happened: once Atlassian is well again, so is the reading.
    for _ in 0..6 {
        read(&scene);
    }
    scene.world.cloud.borrow_mut().set_latency(Latency::Off);
    read(&scene);
    let well = organization(46, USERS);
    pass_hours(&well, 1);
    read(&well);
    assert_eq!(known(&scene.world).people, known(&well.world).people);
}

#[test]
fn a_groups_cursor_that_is_always_refused_ends_in_words() {
    let scene = many_groups(47);
    slow(&scene);
    read(&scene);
    let searches = calls(&scene, "groups.search");
    assert!((8..=16).contains(&searches), "{searches} searches");
    let message = message(&scene).expect("a message");
    assert!(message.contains("lost the place in its list"), "{message}");
}

#[test]
fn a_listing_of_groups_that_was_given_up_begins_anew_once_atlassian_is_well_again() {
    let scene = many_groups(49);
    slow(&scene);
    read(&scene);
    read(&scene);
    assert!(message(&scene).is_some());
    scene.world.cloud.borrow_mut().set_latency(Latency::Off);
    read(&scene);
    let well = many_groups(49);
    read(&well);
    assert_eq!(known(&scene.world).people, known(&well.world).people);
}

#[test]
fn a_listing_of_users_that_was_given_up_begins_anew_once_atlassian_is_well_again() {
    // More pages than are kept at a time, so that what is kept says how often it was begun anew.
    let scene = Scene::new(50, 3_500, |options| options.switches.cursor_minutes = 30);
    let refusals = (0..6).flat_map(|_| expired("users.search", 33, 1).planned);
    let faults = Faults {
        planned: refusals.collect(),
        ..Faults::default()
    };
    scene.order(Command::StartSync {});
    scene.world.cloud.borrow_mut().set_faults(faults);
    scene.world.deliver_all();
    assert!(message(&scene).is_some());
    scene.world.cloud.borrow_mut().set_faults(Faults::default());
    pass_hours(&scene, 1);
    read(&scene);
    assert_eq!(shown(&scene).users, 3_500);
}

#[test]
fn a_grants_cursor_that_is_always_refused_leaves_one_group_open_and_ends_the_reading() {
    let scene = organization(48, USERS);
    let group = crate::scene::group_ids(&scene.world.cloud.borrow())
        .into_iter()
        .find(|(name, _)| name.starts_with("jira-users"))
        .expect("a group that grants Jira")
        .1;
    let page = |status: u16, body: serde_json::Value| cloud::Response::json(status, &body);
    let first = page(200, json!({"data": [], "links": {"next": "lost"}}));
    let refused =
        json!({"errors": [{"status": "400", "code": "ADMIN-400-1", "title": "Invalid cursor"}]});
    scene.world.staged.borrow_mut().extend([
        (format!("{group}/role-assignments?limit=100"), first),
        (
            format!("{group}/role-assignments?limit=100&cursor=lost"),
            page(400, refused),
        ),
    ]);
    read(&scene);
    let figures = known(&scene.world).figures;
    assert_eq!(figures["coverage"]["pagesFailed"], 1);
    let open = figures["products"].as_array().expect("products").iter();
    let open = open.map(|product| product["seatsUnknown"].as_u64().expect("a number"));
    assert!(open.sum::<u64>() > 10, "{figures}");
}
