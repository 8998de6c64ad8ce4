//! Suspend and restore: every product on every site of one directory.

use super::errors::{application_error, licence_limit, no_user};
use crate::cloud::Cloud;
use crate::message::Response;
use crate::organization::{AccountStatus, Standing};
use crate::switches::RepeatedWrite;

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
        let visible_from = self.visible_from();
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
        let refusable = standing == Standing::Active && key_owner.is_some();
        if refusable && self.restore_lacks_seat(directory, account_id) {
            return licence_limit("ADMIN-409-3");
        }
        if let Some(membership) = self
            .organization
            .user_mut(account_id)
            .and_then(|user| user.membership_mut(directory))
        {
            membership.change(standing, now, visible_from);
        }
        let what = match standing {
            Standing::Suspended => "suspended",
            Standing::Active => "restored",
        };
        self.record(what, account_id, Some(directory), None, key_owner);
        Response::empty(204)
    }

    /// Whether a restore would need a seat that is not there, where that refuses it.
    fn restore_lacks_seat(&self, directory: usize, account_id: &str) -> bool {
        let organization = &self.organization;
        let Some(user) = organization.user(account_id) else {
            return false;
        };
        self.switches.restore_refused_when_full
            && user.accesses.iter().any(|access| {
                organization.sites[access.site].directory == directory
                    && access.role.takes_seat()
                    && organization.lacks_seat(user, access.site, access.product, self.clock.now())
            })
    }
}
