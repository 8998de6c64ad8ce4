//! What the page gets about people: those of plans and chains, who is protected, and what others did to them.

use serde::Serialize;

#[cfg(doc)]
use super::Command;
use crate::app::records::{PersonFields, UnexplainedChange};
use crate::app::run::PlanChange;
use crate::model::{AccountId, Time};
use crate::plan::{Counts, Person};
/// Own fields and notes of people.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct PeopleFields {
    /// Those of whom something is said.
    pub people: Vec<PersonFields>,
}

/// One part of a run's plan, with what became of it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct People {
    /// The people, with their names where the newest snapshot knows them.
    pub people: Vec<NamedPerson>,
    /// Id and name of the groups that are changed for them or hinder it, and cloud id and host of the sites.
    pub names: Vec<(String, String)>,
    /// How many parts there are.
    pub parts: u32,
    /// The run's figures as they are now.
    pub counts: Counts,
}

/// Who came into a plan and who left it since the policy's last dry run.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Changes {
    /// The people; the first 500.
    pub people: Vec<NamedPlanChange>,
}

/// One of them with the name as shown.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct NamedPlanChange {
    /// The change.
    #[serde(flatten)]
    pub change: PlanChange,
    /// The name, if it is known.
    pub name: Option<String>,
}

/// A person of a plan as shown: names are resolved here and stored nowhere (RULES R14).
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct NamedPerson {
    /// The plan's line.
    #[serde(flatten)]
    pub person: Person,
    /// The name, if it is known.
    pub name: Option<String>,
    /// The e-mail address, if it is known.
    pub email: Option<String>,
    /// The e-mail address that they are given, if that is what is done and it is still kept.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "types", ts(optional))]
    pub new_email: Option<String>,
    /// Their number among those whom the plan acts on: what an approver holds out.
    pub step: Option<u32>,
}

/// One part of a policy's chain, as the last run left it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct ChainPage {
    /// The people, with their names where the newest snapshot knows them.
    pub people: Vec<ChainPerson>,
    /// How many parts there are.
    pub parts: u32,
}

/// A person in the chain of a policy's stages (RULES R2).
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct ChainPerson {
    /// Who.
    pub account: AccountId,
    /// The name, if it is known.
    pub name: Option<String>,
    /// The e-mail address, if it is known.
    pub email: Option<String>,
    /// When they entered.
    #[cfg_attr(feature = "types", ts(type = "string"))]
    pub entered: Time,
    /// The stages that were done.
    pub done: Vec<ChainStage>,
    /// The next stage, from 0, if one is to come and nothing pauses.
    pub next: Option<u32>,
    /// When it comes at the earliest.
    #[cfg_attr(feature = "types", ts(type = "string | null"))]
    pub due: Option<Time>,
    /// The same in words.
    pub standing: String,
}

/// A stage that was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct ChainStage {
    /// Which, from 0.
    pub stage: u32,
    /// When.
    #[cfg_attr(feature = "types", ts(type = "string"))]
    pub at: Time,
}

/// Who is protected.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Protected {
    /// Account and reason.
    pub people: Vec<(AccountId, String)>,
}

/// What others did to people, of which the log knows nothing.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Unexplained {
    /// The changes, newest first; of very many the newest 1,000.
    pub changes: Vec<NamedChange>,
}

/// A change as shown: names are resolved here and stored nowhere (RULES R14).
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct NamedChange {
    /// Who, what and when.
    #[serde(flatten)]
    pub change: UnexplainedChange,
    /// The person's name, if it is known.
    pub name: Option<String>,
}
