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
    /// What a snapshot must hold for actions to rest on it.
    #[serde(default)]
    pub coverage: CoverageLimits,
    /// For how many days the log and the runs are kept; for ever without it.
    #[serde(default)]
    pub retention_days: Option<u32>,
}

/// What a snapshot must hold for actions to rest on it: a fault of the feed must not suspend a company.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CoverageLimits {
    /// At least so many percent of the people whom Atlassian counts.
    pub users_percent: u32,
    /// At least so many percent of the activity that decides an enabled policy.
    pub activity_percent: u32,
    /// At most so many percentage points more idle people than in the reading before.
    pub jump_points: u32,
}

impl Default for CoverageLimits {
    fn default() -> CoverageLimits {
        CoverageLimits {
            users_percent: 99,
            activity_percent: 95,
            jump_points: 10,
        }
    }
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
