//! Groups of Jira that carry a role.

use serde::{Deserialize, Serialize};

use crate::model::GroupId;

/// The Jira groups whose members may do more than look (RULES R10).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Roles {
    /// Its members start, reject, abort and stop runs.
    pub operator: Option<RoleGroup>,
    /// Its members also release and approve them.
    pub approver: Option<RoleGroup>,
}

impl Roles {
    /// The groups that carry a role.
    pub fn groups(&self) -> Vec<GroupId> {
        let all = [&self.operator, &self.approver];
        all.into_iter()
            .flatten()
            .map(|group| group.id.clone())
            .collect()
    }
}

/// A group that carries a role.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RoleGroup {
    /// Its UUID, the same in Jira and in the organization.
    pub id: GroupId,
    /// Its name when it was chosen.
    pub name: String,
}
