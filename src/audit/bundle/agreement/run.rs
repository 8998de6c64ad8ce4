//! What the entries of one run tell of the fields that its bundle derives from it.

use serde_json::{Value, json};

use super::super::files::{NO_COVERAGE, chosen_hash};
use super::super::name;
use super::Findings;
use crate::audit::bundle::told::Told;
use crate::audit::{canonical, sha256_hex};
use crate::json;

const MANIFEST: &str = name::MANIFEST;
const POPULATION: &str = name::POPULATION;
const APPROVALS: &str = name::APPROVALS;

/// The figures of a plan that nothing changes once it is frozen.
const FROZEN_FIGURES: [&str; 5] = ["users", "matched", "unknown", "exempt", "protected"];

/// A run as its entries tell it.
pub(super) struct OfRun<'a> {
    covers: &'a Value,
    told: &'a Told,
    begun: Option<&'a Value>,
    frozen: Option<&'a Value>,
    ended: Option<&'a Value>,
}

fn text<'v>(value: &'v Value, name: &str) -> Option<&'v str> {
    value.get(name).and_then(Value::as_str)
}

impl<'a> OfRun<'a> {
    pub(super) fn new(covers: &'a Value, told: &'a Told) -> OfRun<'a> {
        OfRun {
            covers,
            told,
            begun: told.last("start-run").or_else(|| told.last("undo-run")),
            frozen: told.last("freeze-plan"),
            ended: told.last("end-run"),
        }
    }

    /// What the entry `freeze-plan` tells; for a run without a plan, that there is nothing.
    fn frozen(&self, name: &str) -> Option<&'a Value> {
        match self.frozen {
            Some(entry) => entry.get("after")?.get(name),
            None => Some(&Value::Null),
        }
    }

    /// A field of the policy, from whichever entry tells it.
    fn of_policy(&self, name: &str) -> Option<&'a Value> {
        let mut entries = [self.frozen, self.begun, self.ended].into_iter().flatten();
        entries.find_map(|entry| entry.get(name))
    }

    fn state(&self) -> &str {
        text(self.covers, "state").unwrap_or_default()
    }

    /// The run as the manifest names it, and the policy's text.
    pub(super) fn check_covers(&self, policy: Option<&str>, findings: &mut Findings) {
        let said = self.covers.get("policy").unwrap_or(&Value::Null);
        let hash = self.of_policy("policyHash");
        findings.field(MANIFEST, "id", said.get("id"), self.of_policy("policy"));
        findings.field(MANIFEST, "hash", said.get("hash"), hash);
        for name in ["revision", "savedBy"] {
            let told = self.frozen.and_then(|_| self.frozen(name));
            findings.field(MANIFEST, name, said.get(name), told);
        }
        let parsed = policy.and_then(|text| json::parse(text).ok());
        let name = parsed.as_ref().and_then(|policy| policy.get("name"));
        findings.field(MANIFEST, "name", said.get("name"), name);
        let began = self.begun.and_then(|entry| entry.get("time"));
        findings.field(MANIFEST, "now", self.covers.get("now"), began);
        self.check_state(findings);
        findings.close(MANIFEST, &Value::Null, &[]);
        match policy {
            Some(text) => {
                let own = Value::from(sha256_hex(text));
                findings.field(name::POLICY, "hash", Some(&own), hash);
            }
            None => findings.unproven.push(String::from("the policy's text")),
        }
        findings.close(name::POLICY, &Value::Null, &[]);
    }

    /// What was asked for by hand, by the entry with which the run began.
    pub(super) fn check_order(&self, order: Option<&str>, findings: &mut Findings) {
        let reason = self.begun.and_then(|entry| text(entry, "reason"));
        let told = reason.and_then(|reason| reason.split_once(" people chosen by hand: "));
        let Some(order) = order.and_then(|text| json::parse(text).ok()) else {
            if told.is_some() {
                findings.unproven.push(String::from("what was asked for"));
                findings.close(name::ORDER, &Value::Null, &[]);
            }
            return;
        };
        let what = told.and_then(|(what, _)| what.rsplit_once(", "));
        let actor = self.begun.and_then(|entry| text(entry, "actor"));
        let person = actor.map(|actor| Value::from(actor.trim_start_matches("person:")));
        let asked = self.begun.and_then(|entry| entry.get("time"));
        let what = what.map(|(what, _)| Value::from(what));
        let why = told.map(|(_, why)| Value::from(why));
        for (field, told) in [
            ("by", person.as_ref()),
            ("asked", asked),
            ("what", what.as_ref()),
            ("why", why.as_ref()),
        ] {
            findings.field(name::ORDER, field, order.get(field), told);
        }
        let people = order.get("people").filter(|people| !people.is_null());
        match (people, self.begun.and_then(chosen_hash)) {
            (Some(people), Some(hash)) => {
                findings.must(
                    name::ORDER,
                    "people",
                    sha256_hex(&canonical(people)) == hash,
                );
            }
            _ => findings.unproven.push(String::from("people")),
        }
        let known = ["by", "asked", "what", "why", "people"];
        findings.close(name::ORDER, &order, &known);
    }

    /// How the run stands, by the entry that ended it.
    fn check_state(&self, findings: &mut Findings) {
        let state = self.state();
        let message = text(self.covers, "message");
        let reason = |entry: &'a Value| text(entry, "reason").unwrap_or_default();
        let said_at_the_end = match message {
            Some(message) => format!("{state}: {message}"),
            None => state.to_owned(),
        };
        let because = |action: &str, form: &dyn Fn(&str) -> bool| {
            self.told
                .last(action)
                .is_some_and(|entry| form(reason(entry)))
        };
        let says = |start: &str| message.is_some_and(|message| message.starts_with(start));
        let agrees = match state {
            "previewed" => because("freeze-plan", &|why| why == state && message.is_none()),
            "rejected" => because("reject-run", &|why| says(&format!("rejected: {why}"))),
            "expired" => because("expire-run", &|why| says(why)),
            "aborted" if self.ended.is_none() => because("abort-run", &|why| {
                says(&format!("aborted before its first action: {why}"))
            }),
            "done" | "done-with-failures" | "stopped" | "aborted" => {
                because("end-run", &|why| why == said_at_the_end)
            }
            // A run that the log ends is over, whatever the manifest says.
            _ if self.ended.is_some() => false,
            _ => {
                findings.unproven.push(String::from("state"));
                return;
            }
        };
        findings.must(MANIFEST, "state", agrees);
    }

    /// The reading, the population and the figures.
    pub(super) fn check_population(&self, population: &Value, findings: &mut Findings) {
        for (field, told) in [
            ("snapshot", "snapshot"),
            ("readFrom", "readFrom"),
            ("population", "population"),
            ("acts", "acts"),
            ("sincePreview", "sincePreview"),
        ] {
            findings.field(POPULATION, field, population.get(field), self.frozen(told));
        }
        let coverage = population.get("coverage");
        let is_told = coverage.and_then(Value::as_str) != Some(NO_COVERAGE);
        findings.field(
            POPULATION,
            "coverage",
            coverage.filter(|_| is_told),
            self.frozen("coverage"),
        );
        self.check_counts(population, findings);
    }

    /// The figures of a run that ended are those of its last entry; until then those of the plan, whoever is settled.
    fn check_counts(&self, population: &Value, findings: &mut Findings) {
        let counts = population.get("counts").unwrap_or(&Value::Null);
        let is_over = matches!(
            self.state(),
            "done" | "done-with-failures" | "stopped" | "aborted"
        );
        if let Some(ended) = self.ended.filter(|_| is_over) {
            findings.field(POPULATION, "counts", Some(counts), ended.get("after"));
            return;
        }
        let Some(frozen) = self.frozen.and_then(|entry| entry.get("after")) else {
            let figures = counts.as_object().into_iter().flatten();
            let is_empty = figures.into_iter().all(|(_, count)| *count == 0);
            findings.must(POPULATION, "counts", is_empty);
            return;
        };
        let sum = |of: &Value, names: &[&str]| {
            let figures = names.iter().filter_map(|name| of.get(*name)?.as_u64());
            figures.fold(0_u64, u64::saturating_add)
        };
        let figure = |name: &str| counts.get(name).and_then(Value::as_u64);
        let same = FROZEN_FIGURES
            .iter()
            .all(|name| figure(name) == frozen.get(*name).and_then(Value::as_u64));
        let places = ["planned", "skipped", "acted", "failed"];
        let settled = sum(counts, &places) == sum(frozen, &["planned", "skipped"]);
        let is_likely = figure("verified") <= figure("acted");
        findings.must(POPULATION, "counts", same && settled && is_likely);
        findings.unproven.push(String::from("who is settled"));
    }

    /// Who asked, what held the run, who decided.
    pub(super) fn check_approvals(&self, approvals: &Value, findings: &mut Findings) {
        let own = |name: &str| approvals.get(name);
        let saved_by = self
            .covers
            .get("policy")
            .and_then(|policy| policy.get("savedBy"));
        let saved_by = Some(saved_by.unwrap_or(&Value::Null));
        findings.field(APPROVALS, "policySavedBy", own("policySavedBy"), saved_by);
        let wanted = self
            .frozen
            .map_or(Some(&Value::Null), |_| self.frozen("approvalWanted"));
        let told = wanted.filter(|_| self.frozen.is_some());
        findings.field(APPROVALS, "approvalWanted", own("approvalWanted"), told);
        self.check_cause(approvals, findings);
        let guards = self.check_guards(approvals, findings);
        let held_by = format!("; had been held: {guards}");
        self.check_decision("release", "release-run", &held_by, approvals, findings);
        self.check_decision("approval", "approve-run", "", approvals, findings);
        self.check_decision("abort", "abort-run", "", approvals, findings);
        let approved = self.told.last("approve-run");
        let nobody = json!([]);
        let held_out = approved.and_then(|entry| entry.get("after")?.get("heldOut"));
        let held_out = Some(held_out.unwrap_or(&nobody));
        findings.field(
            APPROVALS,
            "heldOut",
            own("heldOut").or(Some(&nobody)),
            held_out,
        );
        if let Some(issue) = own("approvalIssue").filter(|issue| !issue.is_null()) {
            let asked = self.told.last("ask-approval");
            let told = asked.and_then(|entry| entry.get("after")?.get("issue"));
            findings.must(APPROVALS, "approvalIssue", told == Some(issue));
        }
    }

    fn check_cause(&self, approvals: &Value, findings: &mut Findings) {
        let Some(begun) = self.begun else {
            for name in ["cause", "undoes"] {
                findings.field(APPROVALS, name, approvals.get(name), None);
            }
            return;
        };
        let cause = approvals.get("cause").unwrap_or(&Value::Null);
        let actor = text(begun, "actor").unwrap_or_default();
        let told = match actor.split_once(':') {
            Some(("log-in", account)) => {
                let event = begun.get("after").and_then(|after| after.get("event"));
                json!({"by": "logIn", "account": account, "event": event})
            }
            Some((by, account)) => {
                let after = |name: &str| begun.get("after").and_then(|after| after.get(name));
                match (after("issue"), after("account")) {
                    (Some(issue), Some(of)) => {
                        json!({"by": "request", "account": of, "issue": issue, "mover": account})
                    }
                    _ => json!({"by": by, "account": account}),
                }
            }
            None => {
                let due = begun.get("after").and_then(|after| after.get("due"));
                if due.is_none() {
                    findings.unproven.push(String::from("when it was due"));
                }
                json!({"by": "schedule", "due": due.or(cause.get("due"))})
            }
        };
        findings.field(APPROVALS, "cause", Some(cause), Some(&told));
        let undoes = approvals.get("undoes").filter(|undoes| !undoes.is_null());
        let is_undo = text(begun, "action") == Some("undo-run");
        findings.must(APPROVALS, "undoes", is_undo == undoes.is_some());
        if let Some(undoes) = undoes {
            let steps = undoes.get("steps").and_then(Value::as_array);
            let steps = steps.map_or(0, Vec::len);
            let part = match steps {
                0 => String::from("all"),
                people => format!("{people} people"),
            };
            let of = |name: &str| text(undoes, name).unwrap_or_default();
            let said = format!(
                "run that takes back {part} of the run {}: {}",
                of("run"),
                of("reason")
            );
            let told = text(begun, "reason").unwrap_or_default();
            findings.must(APPROVALS, "undoes", told.ends_with(&said));
            if steps > 0 {
                findings
                    .unproven
                    .push(String::from("which people are taken back"));
            }
        }
    }

    /// What holds the run; answers it in one text.
    fn check_guards(&self, approvals: &Value, findings: &mut Findings) -> String {
        let guards = approvals.get("guards").and_then(Value::as_array);
        let guards = guards.map_or(&[][..], Vec::as_slice);
        let texts: Vec<&str> = guards
            .iter()
            .filter_map(|guard| text(guard, "text"))
            .collect();
        let said = texts.join("; ");
        let reason = self.frozen.and_then(|entry| text(entry, "reason"));
        let told = reason
            .and_then(|reason| reason.strip_prefix("held: "))
            .unwrap_or_default();
        // One that came up at the decision is told by the release, if there is one.
        let is_longer = said.len() > told.len();
        let later = said
            .strip_prefix(told)
            .filter(|rest| rest.is_empty() || told.is_empty() || rest.starts_with("; "));
        findings.must(APPROVALS, "guards", later.is_some());
        let codes = self
            .frozen
            .and_then(|_| self.frozen("guards"))
            .and_then(Value::as_array);
        match codes {
            Some(codes) => {
                let own = guards.iter().map(|guard| guard.get("code"));
                let agree = codes.len() <= guards.len()
                    && own.zip(codes).all(|(code, told)| code == Some(told));
                findings.must(APPROVALS, "guards", agree);
            }
            None if guards.is_empty() => {}
            None => findings
                .unproven
                .push(String::from("the kinds of the guards")),
        }
        if is_longer && later.is_some() && approvals.get("release").is_none_or(Value::is_null) {
            findings
                .unproven
                .push(String::from("the guards that came later"));
        }
        said
    }

    /// Who decided, when and why.
    fn check_decision(
        &self,
        field: &str,
        action: &str,
        also: &str,
        approvals: &Value,
        findings: &mut Findings,
    ) {
        let said = approvals.get(field).filter(|said| !said.is_null());
        let told = self.told.last(action);
        let (Some(said), Some(entry)) = (said, told) else {
            // A release lapses where other runs have used the day's cap, and decisions may come after the run was read.
            let may_lapse = matches!(
                self.state(),
                "planning"
                    | "held"
                    | "awaiting-approval"
                    | "ready"
                    | "executing"
                    | "verifying"
                    | "rejected"
                    | "expired"
            );
            let agrees = said.is_none() && (told.is_none() || may_lapse);
            findings.must(APPROVALS, field, agrees);
            return;
        };
        let is_alone = said.get("singleHanded") == Some(&Value::Bool(true));
        let handed = if is_alone { "single-handed, " } else { "" };
        let why = text(said, "reason").unwrap_or_default();
        let by = text(said, "by").unwrap_or_default();
        let after = |name: &str| entry.get("after").and_then(|after| after.get(name));
        let agrees = text(entry, "actor") == Some(&format!("person:{by}"))
            && entry.get("time") == said.get("at")
            && text(entry, "reason") == Some(&format!("{handed}{why}{also}"))
            && (field != "approval"
                || said.get("issue").unwrap_or(&Value::Null)
                    == after("issue").unwrap_or(&Value::Null));
        findings.must(APPROVALS, field, agrees);
    }
}
