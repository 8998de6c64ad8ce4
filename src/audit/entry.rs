//! One entry: who did what to whom under which policy, and how it ended. Entries hold account ids only (RULES R14).

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::action::LogAction;
use crate::model::{AccountId, Time};

/// Who did it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Actor {
    /// The app's own schedule and its jobs.
    Schedule,
    /// A person.
    Person(AccountId),
    /// A link that was sent to a person, used by whoever holds it.
    Link(AccountId),
    /// A person who tried to log in, as the organization's log says.
    LogIn(AccountId),
}

impl std::fmt::Display for Actor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Actor::Schedule => f.write_str("schedule"),
            Actor::Person(account) => write!(f, "person:{account}"),
            Actor::Link(account) => write!(f, "link:{account}"),
            Actor::LogIn(account) => write!(f, "log-in:{account}"),
        }
    }
}

/// How it ended. Each intent gets exactly one of `done`, `already`, `not-done` and `failed` (RULES R14).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// About to be tried.
    Intent,
    /// Done.
    Done,
    /// Somebody else had done it.
    Already,
    /// Not tried in the end.
    NotDone,
    /// Tried and not done.
    Failed,
    /// Decided against, before any intent.
    Skipped,
}

impl Outcome {
    /// The name in the log.
    pub fn name(self) -> &'static str {
        match self {
            Outcome::Intent => "intent",
            Outcome::Done => "done",
            Outcome::Already => "already",
            Outcome::NotDone => "not-done",
            Outcome::Failed => "failed",
            Outcome::Skipped => "skipped",
        }
    }
}

/// Who let something happen, and by what.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ApprovedBy {
    /// The account that decided.
    pub account: String,
    /// The reason that was given.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub reason: Option<String>,
    /// Where the decision is written down, such as the key of a Jira issue.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub reference: Option<String>,
}

/// An entry before it has its place in the chain.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Entry {
    /// When.
    pub time: Time,
    /// Who: `schedule`, `person:<account id>`, `link:<account id>` or `log-in:<account id>`.
    pub actor: String,
    /// On whose behalf, where that is somebody else than the actor: an account id.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub on_behalf_of: Option<String>,
    /// What.
    pub action: String,
    /// How it ended.
    pub outcome: String,
    /// On whom: an account or group id.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub subject: Option<String>,
    /// On whom, in an intent that covers some people of one batch: account ids. Each of them gets an outcome of their own.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub subjects: Vec<String>,
    /// In which run.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub run: Option<String>,
    /// Under which policy: its id.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub policy: Option<String>,
    /// The exact text of the policy: its hash.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub policy_hash: Option<String>,
    /// Why.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub reason: Option<String>,
    /// Who let it happen, if somebody had to.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub approval: Option<ApprovedBy>,
    /// The HTTP status of the answer that decided the outcome, if an answer came.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub http: Option<u16>,
    /// The id that the other side gave to the request, by which its support finds it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub request: Option<String>,
    /// The state before.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub before: Option<Value>,
    /// The state after, as read back.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub after: Option<Value>,
}

impl Entry {
    /// An entry that says who did what, and how it ended.
    pub fn new(time: Time, actor: &Actor, action: LogAction, outcome: Outcome) -> Entry {
        Entry {
            time,
            actor: actor.to_string(),
            action: action.name().to_owned(),
            outcome: outcome.name().to_owned(),
            on_behalf_of: None,
            subject: None,
            subjects: Vec::new(),
            run: None,
            policy: None,
            policy_hash: None,
            reason: None,
            approval: None,
            http: None,
            request: None,
            before: None,
            after: None,
        }
    }
}
