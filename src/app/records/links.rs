//! What the links of warnings do: for every policy, and for those that want it otherwise. The policy document (RULES R12) has no
//! field for it, so the settings say it.

use serde::{Deserialize, Serialize};

/// What the links of a policy's warnings do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct LinkRules {
    /// For how many days whoever uses the link of a warning keeps the access; without it warnings hold no link.
    pub keep_days: Option<u32>,
    /// How often a person may do so; as often as they like without it.
    pub keep_times: Option<u32>,
    /// What the link of a last warning does once access was taken; without it warnings hold no such link (RULES R3).
    pub give_back: Option<GiveBack>,
}

/// What they do for one policy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PolicyLinks {
    /// The policy's id.
    pub policy: String,
    /// What its links do.
    pub links: LinkRules,
}

/// What becomes of the wish of somebody who wants an access back that a policy took.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum GiveBack {
    /// They get it, as long as a seat is free; a second person is asked where none is.
    Restore,
    /// A second person approves or rejects it.
    Ask,
}
