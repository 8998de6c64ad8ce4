//! Who let a run go on, and what they let it do (RULES R9).

use std::collections::{BTreeMap, BTreeSet};

use chrono::TimeDelta;
use cloud::Time;
use serde_json::Value;

use super::{KNOWN_SECONDS, Observer, stored_run, time_of};
use crate::in_process::World;

/// No plan is let go on that is so old.
const PLAN_DAYS: i64 = 7;
/// How long a single administrator waits, in hours.
const ALONE_HOURS: i64 = 24;

/// What matters for the decisions to come.
#[derive(Clone, Debug, Default)]
pub(super) struct Decisions {
    /// By run: whom an approver held out, beyond doubt.
    held_out: BTreeMap<String, BTreeSet<String>>,
    /// By run: whom an approver wished to hold out, answered or not.
    perhaps_held_out: BTreeMap<String, BTreeSet<String>>,
    /// Who changed a limit last, or took an exemption back, and when.
    loosened: BTreeMap<String, (String, Time)>,
    /// Who took a jump of idle people for true last, when, and of which reading.
    accepted: Option<(String, Time, Time)>,
    /// By policy: the reference time of the last run that somebody let go on, and that came to its end.
    let_go: BTreeMap<String, Time>,
}

/// The people to be acted on by a stored plan, in its order.
pub(super) fn planned(world: &World, run: &str) -> Vec<String> {
    let mut people = Vec::new();
    each_planned(world, run, |account, _| people.push(account.to_owned()));
    people
}

/// The stages that a stored plan has for a person.
pub(super) fn planned_stages(world: &World, run: &str, account: &str) -> BTreeSet<usize> {
    let mut stages = BTreeSet::new();
    each_planned(world, run, |of, stage| {
        if of == account {
            stages.insert(stage);
        }
    });
    stages
}

/// What a stored plan says of each: the fate and its reason.
pub(super) fn fates(world: &World, run: &str) -> BTreeMap<String, String> {
    let mut fates = BTreeMap::new();
    each_line(world, run, |line| {
        let fate = format!("{}: {}", text(&line["f"]), text(&line["r"]));
        fates.insert(text(&line["a"]).to_owned(), fate);
    });
    fates
}

/// The people of a stored plan whom steps of it name.
fn named(world: &World, run: &str, steps: &[u32]) -> BTreeSet<String> {
    let people = planned(world, run);
    let named = steps.iter().filter_map(|step| {
        let step = usize::try_from(*step).ok()?;
        people.get(step).cloned()
    });
    named.collect()
}

fn each_planned(world: &World, run: &str, mut with: impl FnMut(&str, usize)) {
    each_line(world, run, |line| {
        if line["f"] == "planned"
            && let Some(account) = line["a"].as_str()
        {
            let stage = line["n"].as_u64().unwrap_or_default();
            with(account, usize::try_from(stage).unwrap_or_default());
        }
    });
}

fn each_line(world: &World, run: &str, mut with: impl FnMut(&Value)) {
    let cloud = world.cloud.borrow();
    let part = |number: usize| {
        let key = format!("run:{run}:plan:{number}");
        cloud.stored().plain_value(&key, cloud.now())
    };
    for part in (0..).map_while(part) {
        for line in part["people"].as_array().into_iter().flatten() {
            with(line);
        }
    }
}

impl Observer {
    /// An approval that was ordered: whom it is to hold out.
    pub(super) fn note_wish_to_hold_out(&mut self, world: &World, run: &str, steps: &[u32]) {
        let wished = self.decisions.perhaps_held_out.entry(run.to_owned());
        wished.or_default().extend(named(world, run, steps));
    }

    /// An approval that was answered: whom it held out.
    pub(super) fn note_held_out(&mut self, world: &World, run: &str, steps: &[u32]) {
        let named = named(world, run, steps);
        self.decisions.held_out.insert(run.to_owned(), named);
    }

    /// A limit was changed, or an exemption taken back.
    pub(super) fn note_loosening(&mut self, entry: &Value, now: Time) {
        let (action, actor) = (text(&entry["action"]), text(&entry["actor"]));
        self.decisions
            .loosened
            .insert(action.to_owned(), (actor.to_owned(), now));
    }

    /// A jump of idle people was taken for true.
    pub(super) fn note_acceptance(&mut self, entry: &Value, now: Time) {
        let actor = text(&entry["actor"]).to_owned();
        let read_from = time_of(&entry["after"]["readFrom"]);
        self.decisions.accepted = read_from.map(|read_from| (actor, now, read_from));
    }

    /// A run came to its end that somebody had let go on.
    pub(super) fn note_let_go(&mut self, world: &World, run: &str) {
        let stored = stored_run(world, run).unwrap_or_default();
        let is_over = matches!(text(&stored["state"]), "done" | "done-with-failures");
        let was_let_go = !stored["release"].is_null() || !stored["approval"].is_null();
        if let Some(reference) = time_of(&stored["now"]).filter(|_| is_over && was_let_go) {
            let policy = text(&stored["policy"]["id"]).to_owned();
            self.decisions.let_go.insert(policy, reference);
        }
    }

    /// Whoever lets a run go on is none of those who asked for it or loosened what holds it.
    pub(super) fn judge_decider(&mut self, world: &World, entry: &Value, now: Time) {
        let run = text(&entry["run"]);
        let Some(stored) = stored_run(world, run) else {
            self.broken(now, format!("{run} was let go on and is not stored"));
            return;
        };
        let oldest = now - TimeDelta::days(PLAN_DAYS) - TimeDelta::seconds(KNOWN_SECONDS);
        if time_of(&stored["now"]).is_none_or(|planned| planned < oldest) {
            self.broken(
                now,
                format!("{run} was let go on with a plan that is too old"),
            );
        }
        let actor = text(&entry["actor"]);
        let why = self.requester_role(actor, &stored);
        let Some(why) = why else { return };
        let alone = text(&entry["reason"]).starts_with("single-handed");
        let frozen = self.freeze_time(run, &stored).unwrap_or(now);
        if !alone || now - frozen < TimeDelta::hours(ALONE_HOURS) {
            self.broken(now, format!("{run} was let go on by {actor}, who {why}"));
        }
    }

    /// What makes a person one of those who asked for a run.
    fn requester_role(&self, actor: &str, stored: &Value) -> Option<&'static str> {
        let person = actor.strip_prefix("person:").unwrap_or(actor);
        let policy = text(&stored["policy"]["id"]);
        let last = self.decisions.let_go.get(policy).copied();
        let mut loosened = self.decisions.loosened.values();
        if stored["cause"]["account"] == person {
            return Some("asked for it");
        }
        let hash = text(&stored["policy"]["hash"]);
        if stored["policy"]["savedBy"] == person && !self.released_texts.contains(hash) {
            return Some("wrote the text");
        }
        let read_from = time_of(&stored["plan"]["snapshotTaken"]);
        if let Some((by, at, accepted)) = &self.decisions.accepted
            && by == actor
            && last.is_none_or(|last| *at >= last)
            && stored["undoes"].is_null()
            && read_from.is_some_and(|read_from| read_from >= *accepted)
        {
            return Some("took its reading for true");
        }
        loosened
            .any(|(by, at)| by == actor && last.is_none_or(|last| *at >= last))
            .then_some("changed what holds it")
    }

    /// Nothing is done without the approval that the policy wants, nor to those whom it holds out.
    pub(super) fn judge_decision(&mut self, account: &str, run: &str, stored: &Value, now: Time) {
        let wants = self.text_of(stored).is_some_and(|text| text.wants_approval);
        let approved = self.runs.get(run).and_then(|seen| seen.approved);
        if wants && (approved.is_none() || stored["approval"].is_null()) {
            self.broken(now, format!("{run} acted on {account} without an approval"));
        }
        if self.is_held_out(run, account) {
            self.broken(now, format!("{run} acted on {account}, who was held out"));
        }
    }

    /// Whether an approver held somebody out.
    fn is_held_out(&self, run: &str, account: &str) -> bool {
        let held_out = self.decisions.held_out.get(run);
        held_out.is_some_and(|out| out.contains(account))
    }

    /// Whether an approver held somebody out, or wished to and never knew whether that was heard.
    pub(super) fn may_be_held_out(&self, run: &str, account: &str) -> bool {
        let wished = self.decisions.perhaps_held_out.get(run);
        wished.is_some_and(|out| out.contains(account))
    }

    /// Nothing is done any more by a run that somebody ended.
    pub(super) fn judge_abort(&mut self, account: &str, run: &str, now: Time) {
        let aborted = self.runs.get(run).and_then(|seen| seen.aborted);
        if aborted.is_some_and(|at| now - at > TimeDelta::seconds(KNOWN_SECONDS)) {
            self.broken(now, format!("{run} acted on {account}, and was aborted"));
        }
    }
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}
