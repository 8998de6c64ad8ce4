//! Groups of the directory.

use super::Grant;

/// One group.
#[derive(Clone, Debug)]
pub struct Group {
    /// The bare UUID, as `groups/search` shows it.
    pub id: String,
    /// The name.
    pub name: String,
    /// A sentence about it.
    pub description: Option<String>,
    /// Which of the organization's directories.
    pub directory: usize,
    /// Whether an identity provider owns it.
    pub external_synced: bool,
    /// The roles that its members get on products; most groups give none.
    pub grants: Vec<Grant>,
}

impl Group {
    /// What stands before the UUID where `users/search` shows a group.
    pub const ARI_PREFIX: &'static str = "ari:cloud:identity::group/";

    /// The resource identifier, as `users/search` shows it.
    pub fn ari(&self) -> String {
        format!("{}{}", Group::ARI_PREFIX, self.id)
    }

    /// `external` for a synced group, else `admins`.
    pub fn managed_by(&self) -> &'static str {
        if self.external_synced {
            "external"
        } else {
            "admins"
        }
    }
}
