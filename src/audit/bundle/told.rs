//! What entries tell of runs: kept while a bundle is made, and again while one is verified.

use serde_json::{Map, Value};

use super::acts::is_act;

/// The actions by which people decide on runs, for `approvals.json`.
const DECISIONS: [&str; 9] = [
    "ask-approval",
    "hold-run",
    "release-run",
    "approve-run",
    "reject-run",
    "abort-run",
    "expire-run",
    "undo-run",
    "accept-snapshot",
];

/// The other actions about a run as a whole.
const COURSE: [&str; 3] = ["start-run", "freeze-plan", "end-run"];

/// The run whose beginning, plan, acts, end or decisions an entry tells of. What is said of a run later, such as a report of it,
/// makes it no run of that time.
pub(super) fn run_at_work(entry: &Value) -> Option<&str> {
    let text = |name: &str| entry.get(name).and_then(Value::as_str);
    let action = text("action")?;
    let is_work = DECISIONS.contains(&action) || COURSE.contains(&action) || is_act(action);
    text("run").filter(|_| is_work)
}

/// What entries tell.
#[derive(Clone, Debug, Default)]
pub(super) struct Told {
    /// The run that is asked about; every run, for a period.
    run: Option<String>,
    /// People's decisions, in the order in which they came.
    pub(super) decisions: Vec<Value>,
    /// How the run began, was frozen and ended.
    course: Vec<Value>,
    /// How often each action ended how, in the order in which they came.
    pub(super) tally: Vec<(String, String, u32)>,
}

impl Told {
    /// Nothing yet, about a run or about all of them.
    pub(super) fn of(run: Option<&str>) -> Told {
        Told {
            run: run.map(str::to_owned),
            ..Told::default()
        }
    }

    /// Takes an entry.
    pub(super) fn take(&mut self, entry: &Value) {
        let text = |name: &str| entry.get(name).and_then(Value::as_str).unwrap_or_default();
        let (action, outcome) = (text("action"), text("outcome"));
        count(&mut self.tally, action, outcome);
        if self.run.as_ref().is_some_and(|run| run != text("run")) {
            return;
        }
        if DECISIONS.contains(&action) {
            self.decisions.push(entry.clone());
        } else if COURSE.contains(&action) {
            self.course.push(entry.clone());
        }
    }

    /// Takes an entry if it is about the run, so that the tally is the run's alone.
    pub(super) fn take_own(&mut self, entry: &Value) {
        let run = entry.get("run").and_then(Value::as_str);
        if run.is_some() && run == self.run.as_deref() {
            self.take(entry);
        }
    }

    /// The last entry about the run with this action.
    pub(super) fn last(&self, action: &str) -> Option<&Value> {
        let is_it = |entry: &&Value| entry.get("action").and_then(Value::as_str) == Some(action);
        let mut entries = self.decisions.iter().chain(&self.course).rev();
        entries.find(is_it)
    }

    /// The tally as `population.json` tells it: action, outcome, how often.
    pub(super) fn counted(&self) -> Value {
        let mut actions = Map::new();
        for (action, outcome, count) in &self.tally {
            let outcomes = actions
                .entry(action.clone())
                .or_insert_with(|| Value::Object(Map::new()));
            if let Value::Object(outcomes) = outcomes {
                outcomes.insert(outcome.clone(), Value::from(*count));
            }
        }
        Value::Object(actions)
    }
}

fn count(tally: &mut Vec<(String, String, u32)>, action: &str, outcome: &str) {
    let mut known = tally.iter_mut();
    match known.find(|(a, o, _)| a == action && o == outcome) {
        Some((_, _, count)) => *count = count.saturating_add(1),
        None => tally.push((action.to_owned(), outcome.to_owned(), 1)),
    }
}
