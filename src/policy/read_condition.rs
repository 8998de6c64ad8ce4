//! Reading conditions.

use super::json::Node;
use super::reader::{Fields, Reader};
use super::{Condition, Idle, Pattern, Selection, Span};
use crate::model::{Status, group_uuid};

/// How deep conditions may stand in one another.
pub const MAX_NESTING: usize = 32;

impl Reader {
    pub(super) fn condition(&mut self, node: &Node, path: &str, depth: usize) -> Option<Condition> {
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

    pub(super) fn idle(&mut self, node: &Node, path: &str) -> Option<Idle> {
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
            selection: Selection {
                products: products?,
                sites: sites?,
            },
        })
    }

    /// An optional list of names: outer `None` after a mistake, inner `None` where the field is absent.
    pub(super) fn names(&mut self, fields: &Fields<'_>, name: &str) -> Option<Option<Vec<String>>> {
        match fields.get(name) {
            None => Some(None),
            Some(node) => self.each(node, &fields.at(name), Reader::text).map(Some),
        }
    }

    pub(super) fn group(&mut self, node: &Node, path: &str) -> Option<Pattern> {
        self.text(node, path)
            .map(|text| Pattern(group_uuid(&text).to_owned()))
    }

    pub(super) fn domain(&mut self, node: &Node, path: &str) -> Option<Pattern> {
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

    pub(super) fn status(&mut self, node: &Node, path: &str) -> Option<Status> {
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
}
