//! Which issue stands for which plan: kept here, strongly read. What an issue says of itself is a copy.

use serde::{Deserialize, Serialize};

use super::transition::Transition;
use crate::app::documents::Document;
use crate::app::records::{Run, RunState, Settings};
use crate::atlassian::IssueName;
use crate::model::Time;

/// The approval issues that are not closed.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub(in crate::app) struct IssueBook {
    pub(super) asked: Vec<AskedIssue>,
}

impl Document for IssueBook {
    const KEY: &'static str = "approval-issues";
}

/// A run whose approval is asked for in an issue.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct AskedIssue {
    /// The run.
    pub(super) run: String,
    /// The hash of its plan.
    pub(super) plan: String,
    /// When the issue was to be created, last.
    pub(super) asked: Time,
    /// The status that approves, as it was when the issue was to be created; it says so. Without it, that of the settings.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) approved_status: Option<String>,
    /// The issue, once it is known.
    pub(super) issue: Option<IssueName>,
    /// The last change of the issue's status that was refused.
    pub(super) refused: Option<String>,
    /// When the plan was to be attached to the issue, last.
    #[serde(default)]
    pub(super) file_begun: Option<Time>,
    /// Whether the plan is attached, or will not be.
    #[serde(default)]
    pub(super) file_settled: bool,
}

impl AskedIssue {
    /// Whether it asks for what a run waits for now. One that asked before the run was held again decides nothing any more.
    pub(super) fn is_of(&self, run: &Run) -> bool {
        run.state == RunState::AwaitingApproval && self.asked >= run.since
    }

    /// What it means that the issue came to a status.
    pub(super) fn meaning(&self, status: &str, settings: &Settings) -> Transition {
        let place = settings.approval_issues.as_ref();
        let usual = || place.map(|place| place.approved_status.as_str());
        match self.approved_status.as_deref().or_else(usual) == Some(status) {
            true => Transition::Approve,
            false => Transition::Reject,
        }
    }
}

impl IssueBook {
    pub(super) fn of_run(&mut self, run: &str) -> Option<&mut AskedIssue> {
        self.asked.iter_mut().find(|asked| asked.run == run)
    }

    pub(super) fn of_issue(&self, id: &str) -> Option<&AskedIssue> {
        let is_it = |asked: &&AskedIssue| asked.issue.as_ref().is_some_and(|issue| issue.id == id);
        self.asked.iter().find(is_it)
    }
}
