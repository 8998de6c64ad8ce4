//! The generated organization holds what the product must cope with, in useful numbers.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use chrono::{DateTime, TimeDelta, Utc};
use cloud::organization::CONTRACTOR_DOMAINS;
use cloud::{Clock, Cloud, Options, Time};
use serde_json::Value;

fn now() -> Time {
    "2026-11-21T06:00:00Z".parse().expect("a constant")
}

fn cloud(seed: u64, users: usize) -> Cloud {
    Cloud::new(Options::new(seed, users, Clock::virtual_at(now())))
}

/// The demonstration's policy, re-computed naively from a dump: known idle in every product.
fn matches(user: &Value) -> bool {
    let limit = TimeDelta::days(91);
    let domain = user["email"]
        .as_str()
        .and_then(|email| email.split('@').nth(1));
    let accesses = user["productAccess"].as_array();
    user["status"] == "active"
        && domain.is_some_and(|domain| CONTRACTOR_DOMAINS.contains(&domain))
        && accesses.is_some_and(|accesses| {
            !accesses.is_empty()
                && accesses.iter().all(|access| {
                    access["lastActiveTimestamp"]
                        .as_str()
                        .and_then(|text| text.parse::<DateTime<Utc>>().ok())
                        .is_some_and(|seen| now() - seen > limit)
                })
        })
}

#[test]
fn two_thousand_people_hold_one_to_three_hundred_matches() {
    for seed in 1..=20 {
        let users = cloud(seed, 2_000).dump_users();
        assert_eq!(users.len(), 2_000);
        let matching = users.iter().filter(|user| matches(user)).count();
        assert!(
            (100..=300).contains(&matching),
            "seed {seed}: {matching} matches"
        );
    }
}

#[test]
fn every_kind_of_person_occurs() {
    let users = cloud(1, 2_000).dump_users();
    let mut statuses: BTreeMap<String, usize> = BTreeMap::new();
    let mut digits: BTreeMap<usize, usize> = BTreeMap::new();
    for user in &users {
        *statuses.entry(user["status"].to_string()).or_default() += 1;
        for access in user["productAccess"].as_array().into_iter().flatten() {
            if let Some(text) = access["lastActiveTimestamp"].as_str() {
                let fraction = text.trim_end_matches('Z').split('.').nth(1);
                *digits.entry(fraction.map_or(0, str::len)).or_default() += 1;
            }
        }
    }
    assert_eq!(
        statuses.len(),
        6,
        "five statuses and an absent one: {statuses:?}"
    );
    assert_eq!(digits.len(), 10, "0 to 9 fraction digits: {digits:?}");
    for field in [
        "groups",
        "productAccess",
        "platformRoles",
        "email",
        "addedToOrg",
    ] {
        assert!(
            users.iter().any(|user| user[field].is_null()),
            "{field} is never absent"
        );
    }
    let unknown = |access: &Value| access["lastActiveTimestamp"].is_null();
    assert!(users.iter().any(|user| {
        user["productAccess"]
            .as_array()
            .is_some_and(|list| list.iter().any(unknown))
    }));
}

#[test]
fn the_boundaries_are_there_to_the_nanosecond() {
    let cloud = cloud(3, 100);
    let boundary = &cloud.organization().people.boundary;
    assert_eq!(boundary.len(), 10);
    let users = cloud.dump_users();
    let seen = |id: &String| {
        let user = users
            .iter()
            .find(|user| user["accountId"] == id.as_str())
            .expect("listed");
        user["productAccess"][0]["lastActiveTimestamp"]
            .as_str()
            .expect("known")
            .to_owned()
    };
    let texts: Vec<String> = boundary.iter().map(seen).collect();
    assert!(
        texts.contains(&"2026-08-22T06:00:00Z".to_owned()),
        "{texts:?}"
    );
    assert!(
        texts.contains(&"2026-08-22T05:59:59.999999999Z".to_owned()),
        "{texts:?}"
    );
}

#[test]
fn the_same_seed_makes_the_same_organization() {
    assert_eq!(cloud(7, 300).dump_users(), cloud(7, 300).dump_users());
    assert_ne!(cloud(7, 300).dump_users(), cloud(8, 300).dump_users());
}

#[test]
fn a_hundred_thousand_people_are_made_quickly() {
    // The best of a few tries: other programs on the machine take their time from any one of them.
    let best = (0..5)
        .map(|seed| {
            let started = Instant::now();
            assert_eq!(cloud(seed, 100_000).organization().users.len(), 100_000);
            started.elapsed()
        })
        .find(|taken| *taken < Duration::from_secs(2));
    assert!(best.is_some(), "five organizations took two seconds each");
}
