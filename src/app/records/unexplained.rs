//! Changes of people that two readings show and our log does not.

use serde::{Deserialize, Serialize};

use crate::model::{AccountId, DirectoryId, Time};

/// What somebody else did.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum ForeignAct {
    /// Suspended a person.
    Suspended,
    /// Restored a person.
    Restored,
}

/// A person who was suspended or restored by somebody else, or by another tool.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct UnexplainedChange {
    /// Who.
    pub account: AccountId,
    /// In which directory.
    pub directory: DirectoryId,
    /// What was done.
    pub act: ForeignAct,
    /// The reading that did not show it yet.
    #[cfg_attr(feature = "types", ts(type = "string"))]
    pub after: Time,
    /// The reading that shows it.
    #[cfg_attr(feature = "types", ts(type = "string"))]
    pub before: Time,
}
