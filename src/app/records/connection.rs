//! The organization's connection.

use serde::{Deserialize, Serialize};

use crate::model::{AccountId, DirectoryId, Time};

/// The organization's connection, without its key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Connection {
    /// The organization's id.
    pub organization_id: String,
    /// Its name.
    pub organization_name: String,
    /// Its directories.
    pub directories: Vec<Directory>,
    /// Who saved the key.
    pub saved_by: AccountId,
    /// Who made it.
    pub owner: AccountId,
    /// When it was saved.
    #[cfg_attr(feature = "types", ts(type = "string"))]
    pub saved_at: Time,
    /// When the key expires, as the person who saved it said: no call tells it.
    #[serde(default)]
    #[cfg_attr(feature = "types", ts(type = "string | null"))]
    pub expires: Option<Time>,
    /// What the key was seen to allow when it was saved.
    #[serde(default)]
    pub capabilities: Vec<Capability>,
}

/// One thing that a key allows or does not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Capability {
    /// What it is for.
    pub ability: Ability,
    /// Whether it is there; `None` where it cannot be tried without a change.
    pub allowed: Option<bool>,
    /// Why not, or what was seen, in one sentence.
    pub why: Option<String>,
}

/// What a key can be good for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum Ability {
    /// Reading the organization.
    ReadOrganization,
    /// Listing the directories.
    ListDirectories,
    /// Searching people with their groups, roles and accesses.
    SearchUsers,
    /// Reading groups and what they grant.
    ReadGroups,
    /// Reading the last activity of one person.
    ReadActivity,
    /// Suspending and restoring people, and changing groups.
    ChangeAccess,
    /// Deactivating and deleting managed accounts.
    ManageAccounts,
}

/// A directory of the organization.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Directory {
    /// Its id.
    pub id: DirectoryId,
    /// Its name.
    pub name: String,
}
