//! Reading conditions. Those on activity and access are read in `read_access`.

use super::json::Node;
use super::reader::Reader;
use super::{Condition, OwnField, Pattern, Profile};
use crate::model::{AccountType, Claim, ManagedBy, ProfileField, Status, group_uuid};

/// How deep conditions may stand in one another.
pub const MAX_NESTING: usize = 32;

const NAMES: [&str; 21] = [
    "all",
    "any",
    "not",
    "idle",
    "neverActive",
    "onlyOnce",
    "added",
    "status",
    "account",
    "accountType",
    "managedBy",
    "mfa",
    "group",
    "role",
    "directory",
    "email",
    "emailDomain",
    "access",
    "profile",
    "listed",
    "field",
];

impl Reader {
    pub(super) fn condition(&mut self, node: &Node, path: &str) -> Option<Condition> {
        if self.depth == MAX_NESTING {
            self.error(
                path,
                "too-deep",
                "conditions are nested deeper than 32 levels",
            );
            return None;
        }
        self.depth += 1;
        let condition = self.one_condition(node, path);
        self.depth -= 1;
        condition
    }

    fn one_condition(&mut self, node: &Node, path: &str) -> Option<Condition> {
        let fields = self.fields(node, path, &NAMES, &[])?;
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
                .each(argument, &at, Reader::condition)
                .map(Condition::All),
            "any" => self
                .each(argument, &at, Reader::condition)
                .map(Condition::Any),
            "not" => self
                .condition(argument, &at)
                .map(|inner| Condition::Not(Box::new(inner))),
            "idle" => self.idle(argument, &at).map(Condition::Idle),
            "neverActive" => self.never_active(argument, &at).map(Condition::NeverActive),
            "onlyOnce" => self.only_once(argument, &at).map(Condition::OnlyOnce),
            "added" => self.added(argument, &at).map(Condition::Added),
            "access" => self.access(argument, &at).map(Condition::Access),
            name => self.on_the_person(name, argument, &at),
        }
    }

    /// Conditions on what a person is, not on what they use.
    fn on_the_person(&mut self, name: &str, node: &Node, path: &str) -> Option<Condition> {
        match name {
            "status" => self
                .each(node, path, |reader, node, path| {
                    reader.choice(node, path, ("wrong-status", "status"), &Status::ALL)
                })
                .map(Condition::Status),
            "account" => self
                .choice(node, path, ("wrong-account", "kind of claim"), &Claim::ALL)
                .map(Condition::Account),
            "accountType" => self
                .each(node, path, |reader, node, path| {
                    let what = ("wrong-account-type", "type of account");
                    reader.choice(node, path, what, &AccountType::ALL)
                })
                .map(Condition::AccountType),
            "managedBy" => {
                let what = ("wrong-managed-by", "source of management");
                self.choice(node, path, what, &ManagedBy::ALL)
                    .map(Condition::ManagedBy)
            }
            "mfa" => self.boolean(node, path).map(Condition::Mfa),
            "group" => self.each(node, path, Reader::group).map(Condition::Group),
            "role" => self.patterns(node, path).map(Condition::Role),
            "directory" => self.patterns(node, path).map(Condition::Directory),
            "email" => self.each(node, path, Reader::email).map(Condition::Email),
            "emailDomain" => self
                .each(node, path, Reader::domain)
                .map(Condition::EmailDomain),
            "profile" => self.profile(node, path).map(Condition::Profile),
            "listed" => self.text(node, path).map(Condition::Listed),
            _ => self.own_field(node, path).map(Condition::Field),
        }
    }

    fn pattern(&mut self, node: &Node, path: &str) -> Option<Pattern> {
        self.text(node, path).map(Pattern)
    }

    fn patterns(&mut self, node: &Node, path: &str) -> Option<Vec<Pattern>> {
        self.each(node, path, Reader::pattern)
    }

    /// A group by name, glob or id, the id without its ARI prefix.
    pub(super) fn group(&mut self, node: &Node, path: &str) -> Option<Pattern> {
        let text = self.text(node, path)?;
        let group = group_uuid(&text);
        if group.is_empty() {
            self.error(
                path,
                "wrong-group",
                "the group's id is missing after its prefix",
            );
            return None;
        }
        Some(Pattern(group.to_owned()))
    }

    fn email(&mut self, node: &Node, path: &str) -> Option<Pattern> {
        let pattern = self.pattern(node, path)?;
        if !pattern.0.contains('@') && !pattern.is_glob() {
            self.error(
                path,
                "wrong-email",
                "must be an e-mail address or a glob, such as *.contractor@acme.example",
            );
            return None;
        }
        Some(pattern)
    }

    fn domain(&mut self, node: &Node, path: &str) -> Option<Pattern> {
        let pattern = self.pattern(node, path)?;
        if pattern.0.contains('@') {
            self.error(
                path,
                "wrong-domain",
                "must be a domain without @, such as partner.example",
            );
            return None;
        }
        Some(pattern)
    }

    fn profile(&mut self, node: &Node, path: &str) -> Option<Profile> {
        let names = ["field", "is"];
        let fields = self.fields(node, path, &names, &names)?;
        let field = self.field(&fields, "field", |reader, node, path| {
            let what = ("wrong-profile-field", "field of a profile");
            reader.choice(node, path, what, &ProfileField::ALL)
        });
        let is = self.field(&fields, "is", Reader::values);
        Some(Profile {
            field: field?,
            is: is?,
        })
    }

    fn own_field(&mut self, node: &Node, path: &str) -> Option<OwnField> {
        let names = ["name", "is"];
        let fields = self.fields(node, path, &names, &names)?;
        let name = self.field(&fields, "name", Reader::text);
        let is = self.field(&fields, "is", Reader::values);
        Some(OwnField {
            name: name?,
            is: is?,
        })
    }

    fn values(&mut self, node: &Node, path: &str) -> Option<Vec<Pattern>> {
        self.one_or_each(node, path, Reader::pattern)
    }
}
