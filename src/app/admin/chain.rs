//! Who is in the chain of a policy's stages.

use super::error::AdminError;
use super::{Answer, ChainPage, ChainPerson, ChainStage};
use crate::app::chains::{self, Member};
use crate::app::documents::{PolicyBook, load};
use crate::app::newest_snapshot;
use crate::host::Host;
use crate::model::Time;
use crate::plan::Standing;
use crate::policy::Policy;
use crate::snapshot::Snapshot;

/// One stored part of a policy's chain, with names.
pub(super) async fn part<H: Host>(host: &H, policy: &str, part: u32) -> Result<Answer, AdminError> {
    let policies: PolicyBook = load(host).await?;
    let stored = policies
        .get(policy)
        .ok_or(AdminError::NotFound("such policy"))?;
    let shown = chains::show(host, policy, part).await?;
    let newest = newest_snapshot(host).await?;
    let snapshot = newest.as_ref().map(|(_, snapshot)| snapshot);
    let mut people = Vec::new();
    for member in shown.people {
        people.push(person(&stored.policy, member, snapshot, host.now()));
    }
    Ok(Answer::Chain(ChainPage {
        people,
        parts: shown.parts,
    }))
}

fn person(policy: &Policy, member: Member, snapshot: Option<&Snapshot>, now: Time) -> ChainPerson {
    let row = snapshot.and_then(|snapshot| snapshot.find(&member.account, &member.directory));
    let known = snapshot.zip(row);
    let standing = chains::standing(policy, &member, now);
    let (next, due) = match standing {
        Standing::Due { stage } | Standing::Unreachable { stage } => (Some(stage), Some(now)),
        Standing::Waits { stage, until, .. } => (Some(stage), Some(until)),
        _ => (None, None),
    };
    let mut done = Vec::new();
    for stage in &member.link.done {
        done.push(ChainStage {
            stage: stage.stage,
            at: stage.at,
        });
    }
    ChainPerson {
        name: known.and_then(|(snapshot, row)| snapshot.name(row).map(String::from)),
        email: known.and_then(|(snapshot, row)| snapshot.email(row).map(String::from)),
        account: member.account,
        entered: member.link.entered,
        done,
        next,
        due,
        standing: standing.sentence().unwrap_or_default(),
    }
}
