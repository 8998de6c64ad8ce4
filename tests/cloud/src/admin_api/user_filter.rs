//! Which users a search or a count takes.

use serde_json::{Map, Value};

use super::body::{text, texts};
use super::users::Place;
use crate::clock::Time;
use crate::organization::{Organization, User};

/// The filters of one query, prepared.
pub struct UserFilter<'a> {
    organization: &'a Organization,
    now: Time,
    term: Option<String>,
    emails: Vec<String>,
    domains: Vec<String>,
    accounts: Vec<String>,
    groups: Option<Vec<usize>>,
    directories: Option<Vec<usize>>,
    resources: Vec<String>,
    roles: Vec<String>,
    managed: Option<bool>,
    account_statuses: Vec<String>,
    membership_statuses: Vec<String>,
    statuses: Vec<String>,
    mfa: Option<bool>,
}

impl<'a> UserFilter<'a> {
    /// Reads the filters of a checked body.
    pub fn new(query: &Map<String, Value>, place: &Place<'a>) -> Self {
        let organization = place.organization;
        let lower = |values: Vec<String>| -> Vec<String> {
            values.iter().map(|value| value.to_lowercase()).collect()
        };
        UserFilter {
            organization,
            now: place.now,
            term: text(query, "searchTerm").map(str::to_lowercase),
            emails: lower(texts(query, "emails")),
            domains: lower(texts(query, "emailDomains"))
                .iter()
                .map(|domain| domain.trim_start_matches('@').to_owned())
                .collect(),
            accounts: texts(query, "accountIds"),
            groups: positions(query, "groupIds", |id| organization.group_position(id)),
            directories: positions(query, "directoryIds", |id| {
                organization.directory_position(id)
            }),
            resources: texts(query, "resourceIds"),
            roles: texts(query, "roleIds"),
            managed: text(query, "claimStatus").map(|claim| claim == "managed"),
            account_statuses: texts(query, "accountStatus"),
            membership_statuses: texts(query, "membershipStatus"),
            statuses: texts(query, "status"),
            mfa: query.get("mfaEnabled").and_then(Value::as_bool),
        }
    }

    /// Whether the search shows this user.
    pub fn takes(&self, user: &User) -> bool {
        self.takes_identity(user) && self.takes_state(user) && self.takes_access(user)
    }

    fn takes_identity(&self, user: &User) -> bool {
        let term = |term: &String| {
            user.name.to_lowercase().contains(term) || user.email.to_lowercase().contains(term)
        };
        among(&self.accounts, &user.account_id)
            && among(&self.domains, user.email_domain())
            && (self.emails.is_empty() || among(&self.emails, &user.email.to_lowercase()))
            && self.term.as_ref().is_none_or(term)
    }

    fn takes_state(&self, user: &User) -> bool {
        among(
            &self.account_statuses,
            user.shown_account(self.now).0.name(),
        ) && among(&self.membership_statuses, user.membership_status(self.now))
            && among(&self.statuses, user.status(self.now).name())
            && self.managed.is_none_or(|managed| managed == user.managed)
            && self.mfa.is_none_or(|mfa| mfa == user.mfa)
    }

    fn takes_access(&self, user: &User) -> bool {
        let resource = |wanted: &String| {
            user.shown_accesses(self.now)
                .iter()
                .any(|access| self.organization.sites[access.site].ari(access.product) == *wanted)
        };
        let role = |wanted: &String| {
            let platform = user.shown_platform_roles(self.now);
            platform.iter().any(|role| role.name() == wanted)
                || user.accesses.iter().any(|access| {
                    let held = self.organization.assignments(user, access);
                    held.iter().any(|assignment| assignment.role == wanted)
                })
        };
        self.groups.as_ref().is_none_or(|groups| {
            let shown = user.shown_groups(self.now);
            groups.iter().any(|group| shown.contains(group))
        }) && self
            .directories
            .as_ref()
            .is_none_or(|directories| directories.iter().any(|&directory| user.is_in(directory)))
            && (self.resources.is_empty() || self.resources.iter().any(resource))
            && (self.roles.is_empty() || self.roles.iter().any(role))
    }
}

fn among(allowed: &[String], value: &str) -> bool {
    allowed.is_empty() || allowed.iter().any(|known| known == value)
}

/// The positions of the named things; unknown names match nothing, an absent field matches everything.
fn positions(
    query: &Map<String, Value>,
    name: &str,
    find: impl Fn(&str) -> Option<usize>,
) -> Option<Vec<usize>> {
    query.contains_key(name).then(|| {
        texts(query, name)
            .iter()
            .filter_map(|id| find(id))
            .collect()
    })
}
