//! The document's types (RULES R12). They serialise to the same JSON that `read` takes.

use serde::Serialize;

use super::{Pattern, Span};
use crate::model::{Action, Status, Time};

/// The version of the policy language.
pub const POLICY_VERSION: u32 = 1;

/// One policy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Policy {
    /// The language's version, [`POLICY_VERSION`].
    pub version: u32,
    /// A short name for keys and logs: `a-z`, `0-9` and `-`.
    pub id: String,
    /// The name that people read.
    pub name: String,
    /// What it is for.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "types", ts(optional))]
    pub description: Option<String>,
    /// Whether its schedule runs it.
    pub enabled: bool,
    /// Whom it means.
    pub r#match: Condition,
    /// What happens to them, and when.
    pub stages: Vec<Stage>,
    /// How many at most.
    pub limits: Limits,
    /// When it runs by itself; without it, by hand only.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "types", ts(optional))]
    pub schedule: Option<Schedule>,
    /// A margin added to every limit of idleness against late reporting (RULES R6).
    pub tolerance: Span,
}

/// A condition on a person. Its value is true, false or unknown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum Condition {
    /// Every one of them.
    All(Vec<Condition>),
    /// At least one of them.
    Any(Vec<Condition>),
    /// The opposite.
    Not(Box<Condition>),
    /// Seen, but longer ago than a limit.
    Idle(Idle),
    /// Member of one of these groups, by name (globs, case-sensitive) or id.
    Group(Vec<Pattern>),
    /// The e-mail address ends in one of these domains (globs, case-insensitive).
    EmailDomain(Vec<Pattern>),
    /// Has one of these statuses.
    Status(Vec<Status>),
}

/// The latest activity over the selected product accesses is older than a limit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Idle {
    /// The limit; the policy's tolerance is added to it.
    pub longer_than: Span,
    /// Only these products, by their API key; all without it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "types", ts(optional))]
    pub products: Option<Vec<String>>,
    /// Only these sites, by host or cloud id; all without it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "types", ts(optional))]
    pub sites: Option<Vec<String>>,
}

/// What happens at one point of a person's way through a policy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Stage {
    /// How long after the person first matched.
    pub after: Span,
    /// The action.
    pub r#do: Action,
}

/// The policy's own caps (RULES R8); a run above one of them is held.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Limits {
    /// At most so many people in one run.
    pub users: u32,
    /// At most this share of the population in one run, rounded down, at least one person.
    pub percent: u32,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            users: 25,
            percent: 5,
        }
    }
}

/// When a policy runs by itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum Schedule {
    /// At one instant.
    Once(#[cfg_attr(feature = "types", ts(type = "string"))] Time),
}
