//! Why: plain sentences for a verdict. They go into plans and the log, so they name what the policy asks for and when
//! somebody was seen, but no address and nothing of a profile (RULES R14).

use super::compile::Compiled;
use super::leaf::{Leaf, truth_of};
use super::program::Node;
use super::shared;
use crate::model::{DAY, HOUR, Time, Truth};
use crate::policy::{Condition, Pattern, Selection, Span, selection};
use crate::snapshot::{Class, Digest, NEVER, Row, UNKNOWN};

impl Compiled<'_> {
    /// Why the policy is true for a person: what the conditions on activity and lists say, or else all that holds.
    pub fn reason(&self, row: Row) -> String {
        let mut held = Vec::new();
        self.because(
            &self.condition,
            &self.tree,
            row,
            &mut |condition, sentence| {
                held.push((weight(condition), sentence));
            },
        );
        let says_most = held.iter().map(|(weight, _)| *weight).max().unwrap_or(0);
        let sentences = held
            .into_iter()
            .filter(|(weight, _)| *weight == says_most)
            .map(|(_, sentence)| sentence);
        joined(sentences)
    }

    /// What is not known that would have decided the policy for a person.
    pub fn unknown_reason(&self, row: Row) -> String {
        self.sentence(row)
    }

    /// Why the policy's verdict on a person is what it is, in one sentence.
    pub fn sentence(&self, row: Row) -> String {
        let mut sentences = Vec::new();
        self.because(&self.condition, &self.tree, row, &mut |_, sentence| {
            sentences.push(sentence);
        });
        joined(sentences.into_iter())
    }

    /// "seen on 2026-11-02, 19 days ago", for whoever is active elsewhere.
    pub fn seen_sentence(&self, time: Time) -> String {
        format!("seen on {}", self.ago(time))
    }

    /// "2026-11-02, 19 days ago"
    fn ago(&self, time: Time) -> String {
        format!("{}, {} ago", time.date(), self.age(time))
    }

    /// "19 days"; in hours below two days.
    fn age(&self, time: Time) -> String {
        let seconds = self.context.now.since(time);
        if seconds.abs() < 2 * DAY {
            format!("{} hours", seconds / HOUR)
        } else {
            format!("{} days", seconds / DAY)
        }
    }

    /// Hands on the sentences of the conditions that make a condition's truth what it is.
    fn because(
        &self,
        condition: &Condition,
        node: &Node,
        row: Row,
        say: &mut dyn FnMut(&Condition, String),
    ) {
        let nodes = match node {
            Node::Leaf(leaf) => return say(condition, self.leaf_sentence(condition, leaf, row)),
            Node::Not(inner) => std::slice::from_ref(&**inner),
            Node::All(nodes) | Node::Any(nodes) => nodes,
        };
        let truth_at = |node: &Node| truth_of(node.code(self.snapshot, row.0));
        let truth = truth_at(node);
        // One false condition is enough for `all`, one true condition for `any`.
        let one_is_enough = match node {
            Node::All(_) => truth == Truth::False,
            Node::Any(_) => truth == Truth::True,
            Node::Not(_) | Node::Leaf(_) => true,
        };
        let is_not = matches!(node, Node::Not(_));
        for (condition, node) in condition.inner().iter().zip(nodes) {
            if is_not || truth_at(node) == truth {
                self.because(condition, node, row, say);
                if one_is_enough {
                    return;
                }
            }
        }
    }

    /// What a condition's truth for a person rests on.
    pub(super) fn leaf_sentence(&self, condition: &Condition, leaf: &Leaf, row: Row) -> String {
        let truth = truth_of(leaf.code(self.snapshot, row.0));
        let class = self.snapshot.class(row);
        match condition {
            Condition::Idle(idle) => {
                self.idle_sentence(&idle.selection, idle.longer_than, leaf, row, truth)
            }
            Condition::NeverActive(never) => {
                self.never_sentence(&never.selection, never.added_more_than, leaf, row, truth)
            }
            Condition::OnlyOnce(once) => {
                let limits = (once.within, once.added_more_than);
                self.once_sentence(&once.selection, limits, leaf, row, truth)
            }
            Condition::Added(_) => self.joining(row),
            Condition::Status(_) => {
                stated("the status", class.and_then(|c| c.status?.name().into()))
            }
            Condition::Account(_) => match class.and_then(|c| c.claim) {
                Some(claim) => format!("the account is {}", claim.name()),
                None => String::from("it is not known whether the account is managed"),
            },
            Condition::AccountType(_) => {
                let kind = class.and_then(|c| c.account_type?.name().into());
                stated("the kind of account", kind)
            }
            Condition::ManagedBy(_) => {
                let by = class.and_then(|c| c.managed_by?.name().into());
                stated("the account's manager", by)
            }
            Condition::Mfa(_) => {
                let on = class.and_then(|c| Some(if c.mfa? { "on" } else { "off" }));
                stated("two-step verification", on)
            }
            Condition::Group(patterns) => self.group_sentence(patterns, row, truth),
            Condition::Role(patterns) => self.role_sentence(patterns, class, truth),
            Condition::Directory(patterns) => match truth {
                Truth::Unknown => String::from("the directory or its name is not known"),
                truth => fitting("the directory", patterns, truth),
            },
            // The patterns may be addresses themselves, and none may stand in the log (RULES R14).
            Condition::Email(_) => String::from(match truth {
                Truth::True => "the e-mail address is one of those that the policy names",
                Truth::False => "the e-mail address is none of those that the policy names",
                Truth::Unknown => "the e-mail address is not known",
            }),
            Condition::EmailDomain(patterns) => match truth {
                Truth::Unknown => String::from("the e-mail address is not known"),
                truth => fitting("the e-mail domain", patterns, truth),
            },
            Condition::Access(held) => {
                let place = selection(&held.selection);
                match truth {
                    Truth::True => format!("has access to {place}"),
                    Truth::False => format!("has no such access to {place}"),
                    Truth::Unknown => format!("the accesses to {place} are not known in full"),
                }
            }
            Condition::Profile(profile) => {
                wanted(&format!("the profile's {}", profile.field.name()), truth)
            }
            Condition::Listed(name) => match truth {
                Truth::Unknown if self.context.leaves_list(name) => {
                    format!("a run decides whether the list {name} has the person")
                }
                Truth::True => format!("is on the list {name}"),
                Truth::False => format!("is not on the list {name}"),
                Truth::Unknown => format!("it is not known whether the list {name} has the person"),
            },
            Condition::Field(field) if self.context.leaves_field(&field.name) => {
                format!("a run decides on the field {}", field.name)
            }
            Condition::Field(field) => wanted(&format!("the field {}", field.name), truth),
            Condition::All(_) | Condition::Any(_) | Condition::Not(_) => String::new(),
        }
    }

    fn digest(&self, leaf: &Leaf, row: Row) -> Option<Digest> {
        match leaf {
            Leaf::Idle { selected, .. }
            | Leaf::NeverActive { selected, .. }
            | Leaf::OnlyOnce { selected, .. } => selected.digest(self.snapshot, row.0),
            _ => None,
        }
    }

    fn idle_sentence(
        &self,
        wanted: &Selection,
        longer_than: Span,
        leaf: &Leaf,
        row: Row,
        truth: Truth,
    ) -> String {
        let (place, limit) = (selection(wanted), longer_than.words());
        match (self.digest(leaf, row), truth) {
            (_, Truth::Unknown) | (None, _) => self.gap(leaf, row),
            (Some(digest), _) if !digest.any => format!("has no access to {place}"),
            (Some(digest), _) if digest.latest == NEVER => format!("never seen in {place}"),
            (Some(digest), Truth::True) => {
                let latest = time(digest.latest);
                format!(
                    "not seen in {place} since {}, {}; limit {limit}",
                    latest.date(),
                    self.age(latest)
                )
            }
            (Some(digest), Truth::False) => {
                let latest = time(digest.latest);
                let mut sentence =
                    format!("seen in {place} on {}; limit {limit}", self.ago(latest));
                if latest < longer_than.before(self.context.now) {
                    sentence.push_str(" and a tolerance of ");
                    sentence.push_str(&self.tolerance.words());
                }
                sentence
            }
        }
    }

    fn never_sentence(
        &self,
        wanted: &Selection,
        limit: Span,
        leaf: &Leaf,
        row: Row,
        truth: Truth,
    ) -> String {
        let (place, limit) = (selection(wanted), limit.words());
        match (self.digest(leaf, row), truth) {
            (Some(digest), _) if !digest.any => format!("has no access to {place}"),
            (Some(digest), _) if digest.latest != NEVER => {
                format!("seen in {place} on {}", self.ago(time(digest.latest)))
            }
            (Some(digest), Truth::True) if !digest.unknown => {
                format!(
                    "never seen in {place}, {}; limit {limit}",
                    self.joining(row)
                )
            }
            (Some(digest), Truth::Unknown) if !digest.unknown => self.joining(row),
            (_, Truth::Unknown) => self.gap(leaf, row),
            _ => format!("{}; limit {limit}", self.joining(row)),
        }
    }

    fn once_sentence(
        &self,
        wanted: &Selection,
        (within, limit): (Span, Span),
        leaf: &Leaf,
        row: Row,
        truth: Truth,
    ) -> String {
        let place = selection(wanted);
        match (self.digest(leaf, row), truth) {
            (Some(digest), Truth::Unknown) if !digest.unknown => self.joining(row),
            (_, Truth::Unknown) | (None, _) => self.gap(leaf, row),
            (Some(digest), _) if !digest.any => format!("has no access to {place}"),
            (Some(digest), _) if digest.latest == NEVER => format!("never seen in {place}"),
            (Some(digest), _) => format!(
                "last seen in {place} on {}; {}; limits {} after joining and {}",
                self.ago(time(digest.latest)),
                self.joining(row),
                within.words(),
                limit.words()
            ),
        }
    }

    fn joining(&self, row: Row) -> String {
        match self.snapshot.added(row) {
            Some(added) => format!("added on {}", self.ago(added)),
            None => String::from("the date of joining is not known"),
        }
    }

    fn group_sentence(&self, patterns: &[Pattern], row: Row, truth: Truth) -> String {
        if truth != Truth::True {
            return match (self.snapshot.groups(row), truth) {
                (Some(_), Truth::Unknown) => String::from("the name of a group is not known"),
                (None, _) => String::from("the groups are not known"),
                _ => format!("is in no group {}", alternatives(patterns)),
            };
        }
        let name = self
            .snapshot
            .groups(row)
            .into_iter()
            .flatten()
            .find(|group| {
                patterns
                    .iter()
                    .any(|pattern| shared::group_fits(group, pattern))
            })
            .map_or("", |group| {
                group.name.as_deref().unwrap_or(group.id.as_str())
            });
        format!("is in the group {name}")
    }

    fn role_sentence(&self, patterns: &[Pattern], class: Option<&Class>, truth: Truth) -> String {
        match truth {
            Truth::Unknown => String::from("the roles are not known"),
            Truth::False => format!("has no role {}", alternatives(patterns)),
            Truth::True => {
                let role = class
                    .and_then(|class| self.snapshot.roles_of(class))
                    .into_iter()
                    .flatten()
                    .find(|role| {
                        patterns
                            .iter()
                            .any(|pattern| shared::role_fits(role, pattern))
                    });
                format!("has the role {}", role.unwrap_or_default())
            }
        }
    }

    /// Which activity of those that a condition looks at is not known.
    fn gap(&self, leaf: &Leaf, row: Row) -> String {
        let selected = match leaf {
            Leaf::Idle { selected, .. }
            | Leaf::NeverActive { selected, .. }
            | Leaf::OnlyOnce { selected, .. } => Some(selected),
            _ => None,
        };
        self.gap_in(row, |access| {
            selected.is_none_or(|selected| selected.selects(access))
        })
    }

    /// Which activity is not known.
    pub fn activity_gap(&self, row: Row) -> String {
        self.gap_in(row, |_| true)
    }

    fn gap_in(&self, row: Row, is_meant: impl Fn(u32) -> bool) -> String {
        let Some((set, codes)) = self.snapshot.access_codes(row.0) else {
            return String::from("the product accesses are not known");
        };
        let mut places: Vec<String> = Vec::new();
        for (slot, code) in codes.iter().enumerate() {
            if *code == UNKNOWN
                && let Some(access) = self.snapshot.access_in_set(set, slot)
                && is_meant(access)
            {
                places.extend(self.place(access));
            }
        }
        format!("the last activity in {} is not known", places.join(", "))
    }

    /// A product on a site in words, such as `jira-software on acme.atlassian.net`.
    pub(super) fn place(&self, access: u32) -> Option<String> {
        let kind = self
            .snapshot
            .accesses()
            .get(usize::try_from(access).ok()?)?;
        let Some(cloud_id) = kind.resource.site() else {
            return Some(kind.product.clone());
        };
        let host = self
            .context
            .sites
            .iter()
            .find(|site| site.cloud_id == cloud_id)
            .map_or(cloud_id, |site| site.host.as_str());
        Some(format!("{} on {host}", kind.product))
    }
}

/// How much a condition says about why somebody matches.
fn weight(condition: &Condition) -> u8 {
    match condition {
        Condition::Idle(_)
        | Condition::NeverActive(_)
        | Condition::OnlyOnce(_)
        | Condition::Listed(_) => 1,
        _ => 0,
    }
}

fn time(code: u32) -> Time {
    Time(i64::from(code))
}

/// "the status is active"
fn stated(what: &str, value: Option<&str>) -> String {
    format!("{what} is {}", value.unwrap_or("not known"))
}

/// "the e-mail domain fits *.partner.example"
fn fitting(what: &str, patterns: &[Pattern], truth: Truth) -> String {
    match truth {
        Truth::True => format!("{what} fits {}", alternatives(patterns)),
        Truth::False => format!("{what} does not fit {}", alternatives(patterns)),
        Truth::Unknown => format!("{what} is not known"),
    }
}

/// "the profile's department is as asked": what it is belongs to the person, and is shown with the explanation only.
fn wanted(what: &str, truth: Truth) -> String {
    match truth {
        Truth::True => format!("{what} is as asked"),
        Truth::False => format!("{what} is not as asked"),
        Truth::Unknown => format!("{what} is not known"),
    }
}

fn alternatives(patterns: &[Pattern]) -> String {
    let mut text = String::new();
    for (index, pattern) in patterns.iter().enumerate() {
        if index > 0 {
            text.push_str(" or ");
        }
        text.push_str(&pattern.0);
    }
    text
}

/// Sentences one after the other, each once.
fn joined(sentences: impl Iterator<Item = String>) -> String {
    let mut distinct: Vec<String> = Vec::new();
    for sentence in sentences {
        if !distinct.contains(&sentence) {
            distinct.push(sentence);
        }
    }
    distinct.join("; ")
}

#[cfg(test)]
mod tests {
    use crate::evaluate::{Context, compile};
    use crate::model::{AccountId, DirectoryId, Time};
    use crate::policy::read;
    use crate::snapshot::{Snapshot, UserRecord};

    #[test]
    fn no_address_stands_in_a_reason() {
        let policy = read(
            r#"{"version":1,"id":"p","name":"P","stages":[{"after":"0d","do":"review"}],
            "match":{"email":["ada.lovelace@x.example"]}}"#,
        )
        .unwrap();
        for email in [Some("ada.lovelace@x.example"), Some("b@x.example"), None] {
            let mut snapshot = Snapshot::new();
            snapshot.push(&UserRecord {
                email: email.map(String::from),
                ..UserRecord::unknown(AccountId("a".into()), DirectoryId("d".into()))
            });
            let compiled = compile(&policy, &snapshot, Context::at(Time(0))).unwrap();
            let row = snapshot.rows().next().unwrap();
            for sentence in [compiled.reason(row), compiled.sentence(row)] {
                assert!(!sentence.contains('@'), "{sentence}");
            }
        }
    }
}
