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
    /// Whether its members run it themselves, so that an administrator's key may not change it.
    pub by_its_members: bool,
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

    /// Whether an administrator's key may change it.
    pub fn is_modifiable(&self) -> bool {
        !self.external_synced && !self.by_its_members
    }

    /// The roles that its members have on the organization or on a site as a whole. They count as no resources.
    pub fn governs(&self) -> &'static [&'static str] {
        match self.name.as_str() {
            "org-admins" => &["atlassian/org-admin"],
            "site-admins" => &["atlassian/site-admin"],
            _ => &[],
        }
    }

    /// Whose it is: `external` for a synced group, `team-members`, else `admins`.
    pub fn managed_by(&self) -> &'static str {
        match (self.external_synced, self.by_its_members) {
            (true, _) => "external",
            (false, true) => "team-members",
            (false, false) => "admins",
        }
    }
}
