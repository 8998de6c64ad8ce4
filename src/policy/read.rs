//! From JSON text to a policy, or to every mistake in it, each with its path.

use serde::{Deserialize, Deserializer, Serialize, de};

use super::json::Node;
use super::{Condition, Idle, Limits, POLICY_VERSION, Pattern, Policy, Schedule, Span, Stage};
use crate::model::{Action, Status, Time, group_uuid};

/// How deep conditions may stand in one another.
pub const MAX_NESTING: usize = 32;

/// The longest text, in bytes, that a field may hold.
const MAX_TEXT: usize = 2_000;

/// The longest document, in bytes: one stored value holds every revision that is in force.
const MAX_DOCUMENT: usize = 64 * 1024;

/// The margin of a policy that names none (RULES R6).
const DEFAULT_TOLERANCE: Span = Span::hours(24);

/// One mistake in a policy document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct PolicyError {
    /// Where, such as `$.match.all[0].idle.longerThan`.
    pub path: String,
    /// A stable code, such as `unknown-field`.
    pub code: String,
    /// What is wrong and what would be right, one sentence.
    pub message: String,
}

/// Reads a policy document.
///
/// # Errors
/// Every mistake in the document: text that is not JSON, unknown and duplicate and missing fields, values of the wrong
/// kind, empty `all` or `any`, conditions nested deeper than [`MAX_NESTING`], and policies that could reach further than
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

#[derive(Default)]
struct Reader {
    errors: Vec<PolicyError>,
}

/// The fields of one object, by name; where a name stands twice, an error was noted and the first one counts.
struct Fields<'a> {
    path: &'a str,
    fields: Vec<(&'a str, &'a Node)>,
}

impl<'a> Fields<'a> {
    fn get(&self, name: &str) -> Option<&'a Node> {
        self.fields
            .iter()
            .find(|(key, _)| *key == name)
            .map(|(_, node)| *node)
    }

    fn at(&self, name: &str) -> String {
        format!("{}.{name}", self.path)
    }
}

impl Reader {
    fn error(&mut self, path: &str, code: &str, message: &str) {
        self.errors.push(PolicyError {
            path: path.to_owned(),
            code: code.to_owned(),
            message: message.to_owned(),
        });
    }

    fn wrong_kind(&mut self, path: &str, wanted: &str, node: &Node) {
        let message = format!("must be {wanted}, not {}", node.kind());
        self.error(path, "wrong-kind", &message);
    }

    fn fields<'a>(
        &mut self,
        node: &'a Node,
        path: &'a str,
        allowed: &[&str],
        required: &[&str],
    ) -> Option<Fields<'a>> {
        let Node::Object(entries) = node else {
            self.wrong_kind(path, "an object", node);
            return None;
        };
        let mut fields: Vec<(&str, &Node)> = Vec::new();
        for (key, value) in entries {
            let at = format!("{path}.{key}");
            if !allowed.contains(&key.as_str()) {
                let message = format!("there is no such field; there are: {}", allowed.join(", "));
                self.error(&at, "unknown-field", &message);
            } else if fields.iter().any(|(known, _)| known == key) {
                self.error(&at, "duplicate-field", "the field stands here twice");
            } else {
                fields.push((key, value));
            }
        }
        for name in required {
            if !fields.iter().any(|(key, _)| key == name) {
                self.error(
                    &format!("{path}.{name}"),
                    "missing-field",
                    "the field is required",
                );
            }
        }
        Some(Fields { path, fields })
    }

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
            limits: limits?,
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

    fn text(&mut self, node: &Node, path: &str) -> Option<String> {
        match node {
            Node::Text(text) if text.trim().is_empty() => {
                self.error(path, "empty", "must not be empty");
                None
            }
            Node::Text(text) if text.len() > MAX_TEXT => {
                self.error(path, "too-long", "must not be longer than 2,000 bytes");
                None
            }
            Node::Text(text) => Some(text.clone()),
            other => {
                self.wrong_kind(path, "a text", other);
                None
            }
        }
    }

    fn boolean(&mut self, node: &Node, path: &str) -> Option<bool> {
        match node {
            Node::Bool(value) => Some(*value),
            other => {
                self.wrong_kind(path, "true or false", other);
                None
            }
        }
    }

    fn whole(&mut self, node: &Node, path: &str, least: u32, most: u32) -> Option<u32> {
        let value = match node {
            Node::Whole(value) => u32::try_from(*value).ok(),
            _ => None,
        };
        let fits = value.filter(|value| (least..=most).contains(value));
        if fits.is_none() {
            let message = format!("must be a whole number from {least} to {most}");
            self.error(path, "wrong-number", &message);
        }
        fits
    }

    fn span(&mut self, node: &Node, path: &str) -> Option<Span> {
        let text = self.text(node, path)?;
        let span = Span::parse(&text);
        if span.is_none() {
            let message = format!(
                "`{text}` is not a length of time: write a number and h, d, w, mo or y, such as 90d"
            );
            self.error(path, "wrong-span", &message);
        }
        span
    }

    fn list<'a>(&mut self, node: &'a Node, path: &str) -> Option<&'a [Node]> {
        match node {
            Node::List(nodes) if nodes.is_empty() => {
                self.error(path, "empty", "must hold at least one element");
                None
            }
            Node::List(nodes) => Some(nodes),
            other => {
                self.wrong_kind(path, "a list", other);
                None
            }
        }
    }

    /// Reads every element, so that each one's mistakes are found; the list is there only if all were right.
    fn each<T>(
        &mut self,
        node: &Node,
        path: &str,
        read: impl Fn(&mut Reader, &Node, &str) -> Option<T>,
    ) -> Option<Vec<T>> {
        let nodes = self.list(node, path)?;
        let read: Vec<Option<T>> = nodes
            .iter()
            .enumerate()
            .map(|(index, node)| read(self, node, &format!("{path}[{index}]")))
            .collect();
        read.into_iter().collect()
    }

    fn condition(&mut self, node: &Node, path: &str, depth: usize) -> Option<Condition> {
        if depth > MAX_NESTING {
            self.error(
                path,
                "too-deep",
                "conditions are nested deeper than 32 levels",
            );
            return None;
        }
        let fields = self.fields(
            node,
            path,
            &[
                "all",
                "any",
                "not",
                "idle",
                "group",
                "emailDomain",
                "status",
            ],
            &[],
        )?;
        let [(name, argument)] = fields.fields.as_slice() else {
            if let Node::Object(entries) = node
                && (entries.len() != 1 || fields.fields.len() > 1)
            {
                self.error(
                    path,
                    "one-condition",
                    "an object must hold exactly one condition; combine them with `all` or `any`",
                );
            }
            return None;
        };
        let at = fields.at(name);
        match *name {
            "all" => self
                .each(argument, &at, |reader, node, path| {
                    reader.condition(node, path, depth + 1)
                })
                .map(Condition::All),
            "any" => self
                .each(argument, &at, |reader, node, path| {
                    reader.condition(node, path, depth + 1)
                })
                .map(Condition::Any),
            "not" => self
                .condition(argument, &at, depth + 1)
                .map(|inner| Condition::Not(Box::new(inner))),
            "idle" => self.idle(argument, &at).map(Condition::Idle),
            "group" => self
                .each(argument, &at, Reader::group)
                .map(Condition::Group),
            "emailDomain" => self
                .each(argument, &at, Reader::domain)
                .map(Condition::EmailDomain),
            _ => self
                .each(argument, &at, Reader::status)
                .map(Condition::Status),
        }
    }

    fn idle(&mut self, node: &Node, path: &str) -> Option<Idle> {
        let fields = self.fields(
            node,
            path,
            &["longerThan", "products", "sites"],
            &["longerThan"],
        )?;
        let at = fields.at("longerThan");
        let longer_than = fields
            .get("longerThan")
            .and_then(|node| self.span(node, &at));
        if longer_than.is_some_and(Span::is_zero) {
            self.error(&at, "wrong-span", "must be longer than nothing");
        }
        let products = self.names(&fields, "products");
        let sites = self.names(&fields, "sites");
        Some(Idle {
            longer_than: longer_than?,
            products: products?,
            sites: sites?,
        })
    }

    /// An optional list of names: outer `None` after a mistake, inner `None` where the field is absent.
    fn names(&mut self, fields: &Fields<'_>, name: &str) -> Option<Option<Vec<String>>> {
        match fields.get(name) {
            None => Some(None),
            Some(node) => self.each(node, &fields.at(name), Reader::text).map(Some),
        }
    }

    fn group(&mut self, node: &Node, path: &str) -> Option<Pattern> {
        self.text(node, path)
            .map(|text| Pattern(group_uuid(&text).to_owned()))
    }

    fn domain(&mut self, node: &Node, path: &str) -> Option<Pattern> {
        let text = self.text(node, path)?;
        if text.contains('@') {
            self.error(
                path,
                "wrong-domain",
                "must be a domain without @, such as partner.example",
            );
            return None;
        }
        Some(Pattern(text))
    }

    fn status(&mut self, node: &Node, path: &str) -> Option<Status> {
        let text = self.text(node, path)?;
        let status = Status::parse(&text);
        if status.is_none() {
            let known = Status::ALL.map(|(_, name)| name).join(", ");
            self.error(
                path,
                "wrong-status",
                &format!("`{text}` is no status; there are: {known}"),
            );
        }
        status
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
            r#do: action?,
        })
    }

    fn action(&mut self, node: &Node, path: &str) -> Option<Action> {
        let text = self.text(node, path)?;
        let action = Action::parse(&text);
        if action.is_none() {
            let known = Action::ALL.map(|(_, name)| name).join(", ");
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

impl Condition {
    /// Every limit of idleness that the condition rests on, those under `not` left out.
    pub fn limits_of_idleness(&self) -> Vec<Span> {
        match self {
            Condition::All(inner) | Condition::Any(inner) => inner
                .iter()
                .flat_map(Condition::limits_of_idleness)
                .collect(),
            Condition::Idle(idle) => vec![idle.longer_than],
            Condition::Not(_)
            | Condition::Group(_)
            | Condition::EmailDomain(_)
            | Condition::Status(_) => Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
