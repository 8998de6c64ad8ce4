//! The files of a bundle.

use serde_json::{Value, json};

use super::archive::pack;
use super::material::{About, Bundle, RunFacts};
use super::period::folder;
use super::told::Told;
use super::{FORMAT, PERIOD_FORM, SUMMARY_FORM, VERSION, name, plan, summary};
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
    let mut files = vec![(name::ENTRIES.to_owned(), bundle.entries.clone())];
    let about = bundle.facts.about();
    of_run(&mut files, "", about, &bundle.told, &bundle.plan);
    for (one, part) in bundle.facts.runs.iter().zip(&bundle.runs) {
        let folder = folder(one.id());
        of_run(
            &mut files,
            &folder,
            Some(one.about()),
            &part.told,
            &part.plan,
        );
    }
    files.push((name::NAMES.to_owned(), bundle.names.clone()));
    files.push((name::SUMMARY.to_owned(), summary::page(bundle)));
    let manifest = manifest(bundle, &files);
    files.insert(0, (name::MANIFEST.to_owned(), text(&manifest)));
    pack(&files)
}

/// The files about a run, or about a period as a whole.
fn of_run(
    files: &mut Vec<(String, String)>,
    folder: &str,
    about: Option<About<'_>>,
    told: &Told,
    plan: &str,
) {
    let mut push = |name: &str, text: String| files.push(([folder, name].concat(), text));
    if let Some(about) = about {
        push(name::PLAN, plan.to_owned());
        if let Some(policy) = own_policy(about) {
            push(name::POLICY, policy);
        }
        if let Some(order) = order(about, told) {
            push(name::ORDER, text(&order));
        }
    }
    push(name::POPULATION, text(&population(about, told)));
    push(name::APPROVALS, text(&approvals(about, told)));
}

/// A value over several lines, for a reader.
fn text(value: &Value) -> String {
    let mut text = serde_json::to_string_pretty(value).unwrap_or_default();
    text.push('\n');
    text
}

/// The policy's text, if it is the one whose hash the run tells.
fn own_policy(about: About<'_>) -> Option<String> {
    let text = canonical(about.policy?);
    let expected = about.run.get("policy")?.get("hash")?;
    (expected.as_str() == Some(&sha256_hex(&text))).then_some(text)
}

/// What was asked for by hand. Whom it meant is told as long as they are those of whom the log holds the hash: accounts that
/// were closed since are erased.
fn order(about: About<'_>, told: &Told) -> Option<Value> {
    let why = about.run.get("byHand")?.as_str()?;
    let hash = told.last("start-run").and_then(chosen_hash);
    let chosen = about
        .chosen
        .filter(|chosen| hash.is_none_or(|hash| hash == sha256_hex(&canonical(chosen))));
    let at = |[of, field]: [&str; 2]| about.run.get(of)?.get(field);
    Some(json!({
        "by": at(["cause", "account"]),
        "asked": about.run.get("now"),
        "what": at(["policy", "name"]),
        "why": why,
        "people": chosen,
    }))
}

/// The hash of those who were chosen, as the entry tells it with which a run by hand began.
pub(super) fn chosen_hash(begun: &Value) -> Option<&str> {
    begun.get("after")?.get("chosenSha256")?.as_str()
}

fn manifest(bundle: &Bundle, files: &[(String, String)]) -> Value {
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
    let mut manifest = json!({
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
    });
    if let (Value::Object(fields), None) = (&mut manifest, &bundle.facts.run) {
        fields.insert(String::from("summary"), Value::from(PERIOD_FORM));
        fields.insert(String::from("runs"), runs(bundle));
        let left_out = bundle.facts.left_out.iter();
        let left_out = left_out.map(|one| json!({"run": one.run, "why": one.in_words()}));
        fields.insert(String::from("leftOut"), left_out.collect());
    }
    manifest
}

/// The runs of a period, each as `covers` tells it of a bundle about one.
fn runs(bundle: &Bundle) -> Value {
    let runs = bundle.facts.runs.iter().zip(&bundle.runs);
    let runs = runs.map(|(RunFacts { run, .. }, part)| {
        json!({
            "run": run.get("id"),
            "policy": run.get("policy"),
            "now": run.get("now"),
            "state": run.get("state"),
            "message": run.get("message"),
            "plan": plan::hash(&part.plan),
        })
    });
    runs.collect()
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

fn population(about: Option<About<'_>>, told: &Told) -> Value {
    let run = about.map(|about| about.run);
    let of_run = |name: &str| run.and_then(|run| run.get(name));
    let of_plan = |name: &str| of_run("plan").and_then(|plan| plan.get(name));
    let known = about.and_then(|about| about.coverage);
    let known = known.or(of_plan("coverage"));
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
        "entries": told.counted(),
    })
}

fn approvals(about: Option<About<'_>>, told: &Told) -> Value {
    let of_run = |name: &str| about.and_then(|about| about.run.get(name));
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
        "decisions": told.decisions,
    })
}
