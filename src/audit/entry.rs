//! One entry: who did what to whom under which policy, and how it ended. Entries hold account ids only (RULES R14).

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::model::{AccountId, Time};

/// Who did it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Actor {
    /// The app's own schedule and its jobs.
    Schedule,
    /// A person.
    Person(AccountId),
}

impl std::fmt::Display for Actor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Actor::Schedule => f.write_str("schedule"),
            Actor::Person(account) => write!(f, "person:{account}"),
        }
    }
}

/// What was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogAction {
    /// The organization's key was saved.
    Connect,
    /// A policy was saved.
    SavePolicy,
    /// A limit was changed.
    SetLimits,
    /// Everything was stopped, or let go on.
    SetStopped,
    /// An exemption was added.
    AddExemption,
    /// An exemption was taken back.
    RemoveExemption,
    /// A run was asked for.
    StartRun,
    /// A plan was frozen.
    FreezePlan,
    /// A held run was released.
    ReleaseRun,
    /// A held run was rejected.
    RejectRun,
    /// A run ended.
    EndRun,
    /// A person's membership is suspended.
    Suspend,
    /// The upload of an export was begun.
    BeginImport,
    /// An uploaded export was taken into use.
    FinishImport,
    /// The uploaded export was forgotten.
    DropImport,
    /// A jump of idle people was taken for true.
    AcceptSnapshot,
    /// The organization's key comes near its end.
    KeyExpires,
    /// An exemption is over.
    ExemptionExpires,
    /// What was stored of closed accounts was erased.
    EraseAccounts,
    /// Somebody asked for what they may not do.
    Refused,
}

impl LogAction {
    /// The name in the log.
    pub fn name(self) -> &'static str {
        match self {
            LogAction::Connect => "connect",
            LogAction::SavePolicy => "save-policy",
            LogAction::SetLimits => "set-limits",
            LogAction::SetStopped => "set-stopped",
            LogAction::AddExemption => "add-exemption",
            LogAction::RemoveExemption => "remove-exemption",
            LogAction::StartRun => "start-run",
            LogAction::FreezePlan => "freeze-plan",
            LogAction::ReleaseRun => "release-run",
            LogAction::RejectRun => "reject-run",
            LogAction::EndRun => "end-run",
            LogAction::Suspend => "suspend",
            LogAction::BeginImport => "begin-import",
            LogAction::FinishImport => "finish-import",
            LogAction::DropImport => "drop-import",
            LogAction::AcceptSnapshot => "accept-snapshot",
            LogAction::KeyExpires => "key-expires",
            LogAction::ExemptionExpires => "exemption-expires",
            LogAction::EraseAccounts => "erase-accounts",
            LogAction::Refused => "refused",
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

/// An entry before it has its place in the chain.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Entry {
    /// When.
    pub time: Time,
    /// Who: `schedule` or `person:<account id>`.
    pub actor: String,
    /// What.
    pub action: String,
    /// How it ended.
    pub outcome: String,
    /// On whom: an account or group id.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub subject: Option<String>,
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
            subject: None,
            run: None,
            policy: None,
            policy_hash: None,
            reason: None,
            before: None,
            after: None,
        }
    }
}
