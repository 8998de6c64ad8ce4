//! The webhook: its address and its key come in or are made here, and never leave again but once.

use serde::Serialize;
use serde_json::{Value, json};

use super::error::AdminError;
use super::{Answer, Caller};
use crate::app::boxed::Boxed;
use crate::app::commit::{Change, commit, head};
use crate::app::documents::{edit, load, set};
use crate::app::links::new_key;
use crate::app::news::NewsBook;
use crate::app::random_suffix;
use crate::app::records::Webhook;
use crate::app::webhook::{Telling, WebhookBook, address_of, host_of, joined, send};
use crate::audit::{Actor, Entry, LogAction, Outcome};
use crate::host::Host;

/// The webhook as it is now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct WebhookAnswer {
    /// As far as it is shown, if there is one.
    pub webhook: Option<Webhook>,
    /// The key that signs, where it was just made. It is shown this once.
    pub key: Option<String>,
}

/// Says to which address the news goes, with a new key; to none without one.
pub(super) async fn set_address<H: Host>(
    host: &H,
    caller: &Caller,
    url: Option<&str>,
) -> Result<Answer, AdminError> {
    let present: WebhookBook = load(host).await?;
    let known = match present.webhook {
        Some(_) => address_of(host, &present).await?,
        None => None,
    };
    let mut book = WebhookBook::default();
    let mut key = None;
    if let Some(url) = url.map(str::trim) {
        let receiver = host_of(url).ok_or_else(|| {
            AdminError::Invalid(String::from(
                "a webhook is an address such as https://hooks.example.com/services/x: https, the name of a host, no user, and no port but 443, 80, 8080, 8443, 8444, 7990, 8089, 8090, 8085 or 8060",
            ))
        })?;
        let new = new_key(host);
        book.secret = format!("webhook-{}-{}", host.now().compact(), random_suffix(host));
        host.set_secret(&book.secret, joined(&new, url)).await?;
        book.webhook = Some(Webhook {
            host: receiver,
            ending: url
                .get(url.len().saturating_sub(4)..)
                .unwrap_or_default()
                .to_owned(),
            saved: edit(&caller.account_id, host.now()),
        });
        key = Some(new.0);
    }
    let actor = Actor::Person(caller.account_id.clone());
    let entry = Entry {
        after: receiver(&book),
        ..Entry::new(host.now(), &actor, LogAction::SetWebhook, Outcome::Done)
    };
    let is_another = known.map(|known| known.0).as_deref() != url.map(str::trim);
    let old = note(host, entry, Some((&book, is_another))).await?;
    if !old.is_empty() {
        host.delete_secret(&old).await?;
    }
    Ok(Answer::Webhook(WebhookAnswer {
        webhook: book.webhook,
        key,
    }))
}

/// Makes the key anew; the address stays.
pub(super) async fn renew_key<H: Host>(host: &H, caller: &Caller) -> Result<Answer, AdminError> {
    let book: WebhookBook = load(host).await?;
    if book.webhook.is_none() {
        return Err(AdminError::NotFound("webhook"));
    }
    let url = address_of(host, &book).await?;
    let url = url.ok_or(AdminError::NotFound("webhook any more"))?;
    set_address(host, caller, Some(&url.0)).await
}

/// Sends a message that says nothing, to see whether it arrives.
pub(super) async fn test<H: Host>(host: &H, caller: &Caller) -> Result<Answer, AdminError> {
    let book: WebhookBook = load(host).await?;
    let Some(webhook) = &book.webhook else {
        return Err(AdminError::NotFound("webhook"));
    };
    let telling = Telling {
        id: &format!("test-{}", random_suffix(host)),
        text: "Seatkeeper: this is a test",
        items: &[],
        head: &head(host).await?,
    };
    let failure = send(host, &book, telling).await?;
    let actor = Actor::Person(caller.account_id.clone());
    let entry = telling.entry(host.now(), &actor, &webhook.host, failure.as_ref());
    note(host, entry, None).await?;
    match failure {
        Some(failure) => Err(AdminError::Webhook(failure)),
        None => Ok(Answer::Webhook(WebhookAnswer {
            webhook: book.webhook,
            key: None,
        })),
    }
}

/// Adds an entry to the log, with the webhook as it is from now on where it is changed, and whether its address is another
/// one: then nothing that waits goes to it. Answers which secret was its before.
pub(super) fn note<'h, H: Host>(
    host: &'h H,
    entry: Entry,
    book: Option<(&'h WebhookBook, bool)>,
) -> Boxed<'h, String> {
    Box::pin(async move {
        commit(host, async || {
            let old: WebhookBook = load(host).await?;
            let mut entry = entry.clone();
            let mut change = Change::default();
            if let Some((book, is_another)) = book {
                entry.before = receiver(&old);
                change.writes.push(set(book)?);
                if is_another {
                    let mut news: NewsBook = load(host).await?;
                    news.withdraw();
                    change.writes.push(set(&news)?);
                }
            }
            change.entries.push(entry);
            Ok((change, old.secret))
        })
        .await
    })
}

/// What the log says of a webhook.
fn receiver(book: &WebhookBook) -> Option<Value> {
    let webhook = book.webhook.as_ref()?;
    Some(json!({"host": webhook.host}))
}
