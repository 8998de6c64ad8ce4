//! A key shows step by step what it allows before it is stored, and its end is counted down.

use std::time::Duration;

use cloud::admin_api::KeyKind;
use cloud::limits::{Latency, Limits};
use seatkeeper::app::admin::{Answer, Command, Refusal};
use seatkeeper::app::records::Health;
use seatkeeper::app::records::{Ability, Connection, RunState};
use seatkeeper::plan::Fate;
use serde_json::json;

use crate::in_process::{Ending, World};
use crate::scene::Scene;

/// An organization in which nothing is connected yet.
struct Fresh {
    world: World,
    administrator: String,
    organization_id: String,
}

impl Fresh {
    fn new(seed: u64) -> Fresh {
        let world = World::new(seed, 120, |options| {
            options.latency = Latency::Off;
            options.limits = Limits::none();
            options.switches.scoped_key_searches = false;
        });
        let (administrator, organization_id) = {
            let cloud = world.cloud.borrow();
            let organization = cloud.organization();
            let administrator = organization.people.org_admins[0].clone();
            (administrator, organization.id.clone())
        };
        Fresh {
            world,
            administrator,
            organization_id,
        }
    }

    /// Has the cloud answer so wherever a path ends so.
    fn stage(&self, end: &str, status: u16, body: &str) {
        let mut response = cloud::Response::empty(status);
        response.body = body.as_bytes().to_vec();
        self.world.staged.borrow_mut().push((end.into(), response));
    }

    fn connect(&self, kind: KeyKind, expires: Option<&str>) -> Result<Connection, Refusal> {
        let api_key = self
            .world
            .cloud
            .borrow_mut()
            .create_key(kind, &self.administrator);
        let command = Command::Connect {
            organization_id: self.organization_id.clone(),
            api_key,
            owner: None,
            expires: expires.map(String::from),
        };
        match self.world.command(&self.administrator, command)? {
            Answer::Connected(connection) => Ok(connection),
            other => panic!("{other:?}"),
        }
    }

    fn is_connected(&self) -> bool {
        let cloud = self.world.cloud.borrow();
        let stored = cloud.stored().plain(cloud.now());
        stored.iter().any(|(key, _)| key == "connection")
    }
}

const NAMES_SCOPES: &str = r#"{"errors":[{"status":"403","code":"ADMIN-UAM-403-1","title":"Forbidden","detail":"The key lacks the scope manage:org"}]}"#;
const UNMANAGED: &str = r#"{"key":"forbidden","errorKey":"forbidden","errorDetail":"Error: Caller must be a verified org admin of targeted account"}"#;

fn steps(connection: &Connection) -> Vec<(Ability, Option<bool>)> {
    let steps = connection.capabilities.iter();
    steps.map(|step| (step.ability, step.allowed)).collect()
}

fn why(connection: &Connection, ability: Ability) -> String {
    let mut steps = connection.capabilities.iter();
    let step = steps.find(|step| step.ability == ability);
    step.and_then(|step| step.why.clone()).unwrap_or_default()
}

#[test]
fn a_key_without_scopes_shows_everything_but_what_would_be_a_change() {
    let fresh = Fresh::new(1);
    fresh.stage(
        "/manage",
        200,
        r#"{"lifecycle.enablement":{"allowed":true}}"#,
    );
    let connection = fresh.connect(KeyKind::WithoutScopes, None).expect("a key");
    assert_eq!(
        steps(&connection),
        [
            (Ability::ReadOrganization, Some(true)),
            (Ability::ListDirectories, Some(true)),
            (Ability::SearchUsers, Some(true)),
            (Ability::ReadGroups, Some(true)),
            (Ability::ReadActivity, Some(true)),
            (Ability::ChangeAccess, None),
            (Ability::ManageAccounts, Some(true)),
        ]
    );
    // There are two sites, and nothing tells whether the app is installed on the other one too.
    let sites = why(&connection, Ability::ReadOrganization);
    assert!(sites.contains("2 sites"), "{sites}");
}

#[test]
fn a_key_that_cannot_manage_accounts_is_stored_and_says_why() {
    for (seed, body, manages, changes, said) in [
        (1, NAMES_SCOPES, Some(false), Some(false), "scopes"),
        (2, UNMANAGED, None, None, "verified domain"),
        (3, "<html>", Some(false), None, "status 403"),
    ] {
        let fresh = Fresh::new(seed);
        fresh.stage("/manage", 403, body);
        let connection = fresh.connect(KeyKind::WithoutScopes, None).expect("a key");
        let steps = steps(&connection);
        assert_eq!(steps[6], (Ability::ManageAccounts, manages), "{body}");
        assert_eq!(steps[5], (Ability::ChangeAccess, changes), "{body}");
        let why = why(&connection, Ability::ManageAccounts);
        assert!(why.contains(said), "{why}");
    }
}

#[test]
fn a_step_that_fails_for_a_moment_leaves_open_whether_the_key_allows_it() {
    let fresh = Fresh::new(4);
    fresh.stage(
        "/last-active-dates",
        429,
        r#"{"code":429,"message":"Too many requests"}"#,
    );
    let connection = fresh.connect(KeyKind::WithoutScopes, None).expect("a key");
    assert_eq!(steps(&connection)[4], (Ability::ReadActivity, None));
    let why = why(&connection, Ability::ReadActivity);
    assert!(why.contains("limits the number of requests"), "{why}");
}

#[test]
fn a_key_that_cannot_search_people_is_refused_with_every_step_in_words() {
    let fresh = Fresh::new(5);
    fresh.stage("/manage", 403, NAMES_SCOPES);
    let refusal = fresh.connect(KeyKind::Scoped, None).expect_err("a refusal");
    assert_eq!(refusal.code, "key-forbidden");
    let hint = refusal.hint.expect("what to do");
    for part in [
        "the key allows to read the organization, list its directories; it does not allow to search people (",
        "suspend and restore people (the key was made with scopes",
        "without scopes",
    ] {
        assert!(hint.contains(part), "{part}: {hint}");
    }
    assert!(!fresh.is_connected());
}

#[test]
fn the_original_user_management_is_told_from_a_weak_key() {
    let fresh = Fresh::new(6);
    let body = r#"{"errors":[{"status":"400","code":"ADMIN-400-4","title":"Bad Request","detail":"Organization is not with the new user management experience"}]}"#;
    fresh.stage("/users/search", 400, body);
    let refusal = fresh
        .connect(KeyKind::WithoutScopes, None)
        .expect_err("a refusal");
    assert_eq!(refusal.code, "original-user-management");
    assert!(!fresh.is_connected());
}

#[test]
fn nothing_is_said_of_a_key_while_atlassian_is_in_trouble() {
    for end in ["/directories", "/users/search"] {
        let fresh = Fresh::new(7);
        fresh.stage(end, 503, "<html>");
        let refusal = fresh
            .connect(KeyKind::WithoutScopes, None)
            .expect_err("a refusal");
        assert_eq!(refusal.code, "atlassian-trouble", "{end}");
        assert!(!fresh.is_connected());
    }
}

#[test]
fn the_day_of_a_keys_end_is_a_day_within_a_year() {
    let fresh = Fresh::new(8);
    for day in [
        "",
        "soon",
        "2026-11-20",
        "2027-11-23",
        "2026-13-01",
        "2026-12-01T00:00:00Z",
    ] {
        let refusal = fresh
            .connect(KeyKind::WithoutScopes, Some(day))
            .expect_err("a refusal");
        assert_eq!(refusal.code, "invalid", "{day}");
    }
    assert!(!fresh.is_connected());
    for (day, end) in [
        ("2026-11-21", "2026-11-21T23:59:59Z"),
        ("2027-11-21", "2027-11-21T23:59:59Z"),
    ] {
        let connection = fresh
            .connect(KeyKind::WithoutScopes, Some(day))
            .expect("a key");
        let expires = connection.expires.map(|end| end.to_string());
        assert_eq!(expires.as_deref(), Some(end));
    }
}

fn health(fresh: &Fresh) -> Health {
    match fresh
        .world
        .command(&fresh.administrator, Command::Overview {})
    {
        Ok(Answer::Overview(overview)) => overview.health,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_keys_end_is_counted_down_on_the_page_and_said_once_in_the_log() {
    let fresh = Fresh::new(9);
    fresh
        .connect(KeyKind::WithoutScopes, Some("2026-12-25"))
        .expect("a key");
    let advance = |days: u64| {
        let time = Duration::from_secs(days * 86_400);
        fresh.world.cloud.borrow().clock().advance(time);
        for _ in 0..3 {
            assert_eq!(fresh.world.tick(None), Ending::Value(Ok(())));
        }
    };
    let entries = || {
        let cloud = fresh.world.cloud.borrow();
        let audit = cloud.stored().entity("audit", cloud.now());
        audit
            .iter()
            .filter(|(_, entry)| entry["action"] == json!("key-expires"))
            .count()
    };
    let codes = || -> Vec<String> {
        let warnings = health(&fresh).warnings;
        warnings.into_iter().map(|found| found.code).collect()
    };
    advance(1);
    assert_eq!((entries(), codes()), (0, vec![]));
    // The clock shows 2026-11-28 and so on; the key ends after 2026-12-25.
    for (days, logged) in [(6, 1), (1, 1), (20, 2), (6, 3)] {
        advance(days);
        assert_eq!(entries(), logged, "{}", fresh.world.cloud.borrow().now());
        assert!(codes().contains(&String::from("key-expires")));
    }
    advance(2);
    assert_eq!(entries(), 3);
    assert!(codes().contains(&String::from("key-expired")));
}

#[test]
fn silence_of_the_schedule_or_of_the_reading_is_shown() {
    let scene = Scene::new(10, 120, |_| {});
    let advance = |hours: u64| {
        let time = Duration::from_secs(hours * 3_600);
        scene.world.cloud.borrow().clock().advance(time);
    };
    let codes = || -> Vec<String> {
        let Answer::Overview(overview) = scene.order(Command::Overview {}) else {
            panic!("no overview")
        };
        let codes = overview.health.warnings.into_iter();
        codes.map(|found| found.code).collect()
    };
    assert_eq!(scene.world.tick(None), Ending::Value(Ok(())));
    advance(25);
    assert!(codes().is_empty(), "{:?}", codes());
    advance(1);
    assert_eq!(codes(), ["no-tick", "no-reading"]);
    assert_eq!(scene.world.tick(None), Ending::Value(Ok(())));
    assert_eq!(codes(), ["no-reading"]);
}

#[test]
fn what_the_key_is_known_not_to_allow_is_in_no_plan_and_needs_no_approval() {
    let mut scene = Scene::new(9, 300, |_| {});
    scene.policy["approval"] = json!("page");
    let organization_id = scene.world.cloud.borrow().organization().id.clone();
    let mut refusal = cloud::Response::empty(403);
    refusal.body = NAMES_SCOPES.as_bytes().to_vec();
    let staged = ("/manage".into(), refusal);
    scene.world.staged.borrow_mut().push(staged);
    scene.order(Command::Connect {
        organization_id,
        api_key: scene.key.clone(),
        owner: None,
        expires: None,
    });
    scene.prepare();
    let dry = scene.started("idle-contractors", true);
    assert_eq!((dry.state, dry.counts.planned), (RunState::Previewed, 0));
    let lines = scene.lines(&dry).into_iter().map(|line| line.person);
    let denied = lines.filter(|person| {
        person.fate == Fate::Skipped && person.reason.contains("made with scopes")
    });
    assert!(denied.count() > 10, "{dry:?}");
    let real = scene.started("idle-contractors", false);
    assert_eq!(real.state, RunState::Stopped, "{real:?}");
    let message = real.message.expect("a message");
    assert!(message.contains("nothing of this can be done"), "{message}");
}
