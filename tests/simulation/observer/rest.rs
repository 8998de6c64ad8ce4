//! When all is quiet: what a perfect run would have left.

use std::collections::BTreeSet;

use chrono::TimeDelta;
use cloud::Time;
use cloud::organization::{Access, Group, Role};

use super::decisions::{fates, planned};
use super::{Observer, RunSeen, stored_run, time_of};
use crate::deeds::Deed;
use crate::in_process::World;

/// What changed so shortly before a snapshot may not be in it: groups and roles are shown late.
const SHOWN_SECONDS: i64 = 60;

impl Observer {
    /// To be asked when nothing is under way and nothing queued.
    pub fn expect_rest(&mut self, world: &World) {
        let now = world.cloud.borrow().now();
        for ((account, _), open) in self.open.clone() {
            self.broken(
                now,
                format!("the intent for {account} by {} has no outcome", open.run),
            );
        }
        for run in self.wanting(world) {
            self.broken(now, format!("{run} is not over, and nothing is under way"));
        }
    }

    /// A run that ended with everything done: whoever it meant all the time must have been acted on.
    pub(super) fn look_for_the_missed(&mut self, world: &World, run: &str, now: Time) {
        let Some(stored) = stored_run(world, run) else {
            return;
        };
        let plain = world.cloud.borrow().switches().timestamp_omitted_percent == 0;
        let is_undo = stored["undoes"]["run"].is_string();
        if stored["state"] != "done" || is_undo || !plain {
            return;
        }
        let (Some(text), Some(reference), Some(taken)) = (
            self.text_of(&stored).cloned(),
            time_of(&stored["now"]),
            time_of(&stored["plan"]["snapshotTaken"]),
        ) else {
            return;
        };
        // Whether anything else can be done depends on more than is told here.
        let deed = text.first_deed().cloned();
        let can_be_done = |account: &str| match &deed {
            Some(Deed::Suspend) => true,
            Some(Deed::RemoveAccess(product, host)) => {
                stored["counts"]["unknown"] == 0 && can_lose(world, account, product, host)
            }
            _ => false,
        };
        let is_judged = matches!(deed, Some(Deed::Suspend | Deed::RemoveAccess(..)));
        let entered = self.entry_for(&text, run, (reference, taken));
        let Some((entered, read)) = entered.filter(|_| is_judged) else {
            return;
        };
        let settled = read - TimeDelta::seconds(SHOWN_SECONDS);
        let others = self.planned_by_others(world, run);
        let mut missed = Vec::new();
        for (account, known) in &self.people.known {
            let is_meant = known.facts.is_plain()
                && known.changed < settled
                && known.facts.is_meant(&text, entered) == Some(true)
                && !self.may_be_sheltered(account, known, now)
                && !self.was_ordered_about(account, known, settled)
                && !administers_anything(world, account)
                && !self.may_be_held_out(run, account)
                && !others.contains(account)
                && !self.is_unasked(run, account)
                && can_be_done(account)
                && !self.was_acted_on_lately(account, now);
            if is_meant {
                missed.push(account.clone());
            }
        }
        self.tally.perfect_ends += 1;
        if !missed.is_empty() {
            let fates = fates(world, run);
            let told = missed.iter().map(|account| {
                let fate = fates.get(account).map_or("not in the plan", String::as_str);
                format!("{account} ({fate})")
            });
            let told = told.collect::<Vec<_>>().join(", ");
            self.broken(now, format!("{run} is done and has left out {told}"));
        }
    }

    fn was_acted_on_lately(&self, account: &str, now: Time) -> bool {
        let two_days = TimeDelta::hours(48);
        let lately = self
            .acted
            .iter()
            .rev()
            .take_while(|acted| now - acted.at < two_days);
        lately.into_iter().any(|acted| acted.account == account)
    }

    /// Everybody whom another run had that this one might have had to leave to it.
    fn planned_by_others(&self, world: &World, run: &str) -> BTreeSet<String> {
        let Some(this) = self.runs.get(run) else {
            return BTreeSet::new();
        };
        let day = TimeDelta::hours(25);
        let meets = |(id, other): &(&String, &RunSeen)| {
            id.as_str() != run
                && !other.is_dry
                && other.ended.is_none_or(|ended| ended + day > this.started)
        };
        let others = self.runs.iter().filter(meets);
        others.flat_map(|(id, _)| planned(world, id)).collect()
    }
}

/// Whether a person is in a group that makes administrators: those of the organization and of a site are protected, whatever is
/// shown of their roles; of a product, who would be the last active one of it is spared,
/// with whom that may be depending on who else goes.
fn administers_anything(world: &World, account: &str) -> bool {
    let cloud = world.cloud.borrow();
    let organization = cloud.organization();
    let groups = organization.user(account).map(|user| user.groups.clone());
    let mut groups = groups.into_iter().flatten();
    groups.any(|group| {
        let group = &organization.groups[group];
        let mut grants = group.grants.iter();
        !group.governs().is_empty() || grants.any(|grant| grant.role == Role::Admin)
    })
}

/// Whether a person has a seat of a product on a site by nothing but groups that an administrator can change. Who has the
/// product without a seat loses no licence.
fn can_lose(world: &World, account: &str, product: &str, host: &str) -> bool {
    let cloud = world.cloud.borrow();
    let organization = cloud.organization();
    let Some(user) = organization.user(account) else {
        return false;
    };
    let is_meant = |access: &&Access| {
        access.product.key() == product && organization.sites[access.site].host() == host
    };
    let Some(access) = user.accesses.iter().find(is_meant) else {
        return false;
    };
    let groups = user.groups.iter().map(|group| &organization.groups[*group]);
    let takes_seat = |group: &&Group| {
        let role = group.grants(access.site, access.product);
        role.is_some_and(Role::takes_seat)
    };
    let mut granting = groups.filter(takes_seat).peekable();
    access.own.is_empty()
        && user.platform_roles.is_empty()
        && granting.peek().is_some()
        && granting.all(Group::is_modifiable)
}
