//! [`Host`] over a JavaScript object: each method of the port is a promise.

use js_sys::{Array, Promise, Reflect, Uint8Array};
use serde::{Deserialize, Serialize};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

use super::intl_zones::IntlZones;
use super::value::{from_js, to_js};
use crate::host::{
    AccountVerdict, Condition, EntityName, HookMessage, Host, Query, QueryPage, Queue, QueueError,
    ReportError, Request, Response, Secret, SendError, Service, StorageError, Write,
};
use crate::model::{AccountId, Time};
use crate::schedule::Zones;

#[wasm_bindgen(typescript_custom_section)]
const HOST_PORT: &str = r#"
/** What the core asks of the world. `forge-app/host.ts` implements it. */
export interface HostPort {
  send(
    service: 'atlassian' | 'jira-as-app' | 'jira-as-caller',
    method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    path: string,
    body: string | undefined,
    bearer: string | undefined,
    /** The boundary of a body that is a form; without one a body is JSON. */
    boundary: string | undefined,
  ): Promise<{ status: number; headers: [string, string][]; body: Uint8Array }>;
  /** Posts a signed message to a webhook; of the answer only status and headers count. */
  deliver(
    url: string,
    id: string,
    signature: string,
    body: string,
  ): Promise<{ status: number; headers: [string, string][]; body: Uint8Array }>;
  /** Plain values as JSON texts, in the order of the keys. */
  get(keys: string[]): Promise<(string | undefined)[]>;
  getEntity(entity: string, key: string): Promise<string | undefined>;
  query(
    entity: string,
    index: string,
    partition: string[],
    between: [string, string] | undefined,
    descending: boolean,
    limit: number,
    cursor: string | undefined,
  ): Promise<{ values: string[]; cursor?: string | undefined }>;
  /** All or nothing; false when a condition did not hold. */
  transact(writes: HostWrite[]): Promise<boolean>;
  secret(key: string): Promise<string | undefined>;
  setSecret(key: string, value: string): Promise<void>;
  deleteSecret(key: string): Promise<void>;
  push(queue: 'work' | 'answer', job: string, delaySeconds: number): Promise<void>;
  /** Reports accounts through the platform's privacy API; the answer names those about which there is something to do. */
  reportAccounts(
    accounts: { accountId: string; updatedAt: string }[],
  ): Promise<{ accountId: string; status: 'closed' | 'updated' }[]>;
  /** The URL of the web trigger to which links in messages lead, if the platform says it. */
  linkUrl(): Promise<string | undefined>;
  /** Milliseconds since 1970. */
  now(): number;
  /** Milliseconds until this invocation is ended. */
  timeLeft(): number;
  /** The cloud id of the site on which the app is installed. */
  cloudId(): string | undefined;
  /** Sixteen random bytes. */
  random(): Uint8Array;
}
export type HostCondition =
  | { attribute: string; absent: true }
  | { attribute: string; equals: number };
/** One operation of a transaction; values are JSON texts. */
export type HostWrite =
  | { op: 'set'; key: string; value: string }
  | { op: 'delete'; key: string }
  | { op: 'setEntity'; entity: string; key: string; value: string; condition?: HostCondition }
  | { op: 'deleteEntity'; entity: string; key: string }
  | { op: 'check'; entity: string; key: string; condition: HostCondition };
"#;

#[wasm_bindgen]
extern "C" {
    /// The port, as JavaScript hands it in.
    #[wasm_bindgen(typescript_type = "HostPort")]
    pub type HostPort;

    #[wasm_bindgen(structural, method, catch, js_name = send)]
    fn port_send(
        this: &HostPort,
        service: &str,
        method: &str,
        path: &str,
        body: Option<String>,
        bearer: Option<String>,
        boundary: Option<String>,
    ) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(structural, method, catch, js_name = deliver)]
    fn port_deliver(
        this: &HostPort,
        url: &str,
        id: &str,
        signature: &str,
        body: &str,
    ) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(structural, method, catch, js_name = get)]
    fn port_get(this: &HostPort, keys: Array) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(structural, method, catch, js_name = getEntity)]
    fn port_get_entity(this: &HostPort, entity: &str, key: &str) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(structural, method, catch, js_name = query)]
    fn port_query(
        this: &HostPort,
        entity: &str,
        index: &str,
        partition: Array,
        between: Option<Array>,
        descending: bool,
        limit: u32,
        cursor: Option<String>,
    ) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(structural, method, catch, js_name = transact)]
    fn port_transact(this: &HostPort, writes: JsValue) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(structural, method, catch, js_name = secret)]
    fn port_secret(this: &HostPort, key: &str) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(structural, method, catch, js_name = setSecret)]
    fn port_set_secret(this: &HostPort, key: &str, value: &str) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(structural, method, catch, js_name = deleteSecret)]
    fn port_delete_secret(this: &HostPort, key: &str) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(structural, method, catch, js_name = push)]
    fn port_push(
        this: &HostPort,
        queue: &str,
        job: &str,
        delay_seconds: u32,
    ) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(structural, method, catch, js_name = reportAccounts)]
    fn port_report_accounts(this: &HostPort, accounts: JsValue) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(structural, method, catch, js_name = linkUrl)]
    fn port_link_url(this: &HostPort) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(structural, method, js_name = now)]
    fn port_now(this: &HostPort) -> f64;
    #[wasm_bindgen(structural, method, js_name = timeLeft)]
    fn port_time_left(this: &HostPort) -> f64;
    #[wasm_bindgen(structural, method, js_name = cloudId)]
    fn port_cloud_id(this: &HostPort) -> Option<String>;
    #[wasm_bindgen(structural, method, js_name = random)]
    fn port_random(this: &HostPort) -> Uint8Array;
}

/// The port as a [`Host`]; time zones are the JavaScript engine's own.
pub(super) struct JsHost {
    port: HostPort,
    zones: IntlZones,
}

impl JsHost {
    pub(super) fn new(port: HostPort) -> JsHost {
        JsHost {
            port,
            zones: IntlZones::default(),
        }
    }
}

/// Waits for what a method of the port gave back: a promise, or anything else as it is.
async fn settled(called: Result<JsValue, JsValue>) -> Result<JsValue, String> {
    let value = called.map_err(|thrown| message(&thrown))?;
    JsFuture::from(Promise::resolve(&value))
        .await
        .map_err(|thrown| message(&thrown))
}

async fn answered(called: Result<JsValue, JsValue>) -> Result<Response, SendError> {
    let answer = settled(called).await.map_err(SendError)?;
    read_response(&answer).ok_or_else(|| {
        SendError(String::from(
            "the host's answer has no status, headers and body",
        ))
    })
}

async fn stored(called: Result<JsValue, JsValue>) -> Result<JsValue, StorageError> {
    settled(called).await.map_err(StorageError::Failed)
}

/// A value as an array, if it is one: `Array.from` would throw, and a throw in the middle of Rust poisons the instance.
fn list(value: &JsValue) -> Option<&Array> {
    value.dyn_ref::<Array>()
}

fn texts(items: &[String]) -> Array {
    items.iter().map(|item| JsValue::from_str(item)).collect()
}

#[derive(Deserialize)]
struct PortPage {
    values: Vec<String>,
    cursor: Option<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase", tag = "op")]
enum PortWrite<'a> {
    Set {
        key: &'a str,
        value: &'a str,
    },
    Delete {
        key: &'a str,
    },
    SetEntity {
        entity: &'static str,
        key: &'a str,
        value: &'a str,
        #[serde(skip_serializing_if = "Option::is_none")]
        condition: Option<PortCondition>,
    },
    DeleteEntity {
        entity: &'static str,
        key: &'a str,
    },
    Check {
        entity: &'static str,
        key: &'a str,
        condition: PortCondition,
    },
}

#[derive(Serialize)]
#[serde(untagged)]
enum PortCondition {
    Absent {
        attribute: &'static str,
        absent: bool,
    },
    Equals {
        attribute: &'static str,
        equals: i32,
    },
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PortAccount<'a> {
    account_id: &'a str,
    updated_at: Time,
}

/// Account and status.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct PortVerdict {
    account_id: AccountId,
    status: String,
}

impl From<Condition> for PortCondition {
    fn from(condition: Condition) -> PortCondition {
        match condition {
            Condition::Absent(attribute) => PortCondition::Absent {
                attribute,
                absent: true,
            },
            Condition::Equals(attribute, equals) => PortCondition::Equals { attribute, equals },
        }
    }
}

fn port_write(write: &Write) -> PortWrite<'_> {
    match write {
        Write::Set { key, value } => PortWrite::Set { key, value },
        Write::Delete { key } => PortWrite::Delete { key },
        Write::SetEntity {
            entity,
            key,
            value,
            condition,
        } => PortWrite::SetEntity {
            entity: entity.name(),
            key,
            value,
            condition: condition.clone().map(PortCondition::from),
        },
        Write::DeleteEntity { entity, key } => PortWrite::DeleteEntity {
            entity: entity.name(),
            key,
        },
        Write::Check {
            entity,
            key,
            condition,
        } => PortWrite::Check {
            entity: entity.name(),
            key,
            condition: condition.clone().into(),
        },
    }
}

impl Host for JsHost {
    async fn send(&self, request: Request) -> Result<Response, SendError> {
        let service = match request.service {
            Service::Atlassian => "atlassian",
            Service::JiraAsApp => "jira-as-app",
            Service::JiraAsCaller => "jira-as-caller",
        };
        let called = self.port.port_send(
            service,
            request.method.name(),
            &request.path,
            request.body,
            request.bearer.map(|secret| secret.0),
            request.boundary,
        );
        answered(called).await
    }

    async fn deliver(&self, message: HookMessage) -> Result<Response, SendError> {
        let HookMessage {
            url: Secret(url),
            id,
            signature,
            body,
        } = message;
        answered(self.port.port_deliver(&url, &id, &signature, &body)).await
    }

    async fn get(&self, keys: &[String]) -> Result<Vec<Option<String>>, StorageError> {
        let values = stored(self.port.port_get(texts(keys))).await?;
        let values = list(&values).ok_or_else(|| {
            StorageError::Failed(String::from("the host's answer is not a list of values"))
        })?;
        Ok(values.iter().map(|value| value.as_string()).collect())
    }

    async fn get_entity(
        &self,
        entity: EntityName,
        key: &str,
    ) -> Result<Option<String>, StorageError> {
        let value = stored(self.port.port_get_entity(entity.name(), key)).await?;
        Ok(value.as_string())
    }

    async fn query(&self, query: Query) -> Result<QueryPage, StorageError> {
        let called = self.port.port_query(
            query.entity.name(),
            query.index,
            texts(&query.partition),
            query.between.map(|(from, to)| texts(&[from, to])),
            query.descending,
            query.limit,
            query.cursor,
        );
        let page: PortPage = from_js(&stored(called).await?)
            .map_err(|error| StorageError::Failed(message(&error)))?;
        Ok(QueryPage {
            values: page.values,
            cursor: page.cursor,
        })
    }

    async fn transact(&self, writes: Vec<Write>) -> Result<(), StorageError> {
        let writes: Vec<PortWrite<'_>> = writes.iter().map(port_write).collect();
        let writes = to_js(&writes).map_err(|error| StorageError::Failed(message(&error)))?;
        let held = stored(self.port.port_transact(writes)).await?;
        match held.as_bool() {
            Some(true) => Ok(()),
            Some(false) => Err(StorageError::Conflict),
            None => Err(StorageError::Failed(String::from(
                "the host did not say whether it wrote",
            ))),
        }
    }

    async fn secret(&self, key: &str) -> Result<Option<Secret>, StorageError> {
        let value = stored(self.port.port_secret(key)).await?;
        Ok(value.as_string().map(Secret))
    }

    async fn set_secret(&self, key: &str, value: Secret) -> Result<(), StorageError> {
        stored(self.port.port_set_secret(key, &value.0))
            .await
            .map(|_| ())
    }

    async fn delete_secret(&self, key: &str) -> Result<(), StorageError> {
        stored(self.port.port_delete_secret(key)).await.map(|_| ())
    }

    async fn push(&self, queue: Queue, job: String, delay_seconds: u32) -> Result<(), QueueError> {
        let called = self.port.port_push(queue.name(), &job, delay_seconds);
        settled(called).await.map(|_| ()).map_err(QueueError)
    }

    async fn report_accounts(
        &self,
        accounts: &[(AccountId, Time)],
    ) -> Result<Vec<(AccountId, AccountVerdict)>, ReportError> {
        let accounts: Vec<PortAccount<'_>> = accounts
            .iter()
            .map(|(account, read)| PortAccount {
                account_id: account.as_str(),
                updated_at: *read,
            })
            .collect();
        let accounts = to_js(&accounts).map_err(|error| ReportError(message(&error)))?;
        let answer = settled(self.port.port_report_accounts(accounts))
            .await
            .map_err(ReportError)?;
        let verdicts: Vec<PortVerdict> =
            from_js(&answer).map_err(|error| ReportError(message(&error)))?;
        Ok(verdicts
            .into_iter()
            .filter_map(|verdict| {
                let said = match verdict.status.as_str() {
                    "closed" => AccountVerdict::Closed,
                    "updated" => AccountVerdict::Updated,
                    _ => return None,
                };
                Some((verdict.account_id, said))
            })
            .collect())
    }

    async fn link_url(&self) -> Option<String> {
        settled(self.port.port_link_url()).await.ok()?.as_string()
    }

    fn now(&self) -> Time {
        #[expect(
            clippy::cast_possible_truncation,
            reason = "milliseconds of any calendar date fit, and a float outside saturates"
        )]
        Time((self.port.port_now() / 1_000.0).floor() as i64)
    }

    fn time_left(&self) -> u32 {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a negative or huge number of milliseconds saturates"
        )]
        let milliseconds = self.port.port_time_left() as u32;
        milliseconds
    }

    fn cloud_id(&self) -> Option<String> {
        self.port.port_cloud_id()
    }

    fn random(&self) -> [u8; 16] {
        let bytes = self.port.port_random().to_vec();
        std::array::from_fn(|index| bytes.get(index).copied().unwrap_or_default())
    }

    fn zone_offset(&self, zone: &str, at: Time) -> Option<i64> {
        self.zones.offset(zone, at)
    }
}

/// Status, headers and body of the host's answer. The body is copied once, as bytes.
fn read_response(answer: &JsValue) -> Option<Response> {
    let property = |name: &str| Reflect::get(answer, &JsValue::from_str(name)).ok();
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "an HTTP status is a small number, and anything else saturates"
    )]
    let status = property("status")?.as_f64()? as u16;
    let headers = list(&property("headers")?)?
        .iter()
        .filter_map(|pair| {
            let pair = list(&pair)?;
            Some((
                pair.get(0).as_string()?.to_ascii_lowercase(),
                pair.get(1).as_string()?,
            ))
        })
        .collect();
    let body = property("body")?.dyn_into::<Uint8Array>().ok()?.to_vec();
    Some(Response {
        status,
        headers,
        body,
    })
}

/// What a thrown value says.
fn message(thrown: &JsValue) -> String {
    match thrown.dyn_ref::<js_sys::Error>() {
        Some(error) => String::from(error.message()),
        None => thrown
            .as_string()
            .unwrap_or_else(|| String::from("something that is not an error was thrown")),
    }
}
