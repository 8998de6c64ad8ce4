//! The key-value store, the custom entities and the secrets of one installation, as `@forge/kvs` calls them.

mod batch;
mod condition;
mod entity_query;
mod refusal;
mod rules;
mod schema;
mod shelf;
mod transaction;

use std::collections::BTreeMap;

use chrono::TimeDelta;
use serde_json::{Value, json};

use refusal::Refusal;
use shelf::{Shelf, Stored};

use super::manifest::Manifest;
use crate::clock::Time;
use crate::cloud::Cloud;
use crate::faults::Refusals;
use crate::limits::{Limits, Windows};
use crate::message::{Answer, Response};
use crate::meter::{STORAGE_UNIT, StorageTraffic};
use crate::switches::Switches;

/// Everything one installation has stored.
#[derive(Clone, Debug, Default)]
pub struct Storage {
    plain: Shelf,
    secrets: Shelf,
    entities: BTreeMap<String, Shelf>,
}

impl Storage {
    /// The plain values, for tests.
    pub fn plain(&self, now: Time) -> Vec<(String, Value)> {
        values(&self.plain, now)
    }

    /// The values of an entity, for tests.
    pub fn entity(&self, name: &str, now: Time) -> Vec<(String, Value)> {
        self.entities
            .get(name)
            .map(|shelf| values(shelf, now))
            .unwrap_or_default()
    }

    /// One value of the plain keys.
    pub fn plain_value(&self, key: &str, now: Time) -> Option<&Value> {
        self.plain.get(key, now).map(|stored| &stored.value)
    }

    /// One value of an entity.
    pub fn entity_value(&self, name: &str, key: &str, now: Time) -> Option<&Value> {
        let shelf = self.entities.get(name)?;
        shelf.get(key, now).map(|stored| &stored.value)
    }
}

fn values(shelf: &Shelf, now: Time) -> Vec<(String, Value)> {
    shelf
        .all(now)
        .map(|(key, stored)| (key.clone(), stored.value.clone()))
        .collect()
}

/// The storage at one moment, with all it depends on.
struct Service<'a> {
    storage: &'a mut Storage,
    manifest: &'a Manifest,
    switches: &'a Switches,
    limits: &'a Limits,
    windows: &'a mut Windows,
    traffic: &'a mut StorageTraffic,
    now: Time,
}

impl Cloud {
    /// Answers a call of `@forge/kvs`: the path as it calls it (`/api/v1/…`), the body as JSON.
    pub fn storage(&mut self, path: &str, body: &Value) -> Answer {
        let text = body.to_string();
        let refusals = Refusals {
            too_many_requests: Refusal::rate_limited().response(),
            forbidden: forbidden().response(),
            cursor_expired: Response::empty(400),
            server_error: |status| {
                Response::json(
                    status,
                    &json!({"code": "INTERNAL_SERVER_ERROR", "message": "Something went wrong"}),
                )
            },
        };
        self.call(operation(path), &text, text.len(), refusals, |cloud| {
            cloud.storage_answer(path, body)
        })
    }

    /// What the installation has stored.
    pub fn stored(&self) -> &Storage {
        &self.forge.storage
    }

    fn storage_answer(&mut self, path: &str, body: &Value) -> Response {
        if !self.forge.manifest.has_scope("storage:app") {
            return forbidden().response();
        }
        let mut service = Service {
            storage: &mut self.forge.storage,
            manifest: &self.forge.manifest,
            switches: &self.switches,
            limits: &self.limits,
            windows: &mut self.windows,
            traffic: &mut self.meter.storage,
            now: self.clock.now(),
        };
        match service.answer(path, body) {
            Ok(Some(value)) => Response::json(200, &value),
            Ok(None) => Response::empty(204),
            Err(refusal) => refusal.response(),
        }
    }
}

/// The stable name for the meter and the faults.
fn operation(path: &str) -> &'static str {
    match path.trim_start_matches("/api/v1") {
        "/get" => "storage.get",
        "/set" => "storage.set",
        "/delete" => "storage.delete",
        "/query" => "storage.query",
        "/secret/get" => "storage.secret.get",
        "/secret/set" => "storage.secret.set",
        "/secret/delete" => "storage.secret.delete",
        "/entity/get" => "storage.entity.get",
        "/entity/set" => "storage.entity.set",
        "/entity/delete" => "storage.entity.delete",
        "/entity/query" => "storage.entity.query",
        "/batch/get" => "storage.batch.get",
        "/batch/set" => "storage.batch.set",
        "/batch/delete" => "storage.batch.delete",
        "/transaction" => "storage.transact",
        _ => "storage.unknown",
    }
}

fn forbidden() -> Refusal {
    Refusal {
        status: 403,
        code: "FORBIDDEN",
        message: "The app does not declare the scope storage:app".to_owned(),
    }
}

impl Service<'_> {
    fn answer(&mut self, path: &str, body: &Value) -> Result<Option<Value>, Refusal> {
        match operation(path) {
            "storage.get" => self.get(body).map(Some),
            "storage.set" => self.set(body),
            "storage.delete" => self.delete(body).map(|()| None),
            "storage.query" => self.query(body).map(Some),
            "storage.secret.get" => self.get_secret(body).map(Some),
            "storage.secret.set" => self.set_secret(body),
            "storage.secret.delete" => self.delete_secret(body).map(|()| None),
            "storage.entity.get" => self.get_entity(body).map(Some),
            "storage.entity.set" => self.set_entity(body),
            "storage.entity.delete" => self.delete_entity(body).map(|()| None),
            "storage.entity.query" => self.query_entity(body).map(Some),
            "storage.batch.get" => self.batch_get(body).map(Some),
            "storage.batch.set" => self.batch_set(body).map(Some),
            "storage.batch.delete" => self.batch_delete(body).map(Some),
            "storage.transact" => self.transact(body).map(|()| None),
            _ => Err(Refusal::bad("NOT_FOUND", format!("There is no {path}"))),
        }
    }

    fn get(&mut self, request: &Value) -> Result<Value, Refusal> {
        let key = rules::key(request)?;
        let found = self.storage.plain.get(key, self.now).cloned();
        self.read(key, found, request)
    }

    fn get_secret(&mut self, request: &Value) -> Result<Value, Refusal> {
        let key = rules::key(request)?;
        let found = self.storage.secrets.get(key, self.now).cloned();
        self.read(key, found, request)
    }

    fn get_entity(&mut self, request: &Value) -> Result<Value, Refusal> {
        let entity = schema::entity(self.manifest, request)?;
        let key = rules::key(request)?;
        let shelf = self.storage.entities.get(&entity.name);
        let found = shelf.and_then(|shelf| shelf.get(key, self.now)).cloned();
        self.read(key, found, request)
    }

    fn read(
        &mut self,
        key: &str,
        found: Option<Stored>,
        request: &Value,
    ) -> Result<Value, Refusal> {
        self.charge_read(found.as_ref().map_or(0, |stored| stored.bytes))?;
        let stored = found.ok_or_else(Refusal::not_found)?;
        let metadata = rules::metadata(&request["options"], "metadataFields");
        Ok(stored.row(key, &metadata))
    }

    fn set(&mut self, request: &Value) -> Result<Option<Value>, Refusal> {
        self.write(request, |storage| &mut storage.plain)
    }

    fn set_secret(&mut self, request: &Value) -> Result<Option<Value>, Refusal> {
        self.write(request, |storage| &mut storage.secrets)
    }

    fn set_entity(&mut self, request: &Value) -> Result<Option<Value>, Refusal> {
        let entity = schema::entity(self.manifest, request)?;
        schema::check(entity, request.get("value").unwrap_or(&Value::Null))?;
        let name = entity.name.clone();
        self.write(request, |storage| storage.entities.entry(name).or_default())
    }

    fn write<'s>(
        &'s mut self,
        request: &Value,
        shelf: impl FnOnce(&'s mut Storage) -> &'s mut Shelf,
    ) -> Result<Option<Value>, Refusal> {
        let key = rules::key(request)?;
        let (value, bytes) = rules::value(request)?;
        let options = &request["options"];
        let expires = rules::expiry(options, self.now)?;
        self.charge_write(bytes)?;
        let (now, visible_from) = (self.now, self.visible_from());
        let stored = self.stored(value, bytes, expires);
        let shelf = shelf(self.storage);
        let before = shelf.get(key, now).cloned();
        if before.is_some() && options["keyPolicy"].as_str() == Some("FAIL_IF_EXISTS") {
            return Err(Refusal::key_conflict());
        }
        shelf.set(key, stored, now, visible_from);
        let metadata = rules::metadata(options, "returnMetadataFields");
        let answered = match options["returnValue"].as_str() {
            Some("PREVIOUS") => before,
            Some("LATEST") => shelf.get(key, now).cloned(),
            _ => None,
        };
        Ok(answered.map(|stored| stored.row(key, &metadata)))
    }

    fn delete(&mut self, request: &Value) -> Result<(), Refusal> {
        let key = rules::key(request)?;
        let (now, visible_from) = (self.now, self.visible_from());
        self.charge_write(0)?;
        let existed = self.storage.plain.delete(key, now, visible_from);
        existed.then_some(()).ok_or_else(Refusal::not_found)
    }

    fn delete_secret(&mut self, request: &Value) -> Result<(), Refusal> {
        let key = rules::key(request)?;
        let (now, visible_from) = (self.now, self.visible_from());
        self.charge_write(0)?;
        let existed = self.storage.secrets.delete(key, now, visible_from);
        existed.then_some(()).ok_or_else(Refusal::not_found)
    }

    fn delete_entity(&mut self, request: &Value) -> Result<(), Refusal> {
        let name = schema::entity(self.manifest, request)?.name.clone();
        let key = rules::key(request)?;
        let (now, visible_from) = (self.now, self.visible_from());
        self.charge_write(0)?;
        let shelf = self.storage.entities.entry(name).or_default();
        let existed = shelf.delete(key, now, visible_from);
        existed.then_some(()).ok_or_else(Refusal::not_found)
    }

    /// `POST /api/v1/query`: plain keys by their beginning, eventually consistent.
    fn query(&mut self, request: &Value) -> Result<Value, Refusal> {
        let rows = rules::page(request)?;
        let prefix = prefix_of(request)?;
        let after = request["after"].as_str().unwrap_or_default();
        let mut found: Vec<(String, Stored)> = self
            .storage
            .plain
            .seen(self.now)
            .filter(|(key, _)| key.starts_with(&prefix) && key.as_str() > after)
            .take(rows + 1)
            .map(|(key, stored)| (key.clone(), stored.clone()))
            .collect();
        let more = found.len() > rows;
        found.truncate(rows);
        self.charge_read(found.iter().map(|(_, stored)| stored.bytes).sum())?;
        let metadata = rules::metadata(&request["options"], "metadataFields");
        let data: Vec<Value> = found
            .iter()
            .map(|(key, stored)| stored.row(key, &metadata))
            .collect();
        let mut page = json!({"data": data});
        if let Some((key, _)) = found.last().filter(|_| more) {
            page["cursor"] = json!(key);
        }
        Ok(page)
    }

    fn stored(&self, value: &Value, bytes: usize, expires: Option<Time>) -> Stored {
        Stored {
            value: value.clone(),
            bytes,
            created: self.now,
            updated: self.now,
            expires,
        }
    }

    fn visible_from(&self) -> Time {
        self.now + TimeDelta::milliseconds(i64::from(self.switches.query_lag_ms))
    }

    fn charge_read(&mut self, bytes: usize) -> Result<(), Refusal> {
        let limit = self.limits.storage_reads_per_minute;
        self.admit("storage-reads", bytes, limit)?;
        self.traffic.read(bytes);
        Ok(())
    }

    fn charge_write(&mut self, bytes: usize) -> Result<(), Refusal> {
        let limit = self.limits.storage_writes_per_minute;
        self.admit("storage-writes", bytes, limit)?;
        self.traffic.write(bytes);
        Ok(())
    }

    fn admit(&mut self, name: &'static str, bytes: usize, limit: u32) -> Result<(), Refusal> {
        let units = (bytes as u64).div_ceil(STORAGE_UNIT).max(1);
        let units = u32::try_from(units).unwrap_or(u32::MAX);
        if self.windows.admit(name, self.now, units, limit) {
            Ok(())
        } else {
            Err(Refusal::rate_limited())
        }
    }
}

fn prefix_of(request: &Value) -> Result<String, Refusal> {
    let Some(conditions) = request["where"].as_array() else {
        return Ok(String::new());
    };
    let invalid = || {
        Refusal::bad(
            "QUERY_WHERE_INVALID",
            "where takes one condition: key BEGINS_WITH",
        )
    };
    match conditions.as_slice() {
        [] => Ok(String::new()),
        [only] if only["property"] == "key" && only["condition"] == "BEGINS_WITH" => only["values"]
            [0]
        .as_str()
        .map(str::to_owned)
        .ok_or_else(invalid),
        _ => Err(invalid()),
    }
}
