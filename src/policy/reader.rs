//! The reader's tools: every mistake is noted with its path, and reading goes on.

use serde::Serialize;

use super::Span;
use super::json::Node;

/// The longest text, in bytes, that a field may hold.
const MAX_TEXT: usize = 2_000;

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

#[derive(Default)]
pub(super) struct Reader {
    pub(super) errors: Vec<PolicyError>,
}

/// The fields of one object, by name; where a name stands twice, an error was noted and the first one counts.
pub(super) struct Fields<'a> {
    path: &'a str,
    pub(super) fields: Vec<(&'a str, &'a Node)>,
}

impl<'a> Fields<'a> {
    pub(super) fn get(&self, name: &str) -> Option<&'a Node> {
        self.fields
            .iter()
            .find(|(key, _)| *key == name)
            .map(|(_, node)| *node)
    }

    pub(super) fn at(&self, name: &str) -> String {
        format!("{}.{name}", self.path)
    }
}

impl Reader {
    pub(super) fn error(&mut self, path: &str, code: &str, message: &str) {
        self.errors.push(PolicyError {
            path: path.to_owned(),
            code: code.to_owned(),
            message: message.to_owned(),
        });
    }

    pub(super) fn wrong_kind(&mut self, path: &str, wanted: &str, node: &Node) {
        let message = format!("must be {wanted}, not {}", node.kind());
        self.error(path, "wrong-kind", &message);
    }

    pub(super) fn fields<'a>(
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

    pub(super) fn text(&mut self, node: &Node, path: &str) -> Option<String> {
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

    pub(super) fn boolean(&mut self, node: &Node, path: &str) -> Option<bool> {
        match node {
            Node::Bool(value) => Some(*value),
            other => {
                self.wrong_kind(path, "true or false", other);
                None
            }
        }
    }

    pub(super) fn whole(&mut self, node: &Node, path: &str, least: u32, most: u32) -> Option<u32> {
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

    pub(super) fn span(&mut self, node: &Node, path: &str) -> Option<Span> {
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

    pub(super) fn list<'a>(&mut self, node: &'a Node, path: &str) -> Option<&'a [Node]> {
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
    pub(super) fn each<T>(
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
}
