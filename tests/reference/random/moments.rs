//! The moments at which a policy's answer can change, and random moments around them.

use chrono::TimeDelta;
use seatkeeper::policy::{Condition, Policy, Span};

use super::dice::Dice;
use crate::reference::calendar::{Moment, earlier, later, moment};

/// Readings of the clock that calendars stumble over, beside ordinary ones.
const NOWS: [&str; 8] = [
    "2026-11-21T12:00:00Z",
    "2026-03-31T00:00:00Z",
    "2026-03-30T23:59:59Z",
    "2024-02-29T06:30:00Z",
    "2025-02-28T23:59:59Z",
    "2026-01-01T00:00:00Z",
    "2025-12-31T23:59:59Z",
    "2028-05-31T01:02:03Z",
];

/// What a population's dates are drawn around.
pub struct Moments {
    pub now: Moment,
    /// Limits that a date is compared with.
    limits: Vec<Moment>,
    /// How long after joining a person may have been seen and still count as seen once.
    after_joining: Vec<Span>,
}

impl Moments {
    /// A random present, and what a policy compares with then.
    pub fn of(policy: &Policy, dice: &mut Dice) -> Moments {
        let now = moment(dice.word(&NOWS));
        let jitter = if dice.chance(30) {
            dice.between(0, 90_000_000)
        } else {
            0
        };
        let mut moments = Moments {
            now: now - TimeDelta::seconds(jitter),
            limits: Vec::new(),
            after_joining: Vec::new(),
        };
        moments.collect(&policy.r#match, policy.tolerance);
        moments
    }

    fn collect(&mut self, condition: &Condition, tolerance: Span) {
        for inner in condition.inner() {
            self.collect(inner, tolerance);
        }
        match condition {
            Condition::Idle(idle) => {
                let limit = earlier(self.now, idle.longer_than);
                self.limits.push(earlier(limit, tolerance));
                self.limits.push(limit);
            }
            Condition::NeverActive(never) => {
                self.limits.push(earlier(self.now, never.added_more_than))
            }
            Condition::OnlyOnce(once) => {
                self.limits.push(earlier(self.now, once.added_more_than));
                self.after_joining.push(once.within);
            }
            Condition::Added(added) => {
                let spans = added.more_than.into_iter().chain(added.less_than);
                self.limits
                    .extend(spans.map(|span| earlier(self.now, span)));
            }
            _ => {}
        }
    }

    /// A date of joining.
    pub fn joined(&self, dice: &mut Dice) -> Moment {
        within_reach(self.any_joined(dice))
    }

    /// A date of activity, of somebody who joined at some time.
    pub fn seen(&self, joined: Option<Moment>, dice: &mut Dice) -> Moment {
        within_reach(self.any_seen(joined, dice))
    }

    fn any_joined(&self, dice: &mut Dice) -> Moment {
        if self.limits.is_empty() || dice.chance(40) {
            return self.whenever(dice);
        }
        beside(*dice.one_of(&self.limits), dice)
    }

    fn any_seen(&self, joined: Option<Moment>, dice: &mut Dice) -> Moment {
        if let Some(joined) = joined
            && !self.after_joining.is_empty()
            && dice.chance(40)
        {
            return beside(later(joined, *dice.one_of(&self.after_joining)), dice);
        }
        if self.limits.is_empty() || dice.chance(40) {
            return self.whenever(dice);
        }
        beside(*dice.one_of(&self.limits), dice)
    }

    /// Mostly in the last two years; sometimes at the beginning of all clocks, or in the future.
    fn whenever(&self, dice: &mut Dice) -> Moment {
        match dice.below(40) {
            0 => Moment::UNIX_EPOCH,
            1 => self.now + TimeDelta::seconds(dice.between(0, 400_000_000)),
            2 => self.now - TimeDelta::seconds(dice.between(0, 700_000_000)),
            _ => self.now - TimeDelta::seconds(dice.between(0, 70_000_000)),
        }
    }
}

/// The second itself, or the one before or after it.
pub fn beside(moment: Moment, dice: &mut Dice) -> Moment {
    moment + TimeDelta::seconds(dice.between(-1, 1))
}

/// As near as a snapshot can hold it: dates outside of 1970 to 2106 are not known there (`tables.rs` has them).
pub fn within_reach(moment: Moment) -> Moment {
    let [first, last] = [1, i64::from(u32::MAX) - 1]
        .map(|seconds| Moment::UNIX_EPOCH + TimeDelta::seconds(seconds));
    moment.clamp(first, last)
}
