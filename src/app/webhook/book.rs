//! What is stored of the webhook.

use serde::{Deserialize, Serialize};

use crate::app::documents::Document;
use crate::app::records::Webhook;
use crate::host::{Host, Secret, StorageError};

/// The webhook, if there is one, and which secret holds its key and its address.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(in crate::app) struct WebhookBook {
    /// The webhook.
    pub(in crate::app) webhook: Option<Webhook>,
    /// The name of the secret; a new one whenever one of the two is new.
    pub(in crate::app) secret: String,
}

impl Document for WebhookBook {
    const KEY: &'static str = "webhook";
}

/// Key and address as one secret: a space is in neither of them.
pub(in crate::app) fn joined(key: &Secret, url: &str) -> Secret {
    Secret(format!("{} {url}", key.0))
}

/// Key and address out of one secret.
pub(super) fn parted(secret: &Secret) -> Option<(Secret, Secret)> {
    let (key, url) = secret.0.split_once(' ')?;
    Some((Secret(key.to_owned()), Secret(url.to_owned())))
}

/// The address of a webhook.
pub(in crate::app) async fn address_of<H: Host>(
    host: &H,
    book: &WebhookBook,
) -> Result<Option<Secret>, StorageError> {
    let secret = host.secret(&book.secret).await?;
    Ok(secret.as_ref().and_then(parted).map(|(_, url)| url))
}
