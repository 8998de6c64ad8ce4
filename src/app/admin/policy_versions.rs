//! Every revision of a policy: who saved it, and what it said.

use super::error::AdminError;
use super::{Answer, PolicyText, PolicyVersion, PolicyVersions};
use crate::app::by_hand::load_by_hand;
use crate::app::documents::{encode, load_value, policy_revision_key};
use crate::app::past_policies::revisions;
use crate::host::Host;
use crate::policy::{Policy, describe};

/// The revisions of a policy, the newest first; also of one that was dropped.
pub(super) async fn versions<H: Host>(host: &H, policy: &str) -> Result<Answer, AdminError> {
    let mut versions = Vec::new();
    for revision in revisions(host, policy).await?.into_iter().rev() {
        versions.push(PolicyVersion {
            revision: revision.revision,
            name: revision.name,
            hash: revision.hash,
            edited: revision.edited,
        });
    }
    if versions.is_empty() {
        return Err(AdminError::NotFound("such policy"));
    }
    Ok(Answer::PolicyVersions(PolicyVersions { versions }))
}

/// What one of them says.
pub(super) async fn version<H: Host>(
    host: &H,
    policy: &str,
    revision: u32,
) -> Result<Answer, AdminError> {
    let stored = load_value(host, &policy_revision_key(policy, revision)).await?;
    let stored: Option<Policy> = stored;
    let by_hand = match &stored {
        Some(_) => load_by_hand(host, policy).await?,
        None => None,
    };
    let policy = stored.ok_or(AdminError::NotFound("such revision of the policy"))?;
    Ok(Answer::PolicyText(PolicyText {
        chosen: by_hand.map(|by_hand| by_hand.people),
        document: encode(&policy)?,
        description: describe(&policy),
    }))
}
