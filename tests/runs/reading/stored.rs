//! What is stored of a reading, taken out of the storage by the names that the newest snapshot gives.

use std::collections::BTreeMap;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use seatkeeper::snapshot::{Head, StoredSnapshot, UserRecord};
use serde_json::Value;

use crate::in_process::World;

/// Everything that a reading ends in, but for its times and ids.
#[derive(Debug, PartialEq)]
pub struct Known {
    /// Everybody, in the order of directories and accounts.
    pub people: Vec<UserRecord>,
    /// Coverage, products, suspicions, sites and seats, as they are stored.
    pub figures: Value,
}

/// Every plain value of the app's storage.
pub fn values(world: &World) -> BTreeMap<String, Value> {
    let cloud = world.cloud.borrow();
    cloud.stored().plain(cloud.now()).into_iter().collect()
}

/// Which chunks make the newest snapshot.
pub fn head(values: &BTreeMap<String, Value>) -> Head {
    let snapshot = &values["snapshot"]["snapshot"];
    let id = snapshot["id"].as_str().expect("a snapshot");
    let segments = snapshot["segments"].as_u64().expect("a number");
    let text = |number| {
        let text = values[&format!("snapshot:{id}:{number}")].as_str();
        text.expect("a text").to_owned()
    };
    let texts: Vec<String> = (0..segments).map(text).collect();
    Head::from_segments(&texts).expect("a head")
}

/// The people of the newest snapshot.
pub fn people(world: &World) -> Vec<UserRecord> {
    let values = values(world);
    let fetch = |name: &str| {
        let text = values.get(&format!("chunk:{name}"))?.as_str()?;
        STANDARD.decode(text).ok()
    };
    let stored = StoredSnapshot::decode(head(&values), fetch).expect("a whole snapshot");
    let snapshot = stored.into_people();
    let rows = snapshot.rows();
    let mut people: Vec<UserRecord> = rows.filter_map(|row| snapshot.record(row)).collect();
    for person in &mut people {
        person.groups.iter_mut().for_each(|groups| groups.sort());
        let places = person.access.iter_mut();
        places.for_each(|all| all.sort_by(|a, b| a.resource.0.cmp(&b.resource.0)));
    }
    people.sort_by(|a, b| (&a.directory.0, &a.account.0).cmp(&(&b.directory.0, &b.account.0)));
    people
}

/// What the newest snapshot is.
pub fn known(world: &World) -> Known {
    let mut figures = values(world)["snapshot"]["snapshot"].clone();
    let head = figures.as_object_mut().expect("a snapshot");
    for of_this_reading in ["id", "taken", "renewed", "confirmed", "segments"] {
        head.remove(of_this_reading);
    }
    let coverage = head["coverage"].as_object_mut().expect("a coverage");
    for of_this_reading in ["oldestReading", "waitingUntil"] {
        coverage.remove(of_this_reading);
    }
    Known {
        people: people(world),
        figures,
    }
}

/// Panics with the first difference between two readings.
pub fn assert_same(found: &Known, expected: &Known, which: &str) {
    for (one, other) in found.people.iter().zip(&expected.people) {
        assert_eq!(one, other, "{which}");
    }
    assert_eq!(found.people.len(), expected.people.len(), "{which}");
    assert_eq!(found.figures, expected.figures, "{which}");
}
