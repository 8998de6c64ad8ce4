//! What other people do while the app runs: log in, change groups and standings, join.

use chrono::TimeDelta;

use crate::admin_api::Lifecycle;
use crate::cloud::Cloud;
use crate::organization::{
    AccountStatus, ApiToken, Group, JiraContent, PlatformRole, Product, Role, Standing, Status,
    User,
};

/// Somebody or something that a script names does not exist.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "there is no {what} \"{name}\" in the organization, see GET /control/people for names that exist"
)]
pub struct Unknown {
    what: &'static str,
    name: String,
}

impl Cloud {
    /// A person uses every product they have access to, now.
    pub fn log_in(&mut self, account_id: &str) -> Result<(), Unknown> {
        self.log_in_reported_after(account_id, TimeDelta::zero())
    }

    /// The same, but the APIs report it only after a while (on the real platform up to 24 hours).
    pub fn log_in_reported_after(
        &mut self,
        account_id: &str,
        lag: TimeDelta,
    ) -> Result<(), Unknown> {
        let now = self.clock.now();
        for access in &mut self.person(account_id)?.accesses {
            access.used(now, now + lag);
        }
        self.log_in_event(account_id);
        Ok(())
    }

    /// A person tries to log in, now. Whoever is suspended has an account all the same, and gets no further than that;
    /// whose account is deactivated gets nowhere. The answer is whether they use products then.
    pub fn try_to_log_in(&mut self, account_id: &str) -> Result<bool, Unknown> {
        let person = self.person(account_id)?;
        let (account, status) = (person.account_status, person.true_status());
        match (account, status) {
            (_, Status::Active) => self.log_in(account_id).map(|()| true),
            (AccountStatus::Active, _) => {
                self.log_in_event(account_id);
                Ok(false)
            }
            _ => Ok(false),
        }
    }

    /// A person uses one product on one site, now.
    pub fn use_product(
        &mut self,
        account_id: &str,
        site: usize,
        product: Product,
    ) -> Result<(), Unknown> {
        let now = self.clock.now();
        let accesses = &mut self.person(account_id)?.accesses;
        let access = accesses
            .iter_mut()
            .find(|access| access.site == site && access.product == product);
        match access {
            Some(access) => {
                access.used(now, now);
                Ok(())
            }
            None => Err(unknown("access to the product for", account_id)),
        }
    }

    /// A script uses an API token of a person, now; a person without one makes it first.
    pub fn use_token(&mut self, account_id: &str) -> Result<(), Unknown> {
        let now = self.clock.now();
        let tokens = &mut self.person(account_id)?.tokens;
        tokens.get_or_insert_default().push(ApiToken {
            id: format!("token-{}", now.timestamp_millis()),
            label: "script",
            created: now,
            last_access: Some(now),
        });
        Ok(())
    }

    /// What people answer for on the first site's Jira, to be changed.
    pub fn jira_content(&mut self) -> &mut JiraContent {
        &mut self.organization.jira
    }

    /// Another administrator adds a person to a group, given by name or id; what the group gives comes with it.
    pub fn join_group(&mut self, account_id: &str, group: &str) -> Result<(), Unknown> {
        let group = self.group(group)?;
        let at = self.position(account_id)?;
        self.change_groups(at, group, true, None);
        Ok(())
    }

    /// Another administrator removes a person from a group, given by name or id; what nothing else gives goes with it.
    pub fn leave_group(&mut self, account_id: &str, group: &str) -> Result<(), Unknown> {
        let group = self.group(group)?;
        let at = self.position(account_id)?;
        self.change_groups(at, group, false, None);
        Ok(())
    }

    /// Another administrator makes a person an organization administrator, or no longer one.
    pub fn set_org_admin(&mut self, account_id: &str, admin: bool) -> Result<(), Unknown> {
        let now = self.clock.now();
        let lag = i64::from(self.switches.platform_role_lag_seconds);
        let user = self.person(account_id)?;
        user.hold_platform_roles(now, now + TimeDelta::seconds(lag));
        user.platform_roles
            .retain(|role| *role != PlatformRole::OrgAdmin);
        if admin {
            user.platform_roles.push(PlatformRole::OrgAdmin);
        }
        Ok(())
    }

    /// Another administrator suspends or restores a person in every directory.
    pub fn set_standing(&mut self, account_id: &str, standing: Standing) -> Result<(), Unknown> {
        let memberships = &self.person(account_id)?.memberships;
        let directories: Vec<usize> = memberships.iter().map(|found| found.directory).collect();
        for directory in directories {
            self.change_standing(directory, account_id, standing, None);
        }
        Ok(())
    }

    /// Another administrator deactivates a person's account, or activates it.
    pub fn set_account_active(&mut self, account_id: &str, active: bool) -> Result<(), Unknown> {
        let call = if active {
            Lifecycle::Enable
        } else {
            Lifecycle::Disable
        };
        let status = self.person(account_id)?.account_status;
        if active != (status == AccountStatus::Active) {
            self.change_life(account_id, call, None);
        }
        Ok(())
    }

    /// Another administrator gives a person a role of their own on a product, or takes it away.
    pub fn set_own_role(
        &mut self,
        account_id: &str,
        (site, product, role): (usize, Product, Role),
        assigned: bool,
    ) -> Result<(), Unknown> {
        let at = self.position(account_id)?;
        self.set_role_of(at, (site, product, role), assigned);
        Ok(())
    }

    /// Another administrator changes a person's name.
    pub fn rename_person(&mut self, account_id: &str, name: &str) -> Result<(), Unknown> {
        name.clone_into(&mut self.person(account_id)?.name);
        self.record("renamed", account_id, None, None, None);
        Ok(())
    }

    /// The seats of a product on a site are changed; absent for no known limit.
    pub fn set_capacity(&mut self, site: usize, product: Product, seats: Option<u32>) {
        self.organization.sites[site].capacity[product as usize] = seats;
    }

    /// Adds a group.
    pub fn put_group(&mut self, group: Group) {
        self.organization.groups.push(group);
    }

    /// Adds a person, or replaces the one with the same account id.
    pub fn put_user(&mut self, user: User) {
        self.organization.put_user(user);
    }

    /// Changes a person in any way.
    pub fn change_user(
        &mut self,
        account_id: &str,
        change: impl FnOnce(&mut User),
    ) -> Result<(), Unknown> {
        change(self.person(account_id)?);
        Ok(())
    }

    fn person(&mut self, account_id: &str) -> Result<&mut User, Unknown> {
        self.organization
            .user_mut(account_id)
            .ok_or_else(|| unknown("user", account_id))
    }

    fn position(&self, account_id: &str) -> Result<usize, Unknown> {
        self.organization
            .position(account_id)
            .map_err(|_| unknown("user", account_id))
    }

    fn group(&self, name: &str) -> Result<usize, Unknown> {
        self.organization
            .group_position(name)
            .ok_or_else(|| unknown("group", name))
    }
}

fn unknown(what: &'static str, name: &str) -> Unknown {
    Unknown {
        what,
        name: name.to_owned(),
    }
}
