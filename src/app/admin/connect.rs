//! Saving the organization's API key, after it has shown what it can do.

use super::authorise::{administers, refuse};
use super::error::AdminError;
use super::{Answer, Caller};
use crate::app::api::{Api, connected_for_person as connected};
use crate::app::calls::{Asker, Calls};
use crate::app::commit::{Change, commit};
use crate::app::connection::try_key;
use crate::app::documents::{ConnectionBook, load, set};
use crate::app::random_suffix;
use crate::app::records::Connection;
use crate::app::standing::{is_administrator, shows_administrator};
use crate::audit::{Actor, Entry, LogAction, Outcome};
use crate::host::{Host, Secret};
use crate::model::{AccountId, DAY, Time};

/// The longest organization id and key that are taken.
const MAX_LENGTH: usize = 1_000;
/// The longest life of a key: a year.
const LONGEST_LIFE_DAYS: i64 = 366;

/// Tries a key and stores it. Only a caller whom the key itself shows as an organization administrator may (RULES R10).
pub(super) async fn connect<H: Host>(
    host: &H,
    caller: &Caller,
    organization_id: String,
    api_key: String,
    owner: Option<AccountId>,
    expires: Option<String>,
) -> Result<Answer, AdminError> {
    if !administers(host).await? {
        refuse(host, caller, "connect").await?;
        return Err(AdminError::NotAllowed {
            who_may: "an administrator of Jira who is an administrator of the organization too",
        });
    }
    let organization = given("organization id", organization_id)?;
    let key = Secret(given("API key", api_key)?);
    let api = Api::new(Calls::load(host, Asker::Person).await?, organization, key);
    if owner.as_ref().is_some_and(|owner| !owner.is_plausible()) {
        return Err(AdminError::Invalid(String::from(
            "the owner is not an account id",
        )));
    }
    let expires = expires
        .map(|day| end_of_day(&day, host.now()))
        .transpose()?;
    let replaced = may_replace(host, caller, &api.organization).await?;
    if !replaced {
        refuse(host, caller, "connect").await?;
        return Err(AdminError::NotAllowed {
            who_may: "an administrator of the organization that is connected now: its present key does not show you as one",
        });
    }
    let mut connection = tried(&api, caller).await?;
    connection.expires = expires;
    if let Some(owner) = owner {
        connection.owner = owner;
    }
    store(&api, connection).await
}

/// The end, in UTC, of the day on which a key expires.
fn end_of_day(day: &str, now: Time) -> Result<Time, AdminError> {
    Time::parse(&format!("{}T23:59:59Z", day.trim()))
        .filter(|end| *end > now && end.since(now) <= LONGEST_LIFE_DAYS * DAY)
        .ok_or_else(|| {
            AdminError::Invalid(String::from(
                "the day on which the key expires is not a day such as 2027-03-01 between today and a year from now",
            ))
        })
}

/// Whether the caller may put a key in the place of the present one: an administrator by the present key may. Where that
/// key is not accepted any more it can tell nobody apart, and a new key of the same organization decides (RULES R18).
async fn may_replace<H: Host>(
    host: &H,
    caller: &Caller,
    organization: &str,
) -> Result<bool, AdminError> {
    let book: ConnectionBook = load(host).await?;
    let Some(connection) = book.connection else {
        return Ok(true);
    };
    if connection.organization_id != organization {
        let why = "another organization is connected: seatkeeper keeps plans, exemptions and log of one organization";
        return Err(AdminError::WrongState(String::from(why)));
    }
    let Some(present) = connected(host).await? else {
        return Ok(true);
    };
    match is_administrator(&present, &caller.account_id).await {
        Ok(is_administrator) => Ok(is_administrator),
        Err(error) if error.is_the_keys_fault() => Ok(true),
        Err(error) => Err(error.into()),
    }
}

fn given(what: &str, value: String) -> Result<String, AdminError> {
    let value = value.trim().to_owned();
    let is_printable = value.bytes().all(|byte| byte.is_ascii_graphic());
    if value.is_empty() || value.len() > MAX_LENGTH || !is_printable {
        return Err(AdminError::Invalid(format!(
            "the {what} is empty, too long or holds a sign that it cannot hold"
        )));
    }
    Ok(value)
}

/// The connection that a key makes, once it has shown that it is enough and that the caller may save it.
async fn tried<H: Host>(api: &Api<'_, H>, caller: &Caller) -> Result<Connection, AdminError> {
    let tried = try_key(api, &caller.account_id).await?;
    let steps = tried.in_words();
    if tried.is_original_management {
        return Err(AdminError::OriginalManagement { steps });
    }
    if tried.is_elsewhere {
        let why = "this site is none of that organization's: take the id and a key of the organization to which this site belongs";
        return Err(AdminError::WrongState(String::from(why)));
    }
    if !tried.is_enough() {
        return Err(AdminError::WeakKey { steps });
    }
    let is_shown = tried
        .caller
        .is_some_and(|people| shows_administrator(&people, &caller.account_id));
    if !is_shown {
        refuse(api.host, caller, "connect").await?;
        return Err(AdminError::NotAllowed {
            who_may: "an administrator of the organization: this key does not show you as one",
        });
    }
    Ok(Connection {
        organization_id: api.organization.clone(),
        organization_name: tried.organization_name.unwrap_or_default(),
        directories: tried.directories.unwrap_or_default(),
        owner: caller.account_id.clone(),
        saved_by: caller.account_id.clone(),
        saved_at: api.host.now(),
        expires: None,
        capabilities: tried.capabilities,
    })
}

/// The key goes under a new name first, then the connection points to it, then the old key goes: a kill in between
/// leaves a whole connection, the old or the new one.
async fn store<H: Host>(api: &Api<'_, H>, connection: Connection) -> Result<Answer, AdminError> {
    let host = api.host;
    let secret = format!(
        "organization-api-key-{}-{}",
        host.now().compact(),
        random_suffix(host)
    );
    host.set_secret(&secret, api.key.clone()).await?;
    let old = commit::<_, AdminError>(host, async || {
        let old: ConnectionBook = load(host).await?;
        let book = ConnectionBook {
            connection: Some(connection.clone()),
            secret: secret.clone(),
        };
        let entry = Entry {
            reason: Some(format!("organization {}", connection.organization_id)),
            after: Some(serde_json::json!({ "owner": connection.owner })),
            ..Entry::new(
                host.now(),
                &Actor::Person(connection.saved_by.clone()),
                LogAction::Connect,
                Outcome::Done,
            )
        };
        let change = Change {
            entries: vec![entry],
            writes: vec![set(&book)?],
        };
        Ok((change, old.secret))
    })
    .await?;
    if !old.is_empty() {
        host.delete_secret(&old).await?;
    }
    Ok(Answer::Connected(connection))
}
