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
