//! A chain as the page shows it: part by part, each person with what was done and what comes next.

use super::chain::Chain;
use super::index::Index;
use super::member::Member;
use crate::host::{Host, StorageError};
use crate::model::{Time, Truth};
use crate::plan::{Place, Sheltered, Sight, Standing, Warned, place};
use crate::policy::Policy;

/// Some people of a chain, as they were remembered by the last run.
#[derive(Debug)]
pub(in crate::app) struct Shown {
    /// They.
    pub(in crate::app) people: Vec<Member>,
    /// How many parts there are.
    pub(in crate::app) parts: u32,
}

/// Reads one part of a policy's chain; nobody for a part that is not there.
pub(in crate::app) async fn show(
    host: &impl Host,
    policy: &str,
    part: u32,
) -> Result<Shown, StorageError> {
    let index = Index::load(host, policy).await?;
    let parts = u32::try_from(index.parts.len()).unwrap_or(u32::MAX);
    let name = usize::try_from(part).ok();
    let name = name.and_then(|part| index.parts.get(part).cloned());
    let only = Index {
        parts: name.into_iter().collect(),
        ..index
    };
    let chain = Chain::of(host, policy, only).await?;
    Ok(Shown {
        people: chain.members().cloned().collect(),
        parts,
    })
}

/// Where somebody stands, as far as the last run knew: what is due now is due if nothing has changed.
pub(in crate::app) fn standing(policy: &Policy, member: &Member, now: Time) -> Standing {
    let link = &member.link;
    let sight = Sight {
        now,
        // No new reading is known here.
        read: link.confirmed,
        verdict: match link.verdict {
            Truth::Unknown => Truth::Unknown,
            Truth::True | Truth::False => Truth::True,
        },
        seen: None,
        sheltered: Sheltered::No,
        restored: false,
        policy_changed: false,
        may_enter: true,
        link_used: None,
        warned: Warned::NotYet,
    };
    let Place { standing, .. } = place(policy, Some(link), &sight);
    standing
}
