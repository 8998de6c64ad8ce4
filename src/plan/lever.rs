//! What a run can do to people in this release, and what a policy may ask for beyond it.

use serde::{Deserialize, Serialize};

use crate::model::Action;
use crate::policy::{Policy, PolicyError};

/// The action of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum Lever {
    /// Suspends people, once, as soon as they match.
    Suspend,
}

impl Lever {
    /// The action's name in policy, log and page.
    pub fn name(self) -> &'static str {
        match self {
            Lever::Suspend => Action::Suspend.name(),
        }
    }

    /// The lever of a policy.
    ///
    /// # Errors
    /// Everything in the policy that a run of this release would not honour. Such a policy can be written, checked and
    /// evaluated, but neither stored nor run: half of a policy is not the policy.
    pub fn of(policy: &Policy) -> Result<Lever, Vec<PolicyError>> {
        let mut missing: Vec<&str> = Vec::new();
        let acts_at_once = |policy: &Policy| match policy.stages.as_slice() {
            [stage] => stage.after.is_zero() && stage.r#do == [Action::Suspend],
            _ => false,
        };
        if !acts_at_once(policy) {
            missing.push("$.stages");
        }
        for (is_used, path) in [
            (policy.keep.is_some(), "$.keep"),
            (policy.report.is_some(), "$.report"),
            (policy.confirm.is_some(), "$.confirm"),
            (policy.even_if_active, "$.evenIfActive"),
        ] {
            if is_used {
                missing.push(path);
            }
        }
        if missing.is_empty() {
            return Ok(Lever::Suspend);
        }
        Err(missing
            .into_iter()
            .map(|path| PolicyError {
                path: path.to_owned(),
                code: String::from("not-yet"),
                message: String::from(
                    "this release runs policies of one stage that suspends at once; this part can be checked and evaluated, but not stored yet",
                ),
            })
            .collect())
    }
}
