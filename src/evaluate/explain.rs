//! Explanations: the whole tree of conditions for one person, with what was read and where it came from.

use serde::Serialize;

use super::compile::Compiled;
use super::leaf::{Leaf, truth_of};
use super::program::Node;
use crate::model::{Activity, Time, Truth};
use crate::policy::{Condition, phrase};
use crate::snapshot::Row;

/// Why a policy's verdict on a person is what it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Explanation {
    /// The account.
    pub account_id: String,
    /// The directory that lists it, if the input said so.
    pub directory: Option<String>,
    /// The reference time.
    #[cfg_attr(feature = "types", ts(type = "string"))]
    pub now: Time,
    /// The verdict.
    #[cfg_attr(feature = "types", ts(type = "'true' | 'false' | 'unknown'"))]
    pub verdict: Truth,
    /// In one sentence.
    pub sentence: String,
    /// Condition by condition.
    pub condition: Explained,
}

/// One condition of an explanation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Explained {
    /// The condition in words; `all`, `any` or `not` where it is made of others.
    pub condition: String,
    /// Its truth for the person.
    #[cfg_attr(feature = "types", ts(type = "'true' | 'false' | 'unknown'"))]
    pub truth: Truth,
    /// What the truth rests on, in one sentence; empty where it is made of others.
    pub sentence: String,
    /// The values that it looked at.
    pub read: Vec<Reading>,
    /// The conditions that it is made of.
    pub inner: Vec<Explained>,
}

/// One value that a condition looked at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Reading {
    /// What was read, such as `last activity in jira-software on acme.atlassian.net`.
    pub what: String,
    /// The value; `unknown` where it is not known.
    pub value: String,
    /// Where it was read, such as `users/search`.
    pub source: String,
    /// When it was read, if that is known.
    #[cfg_attr(feature = "types", ts(type = "string | null"))]
    pub at: Option<Time>,
}

/// What stands for a list or field that a run looks up.
const LEFT_TO_RUNS: &str = "looked up in a run";

impl Compiled<'_> {
    /// Explains the policy's verdict on the person at a position; `None` for a position that is not there.
    pub fn explain(&self, row: Row) -> Option<Explanation> {
        let directory = self.snapshot.directory(row)?;
        Some(Explanation {
            account_id: self.snapshot.account(row)?.to_owned(),
            directory: directory.is_known().then(|| directory.0.clone()),
            now: self.context.now,
            verdict: self.verdict(row),
            sentence: self.sentence(row),
            condition: self.explained(&self.condition, &self.tree, row),
        })
    }

    fn explained(&self, condition: &Condition, node: &Node, row: Row) -> Explained {
        let truth = truth_of(node.code(self.snapshot, row.0));
        let nodes = match node {
            Node::Leaf(leaf) => {
                return Explained {
                    condition: phrase(condition, &self.tolerance.words()),
                    truth,
                    sentence: self.leaf_sentence(condition, leaf, row),
                    read: self.readings(condition, leaf, row),
                    inner: Vec::new(),
                };
            }
            Node::Not(inner) => std::slice::from_ref(&**inner),
            Node::All(nodes) | Node::Any(nodes) => nodes,
        };
        let word = match node {
            Node::All(_) => "all",
            Node::Any(_) => "any",
            Node::Not(_) | Node::Leaf(_) => "not",
        };
        let pairs = condition.inner().iter().zip(nodes);
        Explained {
            condition: word.to_owned(),
            truth,
            sentence: String::new(),
            read: Vec::new(),
            inner: pairs
                .map(|(condition, node)| self.explained(condition, node, row))
                .collect(),
        }
    }

    /// The values that a condition looks at.
    fn readings(&self, condition: &Condition, leaf: &Leaf, row: Row) -> Vec<Reading> {
        let snapshot = self.snapshot;
        let class = snapshot.class(row);
        let one = |what: &str, value: Option<&str>| vec![self.reading(what.to_owned(), value)];
        let added = || {
            let added = snapshot.added(row).map(|time| time.to_string());
            self.reading(String::from("added to the organization"), added.as_deref())
        };
        match condition {
            Condition::Idle(_) => self.activity_readings(leaf, row),
            Condition::NeverActive(_) | Condition::OnlyOnce(_) => {
                let mut readings = self.activity_readings(leaf, row);
                readings.push(added());
                readings
            }
            Condition::Added(_) => vec![added()],
            Condition::Status(_) => one("status", class.and_then(|c| Some(c.status?.name()))),
            Condition::Account(_) => one("account", class.and_then(|c| Some(c.claim?.name()))),
            Condition::AccountType(_) => one(
                "account type",
                class.and_then(|c| Some(c.account_type?.name())),
            ),
            Condition::ManagedBy(_) => {
                one("managed by", class.and_then(|c| Some(c.managed_by?.name())))
            }
            Condition::Mfa(_) => {
                let mfa = class.and_then(|c| Some(if c.mfa? { "on" } else { "off" }));
                one("two-step verification", mfa)
            }
            Condition::Group(_) => {
                let groups = snapshot.groups(row).map(|groups| {
                    let names =
                        groups.map(|group| group.name.as_deref().unwrap_or(group.id.as_str()));
                    listed(names)
                });
                one("groups", groups.as_deref())
            }
            Condition::Role(_) => one("roles", snapshot.roles(row).map(listed).as_deref()),
            Condition::Directory(_) => {
                let directory = snapshot.directory(row).filter(|id| id.is_known());
                let name = class.and_then(|class| snapshot.directory_name(class));
                one("directory", name.or(directory.map(|id| id.as_str())))
            }
            Condition::Email(_) | Condition::EmailDomain(_) => {
                one("e-mail address", snapshot.email(row))
            }
            Condition::Access(_) => {
                let accesses = snapshot.activities(row).map(|activities| {
                    let places: Vec<String> = activities
                        .filter_map(|(access, _)| self.place(access))
                        .collect();
                    listed(places.iter().map(String::as_str))
                });
                one("product accesses", accesses.as_deref())
            }
            Condition::Profile(profile) => one(
                profile.field.name(),
                snapshot.profile_field(row, profile.field),
            ),
            Condition::Listed(name) => self.list_reading(name),
            Condition::Field(field) => self.field_reading(&field.name, row),
            Condition::All(_) | Condition::Any(_) | Condition::Not(_) => Vec::new(),
        }
    }

    fn reading(&self, what: String, value: Option<&str>) -> Reading {
        let origin = self.snapshot.origin();
        Reading {
            what,
            value: value.unwrap_or("unknown").to_owned(),
            source: origin.source.clone(),
            at: origin.read,
        }
    }

    fn activity_readings(&self, leaf: &Leaf, row: Row) -> Vec<Reading> {
        let selected = match leaf {
            Leaf::Idle { selected, .. }
            | Leaf::NeverActive { selected, .. }
            | Leaf::OnlyOnce { selected, .. } => selected,
            _ => return Vec::new(),
        };
        let Some(activities) = self.snapshot.activities(row) else {
            return vec![self.reading(String::from("product accesses"), None)];
        };
        activities
            .filter(|(access, _)| selected.selects(*access))
            .filter_map(|(access, activity)| {
                let what = format!("last activity in {}", self.place(access)?);
                let value = match activity {
                    Activity::Seen(time) => Some(time.to_string()),
                    Activity::Never => Some(String::from("never")),
                    Activity::Unknown => None,
                };
                Some(self.reading(what, value.as_deref()))
            })
            .collect()
    }

    fn list_reading(&self, name: &str) -> Vec<Reading> {
        let list = self.context.lists.iter().find(|list| list.name == name);
        vec![Reading {
            what: format!("the list {name}"),
            value: match list {
                Some(list) => format!("{} members", list.members.len()),
                None if self.context.leaves_list(name) => String::from(LEFT_TO_RUNS),
                None => String::from("unknown"),
            },
            source: String::from("imported list"),
            at: list.map(|list| list.imported),
        }]
    }

    fn field_reading(&self, name: &str, row: Row) -> Vec<Reading> {
        let account = self.snapshot.account(row).unwrap_or_default();
        let field = self.context.fields.iter().find(|field| field.name == name);
        let value = field.map(|field| {
            let mut values = field.values.iter();
            values
                .find(|(known, _)| known.as_str() == account)
                .map_or("not set", |(_, value)| value.as_str())
        });
        let unknown = match self.context.leaves_field(name) {
            true => LEFT_TO_RUNS,
            false => "unknown",
        };
        vec![Reading {
            what: format!("the field {name}"),
            value: value.unwrap_or(unknown).to_owned(),
            source: String::from("own fields"),
            at: None,
        }]
    }
}

/// "a, b, c"; "none" for nothing.
fn listed<'t>(texts: impl Iterator<Item = &'t str>) -> String {
    let mut list = String::new();
    for text in texts {
        if !list.is_empty() {
            list.push_str(", ");
        }
        list.push_str(text);
    }
    if list.is_empty() {
        list.push_str("none");
    }
    list
}
