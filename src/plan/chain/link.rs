//! What is remembered of one person in the chain of one policy.

use crate::model::{GroupId, Status, Time, Truth};
use crate::policy::Policy;
use crate::snapshot::{Access, Group, UserRecord};

/// One person's place in one policy's chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// When they entered: the reference time of the run that found them to match.
    pub entered: Time,
    /// How many readings found them to match (`confirm`, RULES R6); counted only as far as the policy asks.
    pub readings: u32,
    /// When the last reading that was counted was taken.
    pub confirmed: Time,
    /// The stages that were done, in the policy's order.
    pub done: Vec<StageDone>,
    /// What we changed about them: the difference between now and the state before our first action.
    pub taken: Taken,
    /// What each act of a planned stage takes: it becomes a part of what was taken once it was done.
    pub offered: Option<(u32, Vec<Taken>)>,
    /// They used a link: they are out of the chain, and do not enter it before this time (RULES R2).
    pub postponed: Option<Time>,
    /// The last verdict on the state before our first action.
    pub verdict: Truth,
}

/// A stage that was really done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StageDone {
    /// Which, from 0.
    pub stage: u32,
    /// When.
    pub at: Time,
}

/// What our actions changed, as far as it can decide a policy.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Taken {
    /// The status, if an action set it.
    pub status: Option<TakenStatus>,
    /// Groups that an action ended the membership of.
    pub groups: Vec<Group>,
    /// Groups that an action added the person to.
    pub added: Vec<GroupId>,
    /// Accesses that an action took, with the last activity that was known then.
    pub access: Vec<Access>,
    /// Accesses that may not be listed because of what we did, with the last activity that was known then: the directory
    /// may list none of somebody whose status was set, and those that a group gave end with it.
    pub unlisted: Vec<Access>,
    /// Groups that the directory may not list of somebody whose status was set.
    pub unlisted_groups: Vec<Group>,
}

/// A status that we set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TakenStatus {
    /// What it was before our first action.
    pub before: Status,
    /// What our last action made it.
    pub set: Status,
}

impl Link {
    /// A person who enters now.
    pub fn entering(now: Time, read: Time) -> Link {
        Link {
            entered: now,
            readings: 1,
            confirmed: read,
            done: Vec::new(),
            taken: Taken::default(),
            offered: None,
            postponed: None,
            verdict: Truth::True,
        }
    }

    /// A person who used a link.
    pub fn postponed(now: Time, until: Time) -> Link {
        Link {
            readings: 0,
            postponed: Some(until),
            ..Link::entering(now, now)
        }
    }

    /// When a stage was done, if it was.
    pub fn done_at(&self, stage: u32) -> Option<Time> {
        let mut done = self.done.iter();
        done.find(|done| done.stage == stage).map(|done| done.at)
    }

    /// Whether a stage is behind the person: it was done, or a later one was and it was left out (a reminder too many).
    pub fn is_behind(&self, stage: u32) -> bool {
        self.done.iter().any(|done| done.stage >= stage)
    }

    /// The last stage that was done.
    pub fn last_done(&self) -> Option<StageDone> {
        self.done.last().copied()
    }

    /// Notes that a stage was done: what it was planned to take is taken. The same again changes nothing: whoever is told
    /// twice, by an invocation that was killed in between, keeps the first time.
    pub fn note_done(&mut self, stage: u32, at: Time) {
        if self.done_at(stage).is_some() {
            return;
        }
        self.note_acts(stage, usize::MAX);
        self.done.push(StageDone { stage, at });
    }

    /// Notes that so many acts of a stage were done, and that no more of them will be for now.
    pub fn note_acts(&mut self, stage: u32, acts: usize) {
        if let Some((offered, taken)) = self.offered.take()
            && offered == stage
        {
            for taken in taken.iter().take(acts) {
                self.taken.add(taken);
            }
        }
    }
}

impl Taken {
    /// Whether nothing was changed.
    pub fn is_nothing(&self) -> bool {
        *self == Taken::default()
    }

    /// With what a later action took. What was there before our first action stays what it was.
    pub fn add(&mut self, later: &Taken) {
        if let Some(status) = later.status {
            self.status = Some(TakenStatus {
                before: self.status.map_or(status.before, |first| first.before),
                set: status.set,
            });
        }
        // What we gave and take again was not there before, and the reverse.
        for group in &later.groups {
            let given = self.added.iter().position(|added| *added == group.id);
            if let Some(given) = given {
                self.added.remove(given);
            } else {
                add_group(&mut self.groups, group);
            }
        }
        for group in &later.added {
            let taken = self.groups.iter().position(|taken| taken.id == *group);
            if let Some(taken) = taken {
                self.groups.remove(taken);
            } else if !self.added.contains(group) {
                self.added.push(group.clone());
            }
        }
        for group in &later.unlisted_groups {
            add_group(&mut self.unlisted_groups, group);
        }
        add_accesses(&mut self.access, &later.access);
        add_accesses(&mut self.unlisted, &later.unlisted);
    }

    /// What an action takes that sets a status: all that the directory may not list afterwards. Groups are remembered
    /// only where the policy asks about groups.
    pub fn by_status(policy: &Policy, before: &UserRecord, set: Status) -> Taken {
        let asks_about_groups = policy.r#match.asks_about_groups();
        let groups = before.groups.as_ref().filter(|_| asks_about_groups);
        Taken {
            status: before.status.map(|before| TakenStatus { before, set }),
            unlisted: before.access.clone().unwrap_or_default(),
            unlisted_groups: groups.cloned().unwrap_or_default(),
            ..Taken::default()
        }
    }

    /// What an action takes that ends the membership of groups, with the accesses that they may give.
    pub fn by_groups(
        before: &UserRecord,
        ends: &dyn Fn(&Group) -> bool,
        may_give: &dyn Fn(&Access) -> bool,
    ) -> Taken {
        Taken {
            groups: some(&before.groups, ends),
            unlisted: some(&before.access, may_give),
            ..Taken::default()
        }
    }

    /// What an action takes that ends accesses by every path that grants them, the groups among these; and what these may
    /// give besides.
    pub fn by_access(
        before: &UserRecord,
        takes: &dyn Fn(&Access) -> bool,
        ends: &dyn Fn(&Group) -> bool,
        may_give: &dyn Fn(&Access) -> bool,
    ) -> Taken {
        Taken {
            groups: some(&before.groups, ends),
            access: some(&before.access, takes),
            unlisted: some(&before.access, &|access| !takes(access) && may_give(access)),
            ..Taken::default()
        }
    }

    /// What an action changes that adds to groups.
    pub fn by_adding(groups: &[GroupId]) -> Taken {
        Taken {
            added: groups.to_vec(),
            ..Taken::default()
        }
    }
}

fn some<T: Clone>(all: &Option<Vec<T>>, fits: &dyn Fn(&T) -> bool) -> Vec<T> {
    let all = all.iter().flatten();
    all.filter(|one| fits(one)).cloned().collect()
}

pub(super) fn add_group(groups: &mut Vec<Group>, group: &Group) {
    if !groups.iter().any(|known| known.id == group.id) {
        groups.push(group.clone());
    }
}

fn add_accesses(accesses: &mut Vec<Access>, later: &[Access]) {
    for access in later {
        if !accesses.iter().any(|known| is_same(known, access)) {
            accesses.push(access.clone());
        }
    }
}

/// Whether two accesses are to the same product on the same site.
pub(super) fn is_same(one: &Access, other: &Access) -> bool {
    one.resource == other.resource && one.product == other.product
}
