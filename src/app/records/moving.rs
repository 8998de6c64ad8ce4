//! A move of a person from one directory to another: an experiment, since Atlassian has no call for it.

use serde::{Deserialize, Serialize};

use super::settings::Edit;
use crate::model::{AccountId, DirectoryId, GroupId, Resource, Time};

/// The states of a move.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "kebab-case")]
pub enum MoveState {
    /// A second person decides.
    AwaitingApproval,
    /// Approved: the invitation is to be sent, or its answer is not clear yet.
    Inviting,
    /// Invited: the person is looked for in the other directories.
    Invited,
    /// Seen there: the suspension here is under way.
    Suspending,
    /// Seen there and suspended here, or gone from here.
    Done,
    /// A second person decided against it.
    Rejected,
    /// Called off before the person lost anything.
    Cancelled,
    /// Nobody decided, or the person was not seen there, within 30 days.
    Expired,
    /// It cannot be done; `message` says why.
    Failed,
}

impl MoveState {
    /// Whether nothing more will happen.
    pub fn is_over(self) -> bool {
        matches!(
            self,
            MoveState::Done
                | MoveState::Rejected
                | MoveState::Cancelled
                | MoveState::Expired
                | MoveState::Failed
        )
    }

    /// Whether a job takes it on.
    pub fn wants_a_job(self) -> bool {
        matches!(
            self,
            MoveState::Inviting | MoveState::Invited | MoveState::Suspending
        )
    }

    /// The state in words, for sentences.
    pub fn words(self) -> &'static str {
        match self {
            MoveState::AwaitingApproval => "awaiting an approval",
            MoveState::Inviting => "about to invite",
            MoveState::Invited => "waiting for the person to come in",
            MoveState::Suspending => "about to suspend",
            MoveState::Done => "done",
            MoveState::Rejected => "rejected",
            MoveState::Cancelled => "cancelled",
            MoveState::Expired => "expired",
            MoveState::Failed => "failed",
        }
    }
}

/// A move. It holds no name and no address (RULES R14).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Move {
    /// Its id.
    pub id: String,
    /// The person.
    pub account: AccountId,
    /// The directory that the person leaves: they are suspended there.
    pub from: DirectoryId,
    /// The product on a site of the other directory to which they are invited.
    pub resource: Resource,
    /// The role there.
    pub role: String,
    /// Groups in which they are to be there.
    pub groups: Vec<GroupId>,
    /// Why.
    pub reason: String,
    /// Who asked for it, and when.
    pub asked: Edit,
    /// How far it is.
    pub state: MoveState,
    /// Since when it is in this state.
    #[cfg_attr(feature = "types", ts(type = "string"))]
    pub since: Time,
    /// Who approved it, if somebody did.
    pub approved: Option<MoveDecision>,
    /// The directory in which the person was seen with the product, if they were.
    pub to: Option<DirectoryId>,
    /// The call whose intent is logged and whose outcome is not, if there is one.
    pub call: Option<MoveCall>,
    /// What happened, or what it waits for, in words.
    pub message: Option<String>,
}

/// Who approved a move.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct MoveDecision {
    /// Who.
    pub by: AccountId,
    /// When.
    #[cfg_attr(feature = "types", ts(type = "string"))]
    pub at: Time,
    /// Whether it was the one who asked, since there is nobody else (RULES R9).
    pub single_handed: bool,
}

/// A call that is out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct MoveCall {
    /// How often it was made, or was about to be.
    pub attempts: u32,
    /// When it was made last, or was about to be.
    #[cfg_attr(feature = "types", ts(type = "string"))]
    pub at: Time,
    /// Whether Atlassian accepted it.
    pub accepted: bool,
    /// The status of the answer that accepted it.
    pub http: Option<u16>,
    /// The other side's id of that request.
    pub request: Option<String>,
}
