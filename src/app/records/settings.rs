//! The organization's settings, and who changed what.

use serde::{Deserialize, Serialize};

use crate::model::{AccountId, Time};

/// The organization's settings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Settings {
    /// At most this share of the population in 24 hours, over all policies (RULES R8).
    pub percent_per_day: u32,
    /// Whether everything is stopped.
    pub stopped: bool,
    /// Who changed a limit last, and when.
    pub limits_edited: Option<Edit>,
}

/// Who changed something, and when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Edit {
    /// Who.
    pub by: AccountId,
    /// When.
    #[cfg_attr(feature = "types", ts(type = "string"))]
    pub at: Time,
}
