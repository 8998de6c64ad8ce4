//! Who may do what (RULES R10), decided from the platform's principal alone.

use super::error::AdminError;
use super::{Caller, Command, Role};
use crate::app::api::connected_for_person as connected;
use crate::app::calls::Calls;
use crate::app::documents::load;
use crate::app::records::Settings;
use crate::app::refusals;
use crate::app::standing::{GroupRoles, group_roles, is_administrator, was_confirmed};
use crate::atlassian::{ApiError, administers_jira, my_permissions};
use crate::host::Host;

/// Lets a caller pass who has at least a role; refuses and logs everybody else.
pub(super) async fn require<H: Host>(
    host: &H,
    caller: &Caller,
    role: Role,
    command: &Command,
) -> Result<(), AdminError> {
    let passes = match role {
        Role::Viewer => is_viewer(host, caller).await?,
        Role::Operator | Role::Approver => may_by_group(host, caller, role).await?,
        Role::OrganizationAdministrator => match connected(host).await? {
            Some(api) => is_administrator(&api, &caller.account_id).await?,
            None if administers(host).await? => return Err(AdminError::NotConnected),
            None => false,
        },
    };
    if passes {
        return Ok(());
    }
    refuse(host, caller, command.name()).await?;
    Err(AdminError::NotAllowed {
        who_may: match role {
            Role::Viewer => "an administrator of Jira",
            Role::Operator => "an administrator of the organization, or an operator",
            Role::Approver => "an administrator of the organization, or an approver",
            Role::OrganizationAdministrator => "an administrator of the organization",
        },
    })
}

/// Lets a caller pass who may stop something: operators, and whoever was confirmed as an administrator lately. Nothing
/// that the key of the organization is busy with may stand in the way.
pub(super) async fn require_to_stop<H: Host>(
    host: &H,
    caller: &Caller,
    command: &Command,
) -> Result<(), AdminError> {
    if was_confirmed(host, &caller.account_id).await? {
        return Ok(());
    }
    require(host, caller, Role::Operator, command).await
}

/// Whether a caller has a role that groups carry, by a group or as an administrator of the organization.
async fn may_by_group<H: Host>(host: &H, caller: &Caller, role: Role) -> Result<bool, AdminError> {
    if by_group(host, caller).await?.is_some_and(|has| has >= role) {
        return Ok(true);
    }
    match connected(host).await? {
        Some(api) => Ok(is_administrator(&api, &caller.account_id).await?),
        None if administers(host).await? => Err(AdminError::NotConnected),
        None => Ok(false),
    }
}

/// The highest role that groups give a caller.
async fn by_group<H: Host>(host: &H, caller: &Caller) -> Result<Option<Role>, AdminError> {
    let settings: Settings = load(host).await?;
    let groups = group_roles(host, &settings.roles, &caller.account_id).await?;
    Ok(match groups {
        GroupRoles { approver: true, .. } => Some(Role::Approver),
        GroupRoles { operator: true, .. } => Some(Role::Operator),
        _ => None,
    })
}

/// Lets a caller pass who may upload an export: an administrator of the organization, or of Jira where none is connected.
/// Without a connection nothing can be acted on, so that all that an export can do then is to feed dry runs.
pub(super) async fn require_importer<H: Host>(
    host: &H,
    caller: &Caller,
    command: &Command,
) -> Result<(), AdminError> {
    let role = match connected(host).await? {
        Some(_) => Role::OrganizationAdministrator,
        None => Role::Viewer,
    };
    require(host, caller, role, command).await
}

/// The most a caller may do; whoever may nothing is refused and logged.
pub(super) async fn highest_role<H: Host>(host: &H, caller: &Caller) -> Result<Role, AdminError> {
    if let Some(api) = connected(host).await? {
        // An organization that cannot be asked makes nobody an administrator, and lets Jira's administrators look.
        if is_administrator(&api, &caller.account_id)
            .await
            .unwrap_or(false)
        {
            return Ok(Role::OrganizationAdministrator);
        }
    }
    // Groups that cannot be asked for give nobody more than Jira does.
    if let Ok(Some(role)) = by_group(host, caller).await {
        return Ok(role);
    }
    if administers(host).await? {
        return Ok(Role::Viewer);
    }
    refuse(host, caller, Command::Overview {}.name()).await?;
    Err(AdminError::NotAllowed {
        who_may: "an administrator of Jira",
    })
}

async fn is_viewer<H: Host>(host: &H, caller: &Caller) -> Result<bool, AdminError> {
    if administers(host).await? {
        return Ok(true);
    }
    if by_group(host, caller).await?.is_some() {
        return Ok(true);
    }
    match connected(host).await? {
        Some(api) => Ok(is_administrator(&api, &caller.account_id).await?),
        None => Ok(false),
    }
}

/// Whether Jira says that the caller administers it.
pub(super) async fn administers<H: Host>(host: &H) -> Result<bool, ApiError> {
    let operation = "asking Jira for your permissions";
    let calls = Calls::of_person(host);
    let response = calls.send(operation, my_permissions()).await?;
    administers_jira(&response.body)
}

/// Refuses a call, and counts it (RULES R14).
pub(super) async fn refuse<H: Host>(
    host: &H,
    caller: &Caller,
    command: &'static str,
) -> Result<(), AdminError> {
    let reason = format!("asked for {command} without the right to");
    refusals::note(host, &caller.account_id, &reason).await?;
    Ok(())
}
