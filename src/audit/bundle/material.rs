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
    /// The run's policy as it is stored, if that is still its text.
    #[serde(default)]
    pub policy: Option<Value>,
    /// What was said of the snapshot that the plan rests on, if it is still known.
    #[serde(default)]
    pub coverage: Option<Value>,
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
}

impl Bundle {
    /// Begins a bundle.
    pub fn new(facts: Facts) -> Bundle {
        let mut names = String::new();
        write_row(&mut names, &["account", "name", "email"]);
        let id = facts.run.as_ref().and_then(|run| run.get("id"));
        Bundle {
            check: ChainCheck::of_part(Vec::new()),
            told: Told::of(id.and_then(Value::as_str)),
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
            }
        }
    }

    /// Takes the next part of the frozen plan; false for a text that is none.
    #[must_use]
    pub fn add_plan_part(&mut self, part: &str) -> bool {
        let Some(lines) = plan::lines(part) else {
            return false;
        };
        if !self.plan.is_empty() {
            self.plan.push('\n');
        }
        self.plan.push_str(&lines);
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
