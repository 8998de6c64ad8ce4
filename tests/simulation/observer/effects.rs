//! Every effect of ours in the cloud, judged at the moment it happens.

use std::collections::BTreeSet;

use chrono::TimeDelta;
use cloud::Time;
use cloud::admin_api::Effect;
use serde_json::{Value, json};

use super::{Acted, KNOWN_SECONDS, LastRead, Observer, Open, stored_run};
use crate::in_process::World;

/// The oldest reading that an action may rest on (RULES R6), and the answer's way.
const READING_SECONDS: i64 = 120 + 2;
/// The most actions since that reading.
const READING_ACTIONS: usize = 100;

/// The invocation of a consumer that made a step.
#[derive(Clone, Debug)]
pub struct Call {
    /// Its number.
    pub invocation: u64,
    /// Of which queue.
    pub queue: &'static str,
    /// When the platform ends it.
    pub ends: Time,
    /// The run that it executes, if it does.
    pub run: Option<String>,
}

/// Which invocations called Atlassian for a queue.
#[derive(Clone, Debug, Default)]
pub struct Callers {
    newest: Option<u64>,
    earlier: BTreeSet<u64>,
}

/// The changes that an action is made of.
fn changes_of(action: &str) -> &'static [&'static str] {
    match action {
        "warn" => &[super::messages::TOLD],
        "suspend" => &["suspended"],
        "restore" => &["restored"],
        "deactivate" => &["deactivated"],
        "reactivate" => &["reactivated"],
        "delete" => &["deleting"],
        "cancel-delete" => &["deletionCancelled"],
        "rename" => &["renamed"],
        "remove-from-organization" => &["removed"],
        "add-to-group" => &["groupJoined"],
        "remove-from-groups" => &["groupLeft"],
        "remove-access" => &["groupLeft", "roleRevoked"],
        "give-access" => &["groupJoined", "roleAssigned"],
        _ => &[],
    }
}

/// Whether an action may be several changes.
pub(super) fn is_of_several(action: &str) -> bool {
    let several = [
        "add-to-group",
        "remove-from-groups",
        "remove-access",
        "give-access",
    ];
    several.contains(&action)
}

/// Whether an action takes access (RULES R7, R8).
pub(super) fn takes_access(action: &str) -> bool {
    let taking = [
        "suspend",
        "deactivate",
        "delete",
        "remove-from-organization",
        "remove-from-groups",
        "remove-access",
    ];
    taking.contains(&action)
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

/// Whether a request would change something.
fn is_act(request: &cloud::Request) -> bool {
    let reads = ["/search", "/workspaces", "/bulk"];
    request.method != "GET" && !reads.iter().any(|end| request.path.ends_with(end))
}

impl Observer {
    /// The requests of the last step: who is calling, and who was read.
    pub(super) fn hear_traffic(&mut self, world: &World, call: Option<&Call>) {
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
                let asked: Value = serde_json::from_slice(&request.body).unwrap_or_default();
                let is_listing = asked["accountIds"].is_null();
                self.note_reading(world, &body, is_listing, now);
            }
        }
    }

    /// A lease keeps the workers of a queue apart (RULES R15): nobody acts any more once another one has acted.
    fn expect_apart(&mut self, call: &Call, now: Time) {
        let callers = self.callers.entry(call.queue.to_owned()).or_default();
        if callers.newest == Some(call.invocation) {
            return;
        }
        callers.earlier.extend(callers.newest);
        callers.newest = Some(call.invocation);
        if callers.earlier.contains(&call.invocation) {
            let Call {
                invocation, queue, ..
            } = call;
            self.broken(now, format!("two workers of the queue {queue} at once: {invocation} goes on after another one began"));
        }
    }

    fn note_reading(&mut self, world: &World, body: &Value, is_listing: bool, now: Time) {
        let cloud = world.cloud.borrow();
        for row in body["data"].as_array().into_iter().flatten() {
            let Some(user) = row["accountId"]
                .as_str()
                .and_then(|id| cloud.organization().user(id))
            else {
                continue;
            };
            let accesses = user.shown_accesses(now).iter();
            let shown = accesses.filter_map(|access| access.shown(now));
            let read = LastRead {
                at: now,
                effects: self.acts,
                used: shown.map(|seen| seen.at).max(),
                was_active: user.status(now).name() == "active",
            };
            if is_listing {
                self.note_listed(&user.account_id, read.was_active, now);
            }
            self.reads.insert(user.account_id.clone(), read);
        }
    }

    /// Judges the effects of the last step, which executed a run if any.
    pub(super) fn see_effects(&mut self, world: &World, executed: Option<&str>) {
        self.see_mail(world, executed);
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
                self.judge(world, &effect, executed);
                self.acts += 1;
            } else {
                self.note_foreign_giving(&effect);
                // Names are no part of what is known of people, and somebody else's name hides ours.
                if effect.what == "renamed" {
                    self.people.note_disturbed(&effect.account_id, effect.at);
                }
            }
        }
        self.see_people(world, true);
    }

    /// An effect belongs to an intent that is out, and to what the intent says.
    pub(super) fn judge(&mut self, world: &World, effect: &Effect, executed: Option<&str>) {
        let (account, what, now) = (effect.account_id.as_str(), effect.what, effect.at);
        let mut theirs: Vec<&mut Open> = self
            .open
            .iter_mut()
            .filter(|((of, _), _)| of == account)
            .map(|(_, open)| open)
            .collect();
        // Of two runs that meet at a person, the one that means this; of two that mean it, the one that is at work.
        theirs.sort_by_key(|open| {
            let is_meant = changes_of(&open.action).contains(&what);
            (!is_meant, executed != Some(open.run.as_str()))
        });
        let Some(open) = theirs.into_iter().next() else {
            let what = format!("{account} was {what} without an open intent in the log");
            self.broken(now, what);
            return;
        };
        open.effects += 1;
        let open = open.clone();
        let run = open.run.as_str();
        if !changes_of(&open.action).contains(&what) {
            let action = &open.action;
            let what = format!("{account} was {what} by {run}, which meant to {action}");
            self.broken(now, what);
        }
        let Some(stored) = stored_run(world, run) else {
            self.broken(now, format!("{run} acted on {account} and is not stored"));
            return;
        };
        if self.known_stop(world, now) {
            let what = format!("{run} acted on {account}, and everything is stopped");
            self.broken(now, what);
        }
        self.judge_abort(account, run, now);
        let is_undo = stored["undoes"]["run"].is_string();
        self.record_reading(account, &open, &stored, now);
        if is_undo {
            self.judge_giving(effect, run, &stored);
        } else if open.effects == 1 || !is_of_several(&open.action) {
            self.judge_taking(account, &open, &stored, now);
        }
        // Who was only told something lost nothing, and nothing of it is taken back.
        if !is_undo && open.action != "warn" {
            let known = self.people.known.get(account);
            self.acted.push(Acted {
                at: now,
                account: account.to_owned(),
                policy: text(&stored["policy"]["id"]).to_owned(),
                run: open.run,
                action: open.action,
                what,
                place: (effect.directory_id.clone(), effect.object.clone()),
                name: known.map_or_else(String::new, |known| known.facts.name.clone()),
                back: None,
            });
        }
    }

    /// What a policy does to somebody.
    fn judge_taking(&mut self, account: &str, open: &Open, stored: &Value, now: Time) {
        let run = open.run.as_str();
        if let Some((since, why)) = self.known_shelter(account, now) {
            let what = format!("{run} acted on {account}: {why} since {since}");
            self.broken(now, what);
        }
        self.judge_run(account, run, stored, now);
        self.judge_decision(account, run, stored, now);
        self.judge_reading(account, run, stored, now);
        self.judge_stage(account, open, stored, now);
        self.judge_left_alone(account, run, now);
        let policy = stored["policy"]["id"].as_str().unwrap_or_default();
        self.judge_kept(account, run, policy, now);
        // Warnings have a cap of their own.
        if open.action != "warn" {
            self.judge_caps(account, open, stored, now);
        }
        if takes_access(&open.action) {
            self.judge_again(account, open, now);
        }
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
        // Of a single entitled person the release itself was judged (RULES R9).
        let is_alone = release["singleHanded"] == true;
        if !release.is_null() && !is_alone && release["by"] == stored["cause"]["account"] {
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

    /// What the app saw right before it acted, for whoever checks it by the files.
    fn record_reading(&mut self, account: &str, open: &Open, stored: &Value, now: Time) {
        let read = self.reads.get(account);
        self.record.reading(|| {
            json!({"at": now, "run": open.run, "text": stored["policy"]["name"], "action": open.action, "account": account, "readAt": read.map(|read| read.at),
                "lastUsed": read.and_then(|read| read.used), "active": read.map(|read| read.was_active)})
        });
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
        if !read.was_active && !self.was_made_inactive(account, stored) {
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
        // Of whom we suspended or took something, nothing need be listed any more.
        let is_unlisted = self.was_acted_on_by(account, &text.name);
        let used = read.used.or(is_unlisted.then_some(Time::MIN_UTC));
        let is_used = used.is_none_or(|used| used >= text.idle_since(reference));
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

    /// Nobody loses something twice within 24 hours (RULES R7).
    fn judge_again(&mut self, account: &str, open: &Open, now: Time) {
        let day = TimeDelta::hours(24);
        let (run, intent) = (open.run.as_str(), open.since);
        let before = self
            .acted
            .iter()
            .rev()
            .take_while(|acted| now - acted.at < day);
        // The same step may have to be done again, if somebody else undid it before it was seen; and it may be of several acts.
        let known = self.people.known.get(account);
        let is_in_several = known.is_some_and(|known| known.facts.is_in_several());
        // Steps are per person and directory.
        let again = before
            .filter(|acted| acted.account == account && takes_access(&acted.action))
            .find(|acted| {
                acted.run != run
                    || (acted.at < intent && acted.action == open.action && !is_in_several)
            });
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
}
