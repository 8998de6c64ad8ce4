//! People are taken out of a directory.

use super::errors::{no_directory, no_user};
use crate::cloud::Cloud;
use crate::message::Response;

impl Cloud {
    /// `DELETE …/users/{accountId}`: groups and roles are lost. Whoever is in no directory then is listed no more, unless the
    /// organization owns the account.
    pub(super) fn remove_user(
        &mut self,
        directory: &str,
        account_id: &str,
        key_owner: &str,
    ) -> Response {
        let everywhere = directory == "-" && self.switches.writes_everywhere;
        let named = self.organization.directory_position(directory);
        if named.is_none() && !everywhere {
            return no_directory();
        }
        let Ok(at) = self.organization.position(account_id) else {
            return no_user();
        };
        let memberships = self.organization.users[at].memberships.iter();
        let directories: Vec<usize> = memberships
            .map(|membership| membership.directory)
            .filter(|directory| named.is_none_or(|named| named == *directory))
            .collect();
        if directories.is_empty() {
            return no_user();
        }
        for directory in directories {
            self.take_out(at, directory, Some(key_owner));
        }
        Response::empty(204)
    }

    fn take_out(&mut self, at: usize, directory: usize, key_owner: Option<&str>) {
        let (now, until) = (self.clock.now(), self.visible_from());
        let user = &mut self.organization.users[at];
        if until > now {
            user.hold_memberships(now, until);
            user.hold_groups(now, until);
            user.hold_platform_roles(now, until);
        }
        self.organization.remove_from_directory(at, directory);
        let user = &mut self.organization.users[at];
        if user.memberships.is_empty() && !user.managed {
            user.set_gone_from(Some(until));
        }
        let account_id = user.account_id.clone();
        self.record("removed", &account_id, Some(directory), None, key_owner);
    }
}
