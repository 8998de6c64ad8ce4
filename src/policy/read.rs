//! From JSON text to a policy, or to every mistake in it, each with its path.

use serde::{Deserialize, Deserializer, de};

use super::json::Node;
use super::reader::{PolicyError, Reader};
use super::{
    Approval, Condition, Limits, POLICY_VERSION, Policy, Schedule, Span, Stage, Unreachable,
};
use crate::model::{Action, Time};

/// The longest document, in bytes: one stored value holds every revision that is in force.
const MAX_DOCUMENT: usize = 64 * 1024;

/// The margin of a policy that names none (RULES R6).
const DEFAULT_TOLERANCE: Span = Span::hours(24);

/// Reads a policy document.
///
/// # Errors
/// Every mistake in the document: text that is not JSON, unknown and duplicate and missing fields, values of the wrong
/// kind, empty `all` or `any`, conditions nested deeper than [`MAX_NESTING`](super::MAX_NESTING), and policies that could reach further than
/// their evidence (RULES R1).
///
/// ```
/// let errors = seatkeeper::policy::read(r#"{"version": 1}"#).unwrap_err();
/// assert_eq!(errors[0].path, "$.id");
/// assert_eq!(errors[0].code, "missing-field");
/// ```
pub fn read(document: &str) -> Result<Policy, Vec<PolicyError>> {
    let mut reader = Reader::default();
    if document.len() > MAX_DOCUMENT {
        reader.error("$", "too-long", "the document is longer than 64 KiB");
        return Err(reader.errors);
    }
    let root = match serde_json::from_str::<Node>(document) {
        Ok(root) => root,
        Err(error) => {
            let place = format!("line {}, column {}", error.line(), error.column());
            reader.error("$", "not-json", &format!("the text is not JSON at {place}"));
            return Err(reader.errors);
        }
    };
    match reader.policy(&root) {
        Some(policy) if reader.errors.is_empty() => Ok(policy),
        _ => Err(reader.errors),
    }
}

/// A stored policy is read by the same rules as a written one.
impl<'de> Deserialize<'de> for Policy {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Policy, D::Error> {
        let root = Node::deserialize(deserializer)?;
        let mut reader = Reader::default();
        let policy = reader.policy(&root);
        policy
            .filter(|_| reader.errors.is_empty())
            .ok_or_else(|| de::Error::custom("a stored policy has mistakes"))
    }
}

impl Reader {
    fn policy(&mut self, root: &Node) -> Option<Policy> {
        let fields = self.fields(
            root,
            "$",
            &[
                "version",
                "id",
                "name",
                "description",
                "enabled",
                "match",
                "stages",
                "limits",
                "schedule",
                "tolerance",
            ],
            &["version", "id", "name", "match", "stages"],
        )?;
        let version = fields
            .get("version")
            .and_then(|node| self.version(node, "$.version"));
        let id = fields.get("id").and_then(|node| self.id(node, "$.id"));
        let name = fields
            .get("name")
            .and_then(|node| self.text(node, "$.name"));
        let description = fields
            .get("description")
            .and_then(|node| self.text(node, "$.description"));
        let enabled = fields
            .get("enabled")
            .and_then(|node| self.boolean(node, "$.enabled"));
        let condition = fields
            .get("match")
            .and_then(|node| self.condition(node, "$.match", 1));
        let stages = fields.get("stages").and_then(|node| self.stages(node));
        let limits = match fields.get("limits") {
            Some(node) => self.limits(node),
            None => Some(Limits::default()),
        };
        let schedule = fields.get("schedule").and_then(|node| self.schedule(node));
        let tolerance = match fields.get("tolerance") {
            Some(node) => self.span(node, "$.tolerance"),
            None => Some(DEFAULT_TOLERANCE),
        };
        let condition = condition?;
        self.require_a_limit_of_idleness(&condition);
        Some(Policy {
            version: version?,
            id: id?,
            name: name?,
            description,
            enabled: enabled.unwrap_or(true),
            r#match: condition,
            stages: stages?,
            keep: None,
            limits: limits?,
            approval: Approval::default(),
            report: None,
            confirm: None,
            unreachable: Unreachable::default(),
            even_if_active: false,
            schedule,
            tolerance: tolerance?,
        })
    }

    /// RULES R1: a suspension takes every access, so the policy must say from when on an access counts as unused.
    fn require_a_limit_of_idleness(&mut self, condition: &Condition) {
        if condition.limits_of_idleness().is_empty() {
            self.error(
                "$.match",
                "no-limit-of-idleness",
                "a policy that suspends needs an `idle` condition outside of `not`: it says how long unused an access must be",
            );
        }
    }

    fn version(&mut self, node: &Node, path: &str) -> Option<u32> {
        match node {
            Node::Whole(1) => Some(POLICY_VERSION),
            _ => {
                self.error(
                    path,
                    "wrong-version",
                    "the only version of the language is 1",
                );
                None
            }
        }
    }

    fn id(&mut self, node: &Node, path: &str) -> Option<String> {
        let id = self.text(node, path)?;
        let fits = (1..=60).contains(&id.len())
            && id
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        if !fits {
            self.error(path, "wrong-id", "must be 1 to 60 signs of a-z, 0-9 and -");
        }
        fits.then_some(id)
    }

    fn stages(&mut self, node: &Node) -> Option<Vec<Stage>> {
        let stages = self.each(node, "$.stages", Reader::stage)?;
        if stages.len() > 1 {
            self.error(
                "$.stages",
                "too-many-stages",
                "this release acts in one stage",
            );
        }
        Some(stages)
    }

    fn stage(&mut self, node: &Node, path: &str) -> Option<Stage> {
        let fields = self.fields(node, path, &["after", "do"], &["after", "do"])?;
        let (after_at, do_at) = (fields.at("after"), fields.at("do"));
        let after = fields
            .get("after")
            .and_then(|node| self.span(node, &after_at));
        if after.is_some_and(|after| !after.is_zero()) {
            self.error(
                &after_at,
                "wrong-span",
                "the first stage acts at once in this release: write 0d",
            );
        }
        let action = fields.get("do").and_then(|node| self.action(node, &do_at));
        Some(Stage {
            after: after?,
            r#do: vec![action?],
            template: None,
            products: None,
            sites: None,
            groups: None,
        })
    }

    fn action(&mut self, node: &Node, path: &str) -> Option<Action> {
        let text = self.text(node, path)?;
        let action = Action::parse(&text);
        if action.is_none() {
            let known = Action::names().collect::<Vec<_>>().join(", ");
            self.error(
                path,
                "wrong-action",
                &format!("`{text}` is no action; there are: {known}"),
            );
        }
        action
    }

    fn limits(&mut self, node: &Node) -> Option<Limits> {
        let fields = self.fields(node, "$.limits", &["users", "percent"], &[])?;
        let default = Limits::default();
        let users = match fields.get("users") {
            Some(node) => self.whole(node, "$.limits.users", 1, 1_000_000),
            None => Some(default.users),
        };
        let percent = match fields.get("percent") {
            Some(node) => self.whole(node, "$.limits.percent", 1, 100),
            None => Some(default.percent),
        };
        Some(Limits {
            users: users?,
            percent: percent?,
        })
    }

    fn schedule(&mut self, node: &Node) -> Option<Schedule> {
        let fields = self.fields(node, "$.schedule", &["once"], &["once"])?;
        let text = self.text(fields.get("once")?, "$.schedule.once")?;
        let instant = Time::parse(&text);
        if instant.is_none() {
            self.error(
                "$.schedule.once",
                "wrong-time",
                "must be a time with its offset, such as 2026-11-21T17:00:00Z",
            );
        }
        instant.map(Schedule::Once)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::MAX_NESTING;

    /// A document that is right, with one field replaced.
    fn document(field: &str, value: &str) -> String {
        let mut fields = vec![
            ("version", "1"),
            ("id", "\"p\""),
            ("name", "\"P\""),
            ("match", r#"{"idle":{"longerThan":"90d"}}"#),
            ("stages", r#"[{"after":"0d","do":"suspend"}]"#),
        ];
        fields.retain(|(name, _)| *name != field);
        fields.push((field, value));
        let fields: Vec<String> = fields
            .iter()
            .map(|(name, value)| format!("\"{name}\":{value}"))
            .collect();
        format!("{{{}}}", fields.join(","))
    }

    fn errors(document: &str) -> Vec<(String, String)> {
        read(document)
            .unwrap_err()
            .into_iter()
            .map(|error| (error.path, error.code))
            .collect()
    }

    #[test]
    fn each_mistake_is_found_at_its_path() {
        let nested = |depth: usize| {
            let (open, close) = (r#"{"not":"#.repeat(depth - 1), "}".repeat(depth - 1));
            format!(
                r#"{{"all":[{{"idle":{{"longerThan":"1d"}}}},{open}{{"status":["active"]}}{close}]}}"#
            )
        };
        for (field, value, path, code) in [
            ("version", "2", "$.version", "wrong-version"),
            ("id", "\"A b\"", "$.id", "wrong-id"),
            ("id", "7", "$.id", "wrong-kind"),
            ("name", "\" \"", "$.name", "empty"),
            ("enabled", "1", "$.enabled", "wrong-kind"),
            ("surprise", "1", "$.surprise", "unknown-field"),
            ("match", "[]", "$.match", "wrong-kind"),
            ("match", "{}", "$.match", "one-condition"),
            ("match", r#"{"all":[]}"#, "$.match.all", "empty"),
            ("match", r#"{"any":[]}"#, "$.match.any", "empty"),
            (
                "match",
                r#"{"idle":{"longerThan":"90d"},"status":["active"]}"#,
                "$.match",
                "one-condition",
            ),
            (
                "match",
                r#"{"idle":{}}"#,
                "$.match.idle.longerThan",
                "missing-field",
            ),
            (
                "match",
                r#"{"idle":{"longerThan":"soon"}}"#,
                "$.match.idle.longerThan",
                "wrong-span",
            ),
            (
                "match",
                r#"{"idle":{"longerThan":"0d"}}"#,
                "$.match.idle.longerThan",
                "wrong-span",
            ),
            (
                "match",
                r#"{"idle":{"longerThan":"1d","sites":[]}}"#,
                "$.match.idle.sites",
                "empty",
            ),
            (
                "match",
                r#"{"status":["active"]}"#,
                "$.match",
                "no-limit-of-idleness",
            ),
            (
                "match",
                r#"{"not":{"idle":{"longerThan":"1d"}}}"#,
                "$.match",
                "no-limit-of-idleness",
            ),
            (
                "match",
                r#"{"all":[{"idle":{"longerThan":"1d"}},{"status":["gone"]}]}"#,
                "$.match.all[1].status[0]",
                "wrong-status",
            ),
            (
                "match",
                r#"{"all":[{"idle":{"longerThan":"1d"}},{"emailDomain":["a@b"]}]}"#,
                "$.match.all[1].emailDomain[0]",
                "wrong-domain",
            ),
            (
                "match",
                &nested(MAX_NESTING),
                &format!("$.match.all[1]{}", ".not".repeat(MAX_NESTING - 1)),
                "too-deep",
            ),
            ("stages", "[]", "$.stages", "empty"),
            (
                "stages",
                r#"[{"after":"0d","do":"fire"}]"#,
                "$.stages[0].do",
                "wrong-action",
            ),
            (
                "stages",
                r#"[{"after":"7d","do":"suspend"}]"#,
                "$.stages[0].after",
                "wrong-span",
            ),
            ("limits", r#"{"users":0}"#, "$.limits.users", "wrong-number"),
            (
                "limits",
                r#"{"percent":101}"#,
                "$.limits.percent",
                "wrong-number",
            ),
            (
                "limits",
                r#"{"percent":2.5}"#,
                "$.limits.percent",
                "wrong-number",
            ),
            (
                "schedule",
                r#"{"once":"tomorrow"}"#,
                "$.schedule.once",
                "wrong-time",
            ),
            ("tolerance", "\"1\"", "$.tolerance", "wrong-span"),
        ] {
            let found = errors(&document(field, value));
            let expected = vec![(path.to_owned(), code.to_owned())];
            assert_eq!(found, expected, "{field}: {value}");
        }
    }

    #[test]
    fn all_mistakes_are_found_at_once() {
        let document = r#"{"version":1,"version":1,"id":"P","match":{"status":["x"]},"stages":[{"do":"suspend","why":1}]}"#;
        let paths: Vec<String> = errors(document).into_iter().map(|(path, _)| path).collect();
        assert_eq!(
            paths,
            [
                "$.version",
                "$.name",
                "$.id",
                "$.match.status[0]",
                "$.stages[0].why",
                "$.stages[0].after"
            ]
        );
    }

    #[test]
    fn what_is_not_json_is_said_to_be_none() {
        for document in ["", "{", "nul", "{\"version\":1}}"] {
            assert_eq!(
                errors(document),
                [("$".to_owned(), "not-json".to_owned())],
                "{document}"
            );
        }
        let long = format!("{}{}", " ".repeat(MAX_DOCUMENT), document("version", "1"));
        assert_eq!(errors(&long), [("$".to_owned(), "too-long".to_owned())]);
    }

    #[test]
    fn nesting_up_to_the_limit_is_taken() {
        let depth = MAX_NESTING - 2;
        let (open, close) = (r#"{"not":"#.repeat(depth), "}".repeat(depth));
        let condition = format!(
            r#"{{"all":[{{"idle":{{"longerThan":"1d"}}}},{open}{{"status":["active"]}}{close}]}}"#
        );
        assert!(read(&document("match", &condition)).is_ok());
    }

    #[test]
    fn a_policy_is_written_as_it_is_read() {
        let text = document(
            "match",
            r#"{"any":[{"idle":{"longerThan":"6mo","products":["jira-software"]}},{"not":{"group":["jira-*"]}},{"emailDomain":["*.partner.example"]}]}"#,
        );
        let policy = read(&text).unwrap();
        let written = serde_json::to_string(&policy).unwrap();
        assert_eq!(read(&written).unwrap(), policy);
        assert_eq!(serde_json::from_str::<Policy>(&written).unwrap(), policy);
        assert!(serde_json::from_str::<Policy>("{}").is_err());
    }
}
