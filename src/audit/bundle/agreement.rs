//! Whether the files that a bundle derives from a run say what the entries say: policy, population, approvals, and the page
//! that shows them. What no entry tells is named as not proven.

mod run;

use serde_json::{Value, json};

use self::run::OfRun;
use super::material::{Bundle, Facts};
use super::told::Told;
use super::{SUMMARY_FORM, name, summary};
use crate::audit::{ChainCheck, LogHead};
use crate::json;

/// The texts of a bundle that are compared with its entries; an empty one for a file that is not there.
pub(super) struct Texts<'a> {
    pub(super) policy: Option<&'a str>,
    pub(super) population: &'a str,
    pub(super) approvals: &'a str,
    pub(super) plan: &'a str,
    pub(super) summary: &'a str,
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
            let fault = format!("{file} tells another `{field}` than the entries");
            self.faults.push(fault);
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

/// Compares all of them.
pub(super) fn compare(
    texts: &Texts<'_>,
    manifest: &Value,
    told: Told,
    check: &ChainCheck,
) -> Findings {
    let mut findings = Findings::default();
    let covers = manifest.get("covers").unwrap_or(&Value::Null);
    let [population, approvals] =
        [texts.population, texts.approvals].map(|text| json::parse(text).unwrap_or(Value::Null));
    let run = covers
        .get("run")
        .is_some_and(Value::is_string)
        .then(|| OfRun::new(covers, &told));
    if let Some(run) = &run {
        run.check_covers(texts.policy, &mut findings);
    }
    match &run {
        Some(run) => run.check_population(&population, &mut findings),
        None => no_run(
            name::POPULATION,
            &population,
            &["coverage", "entries"],
            &mut findings,
        ),
    }
    let counted = told.counted();
    let said = population.get("entries");
    findings.field(name::POPULATION, "entries", said, Some(&counted));
    findings.close(name::POPULATION, &population, &POPULATION_FIELDS);
    match &run {
        Some(run) => run.check_approvals(&approvals, &mut findings),
        None => no_run(name::APPROVALS, &approvals, &["decisions"], &mut findings),
    }
    let decisions = Value::from(told.decisions.clone());
    let said = approvals.get("decisions");
    findings.field(name::APPROVALS, "decisions", said, Some(&decisions));
    findings.close(name::APPROVALS, &approvals, &APPROVALS_FIELDS);
    check_summary(texts, manifest, &population, told, check, &mut findings);
    findings
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
fn check_summary(
    texts: &Texts<'_>,
    manifest: &Value,
    population: &Value,
    told: Told,
    check: &ChainCheck,
    findings: &mut Findings,
) {
    let form = manifest.get("summary").and_then(Value::as_u64);
    if form != Some(SUMMARY_FORM) {
        let remark = format!(
            "{}: not proven, since this version does not write it in the form of the bundle",
            name::SUMMARY
        );
        findings.remarks.push(remark);
        return;
    }
    let Some(facts) = facts_of(manifest, population) else {
        let fault = "manifest.json does not tell what the page was made of";
        findings.faults.push(fault.to_owned());
        return;
    };
    let again = Bundle {
        facts,
        check: check.without_anchors(),
        entries: String::new(),
        plan: texts.plan.to_owned(),
        names: String::new(),
        told,
    };
    if summary::page(&again) != texts.summary {
        findings.faults.push(format!(
            "{} does not say what the other files say",
            name::SUMMARY
        ));
    }
}

/// What the page was made of, as the other files tell it.
fn facts_of(manifest: &Value, population: &Value) -> Option<Facts> {
    let covers = manifest.get("covers")?;
    let head = LogHead::parse(manifest.get("head")?.as_str()?)?;
    let run = covers.get("run").filter(|run| run.is_string()).map(|id| {
        let of = |name: &str| population.get(name);
        json!({
            "id": id,
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
    });
    let facts = json!({
        "made": manifest.get("made"),
        "covers": {"from": covers.get("from"), "to": covers.get("to")},
        "head": head,
        "run": run,
    });
    json::read(&facts.to_string()).ok()
}
