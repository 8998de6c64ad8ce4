//! Conditions in plain words, as what is said of a person: `is in the group jira-users`.

use super::{Added, Condition, Pattern, Selection};
use crate::model::{Claim, ManagedBy, ProfileField};

/// What a condition says of a person, such as `was last seen in jira-software on acme.atlassian.net more than 90 days
/// ago (plus 24 hours of tolerance)`; the policy's tolerance is in words already.
pub fn phrase(condition: &Condition, tolerance: &str) -> String {
    match condition {
        Condition::All(inner) => joined(inner, " and ", tolerance),
        Condition::Any(inner) => joined(inner, " or ", tolerance),
        Condition::Not(inner) => negated(inner, tolerance),
        leaf => of_a_person(leaf, tolerance),
    }
}

/// The parts with a word between them, in parentheses where they are made of parts themselves.
fn joined(conditions: &[Condition], word: &str, tolerance: &str) -> String {
    let parts: Vec<String> = conditions
        .iter()
        .map(|condition| {
            let part = phrase(condition, tolerance);
            if conditions.len() > 1 && condition.inner().len() > 1 {
                format!("({part})")
            } else {
                part
            }
        })
        .collect();
    parts.join(word)
}

/// `is not …` and `does not have …` where that is the whole opposite.
fn negated(condition: &Condition, tolerance: &str) -> String {
    let text = phrase(condition, tolerance);
    let is_plain = match condition {
        Condition::Idle(_) | Condition::NeverActive(_) | Condition::OnlyOnce(_) => false,
        Condition::Added(added) => added.more_than.is_none() || added.less_than.is_none(),
        other => other.inner().is_empty(),
    };
    if is_plain {
        for (verb, opposite) in [
            ("is ", "is not "),
            ("was ", "was not "),
            ("has ", "does not have "),
        ] {
            if let Some(rest) = text.strip_prefix(verb) {
                return format!("{opposite}{rest}");
            }
        }
    }
    format!("not ({text})")
}

fn of_a_person(condition: &Condition, tolerance: &str) -> String {
    match condition {
        Condition::All(_) | Condition::Any(_) | Condition::Not(_) => phrase(condition, tolerance),
        Condition::Idle(idle) => format!(
            "was last seen in {} more than {} ago (plus {} of tolerance)",
            selection(&idle.selection),
            idle.longer_than.words(),
            tolerance
        ),
        Condition::NeverActive(never) => format!(
            "was added more than {} ago and was never seen in {}",
            never.added_more_than.words(),
            selection(&never.selection)
        ),
        Condition::OnlyOnce(once) => format!(
            "was added more than {} ago and was seen in {} only within {} of that",
            once.added_more_than.words(),
            selection(&once.selection),
            once.within.words()
        ),
        Condition::Added(added) => added_words(added),
        Condition::Status(statuses) => {
            format!(
                "has the status {}",
                one_of(statuses, |status| status.name())
            )
        }
        Condition::Account(Claim::Managed) => String::from("has a managed account"),
        Condition::Account(Claim::External) => String::from("has an external account"),
        Condition::AccountType(types) => {
            format!(
                "has an account of the type {}",
                one_of(types, |kind| kind.name())
            )
        }
        Condition::ManagedBy(ManagedBy::Idp) => String::from("is managed by an identity provider"),
        Condition::ManagedBy(ManagedBy::Admins) => String::from("is managed by administrators"),
        Condition::Mfa(true) => String::from("has two-step verification"),
        Condition::Mfa(false) => String::from("is without two-step verification"),
        Condition::Group(groups) => format!("is in the group {}", patterns(groups)),
        Condition::Role(roles) => format!("has the role {}", patterns(roles)),
        Condition::Directory(directories) => {
            format!("is in the directory {}", patterns(directories))
        }
        Condition::Email(emails) => format!("has the e-mail address {}", patterns(emails)),
        Condition::EmailDomain(domains) => {
            format!("has an e-mail address at {}", patterns(domains))
        }
        Condition::Access(access) => {
            let kind = match access.billable {
                None => "access",
                Some(true) => "a paid seat",
                Some(false) => "access without a paid seat",
            };
            format!("has {kind} in {}", selection(&access.selection))
        }
        Condition::Profile(profile) => format!(
            "has {} as {}",
            patterns(&profile.is),
            field_words(profile.field)
        ),
        Condition::Listed(list) => format!("is on the list {list}"),
        Condition::Field(field) => format!("has {} as {}", patterns(&field.is), field.name),
    }
}

fn added_words(added: &Added) -> String {
    match (added.more_than, added.less_than) {
        (Some(more), Some(less)) => format!(
            "was added more than {} and less than {} ago",
            more.words(),
            less.words()
        ),
        (Some(more), None) => format!("was added more than {} ago", more.words()),
        (None, Some(less)) => format!("was added less than {} ago", less.words()),
        (None, None) => String::from("was added"),
    }
}

fn field_words(field: ProfileField) -> &'static str {
    match field {
        ProfileField::JobTitle => "job title",
        ProfileField::Department => "department",
        ProfileField::Organization => "organization",
        ProfileField::Location => "location",
    }
}

fn patterns(patterns: &[Pattern]) -> String {
    one_of(patterns, |pattern| pattern.0.as_str())
}

/// The products and sites that a condition looks at, such as `any product` or `jira-software on acme.atlassian.net`.
pub fn selection(selection: &Selection) -> String {
    let products = match &selection.products {
        None => String::from("any product"),
        Some(products) => products.join(" or "),
    };
    match &selection.sites {
        None => products,
        Some(sites) => format!("{products} on {}", sites.join(" or ")),
    }
}

/// Names with `or` between them.
fn one_of<T>(list: &[T], name: impl Fn(&T) -> &str) -> String {
    let names: Vec<&str> = list.iter().map(name).collect();
    names.join(" or ")
}
