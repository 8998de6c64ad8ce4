//! What was replaced is deleted: the storage holds what the newest snapshot names and what was replaced a moment ago.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::stored::{head, values};
use super::{enable_idle_policy, organization, pass_day, pass_hours, read};
use crate::in_process::Kills;
use crate::scene::Scene;

fn keys(values: &BTreeMap<String, Value>, prefix: &str) -> BTreeSet<String> {
    let rest = values.keys().filter_map(|key| key.strip_prefix(prefix));
    rest.map(String::from).collect()
}

/// Chunks that nobody names: neither the newest snapshot, nor a list of what is to be deleted.
fn unnamed(values: &BTreeMap<String, Value>) -> Vec<String> {
    let mut named: BTreeSet<String> = head(values).names().map(String::from).collect();
    for list in values.iter().filter(|(key, _)| key.starts_with("unused:")) {
        let names = list.1.as_array().expect("a list").iter();
        named.extend(names.map(|name| name.as_str().expect("a name").to_owned()));
    }
    let chunks = keys(values, "chunk:");
    chunks.difference(&named).cloned().collect()
}

/// Ids of which the heads or the lists of what is to be deleted are stored, and which nobody remembers.
fn forgotten(values: &BTreeMap<String, Value>) -> Vec<String> {
    let mut known = BTreeSet::new();
    known.extend(values["snapshot"]["snapshot"]["id"].as_str());
    for replaced in values["sync"]["replaced"].as_array().into_iter().flatten() {
        known.extend(replaced["id"].as_str());
    }
    let mut stored = keys(values, "snapshot:");
    stored.extend(keys(values, "unused:"));
    let id = |key: &String| key.rsplit_once(':').expect("a number").0.to_owned();
    let ids: BTreeSet<String> = stored.iter().map(id).collect();
    let forgotten = ids.into_iter().filter(|id| !known.contains(id.as_str()));
    forgotten.collect()
}

fn assert_nothing_left_over(scene: &Scene, which: &str) {
    let values = values(&scene.world);
    assert_eq!(unnamed(&values), Vec::<String>::new(), "{which}");
    assert_eq!(forgotten(&values), Vec::<String>::new(), "{which}");
    for prefix in ["sync:", "jira-listing:"] {
        assert_eq!(keys(&values, prefix), BTreeSet::new(), "{which}");
    }
}

/// How many values there are, and how many bytes they have.
fn size(scene: &Scene) -> (usize, usize) {
    let values = values(&scene.world);
    let read = |(key, _): &(&String, &Value)| {
        let prefixes = ["chunk:", "snapshot", "unused:", "sync", "seats"];
        prefixes.iter().any(|prefix| key.starts_with(prefix))
    };
    let read = values.iter().filter(read);
    let sizes: Vec<usize> = read.map(|(_, value)| value.to_string().len()).collect();
    (sizes.len(), sizes.iter().sum())
}

#[test]
fn storage_does_not_grow_with_the_days() {
    let scene = organization(91, 250);
    enable_idle_policy(&scene);
    let mut sizes = Vec::new();
    for day in 0..32 {
        read(&scene);
        assert_nothing_left_over(&scene, &format!("day {day}"));
        sizes.push(size(&scene));
        pass_day(&scene);
    }
    let most = |days: &[(usize, usize)]| {
        let values = days.iter().map(|size| size.0).max();
        let bytes = days.iter().map(|size| size.1).max();
        (values.expect("days"), bytes.expect("days"))
    };
    let (early, late) = (most(&sizes[4..18]), most(&sizes[18..]));
    assert!(late.0 <= early.0 + 3, "{sizes:?}");
    // People join: what is stored of a hundred more is no growth of its own.
    assert!(late.1 * 2 <= early.1 * 3, "{sizes:?}");
}

#[test]
fn what_was_replaced_is_deleted_by_the_next_reading_after_the_time_of_grace() {
    let scene = organization(92, 250);
    enable_idle_policy(&scene);
    read(&scene);
    let names = |values: &BTreeMap<String, Value>| -> BTreeSet<String> {
        head(values).names().map(String::from).collect()
    };
    // Most chunks serve for days: wait until some are replaced.
    let replaced_today = || {
        let before = names(&values(&scene.world));
        pass_day(&scene);
        read(&scene);
        let now = names(&values(&scene.world));
        before.difference(&now).cloned().collect::<BTreeSet<_>>()
    };
    let replaced = (0..20)
        .map(|_| replaced_today())
        .find(|names| !names.is_empty());
    let replaced = replaced.expect("a chunk that was replaced");
    // Whoever began to read the snapshot before can still do so.
    assert!(keys(&values(&scene.world), "chunk:").is_superset(&replaced));
    pass_hours(&scene, 1);
    read(&scene);
    let left = keys(&values(&scene.world), "chunk:");
    assert!(left.is_disjoint(&replaced), "{replaced:?}");
}

#[test]
fn a_reading_that_was_killed_anywhere_leaves_nothing_over_when_the_next_one_is_through() {
    let before = organization(93, 250);
    enable_idle_policy(&before);
    read(&before);
    pass_day(&before);
    let mut awaits = 1;
    loop {
        let scene = before.copy();
        scene.world.kills.set(Kills::AtAwait(awaits));
        read(&scene);
        scene.world.kills.set(Kills::None);
        let killed = scene.world.killed.get();
        for _ in 0..2 {
            pass_hours(&scene, 1);
            read(&scene);
        }
        assert_nothing_left_over(&scene, &format!("killed at await {awaits}"));
        if killed == 0 {
            break;
        }
        // Every await of the last part, where a snapshot is stored; some of the others.
        awaits += if awaits < 280 { 9 } else { 1 };
    }
    assert!(awaits > 300, "only {awaits} awaits");
}
