//! A day passes: people use products, join, leave, change. Drawn from a seed; the same days in the same order make the same changes.

use std::collections::HashSet;

use chrono::{TimeDelta, Timelike};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use serde::{Deserialize, Serialize};

use crate::clock::Time;
use crate::cloud::Cloud;
use crate::organization::{AccountStatus, Standing, Status, User, newcomers};

/// Whoever used anything within so many days has the habit of it.
const HABIT_DAYS: i64 = 60;
/// New names of departments and titles.
const NEW_WORDS: [&str; 4] = ["platform", "security", "data", "growth"];

/// How a day passes. Shares are of the people who are active at its beginning.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct Day {
    /// What everything is drawn from.
    pub seed: u64,
    /// How many hours the clock moves; everything happens within them.
    pub hours: u32,
    /// The share that uses something: whoever did so within sixty days first, the others only when those are too few.
    pub active: f64,
    /// The share that joins the organization newly.
    pub joiners: f64,
    /// The share that leaves: deactivated, suspended, or taken out of the organization.
    pub leavers: f64,
    /// The share whose name, department, title or groups change.
    pub changed: f64,
    /// Reports of use come up to so many hours late (on the real platform up to 24).
    pub report_lag_hours: u32,
}

/// What happened on a day, in numbers of people.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct DayPassed {
    /// Used something.
    pub active: usize,
    /// Joined.
    pub joined: usize,
    /// Left.
    pub left: usize,
    /// Changed.
    pub changed: usize,
}

impl Default for Day {
    fn default() -> Self {
        Day {
            seed: 1,
            hours: 24,
            active: 0.6,
            joiners: 0.001,
            leavers: 0.001,
            changed: 0.0015,
            report_lag_hours: 0,
        }
    }
}

/// The day at work.
struct Passing<'a> {
    cloud: &'a mut Cloud,
    day: &'a Day,
    draw: ChaCha8Rng,
    start: Time,
    seconds: u32,
    /// Who is listed no more.
    removed: HashSet<String>,
}

impl Cloud {
    /// Lets a day pass: moves the clock, and lets people do what they do meanwhile.
    pub fn pass_day(&mut self, day: &Day) -> DayPassed {
        let start = self.clock.now();
        let seconds = day.hours.saturating_mul(3_600).max(1);
        let mut passing = Passing {
            draw: ChaCha8Rng::seed_from_u64(day.seed ^ 0xDA7 ^ (self.days << 32)),
            day,
            start,
            seconds,
            removed: HashSet::new(),
            cloud: self,
        };
        let passed = passing.pass();
        self.days += 1;
        self.clock
            .advance_to(start + TimeDelta::seconds(i64::from(seconds)));
        passed
    }
}

impl Passing<'_> {
    fn pass(&mut self) -> DayPassed {
        let users = &self.cloud.organization.users;
        let status = |user: &User| user.status(self.start) == Status::Active;
        let population = users.iter().filter(|user| status(user)).count();
        let of = |share: f64| (population as f64 * share.clamp(0.0, 1.0)).round() as usize;
        let (leavers, changed, joiners) = (
            of(self.day.leavers),
            of(self.day.changed),
            of(self.day.joiners),
        );
        let active = self.use_products(population);
        let left = self.some_people(leavers, Self::leave);
        let changed = self.some_people(changed, Self::change);
        self.cloud.organization.order.forget();
        let removed = &self.removed;
        let users = &mut self.cloud.organization.users;
        users.retain(|user| !removed.contains(&user.account_id));
        let joined = self.join(joiners);
        DayPassed {
            active,
            joined,
            left,
            changed,
        }
    }

    /// Lets a share of the active people use something at some time of the day.
    fn use_products(&mut self, population: usize) -> usize {
        let since = self.start - TimeDelta::days(HABIT_DAYS);
        let now = self.start;
        let users = &self.cloud.organization.users;
        let habitual = users
            .iter()
            .filter(|user| is_due(user, now) && has_habit(user, since))
            .count();
        let others = users
            .iter()
            .filter(|user| is_due(user, now) && !has_habit(user, since))
            .count();
        let wanted = population as f64 * self.day.active.clamp(0.0, 1.0);
        let by_habit = ratio(wanted, habitual);
        let by_chance = ratio(wanted - habitual as f64, others);
        let mut active = 0;
        for at in 0..self.cloud.organization.users.len() {
            let user = &self.cloud.organization.users[at];
            if !is_due(user, now) {
                continue;
            }
            let chance = if has_habit(user, since) {
                by_habit
            } else {
                by_chance
            };
            if self.draw.random::<f64>() < chance {
                self.use_some(at);
                active += 1;
            }
        }
        active
    }

    /// A person uses what they used last, and perhaps something else.
    fn use_some(&mut self, at: usize) {
        let accesses = &self.cloud.organization.users[at].accesses;
        let latest =
            (0..accesses.len()).max_by_key(|place| accesses[*place].seen.map(|seen| seen.at));
        for place in 0..self.cloud.organization.users[at].accesses.len() {
            if Some(place) != latest && self.draw.random_ratio(2, 3) {
                continue;
            }
            let when = self.moment();
            let lag = self.day.report_lag_hours.saturating_mul(3_600);
            let lag = TimeDelta::seconds(i64::from(self.draw.random_range(0..=lag)));
            self.cloud.organization.users[at].accesses[place].used(when, when + lag);
        }
    }

    /// Some time of the day, to the nanosecond.
    fn moment(&mut self) -> Time {
        let second = TimeDelta::seconds(i64::from(self.draw.random_range(0..self.seconds)));
        let at = self.start + second;
        at.with_nanosecond(self.draw.random_range(0..1_000_000_000))
            .unwrap_or(at)
    }

    /// Does something to so many active people who play no part; says to how many.
    fn some_people(&mut self, count: usize, act: fn(&mut Self, usize)) -> usize {
        let total = self.cloud.organization.users.len();
        let mut done = 0;
        // A bound, so that an organization without anybody left to choose ends the search.
        for _ in 0..count.saturating_mul(40) {
            if done == count || total == 0 {
                break;
            }
            let at = self.draw.random_range(0..total);
            let organization = &self.cloud.organization;
            let user = &organization.users[at];
            if user.status(self.start) == Status::Active
                && !organization.people.has(&user.account_id)
            {
                act(self, at);
                done += 1;
            }
        }
        done
    }

    fn leave(&mut self, at: usize) {
        let when = self.moment();
        let way = self.draw.random_range(0..3);
        let user = &mut self.cloud.organization.users[at];
        match way {
            0 if user.managed => {
                user.account_status = AccountStatus::Inactive;
                user.deactivated_on = Some(when);
            }
            0 | 1 => {
                for membership in &mut user.memberships {
                    membership.change(Standing::Suspended, when, when);
                }
            }
            // Out of the organization: a managed account stays listed in no directory, another is listed no more.
            _ => {
                user.memberships.clear();
                user.accesses.clear();
                user.groups.clear();
                if !user.managed {
                    self.removed.insert(user.account_id.clone());
                }
            }
        }
    }

    fn change(&mut self, at: usize) {
        let word = NEW_WORDS[self.draw.random_range(0..NEW_WORDS.len())];
        let organization = &mut self.cloud.organization;
        let group = self.draw.random_range(0..organization.groups.len());
        let user = &mut organization.users[at];
        match self.draw.random_range(0..4) {
            0 => user.name = format!("{} {word}", user.name),
            1 => user.department = word,
            2 => user.job_title = word,
            _ if user.groups.contains(&group) => organization.leave(at, group),
            _ if user.is_in(organization.groups[group].directory) => organization.join(at, group),
            _ => user.nickname = word,
        }
    }

    fn join(&mut self, count: usize) -> usize {
        let now = self.start + TimeDelta::seconds(i64::from(self.seconds));
        let mut new = newcomers(
            &self.cloud.organization,
            self.day.seed ^ (self.cloud.days << 32),
            count,
            now,
        );
        for user in &mut new {
            user.added_to_org = self.moment();
        }
        let users = &mut self.cloud.organization.users;
        users.extend(new);
        users.sort_by(|a, b| a.account_id.cmp(&b.account_id));
        users.dedup_by(|a, b| a.account_id == b.account_id);
        count
    }
}

/// Whether a person could use something.
fn is_due(user: &User, now: Time) -> bool {
    !user.accesses.is_empty() && user.status(now) == Status::Active
}

fn has_habit(user: &User, since: Time) -> bool {
    let recent = |seen: crate::organization::Seen| seen.at >= since;
    user.accesses
        .iter()
        .any(|access| access.seen.is_some_and(recent))
}

fn ratio(wanted: f64, of: usize) -> f64 {
    if of == 0 {
        0.0
    } else {
        (wanted / of as f64).clamp(0.0, 1.0)
    }
}
