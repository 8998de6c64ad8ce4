//! Jira as the source of people where no organization is connected: who there is, and who takes a seat of this site's
//! products. Nobody's activity is known; an uploaded export may add it.
//!
//! The listing is a chain of invocations like the organization's: people are stored in parts together with how far it
//! has come. First everybody a thousand at a time, then the members of the groups that grant a product, fifty at a time.

mod assemble;
mod seats;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

use super::calls::Calls;
use super::documents::set_value;
use super::random_suffix;
use super::stored_people::load_people;
use super::worker::WorkError;
use crate::atlassian::{
    ApiError, ApiErrorKind, application_roles, group_members, jira_users, jira_users_page,
    read_application_roles, read_group_members,
};
use crate::host::{Host, StorageError, Write};
use crate::model::{DirectoryId, GroupId, Time};
use crate::snapshot::{Origin, Snapshot, UserRecord, encode_parts};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

pub(super) use seats::{ProductSeats, SiteSeats, seats};

/// Members are stored whenever so many have come together: a killed invocation reads at most these again.
const STORE_EVERY: usize = 1_000;
/// The listing hands over to the next invocation when less than this is left.
const STOP_AT_MILLISECONDS: u32 = 60_000;

/// A listing under way. Small, and stored with every step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct JiraListing {
    /// Names its parts.
    pub(super) id: String,
    /// When it began.
    pub(super) started: Time,
    /// How many parts there are: first of people, then of members.
    pub(super) parts: u32,
    /// How many of them hold people, once all people are listed.
    people: Option<u32>,
    /// How many people or members of a group came so far.
    start: u32,
    /// Which group is listed.
    group: u32,
    /// Which groups grant what.
    grants: Grants,
}

/// What is known of the groups that grant the site's products.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
enum Grants {
    /// Not asked yet.
    NotRead,
    /// Jira does not say: nobody's accesses are known.
    Refused(String),
    /// Each group once, with the products, by their keys in Jira.
    Known(Vec<(GroupId, Vec<String>)>),
}

impl JiraListing {
    /// A listing that begins now.
    pub(super) fn new(host: &impl Host) -> JiraListing {
        let started = host.now();
        JiraListing {
            id: format!("{}-{}", started.compact(), random_suffix(host)),
            started,
            parts: 0,
            people: None,
            start: 0,
            group: 0,
            grants: Grants::NotRead,
        }
    }

    /// Why nobody's accesses are known, where Jira refuses to say which groups grant them.
    pub(super) fn refused(&self) -> Option<&str> {
        match &self.grants {
            Grants::Refused(why) => Some(why),
            Grants::NotRead | Grants::Known(_) => None,
        }
    }

    /// How many people came so far, while people are listed.
    pub(super) fn listed(&self) -> u32 {
        if self.people.is_none() { self.start } else { 0 }
    }

    /// The key of a part.
    pub(super) fn part_key(&self, part: u32) -> String {
        format!("snapshot:{}:{part}", self.id)
    }

    /// The group whose members are to be listed next.
    fn next_group(&self) -> Option<GroupId> {
        let Grants::Known(groups) = &self.grants else {
            return None;
        };
        let (group, _) = groups.get(usize::try_from(self.group).ok()?)?;
        Some(group.clone())
    }
}

/// Lists everybody that Jira knows, going on where the listing stopped. `store` writes parts together with the listing,
/// if the lease is still held. `None` when time ran out before the end: the next invocation goes on.
///
/// # Errors
/// A call that failed: what was read before is stored. Groups and seats that Jira refuses to tell are no failure: they are
/// not known then.
pub(super) async fn list<H: Host>(
    calls: &Calls<'_, H>,
    listing: &mut JiraListing,
    store: impl AsyncFn(&JiraListing, Vec<Write>) -> Result<(), WorkError>,
) -> Result<Option<Snapshot>, WorkError> {
    if listing.grants == Grants::NotRead {
        listing.grants = read_grants(calls).await?;
        store(listing, Vec::new()).await?;
    }
    while listing.people.is_none() || listing.next_group().is_some() {
        if calls.host.time_left() < STOP_AT_MILLISECONDS {
            return Ok(None);
        }
        let (people, failure) = match listing.next_group().filter(|_| listing.people.is_some()) {
            None => (next_people(calls, listing).await?, None),
            Some(group) => next_members(calls, listing, &group).await,
        };
        let writes = parts_of(listing, &people)?;
        if listing.people.is_none() && people.is_empty() {
            listing.people = Some(listing.parts);
            listing.start = 0;
        }
        store(listing, writes).await?;
        if let Some(error) = failure {
            return Err(error.into());
        }
    }
    assemble(calls.host, listing).await.map(Some)
}

/// Which groups grant what. A refusal is an answer: the scope, or the right, may be missing for ever.
async fn read_grants<H: Host>(calls: &Calls<'_, H>) -> Result<Grants, WorkError> {
    let called = calls.send("reading the seats from Jira", application_roles());
    let roles = match called.await {
        Ok(response) => read_application_roles(&response.body)?,
        Err(error) if error.is_passing() => return Err(error.into()),
        Err(error) => return Ok(Grants::Refused(error.to_string())),
    };
    let mut grants: Vec<(GroupId, Vec<String>)> = Vec::new();
    for role in roles {
        for group in role.groups {
            match grants.iter_mut().find(|(known, _)| *known == group) {
                Some((_, products)) if products.contains(&role.key) => {}
                Some((_, products)) => products.push(role.key.clone()),
                None => grants.push((group, vec![role.key.clone()])),
            }
        }
    }
    Ok(Grants::Known(grants))
}

/// The next page of everybody; an empty one is the end. Jira may hand out fewer than it was asked for, so that the next
/// page begins after those that came.
async fn next_people<H: Host>(
    calls: &Calls<'_, H>,
    listing: &mut JiraListing,
) -> Result<Snapshot, WorkError> {
    let called = calls.send("reading Jira's users", jira_users_page(listing.start));
    let response = called.await.map_err(taking_too_long)?;
    let directory = DirectoryId(String::from(DirectoryId::NOT_SAID));
    let mut people = Snapshot::new();
    for person in jira_users(&response.body, &directory)? {
        people.push(&person);
        listing.start = listing.start.saturating_add(1);
    }
    Ok(people)
}

/// Jira answers 409 where a page of users took it longer than 10 seconds: that passes.
fn taking_too_long(error: ApiError) -> ApiError {
    match error.kind {
        ApiErrorKind::Conflict => ApiError {
            kind: ApiErrorKind::Server,
            ..error
        },
        _ => error,
    }
}

/// Members of a group, as people of a directory that is the group: as many pages as are stored at once. What was read
/// before a failure counts.
async fn next_members<H: Host>(
    calls: &Calls<'_, H>,
    listing: &mut JiraListing,
    group: &GroupId,
) -> (Snapshot, Option<ApiError>) {
    let mut members = Snapshot::new();
    let directory = DirectoryId(group.as_str().to_owned());
    while members.len() < STORE_EVERY && calls.host.time_left() >= STOP_AT_MILLISECONDS {
        let called = calls.send(
            "reading the members of a group",
            group_members(group, listing.start),
        );
        let read = match called.await {
            Ok(response) => read_group_members(&response.body),
            Err(error) => Err(error),
        };
        match read {
            Ok((accounts, is_last)) => {
                let is_over = is_last || accounts.is_empty();
                for account in accounts {
                    members.push(&UserRecord::unknown(account, directory.clone()));
                    listing.start = listing.start.saturating_add(1);
                }
                if is_over {
                    next_group(listing);
                    break;
                }
            }
            // A group that was deleted meanwhile grants nothing.
            Err(error) if error.kind == ApiErrorKind::NotFound => {
                next_group(listing);
                break;
            }
            Err(error) if error.is_passing() => return (members, Some(error)),
            Err(error) => {
                listing.grants = Grants::Refused(error.to_string());
                break;
            }
        }
    }
    (members, None)
}

fn next_group(listing: &mut JiraListing) {
    listing.group = listing.group.saturating_add(1);
    listing.start = 0;
}

/// The writes of people as the listing's next parts.
fn parts_of(listing: &mut JiraListing, people: &Snapshot) -> Result<Vec<Write>, StorageError> {
    let failed = |error| StorageError::Failed(format!("people cannot be stored: {error}"));
    let mut writes = Vec::new();
    for part in encode_parts(people).map_err(failed)? {
        let key = listing.part_key(listing.parts);
        writes.push(set_value(key, &STANDARD.encode(part))?);
        listing.parts = listing.parts.saturating_add(1);
    }
    Ok(writes)
}

/// Everybody, out of the parts.
async fn assemble(host: &impl Host, listing: &JiraListing) -> Result<Snapshot, WorkError> {
    let people = listing.people.unwrap_or(listing.parts);
    let keys = |parts: std::ops::Range<u32>| parts.map(|part| listing.part_key(part)).collect();
    let everybody = load_people(host, keys(0..people)).await?;
    let members = load_people(host, keys(people..listing.parts)).await?;
    let granted = match &listing.grants {
        Grants::Known(groups) => Some(groups.as_slice()),
        Grants::NotRead | Grants::Refused(_) => None,
    };
    let mut snapshot =
        assemble::everybody(&everybody, &members, granted, host.cloud_id().as_deref());
    snapshot.set_origin(Origin {
        source: String::from("Jira"),
        read: Some(listing.started),
    });
    Ok(snapshot)
}
