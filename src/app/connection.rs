//! What an organization API key allows, tried step by step and without changing anything.

use super::api::Api;
use super::records::{Ability, Capability, Directory};
use crate::atlassian::{
    ApiError, ApiErrorKind, Privilege, directories, group_search, last_active_dates, manage,
    organization, read_directories, read_organization, read_workspaces, sites_of, workspaces,
};
use crate::host::Host;
use crate::model::AccountId;
use crate::snapshot::Snapshot;

/// What a key was seen to be good for.
#[derive(Debug)]
pub(super) struct Tried {
    /// The organization's name, if the key may read it.
    pub(super) organization_name: Option<String>,
    /// Its directories, if the key may list them.
    pub(super) directories: Option<Vec<Directory>>,
    /// What the search for the caller found, if the key may search.
    pub(super) caller: Option<Snapshot>,
    /// Every step, in order.
    pub(super) capabilities: Vec<Capability>,
    /// Whether the organization still has the user management for which these APIs were not made.
    pub(super) is_original_management: bool,
    /// Whether the site that the app is installed on is none of the organization's.
    pub(super) is_elsewhere: bool,
}

/// Tries a key on its organization and on the account of whoever enters it.
///
/// # Errors
/// Where nothing can be said of the key: it is not accepted at all, the organization does not exist, or Atlassian does not
/// answer on something that every key needs.
pub(super) async fn try_key<H: Host>(
    api: &Api<'_, H>,
    caller: &AccountId,
) -> Result<Tried, ApiError> {
    let mut steps = Steps::default();
    let name = read_name(api).await;
    if let Err(error) = &name
        && (error.is_the_keys_fault() || error.kind == ApiErrorKind::NotFound)
    {
        return Err(error.clone());
    }
    let name = steps.needed(Ability::ReadOrganization, name)?;
    let found = steps.needed(Ability::ListDirectories, list_directories(api).await)?;
    let accounts = std::slice::from_ref(caller);
    let people = steps.needed(Ability::SearchUsers, api.people(None, accounts).await)?;
    let groups = group_search(&api.organization, None, &[], &api.key);
    let groups = api.call("searching groups", groups).await;
    steps.wanted(Ability::ReadGroups, groups.map(|_| ()));
    let dates = last_active_dates(&api.organization, caller, None, &api.key);
    let dates = api.call("reading your own last activity", dates).await;
    steps.wanted(Ability::ReadActivity, dates.map(|_| ()));
    let own = manage(caller, &[Privilege::EnableDisable], &api.key);
    let own = api.call("asking what may be managed", own).await;
    let has_scopes = own.as_ref().err().is_some_and(names_scopes);
    steps.change_access(has_scopes);
    steps.manage_accounts(own.map(|_| ()));
    let mut is_elsewhere = false;
    if name.is_some() {
        let sites = sites(api).await;
        is_elsewhere = sites
            .as_ref()
            .is_some_and(|sites| sites.lack(api.host.cloud_id()));
        steps.warn_of_sites(sites.map(|sites| sites.cloud_ids.len()));
    }
    Ok(Tried {
        organization_name: name,
        directories: found,
        caller: people,
        capabilities: steps.capabilities,
        is_original_management: steps.is_original_management,
        is_elsewhere,
    })
}

async fn read_name<H: Host>(api: &Api<'_, H>) -> Result<String, ApiError> {
    let request = organization(&api.organization, &api.key);
    let response = api
        .call("reading the organization with this key", request)
        .await?;
    read_organization(&response.body)
}

async fn list_directories<H: Host>(api: &Api<'_, H>) -> Result<Vec<Directory>, ApiError> {
    let request = directories(&api.organization, None, &api.key);
    let response = api
        .call("reading the directories with this key", request)
        .await?;
    let (found, _) = read_directories(&response.body)?;
    let directory = |(id, name)| Directory { id, name };
    Ok(found.into_iter().map(directory).collect())
}

/// The sites of an organization.
struct Sites {
    cloud_ids: Vec<String>,
    /// Whether there are more of them.
    has_more: bool,
}

impl Sites {
    /// Whether a site is certainly not among them. An organization of which no site is seen says nothing.
    fn lack(&self, cloud_id: Option<String>) -> bool {
        let is_there = |own: &String| self.cloud_ids.contains(own);
        let is_said = !self.cloud_ids.is_empty() && !self.has_more;
        is_said && cloud_id.is_some_and(|own| !is_there(&own))
    }
}

/// The sites that the organization has, if the key may see them.
async fn sites<H: Host>(api: &Api<'_, H>) -> Option<Sites> {
    let request = workspaces(&api.organization, None, &api.key);
    let response = api.call("reading the sites", request).await.ok()?;
    let (found, next) = read_workspaces(&response.body).ok()?;
    let sites = sites_of(&found).into_iter();
    Some(Sites {
        cloud_ids: sites.map(|site| site.cloud_id).collect(),
        has_more: next.is_some(),
    })
}

/// A key with scopes: the user management API names the scope that no such key can have.
fn names_scopes(error: &ApiError) -> bool {
    error.kind == ApiErrorKind::Forbidden && error.detail.contains("manage:org")
}

/// The account that was asked about belongs to no domain of the organization.
fn names_unmanaged(error: &ApiError) -> bool {
    error.kind == ApiErrorKind::Forbidden && error.detail.contains("verified org admin")
}

fn names_original_management(error: &ApiError) -> bool {
    error.kind == ApiErrorKind::Refused(400) && error.detail.contains("user management experience")
}

/// The steps so far.
#[derive(Default)]
struct Steps {
    capabilities: Vec<Capability>,
    is_original_management: bool,
}

impl Steps {
    fn note(&mut self, ability: Ability, allowed: Option<bool>, why: Option<String>) {
        self.capabilities.push(Capability {
            ability,
            allowed,
            why,
        });
    }

    /// A step without which a key is of no use: where it fails for a moment, nothing can be said of the key.
    fn needed<T>(
        &mut self,
        ability: Ability,
        tried: Result<T, ApiError>,
    ) -> Result<Option<T>, ApiError> {
        match tried {
            Err(error) if error.is_passing() => Err(error),
            tried => Ok(self.wanted(ability, tried)),
        }
    }

    /// Any other step: a passing failure leaves open whether the key allows it.
    fn wanted<T>(&mut self, ability: Ability, tried: Result<T, ApiError>) -> Option<T> {
        let error = match tried {
            Ok(value) => {
                self.note(ability, Some(true), None);
                return Some(value);
            }
            Err(error) => error,
        };
        if names_original_management(&error) {
            self.is_original_management = true;
            let why = "the organization still has the original user management, for which this does not exist";
            self.note(ability, Some(false), Some(String::from(why)));
        } else {
            let is_refused = matches!(
                error.kind,
                ApiErrorKind::Forbidden | ApiErrorKind::Unauthorized
            );
            self.note(
                ability,
                is_refused.then_some(false),
                Some(error.to_string()),
            );
        }
        None
    }

    fn change_access(&mut self, has_scopes: bool) {
        let (allowed, why) = if has_scopes {
            let why = "the key was made with scopes, and such a key can change nobody's access";
            (Some(false), why)
        } else {
            let why = "this cannot be tried without a change: a key that was made without scopes allows it";
            (None, why)
        };
        self.note(Ability::ChangeAccess, allowed, Some(String::from(why)));
    }

    fn manage_accounts(&mut self, tried: Result<(), ApiError>) {
        let (allowed, why) = match &tried {
            Err(error) if names_scopes(error) => {
                let why = "the key was made with scopes, and such a key can manage no account";
                (Some(false), why)
            }
            Err(error) if names_unmanaged(error) => {
                let why = "your own account is not managed by the organization, so this could not be tried: without a verified domain no account is managed";
                (None, why)
            }
            _ => {
                self.wanted(Ability::ManageAccounts, tried);
                return;
            }
        };
        self.note(Ability::ManageAccounts, allowed, Some(String::from(why)));
    }

    /// Two installations on two sites of one organization do not know of each other (RULES R18).
    fn warn_of_sites(&mut self, sites: Option<usize>) {
        let Some(sites) = sites.filter(|sites| *sites > 1) else {
            return;
        };
        let first = self.capabilities.first_mut();
        if let Some(step) = first.filter(|step| step.why.is_none()) {
            step.why = Some(format!(
                "it has {sites} sites: install this app on one of them only, since two installations do not know of each other"
            ));
        }
    }
}

impl Tried {
    /// Whether a step was passed.
    fn allows(&self, ability: Ability) -> bool {
        self.capabilities
            .iter()
            .any(|step| step.ability == ability && step.allowed == Some(true))
    }

    /// Whether the key is worth storing: whoever cannot search people can decide on nobody.
    pub(super) fn is_enough(&self) -> bool {
        [
            Ability::ReadOrganization,
            Ability::ListDirectories,
            Ability::SearchUsers,
        ]
        .into_iter()
        .all(|ability| self.allows(ability))
    }

    /// Every step in words.
    pub(super) fn in_words(&self) -> String {
        let mut words = String::new();
        for (allowed, head) in [
            (Some(true), "the key allows to"),
            (Some(false), "it does not allow to"),
            (None, "not known is whether it allows to"),
        ] {
            let mut separator = head;
            for step in &self.capabilities {
                if step.allowed != allowed {
                    continue;
                }
                if !words.is_empty() {
                    words.push_str(if separator == head { "; " } else { "" });
                }
                words.push_str(separator);
                words.push(' ');
                words.push_str(doing(step.ability));
                if let Some(why) = step.why.as_ref().filter(|_| allowed == Some(false)) {
                    words.push_str(" (");
                    words.push_str(why);
                    words.push(')');
                }
                separator = ",";
            }
        }
        words
    }
}

fn doing(ability: Ability) -> &'static str {
    match ability {
        Ability::ReadOrganization => "read the organization",
        Ability::ListDirectories => "list its directories",
        Ability::SearchUsers => "search people",
        Ability::ReadGroups => "read groups",
        Ability::ReadActivity => "read one person's last activity",
        Ability::ChangeAccess => "suspend and restore people",
        Ability::ManageAccounts => "deactivate accounts",
    }
}
