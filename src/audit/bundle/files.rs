//! The files of a bundle.

use serde_json::{Value, json};

use super::archive::pack;
use super::material::Bundle;
use super::{FORMAT, SUMMARY_FORM, VERSION, name, plan, summary};
use crate::audit::{LogHead, canonical, sha256_hex};

/// What `population.json` says where nothing is known of the reading's coverage.
pub(super) const NO_COVERAGE: &str = "what was said of the coverage of this reading is not stored any more; the entry `freeze-plan` holds \
    the figures of the plan, and its guards say whether the reading was suspect";

impl Bundle {
    /// The archive.
    pub fn finish(self) -> Vec<u8> {
        archive(&self)
    }
}

/// All files, packed.
fn archive(bundle: &Bundle) -> Vec<u8> {
    let mut files = vec![(name::ENTRIES, bundle.entries.clone())];
    if bundle.facts.run.is_some() {
        files.push((name::PLAN, bundle.plan.clone()));
    }
    if let Some(policy) = own_policy(bundle) {
        files.push((name::POLICY, policy));
    }
    files.push((name::POPULATION, text(&population(bundle))));
    files.push((name::APPROVALS, text(&approvals(bundle))));
    files.push((name::NAMES, bundle.names.clone()));
    files.push((name::SUMMARY, summary::page(bundle)));
    let manifest = manifest(bundle, &files);
    files.insert(0, (name::MANIFEST, text(&manifest)));
    pack(&files)
}

/// A value over several lines, for a reader.
fn text(value: &Value) -> String {
    let mut text = serde_json::to_string_pretty(value).unwrap_or_default();
    text.push('\n');
    text
}

/// The policy's text, if it is the one whose hash the run tells.
fn own_policy(bundle: &Bundle) -> Option<String> {
    let text = canonical(bundle.facts.policy.as_ref()?);
    let expected = bundle.facts.run.as_ref()?.get("policy")?.get("hash")?;
    (expected.as_str() == Some(&sha256_hex(&text))).then_some(text)
}

fn manifest(bundle: &Bundle, files: &[(&str, String)]) -> Value {
    let verdict = bundle.verdict();
    let end = LogHead {
        seq: verdict.last,
        hash: verdict.head,
    };
    let before = bundle.check.before();
    let plan = bundle.facts.run.as_ref().map(|_| plan::hash(&bundle.plan));
    let of_run = |name: &str| bundle.facts.run.as_ref().and_then(|run| run.get(name));
    let files: Vec<Value> = files
        .iter()
        .map(|(name, text)| json!({"name": name, "bytes": text.len(), "sha256": sha256_hex(text)}))
        .collect();
    json!({
        "format": FORMAT,
        "version": VERSION,
        "app": env!("CARGO_PKG_VERSION"),
        "made": bundle.facts.made,
        "covers": {
            "from": bundle.facts.covers.from,
            "to": bundle.facts.covers.to,
            "run": of_run("id"),
            "policy": of_run("policy"),
            "now": of_run("now"),
            "state": of_run("state"),
            "message": of_run("message"),
        },
        "entries": {
            "count": verdict.entries,
            "before": before.map(LogHead::to_string),
            "end": end.to_string(),
        },
        "head": bundle.facts.head.to_string(),
        "anchors": anchors(bundle, end.seq),
        "plan": plan,
        "summary": SUMMARY_FORM,
        "files": files,
    })
}

/// The anchors that the entries hold.
fn anchors(bundle: &Bundle, last: u32) -> Vec<String> {
    let first = bundle.check.before().map_or(0, |before| before.seq);
    let inside = bundle
        .facts
        .anchors
        .iter()
        .filter(|anchor| (first..=last).contains(&anchor.seq));
    inside.map(LogHead::to_string).collect()
}

fn population(bundle: &Bundle) -> Value {
    let run = bundle.facts.run.as_ref();
    let of_run = |name: &str| run.and_then(|run| run.get(name));
    let of_plan = |name: &str| of_run("plan").and_then(|plan| plan.get(name));
    let known = bundle.facts.coverage.as_ref().or(of_plan("coverage"));
    let coverage = match (known, run) {
        (Some(coverage), _) => coverage.clone(),
        (None, Some(_)) => Value::from(NO_COVERAGE),
        (None, None) => Value::Null,
    };
    json!({
        "snapshot": of_plan("snapshot"),
        "readFrom": of_plan("snapshotTaken"),
        "population": of_plan("population"),
        "counts": of_run("counts"),
        "acts": of_plan("acts"),
        "sincePreview": of_run("sincePreview"),
        "coverage": coverage,
        "entries": bundle.told.counted(),
    })
}

fn approvals(bundle: &Bundle) -> Value {
    let of_run = |name: &str| bundle.facts.run.as_ref().and_then(|run| run.get(name));
    json!({
        "cause": of_run("cause"),
        "policySavedBy": of_run("policy").and_then(|policy| policy.get("savedBy")),
        "guards": of_run("guards"),
        "release": of_run("release"),
        "approvalWanted": of_run("approvalWanted"),
        "approval": of_run("approval"),
        "approvalIssue": of_run("approvalIssue"),
        "heldOut": of_run("heldOut"),
        "abort": of_run("abort"),
        "undoes": of_run("undoes"),
        "decisions": bundle.told.decisions,
    })
}
