//! Taking back: exactly what is undoable is given back.

use chrono::TimeDelta;
use cloud::Time;

use super::{Observer, stored_run};
use crate::in_process::World;

/// How long whoever got something back is left alone (RULES R18).
const LEFT_ALONE_DAYS: i64 = 30;

impl Observer {
    /// Runs that took something.
    pub fn runs_that_acted(&self) -> Vec<String> {
        let mut runs: Vec<String> = self.acted.iter().map(|acted| acted.run.clone()).collect();
        runs.dedup();
        runs
    }

    /// Judges an effect of ours that takes nothing: only a run that takes another one back may have it, and only where no other
    /// run of ours took anything since. What somebody else undid and did again in between looks like ours to everybody.
    pub(super) fn judge_giving(&mut self, world: &World, account: &str, what: &str, now: Time) {
        let Some(open) = self.open.get_mut(account) else {
            self.broken(
                now,
                format!("{account} was {what} without an open intent in the log"),
            );
            return;
        };
        open.effects += 1;
        let run = open.run.clone();
        let stored = stored_run(world, &run).unwrap_or_default();
        let undone = stored["undoes"]["run"].as_str().unwrap_or_default();
        let taken = self.acted.iter().rfind(|acted| acted.account == account);
        let taken = taken
            .filter(|acted| acted.run == undone)
            .map(|acted| acted.at);
        let is_back = matches!(what, "restored" | "groupJoined" | "roleAssigned");
        let is_credited = self
            .credited
            .contains(&(undone.to_owned(), account.to_owned()));
        if !is_back || (taken.is_none() && !is_credited) {
            self.broken(
                now,
                format!("{account} was {what} by {run}, which takes back {undone:?}"),
            );
        }
        if stored["dry"] == true {
            self.broken(now, format!("{account} was {what} by the dry run {run}"));
        }
        if self.known_stop(now) {
            self.broken(
                now,
                format!("{account} was {what} by {run}, and everything is stopped"),
            );
        }
        self.judge_age(account, &run, now);
        self.given.insert(account.to_owned(), now);
    }

    /// Whoever got something back keeps it for a while.
    pub(super) fn judge_left_alone(&mut self, account: &str, run: &str, now: Time) {
        let given = self.given.get(account).copied();
        if given.is_some_and(|at| now - at < TimeDelta::days(LEFT_ALONE_DAYS)) {
            self.broken(
                now,
                format!("{run} acted on {account}, who got it back at {given:?}"),
            );
        }
    }

    /// A run that took all of another one back is over: nobody is left out.
    pub(super) fn look_for_the_withheld(&mut self, world: &World, run: &str, now: Time) {
        let stored = stored_run(world, run).unwrap_or_default();
        let is_whole = stored["undoes"]["steps"]
            .as_array()
            .is_none_or(Vec::is_empty);
        let Some(undone) = stored["undoes"]["run"].as_str().filter(|_| is_whole) else {
            return;
        };
        if stored["state"] != "done" {
            return;
        }
        let mut withheld = Vec::new();
        for acted in self.acted.iter().filter(|acted| acted.run == undone) {
            let account = acted.account.as_str();
            let is_last = self.acted.iter().rfind(|other| other.account == account);
            let is_ours = is_last.is_some_and(|last| last.run == undone);
            let is_there = self
                .people
                .known
                .get(account)
                .is_some_and(|known| known.facts.is_active());
            if is_ours && !is_there && !self.is_disturbed(account, acted.at) {
                withheld.push(account.to_owned());
            }
        }
        if !withheld.is_empty() {
            self.broken(
                now,
                format!("{run} has taken {undone} back and left out {withheld:?}"),
            );
        }
    }
}
