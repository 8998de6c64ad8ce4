//! Suspend and restore: every product on every site of one directory.

use chrono::TimeDelta;
use serde::Serialize;

use super::errors::{application_error, no_user};
use crate::clock::Time;
use crate::cloud::Cloud;
use crate::message::Response;
use crate::organization::{AccountStatus, Standing};
use crate::switches::RepeatedWrite;

/// One change that the organization API really made.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Effect {
    /// When.
    pub at: Time,
    /// `suspended` or `restored`.
    pub what: &'static str,
    /// Whose standing.
    pub account_id: String,
    /// In which directory.
    pub directory_id: String,
    /// The owner of the key that did it; absent for another administrator's change.
    pub key_owner: Option<String>,
}

impl Cloud {
    /// The same with `-` for the directory, where that is allowed: the first refusal ends it.
    pub(super) fn change_standing_everywhere(
        &mut self,
        account_id: &str,
        standing: Standing,
        key_owner: &str,
    ) -> Response {
        let Some(user) = self.organization.user(account_id) else {
            return no_user();
        };
        let directories: Vec<usize> = user.memberships.iter().map(|one| one.directory).collect();
        let mut answer = no_user();
        for directory in directories {
            answer = self.change_standing(directory, account_id, standing, Some(key_owner));
            if answer.status != 204 {
                return answer;
            }
        }
        answer
    }

    /// `POST …/users/{accountId}/suspend` and `…/restore`.
    pub(crate) fn change_standing(
        &mut self,
        directory: usize,
        account_id: &str,
        standing: Standing,
        key_owner: Option<&str>,
    ) -> Response {
        let now = self.clock.now();
        let visible_from = now + TimeDelta::milliseconds(i64::from(self.switches.read_back_lag_ms));
        let Some(user) = self.organization.user_mut(account_id) else {
            return no_user();
        };
        let inactive = user.account_status != AccountStatus::Active;
        let Some(membership) = user.membership_mut(directory) else {
            return no_user();
        };
        if inactive {
            return application_error(400, "ADMIN-UAM-400-2", "The user is inactive");
        }
        if membership.standing == standing {
            return match self.switches.repeated_write {
                RepeatedWrite::NoContent => Response::empty(204),
                RepeatedWrite::Conflict => {
                    application_error(409, "ADMIN-409-28", "The user already has this status")
                }
            };
        }
        membership.change(standing, now, visible_from);
        self.effects.push(Effect {
            at: now,
            what: match standing {
                Standing::Suspended => "suspended",
                Standing::Active => "restored",
            },
            account_id: account_id.to_owned(),
            directory_id: self.organization.directories[directory].id.clone(),
            key_owner: key_owner.map(str::to_owned),
        });
        Response::empty(204)
    }
}
