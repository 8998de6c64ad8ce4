//! The news on its way to the webhook: again and again until the receiver took it, or it is given up. It may arrive twice,
//! under the same id, and is never lost to a killed invocation (docs/decisions/0016).

use super::book::NewsBook;
use super::tell::mail;
use crate::app::commit::{Change, commit, head};
use crate::app::documents::{load, set};
use crate::app::records::{HookDelivery, NewsItem};
use crate::app::webhook::{Failure, Telling, WebhookBook, send};
use crate::app::worker::WorkError;
use crate::audit::Actor;
use crate::host::Host;

/// With fewer milliseconds left, the next invocation tries it.
const ENOUGH: u32 = 5_000;

/// Sends what is due to the webhook.
pub(in crate::app) async fn deliver<H: Host>(host: &H) -> Result<(), WorkError> {
    let book: NewsBook = load(host).await?;
    let mut hooks = book.items.iter().filter_map(|item| item.hook.as_ref());
    if !hooks.any(|hook| hook.is_due(host.now())) {
        return Ok(());
    }
    while host.time_left() > ENOUGH {
        let book: WebhookBook = load(host).await?;
        let items = begin(host, book.webhook.is_some()).await?;
        let first: Option<&HookDelivery> = items.first().and_then(|item| item.hook.as_ref());
        let (Some(webhook), Some(HookDelivery { id, .. })) = (&book.webhook, first) else {
            return Ok(());
        };
        let head = head(host).await?;
        let mail = mail(&items, (head.seq, &head.hash));
        let telling = Telling {
            id,
            text: &format!("{}\n{}", mail.subject, mail.text),
            items: &items,
            head: &head,
        };
        let failure = send(host, &book, telling).await?;
        settle(host, telling, &webhook.host, failure.as_ref()).await?;
    }
    Ok(())
}

/// Begins an attempt, and notes it with the time of the next one: a kill counts as one that failed. Where there is no
/// webhook any more, nothing waits for it.
async fn begin<H: Host>(host: &H, is_on: bool) -> Result<Vec<NewsItem>, WorkError> {
    commit(host, async || {
        let mut book: NewsBook = load(host).await?;
        let before = book.clone();
        let items = book.attempt(host.now(), is_on);
        let mut change = Change::default();
        if book != before {
            change.writes.push(set(&book)?);
        }
        Ok((change, items))
    })
    .await
}

/// Notes what came of an attempt, and in the log how it ended, if it did.
async fn settle<H: Host>(
    host: &H,
    telling: Telling<'_>,
    receiver: &str,
    failure: Option<&Failure>,
) -> Result<(), WorkError> {
    commit(host, async || {
        let mut book: NewsBook = load(host).await?;
        let mut change = Change::default();
        if book.settle_attempt(host.now(), telling.id, failure) {
            let entry = telling.entry(host.now(), &Actor::Schedule, receiver, failure);
            change.entries.push(entry);
        }
        change.writes.push(set(&book)?);
        Ok((change, ()))
    })
    .await
}
