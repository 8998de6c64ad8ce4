//! Taking back: exactly what is undoable is given back.

use chrono::TimeDelta;
use cloud::Time;
use cloud::admin_api::Effect;
use cloud::organization::{AccountStatus, Standing};
use serde_json::Value;

use super::{Acted, Observer, stored_run};
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

    /// Judges an effect of a run that takes another one back: it gives exactly what that one took, only where no other run of ours
    /// did anything since, and not what is back already. What somebody else undid and did again in between looks like ours to
    /// everybody, unless a reading showed it.
    pub(super) fn judge_giving(&mut self, effect: &Effect, run: &str, stored: &Value) {
        let (account, what, now) = (effect.account_id.as_str(), effect.what, effect.at);
        let undone = stored["undoes"]["run"].as_str().unwrap_or_default();
        // What other runs did and was taken back is as if they had not done it.
        let is_last = self
            .acted
            .iter()
            .rfind(|acted| {
                acted.account == account && (acted.back.is_none() || acted.run == undone)
            })
            .is_some_and(|acted| acted.run == undone);
        let of_run = self.acted.iter().filter(|acted| acted.run == undone);
        let taken: Vec<&Acted> = of_run
            .filter(|acted| acted.is_taken_back_by(effect))
            .collect();
        let is_inverse = !taken.is_empty();
        let planned = self.freeze_time(run, stored).unwrap_or(now);
        let is_back = is_inverse
            && taken
                .iter()
                .all(|acted| self.is_known_to_be_back(acted, planned));
        let is_credited = self
            .credited
            .contains(&(undone.to_owned(), account.to_owned()));
        let is_ours = is_last && is_inverse;
        if !is_ours && !is_credited {
            self.broken(
                now,
                format!("{account} was {what} by {run}, which takes back {undone:?}"),
            );
        } else if is_back && !is_credited {
            self.broken(
                now,
                format!(
                    "{account} was {what} by {run}, which takes back {undone:?}: that was back before, and somebody else did it again"
                ),
            );
        }
        self.note_giving(run, undone, effect);
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
        // Who came first at a person, of two runs at the same time, is not told: then both are left as they are.
        let began = self.runs.get(undone).map(|seen| seen.started);
        let (mut withheld, mut judged) = (Vec::new(), 0);
        for acted in self.acted.iter().filter(|acted| acted.run == undone) {
            let account = acted.account.as_str();
            let mut since = self.acted.iter().filter(|other| {
                let ended = self.runs.get(&other.run).and_then(|run| run.ended);
                let is_over = ended.zip(began).is_some_and(|(ended, began)| ended < began);
                other.account == account && !is_over
            });
            let is_ours = since.all(|other| other.run == undone);
            let is_unasked = self.is_unasked(run, account);
            if !is_ours || is_unasked || !self.can_be_given_back(world, acted) {
                continue;
            }
            judged += 1;
            if !has_back(world, acted) {
                withheld.push(format!("{account}: {} {:?}", acted.what, acted.place.1));
            }
        }
        self.tally.undos_judged += u64::from(judged > 0);
        if !withheld.is_empty() {
            self.broken(
                now,
                format!("{run} has taken {undone} back and left out {withheld:?}"),
            );
        }
    }

    /// Whether nothing keeps a run from giving back exactly what was taken: nobody else changed the person since, and all of it is
    /// shown. Whoever is to leave a group may be sheltered, or the last of it.
    fn can_be_given_back(&self, world: &World, acted: &Acted) -> bool {
        let account = acted.account.as_str();
        let known = self.people.known.get(account);
        let touched = self.touched.get(account);
        let is_undisturbed = !self.is_disturbed(account, acted.at)
            && touched.is_none_or(|touched| *touched < acted.at)
            && known.is_some_and(|known| known.facts.is_shown());
        let is_plain = matches!(
            acted.what,
            "suspended" | "deactivated" | "deleting" | "renamed"
        );
        let is_shown = is_plain || world.cloud.borrow().switches().suspended_groups_shown;
        is_undisturbed && is_shown && acted.what != "groupJoined" && acted.what != "removed"
    }
}

/// Whether a person has back what a change of ours took from them.
fn has_back(world: &World, acted: &Acted) -> bool {
    let cloud = world.cloud.borrow();
    let organization = cloud.organization();
    let Some(user) = organization.user(&acted.account) else {
        return false;
    };
    let object = acted.place.1.as_deref();
    match acted.what {
        "suspended" => {
            let mut memberships = user.memberships.iter();
            memberships.any(|membership| membership.standing == Standing::Active)
        }
        "deactivated" | "deleting" => {
            user.account_status == AccountStatus::Active && !user.for_deletion
        }
        "groupLeft" => {
            let mut groups = user.groups.iter();
            groups.any(|group| Some(organization.groups[*group].id.as_str()) == object)
        }
        "roleRevoked" => user.accesses.iter().any(|access| {
            let ari = organization.sites[access.site].ari(access.product);
            let mut own = access.own.iter();
            own.any(|role| Some(format!("{}@{ari}", role.name()).as_str()) == object)
        }),
        "renamed" => user.name == acted.name,
        _ => true,
    }
}
