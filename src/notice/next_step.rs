//! What a policy does next to somebody whom it warned.

use super::words::Language;
use crate::model::{Action, Time};
use crate::policy::{Policy, Stage};

/// The stage after a warning that takes something, and the earliest time at which it can be due.
pub(super) struct NextStep<'p> {
    stage: &'p Stage,
    /// Not before this time.
    pub(super) until: Time,
}

/// What comes after the warning of a stage that is given now; nothing where nothing is taken any more.
pub(super) fn next_step(policy: &Policy, warned: u32, now: Time) -> Option<NextStep<'_>> {
    let number = usize::try_from(warned).ok()?;
    let warning = policy.stages.get(number)?;
    let mut later = policy.stages.iter().skip(number + 1);
    let stage = later.find(|stage| stage.r#do.iter().any(|action| action.takes_access()))?;
    Some(NextStep {
        stage,
        until: stage.after.beyond(warning.after, now, now),
    })
}

/// The last stage before a warning that takes something: what the warning can only tell of.
pub(super) fn step_before(policy: &Policy, warned: u32) -> Option<&Stage> {
    let number = usize::try_from(warned).ok()?;
    let mut before = policy.stages.get(..number)?.iter().rev();
    before.find(|stage| stage.r#do.iter().any(|action| action.takes_access()))
}

/// When something is taken at the earliest after a warning that is given now, if anything is.
pub fn taken_next(policy: &Policy, warned: u32, now: Time) -> Option<Time> {
    Some(next_step(policy, warned, now)?.until)
}

/// When something is taken at the earliest after a warning that is given now, if that warning is the last one before it and
/// what is taken can be given back.
pub fn last_warning(policy: &Policy, warned: u32, now: Time) -> Option<Time> {
    let next = next_step(policy, warned, now)?;
    let number = usize::try_from(warned).ok()?;
    let between = policy.stages.iter().skip(number + 1);
    let mut between = between.take_while(|stage| !std::ptr::eq(*stage, next.stage));
    let warns_again = between.any(|stage| stage.r#do.contains(&Action::Warn));
    let mut actions = next.stage.r#do.iter();
    let is_lost = actions.any(|action| *action == Action::RemoveFromOrganization);
    (!warns_again && !is_lost).then_some(next.until)
}

impl NextStep<'_> {
    /// What it means for the person: its widest action.
    pub(super) fn words(&self, language: Language) -> String {
        clause(self.stage, |action| language.step(action))
    }

    /// The products that it takes, if it names them.
    pub(super) fn products(&self) -> Option<String> {
        self.stage.products.as_deref().map(product_names)
    }

    /// The sites on which it takes them, if it names them.
    pub(super) fn sites(&self) -> Option<String> {
        self.stage.sites.as_ref().map(|sites| sites.join(", "))
    }
}

/// What a stage means for the person, in the words for its widest action.
pub(super) fn clause(stage: &Stage, words: impl Fn(Action) -> Option<&'static str>) -> String {
    let mut actions = stage.r#do.iter().rev();
    let clause = actions
        .find_map(|action| words(*action))
        .unwrap_or_default();
    let products = stage.products.as_deref().unwrap_or_default();
    clause.replace("{products}", &product_names(products))
}

/// Products as people know them.
pub(super) fn product_names<T: AsRef<str>>(products: &[T]) -> String {
    let names = products
        .iter()
        .map(|product| product_name(product.as_ref()));
    names.collect::<Vec<_>>().join(", ")
}

/// A product's name as people know it, from its key in the API.
fn product_name(key: &str) -> String {
    match key {
        "jira-servicedesk" => return String::from("Jira Service Management"),
        "jira-software" => return String::from("Jira"),
        _ => {}
    }
    let mut words = Vec::new();
    for word in key.split('-') {
        let mut signs = word.chars();
        let first = signs.next().map(|sign| sign.to_ascii_uppercase());
        words.push(first.into_iter().chain(signs).collect::<String>());
    }
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::read;

    const DAY: i64 = crate::model::DAY;

    fn policy(stages: &str) -> Policy {
        let text = format!(
            r#"{{"version":1,"id":"p","name":"P","approval":"page","match":{{"all":[{{"status":["active"]}}]}},
            "stages":{stages}}}"#
        );
        read(&text).unwrap()
    }

    #[test]
    fn what_is_taken_next_is_named_with_its_earliest_day() {
        let two_warnings = policy(
            r#"[{"after":"0d","do":"warn"},{"after":"10d","do":"rename"},{"after":"20d","do":"warn"},
            {"after":"30d","do":"removeAccess","products":["jira-software","confluence"],"sites":["a.atlassian.net"]},
            {"after":"60d","do":["suspend","deactivate"]}]"#,
        );
        let next = |stage| {
            let next = next_step(&two_warnings, stage, Time(0))?;
            let words = next.words(Language::English);
            Some((words, next.until.0 / DAY))
        };
        let access = String::from("your access to Jira, Confluence ends");
        let account = String::from("your account is deactivated");
        assert_eq!(next(0), Some((access.clone(), 30)));
        assert_eq!(next(2), Some((access, 10)));
        assert_eq!(next(3), Some((account, 30)));
        assert_eq!(next(4), None);
        assert_eq!(next(9), None);
    }

    #[test]
    fn the_last_warning_before_something_is_taken_that_can_be_given_back() {
        let until = |stages: &str, stage| {
            last_warning(&policy(stages), stage, Time(0)).map(|until| until.0 / DAY)
        };
        let twice = r#"[{"after":"0d","do":"warn"},{"after":"10d","do":"warn"},{"after":"20d","do":"rename"},
            {"after":"30d","do":"suspend"},{"after":"60d","do":"delete"}]"#;
        for (stage, expected) in [
            (0, None),
            (1, Some(20)),
            (3, Some(30)),
            (4, None),
            (9, None),
        ] {
            assert_eq!(until(twice, stage), expected, "{stage}");
        }
        let for_good =
            r#"[{"after":"0d","do":"warn"},{"after":"30d","do":"removeFromOrganization"}]"#;
        assert_eq!(until(for_good, 0), None);
    }

    #[test]
    fn a_product_is_named_as_people_know_it() {
        for (key, name) in [
            ("jira-software", "Jira"),
            ("jira-servicedesk", "Jira Service Management"),
            ("confluence", "Confluence"),
            ("jira-product-discovery", "Jira Product Discovery"),
            ("", ""),
        ] {
            assert_eq!(product_name(key), name);
        }
    }
}
