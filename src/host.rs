//! The one door to the outside: every clock reading, random byte, network call and stored value comes through [`Host`].
//!
//! In Forge the trait is implemented over a JavaScript object (`wasm::JsHost`), in the tests over the simulated cloud.
//! Dropping a future at one of its awaits is exactly what happens when the platform kills an invocation.

use serde::{Deserialize, Serialize};

use crate::model::{AccountId, Time};

/// Which service a [`Request`] goes to, and on whose behalf.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Service {
    /// `https://api.atlassian.com`: the organization API, authorised by the organization's API key.
    Atlassian,
    /// Jira's REST API of the site on which the app is installed, as the app itself.
    JiraAsApp,
    /// The same, as the person who called the resolver. Fails where no person called (schedule, queue).
    JiraAsCaller,
}

/// The HTTP methods in use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Read.
    Get,
    /// Search and write.
    Post,
    /// Replace.
    Put,
    /// Change a part.
    Patch,
    /// Take away.
    Delete,
}

impl Method {
    /// The method's name on the wire.
    pub fn name(self) -> &'static str {
        match self {
            Method::Get => "GET",
            Method::Post => "POST",
            Method::Put => "PUT",
            Method::Patch => "PATCH",
            Method::Delete => "DELETE",
        }
    }
}

/// One HTTP request. The path holds the query string and is percent-encoded where it was built.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// Where it goes.
    pub service: Service,
    /// The method.
    pub method: Method,
    /// Absolute path with query, such as `/admin/v1/orgs/…`.
    pub path: String,
    /// The body.
    pub body: Option<String>,
    /// The boundary of a body that is a form (`multipart/form-data`), sent with `X-Atlassian-Token: no-check`, which Jira
    /// asks of every form. Without one a body is JSON, sent with `Content-Type: application/json`.
    pub boundary: Option<String>,
    /// The bearer token, for [`Service::Atlassian`].
    pub bearer: Option<Secret>,
}

/// One message to the webhook that an administrator entered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HookMessage {
    /// The whole address; it may be a secret itself.
    pub url: Secret,
    /// By which the receiver tells one that came twice, sent as `X-Seatkeeper-Delivery`.
    pub id: String,
    /// Sent as `X-Seatkeeper-Signature`.
    pub signature: String,
    /// The JSON text.
    pub body: String,
}

/// A value that never appears in a log or an error: its `Debug` prints dots.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(pub String);

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("•••")
    }
}

/// The answer to a [`Request`]: any status, the headers with lower-case names, the body as it came.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Response {
    /// The HTTP status.
    pub status: u16,
    /// Header names (lower case) and values.
    pub headers: Vec<(String, String)>,
    /// The body, unparsed.
    pub body: Vec<u8>,
}

impl Response {
    /// The first value of a header, by its lower-case name.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    }
}

/// No HTTP answer came: whether the other side acted is not known.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no answer: {0}")]
pub struct SendError(pub String);

/// A storage operation failed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StorageError {
    /// A condition of a transaction did not hold: somebody else wrote first. Nothing was written.
    #[error("somebody else changed the same record first")]
    Conflict,
    /// Anything else; whether a write took place is not known.
    #[error("the app's storage failed: {0}")]
    Failed(String),
}

/// The queue did not take a job.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the job queue refused a job: {0}")]
pub struct QueueError(pub String);

/// The platform did not take a report of accounts.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the platform did not take the report of accounts: {0}")]
pub struct ReportError(pub String);

/// What the platform says of an account whose personal data the app stores.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AccountVerdict {
    /// The account is closed: what is stored of the person is to be erased.
    Closed,
    /// The person changed something: what is stored is to be read again.
    Updated,
}

/// A condition on one attribute of an entity, checked in the transaction (storage conditions exist for entities only).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Condition {
    /// The entity has no such attribute, or does not exist.
    Absent(&'static str),
    /// The attribute is this integer.
    Equals(&'static str, i32),
}

/// The name of an entity type, as the manifest declares it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EntityName {
    /// Entries of the log, one each.
    Audit,
    /// The head of the log's hash chain.
    Chain,
    /// Who works on which queue.
    Lease,
    /// Runs.
    Run,
}

impl EntityName {
    /// The entity's name in the manifest.
    pub fn name(self) -> &'static str {
        match self {
            EntityName::Audit => "audit",
            EntityName::Chain => "chain",
            EntityName::Lease => "lease",
            EntityName::Run => "run",
        }
    }
}

/// One operation of a transaction. Values are JSON texts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Write {
    /// Sets a plain value.
    Set {
        /// The key.
        key: String,
        /// The JSON text.
        value: String,
    },
    /// Deletes a plain value.
    Delete {
        /// The key.
        key: String,
    },
    /// Sets an entity, if the condition holds on what is stored now.
    SetEntity {
        /// Its type.
        entity: EntityName,
        /// Its key.
        key: String,
        /// The JSON object of its attributes.
        value: String,
        /// What must hold before.
        condition: Option<Condition>,
    },
    /// Deletes an entity; one that is not there is deleted too.
    DeleteEntity {
        /// Its type.
        entity: EntityName,
        /// Its key.
        key: String,
    },
    /// Changes nothing; the transaction fails unless the condition holds.
    Check {
        /// Its type.
        entity: EntityName,
        /// Its key.
        key: String,
        /// What must hold.
        condition: Condition,
    },
}

/// A query over an index of an entity. Answers lag behind writes, so no decision may rest on one (RULES R5).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Query {
    /// The entity's type.
    pub entity: EntityName,
    /// The index in the manifest.
    pub index: &'static str,
    /// The values of the index's partition.
    pub partition: Vec<String>,
    /// Only those whose range attribute lies between these, both included.
    pub between: Option<(String, String)>,
    /// Newest first?
    pub descending: bool,
    /// At most this many, 1 to 100.
    pub limit: u32,
    /// Where the page before ended.
    pub cursor: Option<String>,
}

/// One page of a query's answer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct QueryPage {
    /// The entities' JSON texts, in the index's order.
    pub values: Vec<String>,
    /// Where to go on, if there is more.
    pub cursor: Option<String>,
}

/// The two queues (RULES R15).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Queue {
    /// Long jobs, one at a time.
    Work,
    /// Short jobs that must not wait behind a run.
    Answer,
}

impl Queue {
    /// The queue's key in the manifest.
    pub fn name(self) -> &'static str {
        match self {
            Queue::Work => "work",
            Queue::Answer => "answer",
        }
    }
}

/// Everything the core asks of the world. Futures need not be `Send`: an invocation is one thread.
#[expect(
    async_fn_in_trait,
    reason = "callers are generic over the host and never need Send"
)]
pub trait Host {
    /// Sends one HTTP request.
    async fn send(&self, request: Request) -> Result<Response, SendError>;
    /// Posts a message to a webhook. No redirect is followed, and of the answer nothing is read but status and headers.
    async fn deliver(&self, message: HookMessage) -> Result<Response, SendError>;
    /// Reads plain values (strongly consistent), in the order of the keys. The host splits them into batches.
    async fn get(&self, keys: &[String]) -> Result<Vec<Option<String>>, StorageError>;
    /// Reads one entity by its key (strongly consistent), as JSON text.
    async fn get_entity(
        &self,
        entity: EntityName,
        key: &str,
    ) -> Result<Option<String>, StorageError>;
    /// Queries an index (eventually consistent).
    async fn query(&self, query: Query) -> Result<QueryPage, StorageError>;
    /// Writes all or nothing: at most 25 operations, 4 MB, no key twice.
    async fn transact(&self, writes: Vec<Write>) -> Result<(), StorageError>;
    /// Reads a secret.
    async fn secret(&self, key: &str) -> Result<Option<Secret>, StorageError>;
    /// Stores a secret.
    async fn set_secret(&self, key: &str, value: Secret) -> Result<(), StorageError>;
    /// Deletes a secret.
    async fn delete_secret(&self, key: &str) -> Result<(), StorageError>;
    /// Puts a job (JSON text) on a queue, to be delivered after a delay of at most 900 seconds.
    async fn push(&self, queue: Queue, job: String, delay_seconds: u32) -> Result<(), QueueError>;
    /// Reports accounts whose personal data is stored, each with the time at which it was read, through the platform's
    /// privacy API (RULES R18). The answer names those only about which there is something to do. The host splits the
    /// accounts into batches of 90.
    async fn report_accounts(
        &self,
        accounts: &[(AccountId, Time)],
    ) -> Result<Vec<(AccountId, AccountVerdict)>, ReportError>;
    /// The URL of the web trigger to which links in messages lead; `None` where the platform does not say it.
    async fn link_url(&self) -> Option<String>;
    /// The time now, to the second.
    fn now(&self) -> Time;
    /// Milliseconds until the platform ends this invocation.
    fn time_left(&self) -> u32;
    /// The cloud id of the site on which the app is installed, if the platform says it.
    fn cloud_id(&self) -> Option<String>;
    /// Sixteen random bytes.
    fn random(&self) -> [u8; 16];
    /// Seconds that clocks in a zone (an IANA name) are ahead of UTC at an instant; `None` for a zone that is not known.
    fn zone_offset(&self, zone: &str, at: Time) -> Option<i64>;
}
