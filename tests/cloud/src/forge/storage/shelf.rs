//! Stored values by key, with the older versions that eventually consistent queries still see.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::clock::Time;
use chrono::{SecondsFormat, TimeDelta};

/// How long after its expiry a value may still be read: removal lags by up to 48 hours.
const REMOVAL_LAG_HOURS: i64 = 48;

/// One stored value.
#[derive(Clone, Debug, PartialEq)]
pub struct Stored {
    /// The JSON value.
    pub value: Value,
    /// Its size as JSON, in bytes.
    pub bytes: usize,
    /// When the key was first written.
    pub created: Time,
    /// When it was last written.
    pub updated: Time,
    /// When it expires.
    pub expires: Option<Time>,
}

/// A set of keys.
#[derive(Clone, Debug, Default)]
pub struct Shelf {
    records: BTreeMap<String, Record>,
}

#[derive(Clone, Debug, Default)]
struct Record {
    current: Option<Stored>,
    /// Older versions, oldest first, each with the time until which queries see it.
    earlier: Vec<(Time, Option<Stored>)>,
}

impl Stored {
    /// The answer of a read, with the metadata fields asked for.
    pub fn row(&self, key: &str, metadata: &[String]) -> Value {
        let mut row = json!({"key": key, "value": self.value});
        for field in metadata {
            match field.as_str() {
                "CREATED_AT" => row["createdAt"] = json!(self.created.timestamp_millis()),
                "UPDATED_AT" => row["updatedAt"] = json!(self.updated.timestamp_millis()),
                "EXPIRE_TIME" => {
                    if let Some(expires) = self.expires {
                        row["expireTime"] =
                            json!(expires.to_rfc3339_opts(SecondsFormat::Millis, true));
                    }
                }
                _ => {}
            }
        }
        row
    }

    fn is_removed(&self, now: Time) -> bool {
        self.expires
            .is_some_and(|expires| expires + TimeDelta::hours(REMOVAL_LAG_HOURS) <= now)
    }
}

impl Shelf {
    /// The value stored now.
    pub fn get(&self, key: &str, now: Time) -> Option<&Stored> {
        self.records
            .get(key)?
            .current
            .as_ref()
            .filter(|stored| !stored.is_removed(now))
    }

    /// Stores a value; queries see it from `visible_from` on.
    pub fn set(&mut self, key: &str, mut stored: Stored, now: Time, visible_from: Time) {
        if let Some(before) = self.get(key, now) {
            stored.created = before.created;
        }
        self.change(key, Some(stored), now, visible_from);
    }

    /// Deletes a value; false when there was none.
    pub fn delete(&mut self, key: &str, now: Time, visible_from: Time) -> bool {
        let existed = self.get(key, now).is_some();
        if existed {
            self.change(key, None, now, visible_from);
        }
        existed
    }

    /// What a query sees now, in the order of the keys.
    pub fn seen(&self, now: Time) -> impl Iterator<Item = (&String, &Stored)> {
        self.records.iter().filter_map(move |(key, record)| {
            let seen = record
                .earlier
                .iter()
                .find(|(until, _)| now < *until)
                .map_or(record.current.as_ref(), |(_, version)| version.as_ref());
            seen.filter(|stored| !stored.is_removed(now))
                .map(|stored| (key, stored))
        })
    }

    /// Every value stored now, in the order of the keys.
    pub fn all(&self, now: Time) -> impl Iterator<Item = (&String, &Stored)> {
        self.records.keys().filter_map(move |key| {
            let stored = self.get(key, now)?;
            Some((key, stored))
        })
    }

    fn change(&mut self, key: &str, to: Option<Stored>, now: Time, visible_from: Time) {
        let record = self.records.entry(key.to_owned()).or_default();
        record.earlier.retain(|(until, _)| now < *until);
        let before = std::mem::replace(&mut record.current, to);
        if visible_from > now {
            record.earlier.push((visible_from, before));
        }
    }
}
