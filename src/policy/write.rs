//! A policy as JSON again, as `read` takes it, with every default written out.
//!
//! By hand and into a tree, because a derived writer is compiled once for each thing that it can write to.

use serde::{Serialize, Serializer};

use super::json::Node;
use super::{AccessHeld, Condition, Confirm, Keep, Pattern, Policy, Report, Selection, Stage};

impl Serialize for Policy {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        policy(self).serialize(serializer)
    }
}

impl Serialize for Condition {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        condition(self).serialize(serializer)
    }
}

/// An object in the making.
#[derive(Default)]
pub(super) struct Written(Vec<(String, Node)>);

impl Written {
    #[inline(never)]
    pub(super) fn put(&mut self, name: &str, node: Node) {
        self.0.push((name.to_owned(), node));
    }

    pub(super) fn text(&mut self, name: &str, text: &str) {
        self.put(name, Node::text(text));
    }

    fn texts(&mut self, name: &str, texts: Option<&[String]>) {
        if let Some(texts) = texts {
            self.put(name, list(texts, |text| Node::text(text)));
        }
    }

    fn selection(&mut self, selection: &Selection) {
        self.texts("products", selection.products.as_deref());
        self.texts("sites", selection.sites.as_deref());
    }

    pub(super) fn done(self) -> Node {
        Node::Object(self.0)
    }
}

impl Node {
    pub(super) fn text(text: &str) -> Node {
        Node::Text(text.to_owned())
    }

    pub(super) fn whole(number: u32) -> Node {
        Node::Whole(u64::from(number))
    }
}

pub(super) fn list<T>(elements: &[T], write: impl Fn(&T) -> Node) -> Node {
    Node::List(elements.iter().map(write).collect())
}

fn policy(policy: &Policy) -> Node {
    let mut written = Written::default();
    written.put("version", Node::whole(policy.version));
    written.text("id", &policy.id);
    written.text("name", &policy.name);
    if let Some(description) = &policy.description {
        written.text("description", description);
    }
    written.put("enabled", Node::Bool(policy.enabled));
    written.put("match", condition(&policy.r#match));
    if let Some(pool) = &policy.keep {
        written.put("keep", keep(pool));
    }
    written.put("stages", list(&policy.stages, stage));
    let mut limits = Written::default();
    limits.put("users", Node::whole(policy.limits.users));
    limits.put("percent", Node::whole(policy.limits.percent));
    written.put("limits", limits.done());
    written.text("approval", policy.approval.name());
    if let Some(schedule) = &policy.schedule {
        written.put("schedule", schedule.node());
    }
    if let Some(wanted) = &policy.report {
        written.put("report", report(wanted));
    }
    written.text("tolerance", &policy.tolerance.to_string());
    if let Some(readings) = &policy.confirm {
        written.put("confirm", confirm(readings));
    }
    written.text("unreachable", policy.unreachable.name());
    written.put("evenIfActive", Node::Bool(policy.even_if_active));
    written.done()
}

fn keep(keep: &Keep) -> Node {
    let mut written = Written::default();
    written.text("product", &keep.product);
    written.text("site", &keep.site);
    written.put("seats", Node::whole(keep.seats));
    written.done()
}

fn report(report: &Report) -> Node {
    let mut written = Written::default();
    written.texts("to", Some(&report.to));
    written.text("when", report.when.name());
    written.done()
}

fn confirm(confirm: &Confirm) -> Node {
    let mut written = Written::default();
    written.put("readings", Node::whole(confirm.readings));
    written.text("apart", &confirm.apart.to_string());
    written.done()
}

fn stage(stage: &Stage) -> Node {
    let mut written = Written::default();
    written.text("after", &stage.after.to_string());
    written.put("do", list(&stage.r#do, |action| Node::text(action.name())));
    if let Some(template) = &stage.template {
        written.put("template", template.written());
    }
    written.texts("products", stage.products.as_deref());
    written.texts("sites", stage.sites.as_deref());
    if let Some(groups) = &stage.groups {
        written.put("groups", patterns(groups));
    }
    written.done()
}

fn patterns(all: &[Pattern]) -> Node {
    list(all, |pattern| Node::text(&pattern.0))
}

fn condition(condition: &Condition) -> Node {
    let mut written = Written::default();
    written.put(condition.name(), argument(condition));
    written.done()
}

fn argument(of: &Condition) -> Node {
    let mut written = Written::default();
    match of {
        Condition::All(inner) | Condition::Any(inner) => return list(inner, condition),
        Condition::Not(inner) => return condition(inner),
        Condition::Status(statuses) => {
            return list(statuses, |status| Node::text(status.name()));
        }
        Condition::AccountType(types) => return list(types, |kind| Node::text(kind.name())),
        Condition::Account(claim) => return Node::text(claim.name()),
        Condition::ManagedBy(source) => return Node::text(source.name()),
        Condition::Mfa(mfa) => return Node::Bool(*mfa),
        Condition::Group(all)
        | Condition::Role(all)
        | Condition::Directory(all)
        | Condition::Email(all)
        | Condition::EmailDomain(all) => return patterns(all),
        Condition::Listed(name) => return Node::text(name),
        Condition::Idle(idle) => {
            written.text("longerThan", &idle.longer_than.to_string());
            written.selection(&idle.selection);
        }
        Condition::NeverActive(never) => {
            written.text("addedMoreThan", &never.added_more_than.to_string());
            written.selection(&never.selection);
        }
        Condition::OnlyOnce(once) => {
            written.text("within", &once.within.to_string());
            written.text("addedMoreThan", &once.added_more_than.to_string());
            written.selection(&once.selection);
        }
        Condition::Added(added) => {
            if let Some(span) = added.more_than {
                written.text("moreThan", &span.to_string());
            }
            if let Some(span) = added.less_than {
                written.text("lessThan", &span.to_string());
            }
        }
        Condition::Access(AccessHeld {
            selection,
            billable,
        }) => {
            written.selection(selection);
            if let Some(billable) = billable {
                written.put("billable", Node::Bool(*billable));
            }
        }
        Condition::Profile(profile) => {
            written.text("field", profile.field.name());
            written.put("is", patterns(&profile.is));
        }
        Condition::Field(field) => {
            written.text("name", &field.name);
            written.put("is", patterns(&field.is));
        }
    }
    written.done()
}
