//! The people as they truly are, since when, and whether anything shelters them.

use std::collections::BTreeMap;

use chrono::TimeDelta;
use cloud::Time;
use cloud::organization::{
    Access, AccountStatus, Organization, PlatformRole, Product, Standing, User,
};
use serde_json::{Value, json};

use super::orders::{Certainty, Held};
use super::{KNOWN_SECONDS, Observer};
use crate::in_process::World;
use crate::policies::PolicyText;

/// How long a person whom somebody else restored is left alone (RULES R18), and some days for it to be noticed.
const LEFT_ALONE_DAYS: i64 = 33;

/// What is true of a person.
#[derive(Clone, Debug, PartialEq)]
pub struct Facts {
    pub name: String,
    groups: Vec<String>,
    accesses: Vec<(usize, Product)>,
    is_admin: bool,
    standing: Vec<bool>,
    account_is_active: bool,
    pub domain: String,
    /// The latest use of anything.
    used: Option<Time>,
    /// Whether every access has a use on record.
    is_recorded: bool,
    /// Something that decides is not told by the API.
    is_silent: bool,
    groups_are_silent: bool,
    email_is_silent: bool,
}

/// A person with the times of their changes.
#[derive(Clone, Debug)]
pub struct Known {
    pub facts: Facts,
    /// When anything about them, or about what shelters them, changed last.
    pub changed: Time,
    /// Since when something shelters them, and what.
    pub sheltered: Option<(Time, &'static str)>,
    /// When somebody else changed their standing last.
    pub foreign: Option<Time>,
    /// When somebody else changed their groups last.
    regrouped: Option<Time>,
}

/// Everybody.
#[derive(Clone, Debug, Default)]
pub struct People {
    pub known: BTreeMap<String, Known>,
}

impl People {
    /// Somebody else changed a person in a way that their facts do not show.
    pub(super) fn note_disturbed(&mut self, account: &str, at: Time) {
        if let Some(known) = self.known.get_mut(account) {
            known.regrouped = Some(at);
        }
    }
}

impl Facts {
    fn of(user: &User, group_ids: &[String], are_suspended_shown: bool) -> Facts {
        let admin =
            |role: &PlatformRole| matches!(role, PlatformRole::OrgAdmin | PlatformRole::SiteAdmin);
        let used = user
            .accesses
            .iter()
            .filter_map(|access| access.seen)
            .map(|seen| seen.at)
            .max();
        let missing = user.missing;
        let account_is_active = user.account_status == AccountStatus::Active && !user.for_deletion;
        let standing: Vec<bool> = user
            .memberships
            .iter()
            .map(|membership| membership.standing == Standing::Active)
            .collect();
        let is_suspended = account_is_active && !standing.is_empty() && !standing.contains(&true);
        let is_hidden = is_suspended && !are_suspended_shown;
        Facts {
            name: user.name.clone(),
            accesses: {
                let accesses = user.accesses.iter();
                accesses
                    .map(|access| (access.site, access.product))
                    .collect()
            },
            groups: user
                .groups
                .iter()
                .map(|at| group_ids[*at].clone())
                .collect(),
            is_admin: user.platform_roles.iter().any(admin),
            standing,
            account_is_active,
            domain: user.email_domain().to_owned(),
            used,
            is_recorded: user.accesses.iter().all(|access| access.seen.is_some()),
            is_silent: missing.status || missing.product_access || missing.platform_roles,
            groups_are_silent: missing.groups || is_hidden,
            email_is_silent: missing.email,
        }
    }

    /// Whether they could be suspended at all.
    pub fn is_active(&self) -> bool {
        self.account_is_active && self.standing.contains(&true)
    }

    /// Whether a text means them, read naively; `None` where it cannot be known.
    pub fn is_meant(&self, text: &PolicyText, reference: Time) -> Option<bool> {
        if !self.is_active() {
            return Some(false);
        }
        let Some(used) = self.used else {
            return Some(false);
        };
        if used >= text.idle_since(reference) {
            return Some(false);
        }
        if !text.only_contractors {
            return Some(true);
        }
        if self.email_is_silent {
            return None;
        }
        Some(cloud::organization::CONTRACTOR_DOMAINS.contains(&self.domain.as_str()))
    }

    /// Whether several directories list them: each is decided by itself, which what is noted here does not tell.
    pub fn is_in_several(&self) -> bool {
        self.standing.len() > 1
    }

    /// Whether a reading shows how they stand and what they are in.
    pub fn is_shown(&self) -> bool {
        !self.is_in_several() && !self.is_silent && !self.groups_are_silent
    }

    /// Whether a reading shows all that decides on them, without asking again.
    pub fn is_plain(&self) -> bool {
        !self.is_in_several()
            && self.is_recorded
            && !self.is_silent
            && !self.groups_are_silent
            && !self.email_is_silent
    }
}

/// An access, for the record.
fn access_line(organization: &Organization, access: &Access) -> Value {
    json!({"product": access.product.key(), "site": organization.sites[access.site].host(), "role": access.role.name(),
        "lastUsed": access.seen.map(|seen| seen.at)})
}

impl Observer {
    /// Notes everybody as they are now. Changes of standing are somebody else's, unless they are ours.
    pub(super) fn see_people(&mut self, world: &World, by_us: bool) {
        let cloud = world.cloud.borrow();
        let now = cloud.now();
        let organization = cloud.organization();
        let group_ids: Vec<String> = organization
            .groups
            .iter()
            .map(|group| group.id.clone())
            .collect();
        let are_suspended_shown = cloud.switches().suspended_groups_shown;
        let mut population = 0;
        for user in &organization.users {
            let facts = Facts::of(user, &group_ids, are_suspended_shown);
            if facts.is_active() && !user.accesses.is_empty() {
                population += 1;
            }
            let shelter = self.shelter(&user.account_id, &facts);
            let before = self.people.known.get(&user.account_id);
            let is_new = before.is_none_or(|known| {
                known.facts != facts || known.sheltered.map(|(_, why)| why) != shelter
            });
            if !is_new {
                continue;
            }
            let sheltered = shelter.map(|why| {
                let since = before
                    .and_then(|known| known.sheltered)
                    .map(|(since, _)| since);
                (since.unwrap_or(now), why)
            });
            let standing_changed = before.is_some_and(|known| {
                known.facts.standing != facts.standing
                    || known.facts.account_is_active != facts.account_is_active
            });
            let foreign = if standing_changed && !by_us {
                Some(now)
            } else {
                before.and_then(|known| known.foreign)
            };
            let groups_changed = before.is_some_and(|known| known.facts.groups != facts.groups);
            let regrouped = if groups_changed && !by_us {
                Some(now)
            } else {
                before.and_then(|known| known.regrouped)
            };
            self.record.person(|| {
                let accesses: Vec<Value> = user.accesses.iter().map(|access| access_line(organization, access)).collect();
                json!({"at": now, "account": user.account_id, "accountType": "atlassian", "accesses": accesses, "sheltered": shelter, "active": facts.is_active(), "lastUsed": facts.used,
                    "groups": facts.groups, "administrator": facts.is_admin, "emailDomain": facts.domain,
                    "directories": facts.standing.len(), "silent": facts.is_silent})
            });
            let known = Known {
                facts,
                changed: now,
                sheltered,
                foreign,
                regrouped,
            };
            self.people.known.insert(user.account_id.clone(), known);
        }
        self.largest_population.push((now, population));
        let horizon = now - TimeDelta::hours(54);
        // The last one before the horizon still held at it.
        while matches!(self.largest_population.get(1), Some((at, _)) if *at < horizon) {
            self.largest_population.remove(0);
        }
    }

    /// The largest population of the last two days: a plan rests on a snapshot that is a day old at most.
    pub(super) fn population(&self) -> usize {
        let sizes = self.largest_population.iter().map(|(_, size)| *size);
        sizes.max().unwrap_or_default()
    }

    /// What shelters a person beyond doubt.
    fn shelter(&self, account: &str, facts: &Facts) -> Option<&'static str> {
        let is_certain =
            |held: &Held| matches!(self.exemptions.get(held), Some(Certainty::Sure(_)));
        let is_exempt = |kind: fn(&Held) -> bool| {
            let mut certain = self.exemptions.iter().filter(|(held, _)| kind(held));
            certain.any(|(_, certainty)| matches!(certainty, Certainty::Sure(_)))
        };
        if account == self.owner {
            return Some("the owner of the key");
        }
        if facts.is_admin {
            return Some("an administrator");
        }
        if facts.is_silent {
            return Some("unknown");
        }
        if is_certain(&Held::User(account.to_owned())) {
            return Some("exempt by name");
        }
        let mut groups = facts.groups.iter();
        if !facts.groups_are_silent && groups.any(|group| is_certain(&Held::Group(group.clone()))) {
            return Some("exempt by group");
        }
        if is_certain(&Held::Domain(facts.domain.clone())) && !facts.email_is_silent {
            return Some("exempt by domain");
        }
        if facts.groups_are_silent && is_exempt(|held| matches!(held, Held::Group(_))) {
            return Some("undecided: the groups are unknown");
        }
        let is_undecided =
            facts.email_is_silent && is_exempt(|held| matches!(held, Held::Domain(_)));
        is_undecided.then_some("undecided: the address is unknown")
    }

    /// Whether anything might shelter a person, surely or perhaps.
    pub(super) fn may_be_sheltered(&self, account: &str, known: &Known, now: Time) -> bool {
        let is_named = |held: &Held| self.exemptions.contains_key(held);
        let is_left_alone = known
            .foreign
            .is_some_and(|at| now - at < TimeDelta::days(LEFT_ALONE_DAYS));
        known.sheltered.is_some()
            || is_left_alone
            || self.given.contains_key(account)
            || self.was_perhaps_given_back(account, known)
            || is_named(&Held::User(account.to_owned()))
            || is_named(&Held::Domain(known.facts.domain.clone()))
            || known
                .facts
                .groups
                .iter()
                .any(|group| is_named(&Held::Group(group.clone())))
    }

    /// Whether somebody else changed a person's groups after a run of ours did something to them: it may have been found taken
    /// back, and whoever that is stays alone.
    fn was_perhaps_given_back(&self, account: &str, known: &Known) -> bool {
        let mut acted = self.acted.iter();
        known
            .regrouped
            .is_some_and(|at| acted.any(|acted| acted.account == account && at >= acted.at))
    }

    /// Whether an order about an exemption that concerns a person was given since a time.
    pub(super) fn was_ordered_about(&self, account: &str, known: &Known, since: Time) -> bool {
        let is_recent = |held: &Held| self.ordered.get(held).is_some_and(|at| *at >= since);
        is_recent(&Held::User(account.to_owned()))
            || is_recent(&Held::Domain(known.facts.domain.clone()))
            || known
                .facts
                .groups
                .iter()
                .any(|group| is_recent(&Held::Group(group.clone())))
    }

    /// What sheltered a person for so long that every action had to know it.
    pub(super) fn known_shelter(&self, account: &str, now: Time) -> Option<(Time, &'static str)> {
        let sheltered = self.people.known.get(account)?.sheltered?;
        (now - sheltered.0 > TimeDelta::seconds(KNOWN_SECONDS)).then_some(sheltered)
    }

    /// Whether somebody else changed a person's standing or groups since a time.
    pub(super) fn is_disturbed(&self, account: &str, since: Time) -> bool {
        self.people.known.get(account).is_some_and(|known| {
            let last = known.foreign.max(known.regrouped);
            last.is_some_and(|at| at >= since)
        })
    }
}
