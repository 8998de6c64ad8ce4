//! What a snapshot knows of the organization, and what it does not.

use serde::{Deserialize, Serialize};

use super::settings::Edit;
use crate::model::{AccountId, DirectoryId, Time};

/// Where the people of a snapshot come from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum Source {
    /// The organization API: everything but the seats of roles given directly.
    #[default]
    Organization,
    /// Jira's REST API alone, and what an imported export adds: no activity of its own.
    Jira,
    /// An imported export of admin.atlassian.com alone.
    Import,
}

/// So many of so many.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Share {
    /// How many.
    pub part: u32,
    /// Of how many.
    pub of: u32,
}

/// What is said about a snapshot: how much of the organization it holds, and how much of that is known.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Coverage {
    /// Each directory: who was listed, and how many Atlassian counts.
    pub directories: Vec<DirectoryCoverage>,
    /// Each field of the people.
    pub fields: Vec<FieldCoverage>,
    /// Pages that could not be read however often they were asked for: what a group grants stays unknown then.
    pub pages_failed: u32,
    /// The oldest reading that the snapshot rests on: that an access was never used is carried on from the day on which it was
    /// confirmed, for as long as the listing says nothing else.
    #[cfg_attr(feature = "types", ts(type = "string"))]
    pub oldest_reading: Time,
    /// Of the pairs of an enabled policy and a person whose activity it must know, how many it knows enough of. Without
    /// an enabled policy, zero of zero.
    pub deciding: Share,
    /// Of the active people with an access, how many were not seen for 30 days, or never.
    pub idle: Share,
    /// People whose last activity must be asked for one by one before an enabled policy can decide on them.
    pub waiting: u32,
    /// When they will all have been asked, at the pace that Atlassian allows.
    #[cfg_attr(feature = "types", ts(type = "string | null"))]
    pub waiting_until: Option<Time>,
}

/// One directory of a snapshot.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct DirectoryCoverage {
    /// Which.
    pub id: DirectoryId,
    /// How it is called.
    pub name: String,
    /// How many people the listing held.
    pub listed: u32,
    /// How many Atlassian counts, if it said.
    pub counted: Option<u32>,
}

/// One field of the people of a snapshot, or their activity in all products together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct FieldCoverage {
    /// Which, by its name in the policy language.
    pub field: String,
    /// How often it is known.
    pub known: u32,
    /// How often it is known that there is none, for an activity.
    pub never: u32,
    /// How often it is not known.
    pub unknown: u32,
}

/// Why a snapshot may not be acted on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "kebab-case")]
pub enum SuspicionCode {
    /// The organization itself was not read, or Jira refused to say something.
    Source,
    /// Fewer people than Atlassian counts.
    Users,
    /// Too much of the activity that decides an enabled policy is not known.
    Activity,
    /// The share of idle people is far from that of the day before.
    Jump,
}

/// One reason why a snapshot may not be acted on, in figures.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Suspicion {
    /// Which.
    pub code: SuspicionCode,
    /// One sentence with the figures.
    pub text: String,
}

/// Who said that a suspect snapshot is right all the same, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", from = "AcceptanceFields")]
pub struct Acceptance {
    /// Who and when.
    #[serde(flatten)]
    pub edit: Edit,
    /// Why, in their words.
    pub reason: String,
}

/// The form in which it is read: a flattened field would need a second kind of reader.
#[derive(Deserialize)]
struct AcceptanceFields {
    by: AccountId,
    at: Time,
    reason: String,
}

impl From<AcceptanceFields> for Acceptance {
    fn from(AcceptanceFields { by, at, reason }: AcceptanceFields) -> Acceptance {
        Acceptance {
            edit: Edit { by, at },
            reason,
        }
    }
}

/// How far a reading of the organization has come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct ReadingProgress {
    /// When it began.
    #[cfg_attr(feature = "types", ts(type = "string"))]
    pub started: Time,
    /// People listed so far.
    pub listed: u32,
    /// How many Atlassian counts, if it said.
    pub expected: Option<u32>,
    /// People asked one by one so far for their last activity.
    pub asked: u32,
    /// How many are to be asked.
    pub to_ask: u32,
    /// What happened last and what will be done, where there is something to say.
    pub message: Option<String>,
}
