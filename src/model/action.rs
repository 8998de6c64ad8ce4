//! What can be done to a person.

use serde::{Deserialize, Serialize};

/// An action, from the narrowest lever to the widest (DESIGN §1.4); `Restore` and `AddToGroup` take nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS, schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub enum Action {
    /// Writes to the person that the next stage is coming.
    Warn,
    /// Asks somebody to look at the person.
    Review,
    /// Creates a Jira issue about the person.
    CreateIssue,
    /// Changes the display name of a managed account.
    Rename,
    /// Makes the person a member of groups.
    AddToGroup,
    /// Gives back what a suspension took.
    Restore,
    /// Ends the person's membership of groups.
    RemoveFromGroups,
    /// Takes products on sites, by every path that grants them.
    RemoveAccess,
    /// Suspends the person in one directory: every product on every site of it, undone by a restore.
    Suspend,
    /// Deactivates a managed account everywhere, undone by a reactivation.
    Deactivate,
    /// Removes the person from the organization. Cannot be undone.
    RemoveFromOrganization,
    /// Deletes a managed account, after 14 days of grace. Cannot be undone after them.
    Delete,
}

impl Action {
    /// All of them, with their names in the policy document and what a person is after it.
    const ALL: [(Action, &'static str, &'static str); 12] = [
        (Action::Warn, "warn", "warned"),
        (Action::Review, "review", "put up for review"),
        (Action::CreateIssue, "createIssue", "reported in an issue"),
        (Action::Rename, "rename", "renamed"),
        (Action::AddToGroup, "addToGroup", "added to groups"),
        (Action::Restore, "restore", "restored"),
        (
            Action::RemoveFromGroups,
            "removeFromGroups",
            "removed from groups",
        ),
        (Action::RemoveAccess, "removeAccess", "deprived of access"),
        (Action::Suspend, "suspend", "suspended"),
        (Action::Deactivate, "deactivate", "deactivated"),
        (
            Action::RemoveFromOrganization,
            "removeFromOrganization",
            "removed from the organization",
        ),
        (Action::Delete, "delete", "deleted"),
    ];

    /// The names of all actions in the policy document, from narrow to wide.
    pub fn names() -> impl Iterator<Item = &'static str> {
        Self::ALL.into_iter().map(|(_, name, _)| name)
    }

    /// Reads a name from a policy document.
    pub fn parse(name: &str) -> Option<Action> {
        Self::ALL
            .into_iter()
            .find(|(_, text, _)| *text == name)
            .map(|(action, _, _)| action)
    }

    /// The action's name in policy, log and page.
    pub fn name(self) -> &'static str {
        self.texts().0
    }

    /// What a person is after it, for sentences.
    pub fn past(self) -> &'static str {
        self.texts().1
    }

    fn texts(self) -> (&'static str, &'static str) {
        Self::ALL
            .into_iter()
            .find(|(action, _, _)| *action == self)
            .map_or(("", ""), |(_, name, past)| (name, past))
    }

    /// Whether nothing can bring back what it takes (RULES R12).
    pub fn is_irreversible(self) -> bool {
        matches!(self, Action::RemoveFromOrganization | Action::Delete)
    }

    /// Whether it takes access from a person: R1, R7 and R8 count these.
    pub fn takes_access(self) -> bool {
        self >= Action::RemoveFromGroups
    }
}
