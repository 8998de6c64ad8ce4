//! What the links of warnings do: for every policy, and for those that want it otherwise. The policy document (RULES R12) has no
//! field for it, so the settings say it.

use serde::{Deserialize, Serialize};

/// For so many days the link that keeps an access can be used where nothing else is said.
pub const LINK_DAYS: u32 = 14;

/// What the links of a policy's warnings do, and what trying to log in does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct LinkRules {
    /// For how many days the link that keeps an access can be used: [`LINK_DAYS`] without it, and always until something can be
    /// taken.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "types", ts(optional))]
    pub link_days: Option<u32>,
    /// For how many days whoever uses the link of a warning keeps the access; without it warnings hold no link.
    pub keep_days: Option<u32>,
    /// How often a person may do so; as often as they like without it.
    pub keep_times: Option<u32>,
    /// What the link of a last warning does once access was taken; without it warnings hold no such link (RULES R3).
    pub give_back: Option<GiveBack>,
    /// What happens when somebody tries to log in whom the policy suspended; as the settings say for every policy without it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "types", ts(optional))]
    pub on_log_in: Option<OnLogIn>,
}

impl LinkRules {
    /// Whether they want attempts to log in answered, whatever the settings say for every policy.
    pub fn answers_log_ins(self) -> bool {
        self.on_log_in.and_then(OnLogIn::way).is_some()
    }
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

/// What becomes of an attempt to log in of somebody whom one policy suspended, whatever the settings say for every policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum OnLogIn {
    /// Nothing.
    Nothing,
    /// As [`GiveBack::Restore`].
    Restore,
    /// As [`GiveBack::Ask`].
    Ask,
}

impl OnLogIn {
    /// How the access is given back, if it is.
    pub fn way(self) -> Option<GiveBack> {
        match self {
            OnLogIn::Nothing => None,
            OnLogIn::Restore => Some(GiveBack::Restore),
            OnLogIn::Ask => Some(GiveBack::Ask),
        }
    }
}
