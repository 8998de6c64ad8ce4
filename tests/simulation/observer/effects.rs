//! Every effect of ours in the cloud, judged at the moment it happens.

use std::collections::BTreeSet;

use chrono::TimeDelta;
use cloud::Time;
use serde_json::{Value, json};

use super::{Acted, KNOWN_SECONDS, LastRead, Observer, stored_run};
use crate::in_process::World;

/// The oldest reading that an action may rest on (RULES R6), and the answer's way.
const READING_SECONDS: i64 = 120 + 2;
/// The most actions since that reading.
const READING_ACTIONS: usize = 100;

/// The invocation of a consumer that made a step.
#[derive(Clone, Copy, Debug)]
pub struct Call {
    /// Its number.
    pub invocation: u64,
    /// Of which queue.
    pub queue: &'static str,
}

/// Which invocations called Atlassian for a queue.
#[derive(Clone, Debug, Default)]
pub struct Callers {
    newest: Option<u64>,
    earlier: BTreeSet<u64>,
}

/// Whether a request would change something.
fn is_act(request: &cloud::Request) -> bool {
    let reads = ["/search", "/workspaces", "/bulk"];
    request.method != "GET" && !reads.iter().any(|end| request.path.ends_with(end))
}

impl Observer {
    /// The requests of the last step: who is calling, and who was read.
    pub(super) fn hear_traffic(&mut self, world: &World, call: Option<Call>) {
        let traffic = std::mem::take(&mut *world.traffic.borrow_mut());
        if traffic.is_empty() {
            return;
        }
        let now = world.cloud.borrow().now();
        for (request, response) in traffic {
            if let Some(call) = call.filter(|_| is_act(&request)) {
                self.expect_apart(call, now);
            }
            let is_reading = request.path.ends_with("/users/search") && response.status == 200;
            if is_reading && let Ok(body) = serde_json::from_slice::<Value>(&response.body) {
                self.note_reading(world, &body, now);
            }
        }
    }

    /// A lease keeps the workers of a queue apart (RULES R15): nobody acts any more once another one has acted.
    fn expect_apart(&mut self, call: Call, now: Time) {
        let callers = self.callers.entry(call.queue.to_owned()).or_default();
        if callers.newest == Some(call.invocation) {
            return;
        }
        callers.earlier.extend(callers.newest);
        callers.newest = Some(call.invocation);
        if callers.earlier.contains(&call.invocation) {
            let Call { invocation, queue } = call;
            self.broken(now, format!("two workers of the queue {queue} at once: {invocation} goes on after another one began"));
        }
    }

    fn note_reading(&mut self, world: &World, body: &Value, now: Time) {
        let cloud = world.cloud.borrow();
        for row in body["data"].as_array().into_iter().flatten() {
            let Some(user) = row["accountId"]
                .as_str()
                .and_then(|id| cloud.organization().user(id))
            else {
                continue;
            };
            let shown = user.accesses.iter().filter_map(|access| access.shown(now));
            let read = LastRead {
                at: now,
                effects: self.acts,
                used: shown.map(|seen| seen.at).max(),
                was_active: user.status(now).name() == "active",
            };
            self.reads.insert(user.account_id.clone(), read);
        }
    }

    /// Judges the effects of the last step.
    pub(super) fn see_effects(&mut self, world: &World) {
        let new: Vec<_> = {
            let cloud = world.cloud.borrow();
            cloud.effects()[self.seen_effects..].to_vec()
        };
        if new.is_empty() {
            return;
        }
        self.seen_effects += new.len();
        for effect in new {
            self.record.effect(|| json!(effect));
            if effect.key_owner.is_some() {
                if matches!(effect.what, "suspended" | "groupLeft" | "roleRevoked") {
                    self.judge(world, &effect.account_id, effect.what, effect.at);
                } else {
                    self.judge_giving(world, &effect.account_id, effect.what, effect.at);
                }
                self.acts += 1;
            }
        }
        self.see_people(world, true);
    }

    fn judge(&mut self, world: &World, account: &str, what: &str, now: Time) {
        let Some(open) = self.open.get_mut(account) else {
            self.broken(
                now,
                format!("an effect on {account} without an open intent in the log"),
            );
            return;
        };
        open.effects += 1;
        // Taking an access may be several changes, of one act.
        if open.effects > 1 && what != "suspended" {
            return;
        }
        let (run, since) = (open.run.clone(), open.since);
        if let Some((since, why)) = self.known_shelter(account, now) {
            self.broken(
                now,
                format!("{run} acted on {account}: {why} since {since}"),
            );
        }
        if self.known_stop(now) {
            self.broken(
                now,
                format!("{run} acted on {account}, and everything is stopped"),
            );
        }
        let Some(stored) = stored_run(world, &run) else {
            self.broken(now, format!("{run} acted on {account} and is not stored"));
            return;
        };
        self.judge_run(account, &run, &stored, now);
        self.judge_reading(account, &run, &stored, now);
        self.judge_again(account, &run, since, now);
        self.judge_left_alone(account, &run, now);
        self.judge_caps(account, &run, &stored, now);
        self.acted.push(Acted {
            at: now,
            account: account.to_owned(),
            run,
        });
    }

    /// The run is one that may act.
    fn judge_run(&mut self, account: &str, run: &str, stored: &Value, now: Time) {
        if stored["dry"] == true || self.runs.get(run).is_some_and(|seen| seen.is_dry) {
            self.broken(now, format!("the dry run {run} acted on {account}"));
        }
        let state = stored["state"].as_str().unwrap_or_default();
        if !matches!(state, "executing" | "verifying") {
            self.broken(
                now,
                format!("{run} acted on {account} while it was {state}"),
            );
        }
        let release = &stored["release"];
        let is_first = stored["policy"]["hash"]
            .as_str()
            .is_none_or(|hash| !self.released_texts.contains(hash));
        if release.is_null()
            && (is_first
                || stored["guards"]
                    .as_array()
                    .is_some_and(|guards| !guards.is_empty()))
        {
            self.broken(now, format!("{run} acted on {account} without a release"));
        }
        if !release.is_null() && release["by"] == stored["cause"]["account"] {
            self.broken(now, format!("{run} was released by whoever asked for it"));
        }
        let name = stored["policy"]["name"].as_str().unwrap_or_default();
        let replaced = self.policies.get(name).and_then(|saved| saved.replaced);
        if replaced.is_some_and(|at| now - at > TimeDelta::seconds(KNOWN_SECONDS)) {
            self.broken(
                now,
                format!("{run} acted on {account} by a text that was replaced"),
            );
        }
    }

    /// The person was read just before (RULES R6); that reading.
    pub(super) fn judge_age(&mut self, account: &str, run: &str, now: Time) -> Option<LastRead> {
        let Some(read) = self.reads.get(account).cloned() else {
            self.broken(
                now,
                format!("{run} acted on {account}, who was not read again"),
            );
            return None;
        };
        let age = (now - read.at).num_seconds();
        let actions = self.acts - read.effects;
        if age > READING_SECONDS || actions > READING_ACTIONS {
            let what = format!(
                "{run} acted on {account}, who was read {age} seconds and {actions} actions ago"
            );
            self.broken(now, what);
        }
        Some(read)
    }

    /// The reading just before spoke for it (RULES R6).
    fn judge_reading(&mut self, account: &str, run: &str, stored: &Value, now: Time) {
        let Some(read) = self.judge_age(account, run, now) else {
            return;
        };
        if !read.was_active {
            self.broken(
                now,
                format!("{run} acted on {account}, who was read as not active"),
            );
        }
        let Some(text) = self.text_of(stored).cloned() else {
            self.broken(
                now,
                format!("{run} acted on {account} by a text that nobody wrote"),
            );
            return;
        };
        let reference: Option<Time> = super::time_of(&stored["now"]);
        let known = self
            .people
            .known
            .get(account)
            .map(|known| known.facts.clone());
        let (Some(reference), Some(facts)) = (reference, known) else {
            return;
        };
        let is_used = read
            .used
            .is_none_or(|used| used >= text.idle_since(reference));
        if is_used && !facts.is_in_several() {
            self.broken(
                now,
                format!(
                    "{run} acted on {account}, whose last use was read as {:?}",
                    read.used
                ),
            );
        }
        let is_outside = text.only_contractors
            && (facts.domain.is_empty() || facts.is_meant(&text, reference).is_none());
        if is_outside {
            self.broken(now, format!("{run} acted on {account}, of whom it is not known whether the policy means them"));
        }
    }

    /// Nobody is acted on twice within 24 hours (RULES R7).
    fn judge_again(&mut self, account: &str, run: &str, intent: Time, now: Time) {
        let day = TimeDelta::hours(24);
        let before = self
            .acted
            .iter()
            .rev()
            .take_while(|acted| now - acted.at < day);
        // The same step may have to be done again, if somebody else undid it before it was seen.
        let known = self.people.known.get(account);
        let is_in_several = known.is_some_and(|known| known.facts.is_in_several());
        // Steps are per person and directory.
        let again = before
            .filter(|acted| acted.account == account)
            .find(|acted| acted.run != run || (acted.at < intent && !is_in_several));
        if let Some(acted) = again.cloned() {
            self.broken(
                now,
                format!(
                    "{run} acted on {account}, and so did {} at {}",
                    acted.run, acted.at
                ),
            );
        }
    }

    /// Nobody beyond the caps without a release (RULES R8).
    fn judge_caps(&mut self, account: &str, run: &str, stored: &Value, now: Time) {
        if self.is_released(run) {
            return;
        }
        let population = self.population();
        let share = |percent: u64| (population as u64 * percent / 100).max(1);
        let of_this_run = 1 + self.acted.iter().filter(|acted| acted.run == run).count() as u64;
        if let Some(text) = self.text_of(stored) {
            let (users, percent) = (u64::from(text.users), u64::from(text.percent));
            if of_this_run > users.min(share(percent)) {
                let what = format!(
                    "{run} acted on {account}, {of_this_run} of {population} people without a release"
                );
                self.broken(now, what);
            }
        }
        let frozen = self.freeze_time(run, stored).unwrap_or(now);
        let in_a_day = 1 + self.counted_in_a_day(frozen, now);
        let cap = share(self.largest_percent(now));
        if in_a_day > cap {
            let what = format!(
                "{run} acted on {account}, number {in_a_day} of {population} people in a day without a release; the cap is {cap}"
            );
            self.broken(now, what);
        }
    }

    fn is_released(&self, run: &str) -> bool {
        self.runs
            .get(run)
            .is_some_and(|seen| seen.released.is_some())
    }

    /// How many effects count against the organization's cap for a plan that was frozen at a time. Whoever is released counts
    /// for those who are planned later, not for those whose plan was made before.
    fn counted_in_a_day(&self, frozen: Time, now: Time) -> u64 {
        let day = TimeDelta::hours(24);
        let counts = |acted: &&Acted| {
            if self.is_released(&acted.run) {
                acted.at < frozen && frozen - acted.at < day
            } else {
                now - acted.at < day
            }
        };
        self.acted.iter().filter(counts).count() as u64
    }
}
