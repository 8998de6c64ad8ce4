//! Chains of stages (RULES R2): no stage sooner than it is due, none without the one before it, none after the chain was left.

use std::collections::BTreeMap;

use chrono::TimeDelta;
use cloud::Time;
use serde_json::Value;

use super::decisions::planned_stages;
use super::{Observer, Open, stored_run, time_of};
use crate::in_process::World;
use crate::policies::PolicyText;

/// What changed so shortly before a snapshot may not be in it: groups and roles are shown late.
const SHOWN_SECONDS: i64 = 60;

/// A planned run that let people into its policy's chain.
#[derive(Clone, Debug)]
struct Entry {
    run: String,
    /// How many plans were frozen before it. Runs are not planned in the order in which they were asked for.
    place: usize,
    /// Its reference time.
    reference: Time,
    /// When the reading was taken that it rests on.
    read: Time,
}

/// What is known of chains.
#[derive(Clone, Debug, Default)]
pub(super) struct Chains {
    /// By the name of the text: the runs that could let people in, in order.
    entries: BTreeMap<String, Vec<Entry>>,
    /// By text and account: the stages that were done, with the time.
    done: BTreeMap<(String, String), BTreeMap<usize, Time>>,
    /// By text and account: the place of the last plan at which they had to leave.
    left: BTreeMap<(String, String), usize>,
    /// How many plans were frozen.
    plans: usize,
}

impl Observer {
    /// A plan was frozen: whoever matched may have entered the chain with it, and whoever is exempt has left.
    pub(super) fn note_entries(&mut self, world: &World, run: &str) {
        let Some(stored) = stored_run(world, run) else {
            return;
        };
        if stored["dry"] == true || stored["undoes"]["run"].is_string() {
            return;
        }
        let (Some(text), Some(reference), Some(read)) = (
            self.text_of(&stored).map(|text| text.name.clone()),
            time_of(&stored["now"]),
            time_of(&stored["plan"]["snapshotTaken"]),
        ) else {
            return;
        };
        let settled = read - TimeDelta::seconds(SHOWN_SECONDS);
        let is_exempt = |sheltered: &Option<(Time, &str)>| {
            sheltered.is_some_and(|(since, why)| since < settled && why.starts_with("exempt"))
        };
        let leaving: Vec<String> = self
            .people
            .known
            .iter()
            .filter(|(_, known)| is_exempt(&known.sheltered) && known.changed < settled)
            .map(|(account, _)| account.clone())
            .collect();
        self.chains.plans += 1;
        let place = self.chains.plans;
        for account in leaving {
            let person = (text.clone(), account);
            self.chains.done.remove(&person);
            self.chains.left.insert(person, place);
        }
        let policy = stored["policy"]["id"].as_str().unwrap_or_default();
        for (account, is_back) in self.leaving_by_link(policy, reference) {
            let person = (text.clone(), account);
            self.chains.done.remove(&person);
            let last = if is_back { place - 1 } else { place };
            self.chains.left.insert(person, last);
        }
        let entry = Entry {
            run: run.to_owned(),
            place,
            reference,
            read,
        };
        self.chains.entries.entry(text).or_default().push(entry);
    }

    /// The log says that an action was done to somebody.
    pub(super) fn note_done(
        &mut self,
        world: &World,
        account: &str,
        run: &str,
        action: &str,
        now: Time,
    ) {
        let stored = stored_run(world, run).unwrap_or_default();
        if stored["undoes"]["run"].is_string() {
            return;
        }
        let Some(text) = self.text_of(&stored) else {
            return;
        };
        let Some(stage) = self.stage_of(world, account, run, action) else {
            return;
        };
        let person = (text.name.clone(), account.to_owned());
        let done = self.chains.done.entry(person).or_default();
        done.insert(stage, now);
    }

    /// Which stage of its policy a run does to somebody by an action: only a warning can stand in several.
    pub(super) fn stage_of(
        &self,
        world: &World,
        account: &str,
        run: &str,
        action: &str,
    ) -> Option<usize> {
        let stored = stored_run(world, run)?;
        let text = self.text_of(&stored)?;
        let first = text.stage_of(action)?;
        if action != "warn" {
            return Some(first);
        }
        let planned = planned_stages(world, run, account);
        planned.into_iter().find(|stage| text.warns_at(*stage))
    }

    /// The stage was due.
    pub(super) fn judge_stage(&mut self, account: &str, open: &Open, stored: &Value, now: Time) {
        let run = open.run.as_str();
        let Some(text) = self.text_of(stored).cloned() else {
            return;
        };
        let Some(stage) = open.stage else {
            let action = &open.action;
            let what = format!("{run} did {action} to {account}, which its policy does not say");
            self.broken(now, what);
            return;
        };
        let (Some(reference), Some(read)) = (
            time_of(&stored["now"]),
            time_of(&stored["plan"]["snapshotTaken"]),
        ) else {
            return;
        };
        let after = |stage: usize| TimeDelta::hours(text.stages[stage].after_hours);
        let person = (text.name.clone(), account.to_owned());
        // A policy that does everything at once keeps no chain: each of its plans stands for itself.
        let is_kept =
            text.stages.len() > 1 || after(0) > TimeDelta::zero() || text.confirm_hours.is_some();
        let left = self.chains.left.get(&person).copied().filter(|_| is_kept);
        let entries = self.chains.entries.get(&text.name);
        let mut entries = entries
            .into_iter()
            .flatten()
            .filter(|entry| left.is_none_or(|left| entry.place > left));
        let confirm = text.confirm_hours.map(TimeDelta::hours);
        let is_due = entries.any(|entry| {
            let is_confirmed =
                confirm.is_none_or(|apart| entry.run != run && entry.read + apart <= read);
            is_confirmed && entry.reference + after(stage) <= reference
        });
        if !is_due {
            let what = format!(
                "{run} did stage {stage} to {account}, who cannot have entered so long ago, or not with enough readings"
            );
            self.broken(now, what);
        }
        let done = self.chains.done.get(&person).cloned().unwrap_or_default();
        // Of warnings in a row only the latest need be sent that is due.
        let may_be_passed_over =
            |earlier: usize| text.warns_at(earlier) && text.warns_at(earlier + 1);
        let mut missing = (0..stage).filter(|earlier| !done.contains_key(earlier));
        let last = done.range(..stage).next_back();
        if let Some(missing) = missing.find(|earlier| !may_be_passed_over(*earlier)) {
            let what = format!("{run} did stage {stage} to {account} before stage {missing}");
            self.broken(now, what);
        } else if stage > 0
            && last.is_some_and(|(_, at)| now - *at < after(stage) - after(stage - 1))
        {
            let what =
                format!("{run} did stage {stage} to {account} too soon after the one before");
            self.broken(now, what);
        }
        self.judge_left(account, run, &text.name, stage, now);
    }

    /// The last plan by which people must have entered the chain whose first stage a run does: its reference time, and when its
    /// reading was taken.
    pub(super) fn entry_for(
        &self,
        text: &PolicyText,
        run: &str,
        (reference, read): (Time, Time),
    ) -> Option<(Time, Time)> {
        let after = TimeDelta::hours(text.stages.first()?.after_hours);
        let apart = text.confirm_hours.map(TimeDelta::hours);
        let mut entries = self.chains.entries.get(&text.name)?.iter().rev();
        let entry = entries.find(|entry| {
            let is_confirmed =
                apart.is_none_or(|apart| entry.run != run && entry.read + apart <= read);
            is_confirmed && entry.reference + after <= reference
        })?;
        Some((entry.reference, entry.read))
    }

    /// Whoever was seen as somebody else had restored them is out of the chain.
    fn judge_left(&mut self, account: &str, run: &str, text: &str, stage: usize, now: Time) {
        let was_seen_active = self.reads.get(account).is_some_and(|read| read.was_active);
        let mut acted = self.acted.iter().rev();
        let last = acted.find(|acted| acted.account == account && made_inactive(acted.what));
        let is_ours = last.is_some_and(|acted| self.is_of(&acted.run, text) && acted.run != run);
        if stage > 0 && was_seen_active && is_ours {
            let what = format!("{run} did stage {stage} to {account}, who had been given back");
            self.broken(now, what);
        }
    }

    /// Whether a run is one of a text.
    fn is_of(&self, run: &str, text: &str) -> bool {
        let entries = self.chains.entries.get(text);
        let mut entries = entries.into_iter().flatten();
        entries.any(|entry| entry.run == run)
    }

    /// Whether a run of a text did something to a person before.
    pub(super) fn was_acted_on_by(&self, account: &str, text: &str) -> bool {
        let mut acted = self.acted.iter();
        acted.any(|acted| acted.account == account && self.is_of(&acted.run, text))
    }

    /// Whether a run of the same text made a person inactive, or rightly believes that it did.
    pub(super) fn was_made_inactive(&self, account: &str, stored: &Value) -> bool {
        let Some(text) = self.text_of(stored) else {
            return false;
        };
        let mut acted = self.acted.iter();
        let mut credited = self.credited.iter();
        acted.any(|acted| {
            acted.account == account
                && made_inactive(acted.what)
                && self.is_of(&acted.run, &text.name)
        }) || credited.any(|(run, of)| of == account && self.is_of(run, &text.name))
    }
}

/// Whether a change sets a status.
fn made_inactive(what: &str) -> bool {
    matches!(what, "suspended" | "deactivated" | "deleting")
}
