//! What is asked of a person right before an act, besides the reading: whether the account may be managed, and which roles
//! they hold by themselves.

use super::chosen::verified_domains;
use super::tokens::tokens_of;
use crate::app::api::Api;
use crate::app::together::{Piece, together};
use crate::app::worker::WorkError;
use crate::atlassian::{
    Allowed, ApiError, HeldRoles, Privilege, held_roles, manage, read_held_roles, read_privileges,
};
use crate::host::Host;
use crate::model::{AccountId, Resource};
use crate::plan::{Act, DirectRole, Hindrance, Person, require_verified};

/// So many people are asked about at once.
const AT_ONCE: usize = 5;
/// A person's roles on so many pages of 100 are enough.
const MAX_PAGES: u32 = 5;

/// What the answer says of an act.
#[derive(Debug)]
pub(super) enum Leave {
    /// It can be done, and takes these direct roles.
    Granted(Vec<DirectRole>),
    /// It cannot, or it is not known.
    Denied(String),
}

/// What is asked about.
#[derive(Clone, Copy, Debug)]
pub(super) struct Question<'a> {
    pub(super) person: &'a Person,
    pub(super) act: &'a Act,
    /// The e-mail address that the act gives, as long as it is kept.
    pub(super) address: Option<&'a str>,
}

/// Whether anything must be asked before an act.
pub(super) fn must_ask(act: &Act) -> bool {
    act.needs_management() || matches!(act, Act::RemoveAccess { .. })
}

/// Asks about the acts of some people; the answers in the same order.
pub(super) async fn ask<H: Host>(
    api: &Api<'_, H>,
    questions: &[Question<'_>],
) -> Result<Vec<Leave>, WorkError> {
    let gives_addresses = questions.iter().any(|question| sets_email(question.act));
    let verified = if gives_addresses {
        verified_domains(api).await?
    } else {
        Vec::new()
    };
    let mut all = Vec::with_capacity(questions.len());
    for some in questions.chunks(AT_ONCE) {
        let pieces = some.iter().map(|question| {
            Box::pin(ask_one(api, *question, &verified)) as Piece<'_, Result<Leave, ApiError>>
        });
        for leave in together(pieces.collect()).await {
            all.push(leave?);
        }
    }
    Ok(all)
}

fn sets_email(act: &Act) -> bool {
    matches!(act, Act::SetEmail { .. })
}

async fn ask_one<H: Host>(
    api: &Api<'_, H>,
    question: Question<'_>,
    verified: &[String],
) -> Result<Leave, ApiError> {
    let Question {
        person,
        act,
        address,
    } = question;
    if sets_email(act)
        && let Err(why) = address_fits(address, verified)
    {
        return Ok(Leave::Denied(why));
    }
    let asked = match act {
        Act::RevokeTokens => ask_tokens(api, person).await,
        Act::RemoveAccess { resources, .. } => ask_roles(api, person, act, resources).await,
        act => ask_privilege(api, &person.account, privilege(act)).await,
    };
    match asked {
        // Whoever is not known is not acted on; the others of the batch are.
        Err(error) if error.leaves_one_unknown() => Ok(Leave::Denied(error.to_string())),
        other => other,
    }
}

/// Whether an address is still kept, and of a verified domain (RULES R10).
fn address_fits(address: Option<&str>, verified: &[String]) -> Result<(), String> {
    let Some(address) = address else {
        return Err(String::from("the address is not kept any more"));
    };
    match require_verified(address, verified) {
        Ok(()) => Ok(()),
        Err(Hindrance::Impossible { reason, .. } | Hindrance::Unknown(reason)) => Err(reason),
    }
}

/// Whether tokens may be revoked, and whether there is one.
async fn ask_tokens<H: Host>(api: &Api<'_, H>, person: &Person) -> Result<Leave, ApiError> {
    let leave = ask_privilege(api, &person.account, Privilege::TokenDelete).await?;
    if matches!(leave, Leave::Granted(_)) && tokens_of(api, &person.account).await?.is_empty() {
        let why = "nothing to revoke: the person has no API token";
        return Ok(Leave::Denied(String::from(why)));
    }
    Ok(leave)
}

fn privilege(act: &Act) -> Privilege {
    match act {
        Act::Delete | Act::CancelDelete => Privilege::Delete,
        Act::Rename { .. } => Privilege::ProfileWrite,
        Act::SetEmail { .. } => Privilege::EmailSet,
        _ => Privilege::EnableDisable,
    }
}

async fn ask_privilege<H: Host>(
    api: &Api<'_, H>,
    account: &AccountId,
    privilege: Privilege,
) -> Result<Leave, ApiError> {
    let request = manage(account, &[privilege], &api.key);
    let response = api
        .call("asking what may be done with an account", request)
        .await?;
    let rules = read_privileges(&response.body)?;
    let mut rules = rules.into_iter().filter(|(named, _)| *named == privilege);
    Ok(match rules.next() {
        Some((_, Allowed::Yes)) => Leave::Granted(Vec::new()),
        Some((_, Allowed::No(reason))) => Leave::Denied(format!(
            "the account's manager does not allow it: {}",
            reason.as_deref().unwrap_or("no reason given")
        )),
        None => Leave::Denied(String::from(
            "it is not known whether the account may be managed",
        )),
    })
}

/// Every role that a person holds in their directory; `None` if there are more than are looked at.
pub(super) async fn roles_of<H: Host>(
    api: &Api<'_, H>,
    person: &Person,
) -> Result<Option<Vec<HeldRoles>>, ApiError> {
    let mut all = Vec::new();
    let mut cursor: Option<String> = None;
    for _ in 0..MAX_PAGES {
        let request = held_roles(
            &api.organization,
            Some(&person.directory),
            &person.account,
            cursor.as_deref(),
            &api.key,
        );
        let response = api.call("reading a person's roles", request).await?;
        let (page, next) = read_held_roles(&response.body)?;
        all.extend(page);
        cursor = next;
        if cursor.is_none() {
            return Ok(Some(all));
        }
    }
    Ok(None)
}

async fn ask_roles<H: Host>(
    api: &Api<'_, H>,
    person: &Person,
    act: &Act,
    resources: &[Resource],
) -> Result<Leave, ApiError> {
    let Some(all) = roles_of(api, person).await? else {
        return Ok(Leave::Denied(String::from(
            "the person has more roles than can be looked at",
        )));
    };
    let mut direct = Vec::new();
    let meant = all.iter().filter(|held| resources.contains(&held.resource));
    for held in meant {
        if let Err(why) = take_direct(held, &mut direct) {
            return Ok(Leave::Denied(why));
        }
    }
    let has_groups = matches!(act, Act::RemoveAccess { groups, .. } if !groups.is_empty());
    Ok(if direct.is_empty() && !has_groups {
        Leave::Denied(String::from(
            "it is not known by which way the person has the access",
        ))
    } else {
        Leave::Granted(direct)
    })
}

fn take_direct(held: &HeldRoles, direct: &mut Vec<DirectRole>) -> Result<(), String> {
    for role in &held.roles {
        if !role.can_be_taken() {
            return Err(format!(
                "the role {} on {} comes by a way that cannot be taken away here",
                role.role, held.resource
            ));
        }
        if role.is_direct() {
            direct.push(DirectRole {
                resource: held.resource.clone(),
                role: role.role.clone(),
            });
        }
    }
    Ok(())
}
