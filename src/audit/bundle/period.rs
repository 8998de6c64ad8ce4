//! The runs of a period: which they are, and whether a bundle tells of each of them.

use std::collections::BTreeSet;

use serde_json::Value;

use super::told::run_at_work;
use crate::audit::StoredEntry;
use crate::json;
use crate::model::Time;

/// The folder of a run's files in the bundle of a period.
pub(super) fn folder(run: &str) -> String {
    format!("runs/{run}/")
}

/// The runs that were decided on, planned or at work between two moments, as entries tell, each once and in their order.
pub fn runs_at_work(entries: &[StoredEntry], from: Time, to: Time) -> Vec<String> {
    let mut runs: Vec<String> = Vec::new();
    for entry in entries
        .iter()
        .filter_map(|one| json::parse(&one.entry).ok())
    {
        if let Some(run) = within(&entry, from, to)
            && !runs.iter().any(|known| known == run)
        {
            runs.push(run.to_owned());
        }
    }
    runs
}

fn within(entry: &Value, from: Time, to: Time) -> Option<&str> {
    let time = entry.get("time").and_then(Value::as_str)?;
    let time = Time::parse(time)?;
    run_at_work(entry).filter(|_| from <= time && time <= to)
}

/// The runs that a manifest tells of, and those that its entries name.
#[derive(Default)]
pub(super) struct Period {
    span: Option<(Time, Time)>,
    /// Those of which there are files, each with the run as `covers` tells it of a bundle about one.
    pub(super) runs: Vec<(String, Value)>,
    left_out: Vec<(String, String)>,
    named: BTreeSet<String>,
}

impl Period {
    /// What a manifest says; nothing for a bundle about one run, and for one that was made before periods told of runs.
    pub(super) fn of(manifest: &Value) -> Period {
        let list = |name: &str| manifest.get(name).and_then(Value::as_array);
        let text = |value: &Value, name: &str| {
            let text = value.get(name).and_then(Value::as_str);
            text.unwrap_or_default().to_owned()
        };
        let Some(runs) = list("runs") else {
            return Period::default();
        };
        let time = |name: &str| Time::parse(manifest.get("covers")?.get(name)?.as_str()?);
        let left_out = list("leftOut").into_iter().flatten();
        Period {
            span: time("from").zip(time("to")),
            runs: runs
                .iter()
                .map(|one| (text(one, "run"), one.clone()))
                .collect(),
            left_out: left_out
                .map(|one| (text(one, "run"), text(one, "why")))
                .collect(),
            named: BTreeSet::new(),
        }
    }

    /// Notes the run that an entry of the period names.
    pub(super) fn take(&mut self, entry: &Value) {
        if let Some((from, to)) = self.span
            && let Some(run) = within(entry, from, to)
            && !self.named.contains(run)
        {
            self.named.insert(run.to_owned());
        }
    }

    /// A run that is neither told of nor said to be left out is hidden.
    pub(super) fn finish(&self, faults: &mut Vec<String>, remarks: &mut Vec<String>) {
        for run in &self.named {
            let is_told = self.runs.iter().any(|(id, _)| id == run);
            let left_out = self.left_out.iter().find(|(id, _)| id == run);
            match left_out {
                _ if is_told => {}
                Some((_, why)) => remarks.push(format!("the run {run} is left out: {why}")),
                None => faults.push(format!(
                    "the entries tell of the run {run}, of which the bundle says nothing"
                )),
            }
        }
    }
}
