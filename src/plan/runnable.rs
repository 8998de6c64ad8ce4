//! What a policy may ask for that a run of this release would not honour.

use crate::model::Action;
use crate::notice::unknown_variable;
use crate::policy::{Policy, PolicyError, Stage};

/// Whether a run would honour the whole of a policy. One that it would not honour can be written, checked and evaluated,
/// but neither stored nor run: half of a policy is not the policy.
///
/// # Errors
/// Everything in it that a run would not honour.
pub fn runnable(policy: &Policy) -> Result<(), Vec<PolicyError>> {
    let mut errors = Vec::new();
    for (index, stage) in policy.stages.iter().enumerate() {
        let path = format!("$.stages[{index}]");
        let told = [Action::Review, Action::CreateIssue];
        if stage.r#do.iter().any(|action| told.contains(action)) {
            not_yet(&mut errors, &[&path, ".do"], "reviews and issues");
        }
        if stage.r#do.contains(&Action::Warn) {
            warn_alone(&mut errors, stage, &path);
        }
    }
    if errors.is_empty() {
        return Ok(());
    }
    Err(errors)
}

fn not_yet(errors: &mut Vec<PolicyError>, path: &[&str], what: &str) {
    let message = [
        "runs of this release do not know ",
        what,
        "; the policy can be checked and evaluated, but not stored yet",
    ];
    add(errors, path, "not-yet", &message);
}

/// What is wrong with a stage that warns.
fn warn_alone(errors: &mut Vec<PolicyError>, stage: &Stage, path: &str) {
    if stage.r#do.iter().any(|action| action.takes_access()) {
        let why = "a warning in the stage that takes the access leaves no time to answer: make it a stage of its own before";
        add(errors, &[path, ".do"], "no-grace", &[why]);
    }
    let Some(template) = &stage.template else {
        return;
    };
    let at = [path, ".template"];
    if stage.r#do.contains(&Action::Rename) {
        let why = "the template would word both the message and the name: make two stages";
        add(errors, &at, "two-uses", &[why]);
    }
    for (language, text) in template.texts() {
        let path = [path, ".template", language.as_str()];
        if !text.contains('\n') {
            let why = "the first line is the subject: say something in the lines after it";
            add(errors, &path, "no-text", &[why]);
        }
        if let Some(name) = unknown_variable(text) {
            let why = ["the message has no variable named ", name];
            add(errors, &path, "wrong-variable", &why);
        }
    }
}

fn add(errors: &mut Vec<PolicyError>, path: &[&str], code: &str, message: &[&str]) {
    errors.push(PolicyError {
        path: path.concat(),
        code: code.to_owned(),
        message: message.concat(),
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::read;

    /// Path and code of everything that keeps a policy with one stage before a suspension from being stored.
    fn codes(stage: &str) -> Vec<(String, String)> {
        let text = format!(
            r#"{{"version":1,"id":"p","name":"P","match":{{"all":[{{"status":["active"]}}]}},
            "stages":[{stage},{{"after":"14d","do":"suspend"}}]}}"#
        );
        let policy = read(&text).unwrap();
        let errors = runnable(&policy).err().unwrap_or_default();
        let codes = errors.into_iter();
        codes.map(|error| (error.path, error.code)).collect()
    }

    #[test]
    fn a_warning_has_a_stage_of_its_own_and_a_template_that_can_be_filled_in() {
        let wrong = |field: &str, code: &str| (format!("$.stages[0].{field}"), code.to_owned());
        for (stage, expected) in [
            (r#"{"after":"0d","do":"warn"}"#, vec![]),
            (r#"{"after":"0d","do":["warn","rename"]}"#, vec![]),
            (
                r#"{"after":"0d","do":"warn","template":"A\n{name} {date}"}"#,
                vec![],
            ),
            (
                r#"{"after":"0d","do":["warn","suspend"]}"#,
                vec![wrong("do", "no-grace")],
            ),
            (
                r#"{"after":"0d","do":["warn","rename"],"template":"A\n{name}"}"#,
                vec![wrong("template", "two-uses")],
            ),
            (
                r#"{"after":"0d","do":"warn","template":"A {link}\n{Name}"}"#,
                vec![wrong("template", "wrong-variable")],
            ),
            (
                r#"{"after":"0d","do":"warn","template":{"default":"A {name}","de":"A\n{link}"}}"#,
                vec![
                    wrong("template.de", "wrong-variable"),
                    wrong("template.default", "no-text"),
                ],
            ),
            (
                r#"{"after":"0d","do":"warn","template":"A {name}"}"#,
                vec![wrong("template", "no-text")],
            ),
            (
                r#"{"after":"0d","do":["warn","createIssue"]}"#,
                vec![wrong("do", "not-yet")],
            ),
        ] {
            assert_eq!(codes(stage), expected, "{stage}");
        }
    }
}
