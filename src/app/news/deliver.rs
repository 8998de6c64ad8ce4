//! The news on its way to the webhook: again and again until the receiver took it, or it is given up. It may arrive twice,
//! under the same id, and is never lost to a killed invocation (docs/decisions/0016).

use super::book::NewsBook;
use super::change::change;
use super::tell::mail;
use crate::app::commit::head;
use crate::app::documents::load;
use crate::app::records::HookDelivery;
use crate::app::webhook::{Telling, WebhookBook, send};
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
        let mut items = Vec::new();
        // Noted with the time of the next attempt: a kill counts as one that failed.
        change(host, &mut |news| {
            items = news.attempt(host.now(), book.webhook.is_some());
            None
        })
        .await?;
        let first: Option<&HookDelivery> = items.first().and_then(|item| item.hook.as_ref());
        let (Some(webhook), Some(HookDelivery { id, .. })) = (&book.webhook, first) else {
            return Ok(());
        };
        let head = head(host).await?;
        let mail = mail(&items, &[], (head.seq, &head.hash));
        let telling = Telling {
            id,
            text: &format!("{}\n{}", mail.subject, mail.text),
            items: &items,
            head: &head,
        };
        let failure = send(host, &book, telling).await?;
        let failure = failure.as_ref();
        change(host, &mut |news| {
            let is_over = news.settle_attempt(host.now(), id, failure);
            is_over.then(|| telling.entry(host.now(), &Actor::Schedule, &webhook.host, failure))
        })
        .await?;
    }
    Ok(())
}
