//! How the app does.

use serde::Serialize;

use super::LogIns;
use crate::model::Time;

/// Whether the app does what it should without being looked at (RULES R18).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Health {
    /// When the schedule's trigger came last.
    #[cfg_attr(feature = "types", ts(type = "string | null"))]
    pub last_tick: Option<Time>,
    /// What to worry about, each in one sentence with what to do: no tick or no reading for 26 hours, a key about to
    /// expire, a reading that fails, changes that are not in the log, another installation at work.
    pub warnings: Vec<Warning>,
    /// Whether attempts to log in are seen.
    pub log_ins: LogIns,
}

/// Something to worry about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Warning {
    /// A stable code, such as `key-expires`.
    pub code: String,
    /// What it is, with figures.
    pub text: String,
    /// What to do.
    pub hint: String,
}
