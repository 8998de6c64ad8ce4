//! Whether the files that a bundle derives from a run say what the entries say: policy, population, approvals, and the page
//! that shows them. What no entry tells is named as not proven.

mod run;

use serde_json::{Value, json};

use self::run::OfRun;
use super::material::{Bundle, Facts, RunFacts, RunPart};
use super::told::Told;
use super::{PERIOD_FORM, SUMMARY_FORM, name, summary};
use crate::audit::{ChainCheck, LogHead};
use crate::json;

/// The texts about a run, or about a period as a whole, that are compared with the entries; an empty one for a file that is
/// not there.
pub(super) struct Texts<'a> {
    pub(super) policy: Option<&'a str>,
    pub(super) order: Option<&'a str>,
    pub(super) population: &'a str,
    pub(super) approvals: &'a str,
    pub(super) plan: &'a str,
}

/// What a bundle says, and what its entries tell, of a run or of a period as a whole.
pub(super) struct Side<'a> {
    pub(super) covers: &'a Value,
    pub(super) texts: Texts<'a>,
    pub(super) told: Told,
}

/// What was found.
#[derive(Default)]
pub(super) struct Findings {
    /// What does not agree, one sentence each.
    pub(super) faults: Vec<String>,
    /// What no entry tells, one sentence each.
    pub(super) remarks: Vec<String>,
    /// The fields of the file at hand of which no entry tells anything.
    unproven: Vec<String>,
    /// The run of a period that the file at hand is about.
    run: Option<String>,
}

impl Findings {
    /// A field of a file against what the entries tell of it; `None` where they tell nothing.
    fn field(&mut self, file: &str, field: &str, said: Option<&Value>, told: Option<&Value>) {
        let said = said.unwrap_or(&Value::Null);
        match told {
            Some(told) => self.must(file, field, said == told),
            None if said.is_null() => {}
            None => self.unproven.push(field.to_owned()),
        }
    }

    fn must(&mut self, file: &str, field: &str, agrees: bool) {
        if !agrees {
            let file = self.called(file);
            let fault = format!("{file} tells another `{field}` than the entries");
            self.faults.push(fault);
        }
    }

    fn called(&self, file: &str) -> String {
        match &self.run {
            Some(run) => format!("{file} of the run {run}"),
            None => file.to_owned(),
        }
    }

    /// Names what is not proven of a file: its own fields that were found so, and those that this version does not know.
    fn close(&mut self, file: &str, value: &Value, known: &[&str]) {
        let fields = value.as_object();
        for (field, value) in fields.into_iter().flatten() {
            if !known.contains(&field.as_str()) && !value.is_null() {
                self.unproven.push(field.clone());
            }
        }
        if !self.unproven.is_empty() {
            let file = self.called(file);
            let fields = self.unproven.join(", ");
            let remark = format!("{file}: not proven, since no entry tells it: {fields}");
            self.remarks.push(remark);
            self.unproven.clear();
        }
    }
}

/// The fields of `population.json` that this version writes.
const POPULATION_FIELDS: [&str; 8] = [
    "snapshot",
    "readFrom",
    "population",
    "counts",
    "acts",
    "sincePreview",
    "coverage",
    "entries",
];

/// Those of `approvals.json`.
const APPROVALS_FIELDS: [&str; 11] = [
    "cause",
    "policySavedBy",
    "guards",
    "release",
    "approvalWanted",
    "approval",
    "approvalIssue",
    "heldOut",
    "abort",
    "undoes",
    "decisions",
];

/// Compares all of them: what the bundle is about, and each run of a period.
pub(super) fn compare(
    whole: Side<'_>,
    runs: Vec<Side<'_>>,
    summary: &str,
    manifest: &Value,
    check: &ChainCheck,
) -> Findings {
    let mut findings = Findings::default();
    let population = compare_files(&whole, &mut findings);
    let mut parts = Vec::with_capacity(runs.len());
    for one in &runs {
        let run = one.covers.get("run").and_then(Value::as_str);
        findings.run = Some(run.unwrap_or_default().to_owned());
        parts.push(RunFacts {
            run: run_of(one.covers, &compare_files(one, &mut findings)),
            policy: None,
            coverage: None,
            chosen: None,
        });
    }
    findings.run = None;
    let Some(facts) = facts_of(manifest, &population, parts) else {
        let fault = "manifest.json does not tell what the page was made of";
        findings.faults.push(fault.to_owned());
        return findings;
    };
    let plans = runs.iter().map(|one| RunPart {
        plan: one.texts.plan.to_owned(),
        ..RunPart::default()
    });
    let again = Bundle {
        facts,
        check: check.without_anchors(),
        entries: String::new(),
        plan: whole.texts.plan.to_owned(),
        names: String::new(),
        told: whole.told,
        runs: plans.collect(),
    };
    check_summary(&again, summary, manifest, &mut findings);
    findings
}

/// The files about a run, or about a period as a whole; answers the population.
fn compare_files(side: &Side<'_>, findings: &mut Findings) -> Value {
    let Side {
        covers,
        texts,
        told,
    } = side;
    let [population, approvals] =
        [texts.population, texts.approvals].map(|text| json::parse(text).unwrap_or(Value::Null));
    let run = covers
        .get("run")
        .is_some_and(Value::is_string)
        .then(|| OfRun::new(covers, told));
    if let Some(run) = &run {
        run.check_covers(texts.policy, findings);
        run.check_order(texts.order, findings);
    }
    match &run {
        Some(run) => run.check_population(&population, findings),
        None => no_run(
            name::POPULATION,
            &population,
            &["coverage", "entries"],
            findings,
        ),
    }
    let counted = told.counted();
    let said = population.get("entries");
    findings.field(name::POPULATION, "entries", said, Some(&counted));
    findings.close(name::POPULATION, &population, &POPULATION_FIELDS);
    match &run {
        Some(run) => run.check_approvals(&approvals, findings),
        None => no_run(name::APPROVALS, &approvals, &["decisions"], findings),
    }
    let decisions = Value::from(told.decisions.clone());
    let said = approvals.get("decisions");
    findings.field(name::APPROVALS, "decisions", said, Some(&decisions));
    findings.close(name::APPROVALS, &approvals, &APPROVALS_FIELDS);
    population
}

/// A bundle of a period tells nothing of a run.
fn no_run(file: &str, value: &Value, own: &[&str], findings: &mut Findings) {
    for field in POPULATION_FIELDS.iter().chain(&APPROVALS_FIELDS) {
        if !own.contains(field) {
            findings.field(file, field, value.get(*field), Some(&Value::Null));
        }
    }
    let coverage = value.get("coverage").filter(|_| own.contains(&"coverage"));
    findings.field(file, "coverage", coverage, None);
}

/// The page is written again from the other files.
fn check_summary(again: &Bundle, summary: &str, manifest: &Value, findings: &mut Findings) {
    let form = manifest.get("summary").and_then(Value::as_u64);
    let known = match manifest.get("runs") {
        Some(_) => PERIOD_FORM,
        None => SUMMARY_FORM,
    };
    if form != Some(known) {
        let remark = format!(
            "{}: not proven, since this version does not write it in the form of the bundle",
            name::SUMMARY
        );
        findings.remarks.push(remark);
    } else if summary::page(again) != summary {
        findings.faults.push(format!(
            "{} does not say what the other files say",
            name::SUMMARY
        ));
    }
}

/// What the page was made of, as the other files tell it.
fn facts_of(manifest: &Value, population: &Value, runs: Vec<RunFacts>) -> Option<Facts> {
    let covers = manifest.get("covers")?;
    let head = LogHead::parse(manifest.get("head")?.as_str()?)?;
    let run = covers.get("run").filter(|run| run.is_string());
    let facts = json!({
        "made": manifest.get("made"),
        "covers": {"from": covers.get("from"), "to": covers.get("to")},
        "head": head,
        "run": run.map(|_| run_of(covers, population)),
        "leftOut": manifest.get("leftOut").unwrap_or(&json!([])),
    });
    let facts: Facts = json::read(&facts.to_string()).ok()?;
    Some(Facts { runs, ..facts })
}

/// A run as the page shows it.
fn run_of(covers: &Value, population: &Value) -> Value {
    let of = |name: &str| population.get(name);
    json!({
        "id": covers.get("run"),
        "policy": covers.get("policy"),
        "state": covers.get("state"),
        "message": covers.get("message"),
        "now": covers.get("now"),
        "plan": {
            "snapshot": of("snapshot"),
            "snapshotTaken": of("readFrom"),
            "population": of("population"),
        },
        "counts": of("counts"),
    })
}
