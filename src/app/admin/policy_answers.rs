//! What the page gets about policies.

use serde::Serialize;

use crate::app::records::{Edit, PolicyReference, RunState};
use crate::model::{AccountId, Time};
use crate::plan::Counts;
use crate::policy::{Policy, PolicyError};

/// The policies.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Policies {
    /// In the administrator's order.
    pub policies: Vec<PolicySummary>,
}

/// One policy in the list.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct PolicySummary {
    /// Which, in which revision.
    pub reference: PolicyReference,
    /// The document.
    pub policy: Policy,
    /// In plain words.
    pub description: String,
    /// When it is due next.
    #[cfg_attr(feature = "types", ts(type = "string | null"))]
    pub next_due: Option<Time>,
    /// The last editor.
    pub edited: Edit,
    /// Names in it that match nothing in the newest snapshot.
    pub warnings: Vec<String>,
    /// Its last run, if that is still kept.
    pub last_run: Option<LastRun>,
}

/// A policy's last run.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct LastRun {
    /// Its id.
    pub id: String,
    /// Whether it was a dry run.
    pub dry: bool,
    /// Where it stands.
    pub state: RunState,
    /// When it was asked for.
    #[cfg_attr(feature = "types", ts(type = "string"))]
    pub asked: Time,
    /// When it came to its state.
    #[cfg_attr(feature = "types", ts(type = "string"))]
    pub since: Time,
    /// How many people are where.
    pub counts: Counts,
}

/// The revisions of a policy.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct PolicyVersions {
    /// The newest first; of very many the newest 500.
    pub versions: Vec<PolicyVersion>,
}

/// One revision of a policy.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct PolicyVersion {
    /// Counted up at each saving.
    pub revision: u32,
    /// What the policy was called.
    pub name: String,
    /// SHA-256 of its canonical JSON, hexadecimal.
    pub hash: String,
    /// Who saved it, and when.
    pub edited: Edit,
}

/// What a revision of a policy says.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct PolicyText {
    /// Its JSON text.
    pub document: String,
    /// The same in plain words.
    pub description: String,
    /// Whom it means, as they were chosen, where it exists for one run by hand.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "types", ts(optional))]
    pub chosen: Option<Vec<AccountId>>,
}

/// What a check of a policy document says.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum PolicyCheck {
    /// It can be stored.
    Valid {
        /// As it is understood.
        policy: Box<Policy>,
        /// In plain words.
        description: String,
    },
    /// It cannot: every mistake.
    Invalid {
        /// With their paths.
        errors: Vec<PolicyError>,
    },
}
