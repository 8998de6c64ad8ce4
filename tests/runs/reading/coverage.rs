//! What is said of a snapshot, counted again naively over the organization's own rows.

use std::collections::BTreeMap;

use chrono::{DateTime, Duration, Utc};
use cloud::faults::{FaultKind, Faults};
use cloud::switches::NeverUsed;
use seatkeeper::app::records::Source;
use serde_json::Value;

use super::{enable_idle_policy, one_directory, pass_hours, read, shown};
use crate::scene::Scene;

const USERS: usize = 600;

/// How often something is known, known to be never, and not known.
type Counts = (u32, u32, u32);

/// The rows of a directory as `users/search` would show them: without what belongs to other directories.
fn rows_of(scene: &Scene, directory: usize) -> Vec<Value> {
    let cloud = scene.world.cloud.borrow();
    let organization = cloud.organization();
    let is_here = |resource: &str| {
        let mut sites = organization.sites.iter();
        sites.any(|site| site.directory == directory && resource.contains(&site.cloud_id))
    };
    let is_of_here = |id: &str| {
        let mut groups = organization.groups.iter();
        groups.any(|group| group.directory == directory && id.ends_with(&group.id))
    };
    let mut rows = cloud.dump_users();
    rows.retain(|row| {
        let account = row["accountId"].as_str().expect("an id");
        let user = organization.user(account).expect("a user");
        // Whoever is in none is shown in each.
        user.is_in(directory) || user.memberships.is_empty()
    });
    for row in &mut rows {
        if let Some(accesses) = row.get_mut("productAccess").and_then(Value::as_array_mut) {
            accesses.retain(|access| is_here(access["id"].as_str().expect("an id")));
        }
        if let Some(groups) = row.get_mut("groups").and_then(Value::as_array_mut) {
            groups.retain(|group| is_of_here(group["id"].as_str().expect("an id")));
        }
    }
    rows
}

fn naive_counts(rows: &[Value]) -> BTreeMap<&'static str, Counts> {
    let mut counts = BTreeMap::new();
    for (field, name) in [
        ("accountType", "accountType"),
        ("status", "status"),
        ("emailDomain", "email"),
        ("addedToOrg", "addedToOrg"),
        ("group", "groups"),
        ("role", "platformRoles"),
        ("access", "productAccess"),
    ] {
        let known = rows.iter().filter(|row| is_said(row, name)).count();
        counts.insert(field, (number(known), 0, number(rows.len() - known)));
    }
    let accesses = rows.iter().filter_map(|row| row.get("productAccess"));
    let accesses = accesses.flat_map(|all| all.as_array().expect("a list"));
    let (seen, rest): (Vec<&Value>, Vec<&Value>) =
        accesses.partition(|access| access.get("lastActiveTimestamp").is_some());
    counts.insert("idle", (number(seen.len()), 0, number(rest.len())));
    counts
}

/// Whether a row tells of a field. That nothing is listed of somebody suspended tells nothing at a first reading.
fn is_said(row: &Value, name: &str) -> bool {
    let is_open = matches!(name, "groups" | "productAccess") && row["status"] == "suspended";
    let is_empty = row[name].as_array().is_some_and(Vec::is_empty);
    row.get(name).is_some() && !(is_open && is_empty)
}

fn number(count: usize) -> u32 {
    u32::try_from(count).expect("few")
}

fn shown_counts(scene: &Scene) -> BTreeMap<String, Counts> {
    let fields = shown(scene).coverage.fields.into_iter();
    fields
        .map(|count| (count.field, (count.known, count.never, count.unknown)))
        .collect()
}

#[test]
fn every_field_is_counted_as_a_naive_count_does() {
    let mut unknown = [0; 3];
    for seed in 61..=64 {
        let scene = Scene::new(seed, USERS, |options| {
            options.directories = 2;
            options.switches.never_used = NeverUsed::WithoutTimestamp;
            options.switches.suspended_groups_shown = true;
        });
        let before = scene.world.cloud.borrow().now().timestamp();
        read(&scene);
        let (coverage, all) = (shown(&scene).coverage, shown(&scene));
        let mut expected: BTreeMap<String, Counts> = BTreeMap::new();
        for directory in 0..2 {
            let rows = rows_of(&scene, directory);
            assert!(rows.len() > 50, "seed {seed}");
            let found = &coverage.directories[directory];
            assert_eq!(found.listed, number(rows.len()), "seed {seed}");
            assert_eq!(found.counted, Some(found.listed), "seed {seed}");
            for (field, (known, never, unknown)) in naive_counts(&rows) {
                let sum = expected.entry(field.to_owned()).or_default();
                *sum = (sum.0 + known, sum.1 + never, sum.2 + unknown);
            }
        }
        assert_eq!(shown_counts(&scene), expected, "seed {seed}");
        for (sum, field) in unknown.iter_mut().zip(["status", "access", "idle"]) {
            *sum += expected[field].2;
        }
        let listed = coverage.directories.iter().map(|found| found.listed);
        assert_eq!(all.users, listed.sum::<u32>());
        assert_eq!(all.source, Source::Organization);
        assert_eq!(coverage.oldest_reading, all.taken);
        assert_eq!(all.taken.0, before, "no time passes without latency");
        assert_eq!((coverage.waiting, coverage.waiting_until), (0, None));
        assert_eq!((coverage.deciding.part, coverage.deciding.of), (0, 0));
    }
    assert!(unknown.iter().all(|count| *count > 0), "{unknown:?}");
}

/// Whether a person is idle for 90 days, as the listing shows it; `None` is not known.
fn is_idle(row: &Value, now: DateTime<Utc>) -> Option<bool> {
    let limit = now - Duration::days(90) - Duration::hours(24);
    let (mut open, mut is_used) = (false, false);
    for access in row.get("productAccess")?.as_array()? {
        match access.get("lastActiveTimestamp").and_then(Value::as_str) {
            Some(text) => {
                let last: DateTime<Utc> = text.parse().expect("a timestamp");
                if last >= limit {
                    return Some(false);
                }
                is_used = true;
            }
            None => open = true,
        }
    }
    (!open).then_some(is_used)
}

/// Rows on which the policy cannot decide although it knows everything but an activity.
fn naive_waiting(rows: &[Value], now: DateTime<Utc>) -> usize {
    let waits = |row: &&Value| {
        let may_be_active = row.get("status").is_none_or(|status| status == "active");
        let has_accesses = row.get("productAccess").is_some();
        may_be_active && has_accesses && is_idle(row, now).is_none()
    };
    rows.iter().filter(waits).count()
}

/// A key that may not ask for anybody's last activity.
fn forbid_asking(scene: &Scene) {
    let mut faults = Faults::planned("users.lastActiveDates", FaultKind::Forbidden);
    faults.planned[0].times = u32::MAX;
    scene.world.cloud.borrow_mut().set_faults(faults);
}

#[test]
fn those_wait_whom_a_naive_evaluation_leaves_open() {
    for seed in 65..=68 {
        let scene = Scene::new(seed, USERS, |options| {
            options.switches.never_used = NeverUsed::WithoutTimestamp;
        });
        enable_idle_policy(&scene);
        forbid_asking(&scene);
        read(&scene);
        let now = scene.world.cloud.borrow().now();
        let waiting = naive_waiting(&rows_of(&scene, 0), now);
        let coverage = shown(&scene).coverage;
        assert!(waiting > 20, "seed {seed}: {waiting} prove little");
        assert_eq!(coverage.waiting, number(waiting), "seed {seed}");
        let open = coverage.deciding.of - coverage.deciding.part;
        assert_eq!(open, number(waiting), "seed {seed}");
        assert!(coverage.waiting_until.is_some(), "seed {seed}");
        // Asked, nobody waits any more, and what was open is known to be never.
        scene.world.cloud.borrow_mut().set_faults(Faults::default());
        pass_hours(&scene, 1);
        read(&scene);
        let asked = shown(&scene).coverage;
        assert_eq!((asked.waiting, asked.waiting_until), (0, None));
        assert_eq!(asked.deciding.part, asked.deciding.of, "seed {seed}");
        let idle = asked.fields.iter().find(|count| count.field == "idle");
        assert!(
            idle.expect("a count").never >= number(waiting),
            "seed {seed}"
        );
    }
}

#[test]
fn the_oldest_reading_is_that_of_the_oldest_confirmation() {
    let scene = Scene::new(69, USERS, |options| {
        options.switches.never_used = NeverUsed::WithoutTimestamp;
    });
    enable_idle_policy(&scene);
    read(&scene);
    let first = shown(&scene).taken;
    for day in 1..=3 {
        pass_hours(&scene, 24);
        read(&scene);
        let shown = shown(&scene);
        assert!(shown.taken > first, "day {day}");
        assert_eq!(shown.coverage.oldest_reading, first, "day {day}");
    }
    // Without a confirmation that is carried on, it is the reading's own.
    let other = one_directory(70, USERS);
    read(&other);
    pass_hours(&other, 24);
    read(&other);
    let shown = shown(&other);
    assert_eq!(shown.coverage.oldest_reading, shown.taken);
}

#[test]
fn seats_are_compared_with_what_jira_says_of_its_own_site() {
    let scene = Scene::new(71, USERS, |_| {});
    scene.prepare();
    read(&scene);
    let host = scene.world.cloud.borrow().organization().sites[0].host();
    let products = shown(&scene).products;
    for product in ["jira-software", "jira-service-desk"] {
        let mut here = products
            .iter()
            .filter(|figures| figures.site == host && figures.product == product);
        let figures = here.next().expect(product);
        assert!(here.next().is_none(), "{product} stands there twice");
        let said = figures.seats_said.expect("Jira says it");
        // Somebody may take a seat of whom the listing does not tell status or groups.
        let counted = figures.seats;
        assert!(
            said >= counted && said - counted < 30,
            "{product}: {said} of {counted}"
        );
    }
    let elsewhere = products.iter().filter(|figures| figures.site != host);
    assert!(elsewhere.clone().count() > 0);
    for figures in elsewhere {
        assert_eq!(figures.seats_said, None, "{figures:?}");
    }
}

#[test]
fn an_account_of_which_nothing_can_be_learnt_holds_up_nobody() {
    let scene = Scene::new(72, USERS, |options| {
        options.switches.never_used = NeverUsed::WithoutTimestamp;
    });
    enable_idle_policy(&scene);
    forbid_asking(&scene);
    read(&scene);
    let waiting = shown(&scene).coverage.waiting;
    assert!(waiting > 20, "{waiting} prove little");
    scene.world.cloud.borrow_mut().set_faults(Faults::default());
    // The first of those who are asked gets nothing but errors.
    let path = {
        let traffic = scene.world.traffic.borrow();
        let mut paths = traffic.iter().map(|(request, _)| request.path.clone());
        paths.rfind(|path| path.ends_with("/last-active-dates"))
    };
    let broken = cloud::Response::empty(500);
    let path = path.expect("somebody was asked");
    scene.world.staged.borrow_mut().push((path, broken));
    for _ in 0..6 {
        pass_hours(&scene, 1);
        read(&scene);
    }
    assert_eq!(shown(&scene).coverage.waiting, 1, "of {waiting}");
}
