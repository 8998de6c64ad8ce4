//! Whether attempts to log in can be seen.

use serde::{Deserialize, Serialize};

use crate::model::Time;

/// What is known of the events of people who log in, which only some organizations have.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", default)]
pub struct LogIns {
    /// When Atlassian was last asked which kinds of events there are.
    #[cfg_attr(feature = "types", ts(type = "string | null"))]
    pub listed: Option<Time>,
    /// Those that mean that somebody logs in, by their ids.
    pub actions: Vec<String>,
    /// When the first such event was seen.
    #[cfg_attr(feature = "types", ts(type = "string | null"))]
    pub seen: Option<Time>,
    /// How many seconds after an event it is seen here, as measured.
    pub delay_seconds: Option<u32>,
    /// Why the last question was refused, if it was.
    pub failure: Option<String>,
}

impl LogIns {
    /// Why attempts to log in are not seen, if so.
    pub(in crate::app) fn missing(&self) -> Option<&str> {
        if self.failure.is_some() {
            return self.failure.as_deref();
        }
        if self.actions.is_empty() {
            return Some(
                "atlassian lists no event of people who log in, which needs atlassian guard",
            );
        }
        let is_seen = self.seen.is_some();
        (!is_seen).then_some("no event of somebody who logs in was seen yet")
    }
}
