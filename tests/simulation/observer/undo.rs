//! Taking back: exactly what is undoable is given back.

use chrono::TimeDelta;
use cloud::Time;
use serde_json::Value;

use super::{Observer, stored_run};
use crate::deeds::Deed;
use crate::in_process::World;

/// How long whoever got something back is left alone (RULES R18).
const LEFT_ALONE_DAYS: i64 = 30;

/// What takes a change back.
fn inverse(what: &str) -> &'static str {
    match what {
        "suspended" => "restored",
        "deactivated" => "reactivated",
        "deleting" => "deletionCancelled",
        "groupLeft" => "groupJoined",
        "groupJoined" => "groupLeft",
        "roleRevoked" => "roleAssigned",
        "renamed" => "renamed",
        _ => "nothing",
    }
}

impl Observer {
    /// Runs that took something.
    pub fn runs_that_acted(&self) -> Vec<String> {
        let mut runs: Vec<String> = self.acted.iter().map(|acted| acted.run.clone()).collect();
        runs.dedup();
        runs
    }

    /// Judges an effect of a run that takes another one back: it gives exactly what that one took, and only where no other run
    /// of ours did anything since. What somebody else undid and did again in between looks like ours to everybody.
    pub(super) fn judge_giving(
        &mut self,
        account: &str,
        run: &str,
        stored: &Value,
        what: &str,
        now: Time,
    ) {
        let undone = stored["undoes"]["run"].as_str().unwrap_or_default();
        // What other runs did and was taken back is as if they had not done it.
        let is_last = self
            .acted
            .iter()
            .rfind(|acted| acted.account == account && (!acted.is_back || acted.run == undone))
            .is_some_and(|acted| acted.run == undone);
        let mut of_run = self.acted.iter().filter(|acted| acted.run == undone);
        let is_inverse =
            of_run.any(|acted| acted.account == account && inverse(acted.what) == what);
        let is_credited = self
            .credited
            .contains(&(undone.to_owned(), account.to_owned()));
        let is_ours = is_last && is_inverse;
        if !is_ours && !is_credited {
            self.broken(
                now,
                format!("{account} was {what} by {run}, which takes back {undone:?}"),
            );
        }
        // One of them: the same may have been done in several directories.
        let mut of_run = self.acted.iter_mut().filter(|acted| acted.run == undone);
        let taken_back = of_run.find(|acted| {
            acted.account == account && inverse(acted.what) == what && !acted.is_back
        });
        if let Some(acted) = taken_back {
            acted.is_back = true;
        }
        let cause = &stored["cause"];
        if ["link", "logIn", "request"]
            .iter()
            .any(|by| cause["by"] == *by)
            && cause["account"] != account
        {
            let what = format!("{account} was {what} by {run}, for which another asked");
            self.broken(now, what);
        }
        let approved = self.runs.get(run).and_then(|seen| seen.approved);
        if !stored["approvalWanted"].is_null() && approved.is_none() {
            self.broken(
                now,
                format!("{account} was {what} by {run} without an approval"),
            );
        }
        if stored["dry"] == true {
            self.broken(now, format!("{account} was {what} by the dry run {run}"));
        }
        if what == "groupLeft"
            && let Some((since, why)) = self.known_shelter(account, now)
        {
            let what = format!("{run} took {account} out of a group: {why} since {since}");
            self.broken(now, what);
        }
        self.judge_age(account, run, now);
        self.given.insert(account.to_owned(), now);
    }

    /// Somebody else ended a status that we set: nothing of it is left to take back.
    pub(super) fn note_foreign_giving(&mut self, account: &str, what: &str) {
        if !matches!(what, "restored" | "reactivated" | "deletionCancelled") {
            return;
        }
        for acted in &mut self.acted {
            acted.is_back |= acted.account == account && inverse(acted.what) == what;
        }
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
        // Of chains and of other actions only each change itself is judged: who is where after several of them is not told here.
        let is_plain = self
            .text_of(&stored)
            .is_some_and(|text| text.only_deed() == Some(&Deed::Suspend));
        if stored["state"] != "done" || !is_plain {
            return;
        }
        // Who came first at a person, of two runs at the same time, is not told: then both are left as they are.
        let began = self.runs.get(undone).map(|seen| seen.started);
        let mut withheld = Vec::new();
        for acted in self.acted.iter().filter(|acted| acted.run == undone) {
            let account = acted.account.as_str();
            let mut since = self.acted.iter().filter(|other| {
                let ended = self.runs.get(&other.run).and_then(|run| run.ended);
                let is_over = ended.zip(began).is_some_and(|(ended, began)| ended < began);
                other.account == account && !is_over
            });
            let is_ours = since.all(|other| other.run == undone);
            let known = self.people.known.get(account);
            let is_there = known.is_none_or(|known| known.facts.has_back(acted.what));
            if is_ours && !is_there && !self.is_disturbed(account, acted.at) {
                withheld.push(account.to_owned());
            }
        }
        withheld.dedup();
        if !withheld.is_empty() {
            self.broken(
                now,
                format!("{run} has taken {undone} back and left out {withheld:?}"),
            );
        }
    }
}
