//! What the links of warnings do: for every policy, and for those that want it otherwise. The policy document (RULES R12) has no
//! field for it, so the settings say it.

use serde::{Deserialize, Serialize};

use super::settings::{GiveBack, Notices};

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

impl Notices {
    /// What the links of a policy's warnings do.
    pub fn links_of(&self, policy: &str) -> LinkRules {
        let mut own = self.policies.iter();
        let own = own.find(|own| own.policy == policy);
        own.map_or_else(|| self.links(), |own| own.links)
    }

    /// What links do for every policy of which nothing else is said.
    pub fn links(&self) -> LinkRules {
        LinkRules {
            keep_days: self.keep_days,
            keep_times: self.keep_times,
            give_back: self.give_back,
        }
    }
}
