//! What an act takes from a person, as far as it can decide a policy.

use super::link::Taken;
use crate::model::Status;
use crate::plan::act::Act;
use crate::plan::aim::GroupFacts;
use crate::policy::Policy;
use crate::snapshot::UserRecord;

impl Taken {
    /// What an act takes from a person as they are before it. What gives back takes nothing.
    pub fn by(act: &Act, policy: &Policy, before: &UserRecord, facts: GroupFacts<'_>) -> Taken {
        match act {
            Act::Suspend => Taken::by_status(policy, before, Status::Suspended),
            Act::Deactivate => Taken::by_status(policy, before, Status::Deactivated),
            Act::Delete => Taken::by_status(policy, before, Status::ForDeletion),
            Act::Restore => Taken::by_status(policy, before, Status::Active),
            Act::RemoveAccess { resources, groups } => Taken::by_access(
                before,
                &|access| resources.contains(&access.resource),
                &|group| groups.contains(&group.id),
                &|access| facts.may_grant(groups, &access.resource),
            ),
            Act::RemoveFromGroups { groups } => {
                Taken::by_groups(before, &|group| groups.contains(&group.id), &|access| {
                    facts.may_grant(groups, &access.resource)
                })
            }
            Act::AddToGroup { groups } => Taken::by_adding(groups),
            Act::Reactivate
            | Act::RemoveFromOrganization
            | Act::CancelDelete
            | Act::GiveAccess { .. }
            | Act::Rename { .. }
            | Act::SetEmail { .. }
            | Act::RevokeTokens
            | Act::Warn => Taken::default(),
        }
    }
}
