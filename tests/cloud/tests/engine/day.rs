//! A day passes: who uses, joins, leaves, changes.

use std::collections::BTreeMap;

use chrono::TimeDelta;
use cloud::Time;
use cloud::day::{Day, DayPassed};
use serde_json::Value;

use crate::tenant::{Tenant, now};

#[test]
fn a_day_passes() {
    let later = |days: u32| -> (Vec<Value>, DayPassed, Time) {
        let mut tenant = Tenant::new(|options| options.users = 3_000);
        let day = Day {
            joiners: 0.01,
            leavers: 0.01,
            changed: 0.01,
            ..Day::default()
        };
        let mut passed = DayPassed::default();
        for _ in 0..days {
            passed = tenant.cloud.pass_day(&day);
        }
        (tenant.cloud.dump_users(), passed, tenant.cloud.now())
    };
    let (before, _, _) = later(0);
    let (after, passed, time) = later(1);
    assert_eq!(time, now() + TimeDelta::days(1));
    assert_eq!(later(1).0, after, "a day is drawn from its seed");
    let by_id = |users: &[Value]| -> BTreeMap<String, Value> {
        let key = |user: &Value| user["accountId"].as_str().expect("an id").to_owned();
        users.iter().map(|user| (key(user), user.clone())).collect()
    };
    let (before, after) = (by_id(&before), by_id(&after));
    let active = before
        .values()
        .filter(|user| user["status"] == "active")
        .count() as f64;
    let new = after.keys().filter(|id| !before.contains_key(*id)).count();
    assert_eq!(new, passed.joined);
    assert_eq!(passed.joined as f64, (active * 0.01).round());
    let used = after
        .iter()
        .filter(|(id, user)| {
            before.get(*id).is_some_and(|was| {
                was["productAccess"].is_array() && was["productAccess"] != user["productAccess"]
            })
        })
        .count() as f64;
    assert!((used / active - 0.6).abs() < 0.05, "{used} of {active}");
    assert!(
        before.keys().any(|id| !after.contains_key(id)),
        "somebody is gone"
    );
    let (twice, _, _) = later(2);
    assert!(
        by_id(&twice)
            .keys()
            .filter(|id| !after.contains_key(*id))
            .count()
            > 20
    );
}
