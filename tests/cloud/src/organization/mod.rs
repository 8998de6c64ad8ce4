//! The organization: who and what there is. Pure state; the APIs present it, [`generate`] makes it up.

mod account;
mod generate;
mod group;
mod holding;
mod identifiers;
mod jira_content;
mod names;
mod order;
mod people;
mod population;
mod role;
mod site;
mod token;
mod unseen;

pub use account::{
    Access, AccountStatus, Membership, Missing, PlatformRole, Seen, Standing, Status, User,
};
pub use generate::{CONTRACTOR_DOMAINS, Population, VERIFIED_DOMAINS, generate, newcomers};
pub use group::Group;
pub use identifiers::{account_id, uuid};
pub use jira_content::{Component, Filter, JiraContent, Project};
pub use order::{Order, shuffled};
pub use people::People;
pub use role::{Assignment, Grant, Method, Role, Roles};
pub use site::{Directory, Product, Site};
pub use token::ApiToken;

use crate::clock::Time;

/// One organization with everything in it.
#[derive(Clone, Debug)]
pub struct Organization {
    /// Its id: looks like a UUID and need not be one.
    pub id: String,
    /// Its display name.
    pub name: String,
    /// The user directories.
    pub directories: Vec<Directory>,
    /// The sites, the first being the one on which the app is installed.
    pub sites: Vec<Site>,
    /// The groups.
    pub groups: Vec<Group>,
    /// The Atlassian accounts, in the order of their ids.
    pub users: Vec<User>,
    /// Accounts that only Jira knows: apps and portal customers.
    pub jira_only: Vec<JiraOnlyAccount>,
    /// What people answer for on the first site's Jira.
    pub jira: JiraContent,
    /// Well-known people for scripts and tests.
    pub people: People,
    /// The day's order of listings, where that is not by account id.
    pub order: Order,
}

/// An account that the organization API does not list.
#[derive(Clone, Debug)]
pub struct JiraOnlyAccount {
    /// The account id.
    pub account_id: String,
    /// `app` or `customer`.
    pub account_type: &'static str,
    /// The display name.
    pub name: String,
}

impl Organization {
    /// The same organization with nobody in it.
    fn without_users(&self) -> Self {
        Organization {
            id: self.id.clone(),
            name: self.name.clone(),
            directories: self.directories.clone(),
            sites: self.sites.clone(),
            groups: self.groups.clone(),
            users: Vec::new(),
            jira_only: Vec::new(),
            jira: JiraContent::default(),
            people: People::default(),
            order: Order::default(),
        }
    }

    /// Where a user is in [`Organization::users`].
    pub fn position(&self, account_id: &str) -> Result<usize, usize> {
        self.users
            .binary_search_by(|user| user.account_id.as_str().cmp(account_id))
    }

    /// A user by account id.
    pub fn user(&self, account_id: &str) -> Option<&User> {
        self.position(account_id).ok().map(|at| &self.users[at])
    }

    /// A user by account id, to be changed.
    pub fn user_mut(&mut self, account_id: &str) -> Option<&mut User> {
        let at = self.position(account_id).ok()?;
        Some(&mut self.users[at])
    }

    /// Adds a user, or replaces the one with the same id.
    pub fn put_user(&mut self, user: User) {
        self.order.forget();
        match self.position(&user.account_id) {
            Ok(at) => self.users[at] = user,
            Err(at) => self.users.insert(at, user),
        }
    }

    /// Where a group is in [`Organization::groups`], by id or name.
    pub fn group_position(&self, id_or_name: &str) -> Option<usize> {
        let id = id_or_name
            .strip_prefix(Group::ARI_PREFIX)
            .unwrap_or(id_or_name);
        self.groups
            .iter()
            .position(|group| group.id == id || group.name == id)
    }

    /// Where a directory is in [`Organization::directories`].
    pub fn directory_position(&self, id: &str) -> Option<usize> {
        self.directories.iter().position(|found| found.id == id)
    }

    /// Whether a person may administer Jira on a site: organization and site administrators, and the site's `jira-admins`.
    pub fn administers_jira(&self, account_id: &str, site: usize, now: Time) -> bool {
        let Some(user) = self.user(account_id) else {
            return false;
        };
        let admins = format!("jira-admins-{}", self.sites[site].name);
        let by_group = user
            .groups
            .iter()
            .any(|&group| self.groups[group].name == admins);
        let by_role = user
            .platform_roles
            .iter()
            .any(|role| matches!(role, PlatformRole::OrgAdmin | PlatformRole::SiteAdmin));
        user.status(now) == Status::Active && (by_group || by_role)
    }
}
