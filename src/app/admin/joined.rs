//! Whether people may be added to the groups that policies name: looked at when they are written, and again in every plan.

use super::error::AdminError;
use crate::app::newest_snapshot;
use crate::app::records::Source;
use crate::app::sync::seats_known;
use crate::host::Host;
use crate::model::{Action, GroupId};
use crate::plan::{Hindrance, joinable, joined_groups};
use crate::policy::{Policy, PolicyError};

/// Refuses policies that would make administrators, or hand out roles of this app, which `own` carry. Of groups that no reading
/// knows a plan decides.
pub(super) async fn require_joinable<H: Host>(
    host: &H,
    policies: &[Policy],
    own: &[GroupId],
) -> Result<(), AdminError> {
    let mut stages = policies.iter().flat_map(|policy| &policy.stages);
    if !stages.any(|stage| stage.r#do.contains(&Action::AddToGroup)) {
        return Ok(());
    }
    let newest = newest_snapshot(host).await?;
    let Some((_, snapshot)) = newest.filter(|(head, _)| head.source == Source::Organization) else {
        return Ok(());
    };
    let seats = seats_known(host).await?;
    let mut errors = Vec::new();
    for policy in policies {
        for (index, stage) in policy.stages.iter().enumerate() {
            for group in joined_groups(stage, &snapshot) {
                let named = |known: &&crate::snapshot::Group| known.id == group;
                let known = snapshot.all_groups().iter().find(named);
                let name = known.and_then(|known| known.name.as_deref());
                let joined = joinable(&group, name.unwrap_or(group.as_str()), (&seats, own));
                if let Err(Hindrance::Impossible { reason, .. } | Hindrance::Unknown(reason)) =
                    joined
                {
                    errors.push(PolicyError {
                        path: format!("$.stages[{index}].groups"),
                        code: String::from("powerful-group"),
                        message: reason,
                    });
                }
            }
        }
    }
    match errors.is_empty() {
        true => Ok(()),
        false => Err(AdminError::Policy(errors)),
    }
}
