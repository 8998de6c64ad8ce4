//! Attempts to log in by people who may have lost their access.

use serde::{Deserialize, Serialize};

use crate::model::{AccountId, Time};

/// One attempt, as the organization's log tells it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Attempt {
    /// Who.
    pub account: AccountId,
    /// The event's id.
    pub event: String,
    /// When it happened.
    pub at: Time,
}
