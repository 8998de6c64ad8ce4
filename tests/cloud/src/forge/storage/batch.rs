//! Batches: up to 25 items, each for itself.

use serde_json::{Value, json};

use super::Service;
use super::refusal::Refusal;
use super::rules::{MOST_ITEMS, TOGETHER_BYTES};

impl Service<'_> {
    /// `POST /api/v1/batch/get`.
    pub fn batch_get(&mut self, request: &Value) -> Result<Value, Refusal> {
        self.batch(request, |service, item| {
            let mut row = match item["entityName"].as_str() {
                Some(_) => service.get_entity(item)?,
                None => service.get(item)?,
            };
            if !item["entityName"].is_null() {
                row["entityName"] = item["entityName"].clone();
            }
            Ok(row)
        })
    }

    /// `POST /api/v1/batch/set`.
    pub fn batch_set(&mut self, request: &Value) -> Result<Value, Refusal> {
        self.batch(request, |service, item| {
            match item["entityName"].as_str() {
                Some(_) => service.set_entity(item)?,
                None => service.set(item)?,
            };
            Ok(name_of(item))
        })
    }

    /// `POST /api/v1/batch/delete`.
    pub fn batch_delete(&mut self, request: &Value) -> Result<Value, Refusal> {
        self.batch(request, |service, item| {
            match item["entityName"].as_str() {
                Some(_) => service.delete_entity(item)?,
                None => service.delete(item)?,
            }
            Ok(name_of(item))
        })
    }

    fn batch(
        &mut self,
        request: &Value,
        act: impl Fn(&mut Self, &Value) -> Result<Value, Refusal>,
    ) -> Result<Value, Refusal> {
        let items = request
            .as_array()
            .filter(|items| (1..=MOST_ITEMS).contains(&items.len()))
            .ok_or_else(|| {
                Refusal::bad(
                    "INVALID_BATCH",
                    format!("A batch is a list of 1 to {MOST_ITEMS} items"),
                )
            })?;
        if request.to_string().len() > TOGETHER_BYTES {
            return Err(Refusal::bad("MAX_SIZE", "The batch is larger than 4 MB"));
        }
        let mut successful = Vec::new();
        let mut failed = Vec::new();
        for item in items {
            match act(self, item) {
                Ok(row) => successful.push(row),
                Err(refusal) => {
                    let mut row = name_of(item);
                    row["error"] = refusal.item_error();
                    failed.push(row);
                }
            }
        }
        Ok(json!({"successfulKeys": successful, "failedKeys": failed}))
    }
}

fn name_of(item: &Value) -> Value {
    let mut name = json!({"key": item["key"]});
    if !item["entityName"].is_null() {
        name["entityName"] = item["entityName"].clone();
    }
    name
}
