//! Transactions: conditions checked against what is stored now, then everything or nothing.

use serde_json::Value;

use super::Service;
use super::condition::Filter;
use super::refusal::Refusal;
use super::rules::{self, MOST_ITEMS, TOGETHER_BYTES};
use super::schema;
use super::shelf::Stored;

/// One checked operation.
struct Operation {
    entity: Option<String>,
    key: String,
    condition: Option<Filter>,
    change: Change,
}

enum Change {
    Set(Stored),
    Delete,
    Nothing,
}

impl Service<'_> {
    /// `POST /api/v1/transaction`.
    pub fn transact(&mut self, request: &Value) -> Result<(), Refusal> {
        let operations = self.operations(request)?;
        check_together(&operations)?;
        for operation in &operations {
            self.check_condition(operation)?;
        }
        let written: usize = operations
            .iter()
            .map(|operation| match &operation.change {
                Change::Set(stored) => stored.bytes,
                _ => 0,
            })
            .sum();
        self.charge_write(written)?;
        for operation in operations {
            self.apply(operation);
        }
        Ok(())
    }

    fn operations(&self, request: &Value) -> Result<Vec<Operation>, Refusal> {
        let mut operations = Vec::new();
        for kind in ["set", "delete", "check"] {
            for item in request[kind].as_array().into_iter().flatten() {
                operations.push(self.operation(kind, item)?);
            }
        }
        Ok(operations)
    }

    fn operation(&self, kind: &str, item: &Value) -> Result<Operation, Refusal> {
        let key = rules::key(item)?.to_owned();
        let entity = if item["entityName"].is_null() {
            None
        } else {
            Some(schema::entity(self.manifest, item)?)
        };
        let condition = match entity {
            Some(entity) => Filter::read(&item["conditions"], entity)?,
            None if item["conditions"].is_null() => None,
            None => {
                return Err(Refusal::bad(
                    "INVALID_CONDITION",
                    "Only entities can have conditions",
                ));
            }
        };
        let change = match kind {
            "set" => {
                let (value, bytes) = rules::value(item)?;
                if let Some(entity) = entity {
                    schema::check(entity, value)?;
                }
                let expires = rules::expiry(&item["options"], self.now)?;
                Change::Set(self.stored(value, bytes, expires))
            }
            "delete" => Change::Delete,
            _ if condition.is_none() => {
                return Err(Refusal::bad(
                    "INVALID_CONDITION",
                    "A check needs an entity and a condition",
                ));
            }
            _ => Change::Nothing,
        };
        Ok(Operation {
            entity: entity.map(|entity| entity.name.clone()),
            key,
            condition,
            change,
        })
    }

    fn check_condition(&self, operation: &Operation) -> Result<(), Refusal> {
        let Some(condition) = &operation.condition else {
            return Ok(());
        };
        let stored = operation
            .entity
            .as_ref()
            .and_then(|entity| self.storage.entities.get(entity))
            .and_then(|shelf| shelf.get(&operation.key, self.now));
        if condition.holds(stored.map(|stored| &stored.value)) {
            Ok(())
        } else {
            let status = self.switches.condition_failed_status;
            Err(Refusal::condition_failed(status, &operation.key))
        }
    }

    fn apply(&mut self, operation: Operation) {
        let (now, visible_from) = (self.now, self.visible_from());
        let shelf = match &operation.entity {
            Some(entity) => self.storage.entities.entry(entity.clone()).or_default(),
            None => &mut self.storage.plain,
        };
        match operation.change {
            Change::Set(stored) => shelf.set(&operation.key, stored, now, visible_from),
            Change::Delete => {
                shelf.delete(&operation.key, now, visible_from);
            }
            Change::Nothing => {}
        }
    }
}

fn check_together(operations: &[Operation]) -> Result<(), Refusal> {
    if operations.is_empty() || operations.len() > MOST_ITEMS {
        return Err(Refusal::bad(
            "INVALID_TRANSACTION",
            format!("A transaction has 1 to {MOST_ITEMS} operations"),
        ));
    }
    let mut keys: Vec<_> = operations
        .iter()
        .map(|operation| (&operation.entity, &operation.key))
        .collect();
    keys.sort_unstable();
    keys.dedup();
    if keys.len() < operations.len() {
        return Err(Refusal::bad(
            "DUPLICATE_KEYS",
            "The keys of a transaction must be unique",
        ));
    }
    let bytes: usize = operations
        .iter()
        .map(|operation| match &operation.change {
            Change::Set(stored) => stored.bytes,
            _ => 0,
        })
        .sum();
    if bytes > TOGETHER_BYTES {
        return Err(Refusal::bad(
            "MAX_SIZE",
            format!("The transaction has {bytes} bytes, more than {TOGETHER_BYTES}"),
        ));
    }
    Ok(())
}
