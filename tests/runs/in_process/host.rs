//! The core's host for one invocation over the simulated cloud.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;

use chrono::{DateTime, Offset, TimeZone};
use cloud::forge::REFUSED;
use cloud::jira_api::Caller as JiraCaller;
use cloud::{Cloud, Lost, LostKind};
use rand::Rng;
use rand_chacha::ChaCha8Rng;
use seatkeeper::host::{
    AccountVerdict, Condition, EntityName, HookMessage, Host, Query, QueryPage, Queue, QueueError,
    ReportError, Request, Response, Secret, SendError, Service, StorageError, Write,
};
use seatkeeper::model::{AccountId, Time};
use serde_json::{Value, json};

use super::executor::pause;

/// How long a webhook is waited for.
const HOOK_ANSWERS_WITHIN: Duration = Duration::from_secs(10);

/// One invocation's host.
pub struct InProcess<'w> {
    pub(super) cloud: &'w RefCell<Cloud>,
    pub(super) random: &'w RefCell<ChaCha8Rng>,
    /// Who called, for a resolver.
    pub(super) caller: Option<String>,
    /// When the platform ends the invocation.
    pub(super) deadline: cloud::Time,
    /// Every request of the app with its answer, for the conformance check.
    pub(super) traffic: &'w RefCell<Vec<(cloud::Request, cloud::Response)>>,
    /// Whether it knows any time zone.
    pub(super) knows_zones: bool,
    /// Answers in the place of the cloud's, by the end of the path with or without its query.
    pub(super) staged: &'w RefCell<Vec<(String, cloud::Response)>>,
    /// How many requests are on their way to Atlassian or Jira and have not taken effect.
    pub sending: Rc<Cell<u32>>,
}

impl InProcess<'_> {
    fn spend(&self, operation: &str) {
        let cloud = self.cloud.borrow();
        let latency: Duration = cloud.latency_of(operation);
        cloud.clock().advance(latency);
    }

    async fn store(
        &self,
        operation: &str,
        path: &str,
        body: Value,
    ) -> Result<cloud::Response, StorageError> {
        pause().await;
        self.spend(operation);
        let answer = self.cloud.borrow_mut().storage(path, &body);
        pause().await;
        answer.map_err(|_: Lost| StorageError::Failed("no answer from storage".into()))
    }
}

fn failed(response: &cloud::Response) -> StorageError {
    StorageError::Failed(format!(
        "status {}: {}",
        response.status,
        String::from_utf8_lossy(&response.body)
    ))
}

fn parse(text: &str) -> Value {
    serde_json::from_str(text).expect("the core stores JSON")
}

fn conditions(condition: &Condition) -> Value {
    match condition {
        Condition::Absent(attribute) => {
            json!({"and": [{"property": attribute, "condition": "NOT_EXISTS", "values": [true]}]})
        }
        Condition::Equals(attribute, value) => {
            json!({"and": [{"property": attribute, "condition": "EQUAL_TO", "values": [value]}]})
        }
    }
}

fn transaction(writes: &[Write]) -> Value {
    let (mut sets, mut deletes, mut checks) = (Vec::new(), Vec::new(), Vec::new());
    for write in writes {
        match write {
            Write::Set { key, value } => sets.push(json!({"key": key, "value": parse(value)})),
            Write::Delete { key } => deletes.push(json!({"key": key})),
            Write::SetEntity {
                entity,
                key,
                value,
                condition,
            } => {
                let mut set =
                    json!({"key": key, "value": parse(value), "entityName": entity.name()});
                if let Some(condition) = condition {
                    set["conditions"] = conditions(condition);
                }
                sets.push(set);
            }
            Write::DeleteEntity { entity, key } => {
                deletes.push(json!({"key": key, "entityName": entity.name()}));
            }
            Write::Check {
                entity,
                key,
                condition,
            } => {
                checks.push(json!({"key": key, "entityName": entity.name(), "conditions": conditions(condition)}));
            }
        }
    }
    let mut body = json!({});
    for (name, list) in [("set", sets), ("delete", deletes), ("check", checks)] {
        if !list.is_empty() {
            body[name] = Value::Array(list);
        }
    }
    body
}

/// None where the answer broke off.
fn verdicts_of(answer: &Value) -> Option<Vec<(AccountId, AccountVerdict)>> {
    let accounts = answer["accounts"].as_array()?;
    let verdict = |account: &Value| {
        let id = account["accountId"].as_str().expect("an id");
        let verdict = match account["status"].as_str() {
            Some("closed") => AccountVerdict::Closed,
            _ => AccountVerdict::Updated,
        };
        (AccountId(id.into()), verdict)
    };
    Some(accounts.iter().map(verdict).collect())
}

impl Host for InProcess<'_> {
    async fn send(&self, request: Request) -> Result<Response, SendError> {
        self.sending.set(self.sending.get() + 1);
        pause().await;
        self.sending.set(self.sending.get() - 1);
        let mut sent = match (request.body, request.boundary) {
            (Some(form), Some(boundary)) => {
                let kind = format!("multipart/form-data; boundary={boundary}");
                let mut sent = cloud::Request::new("POST", &request.path)
                    .with_header("content-type", &kind)
                    .with_header("x-atlassian-token", "no-check");
                sent.body = form.into_bytes();
                sent
            }
            (Some(body), None) => cloud::Request::post(&request.path, &parse(&body)),
            (None, _) => cloud::Request::get(&request.path),
        };
        request.method.name().clone_into(&mut sent.method);
        if let Some(Secret(bearer)) = &request.bearer {
            sent = sent.with_bearer(bearer);
        }
        self.cloud.borrow().clock().advance(match request.service {
            Service::Atlassian => self.cloud.borrow().latency_of("users.search"),
            _ => self.cloud.borrow().latency_of("jira.mypermissions"),
        });
        let staged = self
            .staged
            .borrow()
            .iter()
            .find(|(end, _)| {
                sent.path.ends_with(end.as_str()) || request.path.ends_with(end.as_str())
            })
            .map(|(_, answer)| answer.clone());
        let is_staged = staged.is_some();
        let answer = match request.service {
            _ if is_staged => Ok(staged.expect("it is there")),
            Service::Atlassian => self.cloud.borrow_mut().admin_api(&sent),
            Service::JiraAsApp => self.cloud.borrow_mut().jira_api(&JiraCaller::App, &sent),
            Service::JiraAsCaller => {
                let caller = self
                    .caller
                    .clone()
                    .ok_or_else(|| SendError("AUTH_TYPE_UNAVAILABLE".into()))?;
                self.cloud
                    .borrow_mut()
                    .jira_api(&JiraCaller::User(caller), &sent)
            }
        };
        if let Ok(response) = &answer
            && !is_staged
        {
            self.traffic.borrow_mut().push((sent, response.clone()));
        }
        pause().await;
        let response = answer.map_err(|_: Lost| SendError("the connection was cut".into()))?;
        Ok(Response {
            status: response.status,
            headers: response.headers,
            body: response.body,
        })
    }

    async fn deliver(&self, message: HookMessage) -> Result<Response, SendError> {
        self.sending.set(self.sending.get() + 1);
        pause().await;
        self.sending.set(self.sending.get() - 1);
        self.spend("outside");
        let Secret(url) = &message.url;
        let mut sent = cloud::Request::new("POST", "/")
            .with_header("content-type", "application/json")
            .with_header("x-seatkeeper-delivery", &message.id)
            .with_header("x-seatkeeper-signature", &message.signature);
        sent.body = message.body.into_bytes();
        let answer = self.cloud.borrow_mut().outside(url, &sent);
        pause().await;
        let response = match answer {
            Ok(response) => response,
            Err(Lost { kind, .. }) => {
                if kind == LostKind::Timeout {
                    self.cloud.borrow().clock().advance(HOOK_ANSWERS_WITHIN);
                }
                return Err(SendError(format!("no answer of {url}")));
            }
        };
        if response.headers.iter().any(|(name, _)| name == REFUSED) {
            return Err(SendError(format!("REQUEST_EGRESS_ALLOWLIST_ERR: {url}")));
        }
        Ok(Response {
            status: response.status,
            headers: response.headers,
            body: Vec::new(),
        })
    }

    async fn get(&self, keys: &[String]) -> Result<Vec<Option<String>>, StorageError> {
        let mut values = Vec::new();
        for some in keys.chunks(25) {
            let body = some.iter().map(|key| json!({"key": key})).collect();
            let response = self
                .store("storage.batch.get", "/api/v1/batch/get", Value::Array(body))
                .await?;
            if response.status != 200 {
                return Err(failed(&response));
            }
            let found = response.value();
            let found = found["successfulKeys"]
                .as_array()
                .cloned()
                .unwrap_or_default();
            values.extend(some.iter().map(|key| {
                found
                    .iter()
                    .find(|item| item["key"] == key.as_str())
                    .map(|item| item["value"].to_string())
            }));
        }
        Ok(values)
    }

    async fn get_entity(
        &self,
        entity: EntityName,
        key: &str,
    ) -> Result<Option<String>, StorageError> {
        let body = json!({"entityName": entity.name(), "key": key});
        let response = self
            .store("storage.entity.get", "/api/v1/entity/get", body)
            .await?;
        match response.status {
            200 => Ok(Some(response.value()["value"].to_string())),
            404 => Ok(None),
            _ => Err(failed(&response)),
        }
    }

    async fn query(&self, query: Query) -> Result<QueryPage, StorageError> {
        let mut body = json!({
            "entityName": query.entity.name(), "indexName": query.index, "partition": query.partition,
            "sort": if query.descending { "DESC" } else { "ASC" }, "limit": query.limit,
        });
        if let Some((from, to)) = query.between {
            body["range"] = json!({"condition": "BETWEEN", "values": [from, to]});
        }
        if let Some(cursor) = query.cursor {
            body["cursor"] = Value::from(cursor);
        }
        let response = self
            .store("storage.entity.query", "/api/v1/entity/query", body)
            .await?;
        if response.status != 200 {
            return Err(failed(&response));
        }
        let page = response.value();
        Ok(QueryPage {
            values: page["data"]
                .as_array()
                .into_iter()
                .flatten()
                .map(|item| item["value"].to_string())
                .collect(),
            cursor: page["cursor"].as_str().map(String::from),
        })
    }

    async fn transact(&self, writes: Vec<Write>) -> Result<(), StorageError> {
        let response = self
            .store(
                "storage.transact",
                "/api/v1/transaction",
                transaction(&writes),
            )
            .await?;
        if response.status < 300 {
            return Ok(());
        }
        if String::from_utf8_lossy(&response.body).contains("CONDITION_CHECK_FAILED") {
            return Err(StorageError::Conflict);
        }
        Err(failed(&response))
    }

    async fn secret(&self, key: &str) -> Result<Option<Secret>, StorageError> {
        let response = self
            .store(
                "storage.secret.get",
                "/api/v1/secret/get",
                json!({"key": key}),
            )
            .await?;
        match response.status {
            200 => Ok(response.value()["value"]
                .as_str()
                .map(|text| Secret(text.into()))),
            404 => Ok(None),
            _ => Err(failed(&response)),
        }
    }

    async fn set_secret(&self, key: &str, value: Secret) -> Result<(), StorageError> {
        let body = json!({"key": key, "value": value.0});
        let response = self
            .store("storage.secret.set", "/api/v1/secret/set", body)
            .await?;
        if response.status < 300 {
            Ok(())
        } else {
            Err(failed(&response))
        }
    }

    async fn delete_secret(&self, key: &str) -> Result<(), StorageError> {
        let response = self
            .store(
                "storage.secret.delete",
                "/api/v1/secret/delete",
                json!({"key": key}),
            )
            .await?;
        if response.status < 300 || response.status == 404 {
            Ok(())
        } else {
            Err(failed(&response))
        }
    }

    async fn push(&self, queue: Queue, job: String, delay_seconds: u32) -> Result<(), QueueError> {
        pause().await;
        self.spend("queue.push");
        let body = json!({
            "queueName": queue.name(), "jobId": "in-process",
            "payload": [{"body": {"job": job}, "delayInSeconds": delay_seconds}],
        });
        let answer = self.cloud.borrow_mut().queue_publish(&body);
        pause().await;
        match answer {
            Ok(response) if response.status == 201 => Ok(()),
            Ok(response) => Err(QueueError(format!("status {}", response.status))),
            Err(_) => Err(QueueError("no answer".into())),
        }
    }

    async fn report_accounts(
        &self,
        accounts: &[(AccountId, Time)],
    ) -> Result<Vec<(AccountId, AccountVerdict)>, ReportError> {
        let mut verdicts = Vec::new();
        for some in accounts.chunks(90) {
            let named: Vec<Value> = some
                .iter()
                .map(|(account, read)| json!({"accountId": account, "updatedAt": read}))
                .collect();
            pause().await;
            self.spend("privacy.report");
            let answer = self
                .cloud
                .borrow_mut()
                .report_accounts(&json!({ "accounts": named }));
            pause().await;
            let response = answer.map_err(|_: Lost| ReportError("no answer".into()))?;
            match response.status {
                200 => {
                    let told = verdicts_of(&response.value());
                    verdicts.extend(told.ok_or_else(|| ReportError("no JSON".into()))?);
                }
                204 => {}
                status => return Err(ReportError(format!("status {status}"))),
            }
        }
        Ok(verdicts)
    }

    async fn link_url(&self) -> Option<String> {
        pause().await;
        self.spend("webtrigger.url");
        let query =
            "mutation { createWebTriggerUrl(input: $input, forceCreate: $forceCreate) { url } }";
        let variables = json!({"input": {"triggerKey": "link-trigger"}, "forceCreate": false});
        let asked = json!({"query": query, "variables": variables});
        let answer = self.cloud.borrow_mut().graphql(&asked);
        pause().await;
        let made = answer.ok()?.value();
        let url = made["data"]["createWebTriggerUrl"]["url"].as_str();
        url.map(str::to_owned)
    }

    fn now(&self) -> Time {
        Time(self.cloud.borrow().now().timestamp())
    }

    fn time_left(&self) -> u32 {
        let left = self.deadline - self.cloud.borrow().now();
        u32::try_from(left.num_milliseconds().max(0)).unwrap_or(u32::MAX)
    }

    fn cloud_id(&self) -> Option<String> {
        let cloud = self.cloud.borrow();
        let site = cloud.organization().sites.first()?;
        Some(site.cloud_id.clone())
    }

    fn random(&self) -> [u8; 16] {
        let mut bytes = [0; 16];
        self.random.borrow_mut().fill_bytes(&mut bytes);
        bytes
    }

    fn zone_offset(&self, zone: &str, at: Time) -> Option<i64> {
        let zone: chrono_tz::Tz = zone.parse().ok().filter(|_| self.knows_zones)?;
        let utc = DateTime::from_timestamp(at.0, 0)?.naive_utc();
        Some(
            zone.offset_from_utc_datetime(&utc)
                .fix()
                .local_minus_utc()
                .into(),
        )
    }
}
