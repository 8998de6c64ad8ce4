//! One act on one person, with everything it needs: what a plan freezes, a worker does, and an undo takes back.

use serde::{Deserialize, Serialize};

use crate::model::{Action, GroupId, Resource};

/// A role that a person holds on a resource by themselves, not by a group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct DirectRole {
    /// The product on the site.
    pub resource: Resource,
    /// Such as `atlassian/user`.
    pub role: String,
}

/// What is done to a person in one directory. Each is done when a reading shows its end, whoever brought it about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Act {
    /// Suspends the person in the directory.
    Suspend,
    /// Ends a suspension.
    Restore,
    /// Deactivates the managed account.
    Deactivate,
    /// Ends a deactivation.
    Reactivate,
    /// Removes the person from the directory.
    RemoveFromOrganization,
    /// Begins the deletion of the managed account.
    Delete,
    /// Ends a deletion within its grace.
    CancelDelete,
    /// Takes products on sites: by these groups, and by the direct roles that are found just before.
    RemoveAccess {
        /// The products on the sites.
        resources: Vec<Resource>,
        /// The person's groups that grant one of them.
        groups: Vec<GroupId>,
    },
    /// Gives groups and direct roles back.
    GiveAccess {
        /// The groups.
        groups: Vec<GroupId>,
        /// The direct roles.
        roles: Vec<DirectRole>,
    },
    /// Makes the person a member of groups.
    AddToGroup {
        /// The groups.
        groups: Vec<GroupId>,
    },
    /// Ends the person's membership of groups.
    RemoveFromGroups {
        /// The groups.
        groups: Vec<GroupId>,
    },
    /// Changes the display name of a managed account by a template: what stands before the name, and what after it.
    Rename {
        /// Before the name.
        before: String,
        /// After the name.
        after: String,
        /// Whether the two are taken away again.
        back: bool,
        /// The date that is in them, if one is. A name that bears them with another date is marked as well.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "types", ts(optional))]
        date: Option<String>,
    },
    /// Gives a managed account another e-mail address (RULES R10). The addresses are kept beside the plan; here they stand
    /// by their [marks](super::address_mark).
    SetEmail {
        /// The address after it.
        to: String,
        /// The address before it.
        from: String,
    },
    /// Revokes every API token of a managed account (RULES R10).
    RevokeTokens,
    /// Writes to the person that the next stage is coming (RULES R3). No reading shows it: Jira's answer is all there is.
    Warn,
}

impl Act {
    /// The name of adding to groups.
    pub const ADD_TO_GROUP: &'static str = "addToGroup";
    /// The name of a change of address.
    pub const SET_EMAIL: &'static str = "setEmail";

    /// The name in the log and on the page.
    pub fn name(&self) -> &'static str {
        match self {
            Act::Suspend => Action::Suspend.name(),
            Act::Restore => Action::Restore.name(),
            Act::Deactivate => Action::Deactivate.name(),
            Act::Reactivate => "reactivate",
            Act::RemoveFromOrganization => Action::RemoveFromOrganization.name(),
            Act::Delete => Action::Delete.name(),
            Act::CancelDelete => "cancelDelete",
            Act::RemoveAccess { .. } => Action::RemoveAccess.name(),
            Act::GiveAccess { .. } => "giveAccess",
            Act::AddToGroup { .. } => Act::ADD_TO_GROUP,
            Act::RemoveFromGroups { .. } => Action::RemoveFromGroups.name(),
            Act::Rename { .. } => Action::Rename.name(),
            Act::SetEmail { .. } => Act::SET_EMAIL,
            Act::RevokeTokens => "revokeTokens",
            Act::Warn => Action::Warn.name(),
        }
    }

    /// The groups that it changes the membership of.
    pub fn groups(&self) -> &[GroupId] {
        match self {
            Act::RemoveAccess { groups, .. }
            | Act::GiveAccess { groups, .. }
            | Act::AddToGroup { groups }
            | Act::RemoveFromGroups { groups } => groups,
            _ => &[],
        }
    }

    /// Whether it takes access from the person (RULES R7, R8).
    pub fn takes_access(&self) -> bool {
        matches!(
            self,
            Act::Suspend
                | Act::Deactivate
                | Act::RemoveFromOrganization
                | Act::Delete
                | Act::RemoveAccess { .. }
                | Act::RemoveFromGroups { .. }
        )
    }

    /// Whether it only tells the person something: a message that was sent can be neither seen in a reading, nor sent again
    /// to be sure, nor taken back.
    pub fn is_message(&self) -> bool {
        matches!(self, Act::Warn)
    }

    /// Whether it takes access by setting a status that a restoration ends.
    pub fn takes_status(&self) -> bool {
        matches!(self, Act::Suspend | Act::Deactivate)
    }

    /// Whether it ends a status that took access: what shows as a restoration.
    pub fn restores(&self) -> bool {
        matches!(self, Act::Restore | Act::Reactivate | Act::CancelDelete)
    }

    /// Whether it reaches all of the account, whatever the directory (RULES R1).
    pub fn reaches_account(&self) -> bool {
        matches!(
            self,
            Act::Deactivate | Act::RemoveFromOrganization | Act::Delete
        )
    }

    /// Whether the account's own manager must allow it, which is asked just before (atlassian-apis §3).
    pub fn needs_management(&self) -> bool {
        matches!(
            self,
            Act::Deactivate
                | Act::Reactivate
                | Act::Delete
                | Act::CancelDelete
                | Act::Rename { .. }
                | Act::SetEmail { .. }
                | Act::RevokeTokens
        )
    }

    /// Whether it is only for people chosen by hand, always approved, and never for administrators (RULES R10).
    pub fn is_only_by_hand(&self) -> bool {
        matches!(self, Act::SetEmail { .. } | Act::RevokeTokens)
    }

    /// Whether an undo of one run must let somebody be to whom another run did this since. Revoked tokens change nothing that
    /// is taken back, and another address matters only where an address is.
    pub fn matters_to_undo(&self, sets_address: bool) -> bool {
        match self {
            Act::RevokeTokens | Act::Warn => false,
            Act::SetEmail { .. } => sets_address,
            _ => true,
        }
    }

    /// What takes it back, or why nothing does. `roles` are the direct roles that were taken with it.
    ///
    /// # Errors
    /// In words, why it cannot be undone.
    pub fn inverse(&self, roles: &[DirectRole]) -> Result<Act, &'static str> {
        Ok(match self {
            Act::Suspend => Act::Restore,
            Act::Deactivate => Act::Reactivate,
            Act::Delete => Act::CancelDelete,
            Act::RemoveAccess { groups, .. } => Act::GiveAccess {
                groups: groups.clone(),
                roles: roles.to_vec(),
            },
            Act::RemoveFromGroups { groups } => Act::GiveAccess {
                groups: groups.clone(),
                roles: Vec::new(),
            },
            Act::AddToGroup { groups } => Act::RemoveFromGroups {
                groups: groups.clone(),
            },
            Act::Rename {
                before,
                after,
                back,
                date,
            } => Act::Rename {
                before: before.clone(),
                after: after.clone(),
                back: !back,
                date: date.clone(),
            },
            Act::SetEmail { to, from } => Act::SetEmail {
                to: from.clone(),
                from: to.clone(),
            },
            Act::RevokeTokens => {
                return Err("revoked API tokens do not come back: their owner makes new ones");
            }
            Act::Warn => return Err("a message that was sent stays sent"),
            Act::RemoveFromOrganization => {
                return Err(
                    "whoever was removed from the organization must be invited again: groups, roles and ended sessions do not come back",
                );
            }
            Act::Restore | Act::Reactivate | Act::CancelDelete | Act::GiveAccess { .. } => {
                return Err("it took something back itself: start a run of the policy instead");
            }
        })
    }

    /// The same for other groups than these; nothing where that leaves nothing of it.
    pub fn without(mut self, untouched: &[GroupId]) -> Option<Act> {
        let (groups, has_more) = match &mut self {
            Act::GiveAccess { groups, roles } => (groups, !roles.is_empty()),
            Act::RemoveFromGroups { groups } => (groups, false),
            _ => return Some(self),
        };
        groups.retain(|group| !untouched.contains(group));
        let is_left = has_more || !groups.is_empty();
        is_left.then_some(self)
    }

    /// What is left of an act of an undo after another one did the same, or some of it.
    pub fn after(self, done: &Act) -> Option<Act> {
        match (self, done) {
            (
                Act::GiveAccess { groups, mut roles },
                Act::GiveAccess {
                    groups: given,
                    roles: assigned,
                },
            ) => {
                roles.retain(|role| !assigned.contains(role));
                Act::GiveAccess { groups, roles }.without(given)
            }
            (act @ Act::RemoveFromGroups { .. }, Act::RemoveFromGroups { groups }) => {
                act.without(groups)
            }
            (act, done) => (act != *done).then_some(act),
        }
    }

    /// The name that a renaming leads to; `None` where the name does not bear what is to be taken away.
    pub fn renamed(before: &str, after: &str, back: bool, name: &str) -> Option<String> {
        if back {
            let bare = name.strip_prefix(before)?.strip_suffix(after)?;
            return Some(bare.to_owned());
        }
        Some(format!("{before}{name}{after}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn group() -> Vec<GroupId> {
        vec![GroupId("g".into())]
    }

    #[test]
    fn what_is_undone_and_done_again_is_the_same() {
        let acts = [
            Act::Suspend,
            Act::Deactivate,
            Act::Delete,
            Act::RemoveFromGroups { groups: group() },
            Act::AddToGroup { groups: group() },
            Act::Rename {
                before: String::new(),
                after: " (inactive)".into(),
                back: false,
                date: None,
            },
            Act::SetEmail {
                to: "new".into(),
                from: "old".into(),
            },
        ];
        let inverse: Vec<&str> = acts
            .iter()
            .map(|act| act.inverse(&[]).unwrap().name())
            .collect();
        assert_eq!(
            inverse,
            [
                "restore",
                "reactivate",
                "cancelDelete",
                "giveAccess",
                "removeFromGroups",
                "rename",
                "setEmail"
            ]
        );
        assert_eq!(
            acts[6].inverse(&[]).unwrap().inverse(&[]).as_ref(),
            Ok(&acts[6])
        );
        assert!(Act::RevokeTokens.inverse(&[]).is_err());
        assert!(Act::Warn.inverse(&[]).is_err());
        assert!(Act::RemoveFromOrganization.inverse(&[]).is_err());
        assert!(Act::Restore.inverse(&[]).is_err());
    }

    #[test]
    fn direct_roles_that_were_taken_come_back_with_the_groups() {
        let role = DirectRole {
            resource: Resource("ari:cloud:jira-software::site/1".into()),
            role: "atlassian/user".into(),
        };
        let act = Act::RemoveAccess {
            resources: vec![role.resource.clone()],
            groups: group(),
        };
        let roles = vec![role];
        assert_eq!(
            act.inverse(&roles),
            Ok(Act::GiveAccess {
                groups: group(),
                roles
            })
        );
    }

    #[test]
    fn a_name_is_changed_and_changed_back() {
        let there = Act::renamed("", " (inactive 2026-11-21)", false, "Mia").unwrap();
        assert_eq!(there, "Mia (inactive 2026-11-21)");
        let back = |name: &str| Act::renamed("", " (inactive 2026-11-21)", true, name);
        assert_eq!(back(&there).as_deref(), Some("Mia"));
        assert_eq!(back("Mia"), None);
    }

    #[test]
    fn only_what_an_undo_would_meet_keeps_it_from_somebody() {
        let address = Act::SetEmail {
            to: "b".into(),
            from: "a".into(),
        };
        for (act, sets_address, matters) in [
            (Act::RevokeTokens, false, false),
            (Act::RevokeTokens, true, false),
            (Act::Warn, true, false),
            (address.clone(), false, false),
            (address, true, true),
            (Act::Suspend, false, true),
            (Act::AddToGroup { groups: group() }, false, true),
        ] {
            assert_eq!(act.matters_to_undo(sets_address), matters, "{act:?}");
        }
    }
}
