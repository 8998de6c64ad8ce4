//! Guards: what holds a whole run before its first action (RULES R8, R9).

use serde::{Deserialize, Serialize};

use crate::model::Time;

/// Why a run is held.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Guard {
    /// Which guard.
    pub code: GuardCode,
    /// The figures, in one sentence.
    pub text: String,
    /// How many people other runs take within the same 24 hours, where that holds it: a release covers so many.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "types", ts(optional))]
    pub others: Option<u32>,
    /// When nothing is blacked out any more, where a black-out holds it: a release covers the time until then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "types", ts(optional, type = "string"))]
    pub until: Option<Time>,
}

impl Guard {
    /// A guard whose sentence says everything.
    pub fn saying(code: GuardCode, text: String) -> Guard {
        Guard {
            code,
            text,
            others: None,
            until: None,
        }
    }
}

/// The guards there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "kebab-case")]
pub enum GuardCode {
    /// The policy's first run needs a second person.
    FirstRun,
    /// More people than the policy's own limit.
    PolicyLimit,
    /// More people to warn than one run may warn by itself.
    WarningLimit,
    /// More people than the organization's cap in 24 hours.
    OrganizationCap,
    /// An exempt group does not exist any more, so whom it sheltered is not known (RULES R4).
    ExemptGroupGone,
    /// An exempt domain or pattern sheltered people when a run was planned last, and shelters nobody now (RULES R4).
    ExemptionEmpty,
    /// A list that the policy rests on lost more than a tenth with its last import (RULES R11).
    ListShrunk,
    /// Many more people than this policy usually takes something from.
    Jump,
    /// The policy's schedule or the organization leaves out the day on which the run was asked for, let go on, or to begin.
    BlackOut,
    /// The organization's key is about to expire: a run could end half done, and be without its undoing.
    KeyExpires,
    /// The snapshot does not hold or know enough to act on: nobody can release such a run.
    SuspectSnapshot,
    /// Somebody took a jump of idle people in the snapshot for true, or in one before it, and no second person has looked
    /// at a plan of this policy since.
    AcceptedJump,
}
