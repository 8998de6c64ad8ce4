//! What is known of groups besides who is in them: what they grant, and whether their members can be changed here; and what the key
//! is known not to allow.

use crate::app::api::Api;
use crate::app::documents::{ConnectionBook, load};
use crate::app::records::{Ability, Capability, Settings};
use crate::app::sync::seats_known;
use crate::app::worker::WorkError;
use crate::atlassian::{IDS_A_CALL, ListedGroup, Seats, groups_by_id, read_group_page};
use crate::host::Host;
use crate::model::{DirectoryId, GroupId};
use crate::plan::{Act, Denied, GroupFacts, KEPT_BY_NOBODY_KNOWS};

/// The facts about some groups.
#[derive(Debug, Default)]
pub(super) struct Facts {
    seats: Seats,
    closed: Vec<(GroupId, String)>,
    names: Vec<(GroupId, String)>,
    directories: Vec<(GroupId, DirectoryId)>,
    own: Vec<GroupId>,
    /// What the key was seen to allow when it was saved.
    capabilities: Vec<Capability>,
}

impl Facts {
    /// For decisions.
    pub(super) fn of(&self) -> GroupFacts<'_> {
        GroupFacts {
            seats: &self.seats,
            closed: &self.closed,
            directories: &self.directories,
            own: &self.own,
            denied: Denied {
                access: self.denied(Ability::ChangeAccess),
                accounts: self.denied(Ability::ManageAccounts),
            },
        }
    }

    /// Why the key is known not to allow something, if so.
    fn denied(&self, ability: Ability) -> Option<&str> {
        let mut seen = self.capabilities.iter();
        let denied = seen.find(|seen| seen.ability == ability && seen.allowed == Some(false))?;
        Some(denied.why.as_deref().unwrap_or("no reason was given"))
    }

    /// What groups grant.
    pub(super) fn seats(&self) -> &Seats {
        &self.seats
    }

    /// The name of a group that was asked about.
    pub(super) fn name(&self, group: &GroupId) -> Option<String> {
        let mut names = self.names.iter();
        let (_, name) = names.find(|(known, _)| known == group)?;
        Some(name.clone())
    }

    /// What groups grant, as the newest reading of the organization knows it.
    pub(super) async fn load(host: &impl Host) -> Result<Facts, WorkError> {
        let settings: Settings = load(host).await?;
        let book: ConnectionBook = load(host).await?;
        let connection = book.connection;
        Ok(Facts {
            capabilities: connection.map_or_else(Vec::new, |known| known.capabilities),
            seats: seats_known(host).await?,
            own: settings.roles.groups(),
            ..Facts::default()
        })
    }

    /// Asks which of some groups cannot be changed, and where they are.
    pub(super) async fn ask<H: Host>(
        &mut self,
        api: &Api<'_, H>,
        groups: &[GroupId],
    ) -> Result<(), WorkError> {
        for ids in groups.chunks(IDS_A_CALL) {
            let request = groups_by_id(&api.organization, ids, &api.key);
            let response = api.call("reading the groups of a plan", request).await?;
            let (listed, _) = read_group_page(&response.body)?;
            for id in ids {
                let group = listed.iter().find(|group| group.id == *id);
                if let Some(name) = group.and_then(|group| group.name.clone()) {
                    self.names.push((id.clone(), name));
                }
                if let Some(directory) = group.and_then(|group| group.directory.clone()) {
                    self.directories.push((id.clone(), directory));
                }
                if let Some(why) = closed(id, group) {
                    self.closed.push((id.clone(), why));
                }
            }
        }
        Ok(())
    }
}

/// Why a group's members cannot be changed, if so. What is not said is not supposed.
fn closed(id: &GroupId, group: Option<&ListedGroup>) -> Option<String> {
    let Some(group) = group else {
        return Some(format!("the group {id} is not there any more"));
    };
    let name = group.name.as_deref().unwrap_or(id.as_str());
    match (group.externally_synced, group.modifiable) {
        (Some(true), _) => Some(format!(
            "an identity provider keeps the group {name}: change it there"
        )),
        (_, Some(false)) => Some(format!("the group {name} cannot be changed by this key")),
        (None, _) => Some(format!("{KEPT_BY_NOBODY_KNOWS} {name}")),
        (Some(false), _) => None,
    }
}

/// The groups that acts change, each once.
pub(super) fn groups_of<'a>(acts: impl Iterator<Item = &'a Act>) -> Vec<GroupId> {
    let mut all: Vec<GroupId> = Vec::new();
    for act in acts {
        for group in act.groups() {
            if !all.contains(group) {
                all.push(group.clone());
            }
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_group_is_open_only_if_that_is_said() {
        let group = |synced, modifiable| ListedGroup {
            id: GroupId("g".into()),
            name: Some("staff".into()),
            directory: None,
            externally_synced: synced,
            modifiable,
            resources: None,
        };
        let is_closed = |group: Option<&ListedGroup>| closed(&GroupId("g".into()), group).is_some();
        for (synced, modifiable, expected) in [
            (Some(false), Some(true), false),
            (Some(false), None, false),
            (Some(false), Some(false), true),
            (Some(true), Some(true), true),
            (None, Some(true), true),
        ] {
            assert_eq!(
                is_closed(Some(&group(synced, modifiable))),
                expected,
                "{synced:?} {modifiable:?}"
            );
        }
        assert!(is_closed(None));
    }
}
