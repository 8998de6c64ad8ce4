//! Asking for a move.

use super::book::{ID, MAX_OPEN, MovesBook, entry, halted};
use super::hindrance::hindrance;
use super::sight::holds;
use crate::app::approval::DecisionError;
use crate::app::commit::{Change, commit};
use crate::app::documents::{ConnectionBook, edit, load};
use crate::app::protect;
use crate::app::records::{Move, MoveState, Settings, Source};
use crate::app::sync::{load_snapshot, newest_head, random_suffix, seats_known};
use crate::audit::{Actor, LogAction, Outcome};
use crate::host::Host;
use crate::model::{AccountId, DirectoryId, GroupId, Resource};
use crate::plan::{Hindrance, joinable};

/// Roles to which people can be invited: none that administers anything (RULES R10).
const ROLES: [&str; 7] = [
    "atlassian/user",
    "atlassian/guest",
    "atlassian/contributor",
    "atlassian/customer",
    "atlassian/basic",
    "atlassian/stakeholder",
    "atlassian/viewer",
];
/// The most groups of one move.
const MAX_GROUPS: usize = 10;
/// The longest id that is taken.
const MAX_ID: usize = 200;

/// What is asked for.
#[derive(Clone, Debug)]
pub(in crate::app) struct Wish {
    pub(in crate::app) account: AccountId,
    pub(in crate::app) from: DirectoryId,
    pub(in crate::app) resource: Resource,
    pub(in crate::app) role: Option<String>,
    pub(in crate::app) groups: Vec<GroupId>,
    pub(in crate::app) reason: String,
}

/// Asks for a move; a second person decides.
pub(in crate::app) async fn begin<H: Host>(
    host: &H,
    by: &AccountId,
    wish: Wish,
) -> Result<Move, DecisionError> {
    if let Some(why) = halted(host).await? {
        return Err(DecisionError::wrong_state(why));
    }
    let role = wish.role.as_deref().unwrap_or("atlassian/user");
    let is_id = |id: &str| !id.is_empty() && id.len() <= MAX_ID;
    let is_named = wish.account.is_plausible()
        && is_id(wish.from.as_str())
        && is_id(wish.resource.as_str())
        && wish.groups.iter().all(|group| is_id(group.as_str()));
    if !is_named {
        return invalid("name the person, the directory, the product and the groups by their ids");
    }
    if !ROLES.contains(&role) {
        return invalid(
            "nobody can be invited to this role here: choose one that administers nothing",
        );
    }
    if wish.groups.len() > MAX_GROUPS {
        return invalid("choose at most 10 groups");
    }
    require_movable(host, by, &wish).await?;
    let now = host.now();
    let asked = Move {
        id: format!("{ID}{}-{}", now.compact(), random_suffix(host)),
        role: role.to_owned(),
        account: wish.account,
        from: wish.from,
        resource: wish.resource,
        groups: wish.groups,
        reason: wish.reason,
        asked: edit(by, now),
        state: MoveState::AwaitingApproval,
        since: now,
        approved: None,
        to: None,
        call: None,
        message: None,
    };
    commit(host, async || {
        let mut book: MovesBook = load(host).await?;
        if book.open().any(|open| open.account == asked.account) {
            return Err(DecisionError::wrong_state(
                "there is a move of this person already",
            ));
        }
        book.put(asked.clone());
        book.tidy(now)?;
        if book.open().count() > MAX_OPEN || book.is_full()? {
            return Err(DecisionError::wrong_state(format!(
                "there are {MAX_OPEN} moves at a time at most: let some of them end first"
            )));
        }
        let what = (LogAction::BeginMove, Outcome::Done);
        let actor = Actor::Person(by.clone());
        let change = Change {
            entries: vec![entry(&asked, now, &actor, what, &asked.reason)],
            writes: vec![book.write()?],
        };
        Ok((change, ()))
    })
    .await?;
    Ok(asked)
}

fn invalid<T>(why: &str) -> Result<T, DecisionError> {
    Err(DecisionError::Invalid(String::from(why)))
}

/// Refuses what the newest reading of the organization speaks against.
async fn require_movable<H: Host>(
    host: &H,
    by: &AccountId,
    wish: &Wish,
) -> Result<(), DecisionError> {
    let connection: ConnectionBook = load(host).await?;
    if connection.connection.is_none() {
        return Err(DecisionError::NotConnected);
    }
    let head = newest_head(host).await?;
    let Some(head) = head.filter(|head| head.source == Source::Organization) else {
        let why = "the organization was not read yet: read it first";
        return Err(DecisionError::wrong_state(why));
    };
    if !head.has_resource(&wish.resource) {
        return invalid("the organization has no such product");
    }
    let snapshot = load_snapshot(host, &head).await?;
    let Some(row) = snapshot.find(&wish.account, &wish.from) else {
        return invalid("the directory does not list this person");
    };
    if snapshot.is_in_several_directories(row) {
        return invalid("the person is in several directories already");
    }
    if snapshot.email(row).is_none() {
        return invalid(
            "the person's e-mail address is not known, and nobody is invited without one",
        );
    }
    let is_of_the_same = |other| {
        snapshot.directory(other) == Some(&wish.from) && holds(&snapshot, other, &wish.resource)
    };
    if snapshot.rows().any(is_of_the_same) {
        return invalid("the product belongs to the directory that the person is in");
    }
    let seats = seats_known(host).await?;
    let settings: Settings = load(host).await?;
    let own = settings.roles.groups();
    for group in &wish.groups {
        match joinable(group, group.as_str(), (&seats, &own)) {
            Ok(()) => {}
            Err(Hindrance::Impossible { reason, .. } | Hindrance::Unknown(reason)) => {
                return invalid(&reason);
            }
        }
    }
    // Those who are known: they are read before the person is invited.
    let duties = protect::shown(host, settings.protect).await?;
    match hindrance(host, by, &duties, (&snapshot, row)).await? {
        Some(why) => Err(DecisionError::Invalid(why)),
        None => Ok(()),
    }
}
