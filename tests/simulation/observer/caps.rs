//! The caps (RULES R8).

use std::collections::BTreeSet;

use chrono::TimeDelta;
use cloud::Time;
use serde_json::Value;

use super::effects::takes_access;
use super::{Acted, Observer, Open};

impl Observer {
    /// Nobody beyond the caps without a release (RULES R8).
    pub(super) fn judge_caps(&mut self, account: &str, open: &Open, stored: &Value, now: Time) {
        let (run, action) = (open.run.as_str(), open.action.as_str());
        if self.is_released(run) {
            return;
        }
        let frozen_with = self.runs.get(run).map_or(0, |seen| seen.population);
        let population = self.population().max(frozen_with);
        let share = |percent: u64| (population as u64 * percent / 100).max(1);
        let of_this_run = self.others_of(run, account) + 1;
        if let Some(text) = self.text_of(stored) {
            let (users, percent) = (u64::from(text.users), u64::from(text.percent));
            if of_this_run > users.min(share(percent)) {
                let what = format!(
                    "{run} acted on {account}, {of_this_run} of {population} people without a release"
                );
                self.broken(now, what);
            }
        }
        if !takes_access(action) {
            return;
        }
        let frozen = self.freeze_time(run, stored).unwrap_or(now);
        let in_a_day = 1 + self.counted_in_a_day(run, account, frozen, now);
        let cap = share(self.largest_percent(now));
        if in_a_day > cap {
            let what = format!(
                "{run} acted on {account}, number {in_a_day} of {population} people in a day without a release; the cap is {cap}"
            );
            self.broken(now, what);
        }
    }

    /// Whether somebody released what held a run.
    pub(super) fn is_released(&self, run: &str) -> bool {
        let seen = self.runs.get(run);
        seen.is_some_and(|seen| seen.released.is_some())
    }

    /// How many others a run has acted on.
    fn others_of(&self, run: &str, account: &str) -> u64 {
        let of_run = self.acted.iter().filter(|acted| acted.run == run);
        let people: BTreeSet<&str> = of_run.map(|acted| acted.account.as_str()).collect();
        people.iter().filter(|other| **other != account).count() as u64
    }

    /// How many people count against the organization's cap for a plan that was frozen at a time, besides one. Whoever is
    /// released counts for those who are planned later, not for those whose plan was made before.
    fn counted_in_a_day(&self, run: &str, account: &str, frozen: Time, now: Time) -> u64 {
        let day = TimeDelta::hours(24);
        let counts = |acted: &&Acted| {
            takes_access(&acted.action)
                && if self.is_released(&acted.run) {
                    acted.at < frozen && frozen - acted.at < day
                } else {
                    now - acted.at < day
                }
        };
        let counted = self.acted.iter().filter(counts);
        let people: BTreeSet<(&str, &str)> = counted
            .map(|acted| (acted.run.as_str(), acted.account.as_str()))
            .filter(|person| *person != (run, account))
            .collect();
        people.len() as u64
    }
}
