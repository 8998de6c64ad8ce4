//! To whom a message goes.

use super::book::NewsBook;
use super::change::change;
use super::look::reports_of;
use crate::app::calls::Calls;
use crate::app::commit::{Change, commit};
use crate::app::documents::{load, load_value, set};
use crate::app::newest_snapshot;
use crate::app::notify::reach;
use crate::app::records::{RoleGroup, Settings};
use crate::app::worker::WorkError;
use crate::atlassian::Recipients;
use crate::host::{Host, StorageError};
use crate::model::{AccountId, Time};
use crate::policy::Policy;

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

/// Those whom a policy names: groups as Jira knows them by name, and whose addresses the newest reading knows.
pub(super) async fn named<H: Host>(
    calls: &Calls<'_, H>,
    policy: &str,
) -> Result<Recipients, WorkError> {
    let policy: Option<Policy> = load_value(calls.host, policy).await?;
    let report = policy.and_then(|policy| policy.report);
    let named = report.map(|report| report.to).unwrap_or_default();
    let (addresses, group_names): (Vec<String>, Vec<String>) =
        named.into_iter().partition(|name| name.contains('@'));
    let mut people = Vec::new();
    if !addresses.is_empty()
        && let Some((_, snapshot)) = newest_snapshot(calls.host).await?
    {
        for row in snapshot.rows() {
            let email = snapshot.email(row).unwrap_or_default();
            let account = AccountId(snapshot.account(row).unwrap_or_default().to_owned());
            let is_named = addresses.iter().any(|one| one.eq_ignore_ascii_case(email));
            if is_named && !people.contains(&account) {
                people.push(account);
            }
        }
    }
    Ok(Recipients {
        group_names,
        ..recipients(calls, &[], &people).await
    })
}

/// The people who are told what is new, and those whom it is about, for the weekly report of accounts: nothing of them is
/// kept but the id.
pub(in crate::app) async fn accounts<H: Host>(
    host: &H,
) -> Result<Vec<(AccountId, Time)>, StorageError> {
    let settings: Settings = load(host).await?;
    let book: NewsBook = load(host).await?;
    let people = reports_of(&settings).people.into_iter();
    let mut accounts: Vec<(AccountId, Time)> =
        people.map(|account| (account, host.now())).collect();
    for item in book.items {
        accounts.extend(item.subject.map(|account| (account, item.at)));
    }
    Ok(accounts)
}

/// Tells closed accounts nothing any more, and nothing about them.
pub(in crate::app) async fn forget<H: Host>(
    host: &H,
    closed: &[AccountId],
) -> Result<(), WorkError> {
    change(host, &mut |book| {
        for item in &mut book.items {
            item.subject = item.subject.take().filter(|one| !closed.contains(one));
        }
        None
    })
    .await?;
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
