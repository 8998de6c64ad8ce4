//! A policy in plain words: the same sentence on the page, in the log and in the terminal.

use super::{Condition, Pattern, Policy, Schedule, Selection};
use crate::model::Action;

/// Says what a policy does, in a few sentences.
///
/// ```
/// # let document = r#"{"version":1,"id":"idle","name":"Idle","match":{"idle":{"longerThan":"90d"}},
/// #   "stages":[{"after":"0d","do":"suspend"}]}"#;
/// let policy = seatkeeper::policy::read(document).unwrap();
/// assert_eq!(
///     seatkeeper::policy::describe(&policy),
///     "Whoever was last seen in any product more than 90 days ago (plus 24 hours of tolerance) is suspended. \
///      By hand only. A run of more than 25 people or 5 % is held."
/// );
/// ```
pub fn describe(policy: &Policy) -> String {
    let what = policy
        .stages
        .iter()
        .flat_map(|stage| stage.r#do.iter().copied())
        .map(Action::past)
        .collect::<Vec<_>>()
        .join(", then ");
    let who = phrase(&policy.r#match, &policy.tolerance.words());
    format!(
        "Whoever {who} is {what}. {} A run of more than {} people or {} % is held.",
        when(policy),
        policy.limits.users,
        policy.limits.percent
    )
}

fn when(policy: &Policy) -> String {
    match (&policy.schedule, policy.enabled) {
        (Some(Schedule::Once(instant)), true) => format!("Once, at {instant}."),
        (Some(Schedule::Once(instant)), false) => format!("Once, at {instant}, but switched off."),
        (Some(Schedule::Every(_)), _) => String::from("On a timetable."),
        (None, _) => String::from("By hand only."),
    }
}

/// A condition in words.
pub(crate) fn phrase(condition: &Condition, tolerance: &str) -> String {
    clause(condition, tolerance, false)
}

fn clause(condition: &Condition, tolerance: &str, inner: bool) -> String {
    let join = |conditions: &[Condition], word: &str| {
        let text = conditions
            .iter()
            .map(|condition| clause(condition, tolerance, true))
            .collect::<Vec<_>>()
            .join(word);
        if inner && conditions.len() > 1 {
            format!("({text})")
        } else {
            text
        }
    };
    match condition {
        Condition::All(conditions) => join(conditions, " and "),
        Condition::Any(conditions) => join(conditions, " or "),
        Condition::Not(condition) => format!("not ({})", clause(condition, tolerance, false)),
        Condition::Idle(idle) => format!(
            "was last seen in {} more than {} ago (plus {tolerance} of tolerance)",
            selection(&idle.selection),
            idle.longer_than.words()
        ),
        Condition::Group(groups) => format!("is in the group {}", patterns(groups)),
        Condition::EmailDomain(domains) => {
            format!("has an e-mail address at {}", patterns(domains))
        }
        Condition::Status(statuses) => {
            let names: Vec<&str> = statuses.iter().map(|status| status.name()).collect();
            format!("has the status {}", names.join(" or "))
        }
        _ => String::from("fits"),
    }
}

fn patterns(patterns: &[Pattern]) -> String {
    patterns
        .iter()
        .map(|pattern| pattern.0.as_str())
        .collect::<Vec<_>>()
        .join(" or ")
}

/// The products and sites that a condition looks at, such as `any product` or `jira-software on acme.atlassian.net`.
pub(crate) fn selection(idle: &Selection) -> String {
    let products = match &idle.products {
        None => String::from("any product"),
        Some(products) => products.join(" or "),
    };
    match &idle.sites {
        None => products,
        Some(sites) => format!("{products} on {}", sites.join(" or ")),
    }
}
