//! What a stage wants done, with its names resolved against the organization; and what of it can be done to a person.

use super::act::Act;
use super::address::still_has_address;
use super::by_hand::{Deed, require_no_administrator};
use super::denied::Denied;
use super::hindrance::Hindrance;
use super::joining::{joinable, name_of};
use super::mark::{Mark, require_unmarked};
use super::reached::reached;
use crate::atlassian::Seats;
use crate::model::{
    Action, Claim, DirectoryId, GroupId, ManagedBy, Resource, Status, Truth, is_uuid,
};
use crate::policy::{Pattern, Stage};
use crate::snapshot::{Row, Site, Snapshot};

/// What is known of groups besides who is in them.
#[derive(Clone, Copy, Debug)]
pub struct GroupFacts<'a> {
    /// Which products they grant.
    pub seats: &'a Seats,
    /// Groups whose members cannot be changed here, each with the reason.
    pub closed: &'a [(GroupId, String)],
    /// In which directory groups are, as far as that was said.
    pub directories: &'a [(GroupId, DirectoryId)],
    /// Groups that carry a role of this app.
    pub own: &'a [GroupId],
    /// What the key is known not to allow, in them and besides.
    pub denied: Denied<'a>,
}

impl GroupFacts<'_> {
    /// Whether one of these groups gives an access, or nobody knows.
    pub(super) fn may_grant(&self, groups: &[GroupId], resource: &Resource) -> bool {
        groups
            .iter()
            .any(|group| self.seats.grants(group.as_str(), resource.as_str()) != Truth::False)
    }
}

/// Actions that take only what the stage names; the others that take access take all of it.
const TAKES_SOME: [Action; 2] = [Action::RemoveAccess, Action::RemoveFromGroups];

/// A stage made ready for an organization.
#[derive(Clone, Debug, Default)]
pub struct Aim {
    actions: Vec<Action>,
    resources: Vec<Resource>,
    leave: Vec<Pattern>,
    join: Vec<GroupId>,
    rename: Mark,
    /// What no stage can ask for.
    deed: Option<Deed>,
}

/// Why a stage cannot be made ready.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AimError {
    /// A site of the stage is none of the organization's.
    #[error("the policy names the site `{0}`, which the organization does not have")]
    UnknownSite(String),
    /// A group that people are to be added to is not there, or several are.
    #[error("the policy adds people to the group `{0}`, which is not there exactly once")]
    UnknownGroup(String),
}

impl Aim {
    /// What only a run over people chosen by hand may do.
    pub fn by_hand(deed: Deed) -> Aim {
        Aim {
            deed: Some(deed),
            ..Aim::default()
        }
    }

    /// Resolves a stage's names. A renaming without a template adds the date.
    ///
    /// # Errors
    /// Sites and groups that the organization does not have.
    pub fn of(
        stage: &Stage,
        snapshot: &Snapshot,
        sites: &[Site],
        date: &str,
    ) -> Result<Aim, AimError> {
        let mut aim = Aim {
            actions: stage.r#do.clone(),
            ..Aim::default()
        };
        if aim.does(Action::RemoveAccess) {
            aim.resources = resources(stage, snapshot, sites)?;
        }
        let groups = stage.groups.as_deref().unwrap_or_default();
        if aim.does(Action::RemoveFromGroups) {
            aim.leave = groups.to_vec();
        }
        if aim.does(Action::AddToGroup) {
            for group in groups {
                aim.join.push(group_named(group, snapshot)?);
            }
        }
        let template = stage.template.as_ref().map(|template| template.of(None));
        aim.rename = Mark::of(template, date);
        Ok(aim)
    }

    /// Whether it takes access.
    pub fn takes_access(&self) -> bool {
        self.actions.iter().any(|action| action.takes_access())
    }

    /// Whether it writes to people.
    pub fn warns(&self) -> bool {
        self.does(Action::Warn)
    }

    fn does(&self, action: Action) -> bool {
        self.actions.contains(&action)
    }

    /// Every group that an act of this aim may change, in a snapshot of everybody: what must be known of them.
    pub fn groups<'s>(
        &'s self,
        snapshot: &'s Snapshot,
        seats: &'s Seats,
    ) -> impl Iterator<Item = &'s GroupId> {
        let left = snapshot.all_groups().iter().filter(move |group| {
            self.leaves(group) || grants_any(seats, &group.id, &self.resources) != Truth::False
        });
        left.map(|group| &group.id).chain(&self.join)
    }

    /// Whether a group is one that this aim takes people out of by name (RULES R8).
    pub fn leaves(&self, group: &crate::snapshot::Group) -> bool {
        self.leave.iter().any(|pattern| {
            group.id.as_str() == pattern.0
                || group.name.as_deref().is_some_and(|name| pattern.fits(name))
        })
    }

    /// Whether an access is one that this aim can take (RULES R8).
    pub fn can_take(&self, resource: &Resource) -> bool {
        let takes_all = self
            .actions
            .iter()
            .any(|action| action.takes_access() && !TAKES_SOME.contains(action));
        takes_all || self.deed.is_some() || self.resources.contains(resource)
    }

    /// The acts on a person, in the order of the stage. What is so already is left out.
    ///
    /// # Errors
    /// What stands in the way of the first act that cannot be done, or that there is nothing to do.
    pub fn acts(
        &self,
        snapshot: &Snapshot,
        row: Row,
        facts: GroupFacts<'_>,
    ) -> Result<Vec<Act>, Hindrance> {
        if let Some(deed) = &self.deed {
            let act = deed.act(snapshot, row)?;
            possible(&act, snapshot, row, facts)?;
            return Ok(vec![act]);
        }
        let (mut acts, mut so_already) = (Vec::new(), None);
        for action in &self.actions {
            let act = match action {
                Action::Review | Action::CreateIssue => continue,
                Action::Warn => Act::Warn,
                Action::Suspend => Act::Suspend,
                Action::Restore => Act::Restore,
                Action::Deactivate => Act::Deactivate,
                Action::RemoveFromOrganization => Act::RemoveFromOrganization,
                Action::Delete => Act::Delete,
                Action::Rename => self.rename.act(),
                Action::AddToGroup => Act::AddToGroup {
                    groups: self.joined(snapshot, row)?,
                },
                Action::RemoveFromGroups => Act::RemoveFromGroups {
                    groups: self.left(snapshot, row)?,
                },
                Action::RemoveAccess => Act::RemoveAccess {
                    resources: self.resources.clone(),
                    groups: granting(snapshot, row, &self.resources, facts.seats)?,
                },
            };
            match possible(&act, snapshot, row, facts) {
                Ok(()) => acts.push(act),
                Err(hindrance) if reached(&act, snapshot, row) == Truth::True => {
                    so_already.get_or_insert(hindrance);
                }
                Err(hindrance) => return Err(hindrance),
            }
        }
        match so_already {
            Some(hindrance) if acts.is_empty() => Err(hindrance),
            _ => Ok(acts),
        }
    }

    /// The groups that the person is not in yet: an undo must not take what was there before.
    fn joined(&self, snapshot: &Snapshot, row: Row) -> Result<Vec<GroupId>, Hindrance> {
        let mut missing = self.join.clone();
        for group in known_groups(snapshot, row)? {
            missing.retain(|wanted| *wanted != group.id);
        }
        Ok(missing)
    }

    fn left(&self, snapshot: &Snapshot, row: Row) -> Result<Vec<GroupId>, Hindrance> {
        let groups = known_groups(snapshot, row)?;
        let left = groups.filter(|group| self.leaves(group));
        Ok(left.map(|group| group.id.clone()).collect())
    }
}

fn known_groups(
    snapshot: &Snapshot,
    row: Row,
) -> Result<impl Iterator<Item = &crate::snapshot::Group>, Hindrance> {
    let unknown = || Hindrance::Unknown(String::from("the groups are not known"));
    snapshot.groups(row).ok_or_else(unknown)
}

fn resources(
    stage: &Stage,
    snapshot: &Snapshot,
    sites: &[Site],
) -> Result<Vec<Resource>, AimError> {
    let products = stage.products.as_deref().unwrap_or_default();
    let mut resources = Vec::new();
    for site in stage.sites.as_deref().unwrap_or_default() {
        let cloud_id = snapshot
            .cloud_id(sites, site)
            .ok_or_else(|| AimError::UnknownSite(site.clone()))?;
        for access in snapshot.accesses() {
            let is_meant = products.contains(&access.product)
                && access.resource.site() == Some(cloud_id.as_str());
            if is_meant && !resources.contains(&access.resource) {
                resources.push(access.resource.clone());
            }
        }
    }
    Ok(resources)
}

pub(super) fn group_named(group: &Pattern, snapshot: &Snapshot) -> Result<GroupId, AimError> {
    let mut named = snapshot
        .all_groups()
        .iter()
        .filter(|known| known.id.as_str() == group.0 || known.name.as_deref() == Some(&group.0));
    match (named.next(), named.next()) {
        (Some(group), None) => Ok(group.id.clone()),
        (None, _) if is_uuid(&group.0) => Ok(GroupId(group.0.clone())),
        _ => Err(AimError::UnknownGroup(group.0.clone())),
    }
}

fn grants_any(seats: &Seats, group: &GroupId, resources: &[Resource]) -> Truth {
    let mut grants = Truth::False;
    for resource in resources {
        match seats.grants(group.as_str(), resource.as_str()) {
            Truth::True => return Truth::True,
            Truth::Unknown => grants = Truth::Unknown,
            Truth::False => {}
        }
    }
    grants
}

/// A person's groups that grant one of these resources.
fn granting(
    snapshot: &Snapshot,
    row: Row,
    resources: &[Resource],
    seats: &Seats,
) -> Result<Vec<GroupId>, Hindrance> {
    let mut granting = Vec::new();
    for group in known_groups(snapshot, row)? {
        match grants_any(seats, &group.id, resources) {
            Truth::True => granting.push(group.id.clone()),
            Truth::False => {}
            Truth::Unknown => {
                let name = group.name.as_deref().unwrap_or(group.id.as_str());
                let reason = format!("it is not known what the group {name} grants");
                return Err(Hindrance::Unknown(reason));
            }
        }
    }
    Ok(granting)
}

/// Whether an act can be done to a person as they are.
///
/// # Errors
/// What stands in its way.
pub fn possible(
    act: &Act,
    snapshot: &Snapshot,
    row: Row,
    facts: GroupFacts<'_>,
) -> Result<(), Hindrance> {
    status_fits(act, snapshot, row)?;
    facts.denied.require(act)?;
    if act.needs_management() {
        manageable(act, snapshot, row)?;
    }
    if act.is_only_by_hand() {
        require_no_administrator(snapshot, row, facts.seats)?;
    }
    match act {
        Act::RemoveAccess { resources, groups } => {
            has_access(snapshot, row, resources)?;
            open(groups, facts)
        }
        Act::RemoveFromGroups { groups } => {
            if groups.is_empty() {
                return Err(Hindrance::impossible("the person is in none of the groups"));
            }
            open(groups, facts)
        }
        Act::AddToGroup { groups } => {
            let mut missing = groups.clone();
            for group in known_groups(snapshot, row)? {
                missing.retain(|wanted| *wanted != group.id);
            }
            if missing.is_empty() {
                return Err(Hindrance::impossible("the person is in the groups already"));
            }
            for group in &missing {
                joinable(group, name_of(snapshot, group), (facts.seats, facts.own))?;
            }
            of_the_directory(&missing, snapshot.directory(row), facts)?;
            open(&missing, facts)
        }
        Act::GiveAccess { groups, .. } => open(groups, facts),
        Act::SetEmail { from, .. } => still_has_address(snapshot, row, from),
        Act::Rename { back, .. } => require_unmarked(act, *back, snapshot, row),
        _ => Ok(()),
    }
}

/// What somebody may be in a directory that lists them while they are one of these in another one: of a person who holds
/// nothing there Atlassian does not say which.
const EITHER: [Status; 2] = [Status::Active, Status::Suspended];

fn is_in_use_elsewhere(snapshot: &Snapshot, row: Row) -> bool {
    let mut others = snapshot.elsewhere(row);
    others.any(|other| {
        let status = snapshot.status(other);
        status.is_some_and(|status| EITHER.contains(&status))
    })
}

/// The status that an act begins with. What is so already is not in the plan.
fn status_fits(act: &Act, snapshot: &Snapshot, row: Row) -> Result<(), Hindrance> {
    let fits: &[Status] = match act {
        Act::Suspend | Act::RemoveAccess { .. } | Act::RemoveFromGroups { .. } | Act::Warn => {
            &[Status::Active]
        }
        Act::Restore => &[Status::Suspended],
        Act::Deactivate => &[Status::Active, Status::Suspended, Status::NotInvited],
        Act::Reactivate => &[Status::Deactivated],
        Act::RemoveFromOrganization | Act::GiveAccess { .. } | Act::AddToGroup { .. } => {
            &[Status::Active, Status::Suspended, Status::Deactivated]
        }
        Act::SetEmail { .. } => &[Status::Active, Status::Suspended, Status::NotInvited],
        Act::Delete | Act::Rename { .. } | Act::RevokeTokens => &[
            Status::Active,
            Status::Suspended,
            Status::NotInvited,
            Status::Deactivated,
        ],
        Act::CancelDelete => &[Status::ForDeletion],
    };
    let does_fit = |status: &Status| fits.contains(status);
    let Some(status) = snapshot.status(row) else {
        return if is_in_use_elsewhere(snapshot, row) && EITHER.iter().all(does_fit) {
            Ok(())
        } else {
            Err(Hindrance::Unknown(String::from("the status is not known")))
        };
    };
    if does_fit(&status) {
        return Ok(());
    }
    let reason = format!("nothing to {}: the status is {}", verb(act), status.name());
    Err(Hindrance::impossible(reason))
}

fn verb(act: &Act) -> &'static str {
    match act {
        Act::Suspend => "suspend",
        Act::Restore => "restore",
        Act::Deactivate => "deactivate",
        Act::Reactivate => "reactivate",
        Act::Delete => "delete",
        Act::CancelDelete => "cancel",
        Act::RemoveFromOrganization => "remove",
        Act::RemoveAccess { .. } | Act::RemoveFromGroups { .. } => "take",
        Act::GiveAccess { .. } => "give back",
        Act::AddToGroup { .. } => "give",
        Act::Rename { .. } => "rename",
        Act::SetEmail { .. } => "change",
        Act::RevokeTokens => "revoke",
        Act::Warn => "warn of",
    }
}

/// Only managed accounts can be changed as accounts, and not those that an identity provider keeps.
fn manageable(act: &Act, snapshot: &Snapshot, row: Row) -> Result<(), Hindrance> {
    let class = snapshot.class(row);
    match class.and_then(|class| class.claim) {
        Some(Claim::Managed) => {}
        Some(Claim::External) => {
            let reason = format!("an external account: there is no {} for it", act.name());
            return Err(Hindrance::impossible(reason));
        }
        None => {
            let reason = String::from("it is not known whether the account is managed");
            return Err(Hindrance::Unknown(reason));
        }
    }
    match class.and_then(|class| class.managed_by) {
        // Tokens are Atlassian's own, whoever keeps the account.
        Some(ManagedBy::Idp) if *act != Act::RevokeTokens => Err(Hindrance::Impossible {
            reason: String::from("an identity provider keeps the account: change it there"),
            groups: Vec::new(),
            provided: true,
        }),
        Some(ManagedBy::Admins | ManagedBy::Idp) | None => Ok(()),
    }
}

fn has_access(snapshot: &Snapshot, row: Row, resources: &[Resource]) -> Result<(), Hindrance> {
    let unknown = || Hindrance::Unknown(String::from("the product access is not known"));
    let mut accesses = snapshot.activities(row).ok_or_else(unknown)?;
    let has_one = accesses.any(|(access, _)| {
        let access = usize::try_from(access).ok();
        let access = access.and_then(|access| snapshot.accesses().get(access));
        access.is_some_and(|access| resources.contains(&access.resource))
    });
    if has_one {
        return Ok(());
    }
    Err(Hindrance::impossible(
        "nothing to take: the person has no such access",
    ))
}

/// A group takes only people of its own directory.
fn of_the_directory(
    groups: &[GroupId],
    directory: Option<&DirectoryId>,
    facts: GroupFacts<'_>,
) -> Result<(), Hindrance> {
    let mut known = facts.directories.iter();
    let elsewhere =
        known.find(|(group, of)| groups.contains(group) && directory.is_some_and(|own| own != of));
    match elsewhere {
        Some((group, _)) => {
            let reason = format!("the group {group} is in another directory than the person");
            Err(Hindrance::impossible(reason))
        }
        None => Ok(()),
    }
}

/// How the reason begins for a group of which it is not told whether anybody else keeps it.
pub const KEPT_BY_NOBODY_KNOWS: &str = "it is not known who keeps the group";

fn open(groups: &[GroupId], facts: GroupFacts<'_>) -> Result<(), Hindrance> {
    let mut closed = facts
        .closed
        .iter()
        .filter(|(group, _)| groups.contains(group));
    let Some((_, reason)) = closed.next() else {
        return Ok(());
    };
    if reason.starts_with(KEPT_BY_NOBODY_KNOWS) {
        return Err(Hindrance::Unknown(reason.clone()));
    }
    let all = facts.closed.iter().map(|(group, _)| group.clone());
    Err(Hindrance::Impossible {
        reason: reason.clone(),
        groups: all.filter(|group| groups.contains(group)).collect(),
        provided: false,
    })
}

/// Whether an act is still what the plan says, on a later reading of the person.
///
/// # Errors
/// What stands in its way, or has changed.
pub fn still_fits(
    act: &Act,
    snapshot: &Snapshot,
    row: Row,
    facts: GroupFacts<'_>,
) -> Result<(), Hindrance> {
    possible(act, snapshot, row, facts)?;
    let changed = || Hindrance::impossible("the groups have changed since the plan was made");
    match act {
        Act::RemoveAccess { resources, groups } => {
            let now = granting(snapshot, row, resources, facts.seats)?;
            let is_same = now.len() == groups.len() && now.iter().all(|one| groups.contains(one));
            if !is_same {
                return Err(changed());
            }
        }
        Act::RemoveFromGroups { groups } => {
            let mut left = groups.clone();
            for group in known_groups(snapshot, row)? {
                left.retain(|known| *known != group.id);
            }
            if !left.is_empty() {
                return Err(changed());
            }
        }
        _ => {}
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::AccountId;
    use crate::snapshot::UserRecord;

    #[test]
    fn what_is_so_already_is_left_out_and_keeps_nobody_from_the_rest() {
        let policy = r#"{"version":1,"id":"p","name":"P","match":{"all":[{"status":["active"]}]},
            "stages":[{"after":"0d","do":["rename","addToGroup","suspend"],"groups":["g"]}]}"#;
        let stage = &crate::policy::read(policy).unwrap().stages[0];
        let acts = |name: &str, is_member: bool, status: Status| {
            let group = crate::snapshot::Group {
                id: GroupId("g".into()),
                name: None,
            };
            let mut snapshot = Snapshot::new();
            for (account, groups) in [
                ("a", Vec::from_iter(is_member.then(|| group.clone()))),
                ("another", vec![group]),
            ] {
                snapshot.push(&UserRecord {
                    status: Some(status),
                    claim: Some(Claim::Managed),
                    name: Some(name.into()),
                    groups: Some(groups),
                    ..UserRecord::unknown(AccountId(account.into()), DirectoryId("1".into()))
                });
            }
            let aim = Aim::of(stage, &snapshot, &[], "2026-11-21").unwrap();
            let row = snapshot.rows().next().unwrap();
            let mut seats = Seats::default();
            let site = Resource("ari:cloud:jira-software::site/1".into());
            seats.grant(&GroupId("g".into()), &site, &["atlassian/user".into()]);
            let facts = GroupFacts {
                seats: &seats,
                closed: &[],
                directories: &[],
                own: &[],
                denied: Denied::default(),
            };
            let acts = aim.acts(&snapshot, row, facts);
            acts.map(|acts| acts.iter().map(Act::name).collect::<Vec<_>>())
        };
        let marked = "Ann (inactive 2026-11-21)";
        assert_eq!(acts("Ann", false, Status::Active).unwrap().len(), 3);
        assert_eq!(
            acts("Ann", true, Status::Active).unwrap(),
            ["rename", "suspend"]
        );
        assert_eq!(acts(marked, true, Status::Active).unwrap(), ["suspend"]);
        assert!(acts(marked, true, Status::Suspended).is_err());
    }
}
