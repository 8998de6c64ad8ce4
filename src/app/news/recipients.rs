//! To whom a message goes.

use super::look::reports_of;
use crate::app::calls::Calls;
use crate::app::commit::{Change, commit};
use crate::app::documents::{load, set};
use crate::app::notify::reach;
use crate::app::records::{RoleGroup, Settings};
use crate::app::worker::WorkError;
use crate::atlassian::Recipients;
use crate::host::{Host, StorageError};
use crate::model::{AccountId, Time};

/// Groups, and those of some people whom mail of this site reaches. Where Jira does not say who that is, all of them: it
/// leaves the others out by itself, and a message is worth more than an exact word about it.
pub(super) async fn recipients<H: Host>(
    calls: &Calls<'_, H>,
    groups: &[RoleGroup],
    people: &[AccountId],
) -> Recipients {
    let mut to = Recipients {
        group_ids: groups.iter().map(|group| group.id.clone()).collect(),
        people: people.to_vec(),
        ..Recipients::default()
    };
    if let Ok(reach) = reach(calls, people).await {
        to.people.retain(|account| reach.of(account).is_some());
    }
    to
}

/// The people who are told what is new, for the weekly report of accounts: nothing of them is kept but the id.
pub(in crate::app) async fn accounts<H: Host>(
    host: &H,
) -> Result<Vec<(AccountId, Time)>, StorageError> {
    let settings: Settings = load(host).await?;
    let people = reports_of(&settings).people.into_iter();
    Ok(people.map(|account| (account, host.now())).collect())
}

/// Tells closed accounts nothing any more.
pub(in crate::app) async fn forget<H: Host>(
    host: &H,
    closed: &[AccountId],
) -> Result<(), WorkError> {
    commit(host, async || {
        let mut settings: Settings = load(host).await?;
        let mut change = Change::default();
        if let Some(reports) = settings
            .notices
            .as_mut()
            .and_then(|notices| notices.reports.as_mut())
        {
            let before = reports.people.len();
            reports.people.retain(|account| !closed.contains(account));
            if reports.people.len() < before {
                change.writes.push(set(&settings)?);
            }
        }
        Ok((change, ()))
    })
    .await
}
