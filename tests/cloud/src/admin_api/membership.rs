//! Members of groups come and go.

use super::body::{self, Field, Kind};
use super::errors::{
    application_error, bad_request, licence_limit, no_directory, no_group, no_user, some_conflict,
};
use crate::cloud::Cloud;
use crate::message::Response;
use crate::organization::{AccountStatus, Group, PlatformRole};

const FIELDS: [Field; 1] = [("accountId", Kind::Text)];

/// The group whose members administer the organization.
const ORG_ADMINS: &str = "org-admins";

impl Cloud {
    /// `POST …/groups/{groupId}/memberships`.
    pub(super) fn add_member(
        &mut self,
        directory: &str,
        group: &str,
        body: &[u8],
        key_owner: &str,
    ) -> Response {
        let body = match body::parse(body, &FIELDS) {
            Ok(body) => body,
            Err(detail) => return bad_request(&detail),
        };
        let Some(account_id) = body::text(&body, "accountId") else {
            return bad_request("accountId is required");
        };
        let added = self
            .changeable_group(directory, group)
            .and_then(|group| self.joinable(group, account_id).map(|at| (group, at)));
        match added {
            Ok((group, at)) => {
                self.change_groups(at, group, true, Some(key_owner));
                Response::empty(204)
            }
            Err(refusal) => refusal,
        }
    }

    /// `DELETE …/groups/{groupId}/memberships/{accountId}`.
    pub(super) fn remove_member(
        &mut self,
        directory: &str,
        group: &str,
        account_id: &str,
        key_owner: &str,
    ) -> Response {
        let group = match self.changeable_group(directory, group) {
            Ok(group) => group,
            Err(refusal) => return refusal,
        };
        let Ok(at) = self.organization.position(account_id) else {
            return no_user();
        };
        if !self.organization.users[at].groups.contains(&group) {
            return no_user();
        }
        self.change_groups(at, group, false, Some(key_owner));
        Response::empty(204)
    }

    /// Lets a person join or leave a group, with what follows; reads show it late.
    pub(crate) fn change_groups(
        &mut self,
        at: usize,
        group: usize,
        joins: bool,
        key_owner: Option<&str>,
    ) {
        let (now, until) = (self.clock.now(), self.groups_visible_from());
        if until > now {
            self.organization.users[at].hold_groups(now, until);
        }
        let member = self.organization.users[at].groups.contains(&group);
        if joins {
            self.organization.join(at, group);
        } else {
            self.organization.leave(at, group);
        }
        let what = if joins { "groupJoined" } else { "groupLeft" };
        let Group {
            id,
            name,
            directory,
            ..
        } = self.organization.groups[group].clone();
        let user = &mut self.organization.users[at];
        if name == ORG_ADMINS && !joins {
            user.platform_roles
                .retain(|role| *role != PlatformRole::OrgAdmin);
        }
        let account_id = user.account_id.clone();
        if member != joins {
            self.record(what, &account_id, Some(directory), Some(id), key_owner);
        }
    }

    /// The group, if it is there and a key may change it.
    fn changeable_group(&self, directory: &str, id: &str) -> Result<usize, Response> {
        let everywhere = directory == "-" && self.switches.writes_everywhere;
        let directory = self.organization.directory_position(directory);
        if directory.is_none() && !everywhere {
            return Err(no_directory());
        }
        let id = id.strip_prefix(Group::ARI_PREFIX).unwrap_or(id);
        let groups = &self.organization.groups;
        let found = groups.iter().position(|group| {
            group.id == id && directory.is_none_or(|directory| group.directory == directory)
        });
        let position = found.ok_or_else(no_group)?;
        let refused = |code, detail| Err(application_error(403, code, detail));
        match &groups[position] {
            group if group.external_synced => refused(
                "ADMIN-403-5",
                "The group is synced from an identity provider",
            ),
            group if !group.is_modifiable() => {
                refused("ADMIN-403-5", "The group is managed by its members")
            }
            _ => Ok(position),
        }
    }

    /// The person, if they may join the group.
    fn joinable(&self, group: usize, account_id: &str) -> Result<usize, Response> {
        let organization = &self.organization;
        let now = self.clock.now();
        let to_join = &organization.groups[group];
        if to_join.name == ORG_ADMINS {
            let detail = "The group grants organization administration";
            return Err(application_error(403, "ADMIN-403-7", detail));
        }
        let at = organization.position(account_id).map_err(|_| no_user())?;
        let user = &organization.users[at];
        if !user.is_in(to_join.directory) {
            return Err(no_user());
        }
        if user.account_status != AccountStatus::Active {
            let detail = "The user is inactive";
            return Err(application_error(400, "ADMIN-UAM-400-2", detail));
        }
        if user.groups.contains(&group) {
            return Err(self.told(application_error(
                409,
                "ADMIN-409-28",
                "The user is already in the group",
            )));
        }
        let full = to_join.grants.iter().any(|grant| {
            grant.role.takes_seat() && organization.lacks_seat(user, grant.site, grant.product, now)
        });
        if full {
            return Err(self.told(licence_limit("ADMIN-409-3")));
        }
        Ok(at)
    }

    /// A conflict, as far as the cloud says which.
    fn told(&self, conflict: Response) -> Response {
        if self.switches.conflict_told {
            conflict
        } else {
            some_conflict()
        }
    }
}
