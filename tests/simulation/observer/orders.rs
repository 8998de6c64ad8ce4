//! What the administrators ordered, as far as they can know that it was carried out.

use chrono::TimeDelta;
use cloud::Time;
use seatkeeper::app::admin::{Answer, Command, Reply};
use seatkeeper::app::records::ExemptionSubject;
use serde_json::json;

use super::{KNOWN_SECONDS, Observer};
use crate::in_process::World;
use crate::policies::PolicyText;

/// The organization's cap of a fresh installation (RULES R8).
pub(super) const FRESH_PERCENT: u64 = 5;
/// By then an order is answered or never will be, and changes nothing any more.
const CROSSING_SECONDS: i64 = 600;

/// Whom an exemption shelters.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Held {
    /// A person.
    User(String),
    /// The members of a group.
    Group(String),
    /// Everybody of an e-mail domain.
    Domain(String),
}

/// Whether an exemption is in force.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Certainty {
    /// Since then, beyond doubt.
    Sure(Time),
    /// An order about it is on its way, or its answer was lost.
    Open,
}

/// A text of a policy.
#[derive(Clone, Debug)]
pub struct Saved {
    pub text: PolicyText,
    /// Since when another text is in its place.
    pub replaced: Option<Time>,
    /// Whether another one ever was.
    pub was_replaced: bool,
}

fn is_stopped(world: &World) -> bool {
    let cloud = world.cloud.borrow();
    let settings = cloud.stored().plain_value("settings", cloud.now());
    settings.is_some_and(|settings| settings["stopped"] == true)
}

/// The organization's cap in force.
fn stored_percent(world: &World) -> u64 {
    let cloud = world.cloud.borrow();
    let settings = cloud.stored().plain_value("settings", cloud.now());
    let percent = settings.and_then(|settings| settings["percentPerDay"].as_u64());
    percent.unwrap_or(FRESH_PERCENT)
}

/// The version of the exemptions that an answer tells.
fn told_version(reply: &Reply) -> Option<u64> {
    let Reply::Answer(answer) = reply else {
        return None;
    };
    match answer.as_ref() {
        Answer::Exemptions(list) => Some(u64::from(list.version)),
        _ => None,
    }
}

/// The revision that the answer to an order to save a policy tells.
fn told_revision(reply: &Reply) -> Option<u32> {
    let Reply::Answer(answer) = reply else {
        return None;
    };
    match answer.as_ref() {
        Answer::Saved(saved) => Some(saved.reference.revision),
        _ => None,
    }
}

fn held(subject: &ExemptionSubject) -> Held {
    match subject {
        ExemptionSubject::User { account } => Held::User(account.0.clone()),
        ExemptionSubject::Group { group } => Held::Group(group.clone()),
        ExemptionSubject::Domain { domain } => Held::Domain(domain.clone()),
        other => panic!("nobody here exempts {other:?}"),
    }
}

impl Observer {
    /// A text that an administrator is about to save.
    pub fn policy_written(&mut self, text: &PolicyText) {
        let saved = Saved {
            text: text.clone(),
            replaced: None,
            was_replaced: false,
        };
        self.record
            .policy(|| json!({"name": text.name, "document": text.document()}));
        self.policies.insert(text.name.clone(), saved);
    }

    /// An order was given.
    pub fn ordered(&mut self, world: &World, command: &Command) {
        if let Command::AddExemption { subject, .. } | Command::RemoveExemption { subject } =
            command
        {
            let now = world.cloud.borrow().now();
            self.ordered.insert(held(subject), now);
        }
        match command {
            Command::UndoRun {
                run, dry: false, ..
            } => {
                *self.undo_orders.entry(run.clone()).or_default() += 1;
            }
            Command::AddExemption { subject, .. } => {
                self.exemptions
                    .entry(held(subject))
                    .or_insert(Certainty::Open);
            }
            Command::RemoveExemption { subject } => {
                let now = world.cloud.borrow().now();
                self.exemptions.insert(held(subject), Certainty::Open);
                self.removals.insert(held(subject), now);
            }
            Command::ApproveRun { run, hold_out, .. } => {
                self.note_wish_to_hold_out(world, run, hold_out);
            }
            Command::SetStopped { stopped: false } => self.stopped = None,
            Command::SetLimits { percent_per_day } => {
                self.percents.push((u64::from(*percent_per_day), None));
            }
            _ => {}
        }
        self.look(world);
    }

    /// An order was answered.
    pub fn answered(&mut self, world: &World, command: &Command, reply: &Reply) {
        let now = world.cloud.borrow().now();
        if let Command::RemoveExemption { subject } = command {
            self.removals.remove(&held(subject));
        }
        if matches!(reply, Reply::Error(_)) {
            return;
        }
        // Two orders may cross: one whose answer tells an older version than another's came before it.
        let version = told_version(reply);
        let is_newest = version.is_none_or(|version| version > self.exemptions_version);
        self.exemptions_version = self.exemptions_version.max(version.unwrap_or_default());
        match command {
            Command::AddExemption { subject, .. } => {
                let certainty = self
                    .exemptions
                    .entry(held(subject))
                    .or_insert(Certainty::Open);
                // An order to remove it may cross this one, and come last without an answer.
                let crossing = self.removals.get(&held(subject));
                let is_crossed =
                    crossing.is_some_and(|at| now - *at < TimeDelta::seconds(CROSSING_SECONDS));
                if *certainty == Certainty::Open && !is_crossed && is_newest {
                    *certainty = Certainty::Sure(now);
                }
            }
            Command::RemoveExemption { subject } => {
                self.exemptions.remove(&held(subject));
                if !is_newest {
                    self.exemptions.insert(held(subject), Certainty::Open);
                }
            }
            // Two orders may cross; what is stored says which of them came last.
            Command::SetStopped { .. } => self.stopped = is_stopped(world).then_some(now),
            Command::SavePolicy { document, .. } => {
                self.replace_texts(document, told_revision(reply), now);
            }
            Command::SetLimits { .. } => self.replace_percents(stored_percent(world), now),
            Command::ApproveRun { run, hold_out, .. } => self.note_held_out(world, run, hold_out),
            Command::AbortRun { run, .. } => {
                if let Some(seen) = self.runs.get_mut(run) {
                    seen.aborted = Some(now);
                }
            }
            _ => {}
        }
        self.look(world);
    }

    fn replace_texts(&mut self, document: &str, revision: Option<u32>, now: Time) {
        let document: serde_json::Value = serde_json::from_str(document).unwrap_or_default();
        // Two orders may cross: the text of the lower revision was replaced before its answer came.
        let id = document["id"].as_str().unwrap_or_default().to_owned();
        let newest = self.revisions.entry(id).or_default();
        if revision.is_some_and(|revision| revision < *newest) {
            let name = document["name"].as_str();
            if let Some(saved) = name.and_then(|name| self.policies.get_mut(name)) {
                saved.replaced = Some(now);
                saved.was_replaced = true;
            }
            return;
        }
        *newest = revision.unwrap_or(*newest);
        for saved in self.policies.values_mut() {
            let is_other = document["id"] == saved.text.id.as_str()
                && document["name"] != saved.text.name.as_str();
            if is_other && saved.replaced.is_none() {
                saved.replaced = Some(now);
                saved.was_replaced = true;
            }
        }
        // What replaced one may be replaced by an older text again.
        if let Some(saved) = document["name"]
            .as_str()
            .and_then(|name| self.policies.get_mut(name))
        {
            saved.replaced = None;
        }
    }

    /// The greatest of the organization's caps that a plan of the last two days may rest on.
    pub(super) fn largest_percent(&self, now: Time) -> u64 {
        let horizon = now - TimeDelta::hours(48);
        let in_force = self
            .percents
            .iter()
            .filter(|(_, replaced)| replaced.is_none_or(|at| at > horizon));
        let percents = in_force.map(|(percent, _)| *percent);
        percents.max().unwrap_or(FRESH_PERCENT)
    }

    fn replace_percents(&mut self, percent: u64, now: Time) {
        let horizon = now - TimeDelta::hours(96);
        self.percents
            .retain(|(_, replaced)| replaced.is_none_or(|at| at > horizon));
        self.percents.push((percent, None));
        for (other, replaced) in &mut self.percents {
            if *other != percent && replaced.is_none() {
                *replaced = Some(now);
            }
        }
    }

    /// Whether everything was stopped for so long that every action had to know it. An order that was killed before its answer
    /// may have ended it.
    pub(super) fn known_stop(&self, world: &World, now: Time) -> bool {
        let is_long = |at: Time| now - at > TimeDelta::seconds(KNOWN_SECONDS);
        self.stopped.is_some_and(is_long) && is_stopped(world)
    }
}
