//! What the organization API really changed.

use chrono::TimeDelta;
use serde::Serialize;

use crate::clock::Time;
use crate::cloud::Cloud;

/// One change that the organization API, or another administrator, really made.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Effect {
    /// When.
    pub at: Time,
    /// `suspended`, `restored`, `removed`, `groupJoined`, `groupLeft`, `roleAssigned`, `roleRevoked`, `deactivated`,
    /// `reactivated`, `deleting`, `deletionCancelled`, `renamed`, `emailSet`, `tokenDeleted` or `invited`.
    pub what: &'static str,
    /// To whom.
    pub account_id: String,
    /// In which directory; absent for what reaches all of the account.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub directory_id: Option<String>,
    /// The group's id, `role@resource`, or the token's id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub object: Option<String>,
    /// The owner of the key that did it; absent for another administrator's change.
    pub key_owner: Option<String>,
}

impl Cloud {
    /// Notes a change.
    pub(crate) fn record(
        &mut self,
        what: &'static str,
        account_id: &str,
        directory: Option<usize>,
        object: Option<String>,
        key_owner: Option<&str>,
    ) {
        let admins = &self.organization.people.org_admins;
        let another = admins.last().cloned().unwrap_or_default();
        let actor = key_owner.unwrap_or(&another).to_owned();
        self.log_event(what, &actor, account_id);
        self.effects.push(Effect {
            at: self.clock.now(),
            what,
            account_id: account_id.to_owned(),
            directory_id: directory.map(|at| self.organization.directories[at].id.clone()),
            object,
            key_owner: key_owner.map(str::to_owned),
        });
    }

    /// From when on reads show a change that is made now.
    pub(crate) fn visible_from(&self) -> Time {
        self.clock.now() + TimeDelta::milliseconds(i64::from(self.switches.read_back_lag_ms))
    }

    /// From when on reads show a change of groups that is made now.
    pub(crate) fn groups_visible_from(&self) -> Time {
        self.clock.now() + TimeDelta::milliseconds(i64::from(self.switches.group_lag_ms))
    }
}
