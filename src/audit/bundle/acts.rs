//! Whether what the entries tell of a run's people is what its plan says: the plan that was frozen, nobody acted on but whom it
//! planned for that very act, and for each intent exactly one outcome (RULES R14).

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::{name, plan};
use crate::audit::LogAction;
use crate::json;

/// The actions that a plan can hold. The plan writes their names in another form than the log.
const ACTS: [LogAction; 15] = [
    LogAction::Suspend,
    LogAction::Restore,
    LogAction::Deactivate,
    LogAction::Reactivate,
    LogAction::RemoveFromOrganization,
    LogAction::Delete,
    LogAction::CancelDelete,
    LogAction::RemoveAccess,
    LogAction::GiveAccess,
    LogAction::AddToGroup,
    LogAction::RemoveFromGroups,
    LogAction::Rename,
    LogAction::SetEmail,
    LogAction::RevokeTokens,
    LogAction::Warn,
];

/// Whether an action is done to people by a run.
pub(super) fn is_act(action: &str) -> bool {
    ACTS.iter().any(|act| act.name() == action)
}

/// An action's name as plans write it: `remove-access` is `removeAccess`.
fn in_plan(action: &str) -> String {
    let mut words = action.split('-');
    let mut name = words.next().unwrap_or_default().to_owned();
    for word in words {
        let (first, rest) = word.split_at_checked(1).unwrap_or((word, ""));
        name.push_str(&first.to_ascii_uppercase());
        name.push_str(rest);
    }
    name
}

/// What the plan says of a person, over all directories that list them.
#[derive(Debug, Default)]
struct Planned {
    /// `planned` if they are so in any of them.
    fate: String,
    /// Each act, and how often it can still be begun or let be.
    acts: Vec<(String, u32)>,
    /// Acts whose intent is out, each with the number of its entry.
    open: Vec<(String, u64)>,
}

/// A run's plan, and how far the entries agree with it.
#[derive(Debug)]
pub(super) struct Acts {
    /// The file of the plan.
    file: String,
    run: String,
    hash: String,
    people: BTreeMap<String, Planned>,
    /// The account of each step.
    steps: Vec<String>,
    held_out: BTreeSet<String>,
    /// The hash that the log says was frozen.
    frozen: Option<String>,
    is_dry: bool,
    is_over: bool,
    /// What the first entry tells that does not fit.
    misfit: Option<String>,
}

fn text<'v>(value: &'v Value, name: &str) -> &'v str {
    value.get(name).and_then(Value::as_str).unwrap_or_default()
}

fn list<'v>(value: &'v Value, name: &str) -> &'v [Value] {
    let list = value.get(name).and_then(Value::as_array);
    list.map_or(&[], Vec::as_slice)
}

impl Acts {
    /// Reads a plan from its lines, which lie in a folder of the bundle.
    pub(super) fn new(folder: &str, run: &str, lines: &str) -> Acts {
        let mut acts = Acts {
            file: [folder, name::PLAN].concat(),
            run: run.to_owned(),
            hash: plan::hash(lines),
            people: BTreeMap::new(),
            steps: Vec::new(),
            held_out: BTreeSet::new(),
            frozen: None,
            is_dry: false,
            is_over: false,
            misfit: None,
        };
        for person in lines.lines().filter_map(|line| json::parse(line).ok()) {
            acts.plan(&person);
        }
        acts
    }

    fn plan(&mut self, person: &Value) {
        let account = text(person, "account").to_owned();
        let fate = text(person, "fate");
        let planned = self.people.entry(account.clone()).or_default();
        let is_step = fate == "planned";
        if is_step || planned.fate.is_empty() {
            fate.clone_into(&mut planned.fate);
        }
        if !is_step {
            return;
        }
        for act in list(person, "acts") {
            let name = match act {
                Value::Object(fields) => fields.keys().next().cloned(),
                act => act.as_str().map(str::to_owned),
            };
            let name = name.unwrap_or_default();
            match planned.acts.iter_mut().find(|(known, _)| *known == name) {
                Some((_, left)) => *left = left.saturating_add(1),
                None => planned.acts.push((name, 1)),
            }
        }
        self.steps.push(account);
    }

    /// The run that it is about.
    pub(super) fn run(&self) -> &str {
        &self.run
    }

    /// Takes an entry about the run. After the first that does not fit the others are passed over.
    pub(super) fn take(&mut self, entry: &Value) {
        if self.misfit.is_some() {
            return;
        }
        let seq = entry.get("seq").and_then(Value::as_u64).unwrap_or_default();
        if let Err(why) = self.fit(seq, entry) {
            self.misfit = Some(self.misfit_of(seq, &why));
        }
    }

    fn misfit_of(&self, seq: u64, why: &str) -> String {
        format!(
            "entry {seq} does not fit the plan of the run {}: it tells of {why}",
            self.run
        )
    }

    fn fit(&mut self, seq: u64, entry: &Value) -> Result<(), String> {
        let action = text(entry, "action");
        let after = entry.get("after").unwrap_or(&Value::Null);
        if action == LogAction::FreezePlan.name() && self.frozen.is_none() {
            self.frozen = Some(text(after, "plan").to_owned());
            self.is_dry = text(entry, "reason") == "previewed";
        } else if action == LogAction::ApproveRun.name() {
            let numbers = list(after, "heldOut").iter().filter_map(Value::as_u64);
            let numbers = numbers.filter_map(|number| usize::try_from(number).ok());
            let accounts = numbers.filter_map(|number| self.steps.get(number).cloned());
            self.held_out = accounts.collect();
        } else if action == LogAction::EndRun.name() {
            self.is_over = true;
        } else if is_act(action) {
            let (act, outcome) = (in_plan(action), text(entry, "outcome"));
            let one = entry.get("subject").into_iter();
            for account in one.chain(list(entry, "subjects")) {
                let account = account.as_str().unwrap_or_default();
                self.one(seq, &act, outcome, account)
                    .map_err(|why| format!("`{act}`, {outcome}, of {account}, {why}"))?;
            }
        }
        Ok(())
    }

    fn one(&mut self, seq: u64, act: &str, outcome: &str, account: &str) -> Result<(), String> {
        let is_held_out = self.held_out.contains(account);
        let Some(person) = self.people.get_mut(account) else {
            return Err(String::from("who is not in the plan"));
        };
        if person.fate != "planned" {
            return Err(format!("whom the plan calls {}", person.fate));
        }
        let Some((_, left)) = person.acts.iter_mut().find(|(known, _)| known == act) else {
            let planned: Vec<&str> = person.acts.iter().map(|(act, _)| act.as_str()).collect();
            let planned = planned.join(", ");
            return Err(format!("for whom the plan says nothing but `{planned}`"));
        };
        let refusal = match outcome {
            "done" | "already" | "not-done" | "failed" => {
                let mut open = person.open.iter();
                let Some(place) = open.position(|(open, _)| open == act) else {
                    return Err(String::from(
                        "of whom no such intent is out: each intent has one outcome",
                    ));
                };
                person.open.swap_remove(place);
                return Ok(());
            }
            "intent" | "skipped" if *left == 0 => "more often than the plan says",
            "skipped" => {
                *left -= 1;
                return Ok(());
            }
            "intent" if self.frozen.is_none() => "before a plan was frozen",
            "intent" if self.is_dry => "in a dry run",
            "intent" if is_held_out => "who was held out by the approval",
            "intent" => {
                *left -= 1;
                person.open.push((act.to_owned(), seq));
                return Ok(());
            }
            _ => "which is no outcome",
        };
        Err(refusal.to_owned())
    }

    /// What does not agree, and what there is to know.
    pub(super) fn finish(self, faults: &mut Vec<String>, remarks: &mut Vec<String>) {
        let file = &self.file;
        match &self.frozen {
            // A run that ended before it had a plan has nobody in it.
            None if self.people.is_empty() => {}
            None => faults.push(format!("no entry says that {file} was frozen")),
            Some(hash) if *hash == self.hash => {}
            Some(_) => faults.push(format!(
                "{file} is not the plan that the log says was frozen: its hash is another"
            )),
        }
        if let Some(misfit) = self.misfit {
            faults.push(misfit);
            return;
        }
        let open = self.people.iter().flat_map(|(account, person)| {
            let open = person.open.iter();
            open.map(move |(act, seq)| (*seq, act, account))
        });
        let open: Vec<_> = open.collect();
        let Some((seq, act, account)) = open.iter().min() else {
            return;
        };
        if self.is_over {
            let why = format!(
                "the intent to `{act}` {account}, and no entry tells how that ended, though the run is over"
            );
            faults.push(self.misfit_of(*seq, &why));
        } else {
            remarks.push(format!(
                "{} intents of the run {} have no outcome in the entries: it was still under way",
                open.len(),
                self.run
            ));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::Act;

    #[test]
    fn plans_and_entries_name_the_same_acts() {
        let acts = [
            Act::Suspend,
            Act::Restore,
            Act::Deactivate,
            Act::Reactivate,
            Act::RemoveFromOrganization,
            Act::Delete,
            Act::CancelDelete,
            Act::RemoveAccess {
                resources: vec![],
                groups: vec![],
            },
            Act::GiveAccess {
                groups: vec![],
                roles: vec![],
            },
            Act::AddToGroup { groups: vec![] },
            Act::RemoveFromGroups { groups: vec![] },
            Act::Rename {
                before: String::new(),
                after: String::new(),
                back: false,
                date: None,
            },
            Act::SetEmail {
                to: String::new(),
                from: String::new(),
            },
            Act::RevokeTokens,
            Act::Warn,
        ];
        for (act, action) in acts.iter().zip(ACTS) {
            assert_eq!(in_plan(action.name()), act.name());
            let written = match serde_json::to_value(act).unwrap() {
                Value::Object(fields) => fields.keys().next().cloned().unwrap(),
                written => written.as_str().unwrap().to_owned(),
            };
            assert_eq!(written, act.name());
        }
    }
}
