//! What is heard of people before a plan: who used a link (RULES R2), and whom no warning would reach (RULES R3).

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

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
    let mut heard = looking.heard.clone();
    let does_warn = aims.iter().any(Aim::warns);
    let site = api.host.cloud_id();
    if does_warn && looking.pool.is_some() {
        // Who surely is not reached is not chosen: without a question.
        for row in looking.compiled.verdicts().possible() {
            if !has_jira(looking.snapshot, row, site.as_deref()) {
                note_unreachable(&mut heard, looking.snapshot.account(row));
            }
        }
    }
    let most = match (does_warn, looking.pool) {
        (false, _) => 0,
        (true, None) => 1,
        (true, Some(_)) => MOST_LOOKS,
    };
    let (mut looks, mut asked) = (0, BTreeSet::new());
    loop {
        let again = chains::Ground {
            heard: &heard,
            ..*looking
        };
        let chains = chains::due(api.host, &again).await?;
        if looks >= most {
            return Ok((chains, heard));
        }
        let due = warned_now(&chains, looking.snapshot, aims);
        let due: Vec<AccountId> = due
            .filter(|account| asked.insert(account.clone()))
            .collect();
        if !hear_of(api, &due, looking.snapshot, &mut heard).await? {
            return Ok((chains, heard));
        }
        looks += 1;
    }
}

/// Everybody to whom a warning is due.
fn warned_now(
    chains: &Chains,
    snapshot: &Snapshot,
    aims: &[Aim],
) -> impl Iterator<Item = AccountId> {
    snapshot.rows().filter_map(move |row| {
        let standing = chains.at(row)?.place.standing;
        let Standing::Due { stage } = standing else {
            return None;
        };
        let aim = aims.get(usize::try_from(stage).ok()?)?;
        let account = snapshot.account(row).filter(|_| aim.warns())?;
        Some(AccountId(account.to_owned()))
    })
}

/// Adds of some people those whom no warning would reach, whatever else was heard of them; whether there is one.
async fn hear_of<H: Host>(
    api: &Api<'_, H>,
    due: &[AccountId],
    snapshot: &Snapshot,
    heard: &mut BTreeMap<AccountId, Heard>,
) -> Result<bool, WorkError> {
    let site = api.host.cloud_id();
    let has_jira = |account: &AccountId| {
        let mut rows = snapshot.find_all(account.as_str());
        rows.any(|row| has_jira(snapshot, row, site.as_deref()))
    };
    let (asked, without): (Vec<_>, Vec<_>) = due.iter().cloned().partition(has_jira);
    let reach = reach(&api.calls, &asked).await?;
    let mut unreached = asked;
    unreached.retain(|account| reach.of(account).is_none());
    unreached.extend(without);
    for account in &unreached {
        note_unreachable(heard, Some(account.as_str()));
    }
    Ok(!unreached.is_empty())
}

fn note_unreachable(heard: &mut BTreeMap<AccountId, Heard>, account: Option<&str>) {
    let nothing = Heard {
        warned: Warned::NotYet,
        link_used: None,
    };
    if let Some(account) = account {
        let account = AccountId(account.to_owned());
        heard.entry(account).or_insert(nothing).warned = Warned::Unreachable;
    }
}
