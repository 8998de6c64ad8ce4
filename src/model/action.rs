//! What can be done to a person.

use serde::{Deserialize, Serialize};

/// An action. This release knows the one that the organization API offers for managed and external people alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum Action {
    /// Suspends the person in one directory: every product on every site of it, undone by a restore.
    Suspend,
}

impl Action {
    /// All of them, with their names in the policy document.
    pub const ALL: [(Action, &'static str); 1] = [(Action::Suspend, "suspend")];

    /// Reads a name from a policy document.
    pub fn parse(name: &str) -> Option<Action> {
        Self::ALL
            .into_iter()
            .find(|(_, text)| *text == name)
            .map(|(action, _)| action)
    }

    /// The action's name in policy, log and page.
    pub fn name(self) -> &'static str {
        match self {
            Action::Suspend => "suspend",
        }
    }

    /// What has happened to a person after it, for sentences.
    pub fn past(self) -> &'static str {
        match self {
            Action::Suspend => "suspended",
        }
    }
}
