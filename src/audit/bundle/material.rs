//! What a bundle is made of, taken in as it comes.

use serde::Deserialize;
use serde_json::Value;

use super::plan;
use super::told::Told;
use crate::audit::{ChainCheck, LogHead, LogVerification, StoredEntry, line};
use crate::csv::write_row;
use crate::json;
use crate::model::Time;

/// What a bundle is about.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Covers {
    /// The first moment.
    pub from: Time,
    /// The last one.
    pub to: Time,
}

/// What is said at the beginning.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Facts {
    /// When the bundle is made.
    pub made: Time,
    /// The period of its entries.
    pub covers: Covers,
    /// The head of the log when it was made.
    pub head: LogHead,
    /// The heads of days, of which those are kept that the entries hold.
    #[serde(default)]
    pub anchors: Vec<LogHead>,
    /// The run as the app answers it, for a bundle about one.
    #[serde(default)]
    pub run: Option<Value>,
    /// The revision of the policy that the run names, as it is stored.
    #[serde(default)]
    pub policy: Option<Value>,
    /// What was said of the snapshot that the plan rests on, if it is still known.
    #[serde(default)]
    pub coverage: Option<Value>,
    /// Whom a run by hand means, as they were chosen.
    #[serde(default)]
    pub chosen: Option<Value>,
    /// The runs of a period; nothing for a bundle about one run.
    #[serde(default)]
    pub runs: Vec<RunFacts>,
    /// Runs of the period of which the bundle holds nothing but entries.
    #[serde(default)]
    pub left_out: Vec<LeftOut>,
}

/// A run of a period, with what is known besides.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RunFacts {
    /// As the app answers it.
    pub run: Value,
    /// The revision of the policy that it names, as it is stored.
    #[serde(default)]
    pub policy: Option<Value>,
    /// What was said of the snapshot that the plan rests on, if it is still known.
    #[serde(default)]
    pub coverage: Option<Value>,
    /// Whom a run by hand means, as they were chosen.
    #[serde(default)]
    pub chosen: Option<Value>,
}

/// A run that is left out of a period's bundle.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct LeftOut {
    /// Which.
    pub run: String,
    /// Why: `tooMany`, `gone` or `cut`, or a sentence.
    pub why: String,
}

impl LeftOut {
    /// Why, in words.
    pub(super) fn in_words(&self) -> &str {
        match self.why.as_str() {
            "tooMany" => {
                "the period has more than one bundle holds; the run has a bundle of its own"
            }
            "gone" => "the app holds nothing but entries of it any more",
            "cut" => "its first entries were cut from the log",
            why => why,
        }
    }
}

/// A run with what is known besides, wherever it is kept.
#[derive(Clone, Copy)]
pub(super) struct About<'a> {
    pub(super) run: &'a Value,
    pub(super) policy: Option<&'a Value>,
    pub(super) coverage: Option<&'a Value>,
    pub(super) chosen: Option<&'a Value>,
}

impl Facts {
    /// The run that the bundle is about, if it is about one.
    pub(super) fn about(&self) -> Option<About<'_>> {
        Some(About {
            run: self.run.as_ref()?,
            policy: self.policy.as_ref(),
            coverage: self.coverage.as_ref(),
            chosen: self.chosen.as_ref(),
        })
    }
}

impl RunFacts {
    pub(super) fn about(&self) -> About<'_> {
        About {
            run: &self.run,
            policy: self.policy.as_ref(),
            coverage: self.coverage.as_ref(),
            chosen: self.chosen.as_ref(),
        }
    }

    pub(super) fn id(&self) -> &str {
        let id = self.run.get("id").and_then(Value::as_str);
        id.unwrap_or_default()
    }
}

/// A run of a period: what the entries tell of it, and its plan.
#[derive(Clone, Debug, Default)]
pub(super) struct RunPart {
    pub(super) told: Told,
    pub(super) plan: String,
}

/// Who an account is.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct NamedAccount {
    /// The account.
    pub account: String,
    /// The name, if it is known.
    #[serde(default)]
    pub name: Option<String>,
    /// The e-mail address, if it is known.
    #[serde(default)]
    pub email: Option<String>,
}

/// A bundle that is being made.
#[derive(Clone, Debug)]
pub struct Bundle {
    pub(super) facts: Facts,
    pub(super) check: ChainCheck,
    pub(super) entries: String,
    pub(super) plan: String,
    pub(super) names: String,
    pub(super) told: Told,
    /// The runs of the period, in the order of the facts.
    pub(super) runs: Vec<RunPart>,
}

impl Bundle {
    /// Begins a bundle.
    pub fn new(facts: Facts) -> Bundle {
        let mut names = String::new();
        write_row(&mut names, &["account", "name", "email"]);
        let id = facts.run.as_ref().and_then(|run| run.get("id"));
        let runs = facts.runs.iter().map(|one| RunPart {
            told: Told::of(Some(one.id())),
            plan: String::new(),
        });
        Bundle {
            check: ChainCheck::of_part(Vec::new()),
            told: Told::of(id.and_then(Value::as_str)),
            runs: runs.collect(),
            facts,
            entries: String::new(),
            plan: String::new(),
            names,
        }
    }

    /// Takes the next entries of the log, without a gap.
    pub fn add_entries(&mut self, entries: &[StoredEntry]) {
        for stored in entries {
            self.check.take(stored);
            self.entries.push_str(&line(stored));
            self.entries.push('\n');
            if let Ok(value) = json::parse(&stored.entry) {
                self.told.take(&value);
                for part in &mut self.runs {
                    part.told.take_own(&value);
                }
            }
        }
    }

    /// Takes the next part of the frozen plan: of the run that the bundle is about, or of one of its period. False for a text
    /// that is none, and for a run that the facts do not name.
    #[must_use]
    pub fn add_plan_part(&mut self, run: &str, part: &str) -> bool {
        let Some(lines) = plan::lines(part) else {
            return false;
        };
        let is_about_it = self.run_text("id") == Some(run);
        let place = self.facts.runs.iter().position(|one| one.id() == run);
        let plan = match place.and_then(|place| self.runs.get_mut(place)) {
            Some(of_run) => &mut of_run.plan,
            None if is_about_it => &mut self.plan,
            None => return false,
        };
        if !plan.is_empty() {
            plan.push('\n');
        }
        plan.push_str(&lines);
        true
    }

    /// Takes names, which go into a file of their own.
    pub fn add_names(&mut self, people: &[NamedAccount]) {
        for person in people {
            let name = person.name.as_deref().unwrap_or_default();
            let email = person.email.as_deref().unwrap_or_default();
            write_row(&mut self.names, &[&person.account, name, email]);
        }
    }

    /// What the verification says of the entries so far.
    pub fn verdict(&self) -> LogVerification {
        self.check.verdict()
    }

    /// A text of the run.
    pub(super) fn run_text(&self, name: &str) -> Option<&str> {
        self.facts.run.as_ref()?.get(name)?.as_str()
    }
}
