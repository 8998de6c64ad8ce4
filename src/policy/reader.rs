//! The reader's tools: every mistake is noted with its path, and reading goes on.

use serde::Serialize;

use super::Span;
use super::json::Node;

/// The longest text, in bytes, that a field may hold.
pub const MAX_TEXT: usize = 2_000;

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

/// Reads a value at a path; `None` after a mistake. A plain function and no closure: the tools below exist once for each
/// kind of value then, and not once for each field.
pub(super) type Read<T> = fn(&mut Reader, &Node, &str) -> Option<T>;

#[derive(Default)]
pub(super) struct Reader {
    pub(super) errors: Vec<PolicyError>,
    /// In how many conditions the one stands that is being read.
    pub(super) depth: usize,
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

    /// Not inlined, here and below: the reader asks for some sixty fields, and each copy would cost the core.
    #[inline(never)]
    pub(super) fn at(&self, name: &str) -> String {
        [self.path, ".", name].concat()
    }

    #[inline(never)]
    fn located(&self, name: &str) -> Option<(&'a Node, String)> {
        self.get(name).map(|node| (node, self.at(name)))
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.get(name).is_some()
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

    /// Reads one field. `None` also where it is absent: `fields` noted that as a mistake if it is required.
    pub(super) fn field<T>(&mut self, fields: &Fields<'_>, name: &str, read: Read<T>) -> Option<T> {
        let (node, path) = fields.located(name)?;
        read(self, node, &path)
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

    /// A length of time that is not zero.
    pub(super) fn some_span(&mut self, node: &Node, path: &str) -> Option<Span> {
        let span = self.span(node, path)?;
        if span.is_zero() {
            self.error(path, "wrong-span", "must be longer than nothing");
            return None;
        }
        Some(span)
    }

    /// One of some names; `code` and `what` are for the mistake.
    pub(super) fn choice<T: Copy>(
        &mut self,
        node: &Node,
        path: &str,
        (code, what): (&str, &str),
        known: &[(T, &'static str)],
    ) -> Option<T> {
        let text = self.text(node, path)?;
        let found = known.iter().find(|(_, name)| *name == text);
        if found.is_none() {
            let names: Vec<&str> = known.iter().map(|(_, name)| *name).collect();
            self.no_choice(path, code, what, &text, &names);
        }
        found.map(|(value, _)| *value)
    }

    pub(super) fn no_choice(
        &mut self,
        path: &str,
        code: &str,
        what: &str,
        text: &str,
        names: &[&str],
    ) {
        let message = format!("`{text}` is no {what}; there are: {}", names.join(", "));
        self.error(path, code, &message);
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
    pub(super) fn each<T>(&mut self, node: &Node, path: &str, read: Read<T>) -> Option<Vec<T>> {
        self.each_alone(node, path, read)?.into_iter().collect()
    }

    /// Reads every element; `None` in the place of those that were wrong.
    pub(super) fn each_alone<T>(
        &mut self,
        node: &Node,
        path: &str,
        read: Read<T>,
    ) -> Option<Vec<Option<T>>> {
        let nodes = self.list(node, path)?;
        let read = nodes
            .iter()
            .enumerate()
            .map(|(index, node)| read(self, node, &format!("{path}[{index}]")));
        Some(read.collect())
    }

    /// One element by itself, or a list of them.
    pub(super) fn one_or_each<T>(
        &mut self,
        node: &Node,
        path: &str,
        read: Read<T>,
    ) -> Option<Vec<T>> {
        match node {
            Node::List(_) => self.each(node, path, read),
            one => read(self, one, path).map(|one| vec![one]),
        }
    }

    /// Notes every element that stands in a list twice.
    pub(super) fn refuse_twins<T: PartialEq>(&mut self, elements: &[T], path: &str) {
        for (index, element) in elements.iter().enumerate() {
            if elements.iter().take(index).any(|other| other == element) {
                let at = format!("{path}[{index}]");
                self.error(&at, "duplicate-element", "stands in the list twice");
            }
        }
    }
}
