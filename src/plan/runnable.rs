//! What a policy may ask for that a run of this release would not honour.

use crate::model::Action;
use crate::policy::{Policy, PolicyError, is_by_hand};

/// Whether a run would honour the whole of a policy. One that it would not honour can be written, checked and evaluated,
/// but neither stored nor run: half of a policy is not the policy.
///
/// # Errors
/// Everything in it that a run would not honour.
pub fn runnable(policy: &Policy) -> Result<(), Vec<PolicyError>> {
    let mut missing: Vec<(String, &str)> = Vec::new();
    for (index, stage) in policy.stages.iter().enumerate() {
        let told = [Action::Warn, Action::Review, Action::CreateIssue];
        if stage.r#do.iter().any(|action| told.contains(action)) {
            missing.push((format!("$.stages[{index}].do"), "messages and issues"));
        }
    }
    for (is_used, path, what) in [
        (policy.keep.is_some(), "$.keep", "seat pools"),
        (policy.report.is_some(), "$.report", "reports"),
        (
            policy.even_if_active && !is_by_hand(&policy.id),
            "$.evenIfActive",
            "acting on people who are active",
        ),
    ] {
        if is_used {
            missing.push((String::from(path), what));
        }
    }
    if missing.is_empty() {
        return Ok(());
    }
    Err(missing
        .into_iter()
        .map(|(path, what)| PolicyError {
            path,
            code: String::from("not-yet"),
            message: format!(
                "runs of this release do not know {what}; the policy can be checked and evaluated, but not stored yet"
            ),
        })
        .collect())
}
