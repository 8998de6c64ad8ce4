//! What is heard of people before a plan: who used a link (RULES R2), and whom no warning would reach (RULES R3).

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::app::api::Api;
use crate::app::chains::{self, Chains, Heard};
use crate::app::notify::{has_jira, reach};
use crate::app::worker::WorkError;
use crate::host::Host;
use crate::model::{AccountId, Time};
use crate::plan::{Aim, LinkUse, Protections, Standing, Warned};
use crate::snapshot::Snapshot;

/// How often others are chosen in one plan in the place of people whom no warning reaches.
const MOST_LOOKS: usize = 5;

/// Everybody who used a link.
pub(super) fn kept(used: &BTreeMap<AccountId, LinkUse>) -> BTreeMap<AccountId, Heard> {
    let mut heard = BTreeMap::new();
    for (account, used) in used {
        let used = Heard {
            warned: Warned::NotYet,
            link_used: Some(*used),
        };
        heard.insert(account.clone(), used);
    }
    heard
}

/// Protects everybody whom a link lets be, or who used one since a plan was made: also those for whom the policy waits no
/// more, because its text is another one by now or the first act of their stage is done.
pub(super) fn let_be(
    protections: &mut Protections,
    used: &BTreeMap<AccountId, LinkUse>,
    (planned, now): (Time, Time),
) {
    for (account, link) in used {
        if link.until > now || link.at >= planned {
            let until = link.until.date();
            let reason = Cow::Owned(format!("used a link to keep the access until {until}"));
            protections.people.entry(account.clone()).or_insert(reason);
        }
    }
}

/// Looks where everybody stands in a policy's chain, and again where warnings are due for people whom none reaches: of a pool
/// of seats others are chosen then. Answers what was heard of people besides.
pub(super) async fn look<H: Host>(
    api: &Api<'_, H>,
    looking: &chains::Ground<'_>,
    aims: &[Aim],
) -> Result<(Chains, BTreeMap<AccountId, Heard>), WorkError> {
    let mut chains = chains::due(api.host, looking).await?;
    let mut heard = looking.heard.clone();
    if !aims.iter().any(Aim::warns) {
        return Ok((chains, heard));
    }
    let looks = if looking.pool.is_some() {
        MOST_LOOKS
    } else {
        1
    };
    for _ in 0..looks {
        let known = out_of_reach(&heard);
        heard = unreachable(api, &chains, (looking.snapshot, aims), heard).await?;
        if out_of_reach(&heard) == known {
            break;
        }
        let again = chains::Ground {
            heard: &heard,
            ..*looking
        };
        chains = chains::due(api.host, &again).await?;
    }
    Ok((chains, heard))
}

fn out_of_reach(heard: &BTreeMap<AccountId, Heard>) -> usize {
    let unreachable = heard.values();
    let unreachable = unreachable.filter(|heard| heard.warned == Warned::Unreachable);
    unreachable.count()
}

/// Adds of those to whom a warning is due everybody whom it would not reach, whatever else was heard of them.
async fn unreachable<H: Host>(
    api: &Api<'_, H>,
    chains: &Chains,
    (snapshot, aims): (&Snapshot, &[Aim]),
    mut heard: BTreeMap<AccountId, Heard>,
) -> Result<BTreeMap<AccountId, Heard>, WorkError> {
    let site = api.host.cloud_id();
    let (mut due, mut without_jira) = (Vec::new(), Vec::new());
    for row in snapshot.rows() {
        let standing = chains.at(row).map(|placed| placed.place.standing);
        if standing.is_none() && chains.pool().is_some() {
            // Who could be chosen in somebody's place, and surely is not reached: without a question.
            if let Some(account) = snapshot.account(row)
                && !has_jira(snapshot, row, site.as_deref())
            {
                without_jira.push(AccountId(account.to_owned()));
            }
            continue;
        }
        let Some(Standing::Due { stage }) = standing else {
            continue;
        };
        let aim = usize::try_from(stage)
            .ok()
            .and_then(|stage| aims.get(stage));
        let Some(account) = snapshot
            .account(row)
            .filter(|_| aim.is_some_and(Aim::warns))
        else {
            continue;
        };
        let account = AccountId(account.to_owned());
        if has_jira(snapshot, row, site.as_deref()) {
            due.push(account);
        } else {
            without_jira.push(account);
        }
    }
    let reach = reach(&api.calls, &due).await?;
    due.retain(|account| reach.of(account).is_none());
    due.append(&mut without_jira);
    for account in due {
        let nothing = Heard {
            warned: Warned::NotYet,
            link_used: None,
        };
        heard.entry(account).or_insert(nothing).warned = Warned::Unreachable;
    }
    Ok(heard)
}
